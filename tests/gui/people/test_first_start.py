import sys

import pytest
from PySide6.QtCore import Qt

from ptimer.billing.conflicts import Role
from ptimer.gui.people import second_window
from ptimer.gui.people.first_start import FirstStart
from ptimer.operations import people, snapshots, visiting
from ptimer.operations.clinic import open_clinic


class DemoWindows:
    """Stands in for a second program: remembers the folders, and answers as it is told."""

    def __init__(self):
        self.folders = []
        self.works = True

    def __call__(self, folder):
        self.folders.append(folder)
        return self.works


@pytest.fixture
def demo_windows():
    return DemoWindows()


@pytest.fixture
def strip(window, demo_windows):
    """The strip, as the first start shows it."""
    strip = FirstStart(window.look, window.desk, open_demo=demo_windows)
    window.insert_strip(strip)
    strip.open()
    return strip


@pytest.fixture
def press_keys(qtbot):
    """Type where the keyboard is, as the cards come up: Ctrl+N, an id, Enter, 1."""

    def press_keys(window, patient):
        ctrl = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_N, ctrl)
        qtbot.keyClicks(window.focusWidget(), patient)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        cards = window.today.stopwatches.cards
        qtbot.waitUntil(lambda: bool(cards) and cards[0].isVisible(), timeout=1000)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_1)

    return press_keys


def test_a_record_that_nobody_has_used_asks_its_first_questions(window):
    assert window.desk.attempt(people.first_start_due, refresh=False)


def test_the_strip_waits_for_a_name(strip):
    assert strip.isVisible()
    assert strip.name.hasFocus()


