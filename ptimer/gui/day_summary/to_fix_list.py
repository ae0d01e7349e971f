"""A press for each visit that does not go to the biller yet; it leads to where that is settled."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.press_row import PressRow
from ptimer.gui.day_summary.to_fix import Fix
from ptimer.gui.look import Look
from ptimer.gui.texts import Label

MOST = 60
"""More are counted: a list that long is worked off from its top."""


class ToFixList(QWidget):
    """The visits; nothing is left to fix where it is empty.

    Signals:
        fix_wanted(Fix): a person goes to a visit.
    """

    fix_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.look = look
        self.fixes: tuple[Fix, ...] = ()
        self.presses: list[PressRow] = []
        self.more = Label(look, pixels=13, color="mute", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(6))
        self._column.addWidget(self.more)

    def show_fixes(self, fixes: tuple[Fix, ...], nothing: str) -> None:
        """Show other visits; `nothing` is said where there are none."""
        self.fixes = fixes
        shown = fixes[:MOST]
        while len(self.presses) < len(shown):
            self._add_press()
        for place, press in enumerate(self.presses):
            press.setVisible(place < len(shown))
            if place < len(shown):
                press.show_words(shown[place].title, shown[place].why)
        left = len(fixes) - len(shown)
        self.more.say(self.tr("and {0} more").format(left) if left else nothing)
        self.more.setVisible(left > 0 or not fixes)

    def _add_press(self) -> None:
        place = len(self.presses)
        press = PressRow(self.look, must=True, parent=self)
        press.clicked.connect(lambda: self.fix_wanted.emit(self.fixes[place]))
        self.presses.append(press)
        self._column.insertWidget(place, press)
