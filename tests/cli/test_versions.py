"""`versions`, and `sign --supervisor`: what was signed beside what was changed, and who signs."""

import pytest

SIGN = "sign --patient P-1 --credentials PT"


@pytest.fixture
def amended(ptimer):
    """P-1's visit, signed by Ana, reopened, with a time added, and not signed anew."""
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ana --at 08:00",
        "stop --at 08:20",
        SIGN,
        "amend --patient P-1 --why 'forgot the hands'",
        "start 97140 --patient P-1 --at 08:20",
        "stop --at 08:35",
    )
    return ptimer


def test_both_versions_stand_side_by_side(amended):
    lines = amended("versions", "--patient", "P-1").out.splitlines()

    assert lines[:5] == [
        "P-1, PT visit of 2026-11-23",
        "version 1: signed 10:00:00 by Ana, PT",
        "  reopened 10:00:00 by Ana: forgot the hands",
        "now: not signed",
        "",
    ]
    assert len({line.index(" | ") for line in lines if " | " in line}) == 1, "one below the other"
    told = [" ".join(line.split()) for line in lines]
    assert "version 1 | now" in told
    assert "97110 97110 · 08:00:00–08:20:00 · Ana, therapist | " in "\n".join(told)  # noqa: RUF001
    assert "+ added 97140 | 97140 · 08:20:00–08:35:00 · Ana, therapist" in told  # noqa: RUF001
    assert "* changed timed minutes 20 | 35" in told
    assert "- removed Ana Ana, PT · 10:00:00 |" in told


def test_two_versions_of_several_are_chosen_by_their_numbers(amended):
    amended.do(SIGN)

    newest = amended("versions", "--patient", "P-1", "--json").json
    assert newest["compared"] == [1, 2]
    assert newest["status"] == "signed"
    turned = amended("versions", "--patient", "P-1", "--compare", "2,1", "--json").json
    assert turned["compared"] == [2, 1]
    (minutes,) = [row for row in turned["rows"] if row["what"] == "timed minutes"]
    assert minutes == {
        "section": "What is billed",
        "what": "timed minutes",
        "before": "35",
        "after": "20",
        "standing": "changed",
    }


def test_a_program_is_told_all_that_was_signed(amended):
    first, now = amended("versions", "--patient", "P-1", "--json").json["versions"]

    assert (first["number"], first["kept"], first["why"]) == (1, "signed", "forgot the hands")
    assert len(first["sha256"]) == 64
    (signature,) = first["signatures"]
    assert (signature["clinician"], signature["credentials"]) == ("Ana", "PT")
    assert signature["signed_at"] == "2026-11-23T10:00:00+00:00"
    assert first["content"]["counted"]["units"] == 1
    assert first["content"]["facts"]["visit"]["patient"] == "P-1"
    assert (now["number"], now["kept"], now["sha256"]) == (0, "now", None)


def test_one_version_alone_is_shown_alone(signed):
    shown = signed("versions", "--patient", "P-1").out

    assert " | " not in shown
    assert "  97110  30 min · 2 units · GP" in shown


@pytest.mark.parametrize("numbers", ["1", "1;2", "a,b", "1,", ",", "-1,2", "1,2,3"])
def test_what_names_no_two_versions_is_told(signed, numbers):
    result = signed("versions", "--patient", "P-1", "--compare", numbers, "--json")

    assert result.exit == 2
    assert "does not name two versions" in result.error["reason"]


def test_a_version_that_is_not_there_is_told_with_those_that_are(signed):
    result = signed("versions", "--patient", "P-1", "--compare", "1,7", "--json")

    assert result.exit == 2
    assert result.error["reason"] == "there is no version 7; there are: 1"


def test_a_visit_that_is_not_there_has_no_version(signed):
    assert signed("versions", "--patient", "P-9").exit == 2
    assert signed("versions", "--patient", "P-1", "--date", "2026-11-20").exit == 2


def test_looking_changes_nothing(amended):
    before = amended.recorded()
    amended("versions", "--patient", "P-1")

    assert amended.recorded() == before


@pytest.fixture
def assisted(ptimer):
    """P-1's visit, which Ada, an assistant, treated."""
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ada --role assistant --at 08:00",
        "stop --at 08:20",
    )
    return ptimer


def test_an_assistant_may_sign_although_no_supervisor_is_named(assisted):
    (visit,) = assisted.summary()["visits"]
    assert [each["rule"] for each in visit["to_fix"]] == ["supervisor"]

    assert assisted(*SIGN.split()).out == "P-1: Ada signed 1 unit; the visit is closed\n"


def test_the_supervisor_is_named_with_the_signature_and_signs_too(assisted):
    first = assisted(*SIGN.split(), "--supervisor", "Bo", "--json").json
    assert (first["closed"], first["waiting_for"]) == (False, ["Bo"])

    assert assisted(*f"{SIGN} --clinician Bo --json".split()).json["closed"]


def test_an_aide_is_told_who_has_to_sign_and_what_to_type(ptimer):
    ptimer.do(
        "start G0283 --patient P-1 --discipline PT --clinician Ida --role aide --at 08:00",
        "stop --at 08:20",
    )

    refused = ptimer(*SIGN.split(), "--json")
    assert (refused.exit, refused.error["rule"]) == (3, "sign-off")
    assert "Ida is an aide" in refused.error["reason"]
    assert "to settle it: --supervisor NAME" in refused.err
    done = ptimer(*f"{SIGN} --clinician Bo --supervisor Bo --json".split()).json
    assert (done["clinician"], done["closed"]) == ("Bo", True)
