"""What goes out of a visit that went out before: only what changed, under the same ids."""

from datetime import date, timedelta

import pytest

from ptimer.operations import coming, corrections, exporting, people, signing, visiting
from ptimer.operations.corrections import Change
from ptimer.operations.errors import Busy
from ptimer.operations.exporting import Span
from ptimer.storage import database

DAY = date(2026, 11, 23)
NPI = "1234567893"


@pytest.fixture
def go_out(clinic, clock):
    """Export today, remember it, and return it."""

    def go_out(span=None, **more):
        clock.advance(minutes=1)
        export = exporting.prepare(clinic, span or Span(DAY, DAY), **more)
        if export.lines:
            exporting.remember(clinic, export, "today.csv")
        return export

    return go_out


@pytest.fixture
def amend(clinic):
    return lambda visit_id: signing.amend(clinic, visit_id, "a slip")


@pytest.fixture
def visit(timed, sign, open_visit):
    """Ann's signed visit of 97110, 20 minutes, and 97140, 15 minutes."""
    visit_id = timed("97110", "Ann", minutes=20).visit_id
    timed("97140", "Ann", minutes=15)
    sign(visit_id)
    return visit_id


@pytest.fixture
def void(clinic, view):
    """Void every time of a code."""

    def void(visit_id, code):
        for segment in view(visit_id).record.of_code(code):
            corrections.void(clinic, segment.id, "it was not given")

    return void


def told(export):
    return [(line.line_status, line.code, line.units) for line in export.lines]


def ids(export):
    return {line.code: line.line_id for line in export.lines}


def test_what_goes_out_first_is_new(visit, go_out):
    assert told(go_out()) == [("NEW", "97110", 1), ("NEW", "97140", 1)]


def test_only_a_changed_line_goes_out_in_place_of_the_one_of_its_id(
    visit, go_out, amend, add, sign
):
    first = go_out()
    amend(visit)
    add(visit, "97110", "08:00", "08:20")
    sign(visit)

    second = go_out()
    assert told(second) == [("CORRECTION", "97110", 3)]
    assert ids(second)["97110"] == ids(first)["97110"]
    assert (second.unchanged, second.went_out_before) == (1, 0)
    [line] = second.lines
    assert line.total_timed_minutes == 55, "and it tells what the visit comes to now"


def test_a_code_more_is_a_new_line_and_a_code_less_is_void(visit, go_out, amend, add, void, sign):
    first = go_out()
    amend(visit)
    add(visit, "97530", "08:00", "08:15")
    void(visit, "97140")
    sign(visit)

    second = go_out()
    assert told(second) == [("NEW", "97530", 1), ("VOID", "97140", 1)]
    assert ids(second)["97140"] == ids(first)["97140"]
    assert ids(second)["97530"] not in ids(first).values()
    void_line = second.lines[1]
    assert (void_line.minutes, void_line.modifiers) == (15, "GP"), "it says what is taken back"
    assert void_line.total_timed_minutes == 35
    assert second.units == 1, "what is void counts no more"


def test_a_correction_is_made_again_as_it_went(visit, go_out, amend, add, sign):
    go_out()
    amend(visit)
    add(visit, "97110", "08:00", "08:20")
    sign(visit)
    second, third, fourth = go_out(), go_out(), go_out(Span(DAY - timedelta(days=9), DAY))

    for later in (third, fourth):
        assert told(later) == told(second)
        assert ids(later) == ids(second)
        assert later.went_out_before == 1


def test_amended_without_a_change_the_same_lines_go_out_as_before(visit, go_out, amend, sign):
    first = go_out()
    amend(visit)
    assert go_out().lines == (), "until it is signed again it is held back"
    sign(visit)

    again = go_out()
    assert (told(again), ids(again)) == (told(first), ids(first))


def test_amended_twice_before_an_export_is_one_change_and_back_is_none(
    clinic, visit, go_out, amend, add, sign
):
    first = go_out()
    amend(visit)
    late = add(visit, "97110", "08:00", "08:20")
    sign(visit)
    amend(visit)
    corrections.void(clinic, late.id, "another patient's")
    sign(visit)

    again = go_out()
    assert (told(again), ids(again)) == (told(first), ids(first))


def test_back_to_the_first_after_a_correction_is_a_correction_again(
    clinic, visit, go_out, amend, add, sign
):
    first = go_out()
    amend(visit)
    late = add(visit, "97110", "08:00", "08:20")
    sign(visit)
    go_out()
    amend(visit)
    corrections.void(clinic, late.id, "another patient's")
    sign(visit)

    third = go_out()
    assert told(third) == [("CORRECTION", "97110", 1)]
    assert ids(third)["97110"] == ids(first)["97110"]


def test_unsigned_lines_are_put_right_once_the_visit_is_signed(timed, go_out, sign):
    visit_id = timed("97110", "Ann", minutes=20).visit_id
    timed("97140", "Ann", minutes=15)
    early = go_out(include_unsigned=True)
    assert {line.flags for line in early.lines} == {"UNSIGNED"}
    sign(visit_id)

    signed = go_out()
    assert told(signed) == [("CORRECTION", "97110", 1), ("CORRECTION", "97140", 1)]
    assert ids(signed) == ids(early)
    assert {line.flags for line in signed.lines} == {""}


def test_an_unsigned_change_goes_along_flagged_with_what_it_takes_back(visit, go_out, amend, void):
    go_out()
    amend(visit)
    void(visit, "97140")

    assert go_out().lines == ()
    along = go_out(include_unsigned=True)
    assert [(line.line_status, line.code, line.flags) for line in along.lines] == [
        *(("CORRECTION", "97110", "UNSIGNED"), ("VOID", "97140", "UNSIGNED")),
    ]


