"""What does the window remember that is no record: its place, its colours?"""

from ptimer.operations.clinic import Clinic
from ptimer.storage import settings

WINDOW = "window-place"
MINI = "mini-window-place"
COLOURS = "colours"
SIZE = "size"
SIZES = ("100", "125", "150", "200")
"""Percent of the pictures' size; anything else is the system's."""

LANGUAGE = "language"
LANGUAGES = ("en", "es")
"""Languages that may be chosen; anything else is the system's."""

LAST_FOLDER = "last-folder"
PLACE = "warned-of-place"
"""The folder of which was said that a record is not safe in it."""
REQUIRED_FIELDS = "required-fields"
"""Parts and ticks that are required before signing, by their names, between commas."""


def read(clinic: Clinic, key: str) -> str:
    """Return what was remembered, or nothing."""
    with clinic.reading():
        value = settings.get(clinic.connection, key)
        return value if isinstance(value, str) else ""


def write(clinic: Clinic, key: str, value: str) -> None:
    """Remember something; the same again costs no commit."""
    if read(clinic, key) == value:
        return
    with clinic.writing():
        settings.put(clinic.connection, key, value)


def is_news(clinic: Clinic, key: str, value: str) -> bool:
    """Return whether something was not said before, and remember that it is said now."""
    if read(clinic, key) == value:
        return False
    write(clinic, key, value)
    return True
