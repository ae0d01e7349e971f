"""What was recorded in all the years? Visits page by page, and what all that is found comes to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from unicodedata import normalize

from ptimer.operations import snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.history_counting import Counted, VisitCounter
from ptimer.operations.visit_view import VisitView
from ptimer.storage import history, visits
from ptimer.storage.history import Place as Place
from ptimer.storage.history import Wanted as Wanted
from ptimer.timing.clock import Instant
from ptimer.wording import say

PAGE = 100
"""Visits that are read at once; the next ones when a person comes to them."""

WEEKS = 26
"""Weeks that are drawn where no dates are looked for."""

MOST_WEEKS = 53

_WEEK = timedelta(days=7)
_TELL_EVERY = 4096

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Page:
    """Some visits, the newest first; `next` is where the others begin, None where none is left."""

    visits: tuple[VisitView, ...]
    next: Place | None


@dataclass(frozen=True)
class Figures:
    """What some visits come to; `code_…` is the part of the code that is looked for."""

    visits: int = 0
    timed_minutes: int = 0
    timed_units: int = 0
    untimed_units: int = 0
    code_minutes: int = 0
    code_units: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Return both together."""
        return Figures(
            self.visits + other.visits,
            self.timed_minutes + other.timed_minutes,
            self.timed_units + other.timed_units,
            self.untimed_units + other.untimed_units,
            self.code_minutes + other.code_minutes,
            self.code_units + other.code_units,
        )


@dataclass(frozen=True)
class Totals:
    """What all visits that are found come to, and how many visits are not among them."""

    all: Figures = Figures()
    by_day: Mapping[date, Figures] = field(default_factory=dict)
    hidden: int = 0


@dataclass(frozen=True)
class Week:
    """The visits of seven days that begin with `first`."""

    first: date
    figures: Figures

    @property
    def last(self) -> date:
        """The last of its days."""
        return self.first + _WEEK - timedelta(days=1)


def wanted(
    clinic: Clinic,
    *,
    patient: str = "",
    code: str = "",
    clinician: str = "",
    first: date | None = None,
    last: date | None = None,
) -> Wanted:
    """Return what is looked for.

    Raises:
        Misused: the code is in no book, or the dates are the wrong way round.
    """
    number = ""
    if code.strip():
        found = clinic.rulebook.codes.find(code)
        if found is None:
            raise Misused(say("{code} is not in the code book", code=code.strip()))
        number = found.code
    if first and last and last < first:
        raise Misused(
            say("The last day {last} lies before the first {first}", last=last, first=first)
        )
    return Wanted(normalize("NFC", patient).lstrip(), number, clinician, first, last)


def page(clinic: Clinic, wish: Wanted, after: Place | None = None, *, most: int = PAGE) -> Page:
    """Return the visits that are found from behind a place on, at most so many."""
    with clinic.reading() as now:
        places = history.find(clinic.connection, wish, after=after, most=most + 1)
        shown = places[:most]
        rows = {row.id: row for row in visits.many(clinic.connection, [p.visit_id for p in shown])}
        views = snapshots.view_all(clinic, [rows[place.visit_id] for place in shown], now)
    return Page(tuple(views), shown[-1] if len(places) > most else None)


def totals(clinic: Clinic, wish: Wanted, told: Told) -> Totals:
    """Return what all that is found comes to; says how far it is, which may end it."""
    with clinic.reading() as now:
        counter = VisitCounter(clinic.rulebook, _signed_before_newer_terms(clinic))
        settled = history.settled(clinic.connection)
        begin = wish.first or history.earliest(clinic.connection) or date.max
        visits_found = counter.visits(history.times(clinic.connection, wish, now=now), settled)
        by_day = _by_day(_told(visits_found, begin, told), wish.code)
        together = sum(by_day.values(), Figures())
        hidden = 0 if wish.anything else history.count(clinic.connection) - together.visits
    told(1, 1)
    return Totals(together, by_day, hidden)


def weeks(found: Totals, wish: Wanted, today: date, *, starts: int = 1) -> tuple[Week, ...]:
    """Return the weeks to draw, the oldest first: of the dates looked for, or the last ones.

    Args:
        found: what was found.
        wish: what was looked for.
        today: the clinic's date.
        starts: on which day a week begins; 1 is Monday, 7 Sunday.
    """
    last = min(wish.last or today, today)
    end = _week_of(last, starts)
    begin = end - (WEEKS - 1) * _WEEK
    if wish.first:
        begin = max(_week_of(min(wish.first, last), starts), end - (MOST_WEEKS - 1) * _WEEK)
    count = (end - begin) // _WEEK + 1
    figures: dict[date, Figures] = {}
    for day, of_day in found.by_day.items():
        week = _week_of(day, starts)
        figures[week] = figures.get(week, Figures()) + of_day
    firsts = [begin + place * _WEEK for place in range(count)]
    return tuple(Week(first, figures.get(first, Figures())) for first in firsts)


def _signed_before_newer_terms(clinic: Clinic) -> Mapping[int, Instant]:
    """Return when the visits were signed that keep the limits and payers of their time."""
    limits = clinic.rulebook.editions.last_limits
    changed = clinic.rulebook.payers.last_change
    newer = [limits] if limits is not None else []
    if changed is not None:
        newer.append((date.min, changed))
    if not newer:
        return {}
    since, before = min(day for day, _ in newer), max(moment for _, moment in newer)
    return history.signed(clinic.connection, since=since, before=before)


def _week_of(day: date, starts: int) -> date:
    return day - timedelta(days=(day.isoweekday() - starts) % 7)


def _told(
    visits: Iterable[tuple[str, Counted]], begin: date, told: Told
) -> Iterator[tuple[str, Counted]]:
    """Pass visits on, and say by their dates how far it is: they come the newest first."""
    newest = ""
    for place, visit in enumerate(visits):
        newest = newest or visit[0]
        if place % _TELL_EVERY == _TELL_EVERY - 1:
            first, day = date.fromisoformat(newest), date.fromisoformat(visit[0])
            told((first - day).days, max((first - begin).days, 0) + 1)
        yield visit


def _by_day(visits: Iterable[tuple[str, Counted]], code: str) -> dict[date, Figures]:
    """Return what each day comes to; plain sums, since there may be very many visits."""
    sums: dict[str, list[int]] = {}
    for day, counted in visits:
        of_day = sums.get(day)
        if of_day is None:
            of_day = sums[day] = [0] * len(fields(Figures))
        of_day[0] += 1
        of_day[1] += counted.timed_minutes
        of_day[2] += counted.timed_units
        of_day[3] += counted.untimed_units
        if code in counted.lines:
            minutes, units = counted.lines[code]
            of_day[4] += minutes
            of_day[5] += units
    return {date.fromisoformat(day): Figures(*found) for day, found in sums.items()}
