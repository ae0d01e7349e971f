import json
from dataclasses import replace
from datetime import date

import pytest

from ptimer.billing.payers import (
    CombinedLimit,
    Effect,
    OwnLimit,
    Payer,
    RequiredModifier,
    UnitRule,
)
from ptimer.operations import (
    history_search,
    own_payers,
    signing,
    typed_payer,
    visiting,
)
from ptimer.operations.errors import Misused
from ptimer.operations.history_search import Wanted

ACME = Payer(
    " Acme ",
    UnitRule.MIDPOINT,
    zero_unit_lines=True,
    own_limits=(OwnLimit("97110", 1, Effect.CUT, "their manual"),),
)

_TOGETHER = CombinedLimit(("97140", "97110"), 3, Effect.WARN, "their manual")


def _limited(*codes, units=4, more=()):
    limit = CombinedLimit(codes, units, Effect.CUT, "their manual")
    return replace(ACME, combined_limits=(limit, *more))


def _wanting(*modifiers, codes=(), reason="their portal"):
    wanted = tuple(RequiredModifier(each, codes, reason) for each in modifiers)
    return replace(ACME, required_modifiers=wanted)


@pytest.fixture
def entry(clinic):
    """Return the last row of the audit log of an action, by its columns."""

    def entry(action):
        columns = ("who", "reason", "before", "after")
        row = clinic.connection.execute(
            "select who, reason, before, after from audit_log where action = ? order by seq desc",
            (action,),
        ).fetchone()
        return dict(zip(columns, row, strict=True))

    return entry


def test_a_payer_of_the_clinics_own_counts_at_once_and_in_every_program(
    clinic, another, timed, view
):
    made = own_payers.make(clinic, ACME, "a contract")

    assert made == replace(ACME, name="Acme", source="added by this clinic")
    assert clinic.rulebook.payers.names()[-1] == "Acme"
    assert another().rulebook.payers.find("acme") == made
    visit = view(timed("97110", payer="acme", minutes=40).visit_id)
    assert (visit.visit.payer, visit.reckoning.rule) == ("Acme", UnitRule.MIDPOINT)
    assert (visit.reckoning.lines[0].earned, visit.reckoning.lines[0].units) == (3, 1)


def test_why_it_was_made_is_kept(clinic, dump):
    clinic.actor = "Dana"
    own_payers.make(clinic, ACME, " a contract ")

    (entry,) = dump()["audit_log"]
    assert {"Dana", "payer-made", "a contract"} <= set(entry)


@pytest.mark.parametrize(
    ("payer", "why", "words"),
    [
        (ACME, " ", "Give a reason"),
        (replace(ACME, name=" "), "why", "payer's name is empty"),
        (replace(ACME, name="MEDICARE"), "why", "There is a payer MEDICARE already"),
        (
            replace(ACME, own_limits=(OwnLimit("00000", 1, Effect.CUT),)),
            "why",
            "00000 is not in the code book",
        ),
        (_limited("97110", "00000"), "why", "00000 is not in the code book"),
        (_limited("97110"), "why", "at least two codes"),
        (_limited("97110", " 97110"), "why", "at least two codes"),
        (_limited("97110", "97161"), "why", "97161 is not timed"),
        (_limited("97110", "97130"), "why", "97130 is timed on 97129: name 97129"),
        (_limited("97110", "97140", units=97), "why", "0 to 96 units a day"),
        (_limited("97110", "97140", more=(_TOGETHER,)), "why", "limited together twice"),
        (_wanting("U"), "why", "A modifier has 2 characters"),
        (_wanting("Ü1"), "why", "A modifier has 2 characters"),
        (_wanting("GP"), "why", "GP is put on lines by a rule of its own"),
        (_wanting("cq"), "why", "CQ is put on lines by a rule of its own"),
        (_wanting("59"), "why", "59 is put on lines by a rule of its own"),
        (_wanting("KX"), "why", "KX is put on lines by a rule of its own"),
        (_wanting("U1", "U1"), "why", "U1 is asked for twice"),
        (_wanting("U1", codes=("00000",)), "why", "00000 is not in the code book"),
        (_wanting("U1", reason=" "), "why", "Say why U1 is wanted"),
        (replace(ACME, relaxes_billed_alone=True), "why", "Say why Acme lets supervised"),
        (
            replace(ACME, relaxes_billed_alone=True, relaxed_because=" "),
            "why",
            "Say why Acme lets supervised",
        ),
    ],
)
def test_what_is_no_payer_is_not_made(clinic, dump, payer, why, words):
    before = dump()
    with pytest.raises(Misused, match=words):
        own_payers.make(clinic, payer, why)

    assert dump() == before
    assert len(clinic.rulebook.payers.names()) == 2


