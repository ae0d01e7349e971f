"""The column on the left: today's visits, those left unsigned, and the way to a new one."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.buttons import Button
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look
from ptimer.gui.new_visit import NewVisit
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.visit_list import VisitList
from ptimer.gui.visit_rows import rows_of
from ptimer.timing.clock import Instant


class _Empty(QWidget):
    """What to do while there is no visit."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(14), look.px(14), look.px(14))
        column.addWidget(Label(look, self.tr("No visits yet"), weight=BOLD))
        text = self.tr(
            "Press Ctrl+N, type a patient id and press Enter. Recent ids come up as you type."
        )
        column.addWidget(Label(look, text, pixels=13, color="mute", wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.color("field"), 1, Qt.PenStyle.DashLine))
        radius = self.look.px(10)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class VisitsColumn(QWidget):
    """The visits, and the form for a new one.

    Signals:
        visit_chosen(visit_id): a person looks at another visit.
        made(): a visit was made.
    """

    visit_chosen = Signal(str)
    made = Signal()

    def __init__(self, look: Look, desk: Desk, times: Times, parent: QWidget | None = None) -> None:
        """Make the column; it shows nothing before `show_today`."""
        super().__init__(parent)
        self.desk = desk
        self._times = times
        self.list = VisitList(look)
        self.empty = _Empty(look)
        self.new = Button(look, self.tr("New visit"), icon="plus", key="Ctrl+N")
        self.form = NewVisit(look, desk)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(14), look.px(12), look.px(8))
        column.setSpacing(look.px(6))
        column.addWidget(heading(look, self.tr("Visits today")))
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addWidget(self.form)
        column.addWidget(self.new)
        self._rest = column
        self.list.visit_chosen.connect(self.visit_chosen)
        self.new.clicked.connect(self.open_form)
        self.form.closed.connect(self.close_form)
        self.form.made.connect(self._made)

    def show_today(self, now: Instant) -> None:
        """Repaint from what the desk knows, at a moment."""
        rows = rows_of(self.desk.today, now, self._times)
        self.empty.setVisible(not rows)
        self.list.show_visits(rows, self.desk.visit_id)

    def open_form(self) -> None:
        """Ask for a patient id."""
        self.form.show()
        self.new.hide()
        self.form.open()

    def close_form(self) -> None:
        """Show the visits alone again."""
        self.form.hide()
        self.new.show()
        self.list.setFocus()

    def _made(self, visit_id: str) -> None:
        self.close_form()
        self.visit_chosen.emit(visit_id)
        self.made.emit()
