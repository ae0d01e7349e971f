"""What can't be recorded whole is not recorded: a disk that fills up in the middle changes nothing.

The disk is full at the n-th row of the audit log, or at the n-th segment, of each change in turn.
"""

import pytest

from ptimer.billing.payers import Payer, UnitRule
from ptimer.operations import (
    answering,
    coming,
    corrections,
    exporting,
    importing,
    own_payers,
    people,
    signing,
    stopping,
    stopwatch,
    supervision,
    undoing,
    visiting,
    watching,
)
from ptimer.operations.corrections import Change, NewTime
from ptimer.operations.errors import Busy, Problem
from ptimer.operations.signing import SignWish
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.recovery import Answer, Cause, Doubt
from tests.operations.files import HEADER, line


@pytest.fixture
def day(clinic, start, stop, timed, sign, clock, tmp_path):
    """A day on which each change has something to change."""

    class Day:
        recorded = timed("97110", "Ann")
        signed = timed("97110", "Bob").visit_id
        stopped = stopping.StopWish()
        file = tmp_path / "times.csv"

    sign(Day.signed)
    Day.file.write_text("\n".join([HEADER, line(), line("97110", patient="Cem", clinician="Lee")]))
    start("97140", "Dia", clinician="Sam")
    clock.advance(minutes=5)
    Day.stopped = stop()
    Day.running = start("97112", "Ann")
    Day.doubtful = start("97110", "Eve", clinician="Zoe")
    clock.advance(minutes=5)
    watching.note(clinic, Doubt(Cause.SLEPT, Instant(clock.now() - MINUTE)))
    return Day


def _start(clinic, day):
    stopwatch.start(clinic, StartWish("97150", ("Fay", "Gus"), clinician="New"))


def _switch(clinic, day):
    stopwatch.start(clinic, StartWish("97110", ("Ann",), clinician="Kim", switch=True))


def _press(clinic, day):
    wish = StartWish("97110", (), clinician="Kim", visit_id=day.running.visit_id, origin="press")
    stopwatch.press(clinic, wish)


def _stop(clinic, day):
    stopping.stop(clinic, StopWish())


def _undo(clinic, day):
    undoing.undo(clinic, day.stopped.press_id)


def _correct(clinic, day):
    change = Change(patient="Hal", clinician="Ida", code="97140")
    corrections.correct(clinic, day.recorded.id, change, "why")


def _split(clinic, day):
    at = Instant(day.recorded.started_at + MINUTE)
    corrections.split(clinic, day.recorded.id, at, "why")


def _void(clinic, day):
    corrections.void(clinic, day.recorded.id, "why")


def _add(clinic, day):
    start = Instant(day.recorded.started_at - 30 * MINUTE)
    time = NewTime(day.recorded.visit_id, "97110", start, Instant(start + MINUTE), "Ida")
    corrections.add(clinic, time, "why")


def _import(clinic, day):
    importing.import_file(clinic, day.file)


def _sign(clinic, day):
    signing.sign(clinic, day.stopped.ended[0].visit_id, SignWish("Sam", "OTR/L"))


def _amend(clinic, day):
    signing.amend(clinic, day.signed, "why")


def _pay(clinic, day):
    visiting.change_payer(clinic, day.recorded.visit_id, "Commercial (midpoint)", "why")


def _arrive(clinic, day):
    coming.arrive(clinic, day.recorded.visit_id)


def _open(clinic, day):
    visiting.open_visit(clinic, "Ivy", planned="15:00")


def _supervise(clinic, day):
    supervision.supervise(clinic, day.running.visit_id, "Kim")


def _answer(clinic, day):
    answering.answer_doubt(clinic, day.doubtful.id, Answer.ENDED_THEN)


def _describe(clinic, day):
    people.describe(clinic, "Jay", credentials="PT")


def _make_payer(clinic, day):
    own_payers.make(clinic, Payer("Acme", UnitRule.CMS), "why")


CHANGES = [
    *(_start, _switch, _press, _stop, _undo, _correct, _split, _void, _add, _import, _sign),
    *(_amend, _pay, _arrive, _open, _supervise, _answer, _describe, _make_payer),
]


def _fill_the_disk(connection, table, rows):
    """Let the disk be full as soon as a table has grown by so many rows."""
    (count,) = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    connection.execute(
        f"create temp trigger full_disk before insert on {table} "  # noqa: S608
        f"when (select count(*) from {table}) >= {count + rows} "
        "begin select raise(abort, 'full'); end"
    )


@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("table", ["audit_log", "segments"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_change_that_breaks_off_in_the_middle_changes_nothing(
    clinic, day, dump, change, table, rows
):
    before = dump()
    _fill_the_disk(clinic.connection, table, rows)
    try:
        change(clinic, day)
    except Problem as problem:
        told = str(problem)
    else:
        told = ""

    if told:
        assert told == "The database refused it: full"
        assert dump() == before
        clinic.connection.execute("drop trigger full_disk")
        change(clinic, day)
        assert dump() != before, "and once there is room it is done"
    else:
        assert len(dump()[table]) - len(before[table]) <= rows, "it writes no more than fits"


def test_a_record_that_is_busy_is_not_half_done(clinic, day, another, dump):
    before = dump()
    clinic.connection.execute("pragma busy_timeout = 10")
    with another().writing(), pytest.raises(Busy):
        _switch(clinic, day)

    assert dump() == before


def test_an_export_that_can_not_be_remembered_leaves_no_line(clinic, day, dump):
    export = exporting.prepare(clinic, exporting.span_of(clinic), include_unsigned=True)
    before = dump()
    _fill_the_disk(clinic.connection, "export_lines", 1)

    with pytest.raises(Problem, match="full"):
        exporting.remember(clinic, export, "today.csv")
    assert dump() == before
