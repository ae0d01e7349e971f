"""Codes and payers of the clinic's own: made, copied, changed and ended by presses."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ptimer.billing.codebook import Attendance, Count, Discipline
from ptimer.billing.payers import Effect, UnitRule
from ptimer.billing.visit_units import Entry, reckon
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return
ESCAPE = Qt.Key.Key_Escape


@pytest.fixture
def form(qtbot, screen):
    """The form for a new code, open."""
    qtbot.mouseClick(screen.own, LEFT)
    return screen.forms.code


@pytest.fixture
def made(qtbot, form):
    """A code that a person typed, chosen in the table."""
    qtbot.keyClicks(form.number, "w1000")
    qtbot.keyClicks(form.label, "Wellness check")
    qtbot.keyClicks(form.why, "contract")
    qtbot.keyClick(form.why, ENTER)
    return form.desk.clinic.rulebook.codes["W1000"]


@pytest.fixture
def with_payer(qtbot, screen):
    """A payer of the clinic's own, its settings shown."""
    qtbot.mouseClick(screen.payers.add, LEFT)
    qtbot.keyClicks(screen.forms.payer.name, "State fund")
    qtbot.keyClicks(screen.forms.payer.why, "contract")
    qtbot.keyClick(screen.forms.payer.why, ENTER)
    return screen.payers.cards["State fund"]


def codes(screen):
    return screen.desk.clinic.rulebook.codes


def shown(screen):
    return {row.code: row for row in screen.table.rows.codes.rows}


def test_a_code_is_made_from_scratch_with_all_it_can_have(qtbot, screen, form):
    qtbot.keyClicks(form.number, "w1000")
    qtbot.keyClicks(form.label, "Wellness check")
    qtbot.mouseClick(form.count.parts["own-count"], LEFT)
    qtbot.keyClicks(form.steps, "30")
    form.attendance.setCurrentIndex(form.attendance.findData("supervised"))
    qtbot.mouseClick(form.disciplines.parts["PT"], LEFT)
    qtbot.mouseClick(form.alone, LEFT)
    qtbot.keyClicks(form.most, "2")
    qtbot.mouseClick(form.effect.parts["cut"], LEFT)
    qtbot.keyClicks(form.since, "2026-11-24")
    qtbot.keyClicks(form.until, "2027-12-31")
    qtbot.keyClicks(form.source, "State fund, page 4")
    qtbot.keyClicks(form.why, "a contract")
    qtbot.mouseClick(form.save, LEFT)

    code = codes(screen)["W1000"]
    assert (code.label, code.count, code.step_minutes) == ("Wellness check", Count.OWN_COUNT, 30)
    assert code.attendance is Attendance.SUPERVISED
    assert set(code.disciplines) == {Discipline.PT, Discipline.OT}
    assert (code.exclusive, code.daily_limit, code.daily_effect) == (True, 2, Effect.CUT)
    assert (str(code.in_force_from), str(code.in_force_to)) == ("2026-11-24", "2027-12-31")
    assert code.source == "State fund, page 4"
    assert not form.isVisible()


def test_a_base_and_its_add_on_of_2027_are_typed_and_counted_by_their_steps(qtbot, screen, form):
    for number, step, base in (("x0001", "30", ""), ("x0002", "15", "x0001")):
        qtbot.mouseClick(screen.own, LEFT)
        qtbot.mouseClick(form.count.parts["own-count"], LEFT)
        form.disciplines.set_values(["SLP"])
        for field, text in (
            (form.number, number),
            (form.label, f"Speech sounds, {step} min"),
            (form.steps, step),
            (form.base, base),
            (form.since, "2027-01-01"),
            (form.why, "published for 2027"),
        ):
            qtbot.keyClicks(field, text)
        qtbot.keyClick(form.why, ENTER)
        assert not form.isVisible()

    terms = screen.desk.clinic.rulebook.on(date(2027, 1, 1)).terms(None)
    counted = reckon([Entry(terms.book["X0001"], 53)], terms, rule=UnitRule.CMS)
    assert {line.code.code: line.units for line in counted.lines} == {"X0001": 1, "X0002": 2}
    assert shown(screen)["X0002"].counted == "add-on"


def test_the_new_code_is_shown_with_its_dates_and_source(screen, made):
    assert screen.table.chosen == "W1000"
    assert shown(screen)["W1000"].label == "Wellness check (own)"
    assert screen.detail.title.text() == "W1000 · Wellness check"
    assert "Made by this clinic." in screen.detail.text.text()
    assert "In force, no end date" in screen.detail.text.text()
    assert "76 of 76 OT codes shown" in screen.line.text()


