"""Planned minutes of one code: typed, or a few more or fewer by a press."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.look import Look
from ptimer.operations.plans import MOST_MINUTES, STEP

_WIDTH = 52


class _Minutes(Field):
    """A number in the middle, which the up and down arrows change, too."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class MinutesStepper(QWidget):
    """Fewer, the minutes, more.

    Signals:
        typed(text): a person typed minutes, or pressed for more or fewer.
    """

    typed = Signal(str)

    def __init__(self, look: Look, code: str, parent: QWidget | None = None) -> None:
        """Make the three controls for a code."""
        super().__init__(parent)
        self._shown = 0
        self.fewer = Button(look, "\N{MINUS SIGN}", kind="small")
        self.minutes = _Minutes(look, self.tr("Planned minutes of {0}").format(code))
        self.more = Button(look, "+", kind="small")
        self.fewer.setAccessibleName(self.tr("{0} minutes fewer of {1}").format(STEP, code))
        self.more.setAccessibleName(self.tr("{0} minutes more of {1}").format(STEP, code))
        self.minutes.setFixedWidth(look.px(_WIDTH))
        self.minutes.setTextMargins(0, 0, 0, 0)
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for widget in (self.fewer, self.minutes, self.more):
            row.addWidget(widget)
        self.fewer.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.minutes.stepped.connect(self._step)
        self.minutes.editingFinished.connect(self._tell)

    def show_minutes(self, minutes: int) -> None:
        """Show what is planned; what is being typed, or could not be planned, stays."""
        stays = self.minutes.hasFocus() or self.minutes.wrong
        if minutes != self._shown or not stays:
            self._shown = minutes
            self.minutes.setText(str(minutes) if minutes else "")
            self.minutes.mark_wrong(False)

    def forget(self) -> None:
        """Forget what could not be planned."""
        self.minutes.mark_wrong(False)

    def show_wrong(self) -> None:
        """Show that what is typed can't be planned."""
        self.minutes.mark_wrong(True)

    def _step(self, direction: int) -> None:
        wanted = min(max(self._shown + direction * STEP, 0), MOST_MINUTES)
        self.typed.emit(str(wanted))

    def _tell(self) -> None:
        if self.minutes.text().strip() != (str(self._shown) if self._shown else ""):
            self.typed.emit(self.minutes.text())
        else:
            self.minutes.mark_wrong(False)
