"""Which settings are there, and what does each mean? One list.

The page, the checks and the README's table are made of it.
"""

import re
from pathlib import Path

from ptimer.billing.skilled_fields import BRIEF, TICKS_BRIEF
from ptimer.operations import defaults, note_text, preferences
from ptimer.operations.errors import shown
from ptimer.operations.setting_kinds import Kind, Section, Setting
from ptimer.wording import Sentence, say


def _place_complaint(text: str) -> Sentence | None:
    if not text or re.fullmatch(r"[0-9]{2}", text):
        return None
    return say("{text} is no place of service: two digits, or nothing", text=shown(text))


def _time_complaint(text: str) -> Sentence | None:
    if not text or re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        return None
    return say("{text} is no time of day: type it as 18:00, or nothing", text=shown(text))


def _folder_complaint(text: str) -> Sentence | None:
    if not text or Path(text).is_absolute():
        return None
    return say("{text} is no whole path of a folder: type all of it, or nothing", text=shown(text))


PLACE_OF_SERVICE = Setting(
    "place-of-service",
    Section.CLINIC,
    Kind.TEXT,
    "Place of service",
    "Two digits for every line of the biller's file; nothing leaves the column empty.",
    "",
    complaint=_place_complaint,
)
CLOSING_TIME = Setting(
    "closing-time",
    Section.CLINIC,
    Kind.TEXT,
    "Closing time",
    "After it, what still runs is pointed out, once. Nothing: never.",
    "",
    complaint=_time_complaint,
)
SUPERVISOR_REQUIRED = Setting(
    defaults.SUPERVISOR_REQUIRED,
    Section.CLINIC,
    Kind.SWITCH,
    "Supervising therapist required",
    "No visit is signed before a therapist is named who supervised its assistants.",
    default=False,
)
REMIND_UNIT = Setting(
    "remind-unit",
    Section.REMINDERS,
    Kind.SWITCH,
    "Two minutes before a unit",
    "Says that the next unit is near while a timed code runs.",
    default=False,
)
REMIND_HOUR = Setting(
    "remind-hour",
    Section.REMINDERS,
    Kind.SWITCH,
    "60 minutes of a code",
    "Says once that a timed code has an hour in a visit and still runs.",
    default=True,
)
REMIND_NOTHING = Setting(
    "remind-nothing",
    Section.REMINDERS,
    Kind.SWITCH,
    "Nothing runs in an open visit",
    "Says so once, after the minutes below; never before a first code or after the departure.",
    default=True,
)
REMIND_NOTHING_MINUTES = Setting(
    "remind-nothing-minutes",
    Section.REMINDERS,
    Kind.NUMBER,
    "Minutes until it says that nothing runs",
    "Whole minutes since the last stop.",
    10,
    least=1,
    most=240,
)
ASK_LENGTH = Setting(
    "ask-length",
    Section.REMINDERS,
    Kind.NUMBER,
    "Minutes until it asks whether a stopwatch was forgotten",
    "Without a break. It asks with the likely end, and cuts nothing by itself.",
    120,
    least=15,
    most=720,
)
REMIND_CLOSING = Setting(
    "remind-closing",
    Section.REMINDERS,
    Kind.SWITCH,
    "Still running after closing time",
    "Needs a closing time.",
    default=True,
)
REMIND_EXPIRY = Setting(
    "remind-expiry",
    Section.REMINDERS,
    Kind.SWITCH,
    "Licences and certificates that expire",
    "Says so once a day, from the days below on, until a newer one is recorded.",
    default=True,
)
REMIND_EXPIRY_DAYS = Setting(
    "remind-expiry-days",
    Section.REMINDERS,
    Kind.NUMBER,
    "Days before they expire",
    "Whole days.",
    60,
    least=1,
    most=365,
)
NOTE_VISIT = Setting(
    "note-visit",
    Section.NOTE,
    Kind.TEXT,
    "Words for a visit",
    "What Copy note text copies. It knows {timed}, {total}, {codes}, {in}, {out}, {units}.",
    note_text.VISIT,
    complaint=note_text.complaint_of_visit,
    long=True,
)
NOTE_CODE = Setting(
    "note-code",
    Section.NOTE,
    Kind.TEXT,
    "Words for each code",
    "Stands where {codes} is. It knows {code}, {label}, {minutes}, {units}.",
    note_text.CODE,
    complaint=note_text.complaint_of_code,
    long=True,
)
BACKUP_FOLDER = Setting(
    "backup-folder",
    Section.BACKUPS,
    Kind.TEXT,
    "Second folder",
    "Each backup is copied there, too: another drive, a network folder. Nothing: nowhere else.",
    "",
    complaint=_folder_complaint,
    long=True,
)
BACKUP_HOURS = Setting(
    "backup-hours",
    Section.BACKUPS,
    Kind.NUMBER,
    "Hourly backups that are kept",
    "The last one of each hour that has one.",
    24,
    least=1,
    most=240,
)
BACKUP_DAYS = Setting(
    "backup-days",
    Section.BACKUPS,
    Kind.NUMBER,
    "Daily backups that are kept",
    "The last one of each day that has one.",
    31,
    least=1,
    most=366,
)
BACKUP_YEARS = Setting(
    "backup-years",
    Section.BACKUPS,
    Kind.NUMBER,
    "Years of monthly backups",
    "The last one of each month. Ask how long your state and payers want records kept.",
    7,
    least=1,
    most=30,
)
REQUIRED_FIELDS = Setting(
    preferences.REQUIRED_FIELDS,
    Section.CLINIC,
    Kind.SEVERAL,
    "Required before signing",
    "Of each one-on-one code, and in the chart. What is not chosen may stay empty.",
    "",
    choices=(
        *((part.value, words) for part, words in BRIEF.items()),
        *((tick.value, words) for tick, words in TICKS_BRIEF.items()),
    ),
)
COLOURS = Setting(
    preferences.COLOURS,
    Section.LOOK,
    Kind.CHOICE,
    "Colours",
    "As the system's, or always the same.",
    "system",
    choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
)
SIZE = Setting(
    preferences.SIZE,
    Section.LOOK,
    Kind.CHOICE,
    "Size",
    "Of all words and cards.",
    "system",
    choices=(("system", "As the system"), *((size, f"{size} %") for size in preferences.SIZES)),
)

LANGUAGE = Setting(
    preferences.LANGUAGE,
    Section.LOOK,
    Kind.CHOICE,
    "Language",
    "Of the window; files and the command line stay English.",
    "system",
    choices=(("system", "As the system"), ("en", "English"), ("es", "Español")),
)

SETTINGS = (
    PLACE_OF_SERVICE,
    CLOSING_TIME,
    REQUIRED_FIELDS,
    SUPERVISOR_REQUIRED,
    REMIND_UNIT,
    REMIND_HOUR,
    REMIND_NOTHING,
    REMIND_NOTHING_MINUTES,
    ASK_LENGTH,
    REMIND_CLOSING,
    REMIND_EXPIRY,
    REMIND_EXPIRY_DAYS,
    NOTE_VISIT,
    NOTE_CODE,
    BACKUP_FOLDER,
    BACKUP_HOURS,
    BACKUP_DAYS,
    BACKUP_YEARS,
    COLOURS,
    SIZE,
    LANGUAGE,
)
"""In the order of the page."""
