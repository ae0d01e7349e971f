"""A payer may limit several codes together: what goes, and how it is told."""

import pytest

from ptimer.billing.payers import CombinedLimit, Effect, OwnLimit
from ptimer.billing.steps import steps_of

EXERCISE, MANUAL, GAIT, BALANCE = "97110", "97140", "97116", "97112"


@pytest.fixture
def limited(own_payer):
    """A payer that pays so many units a day of two codes together."""

    def limited(most, *codes, effect=Effect.CUT, **more):
        limit = CombinedLimit(codes or (EXERCISE, MANUAL), most, effect, "contract, page 4")
        return own_payer(combined_limits=(limit,), **more)

    return limited


def _units(visit):
    return {line.code.code: line.units for line in visit.lines}


def _daily(visit):
    return [warning for warning in visit.warnings if warning.rule == "daily-limit"]


@pytest.mark.parametrize(
    ("minutes", "most", "left"),
    [
        pytest.param({EXERCISE: 38, MANUAL: 15}, 3, (2, 1), id="the-last-8-minutes-go"),
        pytest.param({EXERCISE: 45, MANUAL: 10}, 3, (3, 0), id="a-unit-of-10-minutes-goes"),
        pytest.param({EXERCISE: 45, MANUAL: 15}, 3, (2, 1), id="both-codes-stay-on-the-claim"),
        pytest.param({EXERCISE: 15, MANUAL: 45}, 3, (1, 2), id="whichever-was-first"),
        pytest.param({EXERCISE: 45, MANUAL: 15}, 1, (1, 0), id="the-one-of-more-minutes-is-left"),
        pytest.param({EXERCISE: 15, MANUAL: 15}, 1, (1, 0), id="the-one-timed-later-goes"),
        pytest.param({EXERCISE: 45, MANUAL: 15}, 4, (3, 1), id="as-many-as-are-allowed"),
        pytest.param({EXERCISE: 45, MANUAL: 15}, 0, (0, 0), id="none-is-paid"),
    ],
)
def test_what_stands_for_the_fewest_minutes_goes_first(count, limited, minutes, most, left):
    visit = count(minutes, payer=limited(most))

    assert tuple(_units(visit).values()) == left
    earned = sum(line.earned for line in visit.lines)
    assert bool(_daily(visit)) == (earned > most)
    assert visit.timed_minutes == sum(minutes.values()), "a cut touches no minutes"
    assert len(visit.choices) == 1
    assert sum(visit.choices[0].values()) == earned, "before caps"


def test_of_two_single_units_the_code_of_fewer_minutes_loses_its_own(count, limited):
    visit = count({EXERCISE: 20, MANUAL: 22}, payer=limited(1), rule="midpoint")

    assert _units(visit) == {EXERCISE: 0, MANUAL: 1}


def test_what_is_cut_goes_to_no_other_code(count, limited):
    visit = count({EXERCISE: 38, MANUAL: 15, GAIT: 15}, payer=limited(3))

    assert _units(visit) == {EXERCISE: 2, MANUAL: 1, GAIT: 1}
    assert (visit.total_units, visit.timed_units) == (4, 4)


@pytest.mark.parametrize(("most", "left"), [(3, (1, 1, 1)), (2, (1, 0, 1)), (1, (1, 0, 0))])
def test_an_add_on_counts_with_its_base_and_goes_before_it(count, limited, most, left):
    # 38 minutes: 97129 once and 97130 twice, the last for 8 minutes.
    visit = count({"97129": 38, EXERCISE: 15}, payer=limited(most, "97129", EXERCISE))

    units = _units(visit)
    assert (units["97129"], units["97130"], units[EXERCISE]) == left


def test_steps_of_their_own_count_by_their_own_minutes(count, limited):
    # 97550 counts 30 minutes, then 15: its second unit stands for 8, that of 97110 for 10.
    visit = count({"97550": 38, EXERCISE: 10}, payer=limited(2, "97550", EXERCISE))

    assert _units(visit) == {"97550": 1, "97551": 0, EXERCISE: 1}


def test_each_codes_own_limit_comes_first(count, limited):
    payer = limited(3, own_limits=(OwnLimit(EXERCISE, 2, Effect.CUT, "contract"),))
    visit = count({EXERCISE: 60, MANUAL: 15}, payer=payer)

    assert _units(visit) == {EXERCISE: 2, MANUAL: 1}
    assert visit.together == ()
    assert [warning.code for warning in _daily(visit)] == [EXERCISE]


