"""`sign` and `amend`: each clinician's part, what is missing, and which visit is meant."""

import pytest

SIGN = "sign --patient P-1 --credentials PT"


@pytest.fixture
def shared(ptimer):
    """P-1's visit, which Ana and Bo treated; Bo pressed last."""
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ana --at 08:00",
        "stop --at 08:20",
        "start 97140 --patient P-1 --clinician Bo --at 08:20",
        "stop --at 08:45",
    )
    return ptimer


def status_of(ptimer):
    """Return whether the one visit of today is open or signed."""
    (visit,) = ptimer.summary()["visits"]
    return visit["status"]


def test_the_visit_is_signed_once_every_treating_clinician_has(shared):
    first = shared(*f"{SIGN} --clinician Bo".split())
    assert first.out == "P-1: Bo signed; the visit is closed once Ana has signed, too\n"
    assert status_of(shared) == "open"

    second = shared(*f"{SIGN} --clinician Ana".split())
    assert second.out == "P-1: Ana signed 3 units; the visit is closed\n"
    assert status_of(shared) == "signed"


def test_who_treated_nothing_cannot_sign(shared):
    result = shared(*f"{SIGN} --clinician Cy --json".split())

    assert (result.exit, result.error["rule"]) == (3, "sign-off")
    assert "Cy treated nothing in it; who treated: Ana, Bo" in result.error["reason"]


def test_a_signature_lists_all_that_is_missing(ptimer):
    ptimer.do(
        "start 97112 --patient P-1 --discipline PT --clinician Ana --at 07:00",
        "start 97110 --patient P-1 --switch --at 08:08",
        "start 97140 --patient P-1 --switch --at 08:16",
    )

    result = ptimer("sign", "--patient", "P-1", "--json")

    assert [item for item in result.error["missing"] if "97140 still runs" in item]
    assert [item for item in result.error["missing"] if "97112 ran 68 minutes" in item]
    assert [item for item in result.error["missing"] if "Ana: type the credentials" in item]
    for item in result.error["missing"]:
        assert item in result.error["reason"]
    for option in ("--credentials TEXT", "--over-60 TEXT", "ptimer stop"):
        assert option in result.err, "and what to type"


def test_a_tie_is_settled_by_a_choice(ptimer):
    ptimer.do(
        "start 97112 --patient P-1 --discipline PT --clinician Ana --at 08:00",
        "start 97110 --patient P-1 --switch --at 08:20",
        "stop --at 08:40",
    )

    # 20 + 20 = 40 minutes allow 3 units: one each, and the third is the clinician's to give.
    undecided = ptimer(*SIGN.split(), "--json")
    assert undecided.exit == 3
    assert "--choose CODE=N,CODE=N" in undecided.err
    assert ptimer(*f"{SIGN} --choose 97112=3,97110=0".split()).exit == 2
    signed = ptimer(*f"{SIGN} --choose 97110=2,97112=1 --json".split())

    units = {line["code"]: line["units"] for line in signed.json["visit"]["lines"]}
    assert units == {"97112": 1, "97110": 2}
    exported = ptimer("export").out
    assert exported.count("TIE-CHOSEN") == 2


def test_a_refused_signature_keeps_neither_choice_nor_reason(ptimer):
    ptimer.do(
        "start 97112 --patient P-1 --discipline PT --clinician Ana --at 08:00",
        "start 97110 --patient P-1 --switch --at 08:20",
        "stop --at 08:40",
    )
    before = ptimer.recorded()

    words = ("sign", "--patient", "P-1", "--choose", "97110=2,97112=1", "--over-60", "pain")
    assert ptimer(*words).exit == 3
    assert ptimer.recorded() == before


def test_a_long_treatment_is_signed_with_its_reason(ptimer):
    ptimer.do(
        "start 97112 --patient P-1 --discipline PT --clinician Ana --at 07:00", "stop --at 08:10"
    )

    assert ptimer(*SIGN.split()).exit == 3
    signed = ptimer(*SIGN.split(), "--over-60", "two falls this week, needed rests", "--json")

    # 70 minutes earn 5 units, and 4 a day may be billed.
    assert (signed.exit, signed.json["visit"]["units"]) == (0, 4)
    assert "CAP-CUT;OVER-60" in ptimer("export").out
    told = "97112 ran 70 minutes: two falls this week, needed rests"
    assert [each["text"] for each in ptimer.summary()["visits"][0]["warnings"]][1:] == [told]
    assert f"  ! {told}\n" in ptimer("summary").out, "and it is not asked for again"


def test_credentials_are_typed_once(shared):
    shared.do(f"{SIGN} --clinician Ana")
    shared.do("start 97110 --patient P-2 --clinician Ana --at 09:00", "stop --at 09:10")

    assert shared("sign", "--patient", "P-2").exit == 0


def test_of_several_visits_the_discipline_names_one(shared):
    shared.do("start 97530 --patient P-1 --discipline OT --clinician Ana --at 09:00", "stop")

    several = shared(*SIGN.split(), "--json")
    assert several.exit == 2
    assert "name one with --discipline (OT, PT)" in several.error["reason"]
    assert shared(*f"{SIGN} --discipline ot".split()).exit == 0
    assert shared(*f"{SIGN} --discipline SLP".split()).exit == 2
    assert shared("amend", "--patient", "P-1", "--why", "slip", "--json").exit == 2
    assert shared("amend", "--patient", "P-1", "--discipline", "OT", "--why", "slip").exit == 0


def test_a_visit_of_another_day_is_named_by_its_date(ptimer):
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ana --at 2026-11-20T08:00",
        "stop --at 2026-11-20T08:20",
    )

    assert ptimer(*SIGN.split()).exit == 2
    assert ptimer(*f"{SIGN} --date 2026-11-20".split()).exit == 0
    assert ptimer("amend", "--patient", "P-1", "--why", "slip").exit == 2
    assert ptimer("amend", "--patient", "P-1", "--why", "slip", "--date", "2026-11-20").exit == 0


def test_an_amended_visit_is_open_and_signed_anew(shared):
    shared.do(f"{SIGN} --clinician Ana", f"{SIGN} --clinician Bo")

    refused = shared("start", "97110", "--patient", "P-1", "--json")
    assert (refused.exit, refused.error["rule"]) == (3, "visit-signed")
    assert shared("amend", "--patient", "P-1", "--why", "forgot ten minutes").exit == 0
    shared.do("start 97110 --patient P-1 --clinician Ana --at 08:45", "stop --at 08:55")
    assert status_of(shared) == "open"

    shared.do(f"{SIGN} --clinician Ana", f"{SIGN} --clinician Bo")
    assert status_of(shared) == "signed"


@pytest.mark.parametrize(
    "choice", ["97112", "97112=", "=2", "97112=2,", "97112=two", "97112=-1", "97112=2;97110=1", ""]
)
def test_a_choice_that_is_none_is_refused(shared, choice):
    result = shared(*SIGN.split(), "--choose", choice, "--json")

    assert result.exit == 2
    assert "is not a choice such as 97112=2,97110=1" in result.error["reason"]


def test_who_signs_is_not_who_presses_next(shared):
    shared.do(f"{SIGN} --clinician Ana", "start 97110 --patient P-2 --at 09:00")

    assert shared("status", "--json").json["running"][0]["clinician"] == "Bo"
