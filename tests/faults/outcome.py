"""What came of a fault, done many times? One row of the table."""

from collections import Counter
from dataclasses import dataclass, field

_HEAD = ("fault", "runs", "lost", "wrong", "how the program came back")
MOST_TOLD = 5


@dataclass
class Outcome:
    """Counts what came of each run.

    Lost: something that was confirmed is not there. Wrong: anything else that should not be.
    """

    fault: str
    runs: int = 0
    lost: int = 0
    wrong: int = 0
    came_back: Counter = field(default_factory=Counter)
    told: list = field(default_factory=list)
    """Of the first runs that went wrong: how to do them again, and what was seen."""

    def came(self, how):
        """Note a run that ended as it should."""
        self.runs += 1
        self.came_back[how] += 1

    def went(self, kind, seed, seen):
        """Note a run after which something is `lost` or `wrong`."""
        self.runs += 1
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.told) < MOST_TOLD:
            self.told.append(f"{self.fault}: {kind} at seed {seed}: {seen}")

    def judge(self, seed, verdict, how):
        """Note a run by its verdict: a kind and what was seen, or None where all is well."""
        if verdict is None:
            self.came(how)
        else:
            self.went(verdict[0], seed, verdict[1])

    def add(self, other):
        """Take over what another process counted."""
        for name in ("runs", "lost", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.came_back += other.came_back
        self.told = [*self.told, *other.told][:MOST_TOLD]

    @property
    def good(self):
        """Whether nothing was lost or wrong, and something was tried at all."""
        return self.runs > 0 and not self.lost and not self.wrong


def verdict(expected, confirmed, found):
    """Say whether a record holds what it should after so many confirmed presses.

    Args:
        expected: what it holds after each number of presses, from none on.
        found: what it holds. One press more than was confirmed may be there, for it was
            committed and nobody had been told yet; nothing else may.
    """
    if found in expected[confirmed : confirmed + 2]:
        return None
    if found in expected[:confirmed]:
        return "lost", f"{confirmed} presses were confirmed, {expected.index(found)} are there"
    return "wrong", f"after {confirmed} presses the record is as after none of them"


def table(outcomes):
    """Return all rows in columns."""
    rows = [_HEAD, *(_row(outcome) for outcome in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [row[column].rjust(widths[column]) for column in (1, 2, 3)]
        lines.append("  ".join([*cells, row[4]]))
    return "\n".join(lines)


def _row(outcome):
    how = ", ".join(f"{words} {times:,}" for words, times in outcome.came_back.most_common())
    return (outcome.fault, *(f"{n:,}" for n in (outcome.runs, outcome.lost, outcome.wrong)), how)
