"""A clinic day on the command line alone: from the first start to the biller's CSV.

Ana, an occupational therapist, treats four patients; Ben, an assistant, hands in a file. Every
figure is worked out by hand beside the press that makes it.
"""

import csv
from datetime import UTC, datetime, time

import pytest

from tests.cli.command_line import Ptimer, at, segments_file

DAY = "2026-11-23"


@pytest.fixture
def ptimer(tmp_path):
    """The command line early on Monday, where nothing was ever recorded."""
    return Ptimer(tmp_path / "clinic", at(f"{DAY}T07:55:00"))


@pytest.fixture
def press(ptimer):
    """Type a command at a time of day that must succeed, and return what it said."""

    def press(clock, words):
        now = datetime.combine(datetime.fromisoformat(DAY), time.fromisoformat(clock), UTC)
        ptimer.clock.advance(seconds=now.timestamp() - ptimer.clock.at / 1000)
        (result,) = ptimer.do(words)
        return result

    return press


def test_a_clinic_day_from_the_first_start_to_the_billers_csv(ptimer, press, tmp_path):
    assert ptimer("status").out == "nothing is running, no visits today\n"
    assert not ptimer.folder.exists(), "looking makes nothing"

    treat_the_first_patient(ptimer, press)
    treat_one_who_is_counted_by_midpoint(press)
    treat_a_group_and_one_of_it_for_long(ptimer, press)
    forget_to_start_and_rest(ptimer, press)
    bring_in_the_assistants_morning(press, tmp_path)
    find_eight_minutes_that_were_forgotten(ptimer, press, tmp_path)

    check_the_end_of_the_day(ptimer, press)
    check_the_csv(ptimer, press, tmp_path / "lines.csv")

    # 3 + 3 + 2 + 4 (one of them rest) + 2 segments.
    assert press("17:20:00", "backup").out.endswith("5 visits, 14 segments, checked\n")
    assert press("17:21:00", "check").out == "5 visits, 14 segments: all is as it should be\n"


def treat_the_first_patient(ptimer, press):
    press(
        "08:00:00", "start 97110 --patient P-1042 --payer Medicare --discipline OT --clinician Ana"
    )
    ptimer.clock.advance(minutes=10)
    (running,) = ptimer("status", "--json").json["running"]
    assert (running["code"], running["seconds"]) == ("97110", 600)

    # 08:00:00 to 08:23:20 are 23 whole minutes, and then the code changes.
    press("08:23:20", "start 97112 --patient P-1042 --switch")

    refused = ptimer("start", "97110", "--patient", "P-1077", "--json")
    assert (refused.exit, refused.error["rule"]) == (3, "one-clinician-one-service")
    assert len(ptimer("status", "--json").json["running"]) == 1, "she goes on where she was"

    # 08:23:20 to 08:47:30 are 24:10, so 24 whole minutes: 47 in all, and 38 to 52 allow 3 units.
    # One each for 15 full minutes; 9 left over of 97112 beat 8 of 97110.
    press("08:47:30", "stop")
    signed = press("08:50:00", "sign --patient P-1042 --credentials OTR/L")
    assert signed.out == "P-1042: Ana signed 3 units; the visit is closed\n"


def treat_one_who_is_counted_by_midpoint(press):
    press("09:00:00", "start 97530 --patient P-1077 --payer 'Commercial (midpoint)'")
    press("09:23:00", "start 97535 --patient P-1077 --switch")
    press("09:31:00", "stop")
    # Each code alone: 23 minutes are 2 units, 8 are 1. (The 8-minute rule gives 31 in all 2.)
    press("09:40:00", "start G0283 --patient P-1077")
    press("09:52:00", "stop")
    # Stimulation without a clinician is untimed: 1 unit a visit, outside the 31 timed minutes.
    assert "signed 4 units" in press("09:55:00", "sign --patient P-1077").out


def treat_a_group_and_one_of_it_for_long(ptimer, press):
    press("10:00:00", "start 97150 --patient P-1150 --patient P-1204 --payer Medicare")
    press("10:30:00", "stop")
    press("10:45:00", "start 97112 --patient P-1150")
    # 10:45 to 12:08 are 83 minutes: they earn 6 units, and 4 a day may be billed. With the group,
    # which is untimed, that makes 5.
    press("12:08:00", "stop")
    refused = ptimer("sign", "--patient", "P-1150", "--json")
    assert (refused.exit, refused.error["rule"]) == (3, "sign-off")
    reason = "--over-60 'two falls this week'"
    assert "signed 5 units" in press("12:09:00", f"sign --patient P-1150 {reason}").out


def forget_to_start_and_rest(ptimer, press):
    # She began at 12:10 and presses at 12:17.
    press("12:17:00", "start 97530 --patient P-1204 --at 12:10")
    press("12:25:00", "start REST --patient P-1204 --switch")
    press("12:30:00", "start 97110 --patient P-1204 --switch")
    press("12:38:00", "stop")
    # 15 + 8 = 23 timed minutes allow 2 units: 97530 earns one, and the other goes to 97110 for
    # its 8 left over. The group adds 1. Rest counts in nothing.
    (visit,) = [v for v in ptimer.summary()["visits"] if v["patient"] == "P-1204"]
    assert (visit["timed_minutes"], visit["timed_units"], visit["units"]) == (23, 2, 3)
    # In the clinic from 10:00 to 12:38; treated for the 30 minutes of the group, 15 and 8.
    assert visit["total_minutes"] == 30 + 15 + 8
    assert visit["not_treatment"] == [{"code": "REST", "minutes": 5}]


