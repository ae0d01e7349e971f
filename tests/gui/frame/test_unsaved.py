"""Presses that can't be recorded: said, kept on screen and in a file, tried again, asked about."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import snapshots, stopwatch, unsaved_csv, unsaved_files, visiting, watching
from ptimer.operations.clinic import open_clinic
from ptimer.operations.stopwatch import StartWish

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def window(window):
    """A window in which 97112 of P-1 runs since ten o'clock."""
    desk = window.desk
    visit = desk.attempt(lambda c: visiting.open_visit(c, "P-1", payer="Medicare", discipline="OT"))
    desk.select(visit.id)
    desk.press("97112")
    return window


def card(window, code):
    return next(c for c in window.today.stopwatches.cards if c._card and c._card.code == code)


def recorded(window):
    """What the record itself holds: code, and whether it runs."""
    view = snapshots.visit(window.desk.clinic, window.desk.visit_id)
    return [(s.code, s.running) for s in view.record.segments]


def test_a_stop_that_is_not_recorded_is_said_and_the_card_does_not_pretend(
    window, clock, pass_time, unplug
):
    pass_time(window, clock, minutes=10)
    unplug()
    window.desk.press("97112")

    assert window.unsaved.isVisible()
    assert window.unsaved.title.text() == "1 press is NOT recorded yet: 10:10:00 stop 97112 of P-1"
    assert "not there any more" in window.unsaved.text.text().replace("\u200b", "")
    assert window.footer.recorded.text() == "The last press was NOT recorded"
    shown = card(window, "97112")
    assert shown.time_shown == "10:00"
    assert shown.why_shown == "stopped, NOT recorded yet"
    assert recorded(window) == [("97112", True)]


def test_a_start_that_is_not_recorded_shows_its_running_time_as_not_recorded(
    window, clock, pass_time, unplug
):
    unplug()
    pass_time(window, clock, seconds=4)
    window.desk.press("97530")
    pass_time(window, clock, minutes=2)

    shown = card(window, "97530")
    assert shown.time_shown == "2:00"
    assert shown._state(shown._card) == "NOT recorded yet"
    assert "NOT recorded yet" in shown.accessibleDescription()
    assert [s.code for s in window.desk.today.running] == ["97530"]


def test_it_is_recorded_by_itself_once_the_folder_is_back(window, clock, pass_time, unplug):
    bring_back = unplug()
    clock.advance(seconds=7)
    window.desk.press("97530")
    pass_time(window, clock, seconds=20)
    assert window.unsaved.isVisible()

    bring_back()
    pass_time(window, clock, seconds=20)

    assert not window.unsaved.isVisible()
    assert recorded(window) == [("97112", False), ("97530", True)]
    assert window.desk.today.running[0].started_at == clock.now() - 40_000
    assert window.bar.title.text() == "1 press that had waited is recorded"
    assert window.footer.recorded.text().startswith("✓ Recorded 10:00:47")
    assert not card(window, "97530")._card.unsaved


def test_a_press_tries_again_at_once(qtbot, window, clock, unplug):
    bring_back = unplug()
    clock.advance(seconds=7)
    window.desk.press("97112")
    bring_back()
    qtbot.mouseClick(window.unsaved.again, LEFT)

    assert not window.unsaved.isVisible()
    assert recorded(window) == [("97112", False)]


def test_presses_behind_a_kept_one_wait_in_their_order_though_the_disk_is_back(
    window, clock, unplug
):
    bring_back = unplug()
    clock.advance(seconds=5)
    window.desk.press("97112")
    bring_back()
    clock.advance(seconds=1)
    window.desk.press("97530")

    assert window.unsaved.title.text() == (
        "2 presses are NOT recorded yet: 10:00:05 stop 97112 of P-1; 10:00:06 start 97530 for P-1"
    )
    assert "not there any more" in window.unsaved.text.text(), "why the first one is not"
    assert window.footer.recorded.text() == "2 presses are NOT recorded"
    window.desk.tick()
    clock.advance(seconds=5)
    window.desk.tick()
    assert recorded(window) == [("97112", False), ("97530", True)]


