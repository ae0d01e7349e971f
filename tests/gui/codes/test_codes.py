import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ptimer.billing.codebook import Attendance, Count
from ptimer.billing.payers import CombinedLimit, Effect, RequiredModifier, UnitRule
from ptimer.gui.codes.code_rows import counted
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import people, visiting

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return
LONG = "Workers' compensation of a State whose name is so long that no card has room for it"


@pytest.fixture
def form(qtbot, screen):
    """The form for a new payer, open."""
    qtbot.mouseClick(screen.payers.add, LEFT)
    return screen.forms.payer


@pytest.fixture
def fill(qtbot, form):
    """Type into the form what it asks for at least, and whatever else is named."""

    def fill(name="State fund", why="contract of 2026"):
        form.name.setText(name)
        form.why.setText(why)

    return fill


@pytest.fixture
def add_limit(qtbot, form):
    """Type one limit into the form."""

    def add_limit(code="97140", units="4", reason="contract"):
        qtbot.mouseClick(form.limits.add, LEFT)
        row = form.limits.rows[-1]
        qtbot.keyClicks(row.code, code)
        qtbot.keyClicks(row.units, units)
        qtbot.keyClicks(row.reason, reason)
        return row

    return add_limit


def shown(screen):
    return {row.code: row for row in screen.table.rows.codes.rows}


def choose(screen, code):
    rows = screen.table.rows
    rows.setCurrentIndex(rows.codes.index(rows.codes.place_of(code)))


# -- the codes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("97110", ("15 min", "one-on-one", "6", "warns", "")),
        ("97112", ("15 min", "one-on-one", "4", "cuts", "billed alone")),
        ("97129", ("15 min", "one-on-one", "1", "cuts", "")),
        ("97130", ("add-on", "one-on-one", "7", "warns", "")),
        ("97032", ("15 min", "constant", "4", "warns*", "")),
        ("G0283", ("untimed", "supervised", "1", "warns", "")),
        ("97014", ("untimed", "supervised", "0", "use G0283", "")),
        ("97010", ("untimed", "supervised", "0", "not paid by itself", "")),
        ("97150", ("untimed", "group", "1", "warns", "")),
        ("97165", ("untimed", "evaluation", "1", "cuts", "")),
        ("97597", ("by area", "one-on-one", "1", "warns*", "")),
        ("97598", ("add-on", "one-on-one", "8", "warns*", "")),
        ("98980", ("by the month", "none", "1", "cuts", "")),
        ("97550", ("own steps", "one-on-one", "1", "cuts", "")),
    ],
)
def test_a_code_s_row_says_how_it_is_counted_and_what_medicare_allows(screen, code, row):
    found = shown(screen)[code]

    assert (found.counted, found.attendance, found.units, found.above, found.alone) == row


def test_the_codes_of_the_visit_s_discipline_are_shown_first(screen):
    assert screen.disciplines.values() == ["OT"]
    assert screen.line.text().startswith("75 of 75 OT codes shown")
    assert "92507" not in shown(screen)


def test_without_a_visit_the_discipline_of_the_first_start_is_shown(window, open_codes):
    answers = people.FirstAnswers("Sam", "CCC-SLP", "SLP", "Medicare")
    window.desk.attempt(lambda clinic: people.answer_first_start(clinic, answers))

    assert open_codes(window).disciplines.values() == ["SLP"]


def test_the_line_explains_the_star_where_a_star_is_shown(qtbot, screen):
    assert "* indicator not known" in screen.line.text()

    qtbot.keyClicks(screen.search, "97112")
    assert "*" not in screen.line.text()
    assert "units a day for Medicare" in screen.line.text()


def test_codes_are_found_by_number_or_word_as_one_types(qtbot, screen):
    qtbot.keyClicks(screen.search, "9711")
    assert list(shown(screen)) == ["97110", "97112", "97113", "97116"]

    screen.search.clear()
    qtbot.keyClicks(screen.search, "BALANCE post")
    assert list(shown(screen)) == ["97112"]
    assert screen.line.text().startswith("1 of 75 OT codes shown")


def test_what_the_discipline_hides_is_said(qtbot, screen):
    qtbot.keyClicks(screen.search, "92507")

    assert shown(screen) == {}
    assert "1 more in other disciplines" in screen.line.text()
    assert "other disciplines" in screen.table.rows.empty

    qtbot.mouseClick(screen.disciplines.parts["SLP"], LEFT)
    assert list(shown(screen)) == ["92507"]


