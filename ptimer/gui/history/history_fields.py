"""What is looked for? A patient, a code, a clinician, dates: whatever is empty may be anything."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.codebook import Code
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.search_field import SearchField
from ptimer.gui.controls.suggestions import Suggestions
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.export.span_fields import read_day
from ptimer.gui.frame import keys
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, core, short, words
from ptimer.operations.errors import Problem
from ptimer.operations.history_search import Wanted

_PAUSE_MS = 150
"""A person who goes on typing is not given what the first letters find."""

_MOST_OF_A_NAME = 18

Reader = Callable[[str, str, str, date | None, date | None], Wanted]
"""Patient, code, clinician and dates as they were typed; raises `Problem` where one is wrong."""


class HistoryFields(QWidget):
    """The fields; a patient's id counts letter by letter, all else once it is finished.

    Signals:
        changed(): `wanted` is another one, or is none, since what is typed makes none.
        left_down(): the keyboard wants to go into what was found.
    """

    changed = Signal()
    left_down = Signal()

    def __init__(self, look: Look, read: Reader, parent: QWidget | None = None) -> None:
        """Make empty fields; `read` says what is wanted by what is typed."""
        super().__init__(parent)
        self._read = read
        self.wanted: Wanted | None = Wanted()
        hint = self.tr("patient id, or how it begins")
        self.patient = SearchField(look, self.tr("Patient"), hint=hint)
        self.code = Field(look, self.tr("Code"), hint=self.tr("any code"))
        self.clinician = Choice(look, self.tr("Clinician"))
        self.first = Field(look, self.tr("From"), hint=self.tr("from"))
        self.last = Field(look, self.tr("To"), hint=self.tr("to"))
        self.clear = Button(look, self.tr("Clear"), kind="flat")
        self.problem = Label(look, pixels=13, color="bad", wrap=True)
        self._codes = Suggestions(self.code)
        self._names: tuple[str, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._arrange(look)
        self._connect()

    def know_codes(self, codes: tuple[Code, ...]) -> None:
        """Offer codes by number or word."""
        self._codes.know((code.code, f"{code.code}  {core(code.label)}") for code in codes)

    def know_clinicians(self, names: tuple[str, ...]) -> None:
        """Offer clinicians to choose from."""
        if names == self._names and self.clinician.count():
            return
        self._names = names
        chosen = self.clinician.currentData()
        self.clinician.clear()
        self.clinician.addItem(self.tr("All clinicians"), "")
        for name in names:
            self.clinician.addItem(short(name, _MOST_OF_A_NAME), name)
            tip = Qt.ItemDataRole.ToolTipRole
            self.clinician.setItemData(self.clinician.count() - 1, plain_tip(name), tip)
        self.clinician.setCurrentIndex(max(self.clinician.findData(chosen), 0))
        self.clinician.updateGeometry()

    def show_span(self, first: date, last: date) -> None:
        """Look for some days alone."""
        self.first.setText(str(first))
        self.last.setText(str(last))
        self.read()

    def empty(self) -> None:
        """Look for anything again."""
        for field in (self.patient, self.code, self.first, self.last):
            field.clear()
        self.clinician.setCurrentIndex(0)
        self.read()

    def read(self) -> None:
        """Take what is typed; tell where it is something else than before."""
        self._pause.stop()
        before, self.wanted = self.wanted, self._typed()
        self.clear.setEnabled(self.wanted is None or not self.wanted.anything)
        if self.wanted != before:
            self.changed.emit()

    def _typed(self) -> Wanted | None:
        self._tell("")
        for field in (self.first, self.last):
            field.setText(field.text().strip())
        try:
            days = [self._day(field) for field in (self.first, self.last)]
            chosen = str(self.clinician.currentData() or "")
            return self._read(self.patient.text(), self.code.text(), chosen, days[0], days[1])
        except Problem as problem:
            self._tell(words(problem.sentence))
            return None

    def _day(self, field: Field) -> date | None:
        if not field.text():
            return None
        day = read_day(field.text())
        field.setText(str(day))
        return day

    def _tell(self, problem: str) -> None:
        self.problem.say(problem)
        self.problem.setVisible(bool(problem))

    def _arrange(self, look: Look) -> None:
        self.patient.setMinimumWidth(look.px(244))
        for field, width in ((self.code, 116), (self.first, 124), (self.last, 124)):
            field.setFixedWidth(look.px(width))
        flow = FlowLayout()
        for widget in (self.patient, self.code, self.clinician):
            flow.addWidget(widget)
        flow.addWidget(self._dates(look))
        flow.addWidget(self.clear)
        self.clinician.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.setEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(flow)
        column.addWidget(self.problem)
        self.problem.hide()

    def _dates(self, look: Look) -> QWidget:
        together = QWidget()
        row = QHBoxLayout(together)
        row.setContentsMargins(look.px(6), 0, 0, 0)
        row.setSpacing(look.px(2))
        for said, field in ((self.tr("From"), self.first), (self.tr("to"), self.last)):
            label = Label(look, said, color="mute")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        together.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return together

    def _connect(self) -> None:
        self.patient.textEdited.connect(lambda _: self._pause.start())
        self.patient.left_down.connect(self.read)
        self.patient.left_down.connect(self.left_down)
        self.patient.setToolTip(self.tr("{0} ({1})").format(self.tr("Patient"), keys.SEARCH.shown))
        self._pause.timeout.connect(self.read)
        for field in (self.code, self.first, self.last):
            field.editingFinished.connect(self.read)
        self._codes.activated.connect(self.read)
        self.clinician.activated.connect(self.read)
        self.clear.clicked.connect(self.empty)
