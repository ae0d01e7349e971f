"""Which units of a code did an assistant furnish, in whole or in part? (CQ and CO)

Sources: rules.md, Modifiers; CMS, Billing examples using CQ/CO modifiers; Medicare Claims
Processing Manual, chapter 5, section 20.1. Unit by unit, from the measured minutes of each: whole
steps first, then what is left over. Minutes that the two treated together are the therapist's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ptimer.wording import Sentence, say

MODIFIERS = {"GP": "CQ", "GO": "CO"}
"""By the plan of care; speech-language pathology has none."""


@dataclass(frozen=True)
class Parts:
    """Whole minutes of a code that an assistant treated in; `minutes` is the code's own sum.

    Each is rounded down by itself, so that neither is taken for more than was measured.
    """

    minutes: int
    therapist: int
    assistant: int


@dataclass(frozen=True)
class Share:
    """Which of a code's units are the assistant's, in the order in which they were given."""

    marked: tuple[bool, ...]
    marked_minutes: int
    because: tuple[Sentence, ...] = ()

    @property
    def any_marked(self) -> bool:
        """Whether the assistant furnished one at least."""
        return any(self.marked)


def de_minimis(minutes: int) -> int:
    """Return from how many assistant's minutes on a service of so many is furnished in part.

    CMS's simple method for "more than 10 percent": a tenth, rounded to the nearest whole minute,
    and one more. 8 to 14 minutes: 2; 15 to 24: 3; 25 to 34: 4.
    """
    return (minutes + 5) // 10 + 1


def share_whole(units: int, parts: Parts, modifier: str) -> Share:
    """Share a service that is not billed by steps: a part of it marks all of it.

    One that took no whole minute is the assistant's where no therapist treated.
    """
    most = de_minimis(parts.minutes)
    marked = parts.assistant >= most or parts.therapist == 0
    values = {
        "modifier": modifier,
        "assistant": parts.assistant,
        "minutes": parts.minutes,
        "most": most,
    }
    because = (
        say(
            "{modifier}: the assistant treated {assistant} of {minutes} min, and {most} or more "
            "mark the service",
            **values,
        )
        if marked
        else say(
            "No {modifier}: the assistant treated {assistant} of {minutes} min, and only {most} "
            "or more mark the service",
            **values,
        )
    )
    return Share((marked,) * units, parts.minutes if marked else 0, (because,))


def share_steps(steps: Sequence[int], parts: Parts, modifier: str) -> Share:
    """Share the units that a code earned, each by its step in whole minutes.

    The therapist's whole steps, then the assistant's; of what is left a unit is the therapist's
    from just over half a step on (8 of 15), else the assistant's from the tenth on.
    """
    work = _Work(list(steps), parts.therapist, parts.assistant, modifier)
    work.share()
    minutes = work.marked_minutes
    if all(work.marked):
        minutes = parts.minutes
    return Share(tuple(work.marked), minutes, tuple(work.because))


@dataclass
class _Work:
    """Minutes and units that are not given out yet."""

    steps: list[int]
    therapist: int
    assistant: int
    modifier: str
    marked: list[bool] = field(default_factory=list)
    marked_minutes: int = 0
    because: list[Sentence] = field(default_factory=list)

    def share(self) -> None:
        self._therapists_steps()
        self._assistants_steps()
        left = self.steps[len(self.marked) :]
        for place, step in enumerate(left):
            self._left_over(step, last=place == len(left) - 1)

    def _therapists_steps(self) -> None:
        before = self.therapist
        given = 0
        for step in self._open_steps():
            if self.therapist < step:
                break
            self.therapist -= step
            given += 1
        self.marked += [False] * given
        if given:
            self.because.append(
                say(
                    "{units:plural:unit,units} without {modifier}: the therapist's {minutes} min "
                    "hold {steps} full",
                    units=given,
                    modifier=self.modifier,
                    minutes=before,
                    steps=_fulls(self.steps[:given]),
                )
            )

    def _assistants_steps(self) -> None:
        before, first = self.assistant, len(self.marked)
        given = 0
        for step in self._open_steps():
            if self.assistant < step:
                break
            self.assistant -= step
            self.marked_minutes += step
            given += 1
        self.marked += [True] * given
        if given:
            self.because.append(
                say(
                    "{units:plural:unit,units} with {modifier}: the assistant's {minutes} min "
                    "hold {steps} full",
                    units=given,
                    modifier=self.modifier,
                    minutes=before,
                    steps=_fulls(self.steps[first : first + given]),
                )
            )

    def _left_over(self, step: int, *, last: bool) -> None:
        half = step // 2 + 1
        together = self.therapist + self.assistant
        values = {
            "modifier": self.modifier,
            "therapist": self.therapist,
            "assistant": self.assistant,
            "half": half,
        }
        if self.therapist >= half:
            self.marked.append(False)
            self.because.append(
                say(
                    "1 unit without {modifier}: of what is left over the therapist has "
                    "{therapist} min, {half} or more",
                    **values,
                )
            )
            self.therapist = 0
            return
        most = de_minimis(together)
        if self.assistant >= most:
            used = together if last else min(together, step)
            self.marked.append(True)
            self.marked_minutes += used
            self.because.append(
                say(
                    "1 unit with {modifier}: of what is left over the therapist has {therapist} "
                    "min, fewer than {half}, and the assistant {assistant}, {most} or more",
                    most=most,
                    **values,
                )
            )
            self.assistant -= min(self.assistant, used - self.therapist)
            self.therapist = 0
            return
        self.marked.append(False)
        self.because.append(
            say(
                "1 unit without {modifier}: of what is left over the assistant has {assistant} "
                "min, fewer than {most}",
                most=most,
                **values,
            )
        )
        self.therapist = 0

    def _open_steps(self) -> Iterator[int]:
        yield from self.steps[len(self.marked) :]


def _fulls(steps: Iterable[int]) -> str:
    """Return whole steps as one says them: two 15s, or a 30 and a 15."""
    lengths = list(steps)
    if len(set(lengths)) == 1:
        return f"{len(lengths)} × {lengths[0]}"  # noqa: RUF001  (a product is written so)
    return " + ".join(str(length) for length in lengths)