def test_a_search_that_finds_nothing_says_so(qtbot, screen):
    screen.search.setText("x" * 200)
    qtbot.keyClicks(screen.search, "y")

    assert "No code holds" in screen.table.rows.empty
    assert len(screen.table.rows.empty) < 80


def test_no_discipline_chosen_shows_all_codes_but_rest_and_not_billable(qtbot, screen):
    qtbot.mouseClick(screen.disciplines.parts["OT"], LEFT)

    assert screen.line.text().startswith("97 of 97 codes shown")
    assert not {"REST", "NB"} & set(shown(screen))


def test_two_disciplines_show_the_codes_of_both(qtbot, screen):
    qtbot.mouseClick(screen.disciplines.parts["SLP"], LEFT)

    assert {"97112", "92507"} <= set(shown(screen))
    assert "OT and SLP codes shown" in screen.line.text()


def test_a_code_that_is_not_in_force_on_the_day_says_so(qtbot, demo_morning, open_codes):
    window, clock = demo_morning
    screen = open_codes(window)
    qtbot.mouseClick(screen.disciplines.parts["SLP"], LEFT)
    assert shown(screen)["92507"].above == "warns"

    clock.advance(seconds=60 * 24 * 3600)
    window.desk.tick()

    assert shown(screen)["92507"].above == "not in force"
    assert shown(screen)["92507"].units == ""


def test_a_press_on_a_code_shows_all_that_is_known_of_it(qtbot, screen):
    rows = screen.table.rows
    area = rows.visualRect(rows.codes.index(rows.codes.place_of("97112")))
    qtbot.mouseClick(rows.viewport(), LEFT, pos=area.center())

    assert screen.detail.isVisible()
    assert screen.detail.title.text() == "97112 · Balance, coordination, posture"
    text = screen.detail.text.text()
    for part in ("proprioception", "Medicare: 4 a day; more is cut", "In force", "Source: MUE"):
        assert part in text
    assert not screen.detail.beware.isVisible()


def test_a_code_whose_count_no_source_bears_out_says_so(screen):
    choose(screen, "97799")

    assert screen.detail.beware.isVisible()
    assert "not confirmed" in screen.detail.beware.text.text()


def test_the_dates_of_a_code_are_shown_as_a_person_reads_them(qtbot, screen):
    qtbot.mouseClick(screen.disciplines.parts["SLP"], LEFT)
    choose(screen, "92507")
    assert "In force until 31 Dec 2026" in screen.detail.text.text()

    choose(screen, "98984")
    assert "In force from 1 Jan 2026, no end date" in screen.detail.text.text()


def test_an_add_on_names_its_base(screen):
    choose(screen, "97130")

    assert "97129 is timed" in screen.detail.text.text()


def test_the_keyboard_goes_from_the_search_through_the_codes_and_out_again(qtbot, screen):
    qtbot.keyClicks(screen.search, "9711")
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    qtbot.keyClick(screen.table.rows, Qt.Key.Key_Down)
    assert screen.table.chosen == "97112"
    assert screen.detail.isVisible()

    qtbot.keyClick(screen.table.rows, Qt.Key.Key_Escape)
    assert screen.table.chosen == ""
    assert not screen.detail.isVisible()


def test_escape_empties_the_search(qtbot, screen):
    qtbot.keyClicks(screen.search, "97112")
    qtbot.keyClick(screen.search, Qt.Key.Key_Escape)

    assert screen.search.text() == ""
    assert len(shown(screen)) == 75


def test_a_chosen_code_stays_chosen_while_the_search_still_finds_it(qtbot, screen):
    choose(screen, "97112")
    qtbot.keyClicks(screen.search, "balance")
    assert screen.detail.isVisible()

    qtbot.keyClicks(screen.search, "zzz")
    assert not screen.detail.isVisible()


def test_space_still_stops_what_runs_while_the_codes_are_looked_at(qtbot, screen):
    choose(screen, "97112")
    screen.table.rows.setFocus()
    qtbot.keyClick(screen.table.rows, Qt.Key.Key_Space)

    assert screen.desk.today.running == ()


