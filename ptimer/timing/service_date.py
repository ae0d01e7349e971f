"""Which day is it in the clinic, and which instant does a written time mean?

A segment that runs over midnight belongs to the day it began (architecture.md, Time).
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo

from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say

# Python's own parser takes more: any character between day and time, NUL at the end.
_CLOCK = re.compile(r"\d?\d:\d\d(:\d\d)?", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-?\d\d-?\d\d[Tt ]\d\d(:?\d\d(:?\d\d([.,]\d{1,9})?)?)?"
    r"(Z|[+-]\d\d(:?\d\d){0,2})?",
    re.ASCII,
)


class BadTime(ValueError):  # noqa: N818  (named for what it says to a person)
    """A written time that is malformed, or that no clock ever showed."""

    def __init__(self, sentence: Sentence) -> None:
        """Take what is wrong with it."""
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class WrittenTime:
    """What a written time means.

    `repeated` says that the clock showed it twice, in the night it was set back, and that the
    first one is meant.
    """

    instant: Instant
    repeated: bool = False


def local(instant: Instant, zone: tzinfo | None) -> datetime:
    """Return the local time with its offset; `zone` None is the computer's own."""
    return datetime.fromtimestamp(instant / 1000, UTC).astimezone(zone)


def service_date(instant: Instant, zone: tzinfo | None) -> date:
    """Return the clinic's local date."""
    return local(instant, zone).date()


def iso(instant: Instant, zone: tzinfo | None) -> str:
    """Return ISO 8601 local time with its offset; milliseconds only where there are any."""
    precision = "milliseconds" if instant % 1000 else "seconds"
    return local(instant, zone).isoformat(timespec=precision)


def clock_text(instant: Instant, zone: tzinfo | None, *, seconds: bool = True) -> str:
    """Return local `HH:MM:SS` or `HH:MM`."""
    return f"{local(instant, zone):%H:%M:%S}" if seconds else f"{local(instant, zone):%H:%M}"


def day_start(day: date, zone: tzinfo | None) -> Instant:
    """Return the first instant of the local day, also where its midnight does not exist."""
    return _instant(_aware(datetime.combine(day, time()), zone))


def day_end(day: date, zone: tzinfo | None) -> Instant:
    """Return the first instant of the day after."""
    return day_start(day + timedelta(days=1), zone)


def read_time(text: str, *, today: date, zone: tzinfo | None) -> WrittenTime:
    """Return the instant that a written time means.

    Takes ISO 8601, local where it names no zone, and `HH:MM[:SS]`, which means `today`.

    Raises:
        BadTime: it is malformed, or falls into the hour that a clock set forward left out.
    """
    written = _parse(text.strip(), today)
    if written.tzinfo is not None:
        return WrittenTime(_instant(written))
    first = _aware(written, zone)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != written:
        raise BadTime(
            say("{text} never was: the clocks went forward over it that night", text=text)
        )
    second = _aware(written.replace(fold=1), zone)
    return WrittenTime(_instant(first), repeated=first.utcoffset() != second.utcoffset())


def read_date(text: str) -> date:
    """Return the date of ISO 8601 `YYYY-MM-DD`.

    Raises:
        BadTime: it is no such date.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadTime(say("{text} is not a date such as 2026-11-23", text=_short(text))) from None


def _parse(text: str, today: date) -> datetime:
    parsed = None
    with suppress(ValueError):
        if _CLOCK.fullmatch(text):
            parsed = datetime.combine(
                today, time.fromisoformat(text if text[2] == ":" else f"0{text}")
            )
        elif _MOMENT.fullmatch(text):
            parsed = datetime.fromisoformat(text)
    if parsed is None:
        raise _no_time(text)
    # In these years not every zone can show a time.
    if parsed.year == MINYEAR:
        raise BadTime(say("{time} is too long ago: check the year", time=text))
    if parsed.year == MAXYEAR:
        raise BadTime(say("{time} is in the future", time=text))
    return parsed


def _no_time(text: str) -> BadTime:
    return BadTime(
        say("{text} is not a time such as 10:07, 10:07:30 or 2026-11-23T10:07", text=_short(text))
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _aware(naive: datetime, zone: tzinfo | None) -> datetime:
    if zone is None:
        return naive.astimezone()
    return naive.replace(tzinfo=zone)


def _instant(aware: datetime) -> Instant:
    # In whole numbers: a float would lose the millisecond.
    since = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return Instant((since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000)
