"""What did a clinician learn, what may they do, and until when? Recorded, voided, never deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.storage import audit_log, clinician_entries, clinicians
from ptimer.storage.clinician_entries import EntryRow
from ptimer.storage.clinicians import ClinicianRow
from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import Sentence, say

Entry = EntryRow
"""An entry, as screens and commands are given it."""

_MOST_HOURS = Decimal(9999)
_SHORT = 8
"""Characters from the end of an id that tell two entries apart for a person."""


class Kind(StrEnum):
    """What an entry is about."""

    EDUCATION = "education"
    TRAINING = "training"
    LICENCE = "licence"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class NewEntry:
    """What a person types; texts may have blanks around them, and be empty where nothing is told.

    `dated` is when it was done or issued; `hours` such as 1.5; `file_name` names the proof.
    """

    clinician: str
    title: str
    dated: str
    kind: Kind = Kind.TRAINING
    expires_on: str = ""
    hours: str = ""
    file_name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """A clinician, and all that is recorded of what they learnt and may do."""

    clinician: ClinicianRow
    entries: tuple[EntryRow, ...]
    """Voided ones, too, the newest date first."""

    @property
    def standing(self) -> tuple[EntryRow, ...]:
        """The entries that nobody voided."""
        return tuple(entry for entry in self.entries if entry.stands)

    @property
    def hours(self) -> int:
        """Hundredths of hours of all that stands."""
        return sum(entry.hours or 0 for entry in self.standing)

    @property
    def expires_next(self) -> EntryRow | None:
        """What expires first, among what no newer entry stands in for."""
        found = [entry for entry in in_force(self.entries) if entry.expires_on is not None]
        return min(found, key=lambda entry: entry.expires_on or date.max, default=None)


def add(clinic: Clinic, wanted: NewEntry) -> EntryRow:
    """Record an entry and return it; a clinician who is new is made.

    Raises:
        Misused: a text, date or number can't be used; the sentence says which, and why.
    """
    name = typed_text.clinician_name(wanted.clinician)
    title = typed_text.note(wanted.title)
    if not title:
        raise Misused(say("Say what it is: a course, a degree, a licence"))
    with clinic.writing() as now:
        entry = EntryRow(
            id=new_id(now),
            clinician=name,
            kind=wanted.kind.value,
            title=title,
            dated=_dated(wanted.dated, service_date(now, clinic.clock.zone)),
            expires_on=_expiry(wanted),
            hours=hours_of(wanted.hours),
            file_name=typed_text.note(wanted.file_name),
            note=typed_text.note(wanted.note),
            recorded_by=defaults.who(clinic),
            recorded_at=now,
        )
        clinicians.ensure(clinic.connection, name)
        clinician_entries.add(clinic.connection, entry)
        _log(clinic, now, "clinician-entry", after=_told(entry))
        return entry


def void(clinic: Clinic, entry_id: str, why: str) -> EntryRow:
    """Let a wrong entry stand no longer, with a reason; `entry_id` may be the end of its id.

    Raises:
        Misused: no entry, or several, are meant, it is voided already, or no reason is given.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        entry = _meant(clinic, entry_id)
        if not entry.stands:
            raise Misused(say("{title} is voided already", title=shown(entry.title)))
        by = defaults.who(clinic)
        clinician_entries.void(clinic.connection, entry.id, by=by, why=reason, at=now)
        _log(clinic, now, "clinician-entry-voided", before=_told(entry), reason=reason)
        found = clinician_entries.find(clinic.connection, entry.id)
        return found or entry


def of_clinician(clinic: Clinic, name: str) -> Standing:
    """Return all that is recorded of a clinician; one nobody knows has nothing."""
    with clinic.reading():
        row = clinicians.find(clinic.connection, name) or ClinicianRow(name)
        return Standing(row, tuple(clinician_entries.of_clinician(clinic.connection, name)))


def everyone(clinic: Clinic) -> tuple[Standing, ...]:
    """Return all clinicians by name."""
    with clinic.reading():
        every = clinician_entries.every_entry(clinic.connection)
        rows = clinicians.everyone(clinic.connection)
    return tuple(
        Standing(row, tuple(reversed([e for e in every if e.clinician == row.name])))
        for row in rows
    )


