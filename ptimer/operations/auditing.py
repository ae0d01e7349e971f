"""What goes into the audit packet of a patient: which visits, and all of each at one moment?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ptimer import __version__
from ptimer.operations import defaults, history, snapshots, typed_text, versions
from ptimer.operations.audit_times import typed_ends
from ptimer.operations.audit_visit import packet_visit
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.visit_view import VisitView
from ptimer.reports.audit_packet import Packet, PacketVisit
from ptimer.storage import audit_log, visits
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import Sentence, say

Tell = Callable[[int, int], None]
"""Told how many visits of how many are done; it may end the work by raising."""


@dataclass(frozen=True)
class PacketWish:
    """Whose visits, from which day to which; `last` None: up to today; "" all disciplines."""

    patient: str
    first: date
    last: date | None = None
    discipline: str = ""


def count(clinic: Clinic, wish: PacketWish) -> int:
    """Return how many visits a packet would hold.

    Raises:
        Misused: as `packet` would.
    """
    with clinic.reading() as now:
        return len(_found(clinic, wish, now).views)


def packet(clinic: Clinic, wish: PacketWish, tell: Tell | None = None) -> Packet:
    """Return all that defends a patient's visits.

    Raises:
        Misused: a day has not been, the days are the wrong way round, the discipline is none,
            or no visit was recorded in them, since an empty packet proves nothing.
    """
    with clinic.reading() as now:
        found = _found(clinic, wish, now)
        told = []
        for number, view in enumerate(found.views):
            if tell is not None:
                tell(number, len(found.views))
            told.append(_told(clinic, view))
        return Packet(
            patient=found.patient,
            first=found.first,
            last=found.last,
            discipline=found.discipline,
            visits=tuple(told),
            made_at=_moment(clinic, now),
            made_by=defaults.who(clinic),
            version=__version__,
            edition=clinic.rulebook.edition,
        )


@dataclass(frozen=True)
class _Found:
    """The visits that are meant, in the order of their days."""

    patient: str
    first: date
    last: date
    discipline: str
    views: tuple[VisitView, ...]


def _found(clinic: Clinic, wish: PacketWish, now: Instant) -> _Found:
    patient = typed_text.patient_id(wish.patient)
    discipline = ""
    if wish.discipline.strip():
        discipline = defaults.discipline_named(wish.discipline).value
    first, last = _span(clinic, wish, now)
    rows = [
        row
        for row in visits.of_patient_between(clinic.connection, patient, first, last)
        if discipline in ("", row.discipline)
    ]
    views = [v for v in snapshots.view_all(clinic, rows, now) if v.record.segments or v.away]
    if not views:
        raise _nothing(patient, first, last, discipline)
    return _Found(patient, first, last, discipline, tuple(views))


def _told(clinic: Clinic, view: VisitView) -> PacketVisit:
    of_visit = versions.of_visit(clinic, view.visit.id)
    changes = history.changes_of(clinic, view.visit.id)
    log = audit_log.of_visit(clinic.connection, view.visit.id)
    typed = typed_ends(log, of_visit.roots)
    return packet_visit(view, of_visit, tuple(reversed(changes)), typed)


def _span(clinic: Clinic, wish: PacketWish, now: Instant) -> tuple[date, date]:
    today = service_date(now, clinic.clock.zone)
    last = today if wish.last is None else wish.last
    for day in (wish.first, last):
        if day > today:
            raise Misused(say("{day} is in the future", day=day))
    if last < wish.first:
        raise Misused(
            say("The last day, {last}, lies before the first, {first}", last=last, first=wish.first)
        )
    return wish.first, last


def _nothing(patient: str, first: date, last: date, discipline: str) -> Misused:
    values = {"patient": shown(patient), "first": first, "last": last}
    if discipline:
        return Misused(
            say(
                "{patient} has no recorded {discipline} visit from {first} to {last}: an empty "
                "packet proves nothing",
                discipline=discipline,
                **values,
            )
        )
    return Misused(
        say(
            "{patient} has no recorded visit from {first} to {last}: an empty packet proves "
            "nothing",
            **values,
        )
    )


def _moment(clinic: Clinic, now: Instant) -> Sentence:
    zone = clinic.clock.zone
    day, clock = service_date(now, zone), clock_text(now, zone, seconds=False)
    return say("{day} {time}", day=day, time=clock)
