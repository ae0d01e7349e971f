"""Which lines of a file are wrong, or odd, and how is a person told of each?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from ptimer.operations.errors import BadData, shown
from ptimer.wording import Sentence, say, strung

_MOST_EXPLAINED = 1000
_MOST_ASIDES = 20


class BadLine(Exception):  # noqa: N818  (a person is told a bad line, not an error)
    """A line behind which nothing can be read."""

    def __init__(self, number: int, sentence: Sentence) -> None:
        """Take its number, and what is wrong with it."""
        super().__init__(str(sentence))
        self.number = number
        self.sentence = sentence


class BadLines:
    """Collects what is wrong with a file, line by line, and then refuses it as a whole."""

    def __init__(self, file: str) -> None:
        """Start with nothing wrong in the file of that name."""
        self._file = shown(file)
        self._explained: list[tuple[int, Sentence]] = []
        self._numbers: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def add(self, number: int, sentence: Sentence) -> None:
        """Note what is wrong with a line; of very many only the number is kept."""
        self._numbers.append(number)
        if len(self._explained) < _MOST_EXPLAINED:
            self._explained.append((number, sentence))

    def sentence(self) -> Sentence:
        """Return all that was noted for a person: each bad line is named."""
        explained = sorted(self._explained, key=lambda pair: pair[0])
        told = [
            say("line {number}: {sentence}", number=number, sentence=sentence)
            for number, sentence in explained
        ]
        if len(told) == 1:
            return say("Nothing came in from {file}. {line}", file=self._file, line=told[0])
        rest = set(self._numbers).difference(number for number, _ in explained)
        if rest:
            runs = _runs(sorted(rest))
            told.append(say("and in the same way lines {numbers}", numbers=runs))
        return say(
            "Nothing came in from {file}: {count} lines are wrong\n{lines}",
            file=self._file,
            count=len(set(self._numbers)),
            lines=strung(told, "\n"),
        )

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the bad lines."""
        return tuple(sorted(set(self._numbers)))

    def bad_data(self) -> BadData:
        """Return the problem that names every bad line."""
        return BadData(self.sentence(), lines=self.numbers())


@dataclass
class Asides:
    """What is odd about lines without being wrong; of many only the first are told."""

    _told: list[Sentence] = field(default_factory=list)
    _untold: int = 0

    def add(self, number: int, sentence: Sentence) -> None:
        """Note what is odd about a line."""
        if len(self._told) < _MOST_ASIDES:
            self._told.append(say("line {number}: {sentence}", number=number, sentence=sentence))
        else:
            self._untold += 1

    def sentences(self) -> tuple[Sentence, ...]:
        """Return what was noted."""
        if not self._untold:
            return tuple(self._told)
        more = say("and {more:plural:more line,more lines} like these", more=self._untold)
        return (*self._told, more)


def _runs(numbers: Iterable[int]) -> str:
    """Return ascending numbers as one says them: `3, 7-9`."""
    runs = []
    for _, pairs in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in pairs]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(runs)
