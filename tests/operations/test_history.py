import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import (
    answering,
    coming,
    corrections,
    history,
    importing,
    settling,
    signing,
    stopwatch,
    undoing,
    visiting,
    watching,
)
from ptimer.operations.corrections import Change
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer, Cause, Doubt


@pytest.fixture
def told(clinic):
    """Return what was done to a visit, the newest first."""
    return lambda visit_id: history.changes_of(clinic, visit_id)


def _said(change):
    """A change in one line, as a person reads it."""
    parts = [change.about, str(change.done)]
    for each in change.differences:
        parts += [str(each.what), *(str(side or "-") for side in (each.before, each.after))]
    return " ".join(part for part in (*parts, change.reason) if part)


def test_presses_are_told_the_newest_first(told, timed):
    segment = timed("97112", minutes=15)

    stopped, started = told(segment.visit_id)

    assert _said(stopped) == "97112 stopped at - 10:15:00"
    assert _said(started) == "97112 started at - 10:00:00"
    assert (started.who, started.action, started.about) == ("Kim", "start", "97112")
    assert started.usual, "nothing was changed after the fact"
    assert stopped.usual


def test_a_start_that_was_typed_is_no_usual_press(told, start, at):
    segment = start("97112", at=at("09:50"))

    assert [change.usual for change in told(segment.visit_id)] == [False]


def test_units_that_were_typed_at_a_stop_are_told(told, start, stop, clock):
    segment = start("97597")
    clock.advance(minutes=20)
    stop("97597", units=2)

    assert _said(told(segment.visit_id)[0]) == "97597 stopped at - 10:20:00 units - 2"


def test_a_correction_tells_old_and_new_and_why(clinic, told, timed, at):
    segment = timed("97112")
    corrections.correct(clinic, segment.id, Change(start=at("09:52:10")), "pressed late")

    change = told(segment.visit_id)[0]

    assert _said(change) == "97112 corrected start 10:00:00 09:52:10 pressed late"
    assert (change.before, change.after) == ("10:00:00", "09:52:10")
    assert not change.usual


def test_all_that_a_correction_changed_is_told(clinic, told, timed):
    segment = timed("97112")
    change = Change(
        code="97110", clinician="Lee", role=Role.STUDENT, supervisor="Kim", note="with the class"
    )
    corrections.correct(clinic, segment.id, change, "wrong card")

    assert _said(told(segment.visit_id)[0]) == (
        "97112 corrected code 97112 97110 clinician Kim Lee role therapist student "
        "supervisor - Kim note - with the class wrong card"
    )


def test_an_end_that_was_typed_over_a_running_time_says_that_it_ran(clinic, told, start, clock, at):
    segment = start("97112")
    clock.advance(minutes=15)
    corrections.correct(clinic, segment.id, Change(end=at("10:10")), "stopped late")

    assert _said(told(segment.visit_id)[0]) == ("97112 corrected end running 10:10:00 stopped late")


def test_a_time_of_another_day_is_told_with_its_date(clinic, told, timed, clock, at):
    clock.advance(hours=13.5)
    segment = timed("97112", minutes=45)

    assert _said(told(segment.visit_id)[0]) == "97112 stopped at - 2026-11-24 00:15:00"


def test_a_split_a_void_and_an_added_time_are_told_as_wholes(clinic, told, timed, add, at, clock):
    segment = timed("97112", minutes=20)
    corrections.split(clinic, segment.id, at("10:08"), "two goals")
    added = add(segment.visit_id, "97110", "09:30", "09:40", why="forgot to start")
    corrections.void(clinic, added.id, "the wrong patient")

    assert [_said(change) for change in told(segment.visit_id)[:3]] == [
        "97110 voided time 09:30:00–09:40:00 - the wrong patient",  # noqa: RUF001
        "97110 added time - 09:30:00–09:40:00 forgot to start",  # noqa: RUF001
        "97112 split time 10:00:00–10:20:00 10:00:00–10:08:00 + 10:08:00–10:20:00 two goals",  # noqa: RUF001
    ]


def test_presses_that_were_taken_back_are_told(clinic, told, start, stop, clock):
    segment = start("97112")
    clock.advance(minutes=5)
    undoing.undo(clinic, stop("97112").press_id)

    assert _said(told(segment.visit_id)[0]) == "97112 stop taken back end 10:05:00 running"


def test_a_start_that_was_taken_back_is_told(clinic, told, open_visit):
    pressed = stopwatch.start(clinic, StartWish("97112", ("Ann",), clinician="Kim"))
    undoing.undo(clinic, pressed.press_id)

    assert _said(told(open_visit())[0]) == "97112 start taken back"


def test_another_payer_is_told_with_its_reason(clinic, told, timed):
    segment = timed("97110")
    visiting.change_payer(clinic, segment.visit_id, "Commercial (midpoint)", "a new card")

    assert _said(told(segment.visit_id)[0]) == (
        "payer changed payer Medicare Commercial (midpoint) a new card"
    )


