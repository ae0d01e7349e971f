"""What does a visit come to at a moment? Minutes, units, lines, and what is still to fix.

Pure: a visit's record, the rule book and the time go in; one frozen value comes out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property

from ptimer.billing import skilled_parts, supervising, visit_units
from ptimer.billing.assistants import Parts
from ptimer.billing.attestation import Pair, pairs_of
from ptimer.billing.codebook import Attendance, Code, CodeBook, Count, Discipline
from ptimer.billing.modifiers import BilledLine, Grounds, billed_lines
from ptimer.billing.payers import Payer, UnitRule
from ptimer.billing.rules import Rules
from ptimer.billing.sign_off import ToFix, VisitState, to_fix
from ptimer.billing.steps import steps_of
from ptimer.billing.thresholds import Reach, YearSum
from ptimer.billing.visit_units import Entry, Reckoning, reckon
from ptimer.operations import visit_grounds
from ptimer.operations.visit_record import VisitRecord
from ptimer.storage.rulebook import Rulebook, RulesOfDay
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.segment import total_milliseconds, union_milliseconds, whole_minutes
from ptimer.wording import Sentence

OTHER_RULE = {UnitRule.CMS: UnitRule.MIDPOINT, UnitRule.MIDPOINT: UnitRule.CMS}


@dataclass(frozen=True)
class VisitView:
    """A visit at a moment: `record` is what is recorded, all else follows from it."""

    record: VisitRecord
    rulebook: Rulebook
    now: Instant
    zone: tzinfo | None = None

    @property
    def visit(self) -> VisitRow:
        """The visit's row."""
        return self.record.visit

    @cached_property
    def payer(self) -> Payer:
        """Who pays; a signed visit keeps what the payer said when it was signed."""
        return self.rulebook.payers.known_by(self.visit.payer, self._signed_at)

    @cached_property
    def rules(self) -> Rules:
        """The rules of the date of service."""
        return self._of_day.rules

    @cached_property
    def book(self) -> CodeBook:
        """The codes as they count on the date of service."""
        return self._of_day.codes

    @cached_property
    def _of_day(self) -> RulesOfDay:
        """What judges it: a signed visit keeps the editions that it was signed under."""
        return self.rulebook.on(self.visit.service_date, self._signed_at)

    @property
    def _signed_at(self) -> Instant | None:
        """When it was closed; None while it is open."""
        signed = [signature.signed_at for signature in self.record.signatures]
        return max(signed, default=None) if self.visit.signed else None

    @cached_property
    def reckoning(self) -> Reckoning:
        """The units by the payer's rule."""
        return self._reckon(self.payer.unit_rule)

    @cached_property
    def other_reckoning(self) -> Reckoning:
        """The units by the rule that the payer does not use."""
        return self._reckon(OTHER_RULE[self.payer.unit_rule])

    @cached_property
    def as_planned(self) -> Reckoning | None:
        """The units that the plan would earn, never mixed with real ones; None: no plan.

        Untimed codes that are done count with it: they need no minutes.
        """
        plan = self.record.plan
        if not plan:
            return None
        done = [number for number in self.record.codes if not self.code(number).timed]
        codes = [self.code(number) for number in dict.fromkeys([*plan, *done])]
        entries = [
            Entry(code, plan.get(code.code, 0), self._typed_units(code.code))
            for code in codes
            if code.count is not Count.APART
        ]
        return reckon(entries, self._of_day.terms(self.payer), rule=self.payer.unit_rule)

    @cached_property
    def steps(self) -> tuple[Sentence, ...]:
        """The explanation of every unit."""
        return steps_of(self.reckoning)

    @cached_property
    def total_minutes(self) -> int:
        """Whole minutes in which the patient was treated, each once; rest left out."""
        treatment = [s.stretch for s in self.record.segments if s.attendance != "none"]
        return whole_minutes(union_milliseconds(treatment, self.now))

    @property
    def timed_minutes(self) -> int:
        """The timed codes' whole minutes, added up."""
        return self.reckoning.timed_minutes

    @cached_property
    def minutes_in_clinic(self) -> int | None:
        """Whole minutes from arrival to departure, or to now; None where arrival is unknown."""
        start = self.visit.arrived_at
        if start is None:
            return None
        end = self.now if self.visit.departed_at is None else self.visit.departed_at
        return whole_minutes(max(end - start, 0))

    @cached_property
    def to_fix(self) -> tuple[ToFix, ...]:
        """What is to be settled before signing."""
        if self.visit.signed or self.away:
            return ()
        record = self.record
        doubtful = [s.code for s in record.segments if s.id in record.doubts]
        state = VisitState(
            running=tuple(dict.fromkeys(s.code for s in record.running)),
            in_doubt=tuple(dict.fromkeys(doubtful)),
            over_60_reasons=record.long_reasons,
            lone_groups=record.lone_groups,
            pairs=self.pairs,
            year=self.year_sum if self.kx_to_check else None,
        )
        supervised = supervising.to_fix(record.parts, required=record.supervisor_required)
        skilled = skilled_parts.to_fix(
            self.skilled_codes, record.skilled, record.chart, record.required_fields
        )
        return (*to_fix(self.reckoning, state, self.rules), *supervised, *skilled)

    @cached_property
    def skilled_codes(self) -> tuple[str, ...]:
        """The one-on-one codes that were timed, in their order."""
        codes = self.record.codes
        return tuple(c for c in codes if self.code(c).attendance is Attendance.ONE_ON_ONE)

    @property
    def away(self) -> bool:
        """Whether it is marked as not held: there is nothing to treat, to fix or to sign."""
        return self.record.mark is not None and self.record.mark.away

    @property
    def in_doubt(self) -> bool:
        """Whether a time waits for an answer, so that no unit is sure."""
        return bool(self.record.doubts)

    @cached_property
    def sure(self) -> "VisitView":
        """The visit as if each time in doubt had ended where it was last known to go on."""
        doubts = self.record.doubts
        segments = tuple(
            replace(segment, ended_at=max(doubts[segment.id].doubt.sure_until, segment.started_at))
            if segment.id in doubts
            else segment
            for segment in self.record.segments
        )
        return replace(self, record=replace(self.record, segments=segments, doubts={}))

    @property
    def missing_signatures(self) -> tuple[str, ...]:
        """Who has still to sign."""
        signed = {signature.clinician for signature in self.record.signatures}
        return tuple(name for name in self.record.must_sign if name not in signed)

    def milliseconds_of(self, code: str) -> int:
        """Return the time of one code, added up."""
        return self.milliseconds_at(code, self.now)

    def milliseconds_at(self, code: str, now: Instant) -> int:
        """Return the time of one code as it will be, or was, at another moment."""
        return total_milliseconds((s.stretch for s in self.record.of_code(code)), now)

    def at(self, now: Instant) -> "VisitView":
        """Return the same record looked at from another moment."""
        return replace(self, now=now)

    @cached_property
    def running_codes(self) -> tuple[str, ...]:
        """The codes that run."""
        return tuple(dict.fromkeys(segment.code for segment in self.record.running))

    def minutes_of(self, code: str) -> int:
        """Return the whole minutes of one code, rounded down once."""
        return whole_minutes(self.milliseconds_of(code))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The NCCI pairs among its codes, and how each stands."""
        stretches = {
            code: tuple(segment.stretch for segment in self.record.of_code(code))
            for code in self.record.codes
        }
        return pairs_of(self.reckoning.edits, self.record.attestations, stretches)

    @cached_property
    def year_sum(self) -> YearSum | None:
        """What the patient's year comes to with it; None where the payer has no threshold."""
        units = {line.code.code: line.units for line in self.reckoning.lines}
        return visit_grounds.year_sum(self.record.year, self.visit, units, self.rules)

    @cached_property
    def warnings(self) -> tuple[visit_units.Warning, ...]:
        """What to know about its lines, with what was said since of those that ask."""
        return visit_grounds.warnings_of(self.reckoning, self.pairs, self.year_sum, self.rules)

    @property
    def kx_to_check(self) -> bool:
        """Whether the year's threshold is reached and nobody attests the necessity."""
        reached = self.year_sum is not None and self.year_sum.reach is Reach.REACHED
        said = self.record.necessity
        return reached and not (said is not None and said.attested)

    @cached_property
    def billed_lines(self) -> tuple[BilledLine, ...]:
        """The rows for the biller, those without a unit included: each code, each modifier set."""
        grounds = Grounds(
            discipline=Discipline(self.visit.discipline),
            rules=self.rules,
            book=self.book,
            payer=self.payer,
            parts=self.parts,
            pairs=self.pairs,
            kx=visit_grounds.kx_reason(self.record.necessity, self.payer),
        )
        return billed_lines(self.reckoning, grounds)

    @cached_property
    def parts(self) -> Mapping[str, Parts]:
        """Who treated how many minutes of each code that an assistant treated in."""
        return {
            code: visit_grounds.parts_of(self.record.of_code(code), self.minutes_of(code), self.now)
            for code in self.record.codes
            if any(segment.role == "assistant" for segment in self.record.of_code(code))
        }

    def segments_of(self, billed: BilledLine) -> tuple[SegmentRow, ...]:
        """Return the segments that a row was timed in; an add-on's are its base's.

        Of a line that was split, the assistant's rows are one part's, all others the other's.
        """
        if billed.line.timed_on:
            return ()
        return self.timed_in(billed)

    def timed_in(self, billed: BilledLine) -> tuple[SegmentRow, ...]:
        """Return the segments that a row's minutes come from, an add-on's base's included."""
        line = billed.line
        segments = self.record.of_code(line.timed_on or line.code.code)
        if not billed.split:
            return segments
        return tuple(s for s in segments if (s.role == "assistant") == billed.assisted)

    def code(self, number: str) -> Code:
        """Return a code of the record."""
        return self.book[number]

    def _reckon(self, rule: UnitRule) -> Reckoning:
        codes = [self.code(number) for number in self.record.codes]
        entries = [
            Entry(code, self.minutes_of(code.code), self._typed_units(code.code))
            for code in codes
            if code.count is not Count.APART
        ]
        terms = self._of_day.terms(self.payer)
        return reckon(entries, terms, rule=rule, choice=self.record.choice)

    def _typed_units(self, code: str) -> int:
        return sum(segment.typed_units or 0 for segment in self.record.of_code(code))
