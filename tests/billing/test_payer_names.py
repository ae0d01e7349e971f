"""By which names is a payer found?"""

import pytest

from ptimer.billing.payers import Payer, Payers, UnitRule

PAYERS = Payers([Payer("Medicare", UnitRule.CMS), Payer("Sant\u00e9", UnitRule.MIDPOINT)])


@pytest.mark.parametrize("typed", ["Sant\u00e9", "SANT\u00c9", " sant\u00e9 ", "Sante\u0301"])
def test_capitals_blanks_and_how_an_accent_is_typed_make_no_other_payer(typed):
    assert PAYERS.find(typed).name == "Sant\u00e9"


@pytest.mark.parametrize("typed", ["Sante", "Medi care", ""])
def test_another_name_is_another_payer(typed):
    assert PAYERS.find(typed) is None
