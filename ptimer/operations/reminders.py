"""Of what is a clinician reminded now? Only of what is missing, and of nothing by idle hands.

Hands-on work looks idle to a keyboard: what is asked here is the record and the clock alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, tzinfo

from ptimer.operations import clinician_entries
from ptimer.operations.clinic import Clinic
from ptimer.operations.clinic_settings import (
    CLOSING_TIME,
    REMIND_CLOSING,
    REMIND_EXPIRY,
    REMIND_EXPIRY_DAYS,
    REMIND_HOUR,
    REMIND_NOTHING,
    REMIND_NOTHING_MINUTES,
    REMIND_UNIT,
)
from ptimer.operations.setting_kinds import Value
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_view import VisitView
from ptimer.storage import settings
from ptimer.storage.clinician_entries import EntryRow
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.service_date import local
from ptimer.wording import Sentence, say

AHEAD = 2
"""Minutes before a unit at which it is said."""

LONG = 60
"""Minutes of one code in a visit at which it is said."""

_SAID_ON = "expiry-said-on"
"""The day on which what expires was said last: once a day, however often a window is opened."""


@dataclass(frozen=True)
class Reminder:
    """One thing to say, once: `key` is the same for the same thing, `visit_id` leads to it.

    Without a visit it is about the clinicians themselves.
    """

    key: str
    sentence: Sentence
    visit_id: str = ""


def due(
    today: Today, wanted: Mapping[str, Value], now: Instant, zone: tzinfo | None = None
) -> tuple[Reminder, ...]:
    """Return what may be said now, the most urgent first.

    `wanted` are the settings by their keys; what was said already is the caller's to know.
    """
    views = [view.at(now) for view in (*today.visits, *today.earlier)]
    found: list[Reminder] = []
    if wanted[REMIND_CLOSING.key]:
        found += _after_closing(today, str(wanted[CLOSING_TIME.key]), now, zone)
    if wanted[REMIND_HOUR.key]:
        found += _long_codes(views)
    if wanted[REMIND_UNIT.key]:
        found += _near_units(views)
    if wanted[REMIND_NOTHING.key]:
        found += _nothing_runs(today, int(wanted[REMIND_NOTHING_MINUTES.key]), now)
    return tuple(found)


def expiring(clinic: Clinic, wanted: Mapping[str, Value], today: date) -> Reminder | None:
    """Return what to say of licences and certificates, unless it was said today; keep that it was.

    `wanted` are the settings by their keys.

    Raises:
        Problem: that it was said can't be written.
    """
    if not wanted[REMIND_EXPIRY.key]:
        return None
    found = clinician_entries.expiring(clinic, int(wanted[REMIND_EXPIRY_DAYS.key]))
    if not found:
        return None
    with clinic.writing():
        if settings.get(clinic.connection, _SAID_ON) == today.isoformat():
            return None
        settings.put(clinic.connection, _SAID_ON, today.isoformat())
    return Reminder(f"expiry:{today}", _expiry(found, today))


def _expiry(found: tuple[EntryRow, ...], today: date) -> Sentence:
    first, more = found[0], len(found) - 1
    until = first.expires_on or today
    told = (
        say(
            "{title} of {name} expired on {day}", title=first.title, name=first.clinician, day=until
        )
        if until < today
        else say(
            "{title} of {name} expires on {day}", title=first.title, name=first.clinician, day=until
        )
    )
    return say("{told}, and {more} more", told=told, more=more) if more else told


def _near_units(views: Iterable[VisitView]) -> Iterable[Reminder]:
    """Say a unit boundary two minutes ahead, for the code that runs towards it."""
    for view in views:
        reckoning = view.reckoning
        for code in () if view.in_doubt else view.running_codes:
            line = reckoning.line(code)
            if line is None or not line.code.timed:
                continue
            pooled = line.next_unit_at is None
            at = reckoning.next_unit_at if pooled else line.next_unit_at
            minutes = reckoning.pooled_minutes if pooled else line.minutes
            if at is not None and 0 < at - minutes <= AHEAD:
                yield Reminder(
                    f"unit:{view.visit.id}:{'' if pooled else code}:{at}",
                    say(
                        "{minutes:plural:minute,minutes} to the next unit of {patient}, at {at}",
                        minutes=at - minutes,
                        patient=view.visit.patient,
                        at=at,
                    ),
                    view.visit.id,
                )


def _long_codes(views: Iterable[VisitView]) -> Iterable[Reminder]:
    for view in views:
        for code in () if view.in_doubt else view.running_codes:
            minutes = view.minutes_of(code)
            if view.code(code).timed and minutes >= LONG:
                yield Reminder(
                    f"hour:{view.visit.id}:{code}",
                    say(
                        "{code} of {patient} has {minutes} min today and still runs",
                        code=code,
                        patient=view.visit.patient,
                        minutes=minutes,
                    ),
                    view.visit.id,
                )


def _nothing_runs(today: Today, minutes: int, now: Instant) -> Iterable[Reminder]:
    """Say it of the visit that a clinician left last, if it is open and they time nothing."""
    busy = {segment.clinician for segment in today.running}
    last: dict[str, SegmentRow] = {}
    for view in today.visits:
        for segment in view.record.segments:
            ended = segment.ended_at
            before = last.get(segment.clinician)
            if ended is not None and (before is None or ended > (before.ended_at or 0)):
                last[segment.clinician] = segment
    for clinician, segment in last.items():
        left = today.visit(segment.visit_id)
        if clinician in busy or left is None or left.in_doubt or left.record.running:
            continue
        open_still = not left.visit.signed and left.visit.departed_at is None
        waited = (now - (segment.ended_at or now)) // MINUTE
        if open_still and waited >= minutes:
            yield Reminder(
                f"nothing:{segment.id}",
                say(
                    "Nothing runs for {patient} since {code} ended {minutes} min ago",
                    patient=left.visit.patient,
                    code=segment.code,
                    minutes=waited,
                ),
                left.visit.id,
            )


def _after_closing(
    today: Today, closing: str, now: Instant, zone: tzinfo | None
) -> Iterable[Reminder]:
    """Say what runs on past closing time; what was started after it is meant."""
    if not closing:
        return
    moment = local(now, zone)
    closed = moment.replace(hour=int(closing[:2]), minute=int(closing[3:]), second=0, microsecond=0)
    if moment.time() < time(closed.hour, closed.minute):
        return
    for segment in today.running:
        if local(segment.started_at, zone) < closed:
            yield Reminder(
                f"closing:{today.date}:{segment.id}",
                say(
                    "{code} of {patient} still runs after closing time",
                    code=segment.code,
                    patient=segment.patient,
                ),
                segment.visit_id,
            )
