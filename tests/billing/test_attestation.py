"""NCCI pairs and the clinician's word: 59 and X{EPSU} are never silent."""

import pytest

from ptimer.billing.attestation import MODIFIERS, Attestation, Standing, pairs_of
from ptimer.billing.ptp_edits import PtpEdit
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch

EDIT = PtpEdit("97150", "97110", 1, "extract", "CMS")
NEVER = PtpEdit("97140", "97124", 0, "extract", "CMS")
APART = {"97150": (Stretch(Instant(0), Instant(10)),), "97110": (Stretch(Instant(10), None),)}
TOGETHER = {"97150": (Stretch(Instant(0), Instant(11)),), "97110": (Stretch(Instant(10), None),)}


def standing(edit=EDIT, said=None, times=APART):
    attestation = Attestation(edit.column1, edit.column2, said or "", "Kim", Instant(9))
    known = {} if said is None else {(edit.column1, edit.column2): attestation}
    (pair,) = pairs_of([edit], known, times)
    return pair


def test_without_a_word_there_is_no_modifier():
    assert (standing().standing, standing().modifier) == (Standing.OPEN, "")


@pytest.mark.parametrize("modifier", MODIFIERS)
def test_an_attested_pair_carries_the_modifier_and_says_whose_word_it_is(modifier):
    pair = standing(said=modifier)

    assert (pair.standing, pair.modifier) == (Standing.ATTESTED, modifier)
    assert f"Kim attests that their minutes were apart, so 97110 carries {modifier}" in str(
        pair.told()
    )


def test_what_a_person_removed_stays_removed():
    pair = standing(said="")

    assert (pair.standing, pair.modifier) == (Standing.REMOVED, "")
    assert "Kim wants no modifier" in str(pair.told())


def test_minutes_that_are_shared_take_the_modifier_away_again():
    pair = standing(said="59", times=TOGETHER)

    assert (pair.standing, pair.modifier) == (Standing.SHARED, "")
    assert "some of their minutes are the same" in str(pair.told())


def test_no_word_helps_where_the_table_says_never():
    pair = standing(NEVER, said="59")

    assert (pair.standing, pair.modifier) == (Standing.NEVER, "")
