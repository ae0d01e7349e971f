"""59, X{EPSU} and KX are a clinician's word: never silent, kept, and taken off for good."""

import pytest

from ptimer.operations import attesting, exporting, signing
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.exporting import Span
from ptimer.storage import audit_log
from tests.billing.conftest import DAY


@pytest.fixture
def apart(open_visit, add, clock):
    """A visit with group work, then work one on one: an NCCI pair, minutes apart."""
    clock.advance(minutes=90)
    visit_id = open_visit(discipline="PT")
    add(visit_id, "97150", "10:00", "10:30")
    add(visit_id, "97110", "10:30", "11:00")
    return visit_id


def _modifiers(view):
    return {row.line.code.code: " ".join(row.modifiers) for row in view.billed_lines}


def _rules(view):
    return [item.rule for item in view.to_fix]


def test_a_pair_carries_nothing_until_it_is_attested(clinic, apart, view):
    assert _modifiers(view(apart)) == {"97150": "GP", "97110": "GP"}
    assert "ptp-pair" in _rules(view(apart))

    found = attesting.attest(clinic, apart, "97110", "97150")

    assert _modifiers(found) == {"97150": "GP", "97110": "59 GP"}
    assert "ptp-pair" not in _rules(found)
    assert any("attests that their minutes were apart" in str(w.text) for w in found.warnings)
    (entry,) = [e for e in audit_log.of_visit(clinic.connection, apart) if "attest" in e.action]
    assert entry.after == {"pair": ["97150", "97110"], "modifier": "59"}


def test_what_was_removed_stays_removed_whatever_happens_next(clinic, apart, view, add):
    attesting.attest(clinic, apart, "97150", "97110", "xe")
    attesting.remove(clinic, apart, "97150", "97110")
    add(apart, "97110", "11:05", "11:20")

    assert _modifiers(view(apart))["97110"] == "GP"
    assert "ptp-pair" not in _rules(view(apart)), "it was decided on"


def test_minutes_that_are_shared_can_not_be_attested(clinic, open_visit, add, clock, dump):
    clock.advance(minutes=60)
    visit_id = open_visit(discipline="PT")
    add(visit_id, "97012", "10:00", "10:20")
    add(visit_id, "97140", "10:10", "10:30")
    before = dump()

    with pytest.raises(Refused, match="share minutes") as refused:
        attesting.attest(clinic, visit_id, "97012", "97140")
    assert refused.value.rule == "ptp-pair"
    assert dump() == before


@pytest.mark.parametrize(
    ("codes", "modifier", "words"),
    [(("97150", "97112"), "59", "no NCCI pair"), (("97150", "97110"), "GP", "parts no pair")],
)
def test_only_a_pair_of_the_visit_and_only_its_modifiers(clinic, apart, codes, modifier, words):
    with pytest.raises(Misused, match=words):
        attesting.attest(clinic, apart, *codes, modifier)


def test_a_signed_visit_takes_no_word_until_it_is_amended(clinic, apart, sign, view):
    attesting.attest(clinic, apart, "97150", "97110")
    sign(apart)

    for change in (
        lambda: attesting.remove(clinic, apart, "97150", "97110"),
        lambda: attesting.attest_necessity(clinic, apart, necessary=True),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.rule == "visit-signed"
    assert _modifiers(view(apart))["97110"] == "59 GP"
    signing.amend(clinic, apart, "wrong modifier")
    attesting.remove(clinic, apart, "97150", "97110")
    assert _modifiers(view(apart))["97110"] == "GP"


def test_the_biller_is_told_that_it_was_attested(clinic, apart, sign):
    attesting.attest(clinic, apart, "97150", "97110")
    sign(apart)

    lines = {each.code: each for each in exporting.prepare(clinic, Span(DAY, DAY)).lines}
    assert lines["97110"].flags == "EDITED;PTP-ATTESTED"
    assert lines["97150"].flags == "EDITED"
    assert (lines["97110"].modifier_1, lines["97110"].modifier_2) == ("59", "GP")


def test_kx_is_on_every_line_once_someone_attests_the_necessity(clinic, apart):
    found = attesting.attest_necessity(clinic, apart, necessary=True)
    assert _modifiers(found) == {"97150": "KX GP", "97110": "KX GP"}

    found = attesting.attest_necessity(clinic, apart, necessary=False)
    assert _modifiers(found) == {"97150": "GP", "97110": "GP"}


def test_kx_is_for_payers_with_a_yearly_threshold(clinic, open_visit):
    visit_id = open_visit(discipline="PT", payer="Commercial (midpoint)")

    with pytest.raises(Misused, match="no yearly threshold"):
        attesting.attest_necessity(clinic, visit_id, necessary=True)
