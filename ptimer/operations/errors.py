"""What can a person be told when something is not done, and with which exit status?"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ptimer.billing.rules import Source
from ptimer.storage import errors as store
from ptimer.storage.segments import SegmentRow
from ptimer.wording import Sentence, listed, say

MOST_OF_A_CODE = 10
"""Characters of something that may be a misspelt code."""


class Problem(Exception):  # noqa: N818  (a person is told a problem, not an error)
    """Something was not done, and nothing was changed."""

    exit_status = 1

    def __init__(
        self,
        sentence: Sentence,
        *,
        rule: str = "",
        source: str | Source = "",
        lines: tuple[int, ...] = (),
    ) -> None:
        """Take the sentence to show, and the rule and its source where a rule refused.

        `lines` are the numbers of the bad lines of a file.
        """
        super().__init__(str(sentence))
        self.sentence = sentence
        self.rule = rule
        self.source = source if isinstance(source, str) else source.text
        self.citation = source if isinstance(source, Source) else Source(rule, rule, source)
        self.lines = lines


class Misused(Problem):
    """An unknown code or payer, a malformed or impossible time, a missing file."""

    exit_status = 2


class Refused(Problem):
    """Refused by a rule.

    `blockers` are the segments that it would meet; `missing` is what a signature still lacks.
    """

    exit_status = 3

    def __init__(
        self,
        sentence: Sentence,
        *,
        rule: str,
        source: str | Source = "",
        lines: tuple[int, ...] = (),
        blockers: tuple[SegmentRow, ...] = (),
        missing: tuple[Sentence, ...] = (),
    ) -> None:
        """Take the sentence, the rule, its source, and what blocks or lacks."""
        super().__init__(sentence, rule=rule, source=source, lines=lines)
        self.blockers = blockers
        self.missing = missing


class BadData(Problem):
    """A bad line of a file, or a damaged database."""

    exit_status = 4


class Damaged(BadData):
    """A file that is no whole record any more; `file` is where it lies."""

    def __init__(self, sentence: Sentence, file: Path) -> None:
        """Take the sentence, and the file that it is about."""
        super().__init__(sentence)
        self.file = file


class Busy(Problem):
    """Locked, or in use in a way that forbids this."""

    exit_status = 5


@contextmanager
def problems_told() -> Iterator[None]:
    """Turn what the store says into a problem that a person is told.

    Raises:
        Problem: the store could not do what the block wanted.
    """
    try:
        yield
    except store.StorageError as error:
        raise _problem(error) from error


def _problem(error: store.StorageError) -> Problem:
    if isinstance(error, store.RefusedByStore):
        return Refused(error.sentence, rule=error.rule)
    if isinstance(error, store.Locked | store.CannotWrite | store.NoSuchVisit):
        return Busy(error.sentence)
    if isinstance(error, store.DamagedFile | store.ForeignFile):
        return Damaged(error.sentence, error.file)
    return BadData(error.sentence)


def unknown_code(number: str, known: Iterable[str]) -> Misused:
    """Return the problem of a code that no book holds; `known` are those to guess from."""
    hints = _like(number.strip().upper(), list(known))
    if hints:
        return Misused(
            say(
                "{code} is not in the code book. Did you mean {hints}?",
                code=shown(number),
                hints=listed(hints, last="or"),
            )
        )
    return Misused(
        say("{code} is not in the code book. ptimer codes lists them all", code=shown(number))
    )


def _like(number: str, known: list[str]) -> list[str]:
    """Return the two codes most like a number: those that begin as it does before others."""
    if not known or len(number) > MOST_OF_A_CODE:
        return []
    from difflib import get_close_matches  # only on the way to an error

    close = get_close_matches(number, known, n=len(known), cutoff=0.7)
    return sorted(close, key=lambda code: (-_shared_start(code, number), code))[:2]


def _shared_start(a: str, b: str) -> int:
    """Return with how many characters both begin."""
    differs = (place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
    return next(differs, min(len(a), len(b)))


def shown(text: str, most: int = 60) -> str:
    """Return a piece of a person's input as a sentence can hold it: one line, not too long.

    Of nothing but blanks the quotation marks show that there is nothing.
    """
    if not text.strip():
        return repr(text[:most])
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return printable if len(printable) <= most else f"{printable[:most]}…"
