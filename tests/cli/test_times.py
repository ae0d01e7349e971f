"""Times as they are written: local, today's, in the nights when the clock is changed, not yet."""

from zoneinfo import ZoneInfo

import pytest

from tests.cli.command_line import at, segments_file

CHICAGO = ZoneInfo("America/Chicago")
AUTUMN = "2026-11-01T10:00:00"  # at 02:00 the clock went back to 01:00
SPRING = "2026-03-08T10:00:00"  # at 02:00 the clock went on to 03:00


def started(ptimer, text):
    """Return when a stopwatch runs since that is started at a written time."""
    result = ptimer("start", "97112", "--patient", "P-1", "--at", text, "--json")
    assert result.exit == 0, result.err
    return result.json["started"][0]["start"]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("09:30", "2026-11-23T09:30:00-06:00"),
        ("9:30", "2026-11-23T09:30:00-06:00"),
        ("09:30:15", "2026-11-23T09:30:15-06:00"),
        ("10:00", "2026-11-23T10:00:00-06:00"),
        ("2026-11-23T09:30", "2026-11-23T09:30:00-06:00"),
        ("2026-11-23 09:30:15", "2026-11-23T09:30:15-06:00"),
        ("2026-11-23T09:30:15.250", "2026-11-23T09:30:15.250-06:00"),
        ("2026-11-23T15:30Z", "2026-11-23T09:30:00-06:00"),
        ("2026-11-23T16:30+01:00", "2026-11-23T09:30:00-06:00"),
        ("2026-11-22T23:59", "2026-11-22T23:59:00-06:00"),
    ],
)
def test_a_written_time_is_local_unless_it_names_its_zone(ptimer, text, since):
    ptimer.clock = at("2026-11-23T10:00:00", CHICAGO)

    assert started(ptimer, text) == since


@pytest.mark.parametrize("text", ["10:00:01", "23:59", "2026-11-23T16:00:01Z", "2027-01-01T00:00"])
def test_the_future_is_refused_for_a_start_and_for_a_stop(ptimer, text):
    ptimer.clock = at("2026-11-23T10:00:00", CHICAGO)
    ptimer.do("start 97112 --patient P-1 --at 09:00")

    for words in (["start", "97110", "--patient", "P-2"], ["stop"]):
        result = ptimer(*words, "--at", text, "--json")
        assert result.exit == 2
        assert result.error["reason"] == f"{text} is in the future"


def test_in_the_repeated_hour_the_first_is_meant_and_it_says_so(ptimer):
    ptimer.clock = at(AUTUMN, CHICAGO)

    result = ptimer("start", "97112", "--patient", "P-1", "--at", "01:30", "--json")

    assert result.json["started"][0]["start"] == "2026-11-01T01:30:00-05:00"
    assert result.err == "01:30 came twice that night: the first one is meant\n"


def test_the_second_one_can_be_meant_by_its_offset(ptimer):
    ptimer.clock = at(AUTUMN, CHICAGO)

    result = ptimer(
        "start", "97112", "--patient", "P-1", "--at", "2026-11-01T01:30-06:00", "--json"
    )

    assert result.json["started"][0]["start"] == "2026-11-01T01:30:00-06:00"
    assert result.err == ""


def test_a_stop_in_the_repeated_hour_says_so_too(ptimer):
    ptimer.clock = at(AUTUMN, CHICAGO)
    ptimer.do("start 97112 --patient P-1 --at 00:50")

    assert "came twice" in ptimer("stop", "--at", "01:10").err
    assert ptimer.summary()["totals"]["timed_minutes"] == 20


def test_the_hour_that_never_was_is_refused(ptimer):
    ptimer.clock = at(SPRING, CHICAGO)

    result = ptimer("start", "97112", "--patient", "P-1", "--at", "02:30", "--json")

    assert result.exit == 2
    assert "never was" in result.error["reason"]


