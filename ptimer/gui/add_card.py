"""The card that brings another code: found by its number or by what it is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ptimer.gui.desk import Desk
from ptimer.gui.fields import Field
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.painting import focus_ring, rounded
from ptimer.operations import visiting

_MOST_FOUND = 12


class AddCard(QWidget):
    """An empty card; a press turns it into a search."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the card."""
        super().__init__(parent)
        self.look = look
        self.desk = desk
        self.button = _Face(look, self)
        self.search = Field(look, self.tr("Code to add"), hint=self.tr("number or word"))
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Codes found"))
        self.found.setFrameShape(QListWidget.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.button, self.search, self.found):
            column.addWidget(widget)
        self.button.clicked.connect(self.open)
        self.search.textEdited.connect(self._look_up)
        self.search.returnPressed.connect(self._take_first)
        self.found.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take)
        self._show_search(False)

    def open(self) -> None:
        """Let a person type what they look for."""
        self._show_search(True)
        self.search.clear()
        self._look_up("")
        self.search.setFocus()

    def close_search(self) -> None:
        """Show the empty card again."""
        self._show_search(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the search, and Down go into what was found."""
        if event.key() == Qt.Key.Key_Escape and self.search.isVisible():
            self.close_search()
            self.button.setFocus()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.found.setFocus()
            self.found.setCurrentRow(0)
        else:
            event.ignore()

    def _show_search(self, shown: bool) -> None:
        self.button.setVisible(not shown)
        self.search.setVisible(shown)
        self.found.setVisible(shown)

    def _look_up(self, text: str) -> None:
        self.found.clear()
        view = self.desk.view
        if view is None:
            return
        books = self.desk.clinic.rulebook.codes
        day = view.visit.service_date
        for code in books.search(text):
            if code.apart or books.why_not_startable(code, day) is not None:
                continue
            if not text and view.visit.discipline not in code.disciplines:
                continue
            item = QListWidgetItem(f"{code.code}  {code.label}")
            item.setData(Qt.ItemDataRole.UserRole, code.code)
            item.setToolTip(code.detail)
            self.found.addItem(item)
            if self.found.count() >= _MOST_FOUND and text:
                break
        self.search.mark_wrong(self.found.count() == 0)

    def _take_first(self) -> None:
        if self.found.count():
            self._take(self.found.item(max(self.found.currentRow(), 0)))
        else:
            typed = self.search.text()
            self._add(typed)

    def _take(self, item: QListWidgetItem) -> None:
        self._add(str(item.data(Qt.ItemDataRole.UserRole)))

    def _add(self, number: str) -> None:
        visit_id = self.desk.visit_id
        if visit_id is None:
            return
        done = self.desk.attempt(lambda clinic: visiting.add_card(clinic, visit_id, number))
        if done is not None:
            self.close_search()


class _Face(QPushButton):
    """The card while nobody searches."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setAccessibleName(self.tr("Add a code"))
        self.setToolTip(self.tr("Add a code (+)"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(210), self.look.px(194))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(150), self.look.px(112))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect().adjusted(4, 4, -4, -4))
        edge = look.color("accent" if self.underMouse() else "line")
        rounded(painter, frame, look.px(12), look.color("panel"), edge)
        inner = frame.adjusted(look.px(14), look.px(11), -look.px(14), -look.px(12))
        flags = int(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        )
        painter.setPen(look.color("mute"))
        painter.setFont(look.font(20, BOLD))
        painter.drawText(inner, flags, self.tr("Add a code"))
        painter.setFont(look.font(13, REGULAR))
        words = self.tr("Search by number or name")
        painter.drawText(inner.adjusted(0, look.px(25), 0, 0), flags, words)
        box = QRectF(
            frame.right() - look.px(33), frame.top() + look.px(12), look.px(21), look.px(18)
        )
        painter.setFont(look.font(12, REGULAR))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "+")
        if self.hasFocus():
            focus_ring(painter, look, frame, look.px(12))
