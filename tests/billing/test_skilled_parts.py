"""What a one-on-one code has on record, what it lacks, what repeats (rules.md, Before signing)."""

import pytest

from ptimer.billing.skilled_fields import BRIEF, NAMES, TICKS, TICKS_BRIEF, ChartTick, Part
from ptimer.billing.skilled_parts import (
    SkilledParts,
    empty,
    repeated,
    repeats,
    required_of,
    to_carry,
    to_fix,
)
from ptimer.storage.rulebook import shipped

FIELDS = shipped().rules.skilled_fields
FULL = SkilledParts({part: ("4", "3") if part is Part.PAIN else ("x",) for part in Part})


def parts(**values):
    return SkilledParts({Part(name): (value,) for name, value in values.items()})


def test_the_rule_file_has_each_field_once_and_each_has_its_words():
    assert sorted(field.part for field in FIELDS) == sorted(Part)
    assert set(NAMES) == set(BRIEF) == set(Part)
    assert set(TICKS) == set(TICKS_BRIEF) == set(ChartTick)


def test_97112_offers_its_own_components_and_another_code_the_usual_ones():
    component = next(field for field in FIELDS if field.part is Part.COMPONENT)

    assert component.offered("97112") == (
        *("balance", "movement", "coordination", "kinesthetic sense", "posture"),
        *("proprioception", "PNF", "desensitizing", "kinesthetic training"),
    )
    assert component.offered("97124") == component.words


def test_sign_off_asks_for_nothing_that_the_clinic_does_not_require():
    assert to_fix(["97112"], {}, (), frozenset()) == ()


def test_sign_off_lists_what_is_required_code_by_code_then_the_chart():
    required = required_of("goal, outcome, test-results")
    found = to_fix(["97112", "97530"], {"97112": parts(outcome="4 of 5")}, (), required)

    assert [(item.rule, item.code, item.part, str(item.text)) for item in found] == [
        ("sign-off", "97112", "goal", "97112 lacks goal"),
        ("sign-off", "97530", "outcome", "97530 lacks outcome and goal"),
        ("sign-off", "", "test-results", "Not ticked as in the chart: test results"),
    ]
    assert all(item.required for item in found)


def test_sign_off_is_content_once_all_is_there():
    required = required_of(",".join([*Part, *ChartTick]))

    assert to_fix(["97112"], {"97112": FULL}, tuple(ChartTick), required) == ()


def test_a_visit_without_a_one_on_one_code_lacks_no_skilled_part():
    assert to_fix([], {}, (), required_of("goal,history")) == ()


def test_pain_is_there_once_both_numbers_are():
    before_only = SkilledParts({Part.PAIN: ("4", "")})

    assert not before_only.filled(Part.PAIN)
    assert SkilledParts({Part.PAIN: ("4", "0")}).filled(Part.PAIN)


@pytest.mark.parametrize("odd", [None, 7, "", "purple", "goals"])
def test_what_is_no_field_is_not_required(odd):
    assert required_of(odd) == frozenset()


def test_what_is_empty_and_not_required_is_listed_without_what_is_only_sometimes_needed():
    several = {"97530": FULL.changed({Part.GOAL: (), Part.OUTCOME: (), Part.SUPERVISION: ()})}
    found = empty(["97112", "97530"], several, FIELDS, required_of("why"))

    assert [str(item.text) for item in found] == ["97112 · nothing yet", "97530 · outcome, goal"]
    assert Part.WHY not in found[0].parts, "required, and listed as missing"
    assert not {Part.PAIN, Part.SUPERVISION} & set(found[0].parts)


def test_repetitive_is_the_same_text_in_each_of_the_last_three_visits():
    same = ["tolerated  WELL", "Tolerated well ", "tolerated well"]

    assert repeats("tolerated well", same)
    assert repeats(" Tolerated\twell", [*same, "something else"]), "only three count"
    assert not repeats("tolerated well", same[:2]), "two visits are no habit"
    assert not repeats("tolerated well", ["another", *same[:2]])
    assert not repeats("tolerated well.", same)
    assert not repeats("", ["", "", ""])


def test_repetitive_looks_at_what_is_typed_and_not_at_what_is_picked():
    now = SkilledParts({Part.COMPONENT: ("balance",), Part.RESPONSE: ("well",)})

    assert repeated(now, [now, now, now], FIELDS) == (Part.RESPONSE,)


def test_a_change_replaces_what_it_names_and_an_empty_value_takes_it_away():
    before = parts(response="well", outcome="4 of 5")
    after = before.changed({Part.RESPONSE: ("tired",), Part.OUTCOME: ()})

    assert after.values == {Part.RESPONSE: ("tired",)}


def test_carrying_over_fills_what_is_empty_and_never_what_is_measured_anew():
    last = FULL.changed({Part.GOAL: ("g1",)})
    carried = to_carry(parts(response="tired"), last, FIELDS, goals=["g1"])

    assert Part.RESPONSE not in carried, "typed already"
    assert Part.PAIN not in carried, "measured anew each time"
    assert carried[Part.GOAL] == ("g1",)
    assert Part.GOAL not in to_carry(parts(), last, FIELDS, goals=["another"]), "ended since"
