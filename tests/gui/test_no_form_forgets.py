"""Where nothing can be recorded each form keeps what was typed and says so; later a press saves it.

One window goes through all of them, with a disk that is full for real (no file may grow), then
without the record's folder, as when a network is gone.
"""

import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from ptimer.billing.conflicts import Role
from ptimer.billing.payers import UnitRule
from ptimer.billing.skilled_fields import ChartTick, Part
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import (
    clinic_settings,
    clinician_entries,
    corrections,
    fees,
    people,
    plans,
    signing,
    snapshots,
    typed_payer,
    visit_marks,
    visiting,
)
from ptimer.operations.clinic import open_clinic
from ptimer.operations.clinician_entries import Kind, NewEntry
from ptimer.operations.corrections import NewTime
from ptimer.operations.fees import TypedFee
from ptimer.operations.signing import SignWish
from ptimer.operations.typed_payer import TypedPayer
from ptimer.operations.visit_marks import Mark
from ptimer.timing.clock import ManualClock
from ptimer.timing.service_date import clock_text, read_time
from tests.storage.tables import dump

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="how large a file may grow is limited by POSIX"
)

WHO = "Kim"
NOT_THE_RECORD = ("clock_mark", "heartbeats", "sqlite_sequence")
"""What a window writes without anyone having pressed."""


@contextmanager
def full_disk():
    """Let no file grow: what SQLite writes comes back as an error, as on a full disk."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def no_folder(folder):
    """Take the record's folder away, as a network does."""
    away = folder.with_name("away")
    folder.rename(away)
    try:
        yield
    finally:
        away.rename(folder)


class Hands:
    """Opens what the window has, and types and presses as a person does."""

    def __init__(self, window, clock):
        self.window = window
        self.desk = window.desk
        self.clinic = window.desk.clinic
        self.clock = clock

    def look_at(self, patient):
        views = (*self.desk.today.visits, *self.desk.today.earlier)
        self.desk.select(next(v.visit.id for v in views if v.visit.patient == patient))

    def go(self, name, patient=""):
        self.window.go("today")
        self.desk.treat_as(WHO, Role.THERAPIST)
        if patient:
            self.look_at(patient)
        if name != "today":
            self.window.go(name)
        return self.window.body.screen_shown

    def recorded(self):
        """All that the record holds."""
        return {
            table: rows
            for table, rows in dump(self.clinic.connection).items()
            if table not in NOT_THE_RECORD
        }

    def said(self):
        """All words that are seen in the window and in what drops from it."""
        seen = [each for each in QApplication.allWidgets() if each.isVisible()]
        return [each.text() for each in seen if isinstance(each, QLabel | QAbstractButton)]

    def says_unsaved(self):
        """Whether the bar, or the form itself, says that something was not recorded."""
        return any(words.startswith("Not recorded") for words in self.said())


@dataclass(frozen=True)
class Form:
    """A form that is filled in: the press that saves it, and what stands in it.

    `stays`: what stands in it is as it was typed once it is saved, too.
    """

    press: Callable[[], object]
    stands: Callable[[], object]
    stays: bool = False


def enter(field):
    """The press of Enter in a field."""
    return lambda: QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture(scope="module")
