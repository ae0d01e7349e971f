"""A day on paper: what stands on the pages, and in which order?"""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.reports.paper import Block, Cell, Words
from ptimer.wording import Sentence, say

TIMES_IN_A_ROW = 12
"""More times of one code go on in a row of their own, so that no row is higher than a page."""


@dataclass(frozen=True)
class PageLine:
    """A code of a visit; figures and times are written out already."""

    code: str
    label: str
    times: tuple[str, ...]
    minutes: str
    units: str
    modifiers: str
    remark: str


@dataclass(frozen=True)
class PageVisit:
    """A visit of the day; `open` where it is not signed."""

    patient: str
    about: str
    minutes: str
    units: str
    status: str
    open: bool
    lines: tuple[PageLine, ...]


@dataclass(frozen=True)
class PageCode:
    """What a code comes to over the day; `share` is of the code with the most units."""

    code: str
    label: str
    units: int
    share: float
    timed: bool


@dataclass(frozen=True)
class PageDay:
    """All that is said of a day."""

    title: str
    about: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    visits: tuple[PageVisit, ...]
    to_fix: tuple[tuple[str, str], ...] = ()
    """Whose visit, and why it does not go to the biller yet."""
    codes: tuple[PageCode, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    """Who, and what of the day is signed."""
    rules: tuple[tuple[str, str], ...] = ()
    """What a rule is about, and where it is written."""


_HEAD = Block(
    "head",
    (
        Cell(say("Code"), 0.02, 0.1, "mute"),
        Cell(say("What"), 0.1, 0.38, "mute"),
        Cell(say("Times"), 0.39, 0.59, "mute"),
        Cell(say("Minutes"), 0.6, 0.68, "mute", at_right=True),
        Cell(say("Units"), 0.68, 0.76, "mute", at_right=True),
        Cell(say("Modifiers"), 0.785, 0.87, "mute"),
    ),
    keeps=True,
)


def blocks(day: PageDay) -> tuple[Block, ...]:
    """Return what stands on the pages, from top to bottom."""
    return tuple(_blocks(day))


def _blocks(day: PageDay) -> Iterable[Block]:
    yield Block("title", (Cell(day.title, 0, 1, "title"),), keeps=True)
    for line in day.about:
        yield Block("about", (Cell(line, 0, 1, "mute"),), keeps=True)
    yield _figures(day)
    if not day.visits:
        yield _text(say("No visit of this day holds a recorded time."))
    else:
        yield _HEAD
    for visit in day.visits:
        yield from _visit(visit)
    yield from _section(say("To fix before export"), [_pair(*each) for each in day.to_fix])
    yield from _section(say("Units by code"), [_code(code) for code in day.codes])
    yield from _section(say("Signatures"), [_pair(*each) for each in day.signatures])
    yield from _section(say("Rules in force"), [_pair(*each) for each in day.rules])


def _section(title: Sentence, rows: list[Block]) -> Iterable[Block]:
    """Yield a title and what stands below it; nothing where there is nothing."""
    if rows:
        yield Block("heading", (Cell(title, 0, 1, "bold"),), keeps=True)
        yield from rows


def _figures(day: PageDay) -> Block:
    width = 1 / max(len(day.figures), 1)
    cells: list[Cell] = []
    for place, (figure, label) in enumerate(day.figures):
        left = place * width
        cells.append(Cell(figure, left, left + width - 0.02, "figure"))
        cells.append(Cell(label, left, left + width - 0.02, "mute"))
    return Block("figures", tuple(cells))


def _visit(visit: PageVisit) -> Iterable[Block]:
    style = "warn" if visit.open else "plain"
    own = Block(
        "visit",
        (
            Cell(visit.patient, 0.005, 0.165, "bold"),
            Cell(visit.about, 0.175, 0.56),
            Cell(visit.minutes, 0.56, 0.68, "bold", at_right=True),
            Cell(visit.units, 0.68, 0.76, "bold", at_right=True),
            Cell(visit.status, 0.785, 0.995, style),
        ),
        keeps=bool(visit.lines),
        head=_HEAD,
    )
    yield own
    rows = [row for line in visit.lines for row in _rows(line)]
    for row in rows:
        yield Block("line", row, keeps=row is not rows[-1], head=own)


def _rows(line: PageLine) -> Iterable[tuple[Cell, ...]]:
    """Yield the cells of a code's row; very many times go on in further rows."""
    for start in range(0, max(len(line.times), 1), TIMES_IN_A_ROW):
        times = Cell(", ".join(line.times[start : start + TIMES_IN_A_ROW]), 0.39, 0.59)
        if start:
            yield (times,)
            continue
        yield (
            Cell(line.code, 0.02, 0.1),
            Cell(line.label, 0.1, 0.38, "soft"),
            times,
            Cell(line.minutes, 0.6, 0.68, at_right=True),
            Cell(line.units, 0.68, 0.76, at_right=True),
            Cell(line.modifiers, 0.785, 0.84),
            Cell(line.remark, 0.84, 0.995, "soft"),
        )


def _code(code: PageCode) -> Block:
    kind = "" if code.timed else say("untimed")
    return Block(
        "line",
        (
            Cell(code.code, 0.02, 0.1, "bold"),
            Cell(code.label, 0.1, 0.4),
            Cell(str(code.units), 0.4, 0.46, "bold", at_right=True),
            Cell("", 0.48, 0.88, bar=code.share),
            Cell(kind, 0.89, 0.995, "soft"),
        ),
    )


def _pair(name: str, text: str) -> Block:
    return Block("line", (Cell(name, 0.02, 0.3, "bold"), Cell(text, 0.31, 0.995)))


def _text(text: Words) -> Block:
    return Block("text", (Cell(text, 0, 1),))