def test_a_row_is_read_out_in_full(screen):
    index = screen.table.rows.codes.index(screen.table.rows.codes.place_of("97112"))

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "97112, Balance, coordination, posture, 15 min, one-on-one, 4 a day, cuts, billed alone"
    )


def test_every_way_of_counting_has_a_word(rulebook):
    words = {code.count: counted(code) for code in rulebook.codes if code.add_on_to is None}

    assert set(words) == set(Count)
    assert [count for count, word in words.items() if not word] == [Count.APART]
    assert all(code.attendance in set(Attendance) for code in rulebook.codes)


def test_the_codes_are_a_sound_model(qtmodeltester, screen):
    qtmodeltester.check(screen.table.rows.codes)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_billed_alone_pill_and_the_chosen_row_are_painted(window, mode, open_codes):
    window.look.set_mode(mode)
    screen = open_codes(window)
    screen.disciplines.set_values(["OT"])
    screen.refresh()
    choose(screen, "97112")

    rows = screen.table.rows
    image = rows.viewport().grab().toImage()
    area = rows.visualRect(rows.currentIndex())
    colors = {image.pixelColor(x, area.center().y()).name() for x in range(area.width())}
    assert window.look.color("accent").name() in colors
    assert window.look.color("accent_soft").name() in colors


@pytest.mark.parametrize("width", [900, 1100, 1280, 1900])
def test_the_titles_stand_where_the_columns_are(window, width, open_codes):
    window.resize(width, 700)
    screen = open_codes(window)

    rows = screen.table.rows
    height = rows.sizeHintForRow(0)
    assert height == (33 if rows.in_columns else 52)
    assert rows.in_columns == (width >= 1280)


# -- the rules -------------------------------------------------------------------------------------


def test_the_rules_in_force_are_named_with_source_and_edition(screen):
    assert screen.rules.title.text() == "IN FORCE ON 23 NOV 2026"
    told = {
        entry.rule: (entry.title.text(), entry.text.text(), entry.edition.text())
        for entry in screen.rules.entries
    }

    assert told["cms-8-minute"][0] == "Counting minutes into units"
    assert "chapter 5, section 20.2" in told["cms-8-minute"][1]
    assert told["billed-alone"][2] == "In force for every payer, no end date"
    assert told["daily-limit"][0] == "97112: 4 units a day"
    assert told["mue"][2] == "Table of 2024-07-01: newer CMS files were not imported"
    assert {"one-clinician-one-service", "over-60-minutes", "one-evaluation"} <= set(told)


def test_one_press_shows_the_other_rules_and_one_hides_them(qtbot, screen):
    day = screen.desk.today.date
    rules = screen.desk.clinic.rulebook.on(day).rules.sources
    assert screen.rules.more.text() == f"All {len(rules)} rules"

    qtbot.mouseClick(screen.rules.more, LEFT)
    assert len(screen.rules.entries) == len(rules) > 8
    qtbot.mouseClick(screen.rules.more, LEFT)
    assert len(screen.rules.entries) == 8


# -- the payers ------------------------------------------------------------------------------------


def test_each_payer_says_what_it_counts_by_and_where_it_comes_from(screen):
    names = {name: card.head.accessibleName() for name, card in screen.payers.cards.items()}

    assert names["Medicare"] == "Medicare, 8-minute rule, CMS caps, shipped, read-only"
    assert names["Commercial (midpoint)"] == (
        "Commercial (midpoint), midpoint, 97112: 4 a day · no other cap, shipped, read-only"
    )


def test_a_press_on_a_shipped_payer_shows_its_settings_and_that_it_is_read_only(qtbot, screen):
    card = screen.payers.cards["Medicare"]
    qtbot.mouseClick(card.head, LEFT)

    assert card.details.isVisible()
    assert "It does not pay speech-language services of an assistant." in card.details.text()
    assert "can't be changed" in card.details.text()


