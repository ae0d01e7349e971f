"""At the same minute: what may be timed while something else runs (rules.md)."""

import pytest

MEDICARE = "Ann,Medicare,PT,Kim,therapist"


def test_visit_signed_takes_no_change_until_it_is_amended(ptimer, refuses, allows):
    ptimer.do(
        "start 97110 --patient Ann --payer Medicare --discipline PT --clinician Kim --at 08:00",
        "stop --at 08:30",
        "sign --patient Ann --credentials PT",
    )
    assert refuses("start 97140 --patient Ann --at 08:40") == "visit-signed"
    ptimer.do("amend --patient Ann --why forgot")
    assert allows("start 97140 --patient Ann --at 08:40")


def test_one_payer_a_visit_and_a_second_is_refused(ptimer, refuses):
    ptimer.do("start 97110 --patient Ann --payer Medicare --discipline PT --at 08:00", "stop")
    words = "start 97140 --patient Ann --discipline PT --payer Commercial"
    result = ptimer(*words.split(), "(midpoint)", "--json")
    assert result.exit == 2, "an unknown payer"
    result = ptimer(*words.split()[:-1], "Commercial (midpoint)", "--json")
    assert (result.exit, result.error["rule"]) == (3, "one-payer")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("REST 97112 --role aide", "qualified-only"),
        ("REST 97032 --role aide", "qualified-only"),
        ("REST 97150 --role aide", "qualified-only"),
        ("REST 97161 --role aide", "qualified-only"),
        ("REST 97110 --role student", "qualified-only"),
        ("REST 97161 --role assistant", "qualified-only"),
        ("97161 97162", "evaluation-apart"),
        ("97161 97110", "evaluation-apart"),
        ("97161 97032", "evaluation-apart"),
        ("97161 97150", "evaluation-apart"),
        ("97161 97110 --other-patient", "evaluation-apart"),
        ("97150 97110", "group-apart"),
        ("97150 97032", "group-apart"),
        ("97150 97112 --other-patient", "group-apart"),
        ("97112 G0283", "billed-alone"),
        ("97112 97110", "billed-alone"),
        ("97112 97018", "billed-alone"),
        ("97110 97140", "one-clinician-one-service"),
        ("97110 97140 --other-patient", "one-clinician-one-service"),
        ("97112 97110 --other-patient", "one-clinician-one-service"),
        ("97110 97032 --other-patient", "one-clinician-one-service"),
        ("97110 REST", "rest-apart"),
        ("G0283 NB", "rest-apart"),
    ],
)
def test_each_refusal_names_its_rule_and_source(refuses, words, rule):
    assert refuses(f"conflict {words}") == rule


def test_qualified_only_a_student_with_a_therapist_who_then_counts_as_occupied(
    ptimer, refuses, allows
):
    assert allows("conflict REST 97110 --role student --supervisor Lee --other-patient")
    ptimer.do(
        "start 97110 --patient Ann --discipline PT --clinician Stu --role student "
        "--supervisor Lee --at 09:00"
    )
    busy = "start 97110 --patient Bea --discipline PT --clinician Lee --role therapist --at 09:10"
    assert refuses(busy) == "one-clinician-one-service"


def test_qualified_only_medicare_pays_no_speech_services_of_an_assistant(ptimer, refuses, allows):
    words = "start 97129 --patient Ann --discipline SLP --clinician Pat --role assistant"
    assert refuses(f"{words} --payer Medicare --at 09:00") == "qualified-only"
    assert ptimer(*words.split(), "--payer", "Commercial (midpoint)", "--at", "09:00").exit == 0


def test_one_patient_one_service_of_two_clinicians(ptimer, refuses):
    ptimer.do("start 97110 --patient Ann --discipline PT --clinician Kim --at 09:00")
    words = "start 97530 --patient Ann --discipline OT --clinician Lee --at 09:10"
    assert refuses(words) == "one-patient-one-service"


@pytest.mark.parametrize(
    "words",
    [
        "97110 G0283 --other-patient",
        "97112 G0283 --other-patient",
        "97161 G0283 --other-patient",
        "97110 G0283",
        "G0283 97018",
        "97150 97150 --other-patient",
        "97110 97110",
    ],
)
def test_what_is_allowed_is_allowed(allows, words):
    assert allows(f"conflict {words}")


def test_a_group_timed_for_one_patient_alone_starts_and_is_listed_as_to_fix(ptimer, visit):
    ptimer.do("start 97150 --patient Ann --discipline PT --at 09:00", "stop --at 09:30")
    assert "group-of-one" in [item["rule"] for item in visit()["to_fix"]]


def test_two_clinicians_together_are_one_time_the_therapists_with_assisted_by(ptimer, visit):
    ptimer.do(
        "start 97112 --patient Ann --payer Medicare --discipline PT --clinician Kim "
        "--assisted-by Pat --at 09:00",
        "stop --at 09:30",
    )
    (line,) = visit()["lines"]
    assert (line["units"], line["modifiers"]) == (2, ["GP"])
    assert visit()["clinicians"] == ["Kim"]


def test_attended_stimulation_is_time_of_its_own_and_one_press_away(ptimer, visit):
    ptimer.do(
        "start 97112 --patient Ann --discipline PT --at 09:00",
        "start 97032 --patient Ann --at 09:15 --switch",
        "start 97112 --patient Ann --at 09:25 --switch",
        "stop --at 09:40",
    )
    minutes = {line["code"]: line["minutes"] for line in visit()["lines"]}
    assert minutes == {"97112": 30, "97032": 10}


def test_billed_alone_may_be_relaxed_by_a_payer_with_a_reason_off_as_shipped(ptimer, refuses):
    for payer in ptimer("payers", "--json").json["payers"]:
        assert payer["relaxes_billed_alone"] is False
    assert refuses("conflict 97112 G0283 --payer Medicare") == "billed-alone"


def test_rest_apart_never_overlaps_and_counts_in_the_clinic_alone(comes_in, visit):
    comes_in(
        f"{MEDICARE},97110,2026-11-23T08:00,2026-11-23T08:15",
        f"{MEDICARE},REST,2026-11-23T08:15,2026-11-23T08:25",
        f"{MEDICARE},NB,2026-11-23T08:25,2026-11-23T08:30",
    )
    found = visit()
    assert (found["timed_minutes"], found["total_minutes"], found["units"]) == (15, 15, 1)
    assert [line["code"] for line in found["lines"]] == ["97110"]


def test_the_same_holds_for_a_file(ptimer, tmp_path):
    file = tmp_path / "times.csv"
    file.write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        f"{MEDICARE},97112,2026-11-23T08:00,2026-11-23T08:15,\n"
        f"{MEDICARE},G0283,2026-11-23T08:10,2026-11-23T08:20,\n",
        encoding="utf-8",
    )
    result = ptimer("import", str(file), "--json")
    assert (result.exit, result.error["rule"], result.error["lines"]) == (3, "billed-alone", [3])
