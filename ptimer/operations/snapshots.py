"""Frozen values for screens and reports: what runs, today, a visit, a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ptimer.billing.skilled_parts import required_of
from ptimer.operations import defaults, preferences, year_facts
from ptimer.operations.clinic import Clinic
from ptimer.operations.visit_record import VisitRecord
from ptimer.operations.visit_view import VisitView
from ptimer.storage import (
    attestations,
    audit_log,
    doubts,
    goals,
    plans,
    segments,
    settings,
    sign_answers,
    signatures,
    skilled_parts,
    supervisors,
    visit_cards,
    visit_marks,
    visits,
)
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date

MOST_EARLIER = 50


@dataclass(frozen=True)
class Today:
    """What the window and `ptimer status` show: the day's visits, and all that runs."""

    now: Instant
    date: date
    visits: tuple[VisitView, ...]
    earlier: tuple[VisitView, ...]
    """Open visits of earlier days, the newest first; at most `MOST_EARLIER`."""
    running: tuple[SegmentRow, ...]
    visit_of: Mapping[str, VisitRow]
    """By id, of all that runs: a running segment's visit may be an earlier day's."""
    recorded_at: Instant | None

    def discipline_of(self, segment: SegmentRow) -> str:
        """Return the discipline of a running segment's visit."""
        return self.visit_of[segment.visit_id].discipline

    def visit(self, visit_id: str | None) -> VisitView | None:
        """Return the visit of an id."""
        return next(
            (view for view in (*self.visits, *self.earlier) if view.visit.id == visit_id), None
        )


@dataclass(frozen=True)
class Day:
    """One day as the biller will see it."""

    date: date
    clinician: str | None
    visits: tuple[VisitView, ...]
    hidden: int = 0
    """Visits of the day that the filter by clinician leaves out."""
    away: tuple[VisitView, ...] = ()
    """Visits that were cancelled or no-shows: in no total, and nothing to sign."""

    @property
    def timed_minutes(self) -> int:
        """All timed minutes."""
        return sum(view.timed_minutes for view in self.visits)

    @property
    def total_minutes(self) -> int:
        """All minutes in which patients were treated, visit by visit."""
        return sum(view.total_minutes for view in self.visits)

    @property
    def timed_units(self) -> int:
        """All units of timed codes."""
        return sum(view.reckoning.timed_units for view in self.visits)

    @property
    def units(self) -> int:
        """All units."""
        return sum(view.reckoning.total_units for view in self.visits)


def today(clinic: Clinic) -> Today:
    """Return the day's visits, those of earlier days that are not signed, and all that runs."""
    with clinic.reading() as now:
        day = service_date(now, clinic.clock.zone)
        of_today = visits.on(clinic.connection, day, day)
        earlier = visits.unsigned_before(clinic.connection, day, most=MOST_EARLIER)
        views = view_all(clinic, [*of_today, *earlier], now)
        runs = segments.running(clinic.connection)
        of_running = visits.of_times(clinic.connection, {each.visit_id for each in runs})
        return Today(
            now=now,
            date=day,
            visits=tuple(sorted(views[: len(of_today)], key=_expected)),
            earlier=tuple(views[len(of_today) :]),
            running=tuple(runs),
            visit_of=of_running,
            recorded_at=audit_log.last_at(clinic.connection),
        )


def visit(clinic: Clinic, visit_id: str) -> VisitView:
    """Return one visit."""
    with clinic.reading() as now:
        return view_of(clinic, visit_id, now)


def day(clinic: Clinic, on: date | None = None, *, clinician: str | None = None) -> Day:
    """Return a day's visits that hold anything, all clinicians' or one's; default today."""
    with clinic.reading() as now:
        wanted = on or service_date(now, clinic.clock.zone)
        rows = visits.on(clinic.connection, wanted, wanted)
        every = sorted(view_all(clinic, rows, now), key=_expected)
        views = [view for view in every if view.record.segments]
        away = tuple(view for view in every if _is_away(view, clinician))
        shown = [view for view in views if clinician is None or clinician in view.record.involved]
        return Day(wanted, clinician, tuple(shown), hidden=len(views) - len(shown), away=away)


def date_of(clinic: Clinic, now: Instant) -> date:
    """Return the clinic's date at a moment."""
    return service_date(now, clinic.clock.zone)


def running(clinic: Clinic) -> tuple[SegmentRow, ...]:
    """Return what runs."""
    with clinic.reading():
        return tuple(segments.running(clinic.connection))


def view_of(clinic: Clinic, visit_id: str, now: Instant) -> VisitView:
    """Return one visit at a moment, inside `clinic.reading()` or `clinic.writing()`."""
    return view_all(clinic, [visits.get(clinic.connection, visit_id)], now)[0]


def view_all(clinic: Clinic, rows: Iterable[VisitRow], now: Instant) -> list[VisitView]:
    """Return the views of some visits; call it inside `clinic.reading()` or `writing()`."""
    zone = clinic.clock.zone
    return [
        VisitView(record, clinic.rulebook, now, zone) for record in _records(clinic, list(rows))
    ]


def _is_away(view: VisitView, clinician: str | None) -> bool:
    mark = view.record.mark
    return mark is not None and mark.away and clinician in (None, mark.marked_by)


def _expected(view: VisitView) -> int:
    """Order visits by the time that was planned, else at which they began."""
    visit = view.visit
    began = min((s.started_at for s in view.record.segments), default=visit.created_at)
    return visit.planned_at or min(began, visit.created_at)


def _records(clinic: Clinic, rows: list[VisitRow]) -> list[VisitRecord]:
    ids = [row.id for row in rows]
    connection = clinic.connection
    recorded = segments.of_visits(connection, ids)
    signed = signatures.standing(connection, ids)
    choices = sign_answers.choices(connection, ids)
    reasons = sign_answers.long_reasons(connection, ids)
    lone = segments.lone_groups(connection, ids)
    doubtful = doubts.open_doubts(connection)
    on_cards = visit_cards.of_visits(connection, ids)
    marks = visit_marks.standing(connection, ids)
    planned = plans.of_visits(connection, ids)
    supervised = supervisors.named(connection, ids)
    must_be_supervised = settings.get(connection, defaults.SUPERVISOR_REQUIRED)
    attested = attestations.pairs(connection, ids)
    necessary = attestations.necessity(connection, ids)
    years = year_facts.of_visits(clinic, rows)
    skilled = skilled_parts.of_visits(connection, ids)
    ticked = skilled_parts.ticks(connection, ids)
    served = goals.of_patients(connection, [row.patient for row in rows])
    required = required_of(settings.get(connection, preferences.REQUIRED_FIELDS))
    return [
        VisitRecord(
            visit=row,
            segments=tuple(recorded.get(row.id, ())),
            signatures=tuple(signed.get(row.id, ())),
            choice=choices.get(row.id),
            long_reasons=reasons.get(row.id, {}),
            lone_groups=tuple(lone.get(row.id, ())),
            doubts={s.id: doubtful[s.id] for s in recorded.get(row.id, ()) if s.id in doubtful},
            cards=tuple(on_cards.get(row.id, ())),
            plan=planned.get(row.id, {}),
            mark=marks.get(row.id),
            supervisors=supervised.get(row.id, {}),
            supervisor_required=bool(must_be_supervised),
            attestations=attested.get(row.id, {}),
            necessity=necessary.get(row.id),
            year=years.get(row.id),
            skilled=skilled.get(row.id, {}),
            chart=tuple(ticked.get(row.id, ())),
            goals=tuple(served.get(row.patient, ())),
            required_fields=required,
        )
        for row in rows
    ]
