import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ptimer.billing.conflicts import Role
from ptimer.gui.look import Look, Mode
from ptimer.gui.people.clinician_list import Person
from ptimer.gui.people.who_panel import WhoPanel
from ptimer.gui.start import build_window
from ptimer.operations import people, preferences

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


class Clinicians:
    """The demo morning with colleagues, and the panel of the header."""

    def __init__(self, qtbot, window, clock):
        self.qtbot = qtbot
        self.window = window
        self.desk = window.desk
        self.clock = clock
        self.panel = WhoPanel(window.look, window.desk)

    def add(self, name, role=Role.THERAPIST, supervisor=""):
        self.clock.advance(seconds=1)
        assert self.desk.treat_as(name, role, supervisor)

    def open(self):
        self.clock.advance(seconds=1)
        self.panel.open_below(self.window.header.who)
        return self.panel

    def press_person(self, name):
        rows = self.panel.list
        names = [person.name for person in rows.model_of_people.people]
        area = rows.visualRect(rows.model_of_people.index(names.index(name)))
        self.qtbot.mouseClick(rows.viewport(), LEFT, pos=area.center())

    def press_role(self, role):
        self.qtbot.mouseClick(self.panel.role.parts[role.value], LEFT)

    def known(self, name):
        rows = self.desk.attempt(people.everyone, refresh=False)
        return next(row for row in rows if row.name == name)


@pytest.fixture
def clinicians(qtbot, demo_morning):
    window, clock = demo_morning
    clinicians = Clinicians(qtbot, window, clock)
    clinicians.add("Jo Rivers", Role.ASSISTANT)
    clinicians.add("Stella Student", Role.STUDENT, "Demo Clinician")
    clinicians.add("Demo Clinician")
    return clinicians


def test_one_press_on_a_name_and_the_next_press_is_recorded_for_them(clinicians):
    panel = clinicians.open()
    clinicians.press_person("Jo Rivers")

    assert not panel.isVisible()
    assert "Jo Rivers · assistant" in clinicians.window.header.who.text()
    clinicians.desk.space()
    clinicians.desk.press("97110")
    (segment,) = clinicians.desk.today.running
    assert (segment.clinician, segment.role) == ("Jo Rivers", "assistant")


def test_the_panel_marks_who_treats_now_and_says_it_aloud(clinicians):
    panel = clinicians.open()

    people_shown = panel.list.model_of_people.people
    assert [person.name for person in people_shown if person.treats] == ["Demo Clinician"]
    index = panel.list.currentIndex()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Demo Clinician, OTR/L, treats now"


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.AIDE])
def test_one_press_changes_the_role_of_the_next_press(clinicians, role):
    panel = clinicians.open()
    clinicians.press_role(role)

    assert not panel.isVisible()
    assert clinicians.desk.who.role is role
    assert clinicians.desk.who.clinician == "Demo Clinician"
    assert f"· {role.value}" in clinicians.window.header.who.text()


def test_what_runs_goes_on_for_whom_it_was_started(clinicians):
    clinicians.open()
    clinicians.press_person("Jo Rivers")

    (segment,) = clinicians.desk.today.running
    assert (segment.code, segment.clinician) == ("97112", "Demo Clinician")


def test_an_aide_s_press_on_97112_is_refused_in_words(clinicians):
    clinicians.desk.space()
    clinicians.open()
    clinicians.press_role(Role.AIDE)
    clinicians.desk.press("97112")

    assert clinicians.desk.today.running == ()
    assert "An aide's minutes never count" in clinicians.window.bar.title.text()


def test_a_student_without_a_supervisor_is_told_and_nothing_changes(clinicians):
    panel = clinicians.open()
    clinicians.press_role(Role.STUDENT)

    assert panel.told.isVisible()
    assert "supervising therapist" in panel.told.text.text()
    assert panel.supervisor.hasFocus()
    assert clinicians.desk.who.role is Role.THERAPIST

    clinicians.qtbot.keyClick(panel.supervisor, ENTER)
    assert panel.supervisor.wrong
    assert "Name the therapist who supervises" in clinicians.window.bar.text.text()
    assert clinicians.desk.who.role is Role.THERAPIST


def test_a_student_with_a_named_supervisor_treats(clinicians):
    panel = clinicians.open()
    clinicians.press_role(Role.STUDENT)
    clinicians.qtbot.keyClicks(panel.supervisor, "Ada Senior")
    clinicians.qtbot.keyClick(panel.supervisor, ENTER)

    assert not panel.isVisible()
    who = clinicians.desk.who
    assert (who.role, who.supervisor) == (Role.STUDENT, "Ada Senior")