def test_a_name_is_taken_once(clinic):
    own_payers.make(clinic, ACME, "a contract")

    with pytest.raises(Misused, match="There is a payer acme already"):
        own_payers.make(clinic, replace(ACME, name="acme"), "another contract")


def test_a_payer_may_relax_97112_with_a_reason_and_its_visits_know(clinic, open_visit, view):
    relaxed = replace(ACME, relaxes_billed_alone=True, relaxed_because=" letter of May ")
    made = own_payers.make(clinic, relaxed, "a contract")

    assert made.relaxed_because == "letter of May"
    assert view(open_visit("Ann", payer="Acme")).visit.relaxed
    assert not view(open_visit("Bob", payer="Medicare")).visit.relaxed


def test_a_payer_may_not_pay_speech_assistants_and_its_visits_know(clinic, open_visit, view):
    own_payers.make(clinic, replace(ACME, pays_slp_assistants=False), "a contract")

    assert view(open_visit("Ann", payer="Acme", discipline="SLP")).visit.assistants_barred
    assert not view(open_visit("Bob", payer="Acme", discipline="PT")).visit.assistants_barred


def test_all_settings_are_kept_as_the_book_writes_codes(clinic, another, entry):
    payer = replace(
        _limited("97140 ", "97110"),
        required_modifiers=(RequiredModifier(" u1 ", ("97110", "97110 "), "their portal"),),
        assistant_modifiers=False,
        kx_threshold=True,
    )
    made = own_payers.make(clinic, payer, "a contract")

    assert made.combined_limits[0].codes == ("97140", "97110")
    assert made.required_modifiers == (RequiredModifier("U1", ("97110",), "their portal"),)
    assert another().rulebook.payers["Acme"] == made
    after = json.loads(entry("payer-made")["after"])
    assert after["combined_limits"][0]["reason"] == "their manual"
    assert after["required_modifiers"][0]["modifier"] == "U1"
    assert (after["assistant_modifiers"], after["kx_threshold"]) == (False, True)


def test_why_97112_is_not_alone_is_in_the_audit_log_and_in_the_steps(clinic, entry, timed, view):
    relaxed = replace(ACME, relaxes_billed_alone=True, relaxed_because="letter of May")
    own_payers.make(clinic, relaxed, "a contract")
    timed("G0283", payer="Acme", minutes=20)
    visit = view(timed("97112", payer="Acme", minutes=20).visit_id)

    after = json.loads(entry("payer-made")["after"])
    assert (after["relaxes_billed_alone"], after["relaxed_because"]) == (True, "letter of May")
    assert "Acme lets G0283 run beside 97112" in str(visit.steps[-1])
    assert "letter of May" in str(visit.steps[-1])


def test_a_change_counts_for_what_is_open_and_signed_visits_keep_what_was(
    clinic, clock, another, timed, view, sign
):
    own_payers.make(clinic, replace(ACME, unit_rule=UnitRule.CMS), "a contract")
    signed = timed("97110", "Ann", payer="Acme", minutes=40).visit_id
    still_open = timed("97110", "Bob", payer="Acme", minutes=40).visit_id
    sign(signed)
    clock.advance(minutes=1)
    three = replace(ACME, name="ACME", own_limits=(OwnLimit("97110", 3, Effect.CUT, "new"),))
    changed = own_payers.change(clinic, three, "their letter of November")

    assert (changed.name, changed.unit_rule) == ("Acme", UnitRule.MIDPOINT)
    assert another().rulebook.payers["acme"] == changed
    assert clinic.rulebook.payers.names().count("Acme") == 1
    assert [view(each).reckoning.total_units for each in (signed, still_open)] == [1, 3]
    assert [view(each).reckoning.rule.value for each in (signed, still_open)] == ["cms", "midpoint"]
    assert history_search.totals(clinic, Wanted(), lambda *_: None).all.timed_units == 4
    signing.amend(clinic, signed, "a slip")
    assert view(signed).reckoning.total_units == 3


def test_what_may_run_beside_97112_is_kept_with_a_visit_from_its_making(clinic, open_visit, view):
    own_payers.make(clinic, ACME, "a contract")
    before = open_visit("Ann", payer="Acme")
    relaxed = replace(ACME, relaxes_billed_alone=True, relaxed_because="letter of May")
    own_payers.change(clinic, relaxed, "letter of May")

    assert not view(before).visit.relaxed
    assert view(open_visit("Bob", payer="Acme")).visit.relaxed


def test_each_of_three_versions_is_found_by_its_time(clinic, clock, timed, view, sign):
    own_payers.make(clinic, replace(ACME, own_limits=()), "a contract")
    visits = []
    for most in (None, 2, 1):
        if most is not None:
            limit = OwnLimit("97110", most, Effect.CUT, "their letter")
            own_payers.change(clinic, replace(ACME, own_limits=(limit,)), "a letter")
        clock.advance(minutes=1)
        visits.append(timed("97110", f"P-{most}", payer="Acme", minutes=40).visit_id)
        sign(visits[-1])
        clock.advance(minutes=1)

    assert [view(each).reckoning.total_units for each in visits] == [3, 2, 1]


