from dataclasses import replace

import pytest

from ptimer.billing.payers import Effect, OwnLimit
from ptimer.billing.unit_limits import limit_for

MEDICARE = "Medicare"
MIDPOINT = "Commercial (midpoint)"
NOBODY = None


def _daily(visit):
    return [warning for warning in visit.warnings if warning.rule == "daily-limit"]


@pytest.mark.parametrize(
    ("minutes", "payer", "earned", "billed", "warned"),
    [
        pytest.param({"97112": 83}, MEDICARE, 6, 4, True, id="97112-medicare-cuts"),
        pytest.param({"97112": 83}, MIDPOINT, 6, 4, True, id="97112-other-payer-cuts"),
        pytest.param({"97112": 83}, NOBODY, 6, 4, True, id="97112-no-payer-cuts"),
        pytest.param({"97112": 67}, MEDICARE, 4, 4, False, id="97112-four-are-fine"),
        pytest.param({"97112": 68}, MEDICARE, 5, 4, True, id="97112-the-fifth-is-cut"),
        pytest.param({"97550": 16}, MEDICARE, 1, 1, False, id="indicator-2-within"),
        pytest.param({"96125": 151}, MEDICARE, 3, 3, True, id="unknown-indicator-medicare-warns"),
        pytest.param({"97110": 98}, MEDICARE, 7, 7, True, id="indicator-3-medicare-warns"),
        pytest.param({"97110": 97}, MEDICARE, 6, 6, False, id="indicator-3-within"),
        pytest.param({"97035": 38}, MEDICARE, 3, 3, True, id="unknown-indicator-warns"),
        pytest.param({"97014": 10}, MEDICARE, 1, 1, True, id="mue-0-medicare-warns"),
        pytest.param({"97010": 10}, MEDICARE, 1, 1, True, id="mue-0-hot-pack-warns"),
        pytest.param({"97110": 98}, MIDPOINT, 7, 7, False, id="indicator-3-other-payer-silent"),
        pytest.param({"97035": 38}, MIDPOINT, 3, 3, False, id="unknown-other-payer-silent"),
        pytest.param({"97014": 10}, MIDPOINT, 1, 1, False, id="mue-0-other-payer-silent"),
        pytest.param({"97110": 98}, NOBODY, 7, 7, True, id="indicator-3-no-payer-warns"),
        pytest.param({"97035": 38}, NOBODY, 3, 3, True, id="unknown-no-payer-warns"),
        pytest.param({"97014": 10}, NOBODY, 1, 1, True, id="mue-0-no-payer-warns"),
    ],
)
def test_the_table_of_caps_holds(count, minutes, payer, earned, billed, warned):
    code = next(iter(minutes))
    line = (visit := count(minutes, payer=payer)).line(code)

    assert (line.earned, line.units) == (earned, billed)
    assert [warning.code for warning in _daily(visit)] == [code] * warned


@pytest.mark.parametrize(
    ("payer", "units", "warned"), [(MEDICARE, 1, True), (MIDPOINT, 2, False), (NOBODY, 2, True)]
)
def test_medicare_alone_cuts_at_an_absolute_limit(count, rulebook, payer, units, warned):
    # No shipped code of indicator 2 can earn more than its limit: bases are printed once.
    assert rulebook.codes["97161"].mue_indicator == 2
    limit = limit_for(
        replace(rulebook.codes["96105"], mue=1, mue_indicator=2),
        rulebook.payers[payer] if payer else None,
        rulebook.rules,
    )
    assert (limit.after(2) if limit else 2) == units
    assert bool(limit and limit.warning(2)) == warned


def test_a_limit_of_0_is_warned_about_and_never_cut_even_where_medicare_cuts(rulebook):
    bundled = replace(rulebook.codes["97161"], mue=0, mue_indicator=2)
    limit = limit_for(bundled, rulebook.payers[MEDICARE], rulebook.rules)

    assert limit.after(1) == 1
    assert "not paid by itself" in str(limit.warning(1))


