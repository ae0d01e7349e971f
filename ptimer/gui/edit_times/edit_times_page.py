"""How do the parts of the screen "Edit times" stand below each other?"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.edit_times.add_time import AddTime
from ptimer.gui.edit_times.changes_list import ChangesList
from ptimer.gui.edit_times.in_clinic_editor import InClinicEditor
from ptimer.gui.edit_times.payer_editor import PayerEditor
from ptimer.gui.edit_times.segment_editor import SegmentEditor
from ptimer.gui.edit_times.segment_lines import lines_of
from ptimer.gui.edit_times.segment_table import SegmentTable
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.today.timeline_box import TimelineBox
from ptimer.operations.history_teller import ChangeTold
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import day_start


class EditTimesPage(QWidget):
    """All that stands in the centre; it shows, and the screen listens to its parts.

    Signals:
        back_wanted(): a person goes back to the stopwatches.
        close_wanted(): Escape was pressed while something is being edited.
    """

    back_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make the parts; `show_view` fills them."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.patient = Label(look, pixels=20, weight=BOLD)
        self.patient.setMinimumWidth(1)  # a wide id must not widen the page
        self.about = Label(look, color="mute")
        self.back = Button(look, self.tr("Back to the stopwatches"), icon="left")
        self.in_clinic = Label(look, pixels=13)
        self.change_in_clinic = Button(look, self.tr("Change in/out…"), kind="small")
        self.payer = Label(look, pixels=13)
        self.change_payer = Button(look, self.tr("Change payer…"), kind="small")
        self.in_clinic_editor = InClinicEditor(look, times)
        self.payer_editor = PayerEditor(look)
        self.signed = Note(look, "warn")
        self.amend = Button(look, self.tr("Amend…"))
        self.editor = SegmentEditor(look, times)
        self.table = SegmentTable(look, self.editor)
        self.empty = Label(look, color="mute", wrap=True)
        self.add = Button(look, self.tr("Add a time"), icon="plus")
        self.kept = Label(look, pixels=13, color="mute", wrap=True)
        self.add_time = AddTime(look, times)
        self.time_box = TimelineBox(look, times)
        self.timeline = self.time_box.timeline
        self.unchanged = Label(look, pixels=13, color="mute", wrap=True)
        self.changes = ChangesList(look, times)
        self.usual = Button(look, "", kind="quiet")
        self.versions = Button(look, self.tr("What was signed, side by side"), kind="quiet")
        # A press with the mouse leaves the keyboard here, so that Escape closes what is open.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._editors = (self.editor, self.add_time, self.in_clinic_editor, self.payer_editor)
        self._arrange()
        self.back.clicked.connect(self.back_wanted)
        self.table.area_reached.connect(self._let_be_seen)

    @property
    def editing(self) -> bool:
        """Whether something is open."""
        return any(not editor.isHidden() for editor in self._editors)

    def show_view(self, view: VisitView) -> None:
        """Repaint from a visit at a moment; what is open stays open."""
        visit = view.visit
        self.patient.say(texts.short(visit.patient, 20))
        self.patient.setToolTip(plain_tip(visit.patient))
        day = self._times.date(day_start(visit.service_date, view.zone))
        self.about.say(self.tr("Edit times · {0} · {1}").format(visit.discipline, day))
        self._show_facts(view)
        self.table.show_lines(lines_of(view, self._times), can_edit=not visit.signed)
        anything = bool(view.record.segments)
        self.table.setVisible(anything)
        self.empty.setVisible(not anything)
        self.time_box.setVisible(anything)

    def show_changes(self, changes: Sequence[ChangeTold], view: VisitView) -> None:
        """Show what was changed so far, or that nothing was."""
        self.changes.show_changes(changes, view)
        self.changes.setVisible(bool(changes))
        self.unchanged.setVisible(not changes)

    def show_time(self, view: VisitView, now: Instant) -> None:
        """Repaint what a second changes."""
        if view.record.running:
            lines = lines_of(view.at(now), self._times)
            self.table.list.segments.show_lines(lines)
            self.time_box.show_now(view, now)
            if self.table.open_line is not None:
                self.editor.show_time(self.table.open_line, now)

    def close_editors(self) -> None:
        """Close whatever is open; the keyboard goes to the rows, where Space goes on to stop."""
        focused = QApplication.focusWidget()
        inside = focused is not None and any(
            editor is focused or editor.isAncestorOf(focused) for editor in self._editors
        )
        self.table.close_row()
        self.show_add(False)
        self.in_clinic_editor.hide()
        self.payer_editor.hide()
        self.time_box.tell("")
        if inside:
            (self.table.list if self.table.isVisible() else self).setFocus()

    def show_opened(self) -> None:
        """Let the open row be seen."""
        self._let_be_seen(self.table.open_area())

    def show_add(self, shown: bool) -> None:
        """Show the form for another time in place of the press that opens it."""
        self.add_time.setVisible(shown)
        self._add_row.setVisible(not shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close what is open; else it is the window's."""
        if event.key() == Qt.Key.Key_Escape and self.editing:
            self.close_wanted.emit()
        else:
            event.ignore()

    # -- inside --------------------------------------------------------------------------------

    def _show_facts(self, view: VisitView) -> None:
        visit = view.visit
        came, left = (
            self.tr("not noted") if time is None else self._times.clock(time)
            for time in (visit.arrived_at, visit.departed_at)
        )
        self.in_clinic.say(self.tr("Arrived {0} · left {1}").format(came, left))
        self.payer.say(self.tr("Payer: {0}").format(texts.short(visit.payer, 40)))
        signed = visit.signed
        for button in (self.change_in_clinic, self.change_payer, self.add):
            button.setVisible(not signed)
        self._signed_row.setVisible(signed)
        self.signed.say(
            self.tr("Signed: amend it first. Until then its times can only be looked at.")
            if signed
            else ""
        )

    def _let_be_seen(self, area: QRect) -> None:
        bottom = self.table.mapTo(self._content, area.bottomLeft())
        top = self.table.mapTo(self._content, area.topLeft())
        self._area.ensureVisible(0, bottom.y(), 0, self.look.px(12))
        self._area.ensureVisible(0, top.y(), 0, self.look.px(12))

    def _arrange(self) -> None:
        look = self.look
        self.empty.say(self.tr("Nothing timed yet. A time that was not pressed can be added."))
        self.unchanged.say(self.tr("Nothing was changed after it was pressed."))
        self.kept.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.kept.say(self.tr("Nothing is deleted: the old row stays in the audit log, voided."))
        for widget in (self.add_time, self.in_clinic_editor, self.payer_editor):
            widget.hide()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(8))
        for part in (self._head(), self._facts(), self.in_clinic_editor, self.payer_editor):
            column.addWidget(part)
        self._signed_row = self._row(self.signed, self.amend)
        self._add_row = self._row(self.add, self.kept)
        for part in (self._signed_row, self.table, self.empty, self._add_row, self.add_time):
            column.addWidget(part)
        column.addWidget(self.time_box)
        column.addWidget(self._changes_box())
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(look, self._content)
        outer.addWidget(self._area)

    def _row(self, *widgets: QWidget) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=self.look.px(6))
        for widget in widgets:
            flow.addWidget(widget)
        return row

    def _head(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=self.look.px(8))
        flow.addWidget(self.patient)
        flow.addWidget(self.about)
        flow.add_stretch()
        flow.addWidget(self.back)
        return row

    def _facts(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=self.look.px(2))
        facts = ((self.in_clinic, self.change_in_clinic), (self.payer, self.change_payer))
        for label, button in facts:
            flow.addWidget(label)
            flow.addWidget(button)
            flow.addItem(QSpacerItem(self.look.px(8), 0))
        self.change_in_clinic.setAccessibleName(self.tr("Change arrival and departure"))
        return row

    def _changes_box(self) -> QWidget:
        remark = Label(self.look, pixels=12, color="mute")
        remark.say(self.tr("who, when, before, after, why"))
        title = heading(self.look, self.tr("Changes so far"))
        box = self._box(title, remark, self.changes)
        layout = box.layout()
        if layout is not None:
            layout.addWidget(self.unchanged)
            layout.addWidget(self._row(self.usual))
            layout.addWidget(self._row(self.versions))
        return box

    def _box(self, title: QWidget, remark: QWidget, inside: QWidget) -> QWidget:
        look = self.look
        box = Box(look)
        head = FlowLayout(gap=look.px(8))
        head.addWidget(title)
        head.add_stretch()
        head.addWidget(remark)
        column = QVBoxLayout(box)
        column.setContentsMargins(look.px(14), look.px(12), look.px(14), look.px(10))
        column.addLayout(head)
        column.addWidget(inside)
        return box
