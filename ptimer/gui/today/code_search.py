"""Which code is meant? A field to type a number or a word into, and what it finds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.scroll_bar import SlimScrollBar
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import core
from ptimer.operations.visit_view import VisitView

_MOST_FOUND = 30


class CodeSearch(QWidget):
    """Finds codes that can be timed in the visit that is looked at.

    Signals:
        chosen(number): a person chose a code, or typed a number that is not in the list.
        closed(): nothing is wanted after all.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the search; `open` fills it."""
        super().__init__(parent)
        self.desk = desk
        self.field = Field(look, self.tr("Code to add"), hint=self.tr("number or word"))
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Codes found"))
        self.found.setFrameShape(QListWidget.Shape.NoFrame)
        self.found.setVerticalScrollBar(SlimScrollBar(look))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.found, 1)
        self.field.textEdited.connect(self._look_up)
        self.field.returnPressed.connect(self._take_first)
        self.found.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take)

    def open(self) -> None:
        """Let a person type what they look for."""
        self.field.clear()
        self._look_up("")
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the search, and Down go into what was found."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.found.setFocus()
            self.found.setCurrentRow(0)
        else:
            event.ignore()

    def _look_up(self, text: str) -> None:
        self.found.clear()
        view = self.desk.view
        if view is None:
            return
        for number, words, detail in _found(view, text)[:_MOST_FOUND]:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(plain_tip(detail))
            self.found.addItem(item)
        self.field.mark_wrong(self.found.count() == 0)

    def _take_first(self) -> None:
        if self.found.count():
            self._take(self.found.item(max(self.found.currentRow(), 0)))
        else:
            self.chosen.emit(self.field.text())

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _found(view: VisitView, text: str) -> list[tuple[str, str, str]]:
    """Return number, words and detail of the codes found, the visit's discipline first."""
    books = view.book
    day, discipline = view.visit.service_date, view.visit.discipline
    usable = [
        code
        for code in books.search(text, core)
        if not code.apart and books.why_not_startable(code, day) is None
    ]
    own = [code for code in usable if discipline in code.disciplines]
    others = [code for code in usable if discipline not in code.disciplines and text]
    return [
        (code.code, f"{code.code}  {core(code.label)}", core(code.detail))
        for code in (*own, *others)
    ]
