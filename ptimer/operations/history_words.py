"""What became different in a visit, value by value, as it can be read?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import Sentence, say

Values = Mapping[str, object]
"""What an entry of the audit log keeps."""


@dataclass(frozen=True)
class Difference:
    """One thing that became another; None: there was, or is, nothing to tell."""

    what: Sentence
    before: Sentence | None = None
    after: Sentence | None = None


def plain(text: str) -> Sentence:
    """Return a name or number as a sentence; it is the same in all languages."""
    return say("{text}", text=text)


def changed(key: str, what: Sentence, before: Values, after: Values) -> list[Difference]:
    """Return a value that is another now."""
    was, now = before.get(key), after.get(key)
    if was == now:
        return []
    return [
        Difference(
            what,
            None if was is None else plain(str(was)),
            None if now is None else plain(str(now)),
        )
    ]


def readable(values: Values | None) -> dict[str, str]:
    """Return what an entry keeps as it can be read; what is empty is left out."""
    found = {str(key).replace("_", " "): _text(value) for key, value in (values or {}).items()}
    return {key: text for key, text in found.items() if text}


def units(choice: Values) -> Sentence | None:
    """Return how units were shared."""
    if not choice:
        return None
    return _times(choice.items())


def lines(billed: Values) -> Sentence | None:
    """Return what was signed, code by code."""
    found = billed.get("lines")
    if not isinstance(found, list):
        return None
    return _times((line["code"], line["units"]) for line in found)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _times(pairs: Iterable[tuple[object, object]]) -> Sentence:
    return plain(", ".join(f"{code} × {number}" for code, number in pairs))  # noqa: RUF001  (times)


class TimeWords:
    """Writes times in the clinic's zone, with the date where it is not the visit's."""

    def __init__(self, zone: tzinfo | None, day: date) -> None:
        """Take the clinic's zone and the visit's date."""
        self._zone = zone
        self._day = day

    def time(self, value: object) -> Sentence | None:
        """Return a time; None where there was none."""
        if not isinstance(value, int):
            return None
        instant = Instant(value)
        text = clock_text(instant, self._zone)
        day = service_date(instant, self._zone)
        return plain(text) if day == self._day else say("{day} {time}", day=day, time=text)

    def span(self, values: Values) -> str:
        """Return a segment's time; what runs has no end."""
        start, end = (self.time(values.get(key)) for key in ("started_at", "ended_at"))
        return f"{start or ''}–{end or ''}"  # noqa: RUF001  (a range is written with an en dash)

    def differences(self, before: Values, after: Values) -> list[Difference]:
        """Return all that is different between a segment and the one in its place."""
        running = say("running")
        found = [
            Difference(
                what, self.time(before.get(key)) or running, self.time(after.get(key)) or running
            )
            for key, what in (("started_at", say("start")), ("ended_at", say("end")))
            if before.get(key) != after.get(key)
        ]
        for key, what in _FIELDS.items():
            found += changed(key, what, before, after)
        if before.get("visit_id") != after.get("visit_id") and not _names_patient(found):
            found.append(Difference(say("visit"), after=say("another one of the patient")))
        return found


def _names_patient(found: list[Difference]) -> bool:
    return any(each.what == _FIELDS["patient"] for each in found)


_FIELDS = {
    "code": say("code"),
    "patient": say("patient"),
    "clinician": say("clinician"),
    "role": say("role"),
    "supervisor": say("supervisor"),
    "typed_units": say("units"),
    "note": say("note"),
}