def test_a_payer_of_the_clinic_s_own_is_made_with_all_its_settings(
    qtbot, screen, form, fill, add_limit
):
    fill("Workers' compensation")
    qtbot.mouseClick(form.rule.parts["midpoint"], LEFT)
    for box in (form.caps, form.slp, form.zeros, form.relaxes, form.marks, form.threshold):
        qtbot.mouseClick(box, LEFT)
    qtbot.keyClicks(form.relaxed_why, "their contract, page 12")
    row = add_limit("g0283", "2", "their contract")
    qtbot.mouseClick(row.effect.parts["warn"], LEFT)
    add_limit("97110, 97140 97530", "4", "their manual")
    qtbot.mouseClick(form.modifiers.add, LEFT)
    wanted = form.modifiers.rows[0]
    assert wanted.modifier.hasFocus()
    for field, text in ((wanted.modifier, "u1"), (wanted.codes, "97110"), (wanted.reason, "form")):
        qtbot.keyClicks(field, text)
    qtbot.mouseClick(form.save, LEFT)

    payer = screen.desk.clinic.rulebook.payers["Workers' compensation"]
    assert payer.unit_rule is UnitRule.MIDPOINT
    assert (payer.follows_mue, payer.pays_slp_assistants, payer.zero_unit_lines) == (
        True,
        False,
        True,
    )
    assert payer.relaxes_billed_alone
    assert payer.relaxed_because == "their contract, page 12"
    (limit,) = payer.own_limits
    assert (limit.code, limit.units, limit.effect) == ("G0283", 2, Effect.WARN)
    assert payer.combined_limits == (
        CombinedLimit(("97110", "97140", "97530"), 4, Effect.CUT, "their manual"),
    )
    assert payer.required_modifiers == (RequiredModifier("U1", ("97110",), "form"),)
    assert (payer.assistant_modifiers, payer.kx_threshold) == (False, True)
    assert not payer.shipped
    details = screen.payers.cards["Workers' compensation"].details.text()
    for words in (
        "97110, 97140 and 97530 together: 4 a day, more is cut: their manual",
        "CQ and CO do not mark an assistant's part.",
        "KX is asked for above the year's threshold.",
        "U1 on 97110: form",
    ):
        assert words in details
    assert "2 own limits" in screen.payers.cards["Workers' compensation"].head.accessibleName()


def test_what_is_not_ticked_stays_as_it_is_usual(qtbot, screen, form, fill):
    fill("State fund")
    qtbot.keyClick(form.why, ENTER)

    payer = screen.desk.clinic.rulebook.payers["State fund"]
    assert payer.unit_rule is UnitRule.CMS
    assert payer.pays_slp_assistants
    assert not payer.relaxes_billed_alone, "97112 is billed alone unless a payer says otherwise"
    assert payer.own_limits == ()


def test_the_new_payer_stands_in_the_list_and_can_be_given_to_a_visit(qtbot, screen, form, fill):
    fill("State fund")
    qtbot.keyClick(form.name, ENTER)

    assert not form.isVisible()
    card = screen.payers.cards["State fund"]
    assert card.isVisible()
    assert "added by this clinic" in card.head.accessibleName()
    assert card.details.isVisible()

    window = screen.centre.window()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    payers = window.today.visits.form.payer
    assert "State fund" in [payers.itemText(place) for place in range(payers.count())]
    visit = screen.desk.attempt(
        lambda clinic: visiting.open_visit(clinic, "P-7", payer="State fund")
    )
    assert visit.payer == "State fund"


def test_the_new_payer_is_still_there_after_the_next_start(qtbot, screen, form, fill):
    fill("State fund")
    qtbot.keyClick(form.name, ENTER)

    screen.desk.clinic.reload_rulebook()
    assert "State fund" in screen.desk.clinic.rulebook.payers.names()


@pytest.mark.parametrize(
    ("name", "why", "told"),
    [
        ("", "contract", "The payer's name is empty"),
        ("medicare", "contract", "There is a payer medicare already"),
        ("x" * 101, "contract", "use at most 100"),
        ("State fund", "  ", "Give a reason"),
    ],
)
def test_a_name_or_reason_that_can_not_be_used_is_told_and_nothing_is_made(
    qtbot, screen, form, fill, name, why, told
):
    before = screen.desk.clinic.rulebook.payers.names()
    fill(name, why)
    qtbot.mouseClick(form.save, LEFT)

    assert told in form.complaint.text.text()
    assert form.isVisible()
    assert form.why.wrong == (not why.strip())
    assert screen.desk.clinic.rulebook.payers.names() == before


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (("99999", "4", "contract"), "99999 is not in the code book"),
        (("", "4", "contract"), "Name the code that is limited"),
        (("97140", "", "contract"), "is no number of units a day for 97140"),
        (("97140", "-1", "contract"), "-1 is no number of units"),
        (("97140", "4.5", "contract"), "4.5 is no number of units"),
        (("97140", "97", "contract"), "type 0 to 96"),
        (("97140", "9" * 400, "contract"), "type 0 to 96"),
        (("97140", "4", ""), "Say why 97140 is limited"),
        (("97140, 97161", "4", "contract"), "97161 is not timed"),
        (("97140, 97130", "4", "contract"), "97130 is timed on 97129"),
        (("97140, 99999", "4", "contract"), "99999 is not in the code book"),
        (("97140, 97110", "x", "contract"), "is no number of units a day for 97140 and 97110"),
    ],
)
def test_a_limit_that_can_not_be_used_is_told_and_nothing_is_made(
    qtbot, screen, form, fill, add_limit, limit, told
):
    fill()
    row = add_limit(*(text[:20] for text in limit))
    row.units.setText(limit[1])
    qtbot.mouseClick(form.save, LEFT)

    assert told in form.complaint.text.text()
    assert screen.desk.clinic.rulebook.payers.find("State fund") is None


