"""Which keys does the window know? One list: the shortcuts and the sheet are made of it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from ptimer.gui.frame.window_keys import MINI_KEY

STOPWATCHES = "Stopwatches"
VISITS = "Visits"
TIMES = "Times"
DAY = "Day"
CODES = "Codes & rules"
EVERYWHERE = "Everywhere"

GROUPS = (STOPWATCHES, VISITS, TIMES, DAY, CODES, EVERYWHERE)
"""In the order of the sheet."""

RANGE = "…"
"""Between the first and the last of several keys, as in `1…9`."""


@dataclass(frozen=True)
class Key:
    """One key, what it does, and where; `sequence` is as `QKeySequence` reads it."""

    sequence: str
    words: str
    group: str

    @property
    def shown(self) -> str:
        """The key as it is written on this system's keyboards."""
        first, range_, last = self.sequence.partition(RANGE)
        if range_ and "+" in first:
            native = QKeySequence(first).toString(QKeySequence.SequenceFormat.NativeText)
            return f"{native}{range_}{last}"
        if range_ or "+" not in self.sequence[:-1]:
            return QCoreApplication.translate("keys", self.sequence)
        return QKeySequence(self.sequence).toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def said(self) -> str:
        """What it does, in the person's language."""
        return QCoreApplication.translate("keys", self.words)


CARDS = Key("1…9", "Press a code card, in their order", STOPWATCHES)
REST = Key("R", "Rest", STOPWATCHES)
NOT_BILLABLE = Key("N", "Not billable", STOPWATCHES)
SUPERVISION = Key("S", "Supervision level", STOPWATCHES)
BEGAN = Key("B", "What runs began earlier", STOPWATCHES)
SPACE = Key("Space", "Stop what started last, or resume it", STOPWATCHES)
SWITCH = Key("Enter", "Switch, after a refusal", STOPWATCHES)
TREATS = Key("A", "Therapist, assistant, or both treat", STOPWATCHES)
ADD_CODE = Key("+", "Add a code", STOPWATCHES)
UNDO = Key("Ctrl+Z", "Take the last press back", STOPWATCHES)
PLAN = Key("P", "Plan", VISITS)
MARK = Key("M", "Cancelled, no-show, stopped early", VISITS)
NEW_VISIT = Key("Ctrl+N", "New visit", VISITS)
VISIT_ABOVE = Key("Up", "The visit above, in the list", VISITS)
VISIT_BELOW = Key("Down", "The visit below, in the list", VISITS)
WHY = Key("W", "Why these units and modifiers", VISITS)
COPY_NOTE = Key("Ctrl+Shift+C", "Copy the visit's note text", VISITS)
EDIT_TIMES = Key("E", "Edit times", TIMES)
CHOOSE_TIME = Key("Left…Right", "Choose a time, on the timeline", TIMES)
MOVE_END = Key("Shift+Left…Right", "Move its end by a minute", TIMES)
MOVE_START = Key("Ctrl+Shift+Left…Right", "Move its start by a minute", TIMES)
OPEN_TIME = Key("Return", "Open it; once moved, say why", TIMES)
LARGER = Key("Ctrl++", "Draw the timeline larger", TIMES)
SMALLER = Key("Ctrl+-", "Draw the timeline smaller", TIMES)
DRAW_ALL = Key("Ctrl+0", "Draw all of the visit", TIMES)
NEXT_EMPTY = Key("Ctrl+D", "The next empty field, before signing", TIMES)
SIGN = Key("Ctrl+Enter", "Sign, once nothing is missing", TIMES)
ANSWERS = Key("1…4", "Answer whether a time went on", TIMES)
DAY_BEFORE = Key("Alt+Left", "The day before", DAY)
DAY_AFTER = Key("Alt+Right", "The day after", DAY)
EXPORT = Key("Ctrl+E", "Export for the biller", DAY)
PRINT = Key("Ctrl+P", "Print the day, or save it as PDF", DAY)
SAVE = Key("Ctrl+S", "Save the lines of the export", DAY)
SEARCH = Key("Ctrl+F", "Search the codes, or the history", CODES)
ESCAPE = Key("Esc", "Close what is open", EVERYWHERE)
SHEET = Key("F1", "Show these keys", EVERYWHERE)
SHEET_TOO = Key("?", "Show these keys, too", EVERYWHERE)
MINI = Key(MINI_KEY, "Mini window, and back", EVERYWHERE)
LOCK = Key("Ctrl+L", "Lock: patient ids vanish", EVERYWHERE)

KEYS = (
    CARDS,
    REST,
    NOT_BILLABLE,
    SUPERVISION,
    BEGAN,
    SPACE,
    SWITCH,
    TREATS,
    ADD_CODE,
    UNDO,
    NEW_VISIT,
    MARK,
    PLAN,
    VISIT_ABOVE,
    VISIT_BELOW,
    WHY,
    COPY_NOTE,
    EDIT_TIMES,
    CHOOSE_TIME,
    MOVE_END,
    MOVE_START,
    OPEN_TIME,
    LARGER,
    SMALLER,
    DRAW_ALL,
    NEXT_EMPTY,
    SIGN,
    ANSWERS,
    DAY_BEFORE,
    DAY_AFTER,
    EXPORT,
    PRINT,
    SAVE,
    SEARCH,
    ESCAPE,
    SHEET,
    SHEET_TOO,
    MINI,
    LOCK,
)


def group_said(group: str) -> str:
    """Return the name of a group in the person's language."""
    return QCoreApplication.translate("keys", group)
