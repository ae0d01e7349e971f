"""The skilled fields: filled by a press or a key, kept as they are typed, never guessed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ptimer.billing.skilled_fields import ChartTick, Part
from ptimer.operations import (
    clinic_settings,
    goals,
    people,
    setting_values,
    skilled,
    stopping,
)
from ptimer.operations.stopping import StopWish
from tests.gui.sign.test_sign import ABLE, click, open_sign, recorded, time_code, treat_as

KEY = Qt.Key


def parts_of(window, code="97112", patient="P-1"):
    return recorded(window, patient).record.skilled.get(code)


def values_of(window, code="97112", patient="P-1"):
    found = parts_of(window, code, patient)
    return {} if found is None else {part.value: value for part, value in found.values.items()}


@pytest.fixture
def before(clinic, clock):
    """Treat P-1 on some days before, with something on record of 97112; the clock ends today."""

    def before(days, **values):
        changes = {Part(name): (value,) for name, value in values.items()}
        for _ in range(days):
            time_code(clinic, clock, "P-1", "97112", 20)
            skilled.write(clinic, _last_visit(clinic), "97112", changes)
            clock.advance(hours=24)

    return before


def _last_visit(clinic):
    return clinic.connection.execute("select id from visits order by rowid desc").fetchone()[0]


@pytest.fixture
def open_p1(window, clinic, clock):
    """Go to the signature of P-1, treated with 97112 and 97530 today."""

    def open_p1():
        people.describe(clinic, ABLE, credentials="OTR/L")
        time_code(clinic, clock, "P-1", "97112", 20)
        time_code(clinic, clock, "P-1", "97530", 16)
        treat_as(window, ABLE)
        return open_sign(window, "P-1")

    return open_p1


@pytest.fixture
def screen(open_p1):
    return open_p1()


@pytest.fixture
def editors(screen):
    return screen.form.skilled.editors


def type_in(qtbot, line, text, key=KEY.Key_Return):
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, key)


# -- filling them ------------------------------------------------------------------------------


def test_each_one_on_one_code_has_its_fields_and_its_own_words(qtbot, screen, editors):
    tabs = screen.form.skilled.tabs.tabs
    assert list(tabs) == ["97112", "97530"]
    assert tabs["97112"].accessibleName() == "97112, 20 min"
    assert "proprioception" in editors[Part.COMPONENT].chips.parts

    click(qtbot, tabs["97530"])

    assert "lifting" in editors[Part.COMPONENT].chips.parts
    assert "proprioception" not in editors[Part.COMPONENT].chips.parts


def test_a_visit_without_a_one_on_one_code_has_no_skilled_fields(window, clinic, clock):
    time_code(clinic, clock, "P-1", "97150", 20)
    window.desk.refresh()
    screen = open_sign(window, "P-1")

    assert not screen.form.skilled.isVisible()
    assert not screen.checks.chart.isVisible()


def test_presses_are_recorded_at_once(qtbot, window, screen, editors):
    for word in ("posture", "balance"):
        click(qtbot, editors[Part.COMPONENT].chips.parts[word])
    click(qtbot, editors[Part.AMOUNT].amounts.parts["a little"])

    assert values_of(window) == {"component": ("balance", "posture"), "amount": ("a little",)}
    click(qtbot, editors[Part.COMPONENT].chips.parts["posture"])
    click(qtbot, editors[Part.AMOUNT].amounts.parts["a little"])
    assert values_of(window) == {"component": ("balance",)}, "a second press puts it away"


def test_the_keyboard_alone_fills_a_code(qtbot, window, screen, editors):
    """Tab from field to field; arrows inside one; Space picks."""
    screen.form.skilled.lead_to("97112", Part.COMPONENT)

    def press(*pressed):
        for key in pressed:
            qtbot.keyClick(QApplication.focusWidget(), key)

    def write(text):
        qtbot.keyClicks(QApplication.focusWidget(), text)

    press(KEY.Key_Space, KEY.Key_Right, KEY.Key_Right, KEY.Key_Return, KEY.Key_Tab, KEY.Key_Tab)
    press(KEY.Key_Space, KEY.Key_Tab)
    press(KEY.Key_Space, KEY.Key_Right, KEY.Key_Tab)
    write("loses balance to the left")
    press(KEY.Key_Tab)
    write("tired, no pain")
    press(KEY.Key_Tab)
    write("4")
    press(KEY.Key_Tab)
    write("3")
    press(KEY.Key_Tab)
    write("4 of 5 reaches")
    press(KEY.Key_Tab, KEY.Key_End, KEY.Key_Tab)

    assert values_of(window) == {
        "component": ("balance", "coordination"),
        "assistance": ("spoken cues",),
        "amount": ("standby",),
        "why": ("loses balance to the left",),
        "response": ("tired, no pain",),
        "pain": ("4", "3"),
        "outcome": ("4 of 5 reaches",),
    }


def test_a_word_of_one_s_own_becomes_a_chip(qtbot, window, editors):
    chips = editors[Part.COMPONENT].chips
    type_in(qtbot, chips.other, "tandem stance")
    assert chips.parts["tandem stance"].isChecked()
    type_in(qtbot, chips.other, "Balance")

    assert chips.parts["balance"].isChecked(), "offered already"
    assert values_of(window) == {"component": ("balance", "tandem stance")}
    click(qtbot, chips.parts["tandem stance"])
    assert "tandem stance" not in chips.parts


def test_none_excludes_the_other_words(qtbot, window, editors):
    chips = editors[Part.EDUCATION].chips
    click(qtbot, chips.parts["equipment"])
    click(qtbot, chips.parts["none"])
    assert values_of(window) == {"education": ("none",)}

    click(qtbot, chips.parts["equipment"])
    assert values_of(window) == {"education": ("equipment",)}


def test_a_filled_code_is_marked_on_its_tab_for_the_ear_too(window, clinic, screen):
    changes = dict.fromkeys((Part.WHY, Part.RESPONSE, Part.OUTCOME), ("x",))
    changes |= {Part.COMPONENT: ("balance",), Part.ASSISTANCE: ("hands-on",)}
    goal = goals.add(clinic, "P-1", "stand")
    changes |= {Part.AMOUNT: ("half",), Part.EDUCATION: ("none",), Part.GOAL: (goal.id,)}
    skilled.write(clinic, window.desk.view.visit.id, "97112", changes)
    window.desk.refresh()

    assert screen.form.skilled.tabs.tabs["97112"].accessibleName() == "97112, 20 min, filled"
    assert [str(row.said) for row in screen.checks.chart.rows if row.isVisible()] == [
        "97530 · nothing yet"
    ]


def test_what_is_empty_leads_to_its_field(qtbot, window, screen, editors):
    rows = screen.checks.chart.rows
    assert [row.said for row in rows] == ["97112 · nothing yet", "97530 · nothing yet"]

    click(qtbot, rows[1])

    assert screen.form.skilled.code == "97530"
    assert window.focusWidget() is editors[Part.COMPONENT].chips.parts["reaching"]


def test_a_key_goes_to_the_next_empty_field_and_on_to_the_next_code(qtbot, window, screen, editors):
    def press():
        qtbot.keyClick(
            window.focusWidget() or window, KEY.Key_D, Qt.KeyboardModifier.ControlModifier
        )

    press()
    assert window.focusWidget() is editors[Part.COMPONENT].chips.parts["balance"]
    click(qtbot, editors[Part.COMPONENT].chips.parts["balance"])
    press()
    assert window.focusWidget() is editors[Part.ASSISTANCE].chips.parts["spoken cues"]
    filled = dict.fromkeys((Part.WHY, Part.RESPONSE, Part.OUTCOME), ("x",))
    filled |= {Part.ASSISTANCE: ("hands-on",), Part.AMOUNT: ("half",), Part.EDUCATION: ("none",)}
    goal = goals.add(window.desk.clinic, "P-1", "stand")
    filled |= {Part.GOAL: (goal.id,)}
    skilled.write(window.desk.clinic, window.desk.view.visit.id, "97112", filled)
    window.desk.refresh()

    press()

    assert screen.form.skilled.code == "97530"
    assert window.focusWidget() is editors[Part.COMPONENT].chips.parts["reaching"]


# -- never lost --------------------------------------------------------------------------------


def test_what_is_half_typed_outlives_ticks_and_what_others_write(
    qtbot, window, clock, editors, pass_time
):
    qtbot.keyClicks(editors[Part.OUTCOME].line, "4 of")
    pass_time(window, clock, minutes=1)
    window.desk.refresh()

    assert editors[Part.OUTCOME].line.text() == "4 of"
    assert parts_of(window) is None, "not yet meant"


@pytest.mark.parametrize("leave", ["code", "screen", "sign"])
def test_leaving_records_what_is_typed(qtbot, window, screen, editors, leave):
    qtbot.keyClicks(editors[Part.OUTCOME].line, "4 of 5")
    if leave == "code":
        click(qtbot, screen.form.skilled.tabs.tabs["97530"])
        assert editors[Part.OUTCOME].line.text() == ""
    elif leave == "screen":
        window.go("today")
    else:
        screen.sign()
        assert recorded(window, "P-1").visit.signed

    assert values_of(window) == {"outcome": ("4 of 5",)}


def test_what_can_not_be_kept_is_told_marked_and_there_again(qtbot, window, screen, editors):
    type_in(qtbot, editors[Part.PAIN].before, "12")
    assert "no pain from 0 to 10" in window.bar.text.text()
    assert editors[Part.PAIN].before.wrong
    screen.sign()
    assert not recorded(window, "P-1").visit.signed

    window.go("today")
    again = open_sign(window, "P-1")
    assert again.form.skilled.editors[Part.PAIN].before.text() == "12"
    type_in(qtbot, editors[Part.PAIN].before, "2")
    assert values_of(window) == {"pain": ("2", "")}
    assert not editors[Part.PAIN].before.wrong


def test_what_can_not_be_kept_stays_with_its_own_code(qtbot, screen, editors):
    type_in(qtbot, editors[Part.PAIN].before, "12")

    click(qtbot, screen.form.skilled.tabs.tabs["97530"])
    assert editors[Part.PAIN].before.text() == ""
    assert not editors[Part.PAIN].before.wrong
    click(qtbot, screen.form.skilled.tabs.tabs["97112"])
    assert editors[Part.PAIN].before.text() == "12"


def test_another_visit_begins_with_its_own_fields(qtbot, window, clinic, clock, editors):
    type_in(qtbot, editors[Part.OUTCOME].line, "4 of 5")
    time_code(clinic, clock, "P-2", "97112", 20)
    window.desk.refresh()
    window.go("today")

    other = open_sign(window, "P-2")
    assert other.form.skilled.editors[Part.OUTCOME].line.text() == ""


# -- required ----------------------------------------------------------------------------------


def require(clinic, text):
    setting_values.change(clinic, clinic_settings.REQUIRED_FIELDS, text)


def test_what_the_clinic_requires_is_missing_until_it_is_there(qtbot, window, clinic, open_p1):
    require(clinic, "outcome, history")
    screen = open_p1()
    editors = screen.form.skilled.editors
    assert [row.title for row in screen.checks.rows] == [
        "97112 lacks outcome",
        "97530 lacks outcome",
        "Not ticked as in the chart: history",
        "Signature",
    ]
    assert not screen.bill.signature.sign.isEnabled()
    assert editors[Part.OUTCOME].label.text() == "Outcome · required"
    screen.sign()
    assert window.focusWidget() is editors[Part.OUTCOME].line
    qtbot.keyClicks(editors[Part.OUTCOME].line, "4 of 5")
    assert screen.checks.rows[0].title == "97530 lacks outcome", "typed counts"

    click(qtbot, screen.checks.rows[0])
    assert screen.form.skilled.code == "97530"
    qtbot.keyClicks(editors[Part.OUTCOME].line, "lifts 4 kg")
    click(qtbot, screen.checks.rows[0])
    assert window.focusWidget() is screen.checks.chart.ticks[ChartTick.HISTORY]
    qtbot.keyClick(window.focusWidget(), KEY.Key_Space)
    click(qtbot, screen.bill.signature.sign)

    signed = recorded(window, "P-1")
    assert signed.visit.signed
    assert signed.record.chart == ("history",)
    assert values_of(window, "97530") == {"outcome": ("lifts 4 kg",)}


def test_as_shipped_nothing_of_this_keeps_a_visit_from_being_signed(qtbot, window, screen):
    click(qtbot, screen.bill.signature.sign)

    assert recorded(window, "P-1").visit.signed


# -- goals -------------------------------------------------------------------------------------


def test_a_goal_is_typed_once_and_picked_from_then_on(qtbot, window, clinic, screen, editors):
    editor = editors[Part.GOAL]
    screen.form.skilled.lead_to("97112", Part.GOAL)
    assert window.focusWidget() is editor.new, "no goal yet: type one"

    type_in(qtbot, editor.new, "reach overhead, 5 min")

    (goal,) = goals.of_patient(clinic, "P-1")
    assert values_of(window) == {"goal": (goal.id,)}
    assert editor.choice.currentText() == "1 · reach overhead, 5 min"
    assert editor.new.isHidden()
    click(qtbot, screen.form.skilled.tabs.tabs["97530"])
    assert editor.choice.currentText() == "choose a goal"
    qtbot.keyClick(editor.choice, KEY.Key_Down)
    assert values_of(window, "97530") == {"goal": (goal.id,)}


def test_escape_puts_a_goal_that_is_being_typed_away(qtbot, window, clinic, screen, editors):
    screen.form.skilled.lead_to("97112", Part.GOAL)
    editor = editors[Part.GOAL]
    qtbot.keyClicks(editor.new, "reach")

    qtbot.keyClick(editor.new, KEY.Key_Escape)

    assert window.body.name == "sign"
    assert editor.new.isHidden()
    assert goals.of_patient(clinic, "P-1") == []


# -- the last visits ---------------------------------------------------------------------------


def test_one_press_takes_over_what_the_last_visit_has_and_says_so(qtbot, window, before, open_p1):
    before(1, outcome="4 of 5", why="loses balance")
    screen = open_p1()
    form = screen.form.skilled
    assert form.carry.text() == "As last visit (23 Nov 2026)"
    assert form.editors[Part.WHY].line.text() == "", "nothing comes by itself"
    qtbot.keyClicks(form.editors[Part.OUTCOME].line, "5 of 5")

    click(qtbot, form.carry)

    assert values_of(window) == {"outcome": ("5 of 5",), "why": ("loses balance",)}
    assert "Taken over in part from 23 Nov 2026" in form.carried.text()
    assert not form.carry.isVisible(), "nothing is left to take over"


def test_the_same_words_as_in_the_last_three_visits_are_shown_side_by_side(qtbot, before, open_p1):
    before(3, response="tolerated well")
    screen = open_p1()
    editor = screen.form.skilled.editors[Part.RESPONSE]
    assert not editor.repeated.isVisible()

    qtbot.keyClicks(editor.line, "Tolerated well")

    assert editor.repeated.isVisible()
    assert editor.repeated.said.text() == "the same words as in the last three visits"
    click(qtbot, editor.repeated.compare)
    assert [visit.day.text() for visit in editor.repeated.visits] == [
        "This visit",
        *("25 Nov 2026", "24 Nov 2026", "23 Nov 2026"),
    ]
    assert {visit.text.text() for visit in editor.repeated.visits[1:]} == {"tolerated well"}
    qtbot.keyClicks(editor.line, ", needed two rests")
    assert not editor.repeated.isVisible()


# -- signed ------------------------------------------------------------------------------------


def test_a_signed_visit_shows_what_is_on_record_and_takes_no_change(
    qtbot, window, clinic, screen, editors
):
    type_in(qtbot, editors[Part.OUTCOME].line, "4 of 5")
    click(qtbot, screen.checks.chart.ticks[ChartTick.HISTORY])
    screen.sign()

    screen = open_sign(window, "P-1")
    assert not screen.form.skilled.isVisible()
    assert screen.form.on_record.text() == "97112 · Outcome: 4 of 5\nIn the chart: history"
    assert not screen.checks.chart.ticks[ChartTick.HISTORY].isEnabled()


def test_a_running_code_counts_on_its_tab(window, clinic, clock, screen, pass_time):
    time_code(clinic, clock, "P-1", "97110", 1, end=False)
    window.desk.refresh()
    tabs = screen.form.skilled.tabs.tabs
    assert tabs["97110"].tab.minutes == "1 min"

    pass_time(window, clock, minutes=1)

    assert tabs["97110"].tab.minutes == "2 min"
    stopping.stop(clinic, StopWish())