def test_a_code_that_is_limited_twice_is_told(qtbot, screen, form, fill, add_limit):
    fill()
    add_limit("97140", "4")
    add_limit("97140", "2")
    qtbot.mouseClick(form.save, LEFT)

    assert "97140 is limited twice" in form.complaint.text.text()


@pytest.mark.parametrize(
    ("modifier", "codes", "why", "told"),
    [
        ("U", "", "form", "A modifier has 2 characters"),
        ("GP", "", "form", "GP is put on lines by a rule of its own"),
        ("U1", "99999", "form", "99999 is not in the code book"),
        ("U1", "", "", "Say why U1 is wanted"),
        ("", "97110", "", "A modifier has 2 characters"),
    ],
)
def test_a_modifier_that_can_not_be_used_is_told_and_nothing_is_made(
    qtbot, screen, form, fill, modifier, codes, why, told
):
    fill()
    qtbot.mouseClick(form.modifiers.add, LEFT)
    row = form.modifiers.rows[0]
    for field, text in ((row.modifier, modifier), (row.codes, codes), (row.reason, why)):
        field.setText(text)
    qtbot.keyClick(row.reason, ENTER)

    assert told in form.complaint.text.text()
    assert screen.desk.clinic.rulebook.payers.find("State fund") is None
    qtbot.mouseClick(row.remove, LEFT)
    qtbot.mouseClick(form.save, LEFT)
    assert screen.desk.clinic.rulebook.payers["State fund"].required_modifiers == ()


def test_a_limit_can_be_taken_away_again_and_an_empty_one_counts_for_nothing(
    qtbot, screen, form, fill, add_limit
):
    fill()
    row = add_limit("99999", "4")
    qtbot.mouseClick(row.remove, LEFT)
    add_limit("", "", "")
    qtbot.mouseClick(form.save, LEFT)

    assert screen.desk.clinic.rulebook.payers["State fund"].own_limits == ()


def test_modalities_run_beside_97112_only_with_a_reason(qtbot, screen, form, fill):
    fill()
    assert not form.relaxed_why.isVisible()
    qtbot.mouseClick(form.relaxes, LEFT)
    assert form.relaxed_why.isVisible()
    qtbot.mouseClick(form.save, LEFT)

    assert "Say why" in form.complaint.text.text()
    assert form.relaxed_why.wrong
    assert screen.desk.clinic.rulebook.payers.find("State fund") is None


def test_escape_closes_the_form_and_nothing_is_made(qtbot, screen, form, fill):
    fill()
    qtbot.keyClick(form.name, Qt.Key.Key_Escape)

    assert not form.isVisible()
    assert screen.rules.isVisible()
    assert screen.desk.clinic.rulebook.payers.find("State fund") is None

    qtbot.mouseClick(screen.payers.add, LEFT)
    assert form.name.text() == "", "the next payer begins with an empty form"


def test_what_is_half_typed_is_forgotten_when_the_screen_is_left(qtbot, screen, form, fill):
    fill()
    qtbot.keyClicks(screen.search, "97112")
    window = screen.centre.window()
    window.go("today")
    window.go("codes")

    assert not form.isVisible()
    assert screen.search.text() == ""
    assert len(shown(screen)) == 75