def test_a_change_is_in_the_audit_log_with_what_was_before(clinic, dump, entry):
    clinic.actor = "Dana"
    own_payers.make(clinic, ACME, "a contract")
    own_payers.end(clinic, "Acme", date(2026, 12, 31), "over")
    own_payers.change(clinic, replace(ACME, zero_unit_lines=False), " a slip ")

    row = entry("payer-changed")
    before, after = json.loads(row["before"]), json.loads(row["after"])
    assert (row["who"], row["reason"]) == ("Dana", "a slip")
    assert {key for key in after if before[key] != after[key]} == {"zero_unit_lines"}
    assert after["in_force_to"] == "2026-12-31", "it stays ended"
    assert len(dump()["payers"]) == 3


@pytest.mark.parametrize(
    ("payer", "why", "words"),
    [
        (replace(ACME, name="Medicare"), "why", "Medicare ships with ptimer and is read-only"),
        (replace(ACME, name="Nobody"), "why", "There is no payer Nobody"),
        (ACME, "why", "Acme says so already: nothing is changed"),
        (replace(ACME, zero_unit_lines=False), " ", "Give a reason"),
        (_limited("97110"), "why", "at least two codes"),
    ],
)
def test_what_is_no_change_is_told_and_nothing_changes(clinic, dump, payer, why, words):
    own_payers.make(clinic, ACME, "a contract")
    before = dump()
    with pytest.raises(Misused, match=words):
        own_payers.change(clinic, payer, why)

    assert dump() == before


def test_an_ended_payer_is_not_offered_after_its_last_day_and_its_visits_keep_it(
    clinic, clock, another, open_visit, timed, view, add
):
    own_payers.make(clinic, ACME, "a contract")
    visit_id = open_visit("Ann", payer="Acme")
    ended = typed_payer.end(clinic, "acme", "2026-11-23", "the contract is over")

    assert ended.in_force_to == date(2026, 11, 23)
    assert another().rulebook.payers.find("Acme") == ended
    assert open_visit("Bob", payer="Acme")
    clock.advance(minutes=24 * 60)
    assert clinic.rulebook.payers.offered(date(2026, 11, 24)) == [
        "Medicare",
        "Commercial (midpoint)",
    ]
    with pytest.raises(Misused, match="Acme was ended, and 2026-11-23 was its last day"):
        open_visit("Cem", payer="Acme")
    assert view(open_visit("Ann")).payer.name == "Medicare", "the patient's last payer is over"
    add(visit_id, "97110", "2026-11-23 09:00", "2026-11-23 09:40")
    assert view(visit_id).reckoning.total_units == 1
    assert view(visit_id).payer == ended


def test_a_visit_is_not_given_a_payer_that_is_over(clinic, open_visit):
    own_payers.make(clinic, ACME, "a contract")
    visit_id = open_visit("Ann", payer="Medicare")
    own_payers.end(clinic, "Acme", date(2026, 11, 22), "over")

    with pytest.raises(Misused, match="was its last day"):
        visiting.change_payer(clinic, visit_id, "Acme", "why not")


def test_what_a_payer_was_before_it_ended_is_kept_with_the_reason(clinic, dump):
    clinic.actor = "Dana"
    own_payers.make(clinic, ACME, "a contract")
    own_payers.end(clinic, "Acme", date(2026, 12, 31), " over ")

    first, second = dump()["payers"]
    assert second[4] == first[1], "the second names the one it replaces"
    entry = dump()["audit_log"][-1]
    assert {"Dana", "payer-ended", "over"} <= set(entry)
    assert [payer.name for payer in clinic.rulebook.payers].count("Acme") == 1


@pytest.mark.parametrize(
    ("name", "last", "why", "words"),
    [
        ("Medicare", "2026-12-31", "over", "ships with ptimer and can't be ended"),
        ("Nobody", "2026-12-31", "over", "There is no payer Nobody"),
        ("Acme", "", "over", "Type the last day"),
        ("Acme", "tomorrow", "over", "is not a date"),
        ("Acme", "1980-01-01", "over", "Type dates from 2000-01-01"),
        ("Acme", "2026-12-31", " ", "Give a reason"),
    ],
)
def test_what_is_no_end_is_told_and_nothing_changes(clinic, dump, name, last, why, words):
    own_payers.make(clinic, ACME, "a contract")
    before = dump()
    with pytest.raises(Misused, match=words):
        typed_payer.end(clinic, name, last, why)

    assert dump() == before
