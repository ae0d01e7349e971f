"""The day drawn: each time at its place, the running one growing, a press on one opens it."""

import pytest
from PySide6.QtCore import QPoint, Qt

from ptimer.timing.clock import MINUTE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def timeline(morning):
    """The timeline of P-1042 at 10:36:07."""
    return morning.stopwatches.timeline


def texts(timeline):
    return {lane.name: [piece.text for piece in lane.pieces] for lane in timeline.lanes}


def painted(timeline, lane):
    """From where to where each colour is painted in the middle of a lane's upper edge."""
    image = timeline.grab().toImage()
    ratio = image.devicePixelRatio()
    y = round((timeline.look.px(4) + lane * timeline.look.px(35) + 4) * ratio)
    spans = {}
    for tone in ("accent", "second", "third"):
        wanted = timeline.look.color(tone).rgb()
        across = [x / ratio for x in range(image.width()) if image.pixel(x, y) == wanted]
        if across:
            spans[tone] = (across[0], across[-1])
    return spans


def middle_of(timeline, lane, tone):
    left, right = painted(timeline, lane)[tone]
    return QPoint(round((left + right) / 2), timeline.look.px(4) + lane * timeline.look.px(35) + 4)


# -- what is drawn -------------------------------------------------------------------------------


def test_timed_and_untimed_have_a_lane_each(timeline):
    assert texts(timeline) == {
        "timed": ["97110 · 23 min", "97112 · 24 min"],
        "untimed": ["97165 · 5 min"],
    }


def test_rest_gets_a_lane_of_its_own_once_there_is_any(morning, timeline):
    morning.type("r")
    morning.pass_minutes(2)

    assert texts(timeline)["apart"] == ["Rest · 2 min"]


def test_each_time_is_drawn_where_it_began_and_as_long_as_it_took(timeline):
    timed, untimed = painted(timeline, 0), painted(timeline, 1)
    before, evaluation, running = timed["second"], untimed["third"], timed["accent"]

    assert before[1] <= evaluation[0] + 6, "97165 began when 97110 ended"
    assert evaluation[1] < running[0], "there was a gap of half a minute"
    per_minute = (running[1] - running[0]) / 24.1
    assert before[1] - before[0] == pytest.approx(23.23 * per_minute, abs=6)
    assert evaluation[1] - evaluation[0] == pytest.approx(5.23 * per_minute, abs=6)


def test_what_runs_grows_and_what_has_ended_stays(morning, timeline):
    before = timeline.lanes[0].pieces
    morning.pass_minutes(3)
    after = timeline.lanes[0].pieces

    assert after[0] == before[0]
    assert after[1].end - before[1].end == 3 * MINUTE
    assert after[1].text == "97112 · 27 min"


def test_the_line_of_now_moves_between_two_minutes_too(morning, timeline):
    before = timeline.lanes[0].pieces[1].end
    morning.pass_minutes(0, seconds=40)

    assert timeline.lanes[0].pieces[1].end > before


def test_nothing_grows_once_it_is_stopped(morning, timeline):
    morning.key(Qt.Key.Key_Space)
    before = timeline.lanes
    morning.pass_minutes(5)

    assert timeline.lanes == before


def test_a_time_so_short_that_it_has_no_width_can_still_be_seen(hands):
    hands.new_visit("P-1042", "O")
    hands.press_card("97110")
    hands.press_card("97110")
    hands.treat("97112", 90)

    left, right = painted(hands.stopwatches.timeline, 0)["second"]
    assert right - left >= 0
    assert texts(hands.stopwatches.timeline)["timed"][0] == "97110 · 0 min"


def test_without_a_time_it_says_what_begins_one(hands):
    hands.new_visit("P-1042", "O")

    assert not hands.stopwatches.timeline.isVisible()
    assert hands.stopwatches.time_box.empty.isVisible()
    assert "first press" in hands.stopwatches.time_box.empty.text()


def test_it_is_read_out_time_by_time(timeline):
    assert timeline.accessibleName() == "Timeline"
    assert timeline.accessibleDescription().split("; ") == [
        "97110 · 23 min, 09:43 – 10:06",  # noqa: RUF001
        "97112 · 24 min, 10:12 – 10:36",  # noqa: RUF001
        "97165 · 5 min, 10:06 – 10:11",  # noqa: RUF001
    ]


# -- pressing a time -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lane", "tone", "code"),
    [(0, "second", "97110"), (0, "accent", "97112"), (1, "third", "97165")],
)
def test_a_press_on_a_time_opens_it_in_edit_times(morning, timeline, lane, tone, code):
    morning.qtbot.mouseClick(timeline, LEFT, pos=middle_of(timeline, lane, tone))

    page = morning.window.body.screens["edit-times"].page
    assert morning.window.body.name == "edit-times"
    assert page.editor.isVisible()
    opened = next(s for s in morning.desk.view.record.segments if s.id == page.table.open_id)
    assert opened.code == code


def test_a_press_beside_every_time_opens_nothing(morning, timeline):
    beyond = QPoint(timeline.width() - 3, timeline.look.px(8))
    morning.qtbot.mouseClick(timeline, LEFT, pos=beyond)

    assert morning.window.body.name == "today"


def test_another_mouse_button_opens_nothing(morning, timeline):
    where = middle_of(timeline, 0, "accent")
    morning.qtbot.mouseClick(timeline, Qt.MouseButton.RightButton, pos=where)

    assert morning.window.body.name == "today"


def test_a_very_short_time_can_be_hit_all_the_same(hands):
    hands.new_visit("P-1042", "O")
    hands.press_card("97110")
    hands.press_card("97110")
    hands.treat("97112", 90)
    timeline = hands.stopwatches.timeline
    left, _ = painted(timeline, 0)["second"]
    hands.qtbot.mouseClick(timeline, LEFT, pos=QPoint(round(left) - 3, timeline.look.px(8)))

    page = hands.window.body.screens["edit-times"].page
    opened = next(s for s in hands.desk.view.record.segments if s.id == page.table.open_id)
    assert opened.code == "97110"


def test_the_keyboard_goes_from_time_to_time_and_enter_opens_one(morning, timeline):
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    assert timeline.hasFocus()
    assert timeline.chosen.segment.code == "97112", "what runs, or ran last, is first"
    morning.key(Qt.Key.Key_Left)
    assert timeline.chosen.segment.code == "97165"
    morning.key(Qt.Key.Key_Left)
    morning.key(Qt.Key.Key_Left)
    assert timeline.chosen.segment.code == "97110", "at the end it stays"
    morning.key(Qt.Key.Key_Return)

    page = morning.window.body.screens["edit-times"].page
    opened = next(s for s in morning.desk.view.record.segments if s.id == page.table.open_id)
    assert opened.code == "97110"


def test_space_in_the_timeline_still_stops_what_runs(morning, timeline):
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    morning.key(Qt.Key.Key_Space)

    assert morning.running() == []


def test_the_time_that_the_keyboard_is_on_is_read_out(morning, timeline):
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    morning.key(Qt.Key.Key_Left)

    assert timeline.accessibleName() == "Timeline: 97165 · 5 min, 10:06 – 10:11"  # noqa: RUF001
