"""The top of the day summary: which day, whose visits, and the way to the export."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.day_summary.day_picker import DayPicker
from ptimer.gui.day_summary.print_panel import PrintPanel
from ptimer.gui.frame import keys
from ptimer.gui.look import BOLD, MEDIUM, Look
from ptimer.gui.texts import Label, long_date, short

_MOST_OF_A_NAME = 18


class DayHeader(QWidget):
    """The line, or on a narrow window the lines, above the figures.

    Signals:
        clinician_chosen(name): a person wants one clinician's visits, or with "" everyone's.
        export_wanted(): a person goes to the export.
        print_wanted(): a person wants the day on a printer.
        pdf_wanted(): a person wants the day as a PDF file.
        proof_wanted(): a person wants to see that no minute is billed twice.
    """

    clinician_chosen = Signal(str)
    export_wanted = Signal()
    print_wanted = Signal()
    pdf_wanted = Signal()
    proof_wanted = Signal()

    def __init__(self, look: Look, earliest: date, parent: QWidget | None = None) -> None:
        """Make the header."""
        super().__init__(parent)
        self.title = Label(look, pixels=20, weight=BOLD)
        self.about = Label(look, color="mute")
        self.hidden = Label(look, pixels=13, weight=MEDIUM, color="warn")
        self.filter = Choice(look, self.tr("Whose visits"))
        self.filter.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.picker = DayPicker(look, earliest)
        self.print = Button(look, self.tr("Print"))
        self.print.setToolTip(self.tr("Print, or save as PDF ({0})").format(keys.PRINT.shown))
        self.panel = PrintPanel(look)
        self.proof = Button(look, self.tr("Day proof"))
        self.proof.setToolTip(self.tr("No minute of the clock billed twice: the day, drawn"))
        self.export = Button(
            look, self.tr("Export for biller"), kind="primary", key=keys.EXPORT.shown
        )
        self._names = QWidget()
        self._tools = QWidget()
        self._grid = QGridLayout(self)
        self._narrow: bool | None = None
        self._clinicians: tuple[str, ...] = ()
        self._arrange(look)
        self.filter.activated.connect(lambda: self.clinician_chosen.emit(self.clinician))
        self.export.clicked.connect(self.export_wanted)
        self.print.clicked.connect(self.open_panel)
        self.proof.clicked.connect(self.proof_wanted)
        self.panel.print_wanted.connect(self.print_wanted)
        self.panel.pdf_wanted.connect(self.pdf_wanted)

    def open_panel(self) -> None:
        """Ask onto which paper."""
        self.panel.open_below(self.print)

    @property
    def clinician(self) -> str:
        """Whose visits are wanted; nothing for everyone's."""
        return str(self.filter.currentData() or "")

    def show_day(self, day: date, today: date) -> None:
        """Show which day it is."""
        self.title.say(long_date(QDate(day.year, day.month, day.day)))
        self.picker.show_day(day, today)

    def show_about(self, disciplines: tuple[str, ...], hidden: int) -> None:
        """Show what the visits are, and say what the filter hides."""
        whose = self.tr("one clinician") if self.clinician else self.tr("all patients")
        self.about.say(" · ".join((whose, *disciplines)))
        self.hidden.say(self.tr("{0} hidden by the filter").format(hidden))
        self.hidden.setVisible(hidden > 0)
        self._place()

    def show_clinicians(self, names: tuple[str, ...]) -> None:
        """Offer these to choose from; with one alone there is nothing to filter."""
        self.filter.setVisible(len(names) > 1 or bool(self.clinician))
        if names == self._clinicians:
            return
        self._clinicians = names
        chosen = self.clinician
        self.filter.clear()
        self.filter.addItem(self.tr("All clinicians"), "")
        for name in names:
            self.filter.addItem(short(name, _MOST_OF_A_NAME), name)
            tip = Qt.ItemDataRole.ToolTipRole
            self.filter.setItemData(self.filter.count() - 1, plain_tip(name), tip)
        self.filter.setCurrentIndex(max(self.filter.findData(chosen), 0))
        self.filter.updateGeometry()
        self._place()

    def show_everyone(self) -> None:
        """Take the filter away."""
        self.filter.setCurrentIndex(0)
        self.clinician_chosen.emit("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take a second line where the window is too narrow for one."""
        super().resizeEvent(event)
        self._place()

    def _arrange(self, look: Look) -> None:
        about = QHBoxLayout()
        about.setSpacing(look.px(12))
        about.addWidget(self.about)
        about.addWidget(self.hidden)
        about.addStretch()
        column = QVBoxLayout(self._names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addLayout(about)
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(0)
        tools.addWidget(self.filter)
        tools.addWidget(self.picker)
        tools.addWidget(self.print)
        tools.addWidget(self.proof)
        tools.addStretch()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._place()

    def _place(self) -> None:
        """Put everything in one line, or day and filter into a second one."""
        whole = (self._names, self._tools, self.export)
        narrow = self.width() < sum(each.sizeHint().width() for each in whole)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._grid.addWidget(self._names, 0, 0)
        if narrow:
            self._grid.addWidget(self._tools, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self._tools, 0, 1)
        self._grid.addWidget(self.export, 0, 2)
