"""Minutes planned for a visit, by what a person presses and types."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.gui.today.card_places import CardWords, places
from ptimer.operations import plans, signing, visiting
from ptimer.operations.signing import SignWish

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def morning(demo_morning):
    """The window at 10:36: 97112 runs since 24:07, 97110 has 23:14."""
    return demo_morning[0]


@pytest.fixture
def box(qtbot, morning):
    """The plan, opened by its key."""
    qtbot.keyClick(morning, Qt.Key.Key_P)
    return morning.today.stopwatches.plan


@pytest.fixture
def add(qtbot, box):
    """Put a code on the plan, and type its minutes."""

    def add(code, minutes=""):
        qtbot.keyClicks(box.code, code)
        qtbot.keyClick(box.code, ENTER)
        stepper = box.lines[code].stepper
        if stepper is not None and minutes:
            stepper.minutes.setText(minutes)
            qtbot.keyClick(stepper.minutes, ENTER)
        return box.lines[code]

    return add


def card_of(window, code):
    shown = zip(window.desk.cards(), window.today.stopwatches.cards, strict=False)
    return next(widget for card, widget in shown if card.code == code)


def figures(line):
    return [label.text() for label in line.figures]


def test_without_a_plan_nothing_of_it_is_seen(morning):
    stopwatches = morning.today.stopwatches

    assert stopwatches.plan is None
    assert not morning.today.panel.planned.isVisible()
    assert all(card.ring_share == 0 for card in stopwatches.cards)
    assert not any(card.planned for card in morning.desk.cards())


def test_the_plan_takes_the_place_of_the_timeline_and_goes_again(qtbot, morning, box):
    stopwatches = morning.today.stopwatches
    assert box.isVisible()
    assert not stopwatches.time_box.isVisible()
    assert stopwatches.header.plan.isChecked()

    qtbot.mouseClick(stopwatches.header.plan, LEFT)
    assert not box.isVisible()
    assert stopwatches.time_box.isVisible()
    assert not stopwatches.header.plan.isChecked()


def test_a_plan_is_typed_by_keys_alone_and_starts_nothing(morning, box, add):
    before = [segment.id for segment in morning.desk.today.running]
    real = morning.desk.view.reckoning
    first = add("97112", "30")
    second = add("97110", "25")

    assert dict(morning.desk.view.record.plan) == {"97112": 30, "97110": 25}
    assert figures(first) == ["24", "6", "2", "2"]
    assert figures(second) == ["23", "2", "1", "2"]
    assert figures(box.lines["97165"]) == ["5", "", "1", "1"]
    assert [label.text() for label in box.total] == [
        "Timed + untimed",
        "55",
        "47",
        "8",
        "3 + 1",
        "4 + 1",
    ]
    assert box.boundary.text() == "55 min: 2 over the boundary at 53"
    assert [segment.id for segment in morning.desk.today.running] == before
    assert morning.desk.view.reckoning == real


def test_the_panel_says_what_the_plan_would_earn_apart_from_what_is_earned(morning, add):
    panel = morning.today.panel
    big = panel.big.accessibleName()
    add("97112", "30")
    add("97110", "25")

    assert panel.planned.isVisible()
    assert panel.planned.title.text() == "As planned: 4 + 1 units"
    assert "55 timed minutes allow 4 units" in panel.planned.text.text()
    assert panel.big.accessibleName() == big


def test_minutes_are_changed_by_presses_and_arrows(qtbot, morning, add):
    stepper = add("97112", "30").stepper
    qtbot.mouseClick(stepper.more, LEFT)
    assert morning.desk.view.record.plan["97112"] == 35
    qtbot.mouseClick(stepper.fewer, LEFT)
    qtbot.mouseClick(stepper.fewer, LEFT)
    assert stepper.minutes.text() == "25"
    qtbot.keyClick(stepper.minutes, Qt.Key.Key_Up)
    assert morning.desk.view.record.plan["97112"] == 30


@pytest.mark.parametrize("typed", ["", "0"])
def test_nothing_plans_a_code_no_more(qtbot, morning, box, add, typed):
    stepper = add("97530", "30").stepper
    stepper.minutes.setText(typed)
    qtbot.keyClick(stepper.minutes, ENTER)

    assert dict(morning.desk.view.record.plan) == {}
    assert "97530" not in box.lines
    assert not morning.today.panel.planned.isVisible()


@pytest.mark.parametrize("typed", ["half", "481", "-5", "9" * 200, "\u0663\u0660"])
def test_what_is_no_number_of_minutes_is_told_in_the_plan(qtbot, morning, box, add, typed):
    stepper = add("97112", "30").stepper
    stepper.minutes.setText(typed)
    qtbot.keyClick(stepper.minutes, ENTER)

    assert "type 0 to 480" in box.told.text.text()
    assert stepper.minutes.wrong
    assert morning.desk.view.record.plan["97112"] == 30


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Name the code"), ("zzz", "zzz is not in the code book")]
)
def test_what_is_no_code_is_told_in_the_plan(qtbot, morning, box, typed, told):
    box.code.setText(typed)
    qtbot.mouseClick(box.add, LEFT)

    assert told in box.told.text.text()
    assert dict(morning.desk.view.record.plan) == {}


def test_cards_show_the_plan_as_a_ring_that_fills(qtbot, demo_morning, add, pass_time):
    window, clock = demo_morning
    add("97112", "30")
    add("97110", "25")
    running, stopped = card_of(window, "97112"), card_of(window, "97110")

    assert running.ring_share == pytest.approx(24.1 / 30, abs=1 / 120)
    assert stopped.ring_share == pytest.approx(23.2 / 25, abs=1 / 120)
    assert card_of(window, "97530").ring_share == 0
    assert "30 min planned" in running.accessibleDescription()
    pass_time(window, clock, minutes=3)
    assert running.ring_share == pytest.approx(27.1 / 30, abs=1 / 120)
    pass_time(window, clock, minutes=30)
    assert running.ring_share == 1


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_ring_is_painted_where_no_line_stands(qtbot, morning, add, mode):
    add("97110", "25")
    morning.look.set_mode(mode)
    card = card_of(morning, "97110")
    at = card.places()

    assert not any(at.ring.intersects(box) for box in at.boxes if box != at.ring)
    image = card.grab().toImage()
    accent = morning.look.color("accent").name()
    area = at.ring.toAlignedRect()
    painted = {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }
    assert accent in painted


@pytest.mark.parametrize("width", [150, 210, 330])
@pytest.mark.parametrize("height", [132, 160, 240])
@pytest.mark.parametrize("running", [True, False])
def test_the_ring_leaves_every_line_its_room_at_any_size(look, width, height, running):
    inner = QRectF(18, 15, width - 36, height - 30)
    state, why = ("running", "") if running else ("", "Locked while 97112 runs\npress to switch")
    words = CardWords("Balance, coordination, posture", why, "1:24:07", state, not running, True)
    at = places(look, inner, words)

    assert inner.contains(at.ring)
    for box in (at.time, at.state, at.why):
        assert not at.ring.intersects(box), box


def test_as_last_visit_says_where_there_is_none(qtbot, morning, box):
    qtbot.mouseClick(box.as_last, LEFT)

    assert "no earlier visit" in box.told.text.text()


def test_another_visit_has_a_plan_of_its_own(morning, box, add):
    add("97112", "30")
    other = next(v for v in morning.desk.today.visits if not v.record.segments)
    morning.desk.select(other.visit.id)

    assert box.lines == {}
    assert not morning.today.panel.planned.isVisible()


def test_the_plan_is_kept_with_the_visit_and_a_signed_one_keeps_it(qtbot, window, clock):
    desk = window.desk
    visit = desk.attempt(lambda clinic: visiting.open_visit(clinic, "P-7"))
    desk.select(visit.id)
    desk.attempt(lambda clinic: plans.plan(clinic, visit.id, "97110", 20))
    desk.press("97110")
    clock.advance(minutes=20)
    desk.press("97110")
    desk.attempt(lambda clinic: signing.sign(clinic, visit.id, SignWish(None, "PT")))
    qtbot.keyClick(window, Qt.Key.Key_P)
    box = window.today.stopwatches.plan

    assert desk.view.visit.signed
    assert box.lines["97110"].stepper.minutes.text() == "20"
    assert not box.lines["97110"].stepper.isEnabled()
    assert not box.add.isEnabled()
    assert not window.today.panel.planned.isVisible(), "what was earned is signed"


def test_keys_typed_into_the_plan_press_nothing_else(qtbot, morning, box):
    before = morning.desk.today.running
    qtbot.keyClicks(box.code, "p 1 m")

    assert box.code.text() == "p 1 m"
    assert box.isVisible()
    assert morning.desk.today.running == before


def test_every_control_of_the_plan_has_a_name_to_be_read_out(box, add):
    add("97112", "30")
    reached = [
        each
        for each in box.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]

    assert len(reached) >= 6
    assert [each for each in reached if not each.accessibleName()] == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_narrow_window_leaves_out_what_it_has_no_room_for(qtbot, clinic, scale):
    visit = visiting.open_visit(clinic, "P-7")
    plans.plan(clinic, visit.id, "97112", 30)
    window = build_window(clinic, Look(Mode.LIGHT, scale=scale))
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    qtbot.keyClick(window, Qt.Key.Key_P)
    box = window.today.stopwatches.plan
    line = box.lines["97112"]

    assert not line.label.isVisible()
    assert line.stepper.isVisible()
    assert line.stepper.width() >= line.stepper.sizeHint().width()
    for label in box.total:
        assert label.isHidden() or label.width() >= label.sizeHint().width(), label.text()
    room = window.today.stopwatches.width()
    assert box.width() <= room
    for widget in (line.code, line.stepper, line.figures[0], line.figures[3]):
        left = widget.mapTo(box, widget.rect().topLeft()).x()
        assert left + widget.sizeHint().width() <= box.width()