def test_the_new_code_is_shown_even_where_search_and_chips_hid_it(qtbot, screen):
    qtbot.keyClicks(screen.search, "balance")
    qtbot.mouseClick(screen.own, LEFT)
    form = screen.forms.code
    qtbot.keyClicks(form.number, "W1000")
    qtbot.keyClicks(form.label, "Voice check")
    qtbot.mouseClick(form.disciplines.parts["OT"], LEFT)
    qtbot.mouseClick(form.disciplines.parts["SLP"], LEFT)
    qtbot.keyClicks(form.why, "contract")
    qtbot.keyClick(form.why, ENTER)

    assert screen.table.chosen == "W1000"
    assert screen.disciplines.values() == ["SLP"]


def test_the_new_code_can_be_timed_at_once(qtbot, screen, made):
    window = screen.centre.window()
    window.go("today")
    qtbot.keyClick(window, Qt.Key.Key_Plus)
    qtbot.keyClicks(window.focusWidget(), "W1000")
    qtbot.keyClick(window.focusWidget(), ENTER)

    assert "W1000" in [card.code for card in window.desk.cards()]
    window.desk.press("W1000")
    assert [segment.code for segment in window.desk.today.running] == ["W1000"]


def test_a_shipped_code_is_copied_and_stays_as_it_is(qtbot, screen):
    before = codes(screen)["97112"]
    screen.table.choose("97112")
    assert not screen.detail.change.isVisible()
    assert not screen.detail.end.isVisible()
    qtbot.mouseClick(screen.detail.copy, LEFT)
    form = screen.forms.code
    assert (form.title.text(), form.number.text()) == ("A copy of 97112", "")
    assert (form.label.text(), form.alone.isChecked()) == (before.label, True)
    qtbot.keyClicks(form.number, "W9711")
    qtbot.keyClicks(form.why, "contract")
    qtbot.mouseClick(form.save, LEFT)

    copy = codes(screen)["W9711"]
    assert (copy.label, copy.exclusive, copy.own) == (before.label, True, True)
    assert codes(screen)["97112"] == before


@pytest.mark.parametrize("number", ["97597", "98980"])
def test_what_is_counted_by_area_or_month_is_not_copied(screen, number):
    screen.table.choose(number)

    assert screen.detail.isVisible()
    assert not screen.detail.copy.isVisible()


def test_an_own_code_is_changed_from_a_day_on(qtbot, screen, made):
    qtbot.mouseClick(screen.detail.change, LEFT)
    form = screen.forms.code
    assert (form.number.text(), form.number.isEnabled()) == ("W1000", False)
    assert window_focus(screen) is form.label
    qtbot.mouseClick(form.count.parts["untimed"], LEFT)
    qtbot.keyClicks(form.since, "2026-12-01")
    qtbot.keyClicks(form.why, "new contract")
    qtbot.mouseClick(form.save, LEFT)

    book = codes(screen)
    assert book["W1000"].count is Count.UNTIMED
    assert book.on(screen.desk.today.date)["W1000"].count is Count.POOLED
    assert shown(screen)["W1000"].counted == "15 min", "what counts today is shown"


def test_a_change_of_what_was_timed_is_offered_from_the_day_after(qtbot, screen, made):
    desk = screen.desk
    desk.press("W1000")
    screen.refresh()
    qtbot.mouseClick(screen.detail.change, LEFT)
    form = screen.forms.code
    assert form.since.text() == "2026-11-24"
    form.since.setText("2026-11-23")
    qtbot.mouseClick(form.count.parts["untimed"], LEFT)
    qtbot.keyClicks(form.why, "new contract")
    qtbot.mouseClick(form.save, LEFT)

    assert "W1000 was timed on 23 Nov 2026" in form.complaint.text.text()
    assert codes(screen)["W1000"].count is Count.POOLED


def test_an_own_code_is_ended_from_a_date(qtbot, screen, made):
    qtbot.mouseClick(screen.detail.end, LEFT)
    form = screen.forms.end
    assert form.last.text() == "2026-11-23"
    form.last.setText("2026-11-22")
    qtbot.keyClicks(form.why, "it is over")
    qtbot.keyClick(form.why, ENTER)

    assert not form.isVisible()
    assert shown(screen)["W1000"].above == "not in force"
    assert "In force until 22 Nov 2026" in screen.detail.text.text()


