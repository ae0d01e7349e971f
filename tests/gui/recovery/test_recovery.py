"""The question about a time in doubt: what a clinician may rely on after a crash or a sleep."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from ptimer.gui.recovery.recovery_screen import RecoveryScreen
from ptimer.operations import answering, history, snapshots, stopping, stopwatch, visiting, watching
from ptimer.operations.recording import FROM_WINDOW
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.recovery import Answer
from ptimer.timing.service_date import clock_text

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return
KEYS = {
    Answer.WENT_ON: Qt.Key.Key_1,
    Answer.ENDED_THEN: Qt.Key.Key_2,
    Answer.ENDED_AT: Qt.Key.Key_3,
    Answer.NEVER: Qt.Key.Key_4,
}


class Hands:
    """Presses and types as a person does."""

    def __init__(self, qtbot, window):
        self.qtbot = qtbot
        self.window = window
        self.desk = window.desk
        self.page = window.body.screens["recovery"].page

    @property
    def on_screen(self):
        return self.window.body.name

    def key(self, key):
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key)

    def press(self, widget):
        self.qtbot.mouseClick(widget, LEFT)

    def type_end(self, text):
        with self.qtbot.waitSignal(self.page.judged, timeout=2000):
            self.qtbot.keyClicks(self.page.ended_at, text)

    def minutes(self):
        return [row.minutes.text() for row in self.page.answers.values()]

    def recorded(self, patient):
        """What the record holds of a patient: code, start, end."""
        visits = (*self.desk.today.visits, *self.desk.today.earlier)
        visit_id = next(v.visit.id for v in visits if v.visit.patient == patient)
        view = snapshots.visit(self.desk.clinic, visit_id)
        zone = self.desk.clinic.clock.zone
        return [
            (s.code, clock_text(s.started_at, zone), s.ended_at and clock_text(s.ended_at, zone))
            for s in view.record.segments
        ]


def run(clinic, code, patient, **more):
    wish = StartWish(code, (patient,), clinician="Kim", origin=FROM_WINDOW, **more)
    return stopwatch.start(clinic, wish).started[0]


@pytest.fixture
def ask(qtbot):
    def ask(window):
        window.offer_screen(
            "recovery", lambda: RecoveryScreen(window.look, window.desk, window.times, window.today)
        )
        window.go("recovery")
        return Hands(qtbot, window)

    return ask


@pytest.fixture
def running(clinic, make_window):
    """A window in which 97112 of Ann was pressed at 10:00."""
    window = make_window(clinic)
    run(clinic, "97112", "Ann")
    window.desk.refresh()
    return window


@pytest.fixture
def crashed(clock, clinic, make_window, ask):
    """97112 of Ann runs since 10:00; the PC stopped at 10:24; ptimer is open again at 10:32:20."""
    run(clinic, "97112", "Ann")
    clock.advance(minutes=24)
    watching.beat(clinic)
    clock.advance(minutes=8, seconds=20)
    return ask(make_window(clinic))


# -- what is asked -----------------------------------------------------------------------------


def test_it_says_what_ran_for_whom_since_when_and_how_long_that_is_sure(crashed):
    assert crashed.page.question.text() == "Was 97112 still going on?"
    assert crashed.page.facts.facts == (
        ("Patient", "Ann"),
        ("Code", "97112"),
        ("Since", "10:00:00"),
        ("Last sign of life", "10:24:00"),
        ("Open again", "10:32:20"),
    )
    assert "ptimer or the PC stopped" in crashed.page.cause.text()
    assert "All up to 10:24:00 is recorded" in crashed.page.cause.text()
    assert crashed.page.bar.sure_words == "97112 · 24 min recorded"
    assert crashed.page.bar.doubt_words == "8 min in doubt"


def test_each_answer_says_the_minutes_that_it_would_give(crashed):
    assert crashed.minutes() == ["32 min", "24 min", "–", "0 min"]  # noqa: RUF001


def test_what_may_still_run_is_counted_on(crashed, clock, pass_time):
    pass_time(crashed.window, clock, minutes=1)

    assert crashed.minutes()[:2] == ["33 min", "24 min"]
    assert crashed.page.bar.doubt_words == "9 min in doubt"


def test_no_answer_is_chosen_beforehand(crashed):
    assert crashed.page.answer is None
    assert crashed.page.confirm.text() == "Choose an answer"
    assert not crashed.page.confirm.isEnabled()
    crashed.key(ENTER)

    assert crashed.on_screen == "recovery"
    assert crashed.recorded("Ann") == [("97112", "10:00:00", None)]


def test_a_sleep_is_called_a_sleep(clock, running, ask):
    clock.advance(minutes=20)
    running.desk.tick()
    asked = ask(running)

    assert "The PC slept while this stopwatch ran" in asked.page.cause.text()
    assert ("Awake again", "10:20:00") in asked.page.facts.facts


def test_a_clock_that_was_set_is_called_so_and_the_likely_end_is_offered(clock, running, ask):
    clock.advance(seconds=20)
    clock.set_by_hand(Instant(clock.now() + 60 * MINUTE))
    running.desk.tick()
    asked = ask(running)

    assert "clock was set by hand" in asked.page.cause.text()
    assert asked.page.ended_at.text() == "10:00:20"
    assert asked.page.answer is None, "offered, not chosen"


@pytest.mark.parametrize(
    ("minutes", "said"), [(60, "60 min of it came with the clock"), (-30, "30 min went with the")]
)
def test_minutes_that_only_the_clock_made_or_took_are_said_before_it_went_on(
    clock, running, ask, minutes, said
):
    clock.advance(seconds=20)
    clock.set_by_hand(Instant(clock.now() + minutes * MINUTE))
    running.desk.tick()
    asked = ask(running)

    assert said in asked.page.answers[Answer.WENT_ON].remark.text()


def test_a_time_of_yesterday_is_told_with_its_date(clock, clinic, make_window, ask):
    run(clinic, "97112", "Ann")
    clock.advance(minutes=24)
    watching.beat(clinic)
    clock.advance(hours=22)
    asked = ask(make_window(clinic))

    assert ("Since · Mon 23 Nov 2026", "10:00:00") in asked.page.facts.facts
    asked.key(KEYS[Answer.ENDED_AT])
    asked.type_end("10:30")
    assert asked.minutes()[2] == "30 min", "half past ten of yesterday"


def test_someone_elses_stopwatch_is_asked_about_with_their_name(clock, running, ask):
    clock.advance(minutes=5)
    running.desk.tick()
    running.desk.treat_as("Lee", running.desk.who.role)
    asked = ask(running)

    assert ("Clinician", "Kim") in asked.page.facts.facts


# -- answering ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "recorded"),
    [
        (Answer.WENT_ON, [("97112", "10:00:00", None)]),
        (Answer.ENDED_THEN, [("97112", "10:00:00", "10:24:00")]),
        (Answer.NEVER, []),
    ],
)
def test_a_key_chooses_and_enter_confirms(crashed, answer, recorded):
    crashed.key(KEYS[answer])
    assert crashed.page.answer is answer
    assert crashed.recorded("Ann") == [("97112", "10:00:00", None)], "chosen is not answered"
    crashed.key(ENTER)

    assert crashed.recorded("Ann") == recorded
    assert watching.in_doubt(crashed.desk.clinic) == ()
    assert crashed.on_screen == "today"
    assert crashed.window.hasFocus(), "Space stops, and presses no button that is not meant"


def test_it_ended_at_a_typed_time(crashed):
    crashed.key(KEYS[Answer.ENDED_AT])
    assert crashed.page.ended_at.hasFocus()
    assert not crashed.page.problem.isVisible(), "nothing is wrong yet"
    crashed.key(ENTER)
    assert crashed.page.ended_at.wrong, "the time is still to be typed"
    crashed.type_end("10:28")
    assert crashed.minutes()[2] == "28 min"
    crashed.key(ENTER)

    assert crashed.recorded("Ann") == [("97112", "10:00:00", "10:28:00")]
    assert crashed.on_screen == "today"


def test_a_time_that_is_typed_is_an_answer_by_itself(crashed):
    crashed.press(crashed.page.ended_at)
    crashed.type_end("10:28:30")

    assert crashed.page.answer is Answer.ENDED_AT
    assert crashed.page.confirm.isEnabled()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("09:30", "lies between its start at 10:00:00 and now"),
        ("10:50", "lies between its start at 10:00:00 and now"),
        ("half", "is not a time such as 10:07"),
    ],
)
def test_an_end_that_can_not_be_is_told_where_it_is_typed(crashed, typed, said):
    crashed.key(KEYS[Answer.ENDED_AT])
    crashed.type_end(typed)

    assert said in crashed.page.problem.text.text()
    assert crashed.page.ended_at.wrong
    assert not crashed.page.confirm.isEnabled()
    assert crashed.minutes()[2] == "–"  # noqa: RUF001
    crashed.key(ENTER)
    assert crashed.on_screen == "recovery"


def test_another_answer_takes_the_problem_away(crashed):
    crashed.key(KEYS[Answer.ENDED_AT])
    crashed.type_end("half")
    crashed.press(crashed.page.answers[Answer.ENDED_THEN])

    assert not crashed.page.problem.isVisible()
    assert crashed.page.confirm.isEnabled()
    crashed.press(crashed.page.confirm)
    assert crashed.recorded("Ann") == [("97112", "10:00:00", "10:24:00")]


def test_enter_confirms_what_was_chosen_with_the_mouse(crashed):
    crashed.press(crashed.page.answers[Answer.ENDED_THEN])
    crashed.key(ENTER)

    assert crashed.recorded("Ann") == [("97112", "10:00:00", "10:24:00")]


def test_an_answer_is_kept_with_what_was_recorded(crashed):
    crashed.key(KEYS[Answer.ENDED_THEN])
    crashed.key(ENTER)
    told = history.changes_of(crashed.desk.clinic, crashed.desk.visit_id)

    assert str(told[0].done) == "answered: it ended then"
    assert (told[0].before, told[0].after) == ("running", "10:24:00")


def test_one_question_after_the_other(clock, clinic, make_window, ask):
    run(clinic, "G0283", "Ann")
    run(clinic, "97112", "Ben")
    clock.advance(minutes=10)
    asked = ask(make_window(clinic))
    first = asked.page.facts.facts[0][1]
    assert "1 more wait for an answer" in asked.page.hint.text()

    asked.key(KEYS[Answer.ENDED_THEN])
    asked.key(ENTER)

    second = asked.page.facts.facts[0][1]
    assert {first, second} == {"Ann", "Ben"}
    assert asked.on_screen == "recovery"
    assert asked.page.answer is None, "the second is asked anew"
    assert asked.desk.view.visit.patient == second, "the columns beside it show whose it is"
    asked.key(KEYS[Answer.WENT_ON])
    asked.key(ENTER)
    assert asked.on_screen == "today"


def test_what_was_stopped_meanwhile_went_on_until_then(clock, clinic, running, ask):
    clock.advance(minutes=20)
    running.desk.tick()
    clock.advance(seconds=20)
    stopping.stop(clinic, StopWish())
    asked = ask(running)

    row = asked.page.answers[Answer.WENT_ON]
    assert row.remark.text() == "Until it was stopped, 10:20:20"
    assert (row.minutes.text(), row.state.text()) == ("20 min", "ended")


# -- it blocks nothing -------------------------------------------------------------------------


def test_escape_leaves_the_question_for_later(crashed):
    crashed.key(Qt.Key.Key_Escape)

    assert crashed.on_screen == "today"
    assert len(crashed.desk.in_doubt()) == 1
    crashed.window.go("recovery")
    assert crashed.page.question.text() == "Was 97112 still going on?"


def test_what_was_chosen_is_forgotten_when_the_question_is_left(crashed):
    crashed.key(KEYS[Answer.NEVER])
    crashed.window.go("today")
    crashed.window.go("recovery")

    assert crashed.page.answer is None


def test_a_person_who_looks_at_another_visit_goes_to_its_stopwatches(crashed):
    other = visiting.open_visit(crashed.desk.clinic, "Ben")
    crashed.desk.refresh()
    crashed.desk.select(other.id)

    assert crashed.on_screen == "today"
    assert crashed.desk.view.visit.patient == "Ben"


def test_a_patient_id_is_typed_while_the_question_waits(crashed):
    crashed.window.today.visits.open_form()
    form = crashed.window.today.visits.form
    crashed.qtbot.keyClicks(form.patient, "P-1234")

    assert form.patient.text() == "P-1234"
    assert crashed.page.answer is None, "digits belong to the field in which they are typed"


def test_a_press_elsewhere_does_not_disturb_what_is_chosen(crashed):
    crashed.key(KEYS[Answer.ENDED_AT])
    crashed.type_end("10:2")
    visiting.open_visit(crashed.desk.clinic, "Ben")
    crashed.desk.refresh()

    assert crashed.page.answer is Answer.ENDED_AT
    assert crashed.page.ended_at.text() == "10:2"


def test_an_answer_that_was_given_elsewhere_ends_the_question(crashed):
    segment = crashed.desk.in_doubt()[0].segment
    answering.answer_doubt(crashed.desk.clinic, segment.id, Answer.WENT_ON)
    crashed.desk.refresh()

    assert crashed.on_screen == "today"


def test_without_a_doubt_there_is_nothing_to_ask(window, ask):
    asked = ask(window)

    assert asked.on_screen == "today"


# -- by the keyboard, by the ear, and in little room -------------------------------------------


def test_the_answers_are_reached_by_tab_and_arrows(crashed):
    first, second, *_ = crashed.page.answers.values()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    crashed.key(Qt.Key.Key_Space)
    assert crashed.page.answer is Answer.WENT_ON
    second.setFocus(Qt.FocusReason.TabFocusReason)
    crashed.key(Qt.Key.Key_Space)
    crashed.key(ENTER)

    assert crashed.recorded("Ann") == [("97112", "10:00:00", "10:24:00")]


def test_everything_that_takes_the_keyboard_has_a_name(crashed):
    nameless = [
        widget
        for widget in crashed.page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit) and not widget.accessibleName()
    ]

    assert nameless == []
    assert crashed.page.answers[Answer.WENT_ON].accessibleName() == (
        "1: It went on. It runs now, since 10:00:00. 32 min, still running"
    )


def test_nothing_is_wider_than_its_window(clock, clinic, make_window, ask):
    run(clinic, "97112", "W" * 100)
    clock.advance(minutes=10)
    asked = ask(make_window(clinic))
    for size in ((900, 600), (1280, 800), (2400, 1400)):
        asked.window.resize(*size)
        QApplication.processEvents()
        for widget in asked.page.findChildren(QWidget):
            if widget.isVisible():
                right = widget.mapTo(asked.page, widget.rect().topRight()).x()
                assert right <= asked.page.width(), (size, widget)


# -- where nothing can be recorded -----------------------------------------------------------------


def test_an_answer_that_is_not_recorded_is_said_stays_chosen_and_is_given_by_the_same_press(
    crashed, clinic
):
    crashed.key(KEYS[Answer.ENDED_AT])
    crashed.type_end("10:20")
    away = clinic.folder.with_name("away")
    clinic.folder.rename(away)
    crashed.page.confirm.click()
    crashed.desk.refresh()

    assert crashed.on_screen == "recovery"
    assert crashed.page.ended_at.text() == "10:20"
    assert crashed.window.bar.title.text() == "Not recorded"
    away.rename(clinic.folder)
    crashed.page.confirm.click()
    assert crashed.recorded("Ann") == [("97112", "10:00:00", "10:20:00")]
    assert not crashed.window.messages.shown
