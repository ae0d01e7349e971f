"""What does an edition of a table say otherwise than the one before it?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ptimer.billing.editions import Edition, Kind
from ptimer.wording import Sentence, say, strung

Value = tuple[int, int | None]
"""Units and adjudication indicator of a code; of a pair, its modifier indicator alone."""

_MOST_NAMED = 12


@dataclass(frozen=True)
class Change:
    """A code, or a pair such as `97150/97112`; None where one of the editions has it not."""

    what: str
    before: Value | None
    now: Value | None


@dataclass(frozen=True)
class Changes:
    """What is otherwise since the edition `before`; None: there was none of that time."""

    kind: Kind
    before: Edition | None
    all: tuple[Change, ...]

    @property
    def ended(self) -> tuple[Change, ...]:
        """What the edition has no more."""
        return tuple(change for change in self.all if change.now is None)

    @property
    def new(self) -> tuple[Change, ...]:
        """What the edition before had not."""
        return tuple(change for change in self.all if change.before is None)

    @property
    def changed(self) -> tuple[Change, ...]:
        """What both have, with other values."""
        return tuple(each for each in self.all if None not in (each.before, each.now))

    def sentences(self) -> Iterable[Sentence]:
        """Yield what a person is told: the counts, then what it is about."""
        if self.before is None:
            return
        if not self.all:
            yield say("Nothing is otherwise than in the {edition}", edition=self._before())
            return
        counts = (
            "Against the {edition}: {ended:plural:pair,pairs} ended, {new} new, {changed} changed"
            if self.kind is Kind.PTP
            else "Against the {edition}: {ended:plural:code,codes} without a limit, {new} new, "
            "{changed} changed"
        )
        yield say(
            counts,
            edition=self._before(),
            ended=len(self.ended),
            new=len(self.new),
            changed=len(self.changed),
        )
        if self.ended:
            yield say("ended: {what}", what=_few([each.what for each in self.ended]))
        if self.new:
            yield say("new: {what}", what=_few([self._now(each) for each in self.new]))
        if self.changed:
            yield say("changed: {what}", what=_few([self._now(each) for each in self.changed]))

    def _before(self) -> Sentence:
        name = self.before.name if self.before else ""
        if self.before and self.before.imported_at is None:
            return say(name)
        return say("table of {name}", name=name)

    def _now(self, change: Change) -> Sentence:
        now = change.now or (0, None)
        if self.kind is Kind.MUE:
            return say(
                "{code} now {units:plural:unit,units} (indicator {indicator})",
                code=change.what,
                units=now[0],
                indicator=now[1],
            )
        if now[0]:
            return say("{pair} now 1 (with a modifier)", pair=change.what)
        return say("{pair} now 0 (never together)", pair=change.what)


def compare(before: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[Change, ...]:
    """Return what is otherwise, in the order of the codes."""
    return tuple(
        Change(what, before.get(what), now.get(what))
        for what in sorted(before.keys() | now.keys())
        if before.get(what) != now.get(what)
    )


def _few(words: list[str] | list[Sentence]) -> Sentence:
    shown = strung(words[:_MOST_NAMED])
    if len(words) <= _MOST_NAMED:
        return shown
    return say("{words} and {more} more", words=shown, more=len(words) - _MOST_NAMED)