def test_another_payer_puts_every_line_right(clinic, visit, go_out, amend, sign):
    first = go_out()
    amend(visit)
    visiting.change_payer(clinic, visit, "Commercial (midpoint)", "the card says so")
    sign(visit)

    second = go_out()
    assert {line.line_status for line in second.lines} == {"CORRECTION"}
    assert {line.payer for line in second.lines} == {"Commercial (midpoint)"}
    assert ids(second) == ids(first)


def test_a_visit_that_holds_nothing_any_more_takes_all_its_lines_back(
    visit, go_out, amend, void, dump
):
    first = go_out()
    amend(visit)
    void(visit, "97110")
    void(visit, "97140")

    emptied = go_out()
    assert told(emptied) == [("VOID", "97110", 1), ("VOID", "97140", 1)]
    assert ids(emptied) == ids(first)
    assert (emptied.units, emptied.minutes, emptied.held_back) == (0, 0, ())
    assert told(go_out()) == told(emptied), "and again, should the file be lost"
    assert go_out(clinician="Kim").lines
    assert not go_out(clinician="Lee").lines


def test_what_was_void_and_is_given_after_all_is_new(visit, go_out, amend, add, void, sign):
    first = go_out()
    amend(visit)
    void(visit, "97140")
    sign(visit)
    go_out()
    amend(visit)
    add(visit, "97140", "08:00", "08:15")
    sign(visit)

    third = go_out()
    assert told(third) == [("NEW", "97140", 1)]
    assert ids(third)["97140"] != ids(first)["97140"], "an id is never used for another line"


def test_only_the_times_in_the_clinic_changed(clinic, visit, go_out, amend, sign):
    first = go_out()
    amend(visit)
    coming.set_times(clinic, visit, arrived="09:50", departed="")
    sign(visit)

    second = go_out()
    assert [(line.line_status, line.time_in) for line in second.lines] == [
        *(("CORRECTION", "09:50"), ("CORRECTION", "09:50")),
    ]
    assert ids(second) == ids(first)
    assert told(go_out()) == told(second)
    assert go_out().went_out_before == 2


def test_a_note_in_a_time_is_flagged_and_so_changes_its_line_alone(
    clinic, visit, go_out, amend, sign, view
):
    go_out()
    amend(visit)
    [segment] = view(visit).record.of_code("97140")
    corrections.correct(clinic, segment.id, Change(note="hip"), "forgotten")
    sign(visit)

    second = go_out()
    assert [(line.line_status, line.code, line.flags) for line in second.lines] == [
        ("CORRECTION", "97140", "EDITED")
    ]


def test_an_npi_that_was_missing_puts_the_lines_of_its_clinician_right(clinic, visit, go_out):
    first = go_out()
    people.describe(clinic, "Kim", credentials="OTR/L", npi=NPI)

    second = go_out()
    assert [(line.line_status, line.rendering_npi) for line in second.lines] == [
        *(("CORRECTION", NPI), ("CORRECTION", NPI)),
    ]
    assert ids(second) == ids(first)


def test_visits_of_one_file_change_alone(visit, timed, sign, go_out, amend, add):
    bob = timed("97110", "Bob", minutes=20).visit_id
    sign(bob)
    first = go_out()
    amend(bob)
    add(bob, "97530", "08:00", "08:15")
    sign(bob)

    second = go_out()
    assert [
        (line.patient_id, *row) for line, row in zip(second.lines, told(second), strict=True)
    ] == [
        ("Ann", "NEW", "97110", 1),
        ("Ann", "NEW", "97140", 1),
        ("Bob", "NEW", "97530", 1),
    ]
    assert (second.went_out_before, second.unchanged) == (2, 1)
    assert second.lines[0].line_id == first.lines[0].line_id


def test_a_line_that_an_older_ptimer_sent_twice_is_taken_back(clinic, visit, go_out):
    """It sent what an amended visit said as new lines beside those that the biller had."""
    first = go_out()
    with database.transaction(clinic.connection):
        clinic.connection.execute("drop trigger export_lines_are_not_replaced")
        clinic.connection.execute(
            "insert into export_lines select 'stale', batch_id, visit_id, code, modifiers, "
            "replace(content, '\"minutes\":20', '\"minutes\":19'), status from export_lines "
            "where code = '97110'"
        )

    second = go_out()
    assert [(line.line_status, line.line_id, line.minutes) for line in second.lines] == [
        ("VOID", "stale", 19)
    ]
    assert told(first) == [("NEW", "97110", 1), ("NEW", "97140", 1)]


def test_two_exports_that_were_prepared_at_once_do_not_both_go_out(clinic, visit, another):
    mine = exporting.prepare(clinic, Span(DAY, DAY))
    theirs = exporting.prepare(clinic, Span(DAY, DAY))
    exporting.remember(another(), theirs, "theirs.csv")

    with pytest.raises(Busy, match="Another export has gone out meanwhile"):
        exporting.remember(clinic, mine, "mine.csv")
    assert exporting.last_export(clinic).file_name == "theirs.csv"


def test_what_the_biller_has_as_it_is_may_be_left_out(visit, timed, sign, go_out, amend, add):
    go_out()
    bob = timed("97110", "Bob", minutes=20).visit_id
    sign(bob)
    amend(visit)
    add(visit, "97530", "08:00", "08:15")
    sign(visit)

    changes = go_out(only_changes=True)
    assert told(changes) == [("NEW", "97530", 1), ("NEW", "97110", 1)]
    assert (changes.kept_back, changes.went_out_before) == (0, 0)
    nothing = go_out(only_changes=True)
    assert (nothing.lines, nothing.kept_back) == ((), 2)
