"""What stands on paper, block by block, and where may a page end?

Pure: whoever paints says how high each block is, and is told which blocks a page holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ptimer.reports.lanes import Lanes
from ptimer.wording import Sentence

Words = str | Sentence


@dataclass(frozen=True)
class Cell:
    """Words between two shares of the page's width; they go on below where they don't fit.

    `style` is "plain", "bold", "soft", "mute", "warn", "title", "figure", "banner" or "fine".
    `bar` is how much of the cell is filled, where it holds no words; `page_of` names the block
    whose page's number stands here instead.
    """

    text: Words
    left: float
    right: float
    style: str = "plain"
    at_right: bool = False
    bar: float | None = None
    page_of: str = ""


@dataclass(frozen=True)
class Block:
    """What is never cut in two.

    `kind` is "title", "about", "figures", "heading", "head", "visit", "line", "text", "banner" or
    "lanes". `keeps` says that the next block stands on the same page, if a page has room for
    both; `head` which block is said again where a page begins with this one; `begins` that it
    begins a page; `mark` is what `Cell.page_of` names.
    """

    kind: str
    cells: tuple[Cell, ...]
    keeps: bool = False
    head: "Block | None" = field(default=None, repr=False)
    begins: bool = False
    mark: str = ""
    lanes: Lanes | None = None


Page = list[tuple[Block, float]]
"""The blocks of a page, and how far from its top each of them begins."""


def pages(of_paper: Sequence[Block], heights: Sequence[float], room: float) -> list[Page]:
    """Return what each page holds.

    Args:
        of_paper: what stands on the pages, from top to bottom.
        heights: how high each block is, the space above it included.
        room: how high a page is.
    """
    height_of = dict(zip(map(id, of_paper), heights, strict=True))
    found: list[Page] = [[]]
    reached = 0.0
    for group in _together(of_paper):
        whole = sum(height_of[id(block)] for block in group)
        for block in group:
            height = whole if block is group[0] else height_of[id(block)]
            if found[-1] and (block.begins or reached + height > room):
                found.append([])
                reached = 0.0
                for head in _heads(block):
                    found[-1].append((head, reached))
                    reached += height_of[id(head)]
            found[-1].append((block, reached))
            reached += height_of[id(block)]
    return found


def numbers(of_pages: Sequence[Page]) -> dict[str, int]:
    """Return on which page, counted from 1, each block that has a mark stands first."""
    found: dict[str, int] = {}
    for number, page in enumerate(of_pages, start=1):
        for block, _ in page:
            if block.mark:
                found.setdefault(block.mark, number)
    return found


def _heads(block: Block) -> list[Block]:
    """Return what is said again above a block that begins a page, from top to bottom."""
    return [] if block.head is None else [*_heads(block.head), block.head]


def _together(of_paper: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks that stand on one page, if one page holds them."""
    group: list[Block] = []
    for block in of_paper:
        group.append(block)
        if not block.keeps:
            yield group
            group = []
    if group:
        yield group
