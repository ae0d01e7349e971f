"""The cards of the visit that is looked at, and its timeline: where the day is spent."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ptimer.billing.codebook import NOT_BILLABLE, REST
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.add_card import AddCard
from ptimer.gui.today.edge_moves import EdgeMoves
from ptimer.gui.today.slim_card import SlimCard
from ptimer.gui.today.stopwatch_card import StopwatchCard
from ptimer.gui.today.timeline_box import TimelineBox
from ptimer.gui.today.treats_choice import TreatsChoice
from ptimer.gui.today.visit_header import VisitHeader
from ptimer.operations.cards import Card, can_supervise
from ptimer.operations.teams import Treats
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.marks.mark_panel import MarkPanel
    from ptimer.gui.plan.plan_box import PlanBox
    from ptimer.gui.today.late_start import LateStart

_KEYS = "123456789"
_COLUMNS = 3
_WIDE_COLUMN = 330
_NARROW = 560


class StopwatchScreen(QWidget):
    """The centre of the window while patients are treated."""

    def __init__(self, look: Look, desk: Desk, times: Times, parent: QWidget | None = None) -> None:
        """Make the screen; it shows nothing before `show_visit`."""
        super().__init__(parent)
        self.look = look
        self.desk = desk
        self._times = times
        self.header = VisitHeader(look, times)
        self.cards: list[StopwatchCard] = []
        self.add_card = AddCard(look, desk)
        self.rest = SlimCard(look, self.tr("Rest"), "rest", "R", REST)
        self.not_billable = SlimCard(look, self.tr("Not billable"), "forbidden", "N", NOT_BILLABLE)
        self.earlier = SlimCard(look, self.tr("Earlier"), "left", "B")
        self.late_start: LateStart | None = None
        self.supervision = SlimCard(look, self.tr("Supervision level"), "person", "S")
        self.treats = TreatsChoice(look)
        self.time_box = TimelineBox(look, times)
        self.timeline = self.time_box.timeline
        self.moves = EdgeMoves(self.time_box, desk, times)
        self._content = QWidget()
        self.mark_panel: MarkPanel | None = None
        self.plan: PlanBox | None = None
        self._grid = QGridLayout()
        self._columns = _COLUMNS
        self._visit_id = ""
        self._arrange()
        self._connect()

    def show_visit(self, view: VisitView, now: Instant) -> None:
        """Repaint from a visit at a moment."""
        if view.visit.id != self._visit_id:
            self._visit_id = view.visit.id
            self.close_typed()
        self.header.show_view(view)
        self._show_cards(self.desk.cards(), now)
        for slim, code in ((self.rest, REST), (self.not_billable, NOT_BILLABLE)):
            slim.show_card(self.desk.card(code), now)
        self.supervision.setVisible(can_supervise(view, self.desk.who))
        self.earlier.setVisible(bool(_sure(view)))
        self._show_team(view)
        if self.late_start is not None:
            self.late_start.show_view(view)
        self.moves.show_view(view)
        if self.plan is not None and self.plan_open:
            self.plan.show_view(view)

    def show_time(self, view: VisitView, now: Instant) -> None:
        """Repaint what a second changes."""
        for card in self.cards:
            if card.isVisible():
                card.show_time(now)
        self.rest.show_time(now)
        self.not_billable.show_time(now)
        self.timeline.show_now(view, now)

    def close_typed(self) -> bool:
        """Close what is open, one thing at a time; return whether there was one."""
        marks = self.mark_panel
        if marks is not None and marks.isVisible():
            marks.dismiss()
            return True
        late = self.late_start
        if late is not None and late.isVisibleTo(self):
            late.close_form()
            return True
        return self.moves.give_up() or self.add_card.close_search()

    def open_late_start(self, code: str = "") -> None:
        """Ask when what runs began: a code, or else what started last in the visit."""
        view = self.desk.view
        running = [s for s in _sure(view) if code in ("", s.code)] if view is not None else []
        if not running:
            return
        if self.late_start is None:
            from ptimer.gui.today.late_start import LateStart

            self.late_start = LateStart(self.look, self.desk, self._times)
            self._column.insertWidget(self._column.indexOf(self.time_box), self.late_start)
        self.late_start.open(running[-1])

    def _show_team(self, view: VisitView) -> None:
        team = self.desk.team() if not view.visit.signed else None
        treats = team.treats(self.desk.who) if team is not None else Treats.THERAPIST
        self.treats.show_team(team, treats)

    def _treat(self, treats: Treats) -> None:
        """Let someone else treat; where that is refused the choice goes back."""
        team = self.treats.team
        if team is not None and not self.desk.treat(team, treats):
            self.treats.show_team(team, team.treats(self.desk.who))

    def press_key(self, number: int) -> bool:
        """Press the card of a digit; return whether there is one."""
        if number > len(self._shown()):
            return False
        self.cards[number - 1].click()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width of a large screen for more columns."""
        super().resizeEvent(event)
        columns = self._columns_that_fit()
        if columns != self._columns:
            self._columns = columns
            self._place_cards()

    def _columns_that_fit(self) -> int:
        width = self.width()
        if width < self.look.px(_NARROW):
            return _COLUMNS - 1
        return max(_COLUMNS, width // self.look.px(_WIDE_COLUMN))

    def _shown(self) -> list[StopwatchCard]:
        return [card for card in self.cards if not card.isHidden()]

    def _show_cards(self, shown: list[Card], now: Instant) -> None:
        before = len(self._shown())
        while len(self.cards) < len(shown):
            place = len(self.cards)
            # In its place from the first: a card that is moved there is hidden for a moment.
            key = _KEYS[place] if place < len(_KEYS) else ""
            card = StopwatchCard(self.look, key, self._content)
            card.pressed_for.connect(self.desk.press)
            card.earlier_wanted.connect(self.open_late_start)
            self.cards.append(card)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(shown))
            if place < len(shown):
                card.show_card(shown[place], now)
        if len(shown) != before:
            self._place_cards()

    def _place_cards(self) -> None:
        for place, widget in enumerate([*self._shown(), self.add_card]):
            self._grid.addWidget(widget, place // self._columns, place % self._columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < self._columns))

    def _arrange(self) -> None:
        look = self.look
        self._grid.setSpacing(look.px(4))
        slim = FlowLayout(gap=look.px(4), line_gap=look.px(4))
        self.earlier.setToolTip(self.tr("What runs began earlier than it was pressed (B)"))
        self.earlier.setAccessibleName(self.tr("What runs began earlier"))
        for card in (self.rest, self.not_billable, self.supervision, self.earlier, self.treats):
            slim.addWidget(card)
        words = self.tr("Nothing timed yet. The first press on a code starts the visit.")
        self.time_box.empty.say(words)
        column = self._column = QVBoxLayout(self._content)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(6))
        column.addWidget(self.header)
        column.addLayout(self._grid, 1)
        column.addLayout(slim)
        column.addSpacing(look.px(4))
        column.addWidget(self.time_box)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(look, self._content)
        outer.addWidget(self._area)

    def _connect(self) -> None:
        desk = self.desk
        self.rest.pressed_for.connect(desk.press)
        self.not_billable.pressed_for.connect(desk.press)
        self.supervision.pressed_for.connect(desk.supervise)
        self.earlier.pressed_for.connect(self.open_late_start)
        self.treats.chosen.connect(self._treat)
        self.header.mark_wanted.connect(self.open_mark)
        self.header.plan_wanted.connect(self.toggle_plan)
        self.header.arrived.connect(desk.arrive)
        self.header.departed.connect(desk.depart)
        self.header.edit_wanted.connect(lambda: desk.show("edit-times"))
        self.header.sign_wanted.connect(lambda: desk.show("sign"))
        self.header.amend_wanted.connect(lambda: desk.show("sign"))
        self.timeline.segment_wanted.connect(desk.segment_wanted)

    @property
    def plan_open(self) -> bool:
        """Whether the plan stands in the place of the timeline."""
        return self.plan is not None and not self.plan.isHidden()

    def toggle_plan(self) -> None:
        """Show the plan in the place of the timeline, or put it away; made when first wanted."""
        if self.plan is None:
            from ptimer.gui.plan.plan_box import PlanBox

            self.plan = PlanBox(self.look, self.desk, self._content)
            self.plan.hide()
            self._column.insertWidget(self._column.indexOf(self.time_box), self.plan)
        shown = self.plan.isHidden()
        leave_to_window(self.plan)
        view = self.desk.view
        if shown and view is not None:
            self.plan.show_view(view.at(self.desk.now()))
        self.plan.setVisible(shown)
        self.time_box.setVisible(not shown)
        self.header.plan.setChecked(shown)
        if shown:
            # Once the layout has made room for it.
            plan = self.plan
            QTimer.singleShot(0, plan, lambda: self._area.ensureWidgetVisible(plan))

    def open_mark(self) -> None:
        """Drop the panel in which the visit is marked; made, and imported, when first wanted."""
        if not self.header.mark.isEnabled():
            return
        if self.mark_panel is None:
            from ptimer.gui.marks.mark_panel import MarkPanel

            self.mark_panel = MarkPanel(self.look, self.desk, self._times)
        self.mark_panel.open_below(self.header.mark)


def _sure(view: VisitView) -> list[Segment]:
    """Return what runs in a visit and is not in doubt."""
    return [each for each in view.record.running if each.id not in view.record.doubts]
