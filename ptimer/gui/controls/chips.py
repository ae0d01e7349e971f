"""Small round switches side by side: each is on or off."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ptimer.gui.controls.painting import TARGET, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_HEIGHT = 26


class _Chip(QAbstractButton):
    """One switch."""

    def __init__(self, look: Look, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.look.font(13, BOLD))
        width = metrics.horizontalAdvance(self.text()) + self.look.px(24 + 6)
        return QSize(max(width, self.look.px(TARGET)), self.look.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, side = look.px(_HEIGHT), look.px(3)
        frame = QRectF(side, (self.height() - height) / 2, self.width() - 2 * side, height)
        on = self.isChecked()
        ground, line, ink = ("accent", "accent", "accent_ink") if on else ("panel", "field", "ink")
        rounded(painter, frame, height / 2, look.color(ground), look.color(line))
        painter.setFont(look.font(13, BOLD if on else REGULAR))
        painter.setPen(look.color(ink))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, look, frame, height / 2)


class Chips(QWidget):
    """A few switches.

    Signals:
        changed(): a person switched one on or off.
    """

    changed = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Make the switches, all off; an option is a value and the words for it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.parts: dict[str, QAbstractButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for value, words in options:
            chip = _Chip(look, words, self)
            chip.setAccessibleName(f"{name}: {words}")
            chip.clicked.connect(self.changed)
            self.parts[value] = chip
            row.addWidget(chip)

    def values(self) -> list[str]:
        """Return what is on."""
        return [value for value, chip in self.parts.items() if chip.isChecked()]

    def set_values(self, values: Sequence[str]) -> None:
        """Switch these on and the others off, without telling."""
        for value, chip in self.parts.items():
            chip.setChecked(value in values)