def bring_in_the_assistants_morning(press, tmp_path):
    name = segments_file(
        tmp_path / "ben.csv",
        f"P-1095,Medicare,OT,Ben,assistant,97110,{DAY}T09:00,{DAY}T09:14",
        f"P-1095,Medicare,OT,Ben,assistant,97140,{DAY}T09:14,{DAY}T09:28",
    )
    assert "2 segments would come in" in press("13:30:00", f"import {name} --dry-run").out
    assert "2 segments came in, 1 new visit" in press("13:31:00", f"import {name}").out
    # 14 + 14 = 28 minutes allow 2 units: neither has 15, each gets one for its 14 left over.
    signed = press("13:35:00", "sign --patient P-1095 --clinician Ben --credentials COTA/L")
    assert "Ben signed 2 units" in signed.out


def find_eight_minutes_that_were_forgotten(ptimer, press, tmp_path):
    line = f"P-1042,Medicare,OT,Ana,therapist,97535,{DAY}T08:50,{DAY}T08:58,forgotten"
    name = segments_file(tmp_path / "forgotten.csv", line)
    assert ptimer("import", name).exit == 3, "the visit is signed"
    press("14:00:00", "amend --patient P-1042 --why '8 minutes of 97535 were not timed'")
    late = ptimer("start", "97535", "--patient", "P-1042", "--clinician", "Ana", "--at", "08:50")
    assert "a time that is over comes in with ptimer import" in late.err
    press("14:02:00", f"import {name}")
    # 23 + 24 + 8 = 55 timed minutes allow 4 units (53 to 67): one each for 15 full minutes of
    # 97110 and 97112, one to 97112 for 9 left over, and 97110 and 97535 have 8 left over each.
    tied = ptimer("sign", "--patient", "P-1042", "--json")
    assert (tied.exit, tied.error["rule"]) == (3, "sign-off")
    press("14:05:00", "sign --patient P-1042 --choose 97110=1,97112=2,97535=1")


def check_the_end_of_the_day(ptimer, press):
    press("17:00:00", "status")
    day = ptimer.summary()

    # Timed: 55 + 31 + 83 + 23 + 28. Treated: 55 + (31 + 12) + (30 + 83) + (30 + 23) + 28.
    # Timed units: 4 + 3 + 4 + 2 + 2; untimed ones: stimulation and two times the group.
    assert day["totals"] == {
        "visits": 5,
        "timed_minutes": 220,
        "total_minutes": 292,
        "timed_units": 15,
        "units": 18,
    }
    assert [v["patient"] for v in day["visits"] if v["status"] == "open"] == ["P-1204"]


def check_the_csv(ptimer, press, path):
    early = press("17:05:00", f"export -o {path}")
    assert early.err.splitlines() == [
        f"held back, not signed: P-1204 of {DAY} (--include-unsigned takes it along)",
        "warning: Ana has no NPI on record: 8 lines go out without it",
        "warning: Ben has no NPI on record: 2 lines go out without it",
    ]
    assert early.out == f"10 rows written to {path}\n"

    press("17:10:00", "sign --patient P-1204 --clinician Ana")
    whole = press("17:15:00", f"export -o {path}")
    assert whole.err.splitlines()[0] == "10 lines have gone out before, under the same ids"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    told = [
        tuple(row[column] for column in ("patient_id", "code", "units", "minutes", "flags"))
        for row in rows
    ]
    assert told == [
        ("P-1042", "97110", "1", "23", "TIE-CHOSEN"),
        ("P-1042", "97112", "2", "24", ""),
        ("P-1042", "97535", "1", "8", "TIE-CHOSEN"),
        ("P-1077", "97530", "2", "23", ""),
        ("P-1077", "97535", "1", "8", ""),
        ("P-1077", "G0283", "1", "12", ""),
        ("P-1150", "97150", "1", "30", ""),
        ("P-1150", "97112", "4", "83", "CAP-CUT;OVER-60"),
        ("P-1204", "97150", "1", "30", ""),
        ("P-1204", "97530", "1", "15", ""),
        ("P-1204", "97110", "1", "8", ""),
        ("P-1095", "97110", "1", "14", ""),
        ("P-1095", "97140", "1", "14", ""),
    ]
    assert sum(int(row["units"]) for row in rows) == 18
    assert {row["patient_id"]: row["unit_rule"] for row in rows}["P-1077"] == "midpoint"
    assert {row["rendering_provider"] for row in rows if row["patient_id"] == "P-1095"} == {"Ben"}
    modifiers = {row["patient_id"]: (row["modifier_1"], row["modifier_2"]) for row in rows}
    assert modifiers.pop("P-1095") == ("CO", "GO"), "an assistant treated, and that comes first"
    assert set(modifiers.values()) == {("GO", "")}
    of_p_1204 = next(row for row in rows if row["patient_id"] == "P-1204")
    assert (of_p_1204["time_in"], of_p_1204["time_out"]) == ("10:00", "12:38")
    assert (of_p_1204["total_timed_minutes"], of_p_1204["total_treatment_minutes"]) == ("23", "53")
