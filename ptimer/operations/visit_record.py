"""What is recorded of a visit? The rows of the store that belong to it, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ptimer.billing import supervising
from ptimer.billing.attestation import Attestation
from ptimer.billing.conflicts import Role
from ptimer.billing.skilled_parts import SkilledParts
from ptimer.billing.supervising import Part
from ptimer.operations.visit_grounds import YearFacts
from ptimer.storage.attestations import NecessityRow
from ptimer.storage.doubts import DoubtRow
from ptimer.storage.goals import GoalRow
from ptimer.storage.segments import SegmentRow
from ptimer.storage.signatures import SignatureRow
from ptimer.storage.visit_marks import MarkRow
from ptimer.storage.visits import VisitRow

Segment = SegmentRow
"""A segment, as screens and commands are given it."""

Visit = VisitRow
"""A visit's row, as screens are given it."""


@dataclass(frozen=True)
class VisitRecord:
    """All that is recorded of a visit."""

    visit: VisitRow
    segments: tuple[SegmentRow, ...] = ()
    signatures: tuple[SignatureRow, ...] = ()
    choice: Mapping[str, int] | None = None
    long_reasons: Mapping[str, str] = field(default_factory=dict)
    lone_groups: tuple[str, ...] = ()
    doubts: Mapping[str, DoubtRow] = field(default_factory=dict)
    """Open doubts by segment."""
    cards: tuple[str, ...] = ()
    """Codes that a person put on its cards."""
    plan: Mapping[str, int] = field(default_factory=dict)
    """Minutes planned for each code, in the order of their planning; 0 of an untimed one."""
    supervisors: Mapping[str, str] = field(default_factory=dict)
    """Who was named as supervising, by clinician; a time may name its own."""
    supervisor_required: bool = False
    """Whether the clinic wants one named for each assistant before a visit is signed."""
    skilled: Mapping[str, SkilledParts] = field(default_factory=dict)
    """The skilled parts on record, by code."""
    chart: tuple[str, ...] = ()
    """What is ticked as in the chart."""
    goals: tuple[GoalRow, ...] = ()
    """The patient's goals, ended ones included."""
    required_fields: frozenset[str] = frozenset()
    """The parts and ticks that the clinic wants before a visit is signed."""
    mark: MarkRow | None = None
    """Whether it was cancelled, a no-show, or stopped early, and why."""
    attestations: Mapping[tuple[str, str], Attestation] = field(default_factory=dict)
    """The last word on each NCCI pair."""
    necessity: NecessityRow | None = None
    """Whether someone attests that the treatment past the year's threshold is necessary."""
    year: YearFacts | None = None
    """What the patient's year came to before; None where the payer has no threshold."""
    unsaved: frozenset[str] = frozenset()
    """Segments of which a start or an end could not be recorded yet: see `unsaved_overlay`."""
    unsaved_facts: frozenset[str] = frozenset()
    """What of the visit itself could not be: actions of `unsaved`, such as its making."""

    @property
    def running(self) -> tuple[SegmentRow, ...]:
        """The segments without an end."""
        return tuple(segment for segment in self.segments if segment.running)

    def of_code(self, code: str) -> tuple[SegmentRow, ...]:
        """Return the segments of one code."""
        return tuple(segment for segment in self.segments if segment.code == code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order in which they were first timed."""
        return tuple(dict.fromkeys(segment.code for segment in self.segments))

    @property
    def clinicians(self) -> tuple[str, ...]:
        """Who treated, in the order of their first times."""
        return tuple(dict.fromkeys(segment.clinician for segment in self.segments))

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each clinician did in each role, and who supervised it."""
        return tuple(
            Part(
                segment.clinician,
                Role(segment.role),
                segment.supervisor or self.supervisors.get(segment.clinician, ""),
                treated=segment.attendance != "none",
            )
            for segment in self.segments
        )

    @property
    def must_sign(self) -> tuple[str, ...]:
        """Who must sign: who treated, an aide left out, and who supervised."""
        return supervising.must_sign(self.parts)

    @property
    def involved(self) -> tuple[str, ...]:
        """Who treated, aides too, and who must sign besides."""
        return tuple(dict.fromkeys((*self.clinicians, *self.must_sign)))