def test_two_such_limits_hold_one_after_the_other(count, own_payer):
    payer = own_payer(
        combined_limits=(
            CombinedLimit((EXERCISE, MANUAL), 3, Effect.CUT, "contract"),
            CombinedLimit((EXERCISE, MANUAL, GAIT), 3, Effect.CUT, "contract"),
        )
    )
    visit = count({EXERCISE: 45, MANUAL: 15, GAIT: 30}, payer=payer)

    assert _units(visit) == {EXERCISE: 1, MANUAL: 1, GAIT: 1}
    assert [len(line.together) for line in visit.lines] == [2, 0, 1]


@pytest.mark.parametrize("most", [1, 2])
def test_a_tie_goes_to_a_code_that_the_limit_would_not_cut(count, limited, most):
    visit = count({EXERCISE: 23, GAIT: 23}, payer=limited(most))

    # 3 units, and 8 minutes left over each: two of 97110 are within a limit of 2.
    assert _units(visit) == ({EXERCISE: 1, GAIT: 2} if most == 1 else {EXERCISE: 2, GAIT: 1})
    assert visit.tied
    assert not _daily(visit)


def test_of_two_units_in_a_tie_the_second_knows_of_the_first(count, limited):
    visit = count({EXERCISE: 23, MANUAL: 23, GAIT: 23}, payer=limited(3))

    assert _units(visit) == {EXERCISE: 2, MANUAL: 1, GAIT: 2}
    assert not _daily(visit)


def test_in_a_tie_what_a_code_would_lose_anyway_does_not_count(count, limited):
    visit = count({BALANCE: 84, EXERCISE: 24, GAIT: 24}, payer=limited(6, BALANCE, EXERCISE))

    # 97112 has 5 for its full quarter hours, of which 4 are billed: 2 of 97110 fit beside them.
    assert _units(visit) == {BALANCE: 4, EXERCISE: 2, GAIT: 2}
    assert visit.together == ()


def test_a_cut_is_said_at_the_line_that_loses_and_in_the_steps(count, limited):
    visit = count({EXERCISE: 38, MANUAL: 15}, payer=limited(3))
    exercise, manual = visit.lines
    (warning,) = _daily(visit)

    assert (exercise.cut, exercise.together) == (True, visit.together)
    assert (manual.cut, manual.together) == (False, ())
    assert (warning.code, warning.source) == (EXERCISE, "Acme: contract, page 4")
    assert str(warning.text) == (
        "97110 and 97140 have 4 units together, and Acme pays at most 3 a day: 97110 is cut to 2. "
        "Its minutes stay as they are"
    )
    assert str(steps_of(visit)[-1]) == (
        "97110 and 97140 have 4 units together, and at most 3 a day may be billed (Acme: "
        "contract, page 4): what stands for the fewest minutes goes first, 1 of 97110; no other "
        "code gets what is cut"
    )


def test_a_limit_that_warns_cuts_nothing_and_is_said_once(count, limited):
    visit = count({GAIT: 15, EXERCISE: 38, MANUAL: 15}, payer=limited(3, effect=Effect.WARN))
    (warning,) = _daily(visit)

    assert _units(visit) == {GAIT: 1, EXERCISE: 3, MANUAL: 1}
    assert warning.code == EXERCISE
    assert str(warning.text) == (
        "97110 and 97140 have 4 units together, more than the 3 a day that Acme usually pays: "
        "they may be paid with documentation"
    )
    assert not any("cut" in str(step) for step in steps_of(visit))


def test_a_limit_of_one_code_names_its_reason_too(count, own_payer):
    payer = own_payer(own_limits=(OwnLimit(EXERCISE, 1, Effect.CUT, "contract, page 2"),))
    visit = count({EXERCISE: 23}, payer=payer)

    assert _daily(visit)[0].source == "Acme: contract, page 2"
    assert "(Acme: contract, page 2)" in str(steps_of(visit)[-1])


def test_a_code_that_is_billed_alone_names_who_lets_what_run_beside_it(count, own_payer):
    relaxed = own_payer(relaxes_billed_alone=True, relaxed_because="letter of May")
    told = "Acme lets G0283 run beside 97112, which is billed alone otherwise: letter of May"

    assert str(steps_of(count({BALANCE: 23, "G0283": 20}, payer=relaxed))[-1]) == told
    for minutes, payer in (({BALANCE: 23}, relaxed), ({BALANCE: 23, "G0283": 20}, "Medicare")):
        steps = steps_of(count(minutes, payer=payer))
        assert not any("billed alone" in str(step) for step in steps)
