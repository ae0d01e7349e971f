"""Two versions of a visit side by side: what differs is marked by a sign, a word and a ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.controls import flowing_words
from ptimer.gui.controls.flowing_rows import FlowingRows
from ptimer.gui.controls.flowing_words import PlacedWord, Run
from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.look import BOLD, MEDIUM, Look
from ptimer.operations.version_lines import Row, Standing

_SECTION = 34
_AROUND = 6
_SIDE = 10
_SHARES = (0.24, 0.38, 0.38)
"""Of the width: what it is, the earlier version, the later one."""

_SIGNS = {Standing.CHANGED: "≠", Standing.ADDED: "+", Standing.REMOVED: "−"}  # noqa: RUF001
_MOST_SPOKEN = 60
_KEYS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -10_000,
    Qt.Key.Key_End: 10_000,
}
_STEP = 40


@dataclass(frozen=True)
class _Cells:
    """A row as it is painted: from where to where, and the words of its columns."""

    row: Row
    top: float
    height: float
    columns: tuple[tuple[PlacedWord, ...], ...]


@dataclass(frozen=True)
class _Head:
    """The heading of a section, and where it stands."""

    text: str
    top: float


class VersionTable(FlowingRows):
    """All rows; painted, and as high as they are. Arrows and page keys move what is seen.

    Signals:
        scrolled(int): a key asks for so many pixels further down.
    """

    scrolled = Signal(int)

    usual = 700
    narrowest = 360

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(look, parent)
        self.rows: tuple[Row, ...] = ()
        self.single = False
        self._cells: tuple[_Cells, ...] = ()
        self._heads: tuple[_Head, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("What was signed, side by side"))

    def show_rows(self, rows: Sequence[Row], *, single: bool) -> None:
        """Show other rows; `single`: there is one version alone, and nothing to compare."""
        self.rows, self.single = tuple(rows), single
        spoken = [spoken_row(row, single=single) for row in self.rows[:_MOST_SPOKEN]]
        self.setAccessibleDescription("; ".join(spoken))
        self.flow_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move what is seen; the other keys are the window's."""
        steps = _KEYS.get(Qt.Key(event.key()))
        if steps is None:
            event.ignore()
        else:
            self.scrolled.emit(steps * self.look.px(_STEP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        for head in self._heads:
            self._paint_head(painter, head)
        for cells in self._cells:
            if cells.top + cells.height >= seen.top() and cells.top <= seen.bottom():
                self._paint_row(painter, cells)
        if self.hasFocus():
            frame = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            focus_ring(painter, self.look, frame, self.look.px(8))

    # -- inside --------------------------------------------------------------------------------

    def _paint_head(self, painter: QPainter, head: _Head) -> None:
        look = self.look
        painter.setFont(look.font(12, BOLD))
        painter.setPen(look.color("mute"))
        side = look.px(_SIDE)
        area = QRectF(side, head.top, self.width() - 2 * side, look.px(_SECTION))
        painter.drawText(area, LEFT_MIDDLE, head.text.upper())

    def _paint_row(self, painter: QPainter, cells: _Cells) -> None:
        look = self.look
        area = QRectF(0, cells.top, self.width(), cells.height)
        if not self.single and cells.row.standing is not Standing.SAME:
            ground = area.adjusted(2, 1, -2, -1)
            rounded(painter, ground, look.px(6), look.color("warn_soft"), look.color("warn_line"))
        else:
            bottom = round(area.bottom()) - 1
            side = look.px(_SIDE)
            painter.fillRect(side, bottom, self.width() - 2 * side, 1, look.color("line"))
        for left, words in zip(self._lefts(self.width()), cells.columns, strict=False):
            corner = QPointF(left, cells.top + look.px(_AROUND))
            flowing_words.paint(painter, look, words, corner)

    def arrange(self, width: int) -> None:
        """Let the words flow at a width, to be painted so."""
        self._cells, self._heads, _ = self._placed(width)

    def measure(self, width: int) -> float:
        """Return the height that the rows would take at a width."""
        return self._placed(width)[2]

    def _placed(self, width: int) -> tuple[tuple[_Cells, ...], tuple[_Head, ...], float]:
        look = self.look
        cells: list[_Cells] = []
        heads: list[_Head] = []
        top, section = 0.0, ""
        for row in self.rows:
            if str(row.section) != section:
                section = str(row.section)
                heads.append(_Head(texts.words(row.section), top))
                top += look.px(_SECTION)
            placed = [
                flowing_words.place(look, runs, room)
                for runs, room in zip(self._runs(row), self._rooms(width), strict=False)
            ]
            height = max(each[1] for each in placed) + look.px(2 * _AROUND)
            cells.append(_Cells(row, top, height, tuple(each[0] for each in placed)))
            top += height
        return tuple(cells), tuple(heads), top + look.px(_AROUND)

    def _runs(self, row: Row) -> tuple[tuple[Run, ...], ...]:
        what = texts.words(row.what)
        before, after = (texts.words(each) if each else "—" for each in (row.before, row.after))
        if self.single:
            return (Run(what, color="mute"),), (Run(after),)
        sign = _SIGNS.get(row.standing, "")
        differs = bool(sign)
        told = Run(f"{sign} {standing_words(row.standing)}", "warn", bold=True)
        first = (Run(what, color="mute"), *((told,) if differs else ()))
        return first, (Run(before),), (Run(after, bold=differs),)

    def _lefts(self, width: int) -> tuple[float, ...]:
        shares = (_SHARES[0], 1 - _SHARES[0]) if self.single else _SHARES
        side = self.look.px(_SIDE)
        return tuple(side + sum(shares[:place]) * (width - side) for place in range(len(shares)))

    def _rooms(self, width: int) -> tuple[float, ...]:
        lefts = (*self._lefts(width), float(width))
        gap = self.look.px(_SIDE)
        return tuple(max(b - a - gap, 40.0) for a, b in pairwise(lefts))


class VersionTitles(QWidget):
    """Stands above the columns: which version each one is."""

    def __init__(self, look: Look, table: VersionTable, parent: QWidget | None = None) -> None:
        """Say nothing yet; the columns are those of `table`."""
        super().__init__(parent)
        self.look = look
        self._table = table
        self.before, self.after = "", ""
        self.setFixedHeight(look.px(_SECTION))
        look.changed.connect(self.update)

    def show_titles(self, before: str, after: str) -> None:
        """Say which two versions are seen; an empty one has no column."""
        self.before, self.after = before, after
        self.setAccessibleName(" | ".join(part for part in (before, after) if part))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the two titles where their columns begin."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setFont(look.font(13, MEDIUM))
        painter.setPen(look.color("ink"))
        side = look.px(_SIDE)
        width = self._table.width() - side
        shares = _SHARES if self.before else (_SHARES[0], 1 - _SHARES[0])
        titles = (self.before, self.after) if self.before else (self.after,)
        left = side + shares[0] * width
        for title, share in zip(titles, shares[1:], strict=False):
            room = QRectF(left, 0, share * width - side, self.height())
            cut = painter.fontMetrics().elidedText(
                title, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, LEFT_MIDDLE, cut)
            left += share * width
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))


def standing_words(standing: Standing) -> str:
    """Return how a row stands, in the person's language."""
    return texts.core(_STANDINGS[standing])


_STANDINGS = {
    Standing.SAME: "same",
    Standing.CHANGED: "changed",
    Standing.ADDED: "added",
    Standing.REMOVED: "removed",
}


def spoken_row(row: Row, *, single: bool) -> str:
    """Return a row as it is read out."""
    before, after = (texts.words(each) if each else "" for each in (row.before, row.after))
    what = texts.words(row.what)
    if single or row.standing is Standing.SAME:
        return ": ".join(part for part in (what, after) if part)
    parts = (f"{what} {standing_words(row.standing)}".strip(), before, after)
    return ", ".join(part for part in parts if part)
