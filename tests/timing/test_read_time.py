import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.service_date import BadTime, iso, read_date, read_time

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [NEW_YORK, BERLIN, ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Apia"), UTC]
TODAY = date(2026, 11, 23)


def _read(text, zone=NEW_YORK, today=TODAY):
    return read_time(text, today=today, zone=zone)


def _at(*fields, zone=NEW_YORK, fold=0):
    return round(datetime(*fields, tzinfo=zone, fold=fold).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10:07", _at(2026, 11, 23, 10, 7)),
        ("9:05", _at(2026, 11, 23, 9, 5)),
        ("10:07:30", _at(2026, 11, 23, 10, 7, 30)),
        (" 10:07\n", _at(2026, 11, 23, 10, 7)),
        ("00:00", _at(2026, 11, 23)),
        ("23:59:59", _at(2026, 11, 23, 23, 59, 59)),
        ("2026-07-01T10:07", _at(2026, 7, 1, 10, 7)),
        ("2026-07-01 10:07", _at(2026, 7, 1, 10, 7)),
        ("2026-07-01T10:07:30", _at(2026, 7, 1, 10, 7, 30)),
        ("20260701T1007", _at(2026, 7, 1, 10, 7)),
        ("2026-07-01T10:07:30.250", _at(2026, 7, 1, 10, 7, 30) + 250),
        ("2026-07-01T10:07Z", _at(2026, 7, 1, 10, 7, zone=UTC)),
        ("2026-07-01T10:07:30+05:30", _at(2026, 7, 1, 4, 37, 30, zone=UTC)),
        ("2026-07-01T10:07-0400", _at(2026, 7, 1, 10, 7)),
        ("2024-02-29T10:07", _at(2024, 2, 29, 10, 7)),
    ],
)
def test_a_written_time_means_its_instant(text, meant):
    assert _read(text).instant == meant
    assert not _read(text).repeated


@pytest.mark.parametrize(
    ("text", "zone", "first"),
    [
        pytest.param("2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30Z", id="new-york"),
        pytest.param("2026-11-01T01:00", NEW_YORK, "2026-11-01T05:00Z", id="its-first-minute"),
        pytest.param("2026-11-01T01:59:59", NEW_YORK, "2026-11-01T05:59:59Z", id="its-last"),
        pytest.param("2026-10-25T02:30", BERLIN, "2026-10-25T00:30Z", id="berlin"),
    ],
)
def test_in_the_repeated_hour_the_first_one_is_meant_and_said_to_be(text, zone, first):
    written = _read(text, zone)

    assert written.repeated
    assert written.instant == _read(first).instant


@pytest.mark.parametrize("offset", ["-04:00", "-05:00"])
def test_in_the_repeated_hour_an_offset_says_which_one(offset):
    written = _read(f"2026-11-01T01:30{offset}")

    assert not written.repeated
    assert iso(written.instant, NEW_YORK) == f"2026-11-01T01:30:00{offset}"


@pytest.mark.parametrize("text", ["2026-11-01T00:59:59", "2026-11-01T02:00"])
def test_the_minutes_beside_the_repeated_hour_are_not_repeated(text):
    assert not _read(text).repeated


def test_a_time_of_day_is_looked_up_in_the_night_that_today_is():
    assert _read("1:30", today=date(2026, 11, 1)).repeated
    with pytest.raises(BadTime, match="never was"):
        _read("2:30", today=date(2026, 3, 8))


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param("2026-03-08T02:00", NEW_YORK, id="new-york-first-minute"),
        pytest.param("2026-03-08T02:59:59", NEW_YORK, id="new-york-last-second"),
        pytest.param("2026-03-29T02:30", BERLIN, id="berlin"),
        pytest.param("2018-11-04T00:30", ZoneInfo("America/Sao_Paulo"), id="midnight-left-out"),
        pytest.param("2011-12-30T12:00", ZoneInfo("Pacific/Apia"), id="day-left-out"),
    ],
)
def test_a_time_that_the_clocks_left_out_is_refused_and_says_so(text, zone):
    with pytest.raises(BadTime, match=f"{text} never was: the clocks went forward over it"):
        _read(text, zone)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-08T01:59:59", "2026-03-08T06:59:59Z"),
        ("2026-03-08T03:00", "2026-03-08T07:00Z"),
    ],
)
def test_the_minutes_beside_the_hour_left_out_are_real(text, instant):
    assert _read(text).instant == _read(instant).instant


# From 1900 on, so that offsets of local mean time, with their seconds, come along.
instants = st.integers(_at(1900, 1, 1, zone=UTC), _at(2200, 1, 1, zone=UTC)).map(Instant)
fixed = st.integers(-14 * 60, 14 * 60).map(lambda each: timezone(timedelta(minutes=each)))


@given(instants, st.sampled_from(ZONES) | fixed, st.sampled_from(ZONES))
def test_what_is_written_is_read_back_as_the_same_instant(instant, zone, elsewhere):
    assert _read(iso(instant, zone), elsewhere).instant == instant


@given(instants.map(lambda each: each - each % 1000), st.sampled_from(ZONES))
def test_a_local_time_without_offset_is_read_as_the_first_that_the_clock_showed(instant, zone):
    shown = datetime.fromtimestamp(instant / 1000, zone).replace(tzinfo=None)
    written = _read(shown.isoformat(), zone)

    assert iso(written.instant, zone).startswith(shown.isoformat())
    assert written.instant <= instant
    assert written.repeated or written.instant == instant


@pytest.fixture
def computer_in_berlin(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't set its zone there")
@pytest.mark.usefixtures("computer_in_berlin")
def test_without_a_zone_the_computers_own_is_meant():
    for text in ("2026-07-01T10:07", "2026-10-25T02:30", "2026-10-25T03:00", "10:07"):
        assert _read(text, None) == _read(text, BERLIN)
    with pytest.raises(BadTime, match="never was"):
        _read("2026-03-29T02:30", None)


def test_a_repeated_minute_is_an_hour_before_its_twin():
    first = _read("2026-11-01T01:30").instant

    assert iso(first, NEW_YORK) == "2026-11-01T01:30:00-04:00"
    assert iso(Instant(first + 60 * MINUTE), NEW_YORK) == "2026-11-01T01:30:00-05:00"


@pytest.mark.parametrize("text", ["2026-11-23", " 2026-11-23 ", "2024-02-29"])
def test_a_date_is_read(text):
    assert read_date(text).isoformat() == text.strip()
