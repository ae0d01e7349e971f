"""The number of units, large enough to be read in passing."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.look import BOLD, MEDIUM, Look


class BigUnits(QWidget):
    """The total, large: timed, then untimed ones behind a plus."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.look = look
        self._timed, self._untimed, self._title, self._line = "0", "", "", ""
        self._fits = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_units(self, timed: str, untimed: str, title: str, line: str) -> None:
        """Repaint, if anything is different."""
        if (timed, untimed, title, line) == (self._timed, self._untimed, self._title, self._line):
            return
        self._timed, self._untimed, self._title, self._line = timed, untimed, title, line
        plus = f" + {untimed}" if untimed else ""
        self.setAccessibleName(f"{timed}{plus} {title}, {line}")
        self._fit()
        self.update()

    @property
    def shown(self) -> str:
        """The number as it is painted."""
        return f"{self._timed} + {self._untimed}" if self._untimed else self._timed

    @property
    def line_shown(self) -> str:
        """The minutes beside it as they are painted."""
        return self._line

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(268), self.look.px(64 if self._fits else 84))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(180), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the minutes below where they don't fit beside the number."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint number, word and minutes."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setPen(look.color("accent"))
        left = self._number(painter, 0, self._timed, 64)
        if self._untimed:
            left = self._number(painter, left + look.px(10), f"+ {self._untimed}", 36)
        left += look.px(10)
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(15, BOLD))
        word = QRectF(left, look.px(18), self.width(), look.px(20))
        painter.drawText(word, LEFT_MIDDLE, self._title)
        painter.setPen(look.color("mute"))
        painter.setFont(look.font(12, MEDIUM))
        room = QRectF(left, look.px(38), self.width() - left, look.px(20))
        if not self._fits:
            room = QRectF(0, look.px(64), self.width(), look.px(20))
        painter.drawText(room, LEFT_MIDDLE, self._line)

    def _fit(self) -> None:
        """See whether the minutes fit beside the number."""
        look = self.look
        used = QFontMetrics(look.font(64, BOLD)).horizontalAdvance(self._timed) + look.px(10)
        if self._untimed:
            large = QFontMetrics(look.font(36, BOLD))
            used += look.px(10) + large.horizontalAdvance(f"+ {self._untimed}")
        line = QFontMetrics(look.font(12, MEDIUM)).horizontalAdvance(self._line)
        fits = used + line <= self.width()
        if fits != self._fits:
            self._fits = fits
            self.updateGeometry()

    def _number(self, painter: QPainter, left: int, text: str, pixels: int) -> int:
        font = self.look.font(pixels, BOLD)
        painter.setFont(font)
        baseline = self.look.px(56)
        painter.drawText(left, baseline, text)
        return left + QFontMetrics(font).horizontalAdvance(text)
