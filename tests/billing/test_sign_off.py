import pytest

from ptimer.billing.payers import Effect, OwnLimit
from ptimer.billing.sign_off import VisitState, to_fix


@pytest.fixture
def missing(count, rules):
    """What keeps a visit of those minutes from being signed, or is to be looked at."""

    def missing(minutes, *, running=(), in_doubt=(), reasons=None, lone_groups=(), **counted):
        state = VisitState(tuple(running), tuple(in_doubt), reasons or {}, tuple(lone_groups))
        return to_fix(count(minutes, **counted), state, rules)

    return missing


def _told(items):
    return [(item.rule, item.code, item.required) for item in items]


def test_a_closed_visit_without_a_tie_is_ready(missing):
    assert missing({"97112": 24, "97110": 23, "G0283": 20}) == ()


def test_what_still_runs_is_to_be_stopped(missing):
    items = missing({"97110": 23}, running=["97110"])

    assert _told(items) == [("still-running", "97110", True)]
    assert str(items[0].text) == "97110 still runs: stop it"


def test_what_is_in_doubt_is_asked_about_and_not_told_to_stop_as_well(missing):
    items = missing({"97110": 23, "97140": 15}, running=["97110", "97140"], in_doubt=["97110"])

    assert _told(items) == [("in-doubt", "97110", True), ("still-running", "97140", True)]
    assert str(items[0].text) == "97110: say whether it was still going on"


def test_a_visit_in_which_nothing_was_timed_is_not_signed(missing):
    assert _told(missing({})) == [("nothing-timed", "", True)]


@pytest.mark.parametrize(
    ("minutes", "reasons", "asked"),
    [
        pytest.param(60, {}, False, id="60-is-usual"),
        pytest.param(61, {}, True, id="61-asks-why"),
        pytest.param(61, {"97112": "two falls last week"}, False, id="reason-given"),
        pytest.param(61, {"97112": ""}, True, id="reason-empty"),
        pytest.param(61, {"97110": "for another code"}, True, id="reason-for-another-code"),
    ],
)
def test_over_60_minutes_of_97112_ask_why_until_the_reason_is_kept(
    missing, minutes, reasons, asked
):
    items = missing({"97112": minutes}, reasons=reasons)

    assert _told(items) == [("over-60-minutes", "97112", True)] * asked


def test_90_minutes_of_another_code_ask_nothing(missing):
    assert missing({"97110": 90}) == ()


def test_a_tie_is_to_be_chosen(missing):
    (item,) = missing({"97112": 20, "97110": 20})

    assert (item.rule, item.code, item.required) == ("unit-choice", "97112", True)
    assert str(item.text) == (
        "97112 and 97110 have 5 min left over each, and 1 unit is left: choose which code gets it"
    )


def test_a_chosen_tie_is_settled(missing):
    assert missing({"97112": 20, "97110": 20}, choice={"97112": 1, "97110": 2}) == ()


def test_by_midpoint_there_is_no_tie_to_choose(missing):
    assert missing({"97112": 20, "97110": 20}, rule="midpoint") == ()


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        pytest.param(["97161", "97164"], ["97164"], id="pt-evaluation-and-re-evaluation"),
        pytest.param(["97163", "97161"], ["97161"], id="two-pt-evaluations"),
        pytest.param(["97165", "97168"], ["97168"], id="ot-evaluation-and-re-evaluation"),
        pytest.param(["97161", "97165"], [], id="one-of-each-discipline"),
        pytest.param(["97161"], [], id="one"),
        pytest.param(["92521", "92522"], [], id="speech-evaluations"),
    ],
)
def test_two_evaluations_in_one_visit_are_listed_and_do_not_keep_it_from_being_signed(
    missing, codes, told
):
    items = missing(dict.fromkeys(codes, 30))

    assert _told(items) == [("one-evaluation", code, False) for code in told]
    assert all(code in str(item.text) for item in items for code in codes)


def test_an_evaluation_that_is_cut_to_nothing_is_not_billed_beside_another(missing, own_payer):
    payer = own_payer(own_limits=(OwnLimit("97164", 0, Effect.CUT, "not covered"),))

    assert missing({"97161": 30, "97164": 20}, payer=payer) == ()


def test_a_group_of_one_is_listed(missing):
    items = missing({"97150": 30}, lone_groups=["97150"])

    assert _told(items) == [("group-of-one", "97150", False)]


@pytest.mark.parametrize(("typed", "listed"), [(0, True), (1, False), (3, False)])
def test_an_area_code_asks_for_its_number_until_it_is_typed(missing, typed, listed):
    items = missing({"97597": 30}, typed={"97597": typed})

    assert _told(items) == [("area-units", "97597", False)] * listed


def test_a_code_without_a_unit_asks_for_nothing(missing):
    assert missing({"97110": 18, "97035": 4}) == ()


def test_a_cap_asks_for_nothing(missing):
    assert missing({"97110": 120}, payer="Medicare") == ()


def test_what_keeps_a_visit_from_being_signed_is_named_first(missing):
    items = missing(
        {"97112": 66, "97110": 21, "97161": 10, "97162": 10, "97597": 5, "97150": 9},
        running=["97110"],
        in_doubt=["97140"],
        lone_groups=["97150"],
    )

    assert [item.rule for item in items] == [
        "in-doubt",
        "still-running",
        "over-60-minutes",
        "unit-choice",
        "one-evaluation",
        "group-of-one",
        "area-units",
    ]
    assert [item.required for item in items] == [True] * 4 + [False] * 3
