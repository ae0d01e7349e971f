from contextlib import suppress
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.timing.service_date import BadTime, iso, read_date, read_time

ZONES = [UTC, *map(ZoneInfo, ("America/New_York", "Asia/Kolkata", "Pacific/Apia"))]


def _read(text, zone=UTC):
    return read_time(text, today=date(2026, 11, 23), zone=zone)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("now", id="word"),
        pytest.param("25:00", id="hour-25"),
        pytest.param("10:60", id="minute-60"),
        pytest.param("10:07:60", id="second-60"),
        pytest.param("2016-12-31T23:59:60", id="leap-second"),
        pytest.param("-1:00", id="negative"),
        pytest.param("10", id="hour-alone"),
        pytest.param("1007", id="no-colon"),
        pytest.param("10:7", id="one-digit-minute"),
        pytest.param("10:07:3", id="one-digit-second"),
        pytest.param("10.07", id="point"),
        pytest.param("10:07 pm", id="am-pm"),
        pytest.param("10:07Z", id="zone-without-a-day"),
        pytest.param("10:07+01", id="offset-without-a-day"),
        pytest.param("10:07,5", id="half-a-minute"),
        pytest.param("2026-02-30T10:07", id="february-30"),
        pytest.param("2026-02-30", id="february-30-alone"),
        pytest.param("2025-02-29T10:07", id="no-leap-year"),
        pytest.param("2026-13-01T10:07", id="month-13"),
        pytest.param("2026-11-23", id="date-alone"),
        pytest.param("20261123", id="date-alone-in-short"),
        pytest.param("2026-W48-1", id="week-alone"),
        pytest.param("11/23/2026 10:07", id="american-date"),
        pytest.param("23.11.2026 10:07", id="german-date"),
        pytest.param("2026-11-23T10:07+25:00", id="offset-of-25-hours"),
        pytest.param("2026-11-23T10:07[Europe/Berlin]", id="zone-name"),
        pytest.param("2026-11-23x10:07", id="letter-between"),
        pytest.param("2026-11-23\x0010:07", id="nul-between"),
        pytest.param("10:07\x00", id="nul-after"),
        pytest.param("\x0010:07", id="nul-before"),
        pytest.param("2026-11-23\ud80010:07", id="half-a-character"),
        pytest.param("\u0661\u0660:\u0660\u0667", id="arabic-digits"),
        pytest.param("2026-11-23T\u0661\u0660:\u0660\u0667", id="arabic-digits-after-a-date"),
        pytest.param("2026-11-23\u066110:07", id="arabic-digit-between"),
        pytest.param("\uff11\uff10:\uff10\uff17", id="wide-digits"),
        pytest.param("1" * 300, id="300-ones"),
        pytest.param("10:07" + ":30" * 98, id="300-characters"),
        pytest.param("2026-11-23T10:07" + "0" * 284, id="300-characters-after-a-date"),
        pytest.param("0000-01-01T00:00", id="year-0"),
        pytest.param("99999-01-01T00:00", id="year-99999"),
    ],
)
def test_a_malformed_time_is_refused_with_an_example_of_a_good_one(text):
    with pytest.raises(BadTime) as refused:
        _read(text)

    said = str(refused.value)
    assert "is not a time such as 10:07, 10:07:30 or 2026-11-23T10:07" in said
    assert said.startswith(repr(text.strip()[:40]).removesuffix("'")), "what was typed, and no more"
    assert len(said) < 150
    assert said.isprintable()


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00",
        "0001-01-01T00:00+14:00",
        "0001-01-02T00:00",
        "9999-12-31T23:59:59",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_the_ends_of_the_calendar_are_times_or_refused_and_never_a_crash(text, zone):
    with suppress(BadTime):
        instant = _read(text, zone).instant
        assert _read(iso(instant, zone), zone).instant == instant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0001-06-01T10:07", "0001-06-01T10:07 is too long ago: check the year"),
        ("9999-12-31T23:59", "9999-12-31T23:59 is in the future"),
    ],
)
def test_a_time_at_the_ends_of_the_calendar_is_not_called_malformed(text, said):
    with pytest.raises(BadTime) as refused:
        _read(text)
    assert str(refused.value) == said


@given(st.text() | st.text("0123456789:-+.TZ W", max_size=30), st.sampled_from(ZONES))
def test_any_text_is_a_time_or_refused(text, zone):
    with suppress(BadTime):
        assert isinstance(_read(text, zone).instant, int)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2026-11",
        "23.11.2026",
        "10:07",
        "\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0663",
        "2026-11-23\x00",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(BadTime, match="is not a date such as 2026-11-23"):
        read_date(text)
