"""A sentence in a coloured box: something to know, to fix, or that went wrong."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.painting import rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Label

_KINDS = {
    "info": ("accent_soft", "accent"),
    "warn": ("warn_soft", "warn"),
    "bad": ("bad_soft", "bad"),
    "plain": ("lock_soft", "ink"),
}


class Note(QWidget):
    """A box with a sentence, and a title above it if wanted; hidden while it has nothing to say."""

    def __init__(self, look: Look, kind: str = "info", parent: QWidget | None = None) -> None:
        """Make an empty note of a kind: "info", "warn", "bad" or "plain"."""
        super().__init__(parent)
        self.look = look
        self._soft, ink = _KINDS[kind]
        self.title = Label(look, pixels=13, weight=BOLD, color=ink, wrap=True)
        self.text = Label(look, pixels=13, weight=REGULAR, color=ink, wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(11), look.px(9), look.px(11), look.px(9))
        column.setSpacing(look.px(2))
        column.addWidget(self.title)
        column.addWidget(self.text)
        self.title.hide()
        self.hide()
        look.changed.connect(self.update)

    def say(self, text: str, title: str = "") -> None:
        """Say something, or nothing."""
        self.title.say(title)
        self.title.setVisible(bool(title))
        self.text.say(text)
        self.text.setVisible(bool(text))
        self.setVisible(bool(text or title))

    def sizeHint(self) -> QSize:
        """Return the size that its words need."""
        return QSize(self.look.px(240), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        rounded(painter, box, self.look.px(9), self.look.color(self._soft))