@pytest.mark.parametrize(
    ("now", "start", "end", "says"),
    [
        (AUTUMN, "2026-11-01T09:00", "2026-11-01T10:00:01", "is in the future"),
        (SPRING, "2026-03-08T02:30", "2026-03-08T03:30", "never was"),
        (AUTUMN, "2026-11-01T09:00", "2026-11-01T09:00", "not after its start"),
        (AUTUMN, "2026-11-01T09:00", "2026-11-01T08:59", "not after its start"),
        (AUTUMN, "2026-11-01T09:00", "", "it has no end"),
        (AUTUMN, "", "2026-11-01T09:00", "it has no start"),
        (AUTUMN, "9 o'clock", "2026-11-01T09:00", "is not a time"),
        (AUTUMN, "1999-12-31T09:00", "2026-11-01T09:00", "check the year"),
    ],
)
def test_in_a_file_a_bad_time_is_bad_data(ptimer, tmp_path, now, start, end, says):
    ptimer.clock = at(now, CHICAGO)
    line = "P-1,Medicare,PT,Ana,therapist,97112,{},{}"
    name = segments_file(tmp_path / "in.csv", line.format(start, end))

    result = ptimer("import", name, "--json")

    assert (result.exit, result.error["lines"]) == (4, [2])
    assert says in result.error["reason"]
    assert ptimer.summary(now[:10])["visits"] == []


def test_in_a_file_the_repeated_hour_is_told_with_its_line(ptimer, tmp_path):
    ptimer.clock = at(AUTUMN, CHICAGO)
    line = "P-1,Medicare,PT,Ana,therapist,97112,2026-11-01T00:40,2026-11-01T01:10"

    result = ptimer("import", segments_file(tmp_path / "in.csv", line), "--json")

    assert result.json["warnings"] == [
        "line 2: 2026-11-01T01:10 came twice that night: the first one is meant"
    ]
    assert ptimer.summary("2026-11-01")["totals"]["timed_minutes"] == 30


def test_minutes_over_the_change_are_real_minutes(ptimer):
    ptimer.clock = at(AUTUMN, CHICAGO)

    ptimer.do(
        "start 97110 --patient P-1 --at 2026-11-01T01:50-05:00",
        "stop --at 2026-11-01T01:05-06:00",
    )

    (visit,) = ptimer.summary()["visits"]
    assert visit["timed_minutes"] == 15, "from ten to two, to five past one the second time"


def test_what_runs_over_midnight_belongs_to_the_day_it_began(ptimer, clock):
    ptimer.do("start 97110 --patient P-1 --at 2026-11-22T23:50", "stop --at 2026-11-23T00:10")

    assert ptimer.summary()["visits"] == []
    (visit,) = ptimer.summary("2026-11-22")["visits"]
    assert visit["lines"][0]["segments"] == [["23:50:00", "00:10:00"]]
    assert visit["timed_minutes"] == 20


def test_a_stopwatch_that_was_left_running_shows_its_day(ptimer):
    ptimer.do("start 97110 --patient P-1 --at 2026-11-22T23:50")

    assert "runs since 2026-11-22 23:50:00" in ptimer("status").out
    assert "ran from 2026-11-22 23:50:00 to 10:00:00" in ptimer("stop").out


@pytest.mark.parametrize("day", ["20261123", "2026-11-23", " 2026-11-23 "])
def test_a_date_is_iso_8601(signed, day):
    assert signed("summary", "--date", day, "--json").json["date"] == "2026-11-23"


@pytest.mark.parametrize("day", ["23.11.2026", "11/23/2026", "2026-02-30", "tomorrow", "", "1e3"])
def test_a_date_that_is_none_is_refused_by_each_command_that_takes_one(signed, day):
    for words in (
        ["summary", "--date", day],
        ["export", "--date", day],
        ["export", "--from", day],
        ["export", "--to", day],
        ["sign", "--patient", "P-1", "--date", day],
        ["amend", "--patient", "P-1", "--why", "slip", "--date", day],
    ):
        result = signed(*words, "--json", *(["-o", "x.csv"] if words[0] == "export" else []))
        assert result.exit == 2
        assert "is not a date such as 2026-11-23" in result.error["reason"]