def test_a_name_too_long_for_its_card_is_shown_in_full_below(qtbot, screen, form, fill):
    fill(LONG)
    qtbot.keyClick(form.name, ENTER)

    assert screen.payers.cards[LONG].details.text().startswith(LONG)


def test_a_name_that_looks_like_markup_is_shown_as_it_was_typed(qtbot, screen, form, fill):
    fill("<b>State</b> fund that is long enough")
    qtbot.keyClick(form.name, ENTER)

    details = screen.payers.cards["<b>State</b> fund that is long enough"].details
    assert details.textFormat() is Qt.TextFormat.PlainText
    assert details.text().startswith("<b>State</b>")


def test_many_payers_scroll(qtbot, screen):
    for number in range(25):
        qtbot.mouseClick(screen.payers.add, LEFT)
        screen.forms.payer.name.setText(f"Payer {number}")
        screen.forms.payer.why.setText("contract")
        qtbot.keyClick(screen.forms.payer.name, ENTER)

    assert len(screen.payers.cards) == 27
    bar = screen.right.verticalScrollBar()
    last = screen.payers.cards["Payer 24"]
    qtbot.waitUntil(lambda: bar.value() > 0 and last.visibleRegion().boundingRect().height() > 40)


def test_every_control_of_the_screen_has_a_name_to_be_read_out(screen, form, add_limit):
    add_limit()
    reached = [
        each
        for side in (screen.centre, screen.right)
        for each in side.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]

    assert len(reached) >= 16
    assert [each for each in reached if not each.accessibleName()] == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_form_fits_into_its_column_at_any_size(qtbot, clinic, scale, open_codes):
    window = build_window(clinic, Look(Mode.LIGHT, scale=scale))
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    screen = open_codes(window)
    qtbot.mouseClick(screen.payers.add, LEFT)
    for rows in (screen.forms.payer.limits, screen.forms.payer.modifiers):
        qtbot.mouseClick(rows.add, LEFT)

    room = screen.right.viewport().width() - 32 * scale
    assert screen.forms.payer.minimumSizeHint().width() <= room


def test_a_payers_form_and_card_fit_into_the_smallest_window(qtbot, screen, form, fill):
    window = screen.centre.window()
    window.resize(window.minimumSize())
    fill()
    qtbot.mouseClick(form.limits.add, LEFT)
    form.limits.rows[0].code.setText("97110, 97140")
    qtbot.mouseClick(form.modifiers.add, LEFT)
    form.modifiers.rows[0].modifier.setText("U1")
    for row in (*form.limits.rows, *form.modifiers.rows):
        row.reason.setText("contract")
    form.limits.rows[0].units.setText("4")
    qtbot.mouseClick(form.save, LEFT)
    card = screen.payers.cards["State fund"]
    assert card.minimumSizeHint().width() <= screen.right.viewport().width() - 32

    qtbot.mouseClick(card.change, LEFT)
    assert form.minimumSizeHint().width() <= screen.right.viewport().width() - 32


def test_the_tab_key_goes_through_the_form_from_top_to_bottom(qtbot, form, add_limit):
    row = add_limit()
    qtbot.mouseClick(form.modifiers.add, LEFT)
    qtbot.waitUntil(lambda: row.reason.y() >= row.effect.geometry().bottom(), timeout=1000)
    form.name.setFocus()
    window = form.window()
    reached = []
    for _ in range(21):
        reached.append(window.focusWidget().accessibleName())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    assert reached == [
        "Payer's name",
        "Counts by: 8-minute rule",
        "CMS's units a day (MUE) limit it",
        "Pays speech-language services of an assistant",
        "Lines without a unit go to the biller",
        "Supervised modalities may run beside 97112",
        "Limited code, or several together",
        "Take this limit away",
        "Units a day",
        "Above that: cut",
        "Why it is limited",
        "Add a limit",
        "CQ and CO mark an assistant's part",
        "KX is asked for above the year's threshold",
        "Modifier",
        "Take this modifier away",
        "On the lines of these codes",
        "Why the payer wants it",
        "Add a modifier",
        "Why this payer is added",
        "Add payer",
    ]


def test_a_tick_is_painted(form, look):
    def ground():
        image = form.slp.grab().toImage()
        return image.pixelColor(13, image.height() // 2 - 6)

    assert ground() == QColor(look.color("accent"))
    form.slp.setChecked(False)
    assert ground() == QColor(look.color("panel"))
