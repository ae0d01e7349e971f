"""A new patient on a disk that can't be written to: the visit is seen, kept, and recorded later."""

import pytest
from PySide6.QtCore import Qt

from ptimer.gui.today.visit_rows import rows_of
from ptimer.operations import snapshots, visiting

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def new_visit(qtbot, window):
    """Make a visit as a person does: an id, whatever else, Enter."""

    def new_visit(patient, *, planned="", back=0):
        window.new_visit()
        form = window.today.visits.form
        form.patient.setText(patient)
        form.planned.setText(planned)
        form.day.setCurrentIndex(back)
        qtbot.keyClick(form.patient, Qt.Key.Key_Return)
        return form

    return new_visit


def recorded(window):
    """What the record itself holds: patient, and the codes that were timed."""
    today = snapshots.today(window.desk.clinic)
    return [(view.visit.patient, *view.record.codes) for view in today.visits]


def test_a_new_patient_is_timed_though_nothing_can_be_recorded_and_is_recorded_later(
    window, clock, pass_time, unplug, new_visit
):
    bring_back = unplug()
    form = new_visit("P-7", planned="10:45")
    seen = window.desk.visit_id
    clock.advance(seconds=5)
    window.desk.press("97112")

    assert not form.isVisible()
    assert window.unsaved.title.text() == (
        "2 presses are NOT recorded yet: 10:00:00 new visit of P-7; 10:00:05 start 97112 for P-7"
    )
    assert window.footer.recorded.text() == "2 presses are NOT recorded"
    (row,) = rows_of(window.desk.today, clock.now(), window.times)
    assert (row.patient, row.mark_text) == ("P-7", "NOT recorded")
    assert window.today.stopwatches.header.about.text().startswith("NOT recorded yet · ")
    assert recorded(window) == []

    bring_back()
    pass_time(window, clock, seconds=20)
    assert recorded(window) == [("P-7", "97112")]
    assert window.desk.visit_id == seen, "what is looked at stays"
    assert not window.unsaved.isVisible()
    assert "NOT" not in window.today.stopwatches.header.about.text()


def test_a_time_that_means_nothing_is_told_at_once_and_the_form_stays(window, unplug, new_visit):
    unplug()
    form = new_visit("P-7", planned="25:99")

    assert form.isVisible()
    assert (form.patient.text(), form.planned.text()) == ("P-7", "25:99")
    assert "25:99" in window.bar.text.text()
    assert not window.desk.waits


def test_a_visit_that_is_seen_with_another_payer_is_refused_though_nothing_can_be_recorded(
    window, unplug, new_visit
):
    names = window.desk.clinic.rulebook.payers.names()
    window.desk.attempt(lambda c: visiting.open_visit(c, "P-7", payer=names[1], discipline="OT"))
    unplug()
    window.new_visit()
    form = window.today.visits.form
    form.patient.setText("P-7")
    form.payer.setCurrentText(names[0])
    form.discipline.setCurrentText("OT")
    form.make.click()

    assert form.isVisible()
    assert names[1] in window.bar.text.text()
    assert not window.desk.waits


def test_a_late_entry_is_not_kept_and_its_form_says_so_and_keeps_what_is_typed(
    qtbot, window, unplug, new_visit
):
    bring_back = unplug()
    form = new_visit("P-7", back=2)

    assert form.isVisible()
    assert (form.patient.text(), form.day.currentIndex()) == ("P-7", 2)
    assert window.bar.title.text() == "Not recorded"
    bring_back()
    qtbot.keyClick(form.patient, Qt.Key.Key_Return)
    assert not form.isVisible()
    assert window.desk.view.visit.patient == "P-7"


def test_an_arrival_and_a_departure_are_kept_and_shown_as_not_recorded(
    qtbot, window, clock, pass_time, unplug, new_visit
):
    new_visit("P-7")
    bring_back = unplug()
    header = window.today.stopwatches.header
    qtbot.mouseClick(header.arrive, LEFT)
    assert header.arrive.text() == "In 10:00 NOT recorded"
    clock.advance(minutes=30)
    qtbot.mouseClick(header.depart, LEFT)
    assert header.depart.text() == "Out 10:30 NOT recorded"
    assert "10:30:00 departure of P-7" in window.unsaved.title.text()

    bring_back()
    window.desk.unsaved.retry()
    assert (header.arrive.text(), header.depart.text()) == ("In 10:00", "Out 10:30")
    visit = snapshots.visit(window.desk.clinic, window.desk.visit_id).visit
    assert visit.departed_at - visit.arrived_at == 30 * 60_000


def test_a_second_press_takes_an_arrival_back_that_waits_last(qtbot, window, unplug, new_visit):
    new_visit("P-7")
    unplug()
    header = window.today.stopwatches.header
    qtbot.mouseClick(header.arrive, LEFT)
    qtbot.mouseClick(header.arrive, LEFT)

    assert header.arrive.text() == "Arrived"
    assert not window.unsaved.isVisible()


def test_an_arrival_that_others_wait_behind_is_not_taken_back_in_silence(
    qtbot, window, unplug, new_visit
):
    new_visit("P-7")
    unplug()
    header = window.today.stopwatches.header
    qtbot.mouseClick(header.arrive, LEFT)
    window.desk.press("97112")
    qtbot.mouseClick(header.arrive, LEFT)

    assert header.arrive.text() == "In 10:00 NOT recorded"
    assert window.bar.title.text() == "Not recorded"
    assert "they come first" in window.bar.text.text()


def test_a_recorded_arrival_is_not_seen_as_taken_back_before_it_is(
    qtbot, window, unplug, new_visit
):
    new_visit("P-7")
    header = window.today.stopwatches.header
    qtbot.mouseClick(header.arrive, LEFT)
    bring_back = unplug()
    qtbot.mouseClick(header.arrive, LEFT)

    assert header.arrive.text() == "In 10:00"
    assert window.bar.title.text() == "Not recorded"
    assert window.footer.recorded.text() == "The last press was NOT recorded"
    bring_back()
    qtbot.mouseClick(header.arrive, LEFT)
    assert header.arrive.text() == "Arrived"


def test_what_could_not_be_taken_back_is_said_and_can_be_later(window, clock, unplug, new_visit):
    new_visit("P-7")
    window.desk.press("97112")
    bring_back = unplug()
    window.desk.undo()

    assert [s.code for s in window.desk.today.running] == ["97112"]
    assert window.bar.title.text() == "Not recorded"
    bring_back()
    window.desk.undo()
    assert window.desk.today.running == ()


def test_a_patient_of_a_group_is_taken_in_though_nothing_can_be_recorded(
    window, unplug, new_visit, clock
):
    new_visit("P-7")
    unplug()
    window.desk.press("97150")
    screen = window.body.screen_shown
    screen.form.patient_wanted.emit("P-8")
    screen.start()

    assert {s.patient for s in window.desk.today.running} == {"P-7", "P-8"}
    assert "new visit of P-8" in window.unsaved.title.text()
    assert "start 97150 for P-7, P-8" in window.unsaved.title.text().replace(" and ", ", ")


def test_a_locked_window_names_no_patient_of_a_visit_that_waits(window, unplug, new_visit):
    unplug()
    new_visit("P-7")
    window.lock()

    assert window.unsaved.title.text() == "1 press is NOT recorded yet: 10:00:00 new visit"
