from dataclasses import replace

import pytest

from ptimer.billing.payers import Effect, OwnLimit, Payer, UnitRule
from ptimer.operations import own_payers
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
