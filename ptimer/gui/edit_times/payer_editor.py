"""Who pays for the visit, where another payer was meant; with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.look import Look


class PayerEditor(QWidget):
    """A choice of payers, and why it is another one.

    Signals:
        save_wanted(payer, reason): a person wants it recorded.
        closed(): nothing is to be changed after all.
    """

    save_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the fields; `open` fills them."""
        super().__init__(parent)
        self._before = ""
        self.payer = Choice(look, self.tr("Payer"))
        self.reason = Field(look, self.tr("Reason, kept with the change"))
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.save = Button(look, self.tr("Save"))
        row = FlowLayout(self, gap=look.px(4))
        row.addWidget(Labelled(look, self.tr("Payer"), self.payer, width=230))
        row.addWidget(Labelled(look, self.tr("Reason (kept with the change)"), self.reason))
        row.addWidget(together(self.cancel, self.save))
        self.payer.currentIndexChanged.connect(self._show_save)
        self.reason.textChanged.connect(self._show_save)
        self.reason.returnPressed.connect(self._enter)
        self.cancel.clicked.connect(self.closed)
        self.save.clicked.connect(self._enter)

    def open(self, payer: str, payers: Sequence[str]) -> None:
        """Show who pays now, and who else there is."""
        self._before = payer
        self.payer.clear()
        self.payer.addItems(list(payers))
        self.payer.setCurrentText(payer)
        self.reason.clear()
        self._show_save()
        self.payer.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close this alone."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    def _show_save(self) -> None:
        self.reason.mark_wrong(False)
        ready = self.payer.currentText() != self._before and bool(self.reason.text().strip())
        self.save.setEnabled(ready)
        self.save.set_kind("primary" if ready else "plain")

    def _enter(self) -> None:
        if self.save.isEnabled():
            self.save_wanted.emit(self.payer.currentText(), self.reason.text())
        elif not self.reason.text().strip():
            self.reason.mark_wrong(True)