def test_signing_and_amending_tell_what_was_billed(clinic, told, timed, sign):
    segment = timed("97110", minutes=30)
    sign(segment.visit_id)
    signing.amend(clinic, segment.visit_id, "the wrong code")

    amended, signed = told(segment.visit_id)[:2]

    assert _said(signed) == "signed, visit closed billed - 97110 × 2"  # noqa: RUF001
    assert _said(amended) == (
        "amended, visit reopened billed 97110 × 2 - the wrong code"  # noqa: RUF001
    )


def test_a_signature_that_no_longer_stands_is_told(clinic, told, timed, sign):
    ours = timed("97110", minutes=15)
    timed("97110", minutes=15, clinician="Lee")
    sign(ours.visit_id)
    corrections.void(clinic, ours.id, "not treated")

    assert "signature withdrawn the times were changed" in [
        _said(change) for change in told(ours.visit_id)
    ]


def test_arrival_and_departure_are_told_before_and_after(clinic, told, open_visit, clock):
    visit_id = open_visit()
    coming.arrive(clinic, visit_id)
    clock.advance(minutes=30)
    coming.set_times(clinic, visit_id, arrived="09:55", departed="10:25")

    edited, arrived, made = told(visit_id)

    assert _said(edited) == ("time in the clinic arrived 10:00:00 09:55:00 left - 10:25:00")
    assert _said(arrived) == "time in the clinic arrived - 10:00:00"
    assert _said(made) == "visit made visit - PT · Medicare"
    assert [change.usual for change in (edited, arrived, made)] == [False, True, True]


def test_a_settled_tie_is_told(clinic, told, timed):
    first = timed("97110", minutes=20)
    timed("97140", minutes=20)
    settling.choose(clinic, first.visit_id, {"97110": 1, "97140": 2})

    assert _said(told(first.visit_id)[0]) == "units chosen units - 97110 × 1, 97140 × 2"  # noqa: RUF001


def test_why_a_code_took_long_is_told_with_its_code(clinic, told, timed):
    segment = timed("97112", minutes=61)
    settling.give_reason(clinic, segment.visit_id, "97112", "two falls last week")

    change = told(segment.visit_id)[0]

    assert _said(change) == "97112 reason for a long treatment two falls last week"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Answer.WENT_ON, "97112 answered: it went on"),
        (Answer.ENDED_THEN, "97112 answered: it ended then end running 10:05:00"),
        (Answer.ENDED_AT, "97112 answered: it ended at another time end running 10:10:00"),
        (Answer.NEVER, "97112 answered: it never happened"),
    ],
)
def test_answers_to_a_doubt_are_told(clinic, told, start, clock, at, given, said):
    segment = start("97112")
    clock.advance(minutes=20)
    watching.note(clinic, Doubt(Cause.SLEPT, Instant(at("10:05"))))
    answering.answer_doubt(clinic, segment.id, given, ended_at=at("10:10"))

    assert _said(told(segment.visit_id)[0]) == said


def test_times_that_came_from_a_file_are_told_without_a_name(clinic, told, tmp_path, open_visit):
    file = tmp_path / "times.csv"
    file.write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        "Ann,,,Kim,,97110,2026-11-23T09:00,2026-11-23T09:15,\n"
        "Ann,,,Kim,,97112,2026-11-23T09:15,2026-11-23T09:30,\n",
        encoding="utf-8",
    )
    importing.import_file(clinic, file)

    change = next(each for each in told(open_visit()) if each.action == "import")

    assert _said(change) == (
        "came from a file times - 97110 09:00:00–09:15:00, 97112 09:15:00–09:30:00"  # noqa: RUF001
    )
    assert change.who == "", "the entry of a file names no visit, so its name is not known here"


def test_of_a_long_file_only_the_first_times_are_listed(clinic, told, tmp_path, open_visit):
    lines = ["patient,payer,discipline,clinician,role,code,start,end,note"]
    for minute in range(0, 40, 5):
        start, end = (f"2026-11-23T09:{minute + more:02d}" for more in (0, 5))
        lines.append(f"Ann,,,Kim,,97110,{start},{end},")
    file = tmp_path / "times.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    importing.import_file(clinic, file)

    change = next(each for each in told(open_visit()) if each.action == "import")

    assert change.after.endswith("97110 09:15:00–09:20:00 and 4 more")  # noqa: RUF001


def test_a_time_that_moved_is_told_where_it_was_and_where_it_is(clinic, told, timed, open_visit):
    segment = timed("97112")
    corrections.correct(clinic, segment.id, Change(patient="Ben"), "the wrong patient")

    assert _said(told(segment.visit_id)[0]) == ("97112 corrected patient Ann Ben the wrong patient")
    assert [_said(change) for change in told(open_visit("Ben"))] == [
        "came from another visit times - 97112 10:00:00–10:15:00"  # noqa: RUF001
    ]


def test_a_time_that_moved_to_another_discipline_says_so(clinic, told, timed):
    segment = timed("97112")
    corrections.correct(clinic, segment.id, Change(discipline="OT"), "an OT visit")

    assert _said(told(segment.visit_id)[0]) == (
        "97112 corrected visit - another one of the patient an OT visit"
    )


def test_of_one_instant_what_was_done_last_comes_first(told, start):
    first = start("97110")
    second = start("97112", switch=True)

    assert [change.action for change in told(first.visit_id)] == ["start", "stop", "start"]
    assert told(first.visit_id)[0].about == second.code