def expiring(clinic: Clinic, days: int) -> tuple[EntryRow, ...]:
    """Return what has expired, or expires within some days, and has no newer entry in its place."""
    with clinic.reading() as now:
        today = service_date(now, clinic.clock.zone)
        soon = clinician_entries.expiring(clinic.connection, today + timedelta(days=days))
        names = dict.fromkeys(entry.clinician for entry in soon)
        found = {
            entry.id
            for name in names
            for entry in in_force(clinician_entries.of_clinician(clinic.connection, name))
        }
    return tuple(entry for entry in soon if entry.id in found)


def in_force(entries: Iterable[EntryRow]) -> tuple[EntryRow, ...]:
    """Return what stands and was not renewed: of one title, the one that lasts longest."""
    lasting: dict[tuple[str, str, str], EntryRow] = {}
    for entry in entries:
        key = (entry.clinician, entry.kind, entry.title.casefold())
        before = lasting.get(key)
        if entry.stands and (before is None or _until(before) < _until(entry)):
            lasting[key] = entry
    return tuple(lasting.values())


def short_id(entry: EntryRow) -> str:
    """Return the end of an entry's id, which a person may type."""
    return entry.id[-_SHORT:]


def hours_of(text: str) -> int | None:
    """Return hundredths of hours; None where nothing was typed.

    Raises:
        Misused: it is no number of hours.
    """
    typed = text.strip().replace(",", ".")
    if not typed:
        return None
    try:
        hours = Decimal(typed)
    except InvalidOperation:
        hours = Decimal(0)
    hundredths = hours * 100
    if not hours.is_finite() or not 0 < hours <= _MOST_HOURS or hundredths % 1:
        raise Misused(say("{hours} is no number of hours, such as 1.5", hours=shown(text)))
    return int(hundredths)


def hours_text(hundredths: int) -> str:
    """Return hundredths of hours as they are written: 1.5, or 2."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def kind_words(kind: str) -> Sentence:
    """Return what a kind of entry is called."""
    return _KINDS[Kind(kind)]


_KINDS = {
    Kind.EDUCATION: say("education"),
    Kind.TRAINING: say("training"),
    Kind.LICENCE: say("licence"),
    Kind.CERTIFICATE: say("certificate"),
}


def _until(entry: EntryRow) -> date:
    return entry.expires_on or date.max


def _dated(text: str, today: date) -> date:
    on = typed_text.date_of(text)
    if on > today:
        raise Misused(say("{time} is in the future", time=shown(text.strip())))
    return on


def _expiry(wanted: NewEntry) -> date | None:
    if not wanted.expires_on.strip():
        return None
    until = typed_text.date_of(wanted.expires_on)
    if until < typed_text.date_of(wanted.dated):
        raise Misused(say("It can't expire before its own date"))
    return until


def _meant(clinic: Clinic, entry_id: str) -> EntryRow:
    typed = entry_id.strip().casefold()
    every = clinician_entries.every_entry(clinic.connection)
    found = [entry for entry in every if typed and entry.id.endswith(typed)]
    if len(found) != 1:
        raise Misused(
            say("{id} names no entry", id=shown(entry_id))
            if not found
            else say("{id} names several entries: type more of it", id=shown(entry_id))
        )
    return found[0]


def _told(entry: EntryRow) -> dict[str, object]:
    told: Sequence[tuple[str, object]] = (
        ("id", entry.id),
        ("clinician", entry.clinician),
        ("kind", entry.kind),
        ("title", entry.title),
        ("dated", entry.dated.isoformat()),
        ("expires_on", entry.expires_on and entry.expires_on.isoformat()),
        ("hours", entry.hours),
        ("file_name", entry.file_name),
        ("note", entry.note),
    )
    return {key: value for key, value in told if value}


def _log(
    clinic: Clinic,
    now: Instant,
    action: str,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    entry = audit_log.Entry(
        now, defaults.who(clinic), action, before=before, after=after, reason=reason
    )
    audit_log.add(clinic.connection, entry)