@pytest.mark.parametrize(
    ("number", "label", "why", "told"),
    [
        ("", "Boxing", "contract", "code's number is empty"),
        ("97110", "Boxing", "contract", "97110 ships with ptimer"),
        ("w_1", "Boxing", "contract", "letters from A to Z"),
        ("x" * 300, "Boxing", "contract", "use at most 100"),
        ("W1000", " ", "contract", "label is empty"),
        ("W1000", "x" * 90, "contract", "a card has room for 60"),
        ("W1000", "Boxing", " ", "Give a reason"),
    ],
)
def test_what_can_not_be_used_is_told_in_the_form(qtbot, screen, form, number, label, why, told):
    form.number.setText(number)
    form.label.setText(label)
    form.why.setText(why)
    before = len(codes(screen))
    qtbot.mouseClick(form.save, LEFT)

    assert form.isVisible()
    assert form.complaint.isVisible()
    assert told in form.complaint.text.text()
    assert len(codes(screen)) == before
    assert form.number.wrong == (not number.strip())
    assert form.why.wrong == (not why.strip())


def test_what_was_wrong_is_forgotten_with_the_form(qtbot, screen, form):
    qtbot.mouseClick(form.save, LEFT)
    qtbot.keyClick(form.number, ESCAPE)
    assert not form.isVisible()
    assert screen.rules.isVisible()

    qtbot.mouseClick(screen.own, LEFT)
    assert not form.complaint.isVisible()
    assert not form.number.wrong


def test_minutes_of_a_step_are_asked_only_where_they_count(qtbot, form):
    assert not form.steps.isVisible()
    qtbot.mouseClick(form.count.parts["own-count"], LEFT)
    assert form.steps.isVisible()
    qtbot.mouseClick(form.count.parts["untimed"], LEFT)
    assert not form.steps.isVisible()


def test_one_form_is_open_at_a_time(qtbot, screen, form, made):
    qtbot.mouseClick(screen.detail.end, LEFT)
    qtbot.mouseClick(screen.own, LEFT)

    assert screen.forms.code.isVisible()
    assert not screen.forms.end.isVisible()


def test_a_payer_is_copied_with_all_its_settings(qtbot, screen):
    card = screen.payers.cards["Medicare"]
    qtbot.mouseClick(card.head, LEFT)
    assert not card.end.isVisible()
    qtbot.mouseClick(card.copy, LEFT)
    form = screen.forms.payer
    assert form.title.text() == "A copy of Medicare"
    qtbot.keyClicks(form.name, "Railroad")
    qtbot.keyClicks(form.why, "it pays as Medicare does")
    qtbot.keyClick(form.name, ENTER)

    payers = screen.desk.clinic.rulebook.payers
    copy, shipped = payers["Railroad"], payers["Medicare"]
    assert (copy.unit_rule, copy.follows_mue, copy.pays_slp_assistants) == (
        shipped.unit_rule,
        shipped.follows_mue,
        shipped.pays_slp_assistants,
    )
    assert not copy.shipped


def test_a_copy_of_an_own_payer_keeps_its_limits(qtbot, screen, with_payer):
    qtbot.mouseClick(screen.payers.add, LEFT)
    form = screen.forms.payer
    qtbot.keyClicks(form.name, "With limits")
    qtbot.mouseClick(form.limits.add, LEFT)
    row = form.limits.rows[0]
    for field, text in ((row.code, "97110"), (row.units, "2"), (row.reason, "contract")):
        qtbot.keyClicks(field, text)
    qtbot.keyClicks(form.why, "contract")
    qtbot.keyClick(form.why, ENTER)
    qtbot.mouseClick(screen.payers.cards["With limits"].copy, LEFT)
    qtbot.keyClicks(form.name, "Its copy")
    qtbot.keyClicks(form.why, "contract")
    qtbot.keyClick(form.why, ENTER)

    payers = screen.desk.clinic.rulebook.payers
    assert payers["Its copy"].own_limits == payers["With limits"].own_limits != ()


def test_a_shipped_payer_is_not_changed_and_says_so(qtbot, screen):
    card = screen.payers.cards["Medicare"]
    qtbot.mouseClick(card.head, LEFT)

    assert not card.change.isVisible()
    assert "A shipped payer can't be changed: copy it." in card.details.text()


