"""What do the mini window's face and its two keys say?"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ptimer.gui.mini.glance import Glance, State, Stopwatch
from ptimer.gui.mini.mini_face import FaceWords


@dataclass(frozen=True)
class KeyWords:
    """What a key says, and what it does in full."""

    words: str
    icon: str
    said: str
    color: str = "ink"


def face_of(glance: Glance) -> FaceWords:
    """Return what the face says besides the time."""
    if glance.state is State.DOUBT:
        return _doubt(glance)
    if glance.running is None:
        return _stopped(glance)
    return _running(glance, glance.running)


def first_key(glance: Glance) -> KeyWords | None:
    """Return what the upper key does: answer, stop or resume; None where there is nothing to."""
    if glance.state is State.DOUBT:
        said = _tr("Answer in ptimer whether the time went on")
        return KeyWords(_tr("Answer"), "warning", said, "warn")
    running = glance.running
    if running is not None:
        said = _tr("Stop {0}").format(running.code)
        if running.patient:
            said = _tr("Stop {0} of {1}").format(running.code, running.patient)
        return KeyWords(_tr("Stop"), "stop", said, "bad")
    if glance.resume is not None:
        said = _tr("Resume {0} of {1}").format(glance.resume.name, glance.resume.patient)
        return KeyWords(_tr("Resume"), "play", said, "accent")
    return None


def second_key(glance: Glance) -> KeyWords | None:
    """Return what the lower key does: show what else may be pressed."""
    if glance.locked or not glance.any_visit or glance.state is State.DOUBT:
        return None
    if glance.running is None:
        return KeyWords(_tr("Start"), "down", _tr("Show the codes of {0}").format(glance.patient))
    return KeyWords(
        _tr("Switch"), "switch", _tr("Show what {0} may switch to").format(glance.patient)
    )


def key_words() -> tuple[str, ...]:
    """Return all words that a key may say."""
    return (_tr("Answer"), _tr("Stop"), _tr("Resume"), _tr("Start"), _tr("Switch"))


def title_of(glance: Glance) -> str:
    """Return the window's title: what runs, never for whom."""
    running = glance.all_running
    if not running:
        return _tr("Nothing runs · ptimer")
    more = f" +{len(running) - 1}" if len(running) > 1 else ""
    return _tr("{0} runs · ptimer").format(running[0].code + more)


def _running(glance: Glance, running: Stopwatch) -> FaceWords:
    left, right = "", ""
    if glance.waits:
        left = _tr("NOT recorded yet")
    elif glance.locked:
        left = _tr("Patient ids are hidden")
    elif glance.next_unit is not None:
        left = _tr("next unit at {0} min").format(glance.next_unit.at)
        right = _tr("{0} min to go").format(glance.next_unit.to_go)
    else:
        left = _tr("{0} min timed").format(glance.timed_minutes)
    patient = _tr("locked") if glance.locked else _with_group(running)
    said = _tr("{0} runs").format(running.code)
    if running.patient:
        said = _tr("{0} runs for {1}").format(running.code, patient)
    return _face(glance, State.RUNNING, running.code, patient, (left, right), said)


def _stopped(glance: Glance) -> FaceWords:
    resume = glance.resume
    if glance.locked:
        words = (_tr("Patient ids are hidden"), "")
        title = _tr("Nothing runs")
        return _face(glance, State.STOPPED, title, _tr("locked"), words, title)
    if not glance.any_visit:
        title = _tr("No visit yet")
        words = (_tr("Press here to open ptimer"), "")
        return _face(glance, State.STOPPED, title, "", words, title)
    title = _tr("Nothing runs")
    if glance.others:
        title = _tr("Stopped") if resume else _tr("Not started")
    left = _tr("Press a code to start")
    if resume is not None and resume.patient == glance.patient:
        left = _tr("{0} stopped last").format(resume.name)
    elif resume is not None:
        left = _tr("{0} of {1} stopped last").format(resume.name, resume.patient)
    if glance.waits:
        left = _tr("NOT recorded yet")
    return _face(glance, State.STOPPED, title, glance.patient, (left, ""), title)


def _doubt(glance: Glance) -> FaceWords:
    title = glance.running.code if glance.running else _tr("In doubt")
    said = _tr("{0} of {1} is in doubt: ptimer asks").format(title, glance.patient)
    words = (_tr("In doubt: ptimer asks"), "")
    return _face(glance, State.DOUBT, title, glance.patient, words, said)


def _face(
    glance: Glance, state: State, title: str, patient: str, lines: tuple[str, str], said: str
) -> FaceWords:
    parts = [said, glance.unit_word, *lines]
    if patient and patient not in said:
        parts.insert(1, patient)
    spoken = ", ".join(part for part in parts if part)
    return FaceWords(
        state,
        title,
        patient,
        glance.units,
        glance.unit_word,
        *lines,
        spoken=_tr("{0}. A press goes back to ptimer").format(spoken),
    )


def _with_group(running: Stopwatch) -> str:
    """Return whose it is; of a group, how many more."""
    if running.patients == 1:
        return running.patient
    return _tr("{0} +{1}").format(running.patient, running.patients - 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("mini", text)
