"""When did the patient come and leave? Typed, where it was not pressed in time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant


class InClinicEditor(QWidget):
    """Two times, each of them may be empty: not known.

    Signals:
        save_wanted(arrived, departed): typed times; None is left as it is.
        closed(): nothing is to be changed after all.
    """

    save_wanted = Signal(object, object)
    closed = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make the fields; `open` fills them."""
        super().__init__(parent)
        self._times = times
        self._before = ("", "")
        self.arrived = Field(look, self.tr("Arrived"), hint=self.tr("09:40"))
        self.departed = Field(look, self.tr("Left"), hint=self.tr("10:40"))
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.save = Button(look, self.tr("Save"))
        row = FlowLayout(self, gap=look.px(4))
        row.addWidget(Labelled(look, self.tr("Arrived"), self.arrived, width=124))
        row.addWidget(Labelled(look, self.tr("Left"), self.departed, width=124))
        row.add_stretch()
        row.addWidget(together(self.cancel, self.save))
        for field in (self.arrived, self.departed):
            field.textChanged.connect(self._show_save)
            field.returnPressed.connect(self._save)
        self.cancel.clicked.connect(self.closed)
        self.save.clicked.connect(self._save)

    def open(self, view: VisitView) -> None:
        """Show what is recorded."""
        self._before = (self._text(view.visit.arrived_at), self._text(view.visit.departed_at))
        self.arrived.setText(self._before[0])
        self.departed.setText(self._before[1])
        self._show_save()
        self.arrived.setFocus()
        self.arrived.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close this alone."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    def _text(self, instant: Instant | None) -> str:
        return "" if instant is None else self._times.clock(instant)

    def _typed(self) -> tuple[str, str]:
        return self.arrived.text().strip(), self.departed.text().strip()

    def _show_save(self) -> None:
        different = self._typed() != self._before
        self.save.setEnabled(different)
        self.save.set_kind("primary" if different else "plain")

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        pairs = zip(self._typed(), self._before, strict=True)
        arrived, departed = (None if typed == before else typed for typed, before in pairs)
        self.save_wanted.emit(arrived, departed)
