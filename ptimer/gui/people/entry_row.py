"""One entry of a clinician: what it is, when it was, whether it still holds."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label
from ptimer.operations.clinician_entries import Entry, hours_text, kind_words


class EntryRow(QWidget):
    """An entry as it is read; one that stands can be voided.

    Signals:
        void_wanted(Entry): a person says that it is wrong.
    """

    void_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self._entry: Entry | None = None
        self.title = Label(look, weight=BOLD, wrap=True)
        self.detail = Label(look, pixels=13, color="mute", wrap=True)
        self.state = Label(look, pixels=13, weight=BOLD, wrap=True)
        self.void = Button(look, self.tr("Void…"), kind="small")
        said = QVBoxLayout()
        said.setSpacing(look.px(1))
        for label in (self.title, self.detail, self.state):
            said.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), look.px(6), look.px(10), look.px(6))
        row.setSpacing(look.px(12))
        row.addLayout(said, 1)
        row.addWidget(self.void)
        self.void.clicked.connect(lambda: self.void_wanted.emit(self._entry))

    def show_entry(self, entry: Entry, today: date, *, renewed: bool) -> None:
        """Show an entry; `renewed`: a newer one lasts longer."""
        self._entry = entry
        self.title.say(entry.title)
        parts = [texts.words(kind_words(entry.kind)), texts.written_date(entry.dated)]
        if entry.hours:
            parts.append(self.tr("{0} h").format(hours_text(entry.hours)))
        parts += [part for part in (entry.file_name, entry.note) if part]
        self.detail.say(" · ".join(parts))
        color, words = self._state(entry, today, renewed=renewed)
        self.state.set_color(color)
        self.state.say(words)
        self.state.setVisible(bool(words))
        self.void.setVisible(entry.stands)
        self.void.setAccessibleName(self.tr("Void {0}").format(entry.title))

    def _state(self, entry: Entry, today: date, *, renewed: bool) -> tuple[str, str]:
        if not entry.stands:
            words = self.tr("Void, by {0}: {1}").format(entry.voided_by, entry.void_reason)
            return "mute", words
        if entry.expires_on is None:
            return "mute", ""
        until = texts.written_date(entry.expires_on)
        if renewed:
            return "mute", self.tr("Until {0}; a newer one is recorded").format(until)
        if entry.expires_on < today:
            return "bad", self.tr("Expired on {0}").format(until)
        days = (entry.expires_on - today).days
        return "ok" if days > _SOON else "warn", self.tr("Expires on {0}").format(until)


_SOON = 60
"""Days in which an expiry is near, to the eye."""
