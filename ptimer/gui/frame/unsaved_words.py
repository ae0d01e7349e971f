"""What does the strip of unsaved presses say? What waits, why, where it is kept, what is asked."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.unsaved_presses import UnsavedPresses
from ptimer.operations import unsaved
from ptimer.operations.clinic import Clinic
from ptimer.operations.unsaved import Unsaved
from ptimer.operations.unsaved_recording import Unfit

_MOST_NAMED = 3


@dataclass(frozen=True)
class StripWords:
    """The title, the words below it, and those of the presses; an empty press is not offered."""

    title: str
    text: str
    again: str = ""
    switch: str = ""
    without: str = ""
    save: str = ""


def words_of(waiting: UnsavedPresses, clinic: Clinic, *, locked: bool) -> StripWords | None:
    """Return what is said; None where nothing waits. Of a locked window, no patient."""
    queue = waiting.queue
    if queue.unfit is not None:
        return _asked(queue.unfit, clinic, locked=locked)
    if queue.presses:
        return _waiting(waiting, clinic, locked=locked)
    if waiting.unfit_offer is not None:
        return _asked(waiting.unfit_offer, clinic, locked=locked)
    if queue.offered is not None:
        return _offered(waiting, queue.offered.presses, clinic, locked=locked)
    return None


def _waiting(waiting: UnsavedPresses, clinic: Clinic, *, locked: bool) -> StripWords:
    queue = waiting.queue
    count = len(queue.presses)
    title = _tr("1 press is NOT recorded yet")
    if count != 1:
        title = _tr("{0} presses are NOT recorded yet").format(count)
    why = texts.words(queue.problem.sentence) if queue.problem is not None else ""
    kept = _tr("Until then they are kept in this window alone: save them elsewhere.")
    if queue.file is not None:
        kept = _tr("ptimer tries again by itself, and keeps them in {0}").format(queue.file)
    return StripWords(
        f"{title}: {_named(queue.presses, clinic, locked=locked)}",
        f"{why}. {kept}" if why else kept,
        again=_tr("Try again"),
        save=_tr("Save elsewhere…"),
    )


def _asked(unfit: Unfit, clinic: Clinic, *, locked: bool) -> StripWords:
    press = texts.words(unsaved.told(unfit.press, clinic, named=not locked))
    title = _tr("Not recorded: {0}").format(press)
    if locked:
        return StripWords(title, _tr("It does not fit the record any more. Unlock to see why."))
    ends = ", ".join(
        _tr("{0} of {1}").format(each.code, texts.short(each.patient, 16))
        for each in unfit.blockers
    )
    return StripWords(
        title,
        texts.words(unfit.sentence),
        again=_tr("Try again"),
        switch=_tr("Switch: end {0}").format(ends) if unfit.can_switch else "",
        without=_tr("Do without it"),
        save=_tr("Save elsewhere…"),
    )


def _offered(
    waiting: UnsavedPresses, presses: tuple[Unsaved, ...], clinic: Clinic, *, locked: bool
) -> StripWords:
    title = _tr("1 press was not recorded when ptimer was closed")
    if len(presses) != 1:
        title = _tr("{0} presses were not recorded when ptimer was closed").format(len(presses))
    problem = waiting.offer_problem
    text = _tr("They are recorded at the times at which they were pressed.")
    return StripWords(
        f"{title}: {_named(presses, clinic, locked=locked)}",
        texts.words(problem.sentence) if problem is not None else text,
        again=_tr("Record them"),
        without=_tr("Do without them"),
        save=_tr("Save elsewhere…"),
    )


def _named(presses: "list[Unsaved] | tuple[Unsaved, ...]", clinic: Clinic, *, locked: bool) -> str:
    """Return the first presses in words, and how many more there are."""
    told = [
        texts.words(unsaved.told(press, clinic, named=not locked))
        for press in presses[:_MOST_NAMED]
    ]
    more = len(presses) - len(told)
    if more:
        told.append(_tr("{0} more").format(more))
    return "; ".join(told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("unsaved", text)
