"""What makes a one-on-one code skilled: which parts are on record, which lack, what repeats?

Pure. Source: rules.md, Before signing (`sign-off`, `repetitive`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ptimer.billing.sign_off import RULE, ToFix
from ptimer.billing.skilled_fields import (
    BRIEF,
    TICKS_BRIEF,
    ChartTick,
    FieldKind,
    Part,
    SkilledField,
)
from ptimer.wording import Sentence, listed, say, strung

REPETITIVE = "repetitive"
VISITS_COMPARED = 3
"""Earlier visits in all of which a text must stand to be flagged as repeated."""
MOST_PAIN = 10

Values = Mapping[Part, tuple[str, ...]]


@dataclass(frozen=True)
class SkilledParts:
    """What is on record for one code of a visit.

    A value is a tuple: the words picked, the one line, the id of the goal, or pain before and
    after, either of which may be empty. `carried_from` is the date of the visit that a press took
    parts over from.
    """

    values: Values = field(default_factory=dict)
    carried_from: date | None = None

    def of(self, part: Part) -> tuple[str, ...]:
        """Return the value of a part; nothing where it is empty."""
        return self.values.get(part, ())

    def line(self, part: Part) -> str:
        """Return the one text of a part."""
        return next(iter(self.of(part)), "")

    def filled(self, part: Part) -> bool:
        """Return whether a part is there, both numbers of pain included."""
        value = self.of(part)
        return bool(value) and all(value)

    def changed(self, changes: Values) -> "SkilledParts":
        """Return the parts with others in the place of those named; empty ones are left out."""
        values = {**self.values, **changes}
        kept = {part: value for part, value in values.items() if any(value)}
        return SkilledParts(kept, self.carried_from if kept else None)


NO_PARTS = SkilledParts()


@dataclass(frozen=True)
class PartToFix(ToFix):
    """A field, or a tick, that this clinic requires; `part` is the first that is empty."""

    part: str = ""


@dataclass(frozen=True)
class Empty:
    """The fields of a code that are empty, and needn't be filled."""

    code: str
    parts: tuple[Part, ...]
    all_of_them: bool

    @property
    def text(self) -> Sentence:
        """The code and its fields, in a line."""
        if self.all_of_them:
            return say("{code} · nothing yet", code=self.code)
        return say(
            "{code} · {fields}",
            code=self.code,
            fields=strung([say(BRIEF[part]) for part in self.parts]),
        )


def required_of(text: object) -> frozenset[str]:
    """Return what a clinic requires, from its setting: names of parts and ticks."""
    known = {*(part.value for part in Part), *(tick.value for tick in ChartTick)}
    names = text.split(",") if isinstance(text, str) else []
    return frozenset(name.strip() for name in names) & known


def to_fix(
    codes: Iterable[str],
    parts: Mapping[str, SkilledParts],
    ticked: Collection[str],
    required: Collection[str],
) -> tuple[PartToFix, ...]:
    """Return what the clinic requires and is not there: code by code, then the chart.

    `codes` are the visit's one-on-one codes; a visit without one lacks nothing of this.
    """
    found = []
    asked = list(codes)
    for code in asked:
        there = parts.get(code, NO_PARTS)
        lacking = [part for part in Part if part in required and not there.filled(part)]
        if lacking:
            text = say(
                "{code} lacks {fields}",
                code=code,
                fields=listed([say(BRIEF[part]) for part in lacking]),
            )
            found.append(PartToFix(RULE, text, code, part=lacking[0].value))
    open_ticks = [tick for tick in ChartTick if tick in required and tick not in ticked]
    if asked and open_ticks:
        names = listed([say(TICKS_BRIEF[tick]) for tick in open_ticks])
        text = say("Not ticked as in the chart: {things}", things=names)
        found.append(PartToFix(RULE, text, part=open_ticks[0].value))
    return tuple(found)


def empty(
    codes: Iterable[str],
    parts: Mapping[str, SkilledParts],
    fields: Sequence[SkilledField],
    required: Collection[str],
) -> tuple[Empty, ...]:
    """Return the empty fields that are not required, code by code."""
    found = []
    usual = [each.part for each in fields if not each.sometimes]
    for code in codes:
        there = parts.get(code, NO_PARTS)
        lacking = [p for p in usual if p not in required and not there.filled(p)]
        if lacking:
            found.append(Empty(code, tuple(lacking), not there.values))
    return tuple(found)


def repeats(text: str, before: Sequence[str]) -> bool:
    """Return whether a text stands in each of the last three visits, case and blanks apart.

    `before` are the texts of the earlier visits, the newest first.
    """
    compared = before[:VISITS_COMPARED]
    words = _plain(text)
    return (
        bool(words)
        and len(compared) == VISITS_COMPARED
        and all(_plain(each) == words for each in compared)
    )


def repeated(
    parts: SkilledParts, before: Sequence[SkilledParts], fields: Iterable[SkilledField]
) -> tuple[Part, ...]:
    """Return the typed fields whose text is the same as in the last three visits."""
    return tuple(
        each.part
        for each in fields
        if each.kind is FieldKind.LINE
        and repeats(parts.line(each.part), [earlier.line(each.part) for earlier in before])
    )


def to_carry(
    now: SkilledParts, before: SkilledParts, fields: Iterable[SkilledField], goals: Collection[str]
) -> Values:
    """Return what a press takes over from the last visit: only into fields that are empty.

    Never what is measured anew each time; a goal only while it is among `goals`, by id.
    """
    return {
        each.part: before.of(each.part)
        for each in fields
        if each.carried
        and before.of(each.part)
        and not now.of(each.part)
        and (each.kind is not FieldKind.GOAL or before.line(each.part) in goals)
    }


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