def test_a_known_student_treats_again_by_one_press(clinicians):
    clinicians.open()
    clinicians.press_person("Stella Student")

    who = clinicians.desk.who
    assert (who.role, who.supervisor) == (Role.STUDENT, "Demo Clinician")


def test_known_therapists_come_up_as_the_supervisor_is_typed(clinicians):
    clinicians.add("Ada Senior")
    clinicians.add("Demo Clinician")
    panel = clinicians.open()

    completer = panel.supervisor.completer()
    completer.setCompletionPrefix("ada")

    assert completer.currentCompletion() == "Ada Senior"
    completer.setCompletionPrefix("demo")
    assert completer.completionCount() == 0, "nobody supervises themselves"


def test_a_new_clinician_is_typed_with_credentials_and_treats_at_once(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.keyClicks(panel.another, "Robin New, COTA/L")
    clinicians.qtbot.keyClick(panel.another, ENTER)

    assert clinicians.desk.who.clinician == "Robin New"
    assert clinicians.desk.who.role is Role.ASSISTANT
    known = clinicians.known("Robin New")
    assert (known.credentials, known.discipline) == ("COTA/L", "OT")
    assert "Robin New, COTA/L · assistant" in clinicians.window.header.who.text()
    assert panel.isVisible(), "the number may follow"
    assert panel.own.credentials.text() == "COTA/L"


def test_a_typed_name_that_is_known_keeps_what_is_known(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.keyClicks(panel.another, "Jo Rivers")
    clinicians.qtbot.mouseClick(panel.add, LEFT)

    assert clinicians.desk.who.role is Role.ASSISTANT


@pytest.mark.parametrize("typed", ["", "   ", "x" * 101])
def test_a_name_that_can_not_be_used_is_told_in_words(clinicians, typed):
    panel = clinicians.open()
    panel.another.setText(typed)
    clinicians.qtbot.keyClick(panel.another, ENTER)

    assert panel.another.wrong
    assert "name" in clinicians.window.bar.text.text()
    assert clinicians.desk.who.clinician == "Demo Clinician"


def test_credentials_and_number_are_kept_and_the_discipline_stays(clinicians):
    panel = clinicians.open()
    panel.own.credentials.clear()
    clinicians.qtbot.keyClicks(panel.own.credentials, "OTD, OTR/L")
    clinicians.qtbot.keyClicks(panel.own.npi, "1234567893")
    clinicians.qtbot.keyClick(panel.own.npi, ENTER)

    known = clinicians.known("Demo Clinician")
    assert (known.credentials, known.npi) == ("OTD, OTR/L", "1234567893")
    assert known.discipline == "OT"
    assert "OTD, OTR/L" in clinicians.window.header.who.text()
    assert not panel.isVisible()


@pytest.mark.parametrize("number", ["1234567890", "12345", "abc"])
def test_a_number_with_a_wrong_check_digit_is_told_in_words(clinicians, number):
    panel = clinicians.open()
    panel.own.credentials.setText("OTX")
    clinicians.qtbot.keyClicks(panel.own.npi, number)
    clinicians.qtbot.mouseClick(panel.own.save, LEFT)

    assert panel.own.npi.wrong
    assert "is no NPI" in clinicians.window.bar.text.text()
    assert clinicians.known("Demo Clinician").credentials == "OTR/L", "nothing was kept"


def test_dark_colours_are_really_painted_and_remembered(clinicians):
    panel = clinicians.open()
    header = clinicians.window.header
    before = header.grab().toImage().pixelColor(5, 5)

    clinicians.qtbot.mouseClick(panel.mode.parts["dark"], LEFT)

    after = header.grab().toImage().pixelColor(5, 5)
    assert (before, after) == (QColor("#ffffff"), QColor("#1a222a"))
    inside = panel.grab().toImage().pixelColor(panel.width() // 2, 4)
    assert inside == QColor("#1a222a")
    assert panel.isVisible(), "one may look at it, and take it back"
    kept = clinicians.desk.attempt(
        lambda clinic: preferences.read(clinic, preferences.COLOURS), refresh=False
    )
    assert kept == "dark"


def test_the_next_window_opens_in_the_colours_that_were_chosen(qtbot, clinicians):
    panel = clinicians.open()
    clinicians.qtbot.mouseClick(panel.mode.parts["dark"], LEFT)

    later = build_window(clinicians.desk.clinic)
    qtbot.addWidget(later)

    assert later.look.mode is Mode.DARK


def test_escape_closes_the_panel_and_changes_nothing(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.keyClick(panel.list, Qt.Key.Key_Escape)

    assert not panel.isVisible()
    assert clinicians.desk.who.clinician == "Demo Clinician"


def test_escape_gives_the_keyboard_back_to_the_header_where_it_came_from_there(clinicians):
    clinicians.window.header.who.setFocus()
    panel = clinicians.open()
    clinicians.qtbot.keyClick(panel.list, Qt.Key.Key_Escape)

    assert clinicians.window.focusWidget() is clinicians.window.header.who


def test_a_press_outside_closes_the_panel_and_does_what_it_does(clinicians):
    panel = clinicians.open()
    card = clinicians.window.today.stopwatches.cards[0]
    clinicians.qtbot.mouseClick(card, LEFT)

    assert not panel.isVisible()
    assert clinicians.desk.today.running == (), "97112 was stopped by the same press"


def test_a_press_inside_leaves_the_panel_open(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.mouseClick(panel.role_of, LEFT)

    assert panel.isVisible()


def test_a_second_press_on_the_name_closes_the_panel(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.mousePress(clinicians.window.header.who, LEFT)
    assert panel.isVisible()

    clinicians.open()
    assert not panel.isVisible()


def test_the_keyboard_alone_lets_another_one_treat(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    clinicians.qtbot.keyClick(panel.list, ENTER)

    assert clinicians.desk.who.clinician == "Jo Rivers"


def test_space_still_stops_what_runs_while_the_panel_is_open(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.keyClick(panel.list, Qt.Key.Key_Space)

    assert clinicians.desk.today.running == ()


def test_what_is_half_typed_outlasts_a_change_of_the_record(clinicians):
    panel = clinicians.open()
    clinicians.press_role(Role.STUDENT)
    clinicians.qtbot.keyClicks(panel.supervisor, "Ad")
    clinicians.qtbot.keyClicks(panel.own.npi, "12")
    clinicians.desk.refresh()

    assert panel.supervisor.text() == "Ad"
    assert panel.own.npi.text() == "12"


def test_what_was_half_typed_is_forgotten_once_the_panel_is_closed(clinicians):
    panel = clinicians.open()
    clinicians.qtbot.keyClicks(panel.another, "Rob")
    clinicians.qtbot.keyClicks(panel.own.npi, "12")
    panel.dismiss()
    clinicians.open()

    assert panel.another.text() == ""
    assert panel.own.npi.text() == ""


def test_who_never_pressed_is_shown_as_the_one_who_treats(qtbot, window):
    panel = WhoPanel(window.look, window.desk)
    panel.open_below(window.header.who)

    (person,) = panel.list.model_of_people.people
    assert person == Person(window.desk.who.clinician, treats=True)


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_the_panel_stays_inside_the_window_however_many_clinicians_there_are(clinicians, size):
    for number in range(30):
        clinicians.add(f"Clinician {number} with quite a long name, of the upper clinic")
    panel = clinicians.open()
    clinicians.window.resize(*size)

    assert clinicians.window.rect().contains(panel.geometry())
    assert panel.list.height() == 5 * clinicians.window.look.px(48)


def test_every_control_of_the_panel_has_a_name_to_be_read_out(clinicians):
    panel = clinicians.open()

    reached = [
        each
        for each in panel.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]
    assert len(reached) >= 8
    assert [each for each in reached if not each.accessibleName()] == []


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Demo Clinician", "DC"), ("cher", "C"), ("Ana de la Cruz", "AC"), ("", "")],
)
def test_initials_are_those_of_the_first_and_the_last_name(name, initials):
    assert Person(name).initials == initials


def test_a_name_that_looks_like_markup_is_shown_as_it_was_typed(clinicians):
    clinicians.add("<b>Bo</b>")
    panel = clinicians.open()

    tip = panel.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Bo&lt;/b&gt;" in tip


def test_the_list_of_clinicians_is_a_sound_model(qtmodeltester, clinicians):
    panel = clinicians.open()

    qtmodeltester.check(panel.list.model_of_people)


def test_the_panel_is_painted_at_twice_the_size(qtbot, clinic):
    window = build_window(clinic, Look(Mode.LIGHT, scale=2.0))
    qtbot.addWidget(window)
    window.show()
    panel = WhoPanel(window.look, window.desk)
    panel.open_below(window.header.who)

    assert panel.width() == 800
    assert panel.role.sizeHint().width() <= panel.content.width()