def test_an_own_payer_is_changed_with_a_reason_and_keeps_its_name(qtbot, screen, with_payer):
    qtbot.mouseClick(with_payer.change, LEFT)
    form = screen.forms.payer
    assert form.title.text() == "Change State fund"
    assert "Signed visits keep what it said" in form.about.text()
    assert (form.name.text(), form.name.isEnabled()) == ("State fund", False)
    assert form.window().focusWidget() in form.rule.parts.values()

    qtbot.keyClicks(form.why, "letter")
    qtbot.keyClick(form.why, ENTER)
    assert "State fund says so already" in form.complaint.text.text()
    qtbot.mouseClick(form.zeros, LEFT)
    qtbot.keyClick(form.why, ENTER)

    assert not form.isVisible()
    assert screen.desk.clinic.rulebook.payers["State fund"].zero_unit_lines
    assert "Lines without a unit go to the biller." in with_payer.details.text()


def test_after_a_change_the_form_makes_a_new_payer_again(qtbot, screen, with_payer):
    qtbot.mouseClick(with_payer.change, LEFT)
    qtbot.keyClick(screen.forms.payer.why, Qt.Key.Key_Escape)
    qtbot.mouseClick(screen.payers.add, LEFT)

    form = screen.forms.payer
    assert (form.name.text(), form.name.isEnabled()) == ("", True)
    assert not form.about.isVisible()
    assert form.save.text() == "Add payer"


def test_a_clinics_copy_of_medicare_cuts_where_it_warns_and_warns_where_it_cuts(qtbot, screen):
    qtbot.mouseClick(screen.payers.cards["Medicare"].copy, LEFT)
    form = screen.forms.payer
    qtbot.keyClicks(form.name, "My MA plan")
    for code, units, effect in (("97110", "6", "cut"), ("97112", "4", "warn")):
        qtbot.mouseClick(form.limits.add, LEFT)
        row = form.limits.rows[-1]
        for field, text in ((row.code, code), (row.units, units), (row.reason, "contract")):
            qtbot.keyClicks(field, text)
        qtbot.mouseClick(row.effect.parts[effect], LEFT)
    qtbot.keyClicks(form.why, "contract")
    qtbot.keyClick(form.why, ENTER)

    book = screen.desk.clinic.rulebook
    terms = book.on(screen.desk.today.date).terms(book.payers["My MA plan"])
    entries = [Entry(terms.book["97110"], 100), Entry(terms.book["97112"], 83)]
    counted = reckon(entries, terms, rule=UnitRule.CMS)
    assert {line.code.code: (line.earned, line.units) for line in counted.lines} == {
        "97110": (7, 6),
        "97112": (5, 5),
    }
    daily = [w for w in counted.warnings if w.rule == "daily-limit"]
    assert [(w.code, w.source) for w in daily] == [
        ("97110", "My MA plan: contract"),
        ("97112", "My MA plan: contract"),
    ]


def test_an_ended_payer_is_said_to_be_over_and_is_not_offered(qtbot, screen, with_payer):
    qtbot.mouseClick(with_payer.end, LEFT)
    form = screen.forms.end
    assert form.title.text() == "End State fund"
    form.last.setText("yesterday")
    qtbot.keyClicks(form.why, "over")
    qtbot.mouseClick(form.save, LEFT)
    assert "is not a date" in form.complaint.text.text()
    form.last.setText("2026-11-22")
    qtbot.mouseClick(form.save, LEFT)

    assert not form.isVisible()
    assert "last day 22 Nov 2026" in with_payer.head.accessibleName()
    window = screen.centre.window()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    payers = window.today.visits.form.payer
    offered = [payers.itemText(place) for place in range(payers.count())]
    assert "Medicare" in offered
    assert "State fund" not in offered


def test_every_control_of_the_forms_has_a_name_to_be_read_out(qtbot, screen, made, with_payer):
    for button in (screen.own, screen.detail.end, with_payer.end):
        qtbot.mouseClick(button, LEFT)
        reached = [
            each
            for side in (screen.centre, screen.right)
            for each in side.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
        ]
        assert len(reached) >= 12
        assert [each for each in reached if not each.accessibleName()] == []
        screen.close_typed()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_form_fits_into_its_column_at_any_size(qtbot, clinic, scale, open_codes):
    window = build_window(clinic, Look(Mode.LIGHT, scale=scale))
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    screen = open_codes(window)
    qtbot.mouseClick(screen.own, LEFT)
    qtbot.mouseClick(screen.forms.code.count.parts["own-count"], LEFT)

    room = screen.right.viewport().width() - 32 * scale
    assert screen.forms.code.minimumSizeHint().width() <= room
    assert screen.centre.minimumSizeHint().width() <= screen.centre.width()


def window_focus(screen):
    return screen.centre.window().focusWidget()