def test_what_was_recorded_late_can_be_taken_back_like_any_press(window, clock, unplug):
    bring_back = unplug()
    clock.advance(seconds=5)
    window.desk.press("97112")
    bring_back()
    window.desk.unsaved.retry()
    window.desk.undo()

    assert recorded(window) == [("97112", True)]


def test_the_last_kept_press_can_be_taken_back_before_it_is_recorded(window, clock, unplug):
    unplug()
    clock.advance(seconds=5)
    window.desk.press("97112")
    window.desk.undo()

    assert not window.unsaved.isVisible()
    assert [s.code for s in window.desk.today.running] == ["97112"]
    assert not unsaved_files.any_left(window.desk.clinic.folder)


def test_supervision_level_is_kept_as_the_stop_that_it_is(window, clock, unplug):
    unplug()
    clock.advance(minutes=12)
    window.desk.supervise()

    assert "stop 97112 of P-1" in window.unsaved.title.text()
    assert window.desk.today.running == ()


def test_a_start_that_a_rule_forbids_is_refused_although_nothing_can_be_recorded(
    window, clock, unplug
):
    desk = window.desk
    other = desk.attempt(lambda c: visiting.open_visit(c, "P-2", payer="Medicare", discipline="OT"))
    unplug()
    desk.select(other.id)
    desk.press("97530")

    assert window.bar.title.text().startswith("97112 of P-1 needs ")
    assert window.unsaved is None or not window.unsaved.isVisible()
    assert window.bar.buttons[0].text() == "Switch: end 97112 of P-1"
    window.bar.buttons[0].click()
    assert [s.code for s in desk.today.running] == ["97530"]
    assert "start 97530 for P-2" in window.unsaved.title.text()


@pytest.fixture
def overtaken(window, clock, unplug):
    """A start of P-1 waits; meanwhile another program started P-2 with the same clinician."""
    desk = window.desk
    desk.press("97112")
    bring_back = unplug()
    clock.advance(minutes=1)
    desk.press("97530")
    bring_back()
    elsewhere = open_clinic(desk.clinic.folder, clock)
    stopwatch.start(
        elsewhere,
        StartWish(
            "97110",
            ("P-2",),
            discipline="OT",
            clinician=desk.who.clinician,
            at=clock.now() - 30_000,
        ),
    )
    elsewhere.close()
    clock.advance(seconds=5)
    desk.tick()
    return window


def test_a_conflict_meanwhile_is_asked_about_with_what_may_be_done(overtaken):
    strip = overtaken.unsaved

    assert strip.title.text() == "Not recorded: 10:01:00 start 97530 for P-1"
    assert "97110" in strip.text.text()
    assert strip.switch.text() == "Switch: end 97110 of P-2"
    assert strip.without.isVisible()


def test_the_switch_ends_the_other_at_the_instant_of_the_press(qtbot, overtaken, clock):
    qtbot.mouseClick(overtaken.unsaved.switch, LEFT)

    assert not overtaken.unsaved.isVisible()
    (segment,) = overtaken.desk.today.running
    assert (segment.patient, segment.started_at) == ("P-1", clock.now() - 5_000)


def test_doing_without_it_settles_it(qtbot, overtaken):
    qtbot.mouseClick(overtaken.unsaved.without, LEFT)

    assert not overtaken.unsaved.isVisible()
    assert [s.patient for s in overtaken.desk.today.running] == ["P-2"]


def test_it_can_be_saved_elsewhere(qtbot, window, clock, unplug, tmp_path):
    unplug()
    clock.advance(seconds=5)
    window.desk.press("97112")
    strip = window.unsaved
    offered = []
    target = tmp_path / "stick.csv"
    strip.ask_file = lambda *asked: offered.append(asked[2].name) or target
    qtbot.mouseClick(strip.save, LEFT)

    assert offered == ["ptimer-presses-2026-11-23-1000.csv"]
    (press,) = unsaved_csv.read(target).presses
    assert (press.code, press.patients) == ("97112", ("P-1",))
    assert strip.isVisible(), "it still waits to be recorded here"
    assert "ptimer import FILE" in window.bar.text.text()


