"""A reason that a clinician gives in a sentence: why so long, why it is amended."""

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.text_area import TextArea
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label

_SIGN = 14


class _Sign(QWidget):
    """The sign before a label: something is missing, or it is there."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._icon, self._color = "warning", "warn"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_given(self, given: bool) -> None:
        self._icon, self._color = ("check", "ok") if given else ("warning", "warn")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(_SIGN), self.look.px(_SIGN))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        color = self.look.color(self._color)
        pixmap = self.look.icon(self._icon, color, _SIGN, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, 0), pixmap)


class ReasonBox(QWidget):
    """A label, a field, and what becomes of what is typed.

    Signals:
        edited(): another text stands in the field.
        given(): Enter was pressed, or the keyboard left the field: what is typed is meant.
        entered(): Enter was pressed; sent after `given`.
    """

    edited = Signal()
    given = Signal()
    entered = Signal()

    def __init__(self, look: Look, *, urgent: bool = True, parent: QWidget | None = None) -> None:
        """Make an empty box; `urgent` marks it for as long as it is empty."""
        super().__init__(parent)
        self._urgent = urgent
        self._saved = ""
        self._kept, self._pending = "", ""
        self._sign = _Sign(look)
        if not urgent:
            self._sign.hide()
        self.label = Label(look, pixels=12, weight=BOLD, color="warn", wrap=True)
        self.area = TextArea(look, "")
        self.remark = Label(look, pixels=12, color="mute", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(SIDE), 0, 0, 0)
        head.setSpacing(look.px(6))
        head.addWidget(self._sign)
        head.addWidget(self.label, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(SIDE), 0, 0, 0)
        foot.addWidget(self.remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addLayout(head)
        column.addWidget(self.area)
        column.addLayout(foot)
        self.area.edited.connect(self._edit)
        self.area.left.connect(self._give)
        self.area.entered.connect(self._enter)

    def ask(self, question: str, hint: str, *, pending: str, kept: str) -> None:
        """Say what is asked; `pending` and `kept` say what becomes of the text."""
        self.label.say(question)
        self.area.name(question, hint)
        self._pending, self._kept = pending, kept
        self._show_state()

    def show_saved(self, saved: str) -> None:
        """Show what is recorded, unless something else is typed meanwhile."""
        typed = self.unsaved
        self._saved = saved
        if not typed:
            self.area.set_text(saved)
        self._show_state()

    def start_anew(self, saved: str, draft: str = "") -> None:
        """Show what is recorded of something else, or what was typed of it before."""
        self._saved = saved
        self.area.set_text(draft or saved)
        self.area.mark_wrong(False)
        self._show_state()

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.area.text()

    @property
    def unsaved(self) -> str:
        """What was typed and is not recorded yet; nothing where the field was emptied."""
        text = self.text
        return "" if text == self._saved else text

    def _edit(self) -> None:
        self.area.mark_wrong(False)
        self._show_state()
        self.edited.emit()

    def _give(self) -> None:
        if not self.text:
            # What is recorded can be changed, not taken away: it is shown again.
            self.area.set_text(self._saved)
        self.given.emit()

    def _enter(self) -> None:
        self._give()
        self.entered.emit()

    def _show_state(self) -> None:
        there = bool(self.text)
        self._sign.show_given(there)
        self.label.set_color("mute" if there or not self._urgent else "warn")
        self.remark.say(self._kept if there and not self.unsaved else self._pending)
