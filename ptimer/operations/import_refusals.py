"""What keeps the lines of a file out of the record? One problem that names each of them."""

from dataclasses import dataclass, field

from ptimer.billing.conflicts import (
    ORDER,
    Refusal,
    Rule,
)
from ptimer.operations.bad_lines import BadLines
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem, Refused
from ptimer.wording import Sentence, say


@dataclass
class Found:
    """What is wrong with the lines: the first rule that refuses each, and times given twice."""

    refusals: dict[int, tuple[Rule, Sentence]] = field(default_factory=dict)
    doubles: dict[int, Sentence] = field(default_factory=dict)

    def refuse(self, number: int, refusal: Refusal, meets: str = "") -> None:
        """Note a conflict; `meets` tells what the line meets."""
        known = self.refusals.get(number)
        if known and ORDER[known[0]] <= ORDER[refusal.rule]:
            return
        text = refusal.reason
        if meets:
            text = say("{reason} ({meets})", reason=refusal.reason, meets=meets)
        self.refusals[number] = (refusal.rule, text)

    def double(self, number: int, told: str) -> None:
        """Note a line that says what is in the record, or in the file, already."""
        self.doubles[number] = say("it is the same time as {told}", told=told)

    def problem(self, clinic: Clinic, file: str) -> Problem | None:
        """Return the problem that names every bad line, or None if there is none."""
        bad = BadLines(file)
        numbers = sorted(self.refusals.keys() | self.doubles.keys())
        for number in numbers:
            refused = self.refusals.get(number)
            if refused and len(numbers) > 1:
                by, reason = refused
                bad.add(number, say("{reason} [{rule}]", reason=reason, rule=by.value))
            else:
                bad.add(number, refused[1] if refused else self.doubles[number])
        if not self.refusals:
            return bad.bad_data() if bad else None
        rule = self.refusals[min(self.refusals)][0].value
        source = clinic.rulebook.rules.source(rule)
        return Refused(bad.sentence(), rule=rule, source=source, lines=bad.numbers())
