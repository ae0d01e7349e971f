"""An edge of the timeline is dragged: what it says on the way, and what it leaves in the record."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ptimer.gui.today.timeline_grips import END, START, box_of
from ptimer.operations import corrections, history, rehearsing, snapshots
from ptimer.timing.clock import MINUTE
from ptimer.timing.service_date import clock_text

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Dragging:
    """Takes hold of edges on a timeline, and reads what is said of it."""

    def __init__(self, hands, box):
        self.hands = hands
        self.qtbot = hands.qtbot
        self.desk = hands.desk
        self.box = box
        self.line = box.timeline

    def piece(self, code):
        return next(p for lane in self.line.lanes for p in lane.pieces if p.segment.code == code)

    def edge(self, code, edge):
        """Where an edge is drawn."""
        for place, lane in enumerate(self.line.lanes):
            for piece in lane.pieces:
                if piece.segment.code == code:
                    box = box_of(self.line.look, self.line.scale, place, piece)
                    x = box.left() if edge == START else box.right()
                    return QPointF(x, box.center().y())
        raise LookupError(code)

    def drag(self, code, edge, minutes, *, modifier=NONE, seconds=0):
        """Take hold of an edge and move it by so many minutes, without letting go."""
        start = self.edge(code, edge).toPoint()
        scale = self.line.scale
        moment = scale.instant(start.x()) + minutes * MINUTE + seconds * 1000
        end = QPoint(round(scale.x(moment)), start.y())
        self.qtbot.mousePress(self.line, LEFT, NONE, start)
        for share in (0.5, 1.0):
            there = start + QPoint(round((end - start).x() * share), 0)
            self._move(there, modifier)
        return end

    def drop(self, where):
        self.qtbot.mouseRelease(self.line, LEFT, NONE, where)

    def drag_and_drop(self, code, edge, minutes, **more):
        self.drop(self.drag(code, edge, minutes, **more))

    def _move(self, where, modifier):
        there = QPointF(where)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            there,
            QPointF(self.line.mapToGlobal(where)),
            LEFT,
            LEFT,
            modifier,
        )
        QApplication.sendEvent(self.line, event)

    def wheel(self, x, notches, modifier):
        where = QPointF(x, 10)
        turned = QPoint(0, notches * 120)
        event = QWheelEvent(
            where,
            QPointF(self.line.mapToGlobal(where.toPoint())),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.line, event)
        return event.isAccepted()

    def say_why(self, text="pressed late"):
        """Type a reason where the keyboard is, and Enter."""
        self.hands.type(text)
        self.hands.key(Qt.Key.Key_Return)

    @property
    def said(self):
        return self.box.hint.text()

    def times(self):
        """What the record holds: code, start, end."""
        zone = self.desk.clinic.clock.zone
        view = snapshots.visit(self.desk.clinic, self.desk.visit_id)
        return {
            s.code: (clock_text(s.started_at, zone), s.ended_at and clock_text(s.ended_at, zone))
            for s in view.record.segments
        }


RECORDED = {
    "97110": ("09:43:02", "10:06:16"),
    "97165": ("10:06:16", "10:11:30"),
    "97112": ("10:12:00", None),
}


@pytest.fixture(params=["today", "edit-times"])
def dragging(request, morning):
    """A hand on the timeline of P-1042 at 10:36:07: among the stopwatches, and in Edit times."""
    if request.param == "today":
        return Dragging(morning, morning.stopwatches.time_box)
    morning.window.go("edit-times")
    return Dragging(morning, morning.window.body.screens["edit-times"].page.time_box)


@pytest.fixture
def here(morning):
    """A hand on the timeline among the stopwatches."""
    return Dragging(morning, morning.stopwatches.time_box)


# -- dragging ------------------------------------------------------------------------------------


def test_a_drag_says_the_new_time_the_length_and_the_units_it_would_give(dragging):
    dragging.drag("97110", END, -9)

    assert dragging.said == "97110 ends at 09:57, not 10:06:16 · 13 min · 3 + 1 → 2 + 1 units"
    assert dragging.piece("97110").text == "97110 · 23 → 13 min"
    assert dragging.times() == RECORDED, "nothing is recorded yet"


def test_a_drop_asks_for_the_reason_and_records_with_it(dragging):
    dragging.drag_and_drop("97110", END, -9)

    assert dragging.box.form.isVisible()
    assert dragging.box.form.reason.hasFocus()
    assert dragging.times() == RECORDED

    dragging.say_why("stopped late")
    assert dragging.times() == {**RECORDED, "97110": ("09:43:02", "09:57:00")}
    assert not dragging.box.form.isVisible()
    (change,) = [
        each
        for each in history.changes_of(dragging.desk.clinic, dragging.desk.visit_id)
        if each.reason == "stopped late"
    ]
    assert change.about == "97110"


def test_what_was_foretold_is_what_the_panel_says_then(here):
    here.drag("97110", END, -9)
    foretold = here.said
    here.drop(here.edge("97110", END).toPoint())
    here.say_why()

    assert foretold.endswith("→ 2 + 1 units")
    assert here.hands.panel.big.shown == "2 + 1"


def test_nothing_is_changed_without_a_reason(dragging):
    dragging.drag_and_drop("97110", END, -9)
    dragging.hands.key(Qt.Key.Key_Return)

    assert dragging.box.form.reason.wrong
    assert not dragging.box.form.save.isEnabled()
    assert dragging.times() == RECORDED


@pytest.mark.parametrize("when", ["while-dragging", "after-the-drop", "by-its-press"])
def test_escape_gives_up(dragging, when):
    where = dragging.drag("97110", END, -9)
    if when != "while-dragging":
        dragging.drop(where)
    if when == "by-its-press":
        dragging.hands.press(dragging.box.form.cancel)
    else:
        dragging.hands.key(Qt.Key.Key_Escape)
    dragging.drop(where)

    assert dragging.line.draft is None
    assert dragging.piece("97110").text == "97110 · 23 min"
    assert dragging.box.form is None or not dragging.box.form.isVisible()
    assert dragging.times() == RECORDED


def test_an_edge_that_is_back_where_it_was_asks_nothing(here):
    here.drag("97110", END, -9)
    start = here.edge("97110", END).toPoint()
    recorded = here.line.scale.x(here.piece("97110").segment.ended_at)
    here._move(QPoint(round(recorded), start.y()), NONE)
    here.drop(start)

    assert here.line.draft is None
    assert here.box.form is None


def test_an_edge_stops_at_whole_minutes_and_with_shift_at_seconds(here):
    here.drag("97112", START, 4)
    assert here.line.draft.at % MINUTE == 0
    here.hands.key(Qt.Key.Key_Escape)

    here.drag("97112", START, 4, seconds=20, modifier=SHIFT)
    assert here.line.draft.at % 1000 == 0
    assert "97112 starts at 10:16:" in here.said


def test_an_edge_goes_to_that_of_its_neighbour_by_itself(here):
    here.drag_and_drop("97112", START, 0, seconds=-28)
    here.say_why()

    assert here.times()["97112"] == ("10:11:30", None), "there is no gap of seconds left"


def test_the_end_of_what_runs_is_dragged_to_where_it_stopped(here):
    here.drag("97112", END, -10)
    assert here.said == "97112 stopped at 10:26 · 14 min · 3 + 1 → 2 + 1 units"
    here.drop(here.edge("97112", END).toPoint())
    here.say_why("forgot to stop")

    assert here.times()["97112"] == ("10:12:00", "10:26:00")
    assert here.hands.running() == []


def test_no_end_can_be_dragged_into_the_future(here):
    here.drag("97112", END, 6)

    assert here.line.draft is None or here.line.draft.at <= here.desk.now()


# -- conflicts -----------------------------------------------------------------------------------


def test_a_conflict_is_told_while_dragging_with_the_rule_in_words(dragging):
    dragging.drag("97165", START, -2)

    assert dragging.said.startswith("10:04 to 10:06 would be counted twice: An evaluation can't")
    assert dragging.line.draft.refused
    assert dragging.line.draft.twice is not None


def test_a_conflict_is_not_recorded_and_the_time_that_fits_is_one_press(dragging):
    dragging.drag_and_drop("97110", END, 4)
    form = dragging.box.form
    assert "Not saved: 10:10 would overlap 97165 10:06:16" in form.verdict.title.text()
    dragging.say_why()
    assert not form.save.isEnabled()
    assert dragging.times() == RECORDED

    dragging.hands.press(form.verdict.use)
    assert not form.verdict.isVisible()
    assert form.reason.text() == "pressed late", "what was typed is kept"
    assert dragging.line.draft.at == dragging.piece("97110").segment.ended_at // 1000 * 1000


def test_a_conflict_with_another_patients_time_is_told_too(hands):
    hands.new_visit("P-1", "O")
    hands.treat("97110", 10)
    hands.new_visit("P-2", "O")
    hands.treat("97112", 10)
    drag = Dragging(hands, hands.stopwatches.time_box)
    drag.line.setFocus()
    for _ in range(3):
        hands.key(Qt.Key.Key_Left, CTRL | SHIFT)

    assert drag.said.startswith("10:07 to 10:10 would be counted twice: 97110 of P-1 needs")
    hands.key(Qt.Key.Key_Return)
    hands.type("began earlier")
    assert not drag.box.form.save.isEnabled()


def test_a_signed_visit_cannot_be_dragged(morning):
    morning.press(morning.visit_card("P-0981"))
    drag = Dragging(morning, morning.stopwatches.time_box)
    before = drag.times()
    code = drag.line.lanes[0].pieces[0].segment.code
    drag.drag(code, END, -3)
    drag.line.setFocus()
    morning.key(Qt.Key.Key_Left, SHIFT)

    assert drag.line.draft is None
    assert drag.times() == before
    assert not drag.box.hint.isVisible()


# -- the cursor, and a press ---------------------------------------------------------------------


def test_the_cursor_says_what_a_press_takes_hold_of(here):
    shapes = {}
    middle = (here.edge("97112", START) + here.edge("97112", END)) / 2
    beyond = QPointF(here.line.width() - 3, middle.y())
    for name, where in (
        ("edge", here.edge("97112", START)),
        ("piece", middle),
        ("beyond", beyond),
    ):
        here.qtbot.mouseMove(here.line, where.toPoint())
        shapes[name] = here.line.cursor().shape()

    assert shapes == {
        "edge": Qt.CursorShape.SizeHorCursor,
        "piece": Qt.CursorShape.PointingHandCursor,
        "beyond": Qt.CursorShape.ArrowCursor,
    }


def test_a_press_on_an_edge_that_moves_nothing_opens_the_time(here):
    here.qtbot.mouseClick(here.line, LEFT, NONE, here.edge("97112", START).toPoint())

    assert here.hands.window.body.name == "edit-times"


# -- the keyboard --------------------------------------------------------------------------------


def test_everything_a_drag_does_is_done_with_the_keyboard(dragging):
    hands = dragging.hands
    dragging.line.setFocus()
    hands.key(Qt.Key.Key_Left)
    hands.key(Qt.Key.Key_Left)
    assert dragging.line.chosen.segment.code == "97110"
    for _ in range(10):
        hands.key(Qt.Key.Key_Left, SHIFT)
    assert dragging.said == "97110 ends at 09:57, not 10:06:16 · 13 min · 3 + 1 → 2 + 1 units"
    assert dragging.line.accessibleName() == (
        "Timeline: 97110 · 23 → 13 min, 09:43 – 09:57. "  # noqa: RUF001
        "97110 ends at 09:57, not 10:06:16 · 13 min · 3 + 1 → 2 + 1 units"
    )
    hands.key(Qt.Key.Key_Right, SHIFT)
    hands.key(Qt.Key.Key_Return)
    dragging.say_why()

    assert dragging.times()["97110"] == ("09:43:02", "09:58:00")
    assert dragging.line.hasFocus()
    assert dragging.line.chosen.segment.code == "97110", "one can go on from there"


def test_ctrl_and_shift_move_the_start_and_escape_gives_up(here):
    here.line.setFocus()
    here.hands.key(Qt.Key.Key_Right, CTRL | SHIFT)
    assert "97112 starts at 10:13, not 10:12" in here.said
    here.hands.key(Qt.Key.Key_Escape)

    assert here.line.draft is None
    assert here.line.hasFocus()
    assert here.times() == RECORDED


def test_another_visit_or_screen_forgets_a_moved_edge(here):
    here.drag_and_drop("97110", END, -9)
    here.hands.press(here.hands.visit_card("P-1150"))
    assert here.line.draft is None

    here.hands.press(here.hands.visit_card("P-1042"))
    assert here.piece("97110").text == "97110 · 23 min"
    here.drag_and_drop("97110", END, -9)
    here.hands.window.go("day-summary")
    here.hands.window.go("today")
    assert here.line.draft is None
    assert not here.box.form.isVisible()
    assert here.times() == RECORDED


def test_a_time_that_was_voided_elsewhere_meanwhile_is_told(here):
    here.drag_and_drop("97110", END, -9)
    corrections.void(here.desk.clinic, here.piece("97110").segment.id, "twice")
    here.desk.refresh()

    assert here.line.draft is None
    assert not here.box.form.isVisible()
    assert "changed or voided meanwhile" in here.hands.window.bar.text.text()


def test_a_minute_that_passes_while_an_edge_is_moved_leaves_it_there(here):
    here.drag_and_drop("97110", END, -9)
    here.hands.type("stopped")
    here.hands.pass_minutes(2)

    assert here.line.draft.at == here.piece("97110").end
    assert here.box.form.reason.text() == "stopped"
    here.say_why(" late")
    assert here.times()["97110"] == ("09:43:02", "09:57:00")


# -- zoom ----------------------------------------------------------------------------------------


def test_ctrl_and_the_wheel_zoom_about_the_mouse(here):
    edge = here.edge("97112", START)
    before = here.line.span
    assert here.wheel(edge.x(), 3, CTRL)

    assert here.line.span.length < before.length
    assert here.edge("97112", START).x() == pytest.approx(edge.x(), abs=1)
    assert not here.wheel(edge.x(), 1, NONE), "without Ctrl the page scrolls"


def test_presses_zoom_and_show_all_again(here):
    whole = here.line.span
    assert not here.box.all.isVisible()
    here.hands.press(here.box.larger)
    assert here.line.span.length < whole.length
    here.hands.press(here.box.smaller)
    assert here.line.span == whole
    here.hands.press(here.box.larger)
    here.hands.press(here.box.all)
    assert here.line.span == whole
    assert not here.box.bar.isVisible()


def test_keys_zoom_and_the_chosen_piece_is_scrolled_to(here):
    here.line.setFocus()
    for _ in range(4):
        here.hands.key(Qt.Key.Key_Plus, CTRL)
    assert here.line.span.start > here.piece("97110").start
    here.hands.key(Qt.Key.Key_Left)
    here.hands.key(Qt.Key.Key_Left)
    assert here.line.span.start <= here.piece("97110").start <= here.line.span.end
    start = here.line.span.start
    here.hands.key(Qt.Key.Key_PageDown)
    assert here.line.span.start > start
    here.hands.key(Qt.Key.Key_Minus, CTRL)
    here.hands.key(Qt.Key.Key_0, CTRL)
    assert not here.line.is_zoomed


def test_what_is_drawn_larger_is_scrolled_by_bar_by_wheel_and_by_hand(here):
    for _ in range(3):
        here.hands.press(here.box.larger)
    start = here.line.span.start
    here.box.bar.setValue(0)
    assert here.line.span.start == here.line.whole.start
    here.wheel(200, -2, SHIFT)
    assert here.line.span.start > here.line.whole.start
    ground = QPoint(here.line.width() - 4, here.line.height() - 4)
    before = here.line.span.start
    here.qtbot.mousePress(here.line, LEFT, NONE, ground)
    here._move(ground - QPoint(40, 0), NONE)
    here.drop(ground - QPoint(40, 0))
    assert here.line.span.start > before
    assert start != before


def test_zoomed_a_drag_is_as_exact_as_the_minute(here):
    here.line.setFocus()
    for _ in range(5):
        here.hands.key(Qt.Key.Key_Plus, CTRL)
    here.hands.key(Qt.Key.Key_Left)
    here.drag("97165", END, -1)

    assert "97165 ends at 10:10, not 10:11:30" in here.said


def test_the_zoom_is_one_visits(here):
    here.hands.press(here.box.larger)
    here.hands.press(here.hands.visit_card("P-0981"))

    assert not here.line.is_zoomed


# -- any drag ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["97110", "97165", "97112"])
@pytest.mark.parametrize("edge", [START, END])
@pytest.mark.parametrize("minutes", [-25, -7, -1, 1, 6, 20])
def test_no_drag_leaves_a_conflict_and_it_says_before_what_it_does(here, code, edge, minutes):
    here.drag(code, edge, minutes)
    draft = here.line.draft
    before = here.times()
    if draft is None:
        return
    here.drop(here.edge(code, edge).toPoint())
    if here.line.draft is None:
        assert here.times() == before
        return
    here.say_why()

    assert (here.times() == before) == draft.refused
    view = snapshots.visit(here.desk.clinic, here.desk.visit_id)
    if not draft.refused:
        assert here.hands.panel.big.shown in draft.said
        for segment in view.record.segments:
            change = corrections.Change(note="looked at")
            assert rehearsing.change(here.desk.clinic, segment.id, change).problem is None