def test_name_credentials_discipline_and_payer_are_kept_by_enter(qtbot, window, strip):
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")
    qtbot.mouseClick(strip.payer.parts["Commercial (midpoint)"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.done, timeout=1000):
        qtbot.keyClick(strip.name, Qt.Key.Key_Return)

    kept = window.desk.attempt(people.current, refresh=False)
    assert (kept.name, kept.credentials) == ("Demo Clinician", "OTR/L")
    offered = window.desk.attempt(visiting.offer, refresh=False)
    assert (offered.discipline, offered.payer) == ("OT", "Commercial (midpoint)")
    assert not strip.isVisible()


def test_the_next_press_is_recorded_for_who_has_answered(qtbot, window, strip):
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")
    qtbot.mouseClick(strip.save, Qt.MouseButton.LeftButton)

    assert window.desk.who.clinician == "Demo Clinician"
    assert "Demo Clinician, OTR/L" in window.header.who.text()


def test_the_commas_after_the_first_belong_to_the_credentials(qtbot, window, strip):
    qtbot.keyClicks(strip.name, "Demo Clinician, PT, DPT")
    qtbot.keyClick(strip.name, Qt.Key.Key_Return)

    assert window.desk.attempt(people.current, refresh=False).credentials == "PT, DPT"


@pytest.mark.parametrize(
    ("typed", "discipline", "role"),
    [
        ("A, OTR/L", "OT", Role.THERAPIST),
        ("A, COTA/L", "OT", Role.ASSISTANT),
        ("A, PT, DPT", "PT", Role.THERAPIST),
        ("A, PTA", "PT", Role.ASSISTANT),
        ("A, MS, CCC-SLP", "SLP", Role.THERAPIST),
        ("A, M.S., C.C.C.-S.L.P.", "SLP", Role.THERAPIST),
        ("A", "PT", Role.THERAPIST),
        ("Pat Otis Slp", "PT", Role.THERAPIST),
    ],
)
def test_credentials_that_tell_the_discipline_are_taken_at_their_word(
    qtbot, window, strip, typed, discipline, role
):
    qtbot.keyClicks(strip.name, typed)
    assert strip.discipline.value() == discipline

    qtbot.keyClick(strip.name, Qt.Key.Key_Return)
    assert window.desk.attempt(people.current, refresh=False).discipline == discipline
    assert window.desk.who.role is role


def test_the_tab_key_reaches_the_discipline_that_is_chosen(qtbot, window, strip):
    qtbot.keyClicks(strip.name, "A, OTR/L")
    qtbot.keyClick(strip.name, Qt.Key.Key_Tab)

    assert window.focusWidget().accessibleName() == "Discipline: OT"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert strip.discipline.value() == "SLP"


@pytest.mark.parametrize("tabs", [1, 2])
def test_enter_keeps_the_answers_wherever_the_keyboard_is_among_them(qtbot, window, strip, tabs):
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")
    for _ in range(tabs):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert window.desk.who.clinician == "Demo Clinician"
    assert not strip.isVisible()


def test_enter_on_the_demo_day_tries_it(qtbot, window, strip, demo_windows):
    strip.demo_button.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert len(demo_windows.folders) == 1


def test_a_name_that_was_typed_is_kept_when_a_visit_is_opened_without_enter(
    qtbot, window, strip, press_keys
):
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")
    press_keys(window, "P-1042")

    (segment,) = window.desk.today.running
    assert segment.clinician == "Demo Clinician"
    assert window.desk.view.visit.discipline == "OT"
    assert not strip.isVisible()


def test_a_discipline_chosen_by_hand_is_not_changed_by_credentials(qtbot, strip):
    qtbot.mouseClick(strip.discipline.parts["SLP"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")

    assert strip.discipline.value() == "SLP"


def test_an_empty_name_is_told_in_words_and_nothing_is_kept(qtbot, window, strip):
    qtbot.keyClick(strip.name, Qt.Key.Key_Return)

    assert strip.isVisible()
    assert strip.name.wrong
    assert "name is empty" in window.bar.text.text()
    assert window.desk.attempt(people.first_start_due, refresh=False)


def test_a_name_that_is_too_long_is_told_in_words(qtbot, window, strip):
    strip.name.setText("x" * 101)
    qtbot.keyClick(strip.name, Qt.Key.Key_Return)

    assert strip.name.wrong
    assert "at most 100" in window.bar.text.text()


def test_escape_puts_the_questions_off_until_the_next_start(qtbot, window, strip):
    with qtbot.waitSignal(strip.put_off, timeout=1000):
        qtbot.keyClick(strip.name, Qt.Key.Key_Escape)

    assert not strip.isVisible()
    assert window.desk.attempt(people.first_start_due, refresh=False), "it comes again"


def test_the_strip_goes_once_a_visit_is_made_without_answers(window, strip):
    window.desk.attempt(lambda clinic: visiting.open_visit(clinic, "P-1"))

    assert not strip.isVisible()
    assert not window.desk.attempt(people.first_start_due, refresh=False)


def test_the_first_stopwatch_runs_after_three_presses_and_one_typed_id(window, strip, press_keys):
    press_keys(window, "P-1042")

    (segment,) = window.desk.today.running
    assert (segment.patient, segment.code) == ("P-1042", "97110")
    assert not strip.isVisible(), "a record that holds a visit asks nothing any more"


def test_with_the_answers_given_the_first_stopwatch_takes_the_same_three_presses(
    qtbot, window, strip, press_keys
):
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")
    qtbot.keyClick(strip.name, Qt.Key.Key_Return)

    press_keys(window, "P-1042")

    (segment,) = window.desk.today.running
    assert (segment.code, segment.clinician) == ("97112", "Demo Clinician")


def test_the_demo_day_opens_in_a_window_and_a_place_of_its_own(
    qtbot, window, strip, demo_windows, clock
):
    qtbot.mouseClick(strip.demo_button, Qt.MouseButton.LeftButton)

    (folder,) = demo_windows.folders
    assert folder != window.desk.clinic.folder
    shown = open_clinic(folder, clock)
    try:
        assert len(snapshots.today(shown).visits) == 9
        assert [segment.code for segment in snapshots.today(shown).running] == ["97112"]
    finally:
        shown.close()
    assert "window of its own" in strip.remark.text()


def test_nothing_of_the_demo_day_gets_into_the_record(qtbot, window, strip):
    qtbot.mouseClick(strip.demo_button, Qt.MouseButton.LeftButton)
    window.desk.refresh()

    assert window.desk.today.visits == ()
    assert window.desk.today.recorded_at is None
    assert window.desk.attempt(people.everyone, refresh=False) == []
    assert strip.isVisible(), "the questions of the real record still wait"


def test_a_second_press_brings_the_same_demo_day(qtbot, strip, demo_windows):
    for _ in range(2):
        qtbot.mouseClick(strip.demo_button, Qt.MouseButton.LeftButton)

    first, second = demo_windows.folders
    assert first == second


def test_a_demo_window_that_does_not_open_is_told_with_what_to_do(
    qtbot, window, strip, demo_windows
):
    demo_windows.works = False
    qtbot.mouseClick(strip.demo_button, Qt.MouseButton.LeftButton)

    assert "ptimer --data-dir" in window.bar.text.text()


def test_the_second_window_is_this_ptimer_on_the_other_folder(tmp_path, monkeypatch):
    assert second_window.arguments_for(tmp_path) == ["-m", "ptimer", "--data-dir", str(tmp_path)]

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert second_window.arguments_for(tmp_path) == ["--data-dir", str(tmp_path)]


def test_a_program_that_can_not_start_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such program"))

    assert not second_window.open_on(tmp_path)


@pytest.mark.parametrize("width", [900, 1179, 1180, 1280, 1900])
def test_no_question_is_cut_off_in_a_narrow_or_a_wide_window(qtbot, window, strip, width):
    window.resize(width, 700)

    shown = [strip.name, strip.discipline, strip.payer, strip.demo_button, strip.save]
    qtbot.waitUntil(
        lambda: all(each.width() >= each.minimumSizeHint().width() for each in shown), timeout=1000
    )
    areas = [each.rect().translated(each.mapTo(strip, each.rect().topLeft())) for each in shown]
    for number, area in enumerate(areas):
        assert strip.rect().contains(area)
        assert not any(area.intersects(other) for other in areas[number + 1 :])


@pytest.mark.parametrize("width", [900, 1280])
def test_the_questions_are_in_the_order_of_the_tab_key(qtbot, window, strip, width):
    window.resize(width, 700)
    reached = []
    for _ in range(5):
        reached.append(window.focusWidget().accessibleName())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    assert reached == [
        "Name and credentials",
        "Discipline: PT",
        "Usual payer counts by: 8-minute rule (CMS)",
        "Try the demo day",
        "Save",
    ]


def test_answers_that_are_not_recorded_stay_typed_and_are_kept_by_the_same_press(
    qtbot, window, strip
):
    folder = window.desk.clinic.folder
    qtbot.keyClicks(strip.name, "Demo Clinician, OTR/L")
    folder.rename(folder.with_name("away"))
    strip.save.click()

    assert strip.isVisible()
    assert strip.name.text() == "Demo Clinician, OTR/L"
    assert window.bar.title.text() == "Not recorded"
    folder.with_name("away").rename(folder)
    strip.save.click()
    assert not strip.isVisible()
    assert window.desk.who.clinician == "Demo Clinician"
    assert not window.messages.shown
