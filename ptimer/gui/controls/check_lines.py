"""Short sentences with a tick before each: what is in order."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.look import REGULAR, Look

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_BEFORE = 24
_GAP = 6
_SIGN = 13


class CheckLines(QWidget):
    """Sentences to read; nothing to press."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.look = look
        self.lines: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        look.changed.connect(self.update)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show other sentences."""
        if lines == self.lines:
            return
        self.lines = lines
        self.setAccessibleDescription("; ".join(lines))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return that long sentences make it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which nothing is cut off."""
        return sum(self._heights(width)) + len(self.lines) * self.look.px(_GAP)

    def sizeHint(self) -> QSize:
        """Return the size in a side column."""
        width = max(self.width(), self.look.px(200))
        return QSize(self.look.px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a size that a layout may not go below."""
        return QSize(self.look.px(120), self.look.px(16) if self.lines else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ticks and sentences."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setFont(look.font(13, REGULAR))
        painter.setPen(look.color("ink"))
        tick = look.icon("check", look.color("ok"), _SIGN, self.devicePixelRatioF())
        left, top = look.px(_BEFORE), 0
        for line, height in zip(self.lines, self._heights(self.width()), strict=True):
            painter.drawPixmap(QPoint(look.px(3), top + look.px(3)), tick)
            painter.drawText(QRect(left, top, self.width() - left, height), _WRAPPED, line)
            top += height + look.px(_GAP)

    def _heights(self, width: int) -> list[int]:
        metrics = QFontMetrics(self.look.font(13, REGULAR))
        room = QRect(0, 0, max(width - self.look.px(_BEFORE), 1), 10_000)
        return [metrics.boundingRect(room, _WRAPPED, line).height() for line in self.lines]
