"""A few things side by side, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QWidget,
)

from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import TARGET, VISIBLE, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_WIDE, _CLOSE = 26, 18
"""Pixels around the words of a part; closer where many stand beside another field."""


class _Part(QAbstractButton):
    """One part of a `Segments` control."""

    def __init__(self, look: Look, text: str, parent: QWidget, *, around: int) -> None:
        super().__init__(parent)
        self.look = look
        self._around = around
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.look.font(13, BOLD))
        target = self.look.px(TARGET)
        words = metrics.horizontalAdvance(self.text())
        return QSize(max(words + self.look.px(self._around), target), target)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.look.px(VISIBLE)
        frame = QRectF(0, (self.height() - height) / 2, self.width(), height)
        on = self.isChecked()
        fill = self.look.color("accent" if on else "panel")
        rounded(painter, frame, self.look.px(7), fill, self.look.color("accent" if on else "field"))
        painter.setFont(self.look.font(13, BOLD if on else REGULAR))
        painter.setPen(self.look.color("accent_ink" if on else "ink"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            inner = frame.adjusted(3, 3, -3, -3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.color("accent_ink" if on else "accent"), 2))
            painter.drawRoundedRect(inner, self.look.px(5), self.look.px(5))


class Segments(QWidget):
    """A few things side by side, one of them chosen.

    Signals:
        chosen(name): a person chose another one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        may_be_empty: bool = False,
        wraps: bool = False,
    ) -> None:
        """Make the control; an option is a value and the words for it.

        One that `wraps` goes on in the next line where it must. Where it `may_be_empty`, nothing
        is chosen at first, a press on what is chosen puts it away, and it wraps.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.parts: dict[str, QAbstractButton] = {}
        row = self._row(look.px(3), wraps=may_be_empty or wraps)
        for value, words in options:
            part = _Part(look, words, self, around=_CLOSE if may_be_empty else _WIDE)
            part.setAccessibleName(f"{name}: {words}")
            self._group.addButton(part)
            self.parts[value] = part
            row.addWidget(part)
            part.clicked.connect(self._tell)
        self._may_be_empty = may_be_empty
        self._value = ""
        if options:
            self.set_value("" if may_be_empty else options[0][0])

    def _row(self, gap: int, *, wraps: bool) -> QLayout:
        if wraps:
            return FlowLayout(self, gap=gap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        return row

    def value(self) -> str:
        """Return what is chosen; empty where nothing is."""
        return next((value for value, part in self.parts.items() if part.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose something without telling; the Tab key goes to what is chosen."""
        self._value = value
        self._group.setExclusive(False)
        for name, part in self.parts.items():
            part.setChecked(name == value)
        self._group.setExclusive(True)
        chosen = self.parts.get(value) or next(iter(self.parts.values()))
        for part in self.parts.values():
            reached = part is chosen
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus if reached else Qt.FocusPolicy.NoFocus)

    def _tell(self) -> None:
        again = self.value() == self._value
        if again and self._may_be_empty:
            self.set_value("")
        self._value = self.value()
        self.chosen.emit(self._value)
