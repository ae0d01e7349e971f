"""Which kinds of setting are there, and what may be typed into one?"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ptimer.operations.errors import shown
from ptimer.wording import Sentence, say

Value = str | int | bool


class Kind(StrEnum):
    """How a setting is shown, and what it holds."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    SEVERAL = "several"


class Section(StrEnum):
    """Where a setting stands; in the order of the page."""

    CLINIC = "Clinic"
    REMINDERS = "Reminders"
    NOTE = "Note text"
    BACKUPS = "Backups"
    LOOK = "Look"


@dataclass(frozen=True)
class Setting:
    """One setting.

    `words` name it, `about` says what it does. A number lies from `least` to `most`; a choice is
    one of `choices`, each a value and its words, and several of them stand between commas;
    `complaint` says what is wrong with a text, or nothing; `long` texts are paths and sentences.
    """

    key: str
    section: Section
    kind: Kind
    words: str
    about: str
    default: Value
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    complaint: Callable[[str], Sentence | None] | None = None
    long: bool = False


def complaint(setting: Setting, value: Value) -> Sentence | None:
    """Return what is wrong with a value, or None."""
    if setting.kind is Kind.SWITCH:
        return None if isinstance(value, bool) else _wrong(setting, value)
    if setting.kind is Kind.CHOICE:
        return None if value in dict(setting.choices) else _wrong(setting, value)
    if setting.kind is Kind.SEVERAL:
        return None if _all_known(setting, value) else _wrong(setting, value)
    if setting.kind is Kind.NUMBER:
        return None if _number_fits(setting, value) else _out_of_range(setting, value)
    if not isinstance(value, str):
        return _wrong(setting, value)
    return setting.complaint(value) if setting.complaint else None


def chosen(value: Value) -> list[str]:
    """Return what is chosen in a setting of several things."""
    return [name.strip() for name in str(value).split(",") if name.strip()]


def _all_known(setting: Setting, value: Value) -> bool:
    known = dict(setting.choices)
    return isinstance(value, str) and all(name in known for name in chosen(value))


def _number_fits(setting: Setting, value: Value) -> bool:
    text = str(value)
    is_number = not isinstance(value, bool) and text.isascii() and text.isdigit()
    return is_number and len(text) < 10 and setting.least <= int(text) <= setting.most


def _out_of_range(setting: Setting, value: Value) -> Sentence:
    return say(
        "{setting}: a whole number from {least} to {most}, not {value}",
        setting=say(setting.words),
        least=setting.least,
        most=setting.most,
        value=shown(str(value)),
    )


def _wrong(setting: Setting, value: Value) -> Sentence:
    return say("{setting} can't be {value}", setting=say(setting.words), value=shown(str(value)))