def test_83_minutes_of_97112_are_four_units_of_six_and_two_warnings(count):
    visit = count({"97112": 83})

    assert (visit.total_units, visit.lines[0].earned) == (4, 6)
    assert [warning.rule for warning in visit.warnings] == ["daily-limit", "over-60-minutes"]
    assert all(warning.source for warning in visit.warnings)
    assert str(visit.warnings[0].text) == (
        "97112 earned 6 units, and at most 4 a day may be billed: cut to 4. "
        "Its minutes stay as they are"
    )
    assert str(visit.warnings[1].text) == (
        "97112 ran 83 minutes, and rarely goes over 60 a day: say why it took longer"
    )


def test_a_cap_touches_no_minutes_and_gives_no_other_code_what_it_cuts(count):
    visit = count({"97112": 83, "97110": 15})

    assert (visit.timed_minutes, visit.line("97112").minutes) == (98, 83)
    assert {line.code.code: line.units for line in visit.lines} == {"97112": 4, "97110": 1}
    assert visit.choices == ({"97112": 6, "97110": 1},), "before caps"


@pytest.mark.parametrize(("code", "instead"), [("97014", "use G0283"), ("97010", None)])
def test_what_medicare_does_not_pay_by_itself_names_what_to_use(count, code, instead):
    (warning,) = _daily(count({code: 10}, payer=MEDICARE))

    assert str(warning.text).startswith(f"{code} is not paid by itself under Medicare")
    assert str(warning.text).endswith(instead or "under Medicare")


def test_an_unknown_indicator_is_said_to_be_unknown(count):
    (unknown,) = _daily(count({"97035": 38}, payer=MEDICARE))
    (known,) = _daily(count({"97110": 98}, payer=MEDICARE))

    assert "its indicator is not known" in str(unknown.text)
    assert "indicator" not in str(known.text)
    assert "may be paid with documentation" in str(known.text)
    assert unknown.source == "CMS medically unlikely edits, practitioner table"


@pytest.mark.parametrize(
    ("own", "units", "warned"),
    [
        pytest.param(OwnLimit("97112", 6, Effect.CUT, "contract"), 6, False, id="higher"),
        pytest.param(OwnLimit("97112", 2, Effect.CUT, "contract"), 2, True, id="lower"),
        pytest.param(OwnLimit("97112", 4, Effect.WARN, "contract"), 6, True, id="warns-only"),
        pytest.param(OwnLimit("97112", 0, Effect.CUT, "not covered"), 0, True, id="none"),
        pytest.param(OwnLimit("97110", 1, Effect.CUT, "contract"), 4, True, id="of-another-code"),
    ],
)
def test_a_payers_own_limit_stands_before_every_other(count, own_payer, own, units, warned):
    payer = own_payer(own_limits=(own,), follows_mue=True)
    visit = count({"97112": 83}, payer=payer)

    assert visit.total_units == units
    assert bool(_daily(visit)) == warned


def test_a_payers_own_limit_names_the_payer_and_the_reason_as_its_source(count, own_payer):
    payer = own_payer(own_limits=(OwnLimit("97110", 1, Effect.CUT, "contract"),))
    (warning,) = _daily(count({"97110": 23}, payer=payer))

    assert warning.source == "Acme: contract"


def test_a_payer_that_pays_nothing_of_a_code_is_not_said_to_be_medicare(count, own_payer):
    payer = own_payer(own_limits=(OwnLimit("97110", 0, Effect.WARN, "prior approval"),))
    (warning,) = _daily(count({"97110": 23}, payer=payer))

    assert str(warning.text) == (
        "97110 has 2 units, more than the 0 a day that are usually paid: "
        "it may be paid with documentation"
    )


def test_a_payer_that_follows_medicares_table_cuts_and_warns_as_medicare_does(count, own_payer):
    assert _daily(count({"97110": 98}, payer=own_payer(follows_mue=True)))
    assert not _daily(count({"97110": 98}, payer=own_payer()))


@pytest.mark.parametrize(("minutes", "asked"), [(60, False), (61, True), (90, True)])
@pytest.mark.parametrize("payer", [MEDICARE, MIDPOINT, NOBODY])
def test_97112_is_asked_about_past_60_minutes(count, payer, minutes, asked):
    visit = count({"97112": minutes, "97110": 90}, payer=payer)

    asked_about = [w.code for w in visit.warnings if w.rule == "over-60-minutes"]
    assert asked_about == ["97112"] * asked
