"""How do the rows of a visit stand in an audit packet: headings, tables, and texts too long?"""

from collections.abc import Iterable, Sequence

from ptimer.reports.audit_packet import Fact
from ptimer.reports.paper import Block, Cell, Words
from ptimer.wording import Sentence, say

Span = tuple[float, float]
"""Where a cell begins and ends, in parts of the width."""

INDENT = 0.02

MOST_NARROW, MOST_WIDE = 120, 400
"""Characters of a cell; what is longer stands below, over the whole width."""


class Section:
    """Makes the blocks of one visit; each page that they go on to says the visit again."""

    def __init__(self, title: Block) -> None:
        self.title = title

    def heading(self, words: Words) -> Block:
        """Return a title of its own line."""
        return Block("heading", (Cell(words, 0, 1, "bold"),), keeps=True, head=self.title)

    def pair(self, fact: Fact) -> Block:
        """Return what something is, and how it reads."""
        cells = (Cell(fact.what, INDENT, 0.24, "bold"), Cell(fact.text, 0.25, 0.995))
        return Block("line", cells, head=self.title)

    def words(self, said: Words, style: str = "plain", *, keeps: bool = False) -> Block:
        """Return words over the whole width."""
        cell = Cell(said, INDENT, 0.995, style)
        return Block("line", (cell,), keeps=keeps, head=self.title)

    def table(
        self, names: Sequence[Sentence], spans: Sequence[Span], figures: Sequence[Span] = ()
    ) -> Block:
        """Return a table's head; what stands over figures is at the right."""
        cells = (
            Cell(name, *span, "mute", at_right=span in figures)
            for name, span in zip(names, spans, strict=True)
        )
        return Block("head", tuple(cells), keeps=True, head=self.title)

    def section(self, title: Sentence, rows: Iterable[Block]) -> Iterable[Block]:
        """Yield a title and what stands below it; nothing where there is nothing."""
        found = list(rows)
        if found:
            yield self.heading(title)
            yield from found


def row(
    head: Block, texts: Sequence[tuple[Words, str]], spans: Sequence[Span], most: int
) -> Iterable[Block]:
    """Yield a row, and below it what is too long for its cell, so that a page can hold it."""
    long = [text for text, _ in texts if len(str(text)) > most]
    cells = [
        Cell(say("below") if text in long else text, *span, style)
        for (text, style), span in zip(texts, spans, strict=True)
    ]
    yield Block("line", tuple(cells), keeps=bool(long), head=head)
    for place, text in enumerate(long, start=1):
        cell = Cell(text, 2 * INDENT, 0.995, "soft")
        yield Block("line", (cell,), keeps=place < len(long), head=head)
