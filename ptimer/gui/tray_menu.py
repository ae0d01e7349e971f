"""What do the tray icon's tooltip and menu say?"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.mini.glance import Glance, State, Stopwatch, glance_of, other_cards
from ptimer.operations.cards import Mood, apart_codes
from ptimer.timing.clock import MINUTE, Instant


class Does(StrEnum):
    """What an entry of the menu does."""

    NOTHING = ""
    """It only says something."""
    LINE = "line"
    STOP = "stop"
    PRESS = "press"
    RESUME = "resume"
    ANSWER = "answer"
    SHOW = "show"
    MINI = "mini"
    LOCK = "lock"
    QUIT = "quit"


@dataclass(frozen=True)
class Entry:
    """A line of the menu; `what` is the segment or the code that it is about."""

    words: str
    does: Does = Does.NOTHING
    what: str = ""


@dataclass(frozen=True)
class TrayFacts:
    """All that the tray icon shows."""

    state: State
    tip: str
    entries: tuple[Entry, ...]


def facts_of(desk: Desk, now: Instant, *, locked: bool) -> TrayFacts:
    """Return what the tray icon shows at a moment; times in minutes, so that it is seldom told."""
    glance = glance_of(desk, now, locked=locked)
    state = glance.state
    if state is State.STOPPED and glance.others:
        state = State.RUNNING
    groups = [_running(glance, now), _presses(desk, glance), _window(locked=locked)]
    entries: list[Entry] = []
    for group in groups:
        if entries and group:
            entries.append(Entry("", Does.LINE))
        entries += group
    return TrayFacts(state, _tip(glance, now), tuple(entries))


def _tip(glance: Glance, now: Instant) -> str:
    if glance.state is State.DOUBT:
        return _tr("ptimer asks: {0} is in doubt").format(glance.patient)
    running = glance.all_running
    if not running:
        return _tr("ptimer: nothing runs")
    lines = [_line(each, now) for each in running]
    if glance.running is not None and glance.unit_word:
        lines[0] += f" · {glance.unit_word}"
    return "\n".join(lines)


def _line(stopwatch: Stopwatch, now: Instant) -> str:
    minutes = _tr("{0} min").format(stopwatch.milliseconds(now) // MINUTE)
    parts = [stopwatch.code, stopwatch.patient, minutes]
    if stopwatch.in_doubt:
        parts.append(_tr("in doubt"))
    return " · ".join(part for part in parts if part)


def _running(glance: Glance, now: Instant) -> list[Entry]:
    """Return what runs, each with its stop; what is in doubt is answered first."""
    if not glance.all_running and glance.state is not State.DOUBT:
        return [Entry(_tr("Nothing runs"))]
    entries = [Entry(_line(each, now)) for each in glance.all_running]
    if glance.state is State.DOUBT:
        entries.append(Entry(_tr("Answer whether the time went on…"), Does.ANSWER))
    for each in glance.all_running:
        if glance.locked or not each.in_doubt:
            words = _tr("Stop {0}").format(each.code)
            if each.patient:
                words = _tr("Stop {0} of {1}").format(each.code, each.patient)
            entries.append(Entry(words, Does.STOP, each.segment_id))
    return entries


def _presses(desk: Desk, glance: Glance) -> list[Entry]:
    """Return what may be resumed, and the other codes of the visit."""
    if glance.locked or glance.state is State.DOUBT:
        return []
    entries = []
    resume = glance.resume
    if resume is not None and not glance.others:
        words = _tr("Resume {0} of {1}").format(resume.name, resume.patient)
        entries.append(Entry(words, Does.RESUME))
    for _, card in other_cards(desk):
        if card.mood is Mood.CLOSED:
            continue
        verb = _tr("Switch to {0}") if card.mood is Mood.SWITCHES else _tr("Start {0}")
        label = texts.core(card.label)
        name = label if card.code in apart_codes() else f"{card.code} {label}"
        words = verb.format(name)
        if card.mood is Mood.ASKS and card.reason is not None:
            words = f"{words} ({texts.words(card.reason)})"
        entries.append(Entry(words, Does.PRESS, card.code))
    if entries and glance.patient:
        entries.insert(0, Entry(glance.patient))
    return entries


def _window(*, locked: bool) -> list[Entry]:
    entries = [Entry(_tr("Show ptimer"), Does.SHOW), Entry(_tr("Mini window"), Does.MINI)]
    if not locked:
        entries.append(Entry(_tr("Lock"), Does.LOCK))
    entries.append(Entry(_tr("Quit ptimer"), Does.QUIT))
    return entries


def _tr(text: str) -> str:
    return QCoreApplication.translate("tray", text)
