"""The note of a visit: the words of the clinic, the figures of the record."""

from dataclasses import replace

import pytest

from ptimer.operations import coming, note_text
from ptimer.operations.note_text import note_of


@pytest.fixture
def treated(clinic, clock, add, open_visit, view):
    """The visit of the clinic's example: 23, 5 and 24 minutes, from 9:43 to 10:36."""
    clock.advance(hours=2)
    visit_id = open_visit()
    add(visit_id, "97110", "09:43", "10:06")
    add(visit_id, "97165", "10:06", "10:11")
    add(visit_id, "97112", "10:12", "10:36")
    return lambda: view(visit_id)


def test_the_wording_that_ships_says_what_a_note_must_hold(treated):
    assert note_of(treated()) == (
        "timed 47 min, total 52 min; 97112 24 min 2 u; 97110 23 min 1 u; 97165 5 min 1 u; "
        "in 9:43 out 10:36"
    )


def test_arrival_and_departure_stand_before_the_first_and_last_time(clinic, treated):
    visit_id = treated().visit.id
    coming.set_times(clinic, visit_id, arrived="09:40", departed="10:41")

    assert note_of(treated()).endswith("in 9:40 out 10:41")


def test_a_visit_in_which_something_runs_has_no_end_yet(clock, start, view):
    segment = start("97112")
    clock.advance(minutes=9)

    assert note_of(view(segment.visit_id)) == (
        "timed 9 min, total 9 min; 97112 9 min 1 u; in 10:00 out -"
    )


def test_a_visit_without_times_says_that_nothing_is_known(open_visit, view):
    assert note_of(view(open_visit())) == "timed 0 min, total 0 min; -; in - out -"


def test_rest_is_in_the_visit_and_in_no_minute(clock, timed, view):
    timed("97110", minutes=16)
    rest = timed("REST", minutes=4)

    assert note_of(view(rest.visit_id)) == (
        "timed 16 min, total 16 min; 97110 16 min 1 u; in 10:00 out 10:20"
    )


@pytest.mark.parametrize(
    ("visit_words", "code_words", "note"),
    [
        ("{units} units: {codes}", "{label}", "4 units: "),
        ("{{as typed}} {timed}/{total}", "", "{as typed} 47/52"),
        ("no figure at all", "{code}", "no figure at all"),
        ("{codes}", "{code}={minutes}", "97112=24; 97110=23; 97165=5"),
        ("{in}{in}", "", "9:439:43"),
    ],
)
def test_the_words_are_the_clinics(treated, visit_words, code_words, note):
    assert note_of(treated(), visit_words, code_words).startswith(note)


@pytest.mark.parametrize("label", ["{timed}", "{0.__class__}", "100% {", "}{", "a; b\\n"])
def test_a_label_is_shown_as_it_is_never_read_as_words(treated, label, monkeypatch):
    view = treated()
    line = view.reckoning.lines[0]
    hostile = replace(line, code=replace(line.code, label=label))
    reckoning = replace(view.reckoning, lines=(hostile,))
    monkeypatch.setitem(view.__dict__, "reckoning", reckoning)

    assert note_of(view, "{codes}", "{label}") == label


@pytest.mark.parametrize(
    ("complaint", "words", "said"),
    [
        (note_text.complaint_of_visit, "", "Without words"),
        (note_text.complaint_of_visit, "{timed", "brace is left open"),
        (note_text.complaint_of_visit, "timed}", "brace is left open"),
        (note_text.complaint_of_visit, "{minutes}", "{minutes} is not known here"),
        (note_text.complaint_of_visit, "{}", "is not known here"),
        (note_text.complaint_of_visit, "{0}", "is not known here"),
        (note_text.complaint_of_visit, "{timed.__class__}", "is not known here"),
        (note_text.complaint_of_visit, "{timed!r}", "is not known here"),
        (note_text.complaint_of_visit, "{timed:>9999}", "is not known here"),
        (note_text.complaint_of_code, "{total}", "{total} is not known here"),
    ],
)
def test_words_that_mean_nothing_are_told(complaint, words, said):
    assert said in str(complaint(words))


@pytest.mark.parametrize(
    "words", [note_text.VISIT, "{{timed}}", "{in} {out} {units}", "plain", "50 % {total}"]
)
def test_words_that_can_be_filled_are_taken(treated, words):
    assert note_text.complaint_of_visit(words) is None
    assert note_of(treated(), words)
