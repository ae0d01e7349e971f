"""The mini window: what runs at a glance, stopped and switched with one press."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QMoveEvent
from PySide6.QtWidgets import QApplication, QWidget

from ptimer.gui.frame.message_bar import Action, Message
from ptimer.gui.frame.reminding import Reminding
from ptimer.gui.look import Look, Mode
from ptimer.gui.mini.glance import State
from ptimer.gui.start import build_window
from ptimer.operations import preferences, setting_values, stopwatch
from ptimer.operations.clinic_settings import REMIND_UNIT
from ptimer.operations.stopwatch import StartWish

CTRL = Qt.KeyboardModifier.ControlModifier


# -- what it shows -------------------------------------------------------------------------------


def test_f11_shows_code_patient_time_units_and_the_next_unit(mini):
    assert mini.window.isVisible()
    assert not mini.main.isVisible()
    words = mini.words
    assert (words.title, words.patient) == ("97112", "P-1042")
    assert mini.face.time == "24:07"
    assert words.unit_word == "3 + 1 units"
    assert (words.left, words.right) == ("next unit at 53 min", "6 min to go")
    assert mini.keys_shown() == ["Stop", "Switch"]


def test_it_stands_above_all_other_windows_without_a_frame(mini):
    flags = mini.window.windowFlags()

    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint


def test_the_time_goes_on_and_the_units_with_it(mini):
    mini.pass_time(seconds=5)
    assert mini.face.time == "24:12"

    mini.pass_time(minutes=6)

    assert mini.face.time == "30:12"
    assert mini.words.unit_word == "4 + 1 units"
    assert mini.words.left == "next unit at 68 min"


def test_past_an_hour_the_time_still_fits_beside_the_units(mini):
    mini.pass_time(minutes=60)

    assert mini.face.time == "1:24:07"
    assert mini.face._time_place().right() < mini.face.width() // 2 + mini.main.look.px(24)


def test_its_title_says_what_runs_and_never_for_whom(mini):
    assert mini.window.windowTitle() == "97112 runs · ptimer"


def test_it_is_read_out_with_units_and_with_what_a_press_does(mini):
    interface = QAccessible.queryAccessibleInterface(mini.face)

    assert interface.text(QAccessible.Text.Name) == (
        "97112 runs for P-1042, 3 + 1 units, next unit at 53 min, 6 min to go. "
        "A press goes back to ptimer"
    )


def test_what_is_read_out_changes_with_the_minutes_not_with_the_seconds(mini):
    before = mini.face.accessibleName()
    mini.pass_time(seconds=10)
    assert mini.face.accessibleName() == before

    mini.pass_time(minutes=1)

    assert mini.face.accessibleName() != before


def test_minutes_of_a_code_that_earns_no_unit_promise_none(mini):
    mini.key(Qt.Key.Key_R)

    assert mini.words.title == "Rest"
    assert (mini.words.left, mini.words.right) == ("47 min timed", "")


# -- presses -------------------------------------------------------------------------------------


def test_stop_stops_and_resume_resumes(mini):
    mini.press(mini.window.first)

    assert mini.running() == []
    assert mini.words.state is State.STOPPED
    assert mini.words.title == "Nothing runs"
    assert mini.words.left == "97112 stopped last"
    assert mini.keys_shown() == ["Resume", "Start"]

    mini.press(mini.window.first)

    assert mini.running() == [("P-1042", "97112")]


def test_no_key_moves_when_its_word_changes(mini):
    before = mini.window.size()
    mini.press(mini.window.first)
    QApplication.processEvents()

    assert mini.window.size() == before


def test_space_stops_and_resumes(mini):
    mini.key(Qt.Key.Key_Space)
    assert mini.running() == []

    mini.key(Qt.Key.Key_Space)

    assert mini.running() == [("P-1042", "97112")]


def test_a_digit_switches_at_once(mini):
    mini.key(Qt.Key.Key_2)

    assert mini.running() == [("P-1042", "97110")]
    assert mini.words.title == "97110"


def test_a_digit_without_a_card_does_nothing(mini):
    mini.key(Qt.Key.Key_9)

    assert mini.running() == [("P-1042", "97112")]


def test_switch_lists_the_other_codes_with_reason_and_key_and_a_press_switches(mini):
    mini.press(mini.window.second)
    rows = [row for row in mini.window.cards.rows if row.isVisible()]

    assert [row.name for row in rows] == [
        "97110", "97530", "97535", "G0283", "Rest", "Not billable",
    ]  # fmt: skip
    assert [row.key for row in rows] == ["2", "3", "4", "5", "R", "N"]
    assert rows[0].below == "Locked while 97112 runs"
    assert rows[0].accessibleDescription() == "Locked while 97112 runs. press to switch"

    mini.press(rows[0])

    assert mini.running() == [("P-1042", "97110")]
    assert not mini.window.cards_open


def test_ctrl_z_takes_a_switch_back(mini):
    mini.key(Qt.Key.Key_2)
    mini.key(Qt.Key.Key_Z, CTRL)

    assert mini.running() == [("P-1042", "97112")]


def test_supervision_level_ends_one_on_one_and_offers_what_may_follow(mini):
    mini.key(Qt.Key.Key_S)

    assert mini.running() == []
    offered = [button.text() for button in mini.window.message.buttons if button.isVisible()]
    assert "G0283" in offered


# -- a refusal -----------------------------------------------------------------------------------


def test_a_refused_press_is_told_with_rule_and_source_and_changes_nothing(mini):
    mini.select("P-1150")
    mini.key(Qt.Key.Key_2)

    message = mini.window.message
    assert message.isVisible()
    assert "97112 of P-1042" in message.title.text()
    assert message.text.text().startswith("97110 did not start. Source: ")
    assert mini.running() == [("P-1042", "97112")]


def test_one_press_switches_after_a_refusal_and_the_main_window_says_no_more_of_it(mini):
    mini.select("P-1150")
    mini.key(Qt.Key.Key_2)
    switch = mini.window.message.buttons[0]
    assert switch.text() == "Switch: end 97112 of P-1042"

    mini.press(switch)

    assert mini.running() == [("P-1150", "97110")]
    assert not mini.window.message.isVisible()
    assert mini.main.bar.message is None


def test_a_press_of_many_words_widens_nothing_and_is_heard_in_full(mini):
    before = mini.window.width()
    words = "Switch: end 97110 of P-1150, 97110 of P-1042"
    mini.main.say(Message("x", actions=(Action(words, print, primary=True),)))
    QApplication.processEvents()

    button = mini.window.message.buttons[0]
    assert mini.window.width() == before
    assert button.text() == "Switch: end 97110 of P-1150…"
    assert button.accessibleName() == words
    assert words in button.toolTip()


def test_a_reminder_is_told_in_it(mini):
    setting_values.change(mini.desk.clinic, REMIND_UNIT, True)
    Reminding(mini.main)
    mini.pass_time(minutes=5)

    title = mini.window.message.title.text()
    assert title == "2 minutes to the next unit of P-1042, at 53"
    assert mini.window.message.isVisible()


def test_what_leads_to_another_screen_leads_back_to_the_main_window(mini):
    go = Action("Settings", lambda: mini.main.go("settings"))
    mini.main.say(Message("x", actions=(go,)))
    mini.press(mini.window.message.buttons[0])

    assert mini.main.isVisible()
    assert mini.main.body.name == "settings"


def test_a_refusal_goes_by_itself(mini):
    mini.select("P-1150")
    mini.key(Qt.Key.Key_2)
    for _ in range(15):
        mini.pass_time(seconds=1)

    assert not mini.window.message.isVisible()


def test_what_was_said_last_is_still_said_after_the_way_there_and_back(
    qtbot, demo_morning, open_mini
):
    main, clock = demo_morning
    other = next(v for v in main.desk.today.visits if v.visit.patient == "P-1150")
    main.desk.select(other.visit.id)
    qtbot.keyClick(main, Qt.Key.Key_1)
    mini = open_mini(main, clock)
    assert mini.window.message.isVisible()

    mini.key(Qt.Key.Key_F11)

    assert main.bar.isVisible()


# -- several -------------------------------------------------------------------------------------


def test_what_runs_for_other_patients_is_seen_and_has_its_own_stop(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)

    assert (mini.words.title, mini.words.patient) == ("G0283", "P-1")
    assert mini.others() == [("97110", "P-2", "0:00")]
    mini.pass_time(seconds=3)
    assert mini.others() == [("97110", "P-2", "0:03")]

    mini.press(mini.window.others.rows[0].stop)

    assert mini.running() == [("P-1", "G0283")]
    assert mini.others() == []


def test_a_press_on_another_patient_looks_at_that_visit(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)
    mini.press(mini.window.others.rows[0].face)

    assert (mini.words.title, mini.words.patient) == ("97110", "P-2")
    assert [row[0] for row in mini.others()] == ["G0283"]


def test_the_key_that_space_presses_says_so(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)

    assert "Space" not in mini.window.first.toolTip()
    assert "Space" in mini.window.others.rows[0].stop.toolTip()
    mini.key(Qt.Key.Key_Space)
    assert mini.running() == [("P-1", "G0283")]
    assert "Space" in mini.window.first.toolTip()


def test_after_a_stop_digits_still_press_for_the_patient_on_the_face(
    two_patients, clock, open_mini
):
    mini = open_mini(two_patients, clock)
    mini.press(mini.window.first)

    assert (mini.words.title, mini.words.patient) == ("Stopped", "P-1")
    assert mini.others()[0][:2] == ("97110", "P-2")
    mini.key(Qt.Key.Key_1)
    assert mini.running() == [("P-2", "97110")], "refused: P-2 needs the therapist alone"
    assert mini.window.message.isVisible()


def test_a_group_is_one_stopwatch_and_stops_as_one(window, clinic, clock, open_mini):
    stopwatch.start(clinic, StartWish("97150", ("P-1", "P-2", "P-3")))
    window.desk.refresh()
    mini = open_mini(window, clock)

    assert mini.words.title == "97150"
    assert mini.words.patient.endswith(" +2")
    assert mini.others() == []
    mini.press(mini.window.first)
    assert mini.running() == []


def test_it_opens_on_what_runs(qtbot, demo_morning, open_mini):
    main, clock = demo_morning
    other = next(v for v in main.desk.today.visits if v.visit.patient == "P-1150")
    main.desk.select(other.visit.id)

    assert open_mini(main, clock).words.patient == "P-1042"


# -- nothing, and doubt --------------------------------------------------------------------------


def test_an_empty_day_says_so_and_leads_back(window, clock, open_mini):
    mini = open_mini(window, clock)

    assert mini.words.title == "No visit yet"
    assert mini.keys_shown() == []
    mini.key(Qt.Key.Key_Space)
    mini.key(Qt.Key.Key_1)
    mini.press(mini.face)
    assert window.isVisible()


def test_what_was_stopped_last_may_be_another_patients_and_is_named(mini):
    mini.press(mini.window.first)
    mini.select("P-1150")

    assert mini.words.left == "97112 of P-1042 stopped last"
    assert mini.window.first.accessibleName() == "Resume 97112 of P-1042"
    mini.press(mini.window.first)
    assert mini.running() == [("P-1042", "97112")]
    assert mini.words.patient == "P-1042"


def test_in_doubt_it_says_that_ptimer_asks_and_a_press_leads_to_the_question(mini):
    mini.clock.advance(minutes=8)
    mini.desk.tick()

    assert mini.words.state is State.DOUBT
    assert mini.words.left == "In doubt: ptimer asks"
    assert mini.words.units == "?"
    assert mini.keys_shown() == ["Answer"]

    mini.press(mini.window.first)

    assert mini.main.isVisible()
    assert not mini.window.isVisible()
    assert mini.main.body.name == "recovery"


# -- going back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_a_key_goes_back_and_nothing_stops(mini, key):
    mini.key(key)

    assert mini.main.isVisible()
    assert not mini.window.isVisible()
    assert mini.running() == [("P-1042", "97112")]


def test_a_press_on_the_face_goes_back(mini):
    mini.press(mini.face)

    assert mini.main.isVisible()
    assert not mini.window.isVisible()


def test_closing_it_goes_back_and_nothing_stops(mini):
    mini.window.close()

    assert mini.main.isVisible()
    assert mini.running() == [("P-1042", "97112")]


def test_escape_first_closes_the_codes_then_the_message(mini):
    mini.press(mini.window.second)
    mini.key(Qt.Key.Key_Escape)
    assert not mini.window.cards_open

    mini.select("P-1150")
    mini.key(Qt.Key.Key_2)
    mini.key(Qt.Key.Key_Escape)

    assert not mini.window.message.isVisible()
    assert mini.window.isVisible()


def test_the_main_window_shows_what_was_pressed_in_the_mini_window(mini):
    mini.key(Qt.Key.Key_2)
    mini.key(Qt.Key.Key_F11)

    running = [
        card for card in mini.main.today.stopwatches.cards if "Stop" in card.accessibleName()
    ]
    assert [card.accessibleName() for card in running] == ["Stop 97110 Strength, endurance, range"]


def test_bringing_ptimer_to_the_front_leaves_the_mini_window(mini):
    mini.main.come_to_front()

    assert mini.main.isVisible()
    assert not mini.window.isVisible()


def test_the_main_window_can_be_closed_from_the_mini_window(mini):
    mini.main.close()
    QApplication.processEvents()

    assert not mini.window.isVisible()
    assert not mini.main.isVisible()


def test_the_header_leads_to_it_too(qtbot, demo_morning):
    main, _ = demo_morning
    qtbot.mouseClick(main.header.mini, Qt.MouseButton.LeftButton)

    assert main.mini.active
    qtbot.addWidget(main.mini.window)


# -- locked --------------------------------------------------------------------------------------


def said(window):
    found = [window.windowTitle(), window.accessibleName()]
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        for name in ("text", "windowTitle"):
            value = getattr(widget, name, None)
            if callable(value):
                found.append(value())
    found += [
        str(window.face.words),
        *(str(row.words_shown) for row in window.others.rows if row.isVisible()),
    ]
    return [text for text in found if text]


def test_locked_no_patient_id_is_said_and_the_stopwatch_goes_on(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)
    mini.press(mini.window.second)
    mini.key(Qt.Key.Key_L, CTRL)
    mini.pass_time(seconds=5)

    assert mini.main.locked
    assert [text for text in said(mini.window) if "P-" in text] == []
    assert (mini.words.title, mini.face.time) == ("97110", "0:05")
    assert mini.words.units == ""
    assert mini.others() == [("G0283", "", "1:05")]


def test_locked_everything_that_runs_can_be_stopped_and_nothing_else_done(
    two_patients, clock, open_mini
):
    mini = open_mini(two_patients, clock)
    mini.key(Qt.Key.Key_L, CTRL)
    for key in (Qt.Key.Key_1, Qt.Key.Key_R, Qt.Key.Key_S):
        mini.key(key)
    mini.key(Qt.Key.Key_Z, CTRL)
    assert len(mini.running()) == 2
    assert mini.keys_shown() == ["Stop"]
    mini.press(mini.window.others.rows[0].face)
    assert mini.words.title == "97110"

    mini.key(Qt.Key.Key_Space)
    mini.press(mini.window.first)

    assert mini.running() == []
    assert mini.keys_shown() == []
    mini.key(Qt.Key.Key_Space)
    assert mini.running() == [], "nothing is resumed: nobody would see for whom"


def test_locked_the_way_back_leads_to_the_locked_window(mini):
    mini.key(Qt.Key.Key_L, CTRL)
    mini.key(Qt.Key.Key_Escape)

    assert mini.main.isVisible()
    assert mini.main.body.name == "lock"


def test_locked_it_says_nothing_that_could_name_a_patient(mini):
    mini.select("P-1150")
    mini.key(Qt.Key.Key_2)
    mini.main.lock()

    assert not mini.window.message.isVisible()
    assert mini.main.bar.message is None


def test_unlocked_it_names_the_patient_again(mini):
    mini.key(Qt.Key.Key_L, CTRL)
    mini.key(Qt.Key.Key_Escape)
    mini.main.unlock()
    mini.go_there()

    assert mini.words.patient == "P-1042"


# -- its place -----------------------------------------------------------------------------------


def test_it_is_dragged_by_its_face_and_a_drag_is_no_press(mini, drag):
    before = mini.window.pos()
    drag(mini.face, QPoint(-60, 40))

    assert mini.window.isVisible()
    assert mini.window.pos() != before
    assert mini.running() == [("P-1042", "97112")]


def test_it_comes_back_where_it_was_left(mini, drag):
    drag(mini.face, QPoint(-60, 40))
    place = mini.window.pos()
    mini.key(Qt.Key.Key_F11)
    mini.go_there()

    assert mini.window.pos() == place
    kept = mini.desk.attempt(lambda c: preferences.read(c, preferences.MINI), refresh=False)
    assert kept == f"{place.x()},{place.y()}"


def test_at_the_bottom_of_the_screen_the_codes_open_upwards_and_close_again(mini):
    room = mini.window.screen().availableGeometry()
    mini.window.move(room.x() + 40, room.bottom() - mini.window.height())
    QApplication.processEvents()
    low = mini.window.pos()

    mini.press(mini.window.second)
    QApplication.processEvents()
    assert mini.window.geometry().bottom() <= room.bottom()
    mini.key(Qt.Key.Key_Escape)
    QApplication.processEvents()

    assert mini.window.pos() == low


# -- without a mouse, and without eyes -----------------------------------------------------------


def test_tab_reaches_all_that_can_be_pressed_from_top_to_bottom(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)
    been = []
    for _ in range(5):
        mini.key(Qt.Key.Key_Tab)
        been.append(mini.window.focusWidget().accessibleName())

    assert been[0].startswith("G0283 runs for P-1")
    assert been[1:] == [
        "Stop G0283 of P-1",
        "Show what P-1 may switch to",
        "97110 runs for P-2: look at it",
        "Stop 97110 of P-2",
    ]


def test_a_button_that_has_the_keyboard_keeps_its_own_space(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)
    for _ in range(2):
        mini.key(Qt.Key.Key_Tab)
    mini.key(Qt.Key.Key_Space)

    assert mini.running() == [("P-2", "97110")]


def test_where_the_keyboard_is_can_be_seen(mini):
    mini.press(mini.window.second)
    unseen = []
    for _ in range(9):
        mini.key(Qt.Key.Key_Tab)
        widget = mini.window.focusWidget()
        with_it = widget.grab().toImage()
        mini.window.setFocus()
        if widget.grab().toImage() == with_it:
            unseen.append(widget.accessibleName())
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    assert unseen == []


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_press_is_large_enough_for_a_finger_and_no_word_is_cut(
    qtbot, demo_morning, open_mini, mode, scale
):
    old, clock = demo_morning
    main = build_window(old.desk.clinic, Look(mode, scale=scale))
    qtbot.addWidget(main)
    main.show()
    mini = open_mini(main, clock)
    mini.press(mini.window.second)
    QApplication.processEvents()
    finger = main.look.px(44)
    window = mini.window

    for widget in (window.face, window.first, window.second, *window.cards.rows):
        if widget.isVisible():
            assert widget.width() >= finger, widget.accessibleName()
            assert widget.height() >= finger, widget.accessibleName()
            assert widget.width() >= widget.minimumSizeHint().width()
    assert window.width() <= main.look.px(300)


def test_a_place_that_the_system_tells_for_a_moment_only_is_not_taken_for_a_persons_wish(mini):
    stands = mini.window.pos()
    for place in (QPoint(0, 0), stands):
        QApplication.sendEvent(mini.window, QMoveEvent(place, stands))
    mini.press(mini.window.second)
    QApplication.processEvents()

    assert mini.window.pos() == stands
