"""The centre of the export: which days, the lines as they will be written, and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.job_strip import JobStrip
from ptimer.gui.controls.sheet_table import SheetTable
from ptimer.gui.day_summary.empty_day import EmptyDay
from ptimer.gui.export.span_fields import SpanFields
from ptimer.gui.frame import keys
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label


class ExportPage(QWidget):
    """Widgets alone; the screen says what they show.

    Signals:
        back_wanted(): a person goes back to the day summary.
    """

    back_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(parent)
        self.back = Button(look, self.tr("Day summary"), icon="left")
        self.title = Label(look, self.tr("Export for the biller"), pixels=20, weight=BOLD)
        self.about = Label(look, color="mute")
        self.save = Button(look, self.tr("Save as…"), kind="primary", key=keys.SAVE.shown)
        self.days = SpanFields(look)
        self.strip = JobStrip(look)
        self.empty = EmptyDay(look)
        self.table = SheetTable(look, self.tr("Lines of the file"))
        self.box = Box(look)
        self._arrange(look)
        self.back.clicked.connect(self.back_wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape, where no field has taken it."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            event.ignore()

    def show_lines(self, shown: bool) -> None:
        """Show the lines, or what stands in their place."""
        self.box.setVisible(shown)
        self.empty.setVisible(not shown)

    def _arrange(self, look: Look) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.about)
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(self.back)
        head.addLayout(names, 1)
        head.addWidget(self.save)
        inside = QVBoxLayout(self.box)
        inside.setContentsMargins(1, 1, 1, look.px(4))
        inside.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(6))
        column.addLayout(head)
        for widget in (self.days, self.strip, self.empty):
            column.addWidget(widget)
        column.addWidget(self.box, 1)
        column.addStretch()
