"""The forms in which what a clinician learnt is recorded, and a wrong entry is voided."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui import texts
from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import Label
from ptimer.operations import clinician_entries
from ptimer.operations.clinician_entries import Entry, Kind, NewEntry, kind_words


class EntryForm(BookForm):
    """Asks what it is, when it was, and until when it holds."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form; it is nobody's before `show_clinician`."""
        super().__init__(look, desk, parent)
        self._clinician = ""
        self.kind = Choice(look, self.tr("Kind of entry"))
        for kind in Kind:
            self.kind.addItem(texts.words(kind_words(kind)), kind.value)
        self.name = Field(look, self.tr("What it is"), hint=self.tr("course, degree, licence"))
        self.dated = Field(look, self.tr("Date"), hint="2026-03-02")
        self.expires = Field(look, self.tr("Expires on"), hint=self.tr("no end"))
        self.hours = Field(look, self.tr("Hours"), hint=self.tr("such as 1.5"))
        self.file_name = Field(look, self.tr("File name of the proof"), hint="gait.pdf")
        self.note = Field(look, self.tr("Note on the entry"))
        self._fields = (
            *(self.name, self.dated, self.expires),
            *(self.hours, self.file_name, self.note),
        )
        self._arrange()

    def show_clinician(self, name: str) -> None:
        """Ask about a clinician; what is half typed for the same one stays."""
        self.title.say(self.tr("Record an entry of {0}").format(texts.short(name, 28)))
        if name != self._clinician:
            self._clinician = name
            self.start_anew()

    def start_anew(self) -> None:
        """Forget what is half typed."""
        for field in self._fields:
            field.clear()
            field.mark_wrong(False)
        self.complaint.say("")

    @property
    def half_typed(self) -> bool:
        """Whether something is typed that is not recorded."""
        return any(field.text().strip() for field in self._fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the window: Escape first forgets what is typed, then goes back."""
        event.ignore()

    def keep(self) -> None:
        """Record the entry."""
        wanted = NewEntry(
            clinician=self._clinician,
            title=self.name.text(),
            dated=self.dated.text(),
            kind=Kind(self.kind.currentData()),
            expires_on=self.expires.text(),
            hours=self.hours.text(),
            file_name=self.file_name.text(),
            note=self.note.text(),
        )
        made = self.attempt(lambda clinic: clinician_entries.add(clinic, wanted))
        for field in (self.name, self.dated):
            field.mark_wrong(made is None and not field.text().strip())
        if made is not None:
            self.start_anew()
            self.made.emit(made.title)

    def _arrange(self) -> None:
        self.ask(self.tr("Kind of entry"), self.kind)
        for words, field in (
            (self.tr("What it is"), self.name),
            (self.tr("Date: done or issued"), self.dated),
            (self.tr("Expires on"), self.expires),
            (self.tr("Hours"), self.hours),
            (self.tr("File name of the proof"), self.file_name),
            (self.tr("Note on the entry"), self.note),
        ):
            self.ask(words, field)
            field.returnPressed.connect(self.keep)
        self.kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.column.addWidget(self.complaint)
        self.save.set_words(self.tr("Record it"))
        self.save.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.column.addWidget(self.save)
        self.why.hide()
        self.cancel.hide()


class VoidForm(BookForm):
    """Asks why an entry is wrong; it stays readable, and counts no more."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(look, desk, parent)
        self._entry_id = ""
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        self.about.setIndent(look.px(SIDE))
        self.column.addWidget(self.about)
        self.why.setAccessibleName(self.tr("Why this entry is wrong"))
        self.end_with_why(self.tr("Why: kept with it"), ())
        self.save.set_words(self.tr("Void it"))

    def open_for(self, entry: Entry) -> None:
        """Ask about an entry."""
        self._entry_id = entry.id
        self.title.say(self.tr("Void {0}").format(texts.short(entry.title, 40)))
        self.about.say(self.tr("It stays readable, is marked as void, and counts no more."))
        self.why.clear()
        self.why.mark_wrong(False)
        self.complaint.say("")
        self.show()
        self.why.setFocus()

    def keep(self) -> None:
        """Void the entry."""
        entry_id, why = self._entry_id, self.why.text()
        done = self.attempt(lambda clinic: clinician_entries.void(clinic, entry_id, why))
        self.why.mark_wrong(done is None)
        if done is not None:
            self.made.emit(done.title)
