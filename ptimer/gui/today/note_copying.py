"""What a visit comes to, in the words of a note, goes to the clipboard for the practice system."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.frame.message_bar import Message
from ptimer.operations import clinic_settings, note_text, setting_values
from ptimer.operations.visit_view import VisitView


def copy_note(desk: Desk, view: VisitView | None) -> bool:
    """Copy a visit's note and say so, or say why not; return whether it was copied."""
    problem = _problem(view)
    if view is None or problem is not None:
        desk.told.emit(Message(_tr("No note text copied"), problem or "", kind="warn"))
        return False
    words = desk.attempt(setting_values.read_all, refresh=False)
    if words is None:
        return False
    visit_words = str(words[clinic_settings.NOTE_VISIT.key])
    code_words = str(words[clinic_settings.NOTE_CODE.key])
    note = note_text.note_of(view.at(desk.now()), visit_words, code_words)
    QGuiApplication.clipboard().setText(note)
    title = _tr("Note text of {0} copied").format(texts.short(view.visit.patient, 20))
    desk.told.emit(Message(title, note, kind="info"))
    return True


def _problem(view: VisitView | None) -> str | None:
    if view is None:
        return _tr("No visit is looked at.")
    if view.in_doubt:
        doubtful = next(s.code for s in view.record.segments if s.id in view.record.doubts)
        return _tr("{0} is in doubt: answer first whether it went on.").format(doubtful)
    if not view.record.segments:
        return _tr("Nothing is timed yet.")
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("note", text)
