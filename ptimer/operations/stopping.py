"""Stop what runs: what a second press on a stopwatch does, and Stop all."""

from collections.abc import Sequence
from dataclasses import dataclass

from ptimer.billing.codebook import Code, Count
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.known_codes import known
from ptimer.operations.recording import Pressed, end_of, record_end
from ptimer.storage import doubts, segments
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer
from ptimer.timing.service_date import service_date
from ptimer.wording import say


@dataclass(frozen=True)
class StopWish:
    """What to stop; None names everything that runs. `units` are typed for a code by area.

    A press that is recorded late brings its id along, and `why` it is late.
    """

    code: str | None = None
    patient: str | None = None
    clinician: str | None = None
    segment_ids: tuple[str, ...] | None = None
    at: Instant | None = None
    units: int | None = None
    press_id: str = ""
    why: str = ""


def stop(clinic: Clinic, wish: StopWish) -> Pressed:
    """Stop what the wish names; a stop is never refused, and nothing running is no problem.

    Raises:
        Misused: the code is unknown, units are typed for a code that takes none, or `at` lies
            before a start.
    """
    with clinic.writing() as now:
        return stop_within(clinic, wish, now)


def stop_within(clinic: Clinic, wish: StopWish, now: Instant) -> Pressed:
    """Stop inside `clinic.writing()`.

    Raises:
        Misused: as `stop`.
    """
    code = None if wish.code is None else _known(clinic, wish.code, now)
    chosen = [
        segment
        for segment in segments.running(clinic.connection)
        if (code is None or segment.code == code.code)
        and wish.patient in (None, segment.patient)
        and wish.clinician in (None, segment.clinician)
        and (wish.segment_ids is None or segment.id in wish.segment_ids)
    ]
    _check_units(clinic, wish.units, code, chosen)
    press_id = wish.press_id or new_id(now)
    ended = [
        record_end(
            clinic,
            segment,
            end_of(clinic, segment, wish.at, now),
            now,
            press_id,
            wish.units,
            wish.why,
        )
        for segment in chosen
    ]
    if wish.at is not None:
        doubts.answer(clinic.connection, [each.id for each in ended], Answer.ENDED_AT, at=now)
    return Pressed(press_id, now, ended=tuple(ended))


def _known(clinic: Clinic, number: str, now: Instant) -> Code:
    today = service_date(now, clinic.clock.zone)
    return known(clinic.rulebook.codes.on(today), number, guess=True)


def _check_units(
    clinic: Clinic, units: int | None, code: Code | None, chosen: Sequence[SegmentRow]
) -> None:
    if units is None:
        return
    if units < 0:
        raise Misused(say("Units can't be negative: {units}", units=units))
    named = {code.code} if code else {segment.code for segment in chosen}
    wrong = [each for each in named if clinic.rulebook.codes[each].count is not Count.AREA]
    if wrong:
        raise Misused(
            say("{code} is counted by ptimer: units are typed only by area", code=wrong[0])
        )
