"""What a visit shows whatever its payer's rule: both rules, and timed ≤ total ≤ in the clinic."""

import pytest

from ptimer.billing.payers import UnitRule
from ptimer.operations import coming, sign_list, signing, snapshots
from ptimer.operations.clinic import open_clinic
from ptimer.operations.sign_missing import Signing

PT = "Ann,{payer},PT,Kim,therapist"


@pytest.fixture
def seen(ptimer, clock):
    """Look at Ann's visit with the operations."""

    def seen(look):
        clinic = open_clinic(ptimer.folder, clock)
        try:
            visit_id = signing.find_visit(clinic, "Ann")
            return look(clinic, visit_id)
        finally:
            clinic.close()

    return seen


@pytest.mark.parametrize(
    ("payer", "counts", "units"),
    [("Medicare", UnitRule.CMS, 2), ("Commercial (midpoint)", UnitRule.MIDPOINT, 3)],
)
def test_cms_8_minute_and_midpoint_are_both_computed_and_the_payer_decides(
    comes_in, seen, payer, counts, units
):
    who = PT.format(payer=payer)
    comes_in(
        *(
            f"{who},{code},2026-11-23T08:{start:02d},2026-11-23T08:{start + 8:02d}"
            for code, start in (("97110", 0), ("97140", 8), ("97530", 16))
        )
    )
    view = seen(snapshots.visit)

    assert (view.reckoning.rule, view.reckoning.total_units) == (counts, units)
    assert view.other_reckoning.rule is not counts
    assert view.other_reckoning.total_units == 5 - units, "8 + 8 + 8 is 2 by CMS, 3 by midpoint"


def test_minutes_timed_total_and_in_the_clinic_are_compared_before_signing(comes_in, seen, ptimer):
    who = PT.format(payer="Medicare")
    comes_in(
        f"{who},97110,2026-11-23T08:00,2026-11-23T08:20",
        f"{who},G0283,2026-11-23T08:10,2026-11-23T08:30",
    )

    def arrived(time):
        def look(clinic, visit_id):
            coming.set_times(clinic, visit_id, arrived=time, departed="08:31")
            return snapshots.visit(clinic, visit_id)

        return look

    view = seen(arrived("07:58"))
    assert (view.timed_minutes, view.total_minutes, view.minutes_in_clinic) == (20, 30, 33)
    assert "minutes" not in _rules(view)
    late = seen(arrived("08:05"))
    assert "minutes" in _rules(late), "30 minutes of treatment don't fit into 26"


def _rules(view):
    return [remark.rule for remark in sign_list.sign_list(view, Signing()).remarks]
