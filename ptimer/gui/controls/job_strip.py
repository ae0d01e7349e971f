"""What is under way, how far it is, and a press that calls it off."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import rounded
from ptimer.gui.look import MEDIUM, Look
from ptimer.gui.texts import Label

_WHOLE = 100


class JobStrip(QWidget):
    """Hidden while nothing is under way.

    Signals:
        cancel_wanted(): a person calls the work off.
    """

    cancel_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a hidden strip."""
        super().__init__(parent)
        self.look = look
        self.words = Label(look, pixels=13, weight=MEDIUM, color="accent")
        self.cancel = Button(look, self.tr("Cancel"), kind="small")
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), 0, look.px(8), 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.hide()
        look.changed.connect(self.update)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Say what is under way, and how far it is; "{0}" in the words stands for that."""
        self._share = done / total if total else 0.0
        self.words.say(words.format(f"{int(self._share * _WHOLE)} %"))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and on it how much is done."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        rounded(painter, area, look.px(9), look.color("accent_soft"))
        height = look.px(3)
        done = QRectF(look.px(9), area.bottom() - height, area.width() - look.px(18), height)
        done.setWidth(done.width() * self._share)
        rounded(painter, done, height / 2, look.color("accent"))
