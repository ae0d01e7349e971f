"""Is what a person typed something that the record can hold? Ids, names, notes and times."""

import unicodedata
from datetime import date, tzinfo

from ptimer.operations.errors import Misused, shown
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import (
    BadTime,
    WrittenTime,
    read_date,
    read_time,
    service_date,
)
from ptimer.wording import Sentence, say

MOST_CHARACTERS = 100
MOST_NOTE_CHARACTERS = 2000
EARLIEST = Instant(946_684_800_000)
"""2000-01-01 UTC: what is typed as earlier is a slip of the finger."""

_JOINERS = "\u200c\u200d"
"""Unseen, but a part of words in some scripts, and of some emoji."""


def patient_id(text: str) -> str:
    """Return a patient id without blanks around it.

    Raises:
        Misused: it is empty, too long, or holds characters that can't be printed.
    """
    return _name(text, say("patient id"))


def clinician_name(text: str) -> str:
    """Return a clinician's name without blanks around it.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("clinician's name"))


def credentials(text: str) -> str:
    """Return a clinician's credentials, such as OTR/L.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("credentials"))


def payer_name(text: str) -> str:
    """Return a payer's name.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("payer's name"))


def layout_name(text: str) -> str:
    """Return the name of a biller's layout.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("layout's name"))


def column_title(text: str) -> str:
    """Return what a biller calls a column.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("column's title"))


def code_number(text: str) -> str:
    """Return a code's number in capitals.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("code's number")).upper()


def code_label(text: str) -> str:
    """Return the plain words for a code.

    Raises:
        Misused: as for a patient id.
    """
    return _name(text, say("label"))


def npi(text: str) -> str:
    """Return a national provider identifier, or nothing where none was typed.

    Raises:
        Misused: it has not ten digits, or its check digit is wrong.
    """
    digits = text.strip()
    if digits and not (digits.isascii() and digits.isdigit() and _npi_checks(digits)):
        raise Misused(say("{npi} is no NPI: ten digits, the last a check", npi=shown(digits)))
    return digits


def _npi_checks(digits: str) -> bool:
    """Luhn's check over the digits after the prefix 80840 that every NPI stands for."""
    if len(digits) != 10:
        return False
    total = 24  # what the prefix adds
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def reason(text: str) -> str:
    """Return why something is changed.

    Raises:
        Misused: nothing was given, or it is too long or can't be printed.
    """
    if not text.strip():
        raise Misused(say("Give a reason: it is kept with the change"))
    return _line(text, say("reason"), MOST_NOTE_CHARACTERS)


def note(text: str) -> str:
    """Return a note, which may be empty.

    Raises:
        Misused: it is too long or can't be printed.
    """
    return _line(text, say("note"), MOST_NOTE_CHARACTERS) if text.strip() else ""


def short_line(text: str, what: Sentence, most: int) -> str:
    """Return one line of at most so many characters; `what` names it.

    Raises:
        Misused: nothing was typed, it is too long or can't be printed.
    """
    return _line(text, what, most)


def past_time(text: str, *, now: Instant, zone: tzinfo | None) -> WrittenTime:
    """Return what a written time means; `HH:MM` is today's.

    Raises:
        Misused: it is malformed, never was, lies in the future or before 2000.
    """
    try:
        written = read_time(text, today=service_date(now, zone), zone=zone)
    except BadTime as error:
        raise Misused(error.sentence) from None
    check_past(written.instant, text, now=now)
    return written


def date_of(text: str) -> date:
    """Return the date that a person wrote.

    Raises:
        Misused: it is no date.
    """
    try:
        return read_date(text)
    except BadTime as error:
        raise Misused(error.sentence) from None


def check_past(instant: Instant, text: str, *, now: Instant) -> None:
    """Check that a time has been.

    Raises:
        Misused: it lies in the future, or before 2000.
    """
    if instant > now:
        raise Misused(say("{time} is in the future", time=shown(text)))
    if instant < EARLIEST:
        raise Misused(say("{time} is too long ago: check the year", time=shown(text)))


def _name(text: str, what: Sentence) -> str:
    """Return what things are told apart by; two that differ must not look the same."""
    # An accent may be typed, or come in a file, as a character of its own.
    line = _line(unicodedata.normalize("NFC", text), what, MOST_CHARACTERS)
    if any(unicodedata.category(c) == "Cf" and c not in _JOINERS for c in line):
        raise Misused(
            say(
                "The {what} {text} holds a character that can't be seen: leave it out",
                what=what,
                text=shown(line, 40),
            )
        )
    return line


def _line(text: str, what: Sentence, most: int) -> str:
    stripped = text.strip()
    if not stripped:
        raise Misused(say("The {what} is empty: type one", what=what))
    if len(stripped) > most:
        raise Misused(
            say(
                "The {what} {text} has {length} characters: use at most {most}",
                what=what,
                text=shown(stripped, 40),
                length=len(stripped),
                most=most,
            )
        )
    odd = next((c for c in stripped if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")), None)
    if odd is not None:
        raise Misused(
            say(
                "The {what} {text} holds a character that can't be printed: leave it out",
                what=what,
                text=shown(stripped, 40),
            )
        )
    return stripped
