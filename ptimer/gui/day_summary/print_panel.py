"""Onto which paper? A panel that drops from the press: a printer, or a PDF file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.look import Look
from ptimer.gui.texts import Label

_WIDTH = 250


class PrintPanel(DroppedPanel):
    """Two presses; Up and Down go from one to the other.

    Signals:
        print_wanted(): onto a printer.
        pdf_wanted(): into a file.
    """

    print_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, look: Look) -> None:
        """Make the panel."""
        super().__init__(look, _WIDTH)
        self.setAccessibleName(self.tr("Print the day"))
        self.printer = Button(look, self.tr("Print…"))
        self.pdf = Button(look, self.tr("Save as PDF…"), kind="primary")
        self.about = Label(
            look,
            self.tr("What is shown of this day, with signatures and rules."),
            pixels=12,
            color="mute",
            wrap=True,
        )
        column = QVBoxLayout(self.content)
        column.setContentsMargins(look.px(10), look.px(4), look.px(10), look.px(4))
        column.setSpacing(look.px(2))
        for widget in (self.pdf, self.printer, self.about):
            column.addWidget(widget)
        self.printer.clicked.connect(self._print)
        self.pdf.clicked.connect(self._save)

    def open_below(self, button: QWidget) -> None:
        """Drop from a button, with the keyboard on the first press."""
        super().open_below(button)
        if self.isVisible():
            self.pdf.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up or down, press with Enter; Escape closes."""
        at = self.pdf if self.pdf.hasFocus() else self.printer
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            (self.printer if at is self.pdf else self.pdf).setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at.click()
        else:
            super().keyPressEvent(event)

    def _print(self) -> None:
        self.dismiss()
        self.print_wanted.emit()

    def _save(self) -> None:
        self.dismiss()
        self.pdf_wanted.emit()
