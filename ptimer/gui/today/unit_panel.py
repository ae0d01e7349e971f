"""The unit panel on the right: how many units the minutes allow, live, and why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.seen import let_be_seen
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.today import unit_words
from ptimer.gui.today.big_units import BigUnits
from ptimer.gui.today.next_words import next_lines
from ptimer.gui.today.unit_scale import ScaleState, UnitScale
from ptimer.gui.today.unit_table import UnitTable
from ptimer.operations.in_clinic import in_clinic
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.today.clinic_line import ClinicLine
    from ptimer.gui.today.group_members import GroupMembers
    from ptimer.gui.today.rules_beside import RulesBeside
    from ptimer.gui.today.running_elsewhere import RunningElsewhere
    from ptimer.gui.today.tie_choice import TieChoice

_MOST_SCALES = 6


class UnitPanel(QWidget):
    """What the minutes of the visit that is looked at may be billed as.

    Signals:
        choice_made(units): a person settled a tie; units by code.
        stop_wanted(segment_id): a person stops what runs in another visit.
        visit_wanted(visit_id): a person goes to the visit in which something runs.
        leave_wanted(segment_id): one patient leaves a group that goes on.
        note_wanted(): a person wants the visit's note text on the clipboard.
        why_wanted(): a person asks why each unit and modifier is there.
    """

    choice_made = Signal(object)
    stop_wanted = Signal(str)
    visit_wanted = Signal(str)
    leave_wanted = Signal(str)
    note_wanted = Signal()
    why_wanted = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty panel."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.big = BigUnits(look)
        self.scale = UnitScale(look)
        self.scales: list[UnitScale] = []
        self.next_unit = Note(look, "info")
        self.table = UnitTable(look)
        self.planned = Note(look, "plain")
        self.tie: TieChoice | None = None
        self.warning = Note(look, "warn")
        self.within = Label(look, pixels=12, color="mute", wrap=True)
        self.why_title = heading(look, "")
        self.why = Label(look, pixels=13, color="mute", wrap=True)
        self.copy_note = Button(look, self.tr("Copy note text"), kind="small")
        self.copy_note.setToolTip(self.tr("For your practice system (Ctrl+Shift+C)"))
        self.copy_note.clicked.connect(self.note_wanted)
        self.ask = Button(look, self.tr("Why?"), kind="small")
        self.ask.setAccessibleName(self.tr("Why these units and modifiers"))
        self.ask.setToolTip(self.tr("Every unit and modifier, with rule and source (W)"))
        self.ask.clicked.connect(self.why_wanted)
        self.compare = Button(look, self.tr("CMS beside midpoint"), kind="small")
        self.compare.setCheckable(True)
        self.compare.clicked.connect(self._compare)
        self.beside: RulesBeside | None = None
        self.clinic_line: ClinicLine | None = None
        self._view: VisitView | None = None
        self.running: RunningElsewhere | None = None
        self.group: GroupMembers | None = None
        self._column = QVBoxLayout(self)
        self._arrange()

    def show_view(self, view: VisitView | None, today: Today) -> None:
        """Repaint from a visit at a moment; None is no visit yet."""
        now = view.now if view is not None else today.now
        others = [s for s in today.running if view is None or s.visit_id != view.visit.id]
        self._show_running(others, now)
        self._show_group(view, today)
        self._show_plan(view)
        self._view = view
        anything = view is not None and bool(view.record.segments)
        self.copy_note.setVisible(anything)
        self.compare.setVisible(anything)
        self.ask.setVisible(anything)
        self._show_beside()
        if view is None:
            self._show_nothing()
        elif view.in_doubt:
            self._show_doubt(view)
        else:
            self._show_units(view)

    def show_times(self, now: Instant) -> None:
        """Repaint what runs in other visits."""
        if self.running is not None:
            self.running.show_times(now)

    def _arrange(self) -> None:
        look = self.look
        column = self._column
        column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(heading(look, self.tr("Allowable units now")))
        column.addWidget(self.big)
        column.addWidget(self.scale)
        for widget in (self.next_unit, self.table, self.planned, self.warning, self.within):
            column.addWidget(widget)
        column.addSpacing(look.px(8))
        column.addWidget(self.why_title)
        column.addWidget(self.why)
        presses = FlowLayout()
        for button in (self.ask, self.compare, self.copy_note):
            presses.addWidget(button)
        column.addLayout(presses)
        column.addStretch()

    def _hide_counted(self) -> None:
        """Hide what stands only where units are counted."""
        self.next_unit.say("")
        self.table.show_rows(())
        if self.tie is not None:
            self.tie.hide()
        self.within.hide()
        if self.clinic_line is not None:
            self.clinic_line.hide()

    def _show_nothing(self) -> None:
        self.big.show_units("0", "", self.tr("units"), self.tr("nothing timed yet"))
        self._show_scales(ScaleState(0), ())
        self._hide_counted()
        self.warning.say("")
        self._explain(
            "",
            self.tr(
                "Once a stopwatch runs, this panel says each second how many units its minutes "
                "allow, what the next one takes, and why."
            ),
        )

    def _show_doubt(self, view: VisitView) -> None:
        first = next(s for s in view.record.segments if s.id in view.record.doubts)
        doubt = view.record.doubts[first.id].doubt
        sure = view.sure
        self.big.show_units(
            "?",
            "",
            self.tr("waits for your answer"),
            self.tr("{0} min sure · {1} in doubt").format(sure.timed_minutes, first.code),
        )
        unsure = max(view.timed_minutes - sure.timed_minutes, 0)
        self._show_scales(ScaleState(sure.timed_minutes, unsure), ())
        self._hide_counted()
        self.warning.say(
            self.tr(
                "{0} of {1} is in doubt after {2}. Units are counted when you have answered."
            ).format(first.code, first.patient, self._times.time(doubt.sure_until, seconds=True))
        )
        self._explain("", "")

    def _show_units(self, view: VisitView) -> None:
        reckoning = view.reckoning
        timed, untimed = reckoning.timed_units, reckoning.untimed_units
        self.big.show_units(
            str(timed),
            str(untimed) if untimed else "",
            self.tr("unit") if timed + untimed == 1 else self.tr("units"),
            unit_words.minutes_line(view),
        )
        self._show_scales(unit_words.pooled_scale(view), unit_words.scales_of(view))
        self.next_unit.say("" if view.visit.signed else "\n".join(next_lines(view)))
        self.table.show_rows(tuple(unit_words.row_of(line) for line in reckoning.lines))
        self._show_tie(view)
        self.warning.say("\n".join(texts.words(w.text) for w in view.warnings))
        self._show_within(view)
        self._explain(unit_words.why_title(view), unit_words.why(view))

    def _show_scales(self, one: ScaleState, several: Sequence[ScaleState]) -> None:
        self.scale.setVisible(not several)
        self.scale.show_state(one)
        while len(self.scales) < min(len(several), _MOST_SCALES):
            scale = UnitScale(self.look, small=True)
            self._column.insertWidget(self._column.indexOf(self.next_unit), scale)
            self.scales.append(scale)
        for place, scale in enumerate(self.scales):
            scale.setVisible(place < len(several))
            if place < len(several):
                scale.show_state(several[place])

    def _show_plan(self, view: VisitView | None) -> None:
        """Show what the plan would earn, apart from what is earned."""
        self.planned.say(*(unit_words.planned_words(view) if view is not None else ("",)))

    def _show_tie(self, view: VisitView) -> None:
        """Show the ways that a tie leaves open; most visits have none."""
        if view.reckoning.count_of_choices == 1 and self.tie is None:
            return
        if self.tie is None:
            from ptimer.gui.today.tie_choice import TieChoice

            self.tie = TieChoice(self.look)
            self._column.insertWidget(self._column.indexOf(self.warning), self.tie)
            self.tie.choice_made.connect(self.choice_made)
        self.tie.show_view(view)

    def _show_group(self, view: VisitView | None, today: Today) -> None:
        """Show who else is in the visit's group, where a group runs at all."""
        if self.group is None:
            if not any(segment.group_id for segment in today.running):
                return
            from ptimer.gui.today.group_members import GroupMembers

            self.group = GroupMembers(self.look)
            self._column.insertWidget(self._column.indexOf(self.table), self.group)
            self.group.leave_wanted.connect(self.leave_wanted)
        self.group.show_group(view, today)

    def _show_running(self, others: Sequence[Segment], now: Instant) -> None:
        """Show what runs in other visits; most often nothing does."""
        if not others and self.running is None:
            return
        if self.running is None:
            from ptimer.gui.today.running_elsewhere import RunningElsewhere

            self.running = RunningElsewhere(self.look)
            self._column.insertWidget(self._column.count() - 1, self.running)
            self.running.stop_wanted.connect(self.stop_wanted)
            self.running.visit_wanted.connect(self.visit_wanted)
        self.running.show_segments(list(others), now, self._times)

    def _show_within(self, view: VisitView) -> None:
        """Show timed ≤ treated ≤ in the clinic, once the patient's arrival is known."""
        inside = view.minutes_in_clinic
        self.within.setVisible(inside is not None)
        line = self._line_of(view)
        if inside is None or line is None:
            return
        self.within.say(
            "\n".join(filter(None, (unit_words.within_words(view, inside), line.words())))
        )
        line.setAccessibleName(self.within.text())
        wrong = not view.timed_minutes <= view.total_minutes <= inside
        self.within.set_color("bad" if wrong else "mute")

    def _line_of(self, view: VisitView) -> "ClinicLine | None":
        """Show what was done from the arrival on; made once a patient's arrival is noted."""
        time = in_clinic(view)
        if time is not None and self.clinic_line is None:
            from ptimer.gui.today.clinic_line import ClinicLine

            self.clinic_line = ClinicLine(self.look)
            self._column.insertWidget(self._column.indexOf(self.within), self.clinic_line)
        if self.clinic_line is not None:
            self.clinic_line.setVisible(time is not None)
            if time is not None:
                self.clinic_line.show_time(time)
        return self.clinic_line

    def _compare(self) -> None:
        self._show_beside()
        if self.beside is not None and self.compare.isChecked():
            let_be_seen(self.beside, self.look.px(12))

    def _show_beside(self) -> None:
        """Show the units by both rules, as long as that is wanted and none is in doubt."""
        view = self._view
        wanted = self.compare.isChecked() and view is not None and bool(view.record.segments)
        if wanted and self.beside is None:
            from ptimer.gui.today.rules_beside import RulesBeside

            self.beside = RulesBeside(self.look)
            self._column.insertWidget(self._column.indexOf(self.why) + 1, self.beside)
        if self.beside is not None:
            self.beside.setVisible(wanted and view is not None and not view.in_doubt)
            if view is not None and not self.beside.isHidden():
                self.beside.show_view(view)

    def _explain(self, title: str, text: str) -> None:
        self.why_title.say(title.upper())
        self.why_title.setVisible(bool(title))
        self.why.say(text)
        self.why.setVisible(bool(text))
