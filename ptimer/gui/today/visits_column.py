"""The column on the left: today's visits, those left unsigned, and the way to a new one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.today.visit_list import VisitList
from ptimer.gui.today.visit_rows import rows_of
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.today.new_visit import NewVisit


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
        self.look = look
        self.desk = desk
        self._times = times
        self.list = VisitList(look)
        self.empty: _Empty | None = None
        self.new = Button(look, self.tr("New visit"), icon="plus", key="Ctrl+N")
        self.form: NewVisit | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(14), look.px(12), look.px(8))
        column.setSpacing(look.px(6))
        column.addWidget(heading(look, self.tr("Visits today")))
        column.addWidget(self.list, 1)
        column.addWidget(self.new)
        self._column = column
        self.list.visit_chosen.connect(self.visit_chosen)
        self.new.clicked.connect(self.open_form)

    def show_today(self, now: Instant) -> None:
        """Repaint from what the desk knows, at a moment."""
        rows = rows_of(self.desk.today, now, self._times, self.desk.view)
        if not rows and self.empty is None:
            self.empty = _Empty(self.look)
            self._column.insertWidget(1, self.empty)
        if self.empty is not None:
            self.empty.setVisible(not rows)
        self.list.show_visits(rows, self.desk.visit_id)

    def open_form(self) -> None:
        """Ask for a patient id."""
        form = self.form or self._make_form()
        form.show()
        self.new.hide()
        form.open()

    def close_form(self) -> None:
        """Show the visits alone again."""
        if self.form is not None:
            self.form.hide()
        self.new.show()
        self.window().setFocus()

    def _make_form(self) -> "NewVisit":
        """Make the form when it is first wanted: fields are slow to make."""
        from ptimer.gui.today.new_visit import NewVisit

        self.form = NewVisit(self.look, self.desk)
        self._column.insertWidget(self._column.count() - 1, self.form)
        self.form.closed.connect(self.close_form)
        self.form.made.connect(self._made)
        return self.form

    def _made(self, visit_id: str) -> None:
        self.close_form()
        self.desk.look_at(visit_id)
        self.made.emit()
        view = self.desk.view
        if view is not None and view.visit.service_date != self.desk.today.date:
            # Nothing of an earlier day is timed live: its times are typed.
            self.desk.show("edit-times")
