"""Changes so far: who, when, what it was and what it is, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.controls import flowing_words
from ptimer.gui.controls.flowing_rows import FlowingRows
from ptimer.gui.controls.flowing_words import PlacedWord, Run, line_height, place
from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.look import REGULAR, Look
from ptimer.gui.texts import Times
from ptimer.operations.history_teller import ChangeTold
from ptimer.operations.visit_view import VisitView
from ptimer.timing.service_date import service_date

_GAP = 7
_NARROW = 460
_MOST_SPOKEN = 40


@dataclass(frozen=True)
class ChangeLine:
    """One change as it is shown."""

    when: str
    who: str
    runs: tuple[Run, ...]

    @property
    def spoken(self) -> str:
        """The line as it is read out."""
        words = " ".join(run.text for run in self.runs)
        return ", ".join(part for part in (self.when, self.who, words) if part)


class ChangesList(FlowingRows):
    """All changes of a visit, the newest first; painted, and as high as they are."""

    usual = 600
    narrowest = 200

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Show no change yet."""
        super().__init__(look, parent)
        self._times = times
        self.lines: tuple[ChangeLine, ...] = ()
        self._placed: list[tuple[float, tuple[PlacedWord, ...]]] = []

    def show_changes(self, changes: Sequence[ChangeTold], view: VisitView) -> None:
        """Show changes of a visit; its own date needs not be said."""
        lines = tuple(self._line(change, view) for change in changes)
        if lines == self.lines:
            return
        self.lines = lines
        self.setAccessibleName(self.tr("Changes so far"))
        self.setAccessibleDescription("; ".join(line.spoken for line in lines[:_MOST_SPOKEN]))
        self.flow_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = event.rect()
        tops = [top for top, _ in self._placed] + [float(self.height())]
        for line, (top, words), below in zip(self.lines, self._placed, tops[1:], strict=True):
            if below >= seen.top() and top <= seen.bottom():
                self._paint(painter, line, top, words)

    def _paint(
        self, painter: QPainter, line: ChangeLine, top: float, words: tuple[PlacedWord, ...]
    ) -> None:
        look = self.look
        left, below = self._indent(self.width())
        painter.setFont(look.font(13, REGULAR, tabular=True))
        painter.setPen(look.color("mute"))
        height = line_height(look)
        when = self._when_width()
        painter.drawText(QRectF(0, top, when, height), LEFT_MIDDLE, line.when)
        painter.setPen(look.color("ink"))
        room = (self.width() if below else left) - when - look.px(10)
        who = painter.fontMetrics().elidedText(line.who, _ELIDE, int(room))
        painter.drawText(QRectF(when, top, room, height), LEFT_MIDDLE, who)
        flowing_words.paint(painter, look, words, QPointF(left, top + below))

    def _indent(self, width: int) -> tuple[float, float]:
        """Return where the words begin: behind the name, or below it where it is narrow."""
        if width < self.look.px(_NARROW):
            return 0.0, line_height(self.look)
        return self._when_width() + self.look.px(116), 0.0

    def _when_width(self) -> int:
        metrics = QFontMetrics(self.look.font(13, REGULAR, tabular=True))
        widest = max((metrics.horizontalAdvance(line.when) for line in self.lines), default=0)
        return widest + self.look.px(12)

    def _heights(self, width: int) -> tuple[list[tuple[float, tuple[PlacedWord, ...]]], float]:
        left, below = self._indent(width)
        top = 0.0
        placed = []
        for line in self.lines:
            words, height = place(self.look, line.runs, max(width - left, 40.0))
            placed.append((top, words))
            top += height + below + self.look.px(_GAP)
        return placed, max(top - self.look.px(_GAP), 0.0)

    def arrange(self, width: int) -> None:
        """Let the words flow at a width, to be painted so."""
        self._placed, _ = self._heights(width)

    def measure(self, width: int) -> float:
        """Return the height that the lines would take at a width."""
        return self._heights(width)[1]

    def _line(self, change: ChangeTold, view: VisitView) -> ChangeLine:
        clock = self._times.clock(change.at)
        day = service_date(change.at, view.zone)
        when = clock if day == view.visit.service_date else f"{texts.written_date(day)} {clock}"
        return ChangeLine(when, change.who, runs_of(change))


def runs_of(change: ChangeTold) -> tuple[Run, ...]:
    """Return what a change says: the code, what was done, old struck out, new, and why."""
    runs = [Run(change.about, bold=True)] if change.about else []
    runs.append(Run(texts.words(change.done)))
    for place_, each in enumerate(change.differences):
        comma = "," if place_ + 1 < len(change.differences) else ""
        runs.append(Run(texts.words(each.what), color="mute"))
        if each.before is not None:
            runs.append(Run(texts.words(each.before), color="mute", struck=True))
        if each.before is not None and each.after is not None:
            runs.append(Run("→"))
        if each.after is not None:
            runs.append(Run(texts.words(each.after) + comma))
    if change.reason:
        runs.append(Run(f"· “{change.reason}”"))
    return tuple(run for run in runs if run.text)


_ELIDE = Qt.TextElideMode.ElideRight
