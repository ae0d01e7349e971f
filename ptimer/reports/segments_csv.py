"""The segments CSV, which `import` reads and `export --layout segments` writes (cli.md, Files)."""

import csv
from collections.abc import Callable, Iterable
from datetime import tzinfo
from typing import Any, TextIO

from ptimer.reports.cells import harmless
from ptimer.timing.clock import MINUTE, SECOND, Instant
from ptimer.timing.service_date import local

REQUIRED = (
    "patient",
    "payer",
    "discipline",
    "clinician",
    "role",
    "code",
    "start",
    "end",
    "note",
)
OPTIONAL = ("supervisor", "units")
COLUMNS = REQUIRED + OPTIONAL

_QUARTER = 15 * MINUTE
_MINUTES_AND_SECONDS = tuple(f"{each // 60:02d}:{each % 60:02d}" for each in range(60 * 60))
_MOST_REMEMBERED = 20_000


def write(
    rows: Iterable[tuple[Any, ...]],
    out: TextIO,
    *,
    zone: tzinfo | None,
    delimiter: str = ",",
) -> int:
    """Write header and rows and return how many rows there were.

    A row holds the columns' values, instants for start and end, None where there is none.
    """
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    written = 0
    time = local_times(zone)

    def cells() -> Iterable[tuple[Any, ...]]:
        nonlocal written
        for patient, payer, discipline, clinician, role, code, start, end, note, by, units in rows:
            written += 1
            yield (
                harmless(patient),
                harmless(payer),
                discipline,
                harmless(clinician),
                role,
                code,
                time(start),
                "" if end is None else time(end),
                harmless(note) if note else "",
                harmless(by) if by else "",
                units,
            )

    writer.writerows(cells())
    return written


def local_times(zone: tzinfo | None) -> Callable[[Instant], str]:
    """Return a function that writes an instant as ISO 8601 local time with its offset.

    A million rows name few quarters of an hour; each is worked out once.
    """
    known: dict[int, tuple[str, int, str]] = {}  # the hour, seconds into it, and the offset

    def text(instant: Instant) -> str:
        quarter, rest = divmod(instant, _QUARTER)
        parts = known.get(quarter)
        if parts is None:
            if len(known) > _MOST_REMEMBERED:
                known.clear()
            start = local(Instant(quarter * _QUARTER), zone)
            parts = known[quarter] = (
                start.strftime("%Y-%m-%dT%H:"),
                start.minute * 60,
                start.isoformat()[19:],
            )
        hour, into, offset = parts
        seconds, milliseconds = divmod(rest, SECOND)
        return f"{hour}{_MINUTES_AND_SECONDS[into + seconds]}.{milliseconds:03d}{offset}"

    return text
