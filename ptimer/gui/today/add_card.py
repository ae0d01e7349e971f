"""The card that brings another code: a press turns it into a search."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.controls.painting import focus_ring, rounded
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look

if TYPE_CHECKING:
    from ptimer.gui.today.code_search import CodeSearch


class AddCard(QWidget):
    """An empty card, or the search that it turns into."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the card."""
        super().__init__(parent)
        self.look = look
        self.desk = desk
        self.button = _Face(look, self)
        self.search: CodeSearch | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        self._column = column
        self.button.clicked.connect(self.open)

    def open(self) -> None:
        """Let a person type what they look for."""
        search = self.search or self._make_search()
        self.button.hide()
        search.show()
        search.open()

    def close_search(self) -> bool:
        """Show the empty card again; return whether there was a search."""
        if self.search is None or self.search.isHidden():
            return False
        leave_to_window(self.search)
        self.search.hide()
        self.button.show()
        return True

    def _make_search(self) -> "CodeSearch":
        """Make the search when it is first wanted: fields and lists are slow to make."""
        from ptimer.gui.today.code_search import CodeSearch

        self.search = CodeSearch(self.look, self.desk, self)
        self._column.addWidget(self.search)
        self.search.chosen.connect(self._add)
        self.search.closed.connect(self.close_search)
        return self.search

    def _add(self, number: str) -> None:
        from ptimer.operations import visiting

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
        return QSize(self.look.px(210), self.look.px(132))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(150), self.look.px(132))

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
        beside_key = inner.adjusted(0, 0, -look.px(24), 0)
        title = painter.boundingRect(beside_key, flags, self.tr("Add a code"))
        painter.drawText(beside_key, flags, self.tr("Add a code"))
        painter.setFont(look.font(13))
        words = self.tr("Search by number or name")
        below = max(look.px(25), round(title.height()) + look.px(2))
        painter.drawText(inner.adjusted(0, below, 0, 0), flags, words)
        left, top = frame.right() - look.px(33), frame.top() + look.px(12)
        box = QRectF(left, top, look.px(21), look.px(18))
        painter.setFont(look.font(12))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "+")
        if self.hasFocus():
            focus_ring(painter, look, frame, look.px(12))
