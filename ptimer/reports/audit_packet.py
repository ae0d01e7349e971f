"""An audit packet: one patient's visits with all that defends them, as plain values.

Whoever reads it was not there: each figure stands beside what it was counted from, each change
beside what it changed.
"""

from dataclasses import dataclass
from datetime import date

from ptimer.reports.paper import Words


@dataclass(frozen=True)
class Fact:
    """What something is, and how it reads."""

    what: Words
    text: Words


@dataclass(frozen=True)
class PacketLine:
    """A row for the biller; `because` says of each modifier why it is there."""

    code: str
    label: Words
    minutes: int
    units: int
    modifiers: tuple[str, ...] = ()
    because: tuple[Words, ...] = ()


@dataclass(frozen=True)
class PacketTime:
    """A recorded time; `about` is supervision, assistance, the note, and how it was recorded."""

    span: Words
    minutes: str
    code: str
    who: Words
    about: tuple[Words, ...] = ()
    edited: bool = False


@dataclass(frozen=True)
class PacketSignature:
    """Who signed, when, and the hash of what they signed."""

    name: str
    credentials: str
    signed_at: Words
    sha256: str = ""


@dataclass(frozen=True)
class Difference:
    """What a version said, and what the next one says; None: it said nothing of it."""

    what: Words
    before: Words | None
    after: Words | None


@dataclass(frozen=True)
class PacketVersion:
    """A version that was signed and reopened, and what the next one has otherwise."""

    number: int
    closed_at: Words
    signatures: tuple[PacketSignature, ...]
    reopened: Words
    """When, and by whom."""
    why: str
    differences: tuple[Difference, ...] = ()
    sha256: str = ""


@dataclass(frozen=True)
class PacketChange:
    """One entry of the audit log; `usual` is a press at its time, which changed nothing later."""

    at: Words
    who: str
    done: Words
    before: Words = ""
    after: Words = ""
    why: str = ""
    usual: bool = False


@dataclass(frozen=True)
class PacketRule:
    """A rule that decided something: what it is about, where it is written, which edition."""

    rule: str
    title: str
    source: str
    edition: str = ""


@dataclass(frozen=True)
class Totals:
    """What a visit comes to; `pooled` is None where all timed minutes are pooled."""

    timed_minutes: int
    total_minutes: int
    timed_units: int
    untimed_units: int
    in_clinic: int | None = None

    @property
    def units(self) -> int:
        """All units."""
        return self.timed_units + self.untimed_units


@dataclass(frozen=True)
class PacketVisit:
    """One visit; `checked` is whether it still is what was signed, None where nothing tells."""

    key: str
    day: date
    discipline: str
    payer: str
    status: Words
    signed: bool
    totals: Totals
    facts: tuple[Fact, ...] = ()
    lines: tuple[PacketLine, ...] = ()
    times: tuple[PacketTime, ...] = ()
    arithmetic: tuple[Words, ...] = ()
    remarks: tuple[Words, ...] = ()
    settled: tuple[Fact, ...] = ()
    skilled: tuple[Words, ...] = ()
    missing: tuple[Words, ...] = ()
    """What an open visit still lacks."""
    signatures: tuple[PacketSignature, ...] = ()
    checked: bool | None = None
    versions: tuple[PacketVersion, ...] = ()
    changes: tuple[PacketChange, ...] = ()
    rules: tuple[PacketRule, ...] = ()
    away: bool = False
    """Whether it was cancelled or a no-show: nothing was treated."""


@dataclass(frozen=True)
class Packet:
    """All visits of a patient over a span of days, and who made the packet, when, with what."""

    patient: str
    first: date
    last: date
    visits: tuple[PacketVisit, ...]
    made_at: Words
    made_by: str
    version: str
    edition: str
    discipline: str = ""

    @property
    def held(self) -> tuple[PacketVisit, ...]:
        """The visits in which the patient was treated."""
        return tuple(visit for visit in self.visits if not visit.away)

    @property
    def rules(self) -> tuple[PacketRule, ...]:
        """Every rule of the visits, once."""
        return tuple(dict.fromkeys(rule for visit in self.visits for rule in visit.rules))


def as_values(packet: Packet) -> dict[str, object]:
    """Return what a packet holds, as JSON has it."""
    return {
        "patient": packet.patient,
        "from": packet.first.isoformat(),
        "to": packet.last.isoformat(),
        "discipline": packet.discipline or None,
        "visits": [
            {
                "date": visit.day.isoformat(),
                "discipline": visit.discipline,
                "payer": visit.payer,
                "signed": visit.signed,
                "as_signed": visit.checked,
                "timed_minutes": visit.totals.timed_minutes,
                "total_minutes": visit.totals.total_minutes,
                "units": visit.totals.units,
                "segments": len(visit.times),
                "signatures": len(visit.signatures),
                "former_versions": len(visit.versions),
                "changes": sum(not change.usual for change in visit.changes),
            }
            for visit in packet.visits
        ],
    }
