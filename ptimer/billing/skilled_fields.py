"""Which short fields does a one-on-one code have, what do they offer, and what is ticked beside?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """A short field of a one-on-one code."""

    COMPONENT = "component"
    ASSISTANCE = "assistance"
    AMOUNT = "amount"
    WHY = "why"
    RESPONSE = "response"
    PAIN = "pain"
    OUTCOME = "outcome"
    GOAL = "goal"
    EDUCATION = "education"
    SUPERVISION = "supervision"


NAMES = {
    Part.COMPONENT: "What was worked on",
    Part.ASSISTANCE: "Assistance",
    Part.AMOUNT: "How much",
    Part.WHY: "Why a therapist was needed",
    Part.RESPONSE: "Response",
    Part.PAIN: "Pain, before and after",
    Part.OUTCOME: "Outcome",
    Part.GOAL: "Goal it serves",
    Part.EDUCATION: "Education given",
    Part.SUPERVISION: "Supervision, for another therapist",
}
"""The words above each field."""

BRIEF = {
    Part.COMPONENT: "what was worked on",
    Part.ASSISTANCE: "assistance",
    Part.AMOUNT: "how much",
    Part.WHY: "why a therapist",
    Part.RESPONSE: "response",
    Part.PAIN: "pain",
    Part.OUTCOME: "outcome",
    Part.GOAL: "goal",
    Part.EDUCATION: "education",
    Part.SUPERVISION: "supervision",
}
"""The words for each field inside a sentence."""


class ChartTick(StrEnum):
    """What a clinician confirms to be in the patient's chart."""

    OUTCOME_MEASURES = "outcome-measures"
    HISTORY = "history"
    TEST_RESULTS = "test-results"
    ATTENDANCE = "signed-attendance"


TICKS = {
    ChartTick.OUTCOME_MEASURES: "Outcome measures",
    ChartTick.HISTORY: "History",
    ChartTick.TEST_RESULTS: "Test results",
    ChartTick.ATTENDANCE: "Patient signed attendance",
}
"""The words of each tick."""

TICKS_BRIEF = {
    ChartTick.OUTCOME_MEASURES: "outcome measures",
    ChartTick.HISTORY: "history",
    ChartTick.TEST_RESULTS: "test results",
    ChartTick.ATTENDANCE: "signed attendance",
}
"""The words of each tick inside a sentence."""


class FieldKind(StrEnum):
    """How a field is filled."""

    SEVERAL = "several"
    ONE = "one"
    LINE = "line"
    PAIN = "pain"
    GOAL = "goal"


@dataclass(frozen=True)
class SkilledField:
    """One field as the rule file describes it: its kind, and the words that it offers."""

    part: Part
    kind: FieldKind
    words: tuple[str, ...] = ()
    words_of_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other: bool = False
    alone: str = ""
    carried: bool = True
    sometimes: bool = False

    def offered(self, code: str) -> tuple[str, ...]:
        """Return the words that it offers for a code."""
        return self.words_of_codes.get(code, self.words)
