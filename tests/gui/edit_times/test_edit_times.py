"""Edit times: what a clinician may rely on when a recorded time is put right."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from ptimer.gui.edit_times.edit_times_screen import EditTimesScreen
from ptimer.operations import (
    coming,
    corrections,
    history,
    importing,
    snapshots,
    stopping,
    stopwatch,
)
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import HOUR
from ptimer.timing.service_date import clock_text

LEFT = Qt.MouseButton.LeftButton


class Hands:
    """Presses and types as a person does."""

    def __init__(self, qtbot, window):
        self.qtbot = qtbot
        self.window = window
        self.desk = window.desk
        self.screen = window.body.screens["edit-times"]
        self.page = self.screen.page
        self.table = self.page.table
        self.editor = self.page.editor

    def press(self, button):
        assert button.isVisible(), button.text()
        self.qtbot.mouseClick(button, LEFT)

    def key(self, key):
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key)

    def edit(self, row):
        """Press Edit in a row."""
        rows = self.table.list
        self.qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.edit_area(row).center())

    def type(self, field, text):
        """Type over what stands in a field, and wait for what is said of it."""
        field.setFocus()
        field.selectAll()
        with self.qtbot.waitSignal(self.editor.judged, timeout=2000):
            self.qtbot.keyClicks(field, text)

    def type_new(self, field, text):
        """The same in the form for a time that was not pressed."""
        field.setFocus()
        with self.qtbot.waitSignal(self.page.add_time.judged, timeout=2000):
            self.qtbot.keyClicks(field, text)

    def say_why(self, text="pressed late", field=None):
        self.qtbot.keyClicks(field or self.editor.reason, text)

    def times(self, patient="P-1042"):
        """What the record holds now: code, start, end."""
        zone = self.desk.clinic.clock.zone
        return [
            (s.code, clock_text(s.started_at, zone), s.ended_at and clock_text(s.ended_at, zone))
            for s in self.view(patient).record.segments
        ]

    def view(self, patient="P-1042"):
        return snapshots.visit(self.desk.clinic, self.visit_id(patient))

    def visit_id(self, patient):
        today = self.desk.today
        views = (*today.visits, *today.earlier)
        return next(v.visit.id for v in views if v.visit.patient == patient)

    def rows(self):
        """What the table says, row by row."""
        return [line.spoken for line in self.table.list.segments.lines]

    def changes(self):
        return [line.spoken for line in self.page.changes.lines]


@pytest.fixture
def hands(qtbot):
    def hands(window):
        window.offer_screen(
            "edit-times",
            lambda: EditTimesScreen(window.look, window.desk, window.times, window.today),
        )
        window.go("edit-times")
        return Hands(qtbot, window)

    return hands


@pytest.fixture
def morning(demo_morning, hands):
    """The times of P-1042 at 10:36:07: 97110, 97165, and 97112 that runs."""
    window, _ = demo_morning
    return hands(window)


# -- the table ---------------------------------------------------------------------------------


def test_the_visits_times_are_rows_of_what_when_who_and_in_which_role(morning):
    assert morning.rows() == [
        "97110, 09:43:02 – 10:06:16, 23 min, Demo Clinician, therapist",  # noqa: RUF001
        "97165, 10:06:16 – 10:11:30, 5 min, Demo Clinician, therapist",  # noqa: RUF001
        "97112, 10:12:00 – running, 24 min, Demo Clinician, therapist",  # noqa: RUF001
    ]
    assert morning.page.patient.text() == "P-1042"


def test_the_minutes_of_what_runs_go_on(demo_morning, hands, pass_time):
    window, clock = demo_morning
    morning = hands(window)

    pass_time(window, clock, minutes=1)

    assert "25 min" in morning.rows()[2]


def test_another_visit_that_is_chosen_on_the_left_shows_its_times(morning):
    morning.edit(0)
    morning.desk.select(morning.visit_id("P-0866"))

    assert [row[:5] for row in morning.rows()] == ["97530", "97535"]
    assert not morning.editor.isVisible()


# -- one time ----------------------------------------------------------------------------------


def test_a_new_start_with_a_reason_is_recorded_and_the_old_row_is_kept(morning):
    morning.edit(2)
    morning.type(morning.editor.start, "10:12:40")
    assert morning.editor.minutes.text() == "24 → 23"
    assert morning.table.list.struck == {"start", "minutes"}
    morning.say_why("pressed early")
    morning.press(morning.editor.save)

    assert morning.times()[2] == ("97112", "10:12:40", None), "and it runs on"
    assert "edited" in morning.rows()[2]
    assert not morning.editor.isVisible()
    assert morning.changes()[0] == (
        "10:36:07, Demo Clinician, 97112 corrected start 10:12:00 → 10:12:40 · “pressed early”"
    )


def test_nothing_is_saved_without_a_difference_and_a_reason(morning):
    morning.edit(0)
    editor = morning.editor
    assert not editor.save.isEnabled()

    morning.say_why()
    assert not editor.save.isEnabled(), "nothing is different"
    editor.reason.clear()
    morning.type(editor.start, "09:44")
    assert not editor.save.isEnabled(), "no reason is given"
    morning.key(Qt.Key.Key_Return)

    assert editor.reason.wrong, "Enter goes to what is missing"
    assert editor.reason.hasFocus()
    assert morning.times()[0] == ("97110", "09:43:02", "10:06:16")
    morning.say_why()
    assert editor.save.isEnabled()


def test_typing_the_recorded_time_again_is_no_difference(morning):
    morning.edit(0)
    morning.say_why()
    morning.type(morning.editor.start, "9:43:02")

    assert not morning.editor.save.isEnabled()
    assert morning.editor.minutes.text() == "23"


def test_a_conflict_is_refused_while_it_is_typed_with_the_rule_and_a_time_that_fits(morning):
    morning.edit(1)
    morning.say_why()
    morning.type(morning.editor.start, "10:04")
    verdict = morning.editor.verdict

    assert verdict.isVisible()
    assert verdict.title.text() == "Not saved: 10:04 would overlap 97110 09:43:02–10:06:16"  # noqa: RUF001
    assert "An evaluation can't share minutes" in verdict.text.text()
    assert "The earliest start that fits is 10:06:16." in verdict.text.text()
    assert morning.editor.start.wrong
    assert morning.editor.minutes.text() == "5 → 7"
    assert not morning.editor.save.isEnabled()
    assert morning.page.time_box.hint.text() == "10:04 to 10:06 would be counted twice"
    assert not morning.window.bar.isVisible(), "it is said where it is typed"

    morning.press(verdict.why)
    assert "CMS, 11 Part B Billing Scenarios" in verdict.panel.text
    morning.press(verdict.why)
    morning.type(morning.editor.start, "10:04:00")
    morning.press(verdict.use)

    assert morning.editor.start.text() == "10:06:16"
    assert morning.editor.start.hasFocus()
    assert not verdict.isVisible()
    assert "twice" not in morning.page.time_box.hint.text()


def test_the_latest_end_is_offered_where_the_end_is_too_late(morning):
    morning.edit(0)
    morning.say_why()
    morning.type(morning.editor.end, "10:08")
    assert "The latest end that fits is 10:06:16." in morning.editor.verdict.text.text()

    morning.press(morning.editor.verdict.use)

    assert morning.editor.end.text() == "10:06:16"


@pytest.mark.parametrize("typed", ["10", "25:00", "noon", "10:12:61"])
def test_a_time_that_is_none_is_told_and_marked(morning, typed):
    morning.edit(0)
    morning.say_why()
    morning.type(morning.editor.start, typed)

    assert "is not a time such as 10:07" in morning.editor.verdict.text.text()
    assert morning.editor.start.wrong
    assert not morning.editor.save.isEnabled()


def test_a_time_in_the_future_is_refused(morning):
    morning.edit(2)
    morning.say_why()
    morning.type(morning.editor.end, "10:40")

    assert "10:40:00 is in the future" in morning.editor.verdict.text.text()
    assert not morning.editor.save.isEnabled()


def test_an_end_typed_over_what_runs_stops_it(morning):
    morning.edit(2)
    assert morning.editor.end.text() == ""
    morning.type(morning.editor.end, "10:30")
    morning.say_why("forgot to stop")
    morning.key(Qt.Key.Key_Return)

    assert morning.times()[2] == ("97112", "10:12:00", "10:30:00")


def test_enter_saves_what_was_typed_last_even_before_it_was_judged(qtbot, morning):
    morning.edit(2)
    morning.say_why()
    morning.editor.start.setFocus()
    morning.editor.start.selectAll()
    qtbot.keyClicks(morning.editor.start, "10:11")
    morning.key(Qt.Key.Key_Return)

    assert morning.editor.verdict.isVisible(), "it meets the evaluation"
    assert morning.times()[2] == ("97112", "10:12:00", None)


def test_escape_closes_the_editor_first_and_goes_back_then(morning):
    morning.edit(0)
    morning.key(Qt.Key.Key_Escape)

    assert not morning.editor.isVisible()
    assert morning.window.body.name == "edit-times"
    morning.key(Qt.Key.Key_Escape)
    assert morning.window.body.name == "today"


def test_escape_and_enter_are_the_editors_after_a_press_with_the_mouse_too(morning):
    morning.edit(1)
    morning.type(morning.editor.start, "10:04")
    morning.press(morning.editor.verdict.why)
    morning.key(Qt.Key.Key_Escape)
    assert not morning.editor.verdict.panel.isVisible()
    morning.key(Qt.Key.Key_Escape)
    assert not morning.editor.isVisible()
    assert morning.window.body.name == "edit-times"

    morning.edit(2)
    morning.say_why()
    morning.type(morning.editor.start, "10:12:30")
    morning.press(morning.editor.more["note"])
    morning.press(morning.editor.more["note"])
    morning.key(Qt.Key.Key_Return)
    assert morning.times()[2] == ("97112", "10:12:30", None)


def test_escape_closes_what_is_open_wherever_the_keyboard_is_on_the_page(morning):
    morning.edit(0)
    morning.table.list.setFocus()
    morning.key(Qt.Key.Key_Escape)

    assert not morning.editor.isVisible()
    assert morning.window.body.name == "edit-times"


def test_back_to_the_stopwatches_is_one_press(morning):
    morning.press(morning.page.back)

    assert morning.window.body.name == "today"


def test_what_was_half_typed_is_gone_after_leaving(morning):
    morning.edit(0)
    morning.type(morning.editor.start, "09:44")
    morning.window.go("today")
    morning.window.go("edit-times")

    assert not morning.editor.isVisible()
    morning.edit(0)
    assert morning.editor.start.text() == "09:43:02"


def test_only_one_thing_is_open_at_a_time(morning):
    page = morning.page
    morning.edit(0)
    morning.press(page.add)
    assert not morning.editor.isVisible()
    morning.press(page.change_payer)
    assert not page.add_time.isVisible()
    morning.press(page.change_in_clinic)
    assert not page.payer_editor.isVisible()
    morning.edit(1)
    assert not page.in_clinic_editor.isVisible()
    assert morning.editor.isVisible()


# -- code, patient, clinician, units, note -----------------------------------------------------


def test_another_code_is_typed_by_its_number(morning):
    morning.edit(0)
    morning.press(morning.editor.more["code"])
    morning.type(morning.editor.further.code, "97140")
    morning.say_why("the wrong card")
    morning.press(morning.editor.save)

    assert morning.times()[0] == ("97140", "09:43:02", "10:06:16")


def test_codes_are_found_by_what_they_are(morning):
    morning.edit(0)
    morning.press(morning.editor.more["code"])
    completer = morning.editor.further.code.completer()
    completer.setCompletionPrefix("manual")

    assert completer.pathFromIndex(completer.currentIndex()) == "97140"


def test_a_code_that_is_in_no_book_is_refused(morning):
    morning.edit(0)
    morning.press(morning.editor.more["code"])
    morning.type(morning.editor.further.code, "99999")
    morning.say_why()

    assert "99999 is not in the code book" in morning.editor.verdict.text.text()
    assert not morning.editor.save.isEnabled()


def test_a_time_of_the_wrong_patient_is_moved_and_said_where_to(morning):
    morning.edit(0)
    morning.press(morning.editor.more["patient"])
    morning.type(morning.editor.further.patient, "P-1150")
    assert "It moves to P-1150's visit" in morning.editor.verdict.text.text()
    morning.say_why("the wrong patient")
    morning.press(morning.editor.save)

    assert [code for code, *_ in morning.times()] == ["97165", "97112"]
    assert morning.times("P-1150") == [("97110", "09:43:02", "10:06:16")]
    assert "patient P-1042 → P-1150" in morning.changes()[0]


def test_a_patient_without_a_visit_is_said_before_one_is_made(morning):
    morning.edit(0)
    morning.press(morning.editor.more["patient"])
    morning.type(morning.editor.further.patient, "P-1105")

    assert "P-1105, who has no such visit" in morning.editor.verdict.text.text()


def test_a_students_time_needs_a_supervising_therapist(morning):
    editor, people = morning.editor, morning.editor.further.people
    morning.edit(0)
    morning.press(editor.more["clinician"])
    morning.type(people.clinician, "Sam Student")
    assert not people.supervisor.isVisible()
    with morning.qtbot.waitSignal(editor.judged):
        morning.qtbot.keyClicks(people.role, "student")
    morning.say_why("Sam treated")
    assert "only with a supervising therapist named" in editor.verdict.text.text()
    assert not editor.save.isEnabled()

    morning.type(people.supervisor, "Demo Clinician")
    morning.press(editor.save)

    assert "Sam Student, student with Demo Clinician" in morning.rows()[0]


def test_a_misspelt_name_is_pointed_out_before_it_is_kept(morning):
    morning.edit(0)
    morning.press(morning.editor.more["clinician"])
    morning.type(morning.editor.further.people.clinician, "Demo Clinicain")

    assert "Demo Clinicain is new here: check the spelling" in morning.editor.verdict.text.text()


def test_units_are_typed_only_where_the_code_is_billed_by_area(morning):
    editor, further = morning.editor, morning.editor.further
    morning.edit(0)
    assert not further.units.isVisible()
    morning.press(editor.more["code"])
    morning.type(further.code, "97597")
    assert further.units.isVisible()
    morning.type(further.units, "two")
    assert further.units.wrong
    morning.type(further.units, "2")
    morning.say_why("wound care")
    morning.press(editor.save)

    segment = morning.view().record.segments[0]
    assert (segment.code, segment.typed_units) == ("97597", 2)


def test_a_note_is_kept_with_the_time(morning):
    morning.edit(0)
    morning.press(morning.editor.more["note"])
    morning.type(morning.editor.further.note, "<b>with</b> the walker")
    morning.say_why("for the record")
    morning.press(morning.editor.save)

    assert morning.view().record.segments[0].note == "<b>with</b> the walker"
    assert "note <b>with</b> the walker" in morning.changes()[0], "never markup"
    tip = morning.table.list.segments.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;with&lt;/b&gt;" in tip


def test_a_part_that_is_closed_again_changes_nothing(morning):
    editor = morning.editor
    morning.edit(0)
    morning.press(editor.more["code"])
    morning.type(editor.further.code, "97140")
    morning.say_why()
    assert editor.save.isEnabled()

    morning.press(editor.more["code"])

    assert not editor.further.code.isVisible()
    assert not editor.save.isEnabled()


# -- split and void ----------------------------------------------------------------------------


def test_a_time_is_split_where_it_is_typed(morning):
    editor = morning.editor
    morning.edit(0)
    morning.press(editor.more["split"])
    assert not editor.verdict.isVisible(), "nothing is wrong yet"
    morning.type(editor.split_at, "09:50")
    assert editor.minutes.text() == "23 → 6 + 16"
    morning.say_why("two goals")
    morning.press(editor.save)

    assert morning.times()[:2] == [
        ("97110", "09:43:02", "09:50:00"),
        ("97110", "09:50:00", "10:06:16"),
    ]


def test_a_split_outside_is_refused(morning):
    morning.edit(0)
    morning.press(morning.editor.more["split"])
    morning.say_why()
    morning.type(morning.editor.split_at, "10:20")

    assert "does not lie inside 97110" in morning.editor.verdict.text.text()
    assert not morning.editor.save.isEnabled()


def test_a_voided_time_leaves_every_count_and_stays_in_the_record(morning):
    editor = morning.editor
    morning.edit(1)
    morning.press(editor.more["void"])
    assert not editor.save.isEnabled()
    assert editor.save.text() == "Void"
    morning.say_why("no evaluation today")
    morning.press(editor.save)

    assert [code for code, *_ in morning.times()] == ["97110", "97112"]
    told = history.changes_of(morning.desk.clinic, morning.visit_id("P-1042"))
    assert (told[0].action, told[0].before, told[0].reason) == (
        "void",
        "10:06:16–10:11:30",  # noqa: RUF001
        "no evaluation today",
    )
    assert "97165 voided" in morning.changes()[0]


def test_going_from_a_change_to_a_split_forgets_the_change(morning):
    editor = morning.editor
    morning.edit(0)
    morning.press(editor.more["code"])
    morning.type(editor.further.code, "97140")
    morning.press(editor.more["split"])
    morning.type(editor.split_at, "09:50")
    morning.say_why()
    morning.press(editor.save)

    assert [code for code, *_ in morning.times()[:2]] == ["97110", "97110"]


# -- a time that was not pressed ---------------------------------------------------------------


def _add(hands, code, start, end, why="forgot to start"):
    form = hands.page.add_time
    hands.press(hands.page.add)
    hands.type_new(form.code, code)
    hands.type_new(form.start, start)
    hands.type_new(form.end, end)
    hands.say_why(why, form.reason)
    return form


def test_a_time_that_was_not_pressed_is_added(morning):
    form = _add(morning, "97140", "09:41:20", "09:42:50")
    assert form.minutes.text() == "1"
    assert form.people.clinician.text() == "Demo Clinician", "who treats now is offered"
    morning.press(form.save)

    assert morning.times()[0] == ("97140", "09:41:20", "09:42:50")
    assert not form.isVisible()
    assert "97140 added" in morning.changes()[0]


def test_an_added_time_is_refused_where_it_would_conflict(morning):
    form = _add(morning, "97140", "09:41:20", "09:50")

    assert "The latest end that fits is 09:43:02." in form.verdict.text.text()
    assert not form.save.isEnabled()
    morning.press(form.verdict.use)
    assert form.end.text() == "09:43:02"
    assert form.save.isEnabled()


def test_enter_in_an_empty_form_goes_to_what_is_missing(morning):
    morning.press(morning.page.add)
    morning.key(Qt.Key.Key_Return)

    assert morning.page.add_time.code.wrong
    assert morning.page.add_time.isVisible()


def test_escape_closes_the_form_alone(morning):
    morning.press(morning.page.add)
    morning.key(Qt.Key.Key_Escape)

    assert not morning.page.add_time.isVisible()
    assert morning.window.body.name == "edit-times"


@pytest.fixture
def yesterday(clock, clinic, make_window, hands):
    """A visit of yesterday that is not signed yet: 97110 from 10:00 to 10:20."""
    stopwatch.start(clinic, StartWish("97110", ("Ann",), clinician="Kim"))
    clock.advance(minutes=20)
    stopping.stop(clinic, StopWish())
    clock.advance(hours=24)
    window = make_window(clinic)
    earlier = window.desk.today.earlier[0]
    window.desk.select(earlier.visit.id)
    return hands(window)


def test_times_of_an_earlier_day_are_typed_as_times_of_that_day(yesterday):
    yesterday.edit(0)
    yesterday.type(yesterday.editor.end, "10:25")
    yesterday.say_why()
    yesterday.press(yesterday.editor.save)
    form = _add(yesterday, "97140", "10:25", "10:40")
    yesterday.press(form.save)

    segments = yesterday.view("Ann").record.segments
    assert yesterday.times("Ann") == [
        ("97110", "10:00:00", "10:25:00"),
        ("97140", "10:25:00", "10:40:00"),
    ]
    assert segments[1].started_at < yesterday.desk.now() - 23 * HOUR
    assert "Mon 23 Nov 2026" in yesterday.page.about.text()


# -- the visit ---------------------------------------------------------------------------------


def test_arrival_and_departure_are_typed(morning):
    page = morning.page
    editor = page.in_clinic_editor
    assert page.in_clinic.text() == "Arrived 09:42:30 · left not noted"
    morning.press(page.change_in_clinic)
    assert not editor.save.isEnabled()
    editor.arrived.selectAll()
    morning.qtbot.keyClicks(editor.arrived, "09:40")
    morning.press(editor.save)

    assert page.in_clinic.text() == "Arrived 09:40:00 · left not noted"
    assert not editor.isVisible()
    assert "arrived 09:42:30 → 09:40:00" in morning.changes()[0]


def test_a_departure_before_the_arrival_is_told_and_what_was_typed_stays(morning):
    page = morning.page
    morning.press(page.change_in_clinic)
    morning.qtbot.keyClicks(page.in_clinic_editor.departed, "09:30")
    morning.press(page.in_clinic_editor.save)

    assert morning.window.bar.isVisible()
    assert "can't leave" in morning.window.bar.text.text()
    assert page.in_clinic_editor.departed.text() == "09:30"


def test_another_payer_needs_a_reason(morning):
    page = morning.page
    editor = page.payer_editor
    morning.press(page.change_payer)
    while editor.payer.currentText() != "Commercial (midpoint)":
        morning.qtbot.keyClick(editor.payer, Qt.Key.Key_Down)
    assert not editor.save.isEnabled()
    morning.say_why("a new card", editor.reason)
    morning.press(editor.save)

    assert morning.view().visit.payer == "Commercial (midpoint)"
    assert page.payer.text() == "Payer: Commercial (midpoint)"
    assert "payer Medicare → Commercial (midpoint) · “a new card”" in morning.changes()[0]


def test_a_signed_visit_is_shown_and_nothing_in_it_can_be_changed(morning, qtbot):
    morning.desk.select(morning.visit_id("P-0981"))
    page = morning.page

    assert len(morning.rows()) == 2
    assert "Signed: amend it first" in page.signed.text.text()
    for button in (page.add, page.change_payer, page.change_in_clinic):
        assert not button.isVisible()
    morning.edit(0)
    qtbot.mouseDClick(
        morning.table.list.viewport(), LEFT, pos=morning.table.list.area_of(0).center()
    )
    morning.table.list.setFocus()
    morning.key(Qt.Key.Key_Return)
    assert not morning.editor.isVisible()


def test_a_signed_visit_leads_to_its_amendment(morning, qtbot):
    morning.desk.select(morning.visit_id("P-0981"))
    morning.window.offer_screen("sign", lambda: morning.window.today)
    with qtbot.waitSignal(morning.desk.screen_wanted) as wanted:
        morning.press(morning.page.amend)

    assert wanted.args == ["sign"]


def test_a_visit_without_times_says_what_can_be_done(morning):
    morning.desk.select(morning.visit_id("P-1150"))

    assert not morning.table.isVisible()
    assert "can be added" in morning.page.empty.text()
    assert morning.page.add.isVisible()


def test_presses_are_hidden_among_the_changes_until_they_are_wanted(morning):
    page = morning.page
    assert morning.changes() == []
    assert page.unchanged.isVisible()
    assert page.usual.text() == "Show the 7 presses, too"
    morning.press(page.usual)

    assert "97112 started at 10:12:00" in morning.changes()[0]
    morning.press(page.usual)
    assert morning.changes() == []


def test_a_piece_of_the_timeline_opens_its_time(morning):
    timeline = morning.page.timeline
    piece = timeline.lanes[0].pieces[0]
    with morning.qtbot.waitSignal(timeline.segment_wanted):
        morning.qtbot.mouseClick(timeline, LEFT, pos=_middle_of(timeline, piece))

    assert morning.table.open_id == piece.segment.id


def _middle_of(timeline, piece):
    """Where a piece of the first lane is pressed: looked for, as the eye does."""
    image = timeline.grab().toImage()
    ratio = image.devicePixelRatio()
    wanted = timeline.look.color(piece.tone).rgb()
    y = round(8 * ratio)
    across = [x for x in range(image.width()) if image.pixel(x, y) == wanted]
    return QPoint(round(across[len(across) // 2] / ratio), round(y / ratio))


# -- what happens elsewhere --------------------------------------------------------------------


def test_a_press_elsewhere_does_not_disturb_what_is_being_typed(morning):
    morning.edit(0)
    morning.type(morning.editor.start, "09:44")
    coming.depart(morning.desk.clinic, morning.visit_id("P-1042"))
    morning.desk.refresh()

    assert morning.editor.isVisible()
    assert morning.editor.start.text() == "09:44"
    assert "left 10:36:07" in morning.page.in_clinic.text()


def test_a_time_that_was_voided_elsewhere_is_told_and_closed(morning):
    morning.edit(0)
    segment = morning.view().record.segments[0]
    corrections.void(morning.desk.clinic, segment.id, "by someone else")
    morning.desk.refresh()

    assert not morning.editor.isVisible()
    assert "changed or voided meanwhile" in morning.window.bar.text.text()


def test_space_stops_the_stopwatch_after_anything_was_edited(morning):
    morning.press(morning.page.add)
    morning.press(morning.page.add_time.cancel)
    assert morning.table.list.hasFocus(), "not the next button, which Space would press"
    morning.press(morning.page.back)
    assert morning.window.hasFocus()
    morning.key(Qt.Key.Key_Space)

    assert morning.times()[2][2] == "10:36:07"


def test_what_runs_is_counted_on_while_it_is_edited(demo_morning, hands, pass_time):
    window, clock = demo_morning
    morning = hands(window)
    morning.edit(2)
    morning.type(morning.editor.start, "10:13")
    assert morning.editor.minutes.text() == "24 → 23"

    pass_time(window, clock, minutes=1)

    assert morning.editor.minutes.text() == "25 → 24"


def test_space_still_stops_the_stopwatch(morning):
    morning.window.setFocus()
    morning.key(Qt.Key.Key_Space)

    assert morning.times()[2][2] == "10:36:07"


# -- by the keyboard, by the ear, and in a crowd ------------------------------------------------


def test_a_time_is_corrected_with_the_keyboard_alone(morning):
    rows = morning.table.list
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        morning.key(Qt.Key.Key_Down)
    morning.key(Qt.Key.Key_Return)
    assert morning.editor.start.hasFocus()
    morning.type(morning.editor.start, "10:12:30")
    for _ in range(2):
        morning.key(Qt.Key.Key_Tab)
    assert morning.editor.reason.hasFocus()
    morning.say_why()
    morning.key(Qt.Key.Key_Return)

    assert morning.times()[2] == ("97112", "10:12:30", None)
    assert rows.hasFocus(), "and the keyboard is back in the row"


def test_everything_that_takes_the_keyboard_has_a_name(morning):
    morning.edit(0)
    for button in morning.editor.more.values():
        morning.press(button)
    morning.press(morning.page.add)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    nameless = [
        widget
        for widget in morning.page.findChildren(QWidget)
        if isinstance(widget, kinds) and not widget.accessibleName()
    ]

    assert nameless == []


@pytest.fixture
def crowded(tmp_path, clock, clinic, make_window, hands):
    """A visit of a patient with a very long id, with two hundred times in it."""
    clock.advance(hours=8)
    lines = ["patient,payer,discipline,clinician,role,code,start,end,note"]
    for number in range(200):
        hour, minute = divmod(number * 2, 60)
        start, end = (f"2026-11-23T{9 + hour:02d}:{minute + more:02d}" for more in (0, 1))
        lines.append(f"{'P' * 100},,,Kim,,97110,{start},{end},")
    file = tmp_path / "times.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    importing.import_file(clinic, file)
    return hands(make_window(clinic))


def test_two_hundred_times_scroll_and_each_can_be_reached(crowded):
    rows = crowded.table.list
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    crowded.key(Qt.Key.Key_End)
    crowded.key(Qt.Key.Key_Return)

    last = crowded.rows()[-1]
    assert len(crowded.rows()) == 200
    assert crowded.editor.start.text() in last
    top = crowded.editor.mapTo(crowded.page, crowded.editor.rect().topLeft()).y()
    assert 0 <= top < crowded.page.height(), "the open row is seen"


def test_nothing_is_wider_than_its_window(crowded):
    page = crowded.page
    crowded.edit(0)
    crowded.press(crowded.editor.more["clinician"])
    crowded.type(crowded.editor.start, "x")
    for size in ((900, 600), (1280, 800), (2400, 1400)):
        crowded.window.resize(*size)
        QApplication.processEvents()
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.window() is page.window():
                right = widget.mapTo(page, widget.rect().topRight()).x()
                assert right <= page.width(), (size, widget, widget.parent())