def test_where_it_can_be_kept_nowhere_the_first_closing_asks(
    window, clock, unplug, tmp_path, monkeypatch
):
    unplug()
    (tmp_path / "home").rmdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    clock.advance(seconds=5)
    window.desk.press("97112")
    assert "in this window alone" in window.unsaved.text.text()

    assert not window.close()
    assert window.bar.title.text() == "What is not recorded would be lost with this window"
    assert window.close()


def test_what_an_earlier_window_kept_is_offered_and_recorded_on_a_press(
    qtbot, window, clock, unplug, make_window
):
    bring_back = unplug()
    clock.advance(minutes=5)
    window.desk.press("97112")
    window.close()
    bring_back()
    clock.advance(minutes=30)

    again = make_window(window.desk.clinic)
    again.desk.unsaved.look_back()
    strip = again.unsaved
    assert strip.title.text() == (
        "1 press was not recorded when ptimer was closed: 10:05:00 stop 97112 of P-1"
    )
    assert again.footer.recorded.text().startswith("✓"), "it is no press of this window"
    qtbot.mouseClick(strip.again, LEFT)

    assert not strip.isVisible()
    assert again.desk.today.running == ()
    assert watching.in_doubt(again.desk.clinic) == ()


def test_what_an_earlier_window_kept_may_be_done_without(qtbot, window, clock, unplug, make_window):
    bring_back = unplug()
    clock.advance(minutes=5)
    window.desk.press("97112")
    window.close()
    bring_back()
    again = make_window(window.desk.clinic)
    again.desk.unsaved.look_back()
    qtbot.mouseClick(again.unsaved.without, LEFT)

    assert not again.unsaved.isVisible()
    assert [s.code for s in again.desk.today.running] == ["97112"]


def test_a_locked_window_names_no_patient_and_can_still_stop(window, clock, unplug):
    unplug()
    clock.advance(seconds=5)
    window.lock()
    window.desk.stop_segment(window.desk.today.running[0].id)

    strip = window.unsaved
    assert strip.title.text() == "1 press is NOT recorded yet: 10:00:05 stop 97112"
    assert not strip.save.isVisible()
    window.unlock()
    assert "P-1" in strip.title.text()


def test_that_nothing_can_be_recorded_is_told_before_a_press_is_lost_and_only_once(
    window, clock, pass_time, unplug
):
    bring_back = unplug()
    said = []
    window.messages.said.connect(said.append)
    pass_time(window, clock, minutes=2)

    assert [message.title for message in said] == ["Nothing can be recorded now"]
    assert window.footer.recorded.text() == "Nothing can be recorded now"
    assert window.unsaved is None
    bring_back()
    window.desk.press("97112")
    assert recorded(window) == [("97112", False)]


def test_a_sleep_meanwhile_is_asked_about_once_it_can_be_noted(window, clock, pass_time, unplug):
    bring_back = unplug()
    clock.advance(minutes=20)
    window.desk.tick()
    assert window.desk.in_doubt() == ()
    bring_back()
    pass_time(window, clock, seconds=40)

    (doubt,) = window.desk.in_doubt()
    assert doubt.doubt.cause == "slept"


def test_every_press_of_the_strip_is_named_and_large_enough_for_a_finger(window, clock, unplug):
    unplug()
    clock.advance(seconds=5)
    window.desk.press("97112")
    strip = window.unsaved

    for button in (strip.again, strip.save):
        assert button.text()
        assert min(button.width(), button.height()) >= 44
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert strip.accessibleName().startswith("1 press is NOT recorded yet")


def test_the_mini_window_says_it_too(window, clock, unplug):
    unplug()
    window.toggle_mini()
    clock.advance(seconds=5)
    window.desk.press("97530")
    mini = window.mini.window

    assert "1 press is NOT recorded yet" in mini.message.title.text()
    assert "NOT recorded yet" in mini.face.accessibleName()
    window.toggle_mini()


def test_a_patient_id_in_it_is_plain_text(window, clock, unplug):
    desk = window.desk
    desk.press("97112")
    hostile = desk.attempt(lambda c: visiting.open_visit(c, "<b>x</b> & {0}", discipline="OT"))
    desk.select(hostile.id)
    unplug()
    desk.press("97112")

    assert "<b>x</b> & {0}" in window.unsaved.title.text()
    assert window.unsaved.title.textFormat() is Qt.TextFormat.PlainText
