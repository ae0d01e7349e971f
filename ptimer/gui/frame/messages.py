"""What does the bar under the header say of a refusal, a problem, an offer or a warning?"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.frame.message_bar import ENTER, Action, Message
from ptimer.gui.presses import Offer, RefusedPress
from ptimer.operations import explaining
from ptimer.operations.errors import Busy, Problem
from ptimer.operations.recording import Pressed
from ptimer.wording import Sentence


def of_refusal(refused: RefusedPress, desk: Desk) -> Message:
    """Return what to say of a press that a rule refused, with the switch if there is one."""
    refusal = refused.refusal
    blockers = refusal.blockers
    actions: list[Action] = []
    if blockers and all(blocker.running for blocker in blockers):
        ends = ", ".join(
            _tr("{0} of {1}").format(b.code, texts.short(b.patient, 16)) for b in blockers
        )
        words = _tr("Switch: end {0}").format(ends)
        switch = partial(desk.switch, refused)
        actions.append(Action(words, switch, primary=True, icon="switch", key=ENTER))
    return Message(
        title=texts.words(refusal.sentence),
        text=_tr("{0} did not start. Source: {1}").format(
            refused.wish.code, texts.core(refusal.source)
        )
        if refusal.source
        else _tr("{0} did not start.").format(refused.wish.code),
        why=explaining.of_problem(refusal),
        actions=tuple(actions),
    )


def of_problem(problem: Problem) -> Message:
    """Return what to say of something that was not done; what was not recorded stays on."""
    lost = isinstance(problem, Busy)
    return Message(
        title=_tr("Not recorded") if lost else _tr("Not done"),
        text=texts.words(problem.sentence),
        why=explaining.of_problem(problem),
        stays=lost,
    )


def of_danger(problem: Problem) -> Message:
    """Return what to say where nothing can be recorded, and no press was lost by it yet."""
    kept = _tr("What is pressed now is kept, and recorded as soon as that can be done.")
    return Message(
        title=_tr("Nothing can be recorded now"),
        text=f"{texts.words(problem.sentence)}. {kept}",
        why=explaining.of_problem(problem),
        kind="warn",
        stays=True,
    )


def of_offer(offer: Offer, desk: Desk) -> Message:
    """Return what to offer after a press: codes that may follow."""
    books = desk.clinic.rulebook.codes
    actions = tuple(
        Action(_name(code.code, code.label), partial(desk.press, code.code))
        for code in (books[number] for number in offer.codes)
    )
    if offer.because == "set-up":
        return Message(
            title=_tr("{0} runs").format(offer.after),
            text=_tr("Placing pads is set-up and not billable. Is it set-up, or attended?"),
            kind="info",
            actions=actions,
        )
    return Message(
        title=_tr("{0} ended: supervision level").format(offer.after),
        text=_tr("What goes on? Another one-on-one code only if skilled contact does."),
        kind="info",
        actions=actions,
    )


def of_stop(pressed: Pressed, desk: Desk) -> Message:
    """Return what to say after a stop: what stopped, and the way back."""
    codes = ", ".join(dict.fromkeys(each.code for each in pressed.ended))
    patients = tuple(dict.fromkeys(each.patient for each in pressed.ended))
    whose = texts.short(patients[0], 20) if len(patients) == 1 else str(len(patients))
    words = _tr("{0} of {1} stopped") if len(patients) == 1 else _tr("{0} of {1} patients stopped")
    undo = Action(_tr("Undo stop"), partial(desk.undo, pressed.press_id), icon="switch")
    return Message(
        title=words.format(codes, whose),
        text=_tr("Undo stop lets it run on as if it had never been stopped; so does Ctrl+Z."),
        kind="info",
        actions=(undo,),
    )


def of_late_start(pressed: Pressed, desk: Desk) -> Message:
    """Return what to say once something began earlier than it was pressed."""
    times = texts.Times(desk.clinic.clock.zone)
    started = pressed.started[0]
    title = _tr("{0} began at {1}").format(started.code, times.time(started.started_at))
    ended = ", ".join(each.code for each in pressed.ended)
    text = _tr("{0} ended then.").format(ended) if ended else ""
    undo = Action(_tr("Undo"), partial(desk.undo, pressed.press_id))
    return Message(title=title, text=text, kind="info", actions=(undo,))


def of_nothing_to_take_back() -> Message:
    """Return what to say where no press can be taken back."""
    return Message(
        title=_tr("Nothing to take back"),
        text=_tr("Only presses of this window can be, since it was opened. Else use Edit times."),
        kind="info",
    )


def of_warnings(sentences: Sequence[Sentence]) -> Message:
    """Return what to say besides what was done."""
    return Message(title="\n".join(texts.words(each) for each in sentences), kind="warn")


def _name(code: str, label: str) -> str:
    return texts.core(label) if not any(c.isdigit() for c in code) else code


def _tr(text: str) -> str:
    return QCoreApplication.translate("messages", text)