def hands(qapp, tmp_path_factory):
    """A window on a record with something to fill in everywhere, at two o'clock."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    clock = ManualClock.at_local("2026-11-23T10:00:00")
    clinic = open_clinic(tmp_path_factory.mktemp("full") / "record", clock)
    clinic.actor = WHO
    fill_record(clinic, clock)
    window = build_window(clinic, Look(Mode.LIGHT, scale=1.0))
    window.show()
    yield Hands(window, clock)
    window.close()
    window.deleteLater()
    clinic.close()
    QLocale.setDefault(before)


def fill_record(clinic, clock):
    def time_in(patient, code, start, end, discipline="OT"):
        visit = visiting.open_visit(clinic, patient, payer="Medicare", discipline=discipline)
        today = snapshots.date_of(clinic, clock.now())
        span = [read_time(text, today=today, zone=clock.zone).instant for text in (start, end)]
        corrections.add(clinic, NewTime(visit.id, code, *span, WHO), "typed in late")
        return visit.id

    clock.advance(minutes=240)
    people.switch_to(clinic, WHO, role=Role.THERAPIST)
    people.describe(clinic, WHO, credentials="OTR/L")
    minute = iter(range(1, 60))
    for patient in ("Change", "Split", "Void", "Edge", "Add", "Skill", "Goal", "Sign", "Run", "In"):
        at = next(minute)
        time_in(patient, "97112", f"10:{at:02}", f"10:{next(minute):02}")
    for patient, hour in (("Tie", 11), ("Tie too", 13)):
        time_in(patient, "97112", f"{hour}:00", f"{hour}:10")
        time_in(patient, "97530", f"{hour}:20", f"{hour}:30")
    time_in("Apart", "97150", "12:00", "12:30", "PT")
    time_in("Apart", "97110", "12:30", "13:00", "PT")
    done = time_in("Done", "97112", "11:30", "11:40")
    signing.sign(clinic, done, SignWish(WHO, "OTR/L"))
    for patient in ("Card", "Mark", "Marked", "Plan", "Planned", "Payer"):
        visiting.open_visit(clinic, patient, payer="Medicare", discipline="OT")
    visit_marks.mark(clinic, visit_of(clinic, "Marked"), Mark.CANCELLED, "snow")
    plans.plan(clinic, visit_of(clinic, "Planned"), "97112", 30)
    fees.save(clinic, "Medicare", 2026, [TypedFee("97110", "40"), TypedFee("97150", "20")], "table")
    typed_payer.make(clinic, TypedPayer("Old fund", UnitRule.CMS), "contract")
    clinician_entries.add(
        clinic, NewEntry(WHO, "OT licence", "2024-01-10", Kind.LICENCE, "2026-12-31")
    )


def visit_of(clinic, patient):
    views = snapshots.today(clinic).visits
    return next(view.visit.id for view in views if view.visit.patient == patient)


# -- the forms -------------------------------------------------------------------------------------


def late_entry(hands):
    hands.window.new_visit()
    form = hands.window.today.visits.form
    form.patient.setText("P-late")
    form.day.setCurrentIndex(2)
    return Form(form.make.click, lambda: (form.isVisible(), form.patient.text()))


def card(hands):
    screen = hands.go("today", "Card").stopwatches
    screen.add_card.open()
    search = screen.add_card.search
    search.field.setText("97760")
    search._look_up("97760")
    return Form(search._take_first, lambda: (search.isVisible(), search.field.text()))


def mark(hands):
    screen = hands.go("today", "Mark").stopwatches
    screen.open_mark()
    panel = screen.mark_panel
    panel.why.setText("snow")
    return Form(panel.save.click, lambda: (panel.isVisible(), panel.why.text()))


def mark_back(hands):
    screen = hands.go("today", "Marked").stopwatches
    screen.open_mark()
    panel = screen.mark_panel
    return Form(panel.back.click, lambda: (panel.isVisible(), panel.back.isVisible()))


def planned_code(hands):
    screen = hands.go("today", "Plan").stopwatches
    if not screen.plan_open:
        screen.toggle_plan()
    screen.plan.code.setText("97112")
    return Form(screen.plan.add.click, lambda: screen.plan.code.text())


def planned_minutes(hands):
    screen = hands.go("today", "Planned").stopwatches
    if not screen.plan_open:
        screen.toggle_plan()
    stepper = screen.plan.lines["97112"].stepper
    stepper.minutes.setFocus()
    stepper.minutes.setText("35")
    return Form(enter(stepper.minutes), lambda: stepper.minutes.text(), stays=True)


def late_start(hands):
    screen = hands.go("today", "Run").stopwatches
    if screen.plan_open:
        screen.toggle_plan()
    hands.desk.press("97112")
    hands.clock.advance(minutes=1)
    screen.open_late_start()
    form = screen.late_start
    form.minutes.setText("3")
    return Form(form.set_start.click, lambda: (form.isVisible(), form.minutes.text()))


def edge(hands):
    screen = hands.go("today", "Edge").stopwatches
    if screen.plan_open:
        screen.toggle_plan()
    segment = hands.desk.view.record.segments[0]
    line = screen.timeline
    line.edge_moved.emit(segment.id, "end", segment.ended_at - 20_000)
    line.edge_dropped.emit()
    form = screen.time_box.form
    form.reason.setText("pressed late")
    return Form(form.save.click, lambda: (form.isVisible(), form.reason.text()))


def editor_of(hands, patient, place=0):
    screen = hands.go("edit-times", patient)
    screen.open_segment(hands.desk.view.record.segments[place].id)
    return screen.page.editor


def changed_time(hands):
    editor = editor_of(hands, "Change")
    editor.end.setText(moved(hands, 40))
    editor.typed.emit()
    editor.reason.setText("pressed late")
    return Form(editor.save.click, lambda: (editor.isVisible(), editor.end.text()))


def moved(hands, seconds):
    """A time within what is edited, as typed."""
    start = hands.desk.view.record.segments[0].started_at
    return clock_text(start + seconds * 1000, hands.clock.zone)


def split_time(hands):
    editor = editor_of(hands, "Split")
    editor.more["split"].click()
    editor.split_at.setText(moved(hands, 20))
    editor.typed.emit()
    editor.reason.setText("a pause")
    return Form(editor.save.click, lambda: (editor.isVisible(), editor.split_at.text()))


def voided_time(hands):
    editor = editor_of(hands, "Void")
    editor.more["void"].click()
    editor.reason.setText("never happened")
    return Form(editor.save.click, lambda: (editor.isVisible(), editor.reason.text()))


def added_time(hands):
    page = hands.go("edit-times", "Add").page
    page.add.click()
    form = page.add_time
    for typed, text in ((form.code, "97110"), (form.start, "13:40"), (form.end, "13:50")):
        typed.setText(text)
    form.typed.emit()
    form.reason.setText("forgotten")
    return Form(form.save.click, lambda: (form.isVisible(), form.start.text(), form.reason.text()))


def in_clinic(hands):
    page = hands.go("edit-times", "In").page
    page.change_in_clinic.click()
    form = page.in_clinic_editor
    form.arrived.setText("09:50")
    return Form(form.save.click, lambda: (form.isVisible(), form.arrived.text()))


def other_payer(hands):
    page = hands.go("edit-times", "Payer").page
    page.change_payer.click()
    form = page.payer_editor
    form.payer.setCurrentIndex((form.payer.currentIndex() + 1) % form.payer.count())
    form.reason.setText("a new card")
    return Form(form.save.click, lambda: (form.isVisible(), form.reason.text()))


def skilled_line(hands):
    form = hands.go("sign", "Skill").form.skilled
    editor = form.editors[Part.WHY]
    editor.line.setFocus()
    editor.line.setText("needs cues")
    editor.line.setModified(True)
    return Form(enter(editor.line), lambda: editor.line.text(), stays=True)


def new_goal(hands):
    form = hands.go("sign", "Goal").form.skilled
    editor = form.editors[Part.GOAL]
    editor._open_new()
    editor.new.setText("walk 50 m")
    return Form(enter(editor.new), lambda: (editor.new.isVisible(), editor.new.text()))


def signature(hands):
    screen = hands.go("sign", "Sign")
    for code in hands.desk.view.skilled_codes:
        screen.form.skilled.open_code(code)
    box = screen.bill.signature
    box.credentials.setText("OTR/L, CHT")
    box.credentials.textEdited.emit("OTR/L, CHT")
    return Form(screen.sign, lambda: (screen.centre.isVisible(), box.credentials.text()))


def amendment(hands):
    screen = hands.go("sign", "Done")
    reason = screen.form.amend_reason
    reason.area.set_text("the end was wrong")
    return Form(screen.form.amend.click, lambda: reason.text)


def charges_elsewhere(hands):
    screen = hands.go("sign", "Apart")
    typed = screen.bill.attestations.elsewhere
    typed.setFocus()
    typed.setText("850")
    typed.setModified(True)
    return Form(enter(typed), lambda: typed.text().removesuffix(".00"), stays=True)


def text_setting(hands):
    row = hands.go("settings").rows[clinic_settings.CLOSING_TIME.key]
    row.control.setFocus()
    row.control.setText("17:15")
    return Form(enter(row.control), row.control.text, stays=True)


def entry(hands):
    form = hands.go("clinicians").form
    form.name.setText("CPR")
    form.dated.setText("2026-11-21")
    return Form(form.save.click, lambda: (form.name.text(), form.dated.text()))


def voided_entry(hands):
    screen = hands.go("clinicians")
    screen.rows[0].void.click()
    form = screen.void_form
    form.why.setText("typed twice")
    return Form(form.save.click, lambda: (form.isVisible(), form.why.text()))


def who_panel(hands):
    hands.go("today")
    if hands.window._who is None or not hands.window._who.isVisible():
        hands.window.open_who()
    return hands.window._who


def credentials(hands):
    form = who_panel(hands).own
    form.credentials.setText("OTR/L, BCP")
    form.credentials.setModified(True)
    return Form(form.save.click, lambda: (form.isVisible(), form.credentials.text()))


def another_clinician(hands):
    panel = who_panel(hands)
    panel.another.setText("Jo Rivers, COTA")
    return Form(panel.add.click, lambda: panel.another.text())


def supervisor(hands):
    panel = who_panel(hands)
    panel._ask_supervisor(True)
    panel.supervisor.setText("Ana Lead")
    panel.supervisor.setModified(True)
    return Form(panel.as_student.click, lambda: (panel.isVisible(), panel.supervisor.text()))


def code(hands):
    screen = hands.go("codes")
    screen.own.click()
    form = screen.forms.code
    for typed, text in ((form.number, "W1000"), (form.label, "Wellness"), (form.why, "contract")):
        typed.setText(text)
    return Form(form.save.click, lambda: (form.isVisible(), form.number.text(), form.why.text()))


def payer(hands):
    screen = hands.go("codes")
    screen.payers.add.click()
    form = screen.forms.payer
    form.name.setText("State fund")
    form.why.setText("contract")
    return Form(form.save.click, lambda: (form.isVisible(), form.name.text(), form.why.text()))


def payer_ended(hands):
    screen = hands.go("codes")
    form = screen.forms.end
    form.open_payer("Old fund")
    form.last.setText("2026-12-31")
    form.why.setText("contract is over")
    return Form(form.save.click, lambda: (form.isVisible(), form.last.text(), form.why.text()))


def fee(hands):
    screen = hands.go("codes")
    payers = screen.payers.cards["Medicare"]
    payers.open_details()
    payers.fees.click()
    form = screen.forms.fees
    form.rows.rows[0].amount.setText("41.50")
    form.why.setText("fee table 2026")
    return Form(
        form.save.click,
        lambda: (form.isVisible(), form.rows.rows[0].amount.text(), form.why.text()),
    )


def layout(hands):
    screen = hands.go("export")
    screen.side.open_layout()
    form = screen.side.layout_form
    form.name.setText("Biller B")
    return Form(form.save.click, lambda: (form.isVisible(), form.name.text()))


FORMS = (
    *(late_entry, card, planned_code, planned_minutes, late_start, edge),
    *(changed_time, split_time, voided_time, added_time, in_clinic, other_payer, mark, mark_back),
    *(skilled_line, new_goal, charges_elsewhere, signature, amendment),
    *(text_setting, entry, voided_entry, credentials, another_clinician, supervisor),
    *(code, payer, payer_ended, fee, layout),
)


@pytest.mark.parametrize("fill", FORMS, ids=lambda fill: fill.__name__)
def test_what_was_typed_stays_is_said_to_be_unsaved_and_is_saved_by_the_same_press(hands, fill):
    form = fill(hands)
    typed, before = form.stands(), hands.recorded()
    for fault in (full_disk, partial(no_folder, hands.clinic.folder)):
        with fault():
            form.press()
            hands.desk.refresh()  # as when another window has written

        assert form.stands() == typed
        assert hands.says_unsaved(), hands.said()
        assert hands.window.footer.recorded.text() == "The last press was NOT recorded"
        assert hands.recorded() == before

    form.press()
    assert hands.recorded() != before
    assert not hands.says_unsaved(), hands.said()
    assert hands.window.footer.recorded.text().startswith("✓ Recorded")
    assert (form.stands() == typed) == form.stays


# -- one press, and it looks as if it were so ------------------------------------------------------


def tie(hands):
    ways = hands.go("today", "Tie").panel.tie.ways
    return Form(ways[0].click, lambda: [way.isChecked() for way in ways])


def tie_at_the_signature(hands):
    ways = hands.go("sign", "Tie too").form.tie.ways
    return Form(ways[1].click, lambda: [way.isChecked() for way in ways])


def chart_tick(hands):
    box = hands.go("sign", "Skill").checks.chart.ticks[ChartTick.HISTORY]
    return Form(box.click, box.isChecked)


def attested_pair(hands):
    box = hands.go("sign", "Apart").bill.attestations.boxes[0]
    return Form(box.presses["XE"].click, box.text.text)


def switch(hands):
    box = hands.go("settings").rows[clinic_settings.REMIND_UNIT.key].control
    return Form(box.click, box.isChecked)


def choice(hands):
    parts = hands.go("settings").rows[clinic_settings.COLOURS.key].control
    return Form(parts.parts["dark"].click, parts.value)


def role(hands):
    panel = who_panel(hands)
    return Form(panel.role.parts["assistant"].click, lambda: hands.desk.who.role)


PRESSES = (tie, tie_at_the_signature, chart_tick, attested_pair, switch, choice, role)


@pytest.mark.parametrize("find", PRESSES, ids=lambda find: find.__name__)
def test_a_press_that_is_not_recorded_looks_as_if_it_had_not_been_made(hands, find):
    control = find(hands)
    looked, before = control.stands(), hands.recorded()
    for fault in (full_disk, partial(no_folder, hands.clinic.folder)):
        with fault():
            control.press()

        assert control.stands() == looked
        assert hands.says_unsaved(), hands.said()
        assert hands.window.footer.recorded.text() == "The last press was NOT recorded"
        assert hands.recorded() == before

    control.press()
    assert control.stands() != looked
    assert hands.recorded() != before
    assert not hands.says_unsaved(), hands.said()
