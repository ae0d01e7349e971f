from dataclasses import replace
from datetime import date

import pytest

from ptimer.billing.payers import Effect, OwnLimit, Payer, UnitRule
from ptimer.operations import own_payers, typed_payer, visiting
from ptimer.operations.errors import Misused

ACME = Payer(
    " Acme ",
    UnitRule.MIDPOINT,
    zero_unit_lines=True,
    own_limits=(OwnLimit("97110", 1, Effect.CUT, "their manual"),),
)


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
