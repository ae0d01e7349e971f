"""What a start means that leaves things out (cli.md, Defaults)."""

import getpass

import pytest

from ptimer.operations import people, visiting
from ptimer.operations.clinic import open_clinic
from ptimer.operations.people import FirstAnswers
from tests.cli.command_line import segments_file

MIDPOINT = "Commercial (midpoint)"


def visits_of(ptimer, patient, day=None):
    """Return payer and discipline of the patient's visits, as the summary tells them."""
    found = ptimer.summary(day)["visits"]
    return [(v["payer"], v["discipline"]) for v in found if v["patient"] == patient]


@pytest.fixture
def yesterday(ptimer):
    """P-1 came yesterday, for OT, paid by a payer that counts by midpoint."""
    ptimer.do(
        f"start 97530 --patient P-1 --discipline OT --payer '{MIDPOINT}' --clinician Ana "
        "--at 2026-11-22T09:00",
        "stop --at 2026-11-22T09:30",
    )
    return ptimer


def test_without_anything_it_is_medicare_and_the_codes_first_discipline(ptimer):
    ptimer.do("start 97112 --patient P-1")

    assert visits_of(ptimer, "P-1") == [("Medicare", "PT")]


def test_a_first_code_of_speech_therapy_makes_a_visit_of_speech_therapy(ptimer):
    ptimer.do("start 92507 --patient P-1")

    assert visits_of(ptimer, "P-1") == [("Medicare", "SLP")]


def test_the_answers_of_the_first_start_come_before_medicare(ptimer, clock):
    clinic = open_clinic(ptimer.folder, clock)
    people.answer_first_start(clinic, FirstAnswers("Kim", "OTR/L", "OT", MIDPOINT))
    clinic.close()

    ptimer.do("start 97112 --patient P-1")

    assert visits_of(ptimer, "P-1") == [(MIDPOINT, "OT")]
    assert ptimer("status", "--json").json["running"][0]["clinician"] == "Kim"


def test_what_was_used_last_is_used_again_for_a_new_patient(yesterday):
    yesterday.do("start 97112 --patient P-2")

    assert visits_of(yesterday, "P-2") == [(MIDPOINT, "OT")]
    assert yesterday("status", "--json").json["running"][0]["clinician"] == "Ana"


def test_the_visit_of_today_gives_payer_and_discipline(yesterday):
    yesterday.do(
        "start 97112 --patient P-1 --payer Medicare --discipline PT --at 08:00",
        "stop --at 08:30",
        "start 97110 --patient P-1",
    )

    assert visits_of(yesterday, "P-1") == [("Medicare", "PT")]


def test_of_several_visits_today_the_one_started_last_is_meant(ptimer):
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --at 08:00",
        "stop --at 08:30",
        "start 97530 --patient P-1 --discipline OT --at 08:30",
        "stop --at 09:00",
        "start 97112 --patient P-1 --at 09:00",
    )

    assert ptimer("status", "--json").json["running"][0]["discipline"] == "OT"


def test_a_visit_that_is_only_planned_is_not_meant_before_one_that_was_started(ptimer, clock):
    ptimer.do("start 97110 --patient P-1 --discipline PT --at 08:00", "stop --at 08:30")
    clinic = open_clinic(ptimer.folder, clock)
    visiting.open_visit(clinic, "P-1", discipline="OT", planned="11:00")
    clinic.close()

    ptimer.do("start 97112 --patient P-1")

    assert ptimer("status", "--json").json["running"][0]["discipline"] == "PT"


def test_an_open_visit_is_meant_before_a_signed_one(ptimer):
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ana --at 08:00",
        "stop --at 08:30",
        "start 97530 --patient P-1 --discipline OT --at 08:30",
        "stop --at 09:00",
        "sign --patient P-1 --discipline OT --credentials PT",
        "start 97112 --patient P-1 --at 09:00",
    )

    assert ptimer("status", "--json").json["running"][0]["discipline"] == "PT"


def test_a_signed_visit_is_meant_where_it_is_the_only_one(signed):
    assert signed("start", "97112", "--patient", "P-1", "--json").error["rule"] == "visit-signed"
    assert signed("start", "97112", "--patient", "P-1", "--discipline", "OT").exit == 0


