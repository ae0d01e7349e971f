"""The demo day comes to what is said of it: counted again here, from the times alone."""

import csv
import io
import re
from collections import defaultdict
from contextlib import redirect_stdout
from datetime import UTC, datetime

import pytest
import tour

from ptimer.cli.main import run
from ptimer.operations import demo
from ptimer.timing.clock import ManualClock

TIMED = {"97110", "97112", "97116", "97140", "97530", "97535", "97032"}
UNTIMED = {"97165", "97150", "G0283", "97010"}
NOT_TREATMENT = {"REST", "NB"}


@pytest.fixture
def times(tmp_path):
    """The day's times, as its segments file has them."""
    played = demo.play(tmp_path / "record", tour.DAY, until=demo.END_OF_DAY, zone=UTC)
    file = tmp_path / "segments.csv"
    words = ["--data-dir", str(played.folder), "export", "--layout", "segments", "-o", str(file)]
    with redirect_stdout(io.StringIO()):
        assert run([*words, "--include-unsigned"], ManualClock(played.until)) == 0
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def recounted(times):
    """Count visits, timed and treated minutes, timed and other units by the written rules."""
    totals = dict.fromkeys(("visits", "timed", "treated", "timed units", "other units"), 0)
    by_visit = defaultdict(list)
    for row in times:
        start, end = (datetime.fromisoformat(row[name]) for name in ("start", "end"))
        by_visit[row["patient"], row["payer"]].append((row["code"], start, end))
    for (_, payer), stretches in by_visit.items():
        minutes = minutes_by_code(stretches)
        assert set(minutes) <= TIMED | UNTIMED | NOT_TREATMENT
        timed = {code: count for code, count in minutes.items() if code in TIMED}
        assert timed.get("97112", 0) < 68, "no fifth unit, which would be cut"
        pools = [sum(timed.values())] if payer == "Medicare" else timed.values()
        totals["visits"] += 1
        totals["timed"] += sum(timed.values())
        totals["treated"] += union([each for each in stretches if each[0] not in NOT_TREATMENT])
        totals["timed units"] += sum((pool + 7) // 15 for pool in pools)
        totals["other units"] += len(UNTIMED & set(minutes))
    return totals


def minutes_by_code(stretches):
    """Add up the seconds of each code and round down once."""
    seconds = defaultdict(float)
    for code, start, end in stretches:
        seconds[code] += (end - start).total_seconds()
    return {code: int(count // 60) for code, count in seconds.items()}


def union(stretches):
    """Return the whole minutes in which at least one of the stretches ran."""
    seconds, until = 0.0, None
    for _, start, end in sorted(stretches, key=lambda each: each[1]):
        begun = start if until is None else max(start, until)
        seconds += max((end - begun).total_seconds(), 0)
        until = end if until is None else max(until, end)
    return int(seconds // 60)


def test_the_days_figures_are_those_of_its_times(times):
    assert recounted(times) == {
        "visits": 9,
        "timed": 320,
        "treated": 428,
        "timed units": 22,
        "other units": 5,
    }


def test_the_tour_tells_these_figures_and_writes_the_billers_file(qapp, tmp_path, capsys, times):
    tour.play_day(tmp_path)
    text = capsys.readouterr().out
    file = tmp_path / tour.CSV_NAME
    (line,) = [line for line in text.splitlines() if "9 visits" in line]
    with file.open(encoding="utf-8", newline="") as rows:
        lines = list(csv.DictReader(rows))
    signed = [row for row in times if row["patient"] not in ("P-1120", "P-1095")]
    figures = recounted(signed)
    units = {"Y": 0, "N": 0}
    for row in lines:
        units[row["timed"]] += int(row["units"])

    assert "Unit panel at 10:36:07, P-1042" in text
    assert [int(number) for number in re.findall(r"\d+", line)][-5:] == [9, 320, 428, 22, 5]
    assert text.rstrip().endswith(str(file))
    assert {row["patient_id"] for row in lines} == {row["patient"] for row in signed}
    assert units == {"Y": figures["timed units"], "N": figures["other units"]}
