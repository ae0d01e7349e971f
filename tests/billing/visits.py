"""Visits that nobody thought of, for hypothesis."""

from hypothesis import strategies as st

from ptimer.billing.payers import CombinedLimit, Effect, OwnLimit, Payer, UnitRule

POOLED = ["97110", "97112", "97116", "97129", "97140", "90912", "97034"]
OTHERS = ["97550", "97545", "92607", "96105", "97597", "97161", "G0283", "97014", "97150", "92507"]
CAPPED = ["97110", "97112", "97130", "97116", "97551", "97550", "97598", "97161", "G0283"]

# Few different left-overs, so that ties are common; a first code long enough to meet its cap.
minutes = st.builds(
    lambda full, left: 15 * full + left, st.integers(0, 4), st.sampled_from([0, 2, 7, 8, 8, 14])
)
own_limits = st.dictionaries(
    st.sampled_from(CAPPED), st.tuples(st.integers(0, 5), st.sampled_from(Effect)), max_size=4
).map(lambda limits: tuple(OwnLimit(code, *limit) for code, limit in limits.items()))
combined_limits = st.lists(
    st.builds(
        CombinedLimit,
        st.lists(st.sampled_from([*POOLED, "97550", "92607"]), min_size=2, unique=True).map(tuple),
        st.integers(0, 6),
        st.sampled_from(Effect),
    ),
    max_size=2,
).map(tuple)
own_payers = st.builds(
    Payer,
    name=st.just("Acme"),
    unit_rule=st.just(UnitRule.CMS),
    follows_mue=st.booleans(),
    own_limits=own_limits,
    combined_limits=combined_limits,
)
payers = st.none() | st.sampled_from(["Medicare", "Commercial (midpoint)"]) | own_payers


@st.composite
def visits(draw):
    """Codes in the order of timing, each with its minutes and what was typed."""
    pooled = draw(st.lists(st.sampled_from(POOLED), max_size=4, unique=True))
    others = draw(st.lists(st.sampled_from(OTHERS), max_size=3, unique=True))
    timed = [(code, draw(minutes), 0) for code in pooled]
    timed += [(code, draw(st.integers(0, 300)), draw(st.integers(0, 6))) for code in others]
    return draw(st.permutations(timed))


@st.composite
def ties(draw):
    """Pooled codes that all have the same minutes left over."""
    codes = draw(st.lists(st.sampled_from(POOLED), min_size=2, max_size=4, unique=True))
    left = draw(st.sampled_from([5, 7, 8, 9]))
    return [(code, 15 * draw(st.integers(0, 5)) + left, 0) for code in codes]