def test_a_second_payer_is_refused(yesterday):
    yesterday.do("start 97112 --patient P-1 --discipline OT --at 08:00", "stop --at 08:10")

    result = yesterday("start", "97112", "--patient", "P-1", "--payer", "Medicare", "--json")

    assert (result.exit, result.error["rule"]) == (3, "one-payer")


def test_a_payer_is_found_whatever_its_capitals(ptimer):
    assert ptimer("start", "97112", "--patient", "P-1", "--payer", " medicare ").exit == 0
    assert ptimer("stop").exit == 0
    assert visits_of(ptimer, "P-1") == [("Medicare", "PT")]


def test_the_clinician_is_the_systems_user_where_nobody_was_named(first):
    first.do("start 97112 --patient P-1")

    assert first("status", "--json").json["running"][0]["clinician"] == getpass.getuser()


def test_the_role_is_therapist_also_after_another_one(ptimer):
    ptimer.do(
        "start 97112 --patient P-1 --clinician Ana --role assistant --at 08:00",
        "stop --at 08:10",
        "start 97112 --patient P-1",
    )

    assert ptimer("status", "--json").json["running"][0]["role"] == "therapist"


def test_roles_and_codes_may_be_written_in_any_case(ptimer):
    ptimer.do("start g0283 --patient P-1 --role AIDE --discipline pt")

    running = ptimer("status", "--json").json["running"][0]
    assert (running["code"], running["role"]) == ("G0283", "aide")


def test_a_file_leaves_payer_discipline_clinician_and_role_to_the_same_defaults(
    yesterday, tmp_path
):
    name = segments_file(tmp_path / "in.csv", "P-9,,,,,97112,2026-11-23T08:00,2026-11-23T08:30")

    yesterday.do(f"import {name}")

    assert visits_of(yesterday, "P-9") == [(MIDPOINT, "OT")]
    (visit,) = yesterday.summary()["visits"]
    assert visit["clinicians"] == ["Ana"]


def test_a_file_means_the_open_visit_of_the_day_too(ptimer, tmp_path):
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ana --at 06:00",
        "stop --at 06:30",
        "start 97530 --patient P-1 --discipline OT --at 06:30",
        "stop --at 07:00",
        "sign --patient P-1 --discipline OT --credentials PT",
    )
    name = segments_file(tmp_path / "in.csv", "P-1,,,,,97112,2026-11-23T08:00,2026-11-23T08:30")

    ptimer.do(f"import {name}")

    minutes = {v["discipline"]: v["timed_minutes"] for v in ptimer.summary()["visits"]}
    assert minutes == {"PT": 60, "OT": 30}


def test_signing_without_a_name_is_for_who_pressed_last(ptimer):
    ptimer.do(
        "start 97110 --patient P-1 --clinician Ana --at 08:00",
        "stop --at 08:20",
        "start 97110 --patient P-1 --clinician Bo --at 08:20",
        "stop --at 08:40",
    )

    first = ptimer("sign", "--patient", "P-1", "--credentials", "PTA", "--json").json
    then = ptimer("sign", "--patient", "P-1", "--clinician", "Ana", "--credentials", "PT", "--json")

    assert (first["clinician"], first["closed"], first["waiting_for"]) == ("Bo", False, ["Ana"])
    assert (then.json["closed"], then.json["visit"]["status"]) == (True, "signed")


def test_without_a_clinician_everyones_visits_are_covered(signed, tmp_path):
    signed.do("start 97112 --patient P-3 --clinician Bo --at 09:30", "stop --at 09:45")
    signed.do("sign --patient P-3 --clinician Bo --credentials PTA")
    lines = str(tmp_path / "lines.csv")

    def exported(*more):
        return signed("export", "-o", lines, "--json", *more).json

    assert signed.summary()["totals"]["visits"] == 3
    assert signed("summary", "--clinician", "Bo", "--json").json["totals"]["visits"] == 1
    assert len(signed("status", "--clinician", "Ana", "--json").json["visits"]) == 2
    assert exported()["visits"] == 2
    assert exported("--clinician", "Bo")["visits"] == 1
    assert exported("--clinician", "Bo")["held_back"] == []
    assert exported("--clinician", "Bo", "--layout", "segments")["rows"] == 1
    assert exported("--clinician", "Ana")["held_back"] == [{"patient": "P-2", "date": "2026-11-23"}]


def test_a_filter_tells_what_it_hides(signed):
    assert "no visits (2 visits of others not shown)" in signed("summary", "--clinician", "Bo").out
