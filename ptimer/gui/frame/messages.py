"""What does the bar under the header say of a refusal, a problem, an offer or a warning?"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.frame.message_bar import Action, Message
from ptimer.gui.presses import Offer, RefusedPress
from ptimer.operations.errors import Busy, Problem
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
        actions.append(Action(words, lambda: desk.switch(refused), primary=True, icon="switch"))
    return Message(
        title=texts.words(refusal.sentence),
        text=_tr("{0} did not start. Source: {1}").format(
            refused.wish.code, texts.core(refusal.source)
        ),
        why=f"{refusal.rule}: {texts.core(refusal.source)}" if refusal.source else "",
        actions=tuple(actions),
    )


def of_problem(problem: Problem) -> Message:
    """Return what to say of something that was not done; what was not recorded stays on."""
    lost = isinstance(problem, Busy)
    return Message(
        title=_tr("Not recorded") if lost else _tr("Not done"),
        text=texts.words(problem.sentence),
        why=texts.core(problem.source),
        stays=lost,
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


def of_warnings(sentences: Sequence[Sentence]) -> Message:
    """Return what to say besides what was done."""
    return Message(title="\n".join(texts.words(each) for each in sentences), kind="warn")


def _name(code: str, label: str) -> str:
    return texts.core(label) if not any(c.isdigit() for c in code) else code


def _tr(text: str) -> str:
    return QCoreApplication.translate("messages", text)
