"""Words to pick from, any number of them; one's own may be added, where that is offered."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import TARGET, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_HEIGHT = 28
_TICK = 12
_BEHIND_TICK = 5
_SIDES = 9
_OTHER_WIDTH = 132
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class TickChip(QAbstractButton):
    """One word; it is ticked while it is picked, and as wide either way.

    Signals:
        stepped(int): an arrow key wants the chip before (-1) or behind (1).
    """

    stepped = Signal(int)

    def __init__(self, look: Look, text: str, parent: QWidget) -> None:
        """Make a chip that is not picked."""
        super().__init__(parent)
        self.look = look
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the ticked chip: a press moves no other one."""
        words = QFontMetrics(self.look.font(13, BOLD)).horizontalAdvance(self.text())
        width = words + self.look.px(2 * _SIDES + _TICK + _BEHIND_TICK + 6)
        return QSize(max(width, self.look.px(TARGET)), self.look.px(TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows go to the other chips, and Enter pick as Space does."""
        if event.key() in _BACK or event.key() in _ON:
            self.stepped.emit(1 if event.key() in _ON else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill, the tick and the word."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, side = look.px(_HEIGHT), look.px(3)
        frame = QRectF(side, (self.height() - height) / 2, self.width() - 2 * side, height)
        on = self.isChecked()
        ground, line, ink = ("accent", "accent", "accent_ink") if on else ("panel", "field", "ink")
        rounded(painter, frame, height / 2, look.color(ground), look.color(line))
        font = look.font(13, BOLD if on else REGULAR)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        tick = look.px(_TICK + _BEHIND_TICK) if on else 0
        left = (self.width() - words - tick) / 2
        if on:
            icon = look.icon("check", look.color(ink), _TICK, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(round(left), (self.height() - look.px(_TICK)) // 2), icon)
        painter.setFont(font)
        painter.setPen(look.color(ink))
        room = QRectF(left + tick, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, look, frame, height / 2)


class ChipField(QWidget):
    """Chips in lines, one of which Tab reaches; the arrow keys go to the others.

    Signals:
        changed(): a person picked a word, or put one away.
        edited(): a word of one's own is being typed.
    """

    changed = Signal()
    edited = Signal()

    def __init__(
        self, look: Look, name: str, *, other: str = "", parent: QWidget | None = None
    ) -> None:
        """Make an empty field; `other` is the hint of the line for words of one's own, if any."""
        super().__init__(parent)
        self.look = look
        self.name = name
        self.parts: dict[str, TickChip] = {}
        self._alone = ""
        self._offered: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.other = Field(look, f"{name}: {other}", hint=other, parent=self)
        self.other.setFixedWidth(look.px(_OTHER_WIDTH))
        self.other.setVisible(bool(other))
        self._takes_other = bool(other)
        self.other.editingFinished.connect(self._add_other)
        self.other.textEdited.connect(self.edited)

    def offer(self, options: Sequence[tuple[str, str]], *, alone: str = "") -> None:
        """Offer other words, each a value and what is shown; `alone` excludes the others."""
        self._alone = alone
        if tuple(options) != self._offered:
            self._offered = tuple(options)
            self._fill(self.values())

    def values(self) -> tuple[str, ...]:
        """Return what is picked."""
        return tuple(value for value, chip in self.parts.items() if chip.isChecked())

    def set_values(self, values: Sequence[str]) -> None:
        """Show what is picked; a word that is not offered gets a chip of its own."""
        if set(values) - set(self.parts) or self._strange() - set(values):
            self._fill(values)
        for value, chip in self.parts.items():
            chip.setChecked(value in values)

    @property
    def typed(self) -> str:
        """The word of one's own that is being typed."""
        return " ".join(self.other.text().split())

    def take_focus(self) -> None:
        """Let the keyboard go to the chips."""
        for chip in self.parts.values():
            if chip.focusPolicy() & Qt.FocusPolicy.TabFocus:
                chip.setFocus(Qt.FocusReason.TabFocusReason)

    def _strange(self) -> set[str]:
        return set(self.parts) - {value for value, _ in self._offered}

    def _fill(self, picked: Sequence[str]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.other:
                widget.hide()
                widget.deleteLater()
        known = dict(self._offered)
        words = {**known, **{value: value for value in picked if value not in known}}
        self.parts = {value: self._chip(value, text) for value, text in words.items()}
        for value, chip in self.parts.items():
            chip.setChecked(value in picked)
            self._flow.addWidget(chip)
        if self._takes_other:
            self._flow.addWidget(self.other)
        self._reach(next(iter(self.parts.values()), None))
        self.updateGeometry()

    def _chip(self, value: str, words: str) -> TickChip:
        chip = TickChip(self.look, words, self)
        chip.setAccessibleName(f"{self.name}: {words}")
        chip.clicked.connect(lambda: self._pick(value))
        chip.stepped.connect(lambda by: self._step(value, by))
        chip.show()
        return chip

    def _reach(self, reached: TickChip | None) -> None:
        for chip in self.parts.values():
            policy = Qt.FocusPolicy.TabFocus if chip is reached else Qt.FocusPolicy.NoFocus
            chip.setFocusPolicy(policy)

    def _step(self, value: str, by: int) -> None:
        names = list(self.parts)
        chip = self.parts[names[(names.index(value) + by) % len(names)]]
        self._reach(chip)
        chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, value: str) -> None:
        self._reach(self.parts[value])
        if self._alone and self.parts[value].isChecked():
            for other, chip in self.parts.items():
                if self._alone in (other, value) and other != value:
                    chip.setChecked(False)
        self.changed.emit()

    def _add_other(self) -> None:
        word = self.typed
        if not word:
            return
        self.other.clear()
        known = {text.casefold(): value for value, text in self._offered}
        value = known.get(word.casefold(), word)
        picked = [each for each in self.values() if each != self._alone]
        self.set_values([*picked, value])
        self.changed.emit()
