"""The same words as in the last three visits: said under a field, and shown beside each other."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.skilled_parts import VISITS_COMPARED, repeats
from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.sign_mark import SignMark
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label

_WIDE_FROM = 420


class _Visit(QWidget):
    """One visit's text under its date."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.day = Label(look, pixels=12, weight=BOLD, color="mute", wrap=True)
        self.text = Label(look, pixels=13, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        column.addWidget(self.day)
        column.addWidget(self.text)
        column.addStretch()


class RepeatedText(QWidget):
    """Hidden while the text is another than before; the texts are shown on a press."""

    def __init__(self, look: Look, name: str) -> None:
        """Know the field's name."""
        super().__init__()
        self.look = look
        self.said = Label(
            look,
            self.tr("the same words as in the last three visits"),
            pixels=12,
            color="warn",
            wrap=True,
        )
        self.compare = Button(look, self.tr("Compare"), kind="small")
        self.compare.setCheckable(True)
        self.compare.setAccessibleName(self.tr("Compare with the last visits: {0}").format(name))
        self.side_by_side = Box(look)
        self.visits = [_Visit(look) for _ in range(VISITS_COMPARED + 1)]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.side_by_side)
        self._arrange()
        self.compare.toggled.connect(lambda on: self.side_by_side.setVisible(on))
        self.hide()

    def show_texts(self, text: str, before: Sequence[tuple[date, str]]) -> None:
        """Say whether a text repeats those of the last visits, the newest first."""
        repeated = repeats(text, [each for _, each in before])
        self.setVisible(repeated)
        if not repeated:
            self.compare.setChecked(False)
            return
        shown = [(self.tr("This visit"), text.strip())]
        shown += [(texts.written_date(day), each) for day, each in before[:VISITS_COMPARED]]
        for visit, (day, each) in zip(self.visits, shown, strict=True):
            visit.day.say(day)
            visit.text.say(each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the visits below each other where the window is narrow."""
        super().resizeEvent(event)
        wide = self.width() >= self.look.px(_WIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide else down)

    def _arrange(self) -> None:
        look = self.look
        self._row.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        self._row.setSpacing(look.px(12))
        for visit in self.visits:
            self._row.addWidget(visit, 1)
        self.side_by_side.hide()
        head = QHBoxLayout()
        head.setContentsMargins(look.px(SIDE), 0, 0, 0)
        head.setSpacing(look.px(6))
        head.addWidget(SignMark(look, "warning", "warn"), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.said, 1)
        head.addWidget(self.compare)
        framed = QVBoxLayout()
        framed.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        framed.addWidget(self.side_by_side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(framed)
