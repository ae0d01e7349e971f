from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.timing.clock import HOUR, Instant
from ptimer.timing.service_date import clock_text, day_end, day_start, iso, local, service_date

ZONES = {
    name: ZoneInfo(name)
    for name in (
        *("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo"),
        *("America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu"),
    )
}


def _instant(text):
    return Instant(round(datetime.fromisoformat(text).timestamp() * 1000))


@pytest.mark.parametrize(
    ("zone", "last_of_the_23rd", "first_of_the_24th"),
    [
        ("America/New_York", "2026-11-24T04:59:59.999Z", "2026-11-24T05:00Z"),
        ("Europe/Berlin", "2026-11-23T22:59:59.999Z", "2026-11-23T23:00Z"),
        ("Asia/Kolkata", "2026-11-23T18:29:59.999Z", "2026-11-23T18:30Z"),
        ("Pacific/Apia", "2026-11-23T10:59:59.999Z", "2026-11-23T11:00Z"),
    ],
)
def test_the_date_of_service_is_the_clinics_and_changes_at_its_midnight(
    zone, last_of_the_23rd, first_of_the_24th
):
    assert service_date(_instant(last_of_the_23rd), ZONES[zone]) == date(2026, 11, 23)
    assert service_date(_instant(first_of_the_24th), ZONES[zone]) == date(2026, 11, 24)
    assert day_start(date(2026, 11, 24), ZONES[zone]) == _instant(first_of_the_24th)
    assert day_end(date(2026, 11, 23), ZONES[zone]) == _instant(first_of_the_24th)


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        pytest.param(
            "America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00Z", id="sao-paulo-at-1"
        ),
        pytest.param("Africa/Cairo", date(2026, 4, 24), "2026-04-23T22:00Z", id="cairo-at-1"),
        pytest.param("America/Havana", date(2026, 3, 8), "2026-03-08T05:00Z", id="havana-at-1"),
    ],
)
def test_a_day_whose_midnight_the_clocks_left_out_starts_at_its_first_instant(zone, day, starts):
    start = day_start(day, ZONES[zone])

    assert start == _instant(starts)
    assert clock_text(start, ZONES[zone]) == "01:00:00"
    assert service_date(start, ZONES[zone]) == day
    assert service_date(Instant(start - 1), ZONES[zone]) == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param("America/New_York", date(2026, 11, 23), 24, id="any-day"),
        pytest.param("America/New_York", date(2026, 11, 1), 25, id="clocks-back"),
        pytest.param("America/New_York", date(2026, 3, 8), 23, id="clocks-forward"),
        pytest.param("Europe/Berlin", date(2026, 10, 25), 25, id="berlin-back"),
        pytest.param("Australia/Lord_Howe", date(2026, 4, 5), 24.5, id="half-an-hour-back"),
        pytest.param("America/Havana", date(2026, 11, 1), 25, id="midnight-twice"),
        pytest.param("Pacific/Apia", date(2011, 12, 30), 0, id="a-day-that-never-was"),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(zone, day, hours):
    assert day_end(day, ZONES[zone]) - day_start(day, ZONES[zone]) == hours * HOUR


# Years in which no zone above set its clocks back over a midnight.
recent = st.integers(_instant("2019-07-01T00:00Z"), _instant("2037-01-01T00:00Z")).map(Instant)


@given(recent, st.sampled_from(sorted(ZONES)))
def test_every_instant_lies_within_its_date_of_service(instant, zone):
    day = service_date(instant, ZONES[zone])

    assert day_start(day, ZONES[zone]) <= instant < day_end(day, ZONES[zone])


def test_a_segment_over_midnight_belongs_to_the_day_it_began():
    began = _instant("2026-11-24T04:40Z")  # 23:40 in New York
    ended = _instant("2026-11-24T05:20Z")

    assert service_date(began, ZONES["America/New_York"]) == date(2026, 11, 23)
    assert service_date(ended, ZONES["America/New_York"]) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (0, "2026-11-23T10:07:30-05:00"),
        (1, "2026-11-23T10:07:30.001-05:00"),
        (999, "2026-11-23T10:07:30.999-05:00"),
    ],
)
def test_an_instant_is_written_with_its_offset_and_milliseconds_only_if_it_has_any(
    milliseconds, written
):
    instant = Instant(_instant("2026-11-23T15:07:30Z") + milliseconds)

    assert iso(instant, ZONES["America/New_York"]) == written


def test_the_time_of_day_is_shown_with_or_without_seconds():
    instant = _instant("2026-11-23T15:07:59Z")

    assert clock_text(instant, ZONES["America/New_York"]) == "10:07:59"
    assert clock_text(instant, ZONES["America/New_York"], seconds=False) == "10:07"
    assert clock_text(instant, ZONES["Asia/Kathmandu"], seconds=False) == "20:52"


@given(st.integers(_instant("1900-01-01T00:00Z"), _instant("2200-01-01T00:00Z")).map(Instant))
def test_no_millisecond_is_lost_on_the_way_to_local_time(instant):
    shown = local(instant, UTC)

    assert shown - datetime(1970, 1, 1, tzinfo=UTC) == timedelta(milliseconds=instant)
