"""The clinicians' page: education, training, licences, what expires, and the file for an audit."""

from pathlib import Path

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.export.file_dialog import ask_file, folder_to_offer
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.look import BOLD, Look
from ptimer.gui.people.entry_forms import EntryForm, VoidForm
from ptimer.gui.people.entry_row import EntryRow
from ptimer.gui.texts import Label, Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import clinician_entries, clinician_files, preferences
from ptimer.operations.clinician_entries import Entry, Standing, hours_text
from ptimer.timing.clock import Instant

_FILE_NAME = "clinicians.csv"
_SHOWN = 200
"""Letters of the widest name that the choice has room for."""


class CliniciansScreen(QObject):
    """Entries in the centre, the form to record one at the right."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the two columns; `ask_file` is what asks where the audit's file goes."""
        super().__init__()
        del times, today
        self.look = look
        self.desk = desk
        self.ask_file = ask_file
        self._every: tuple[Standing, ...] = ()
        self.who = Choice(look, self.tr("Clinician"))
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        self.nothing = Label(look, self.tr("Nothing is recorded yet."), pixels=13, color="mute")
        self.export = Button(look, self.tr("File for an audit…"))
        self.back = Button(look, self.tr("Back"), key="Esc")
        self.rows: list[EntryRow] = []
        self.form = EntryForm(look, desk)
        self.void_form = VoidForm(look, desk)
        self._list = QVBoxLayout()
        self.left: QWidget | None = None
        self.centre: QWidget = scrolled(look, self._page())
        self._area = scrolled(look, self._side())
        self.right: QWidget | None = self._area
        self._connect()

    def enter(self) -> None:
        """Show who is at the desk, the keyboard where something is to be typed."""
        self.refresh()
        place = self.who.findData(self.desk.who.clinician)
        if place >= 0:
            self.who.setCurrentIndex(place)
        self._show()
        self.form.name.setFocus()

    def refresh(self) -> None:
        """Show what is recorded now; who is looked at stays."""
        found = self.desk.attempt(clinician_entries.everyone, refresh=False)
        if found is None:
            return
        self._every = found
        chosen = self.who.currentData()
        names = [each.clinician.name for each in found]
        with QSignalBlocker(self.who):
            self.who.clear()
            for name in names:
                self.who.addItem(name, name)
            self.who.setCurrentIndex(names.index(chosen) if chosen in names else 0)
        self._show()

    def tick(self, now: Instant) -> None:
        """Do nothing: what expires, expires by the day."""

    def close_typed(self) -> bool:
        """Close the form for voiding, or forget what is half typed; return whether there was."""
        if not self.void_form.isHidden():
            self._close_void()
            return True
        typed = self.form.half_typed
        self.form.start_anew()
        return typed

    def leave(self) -> None:
        """Forget what is half typed, and let the keyboard go."""
        self._close_void()
        self.form.start_anew()
        leave_to_window(self.centre)
        leave_to_window(self._area)

    # -- showing -------------------------------------------------------------------------------

    def _show(self) -> None:
        each = self._shown
        self.nothing.setVisible(each is None or not each.entries)
        self.form.setVisible(each is not None and self.void_form.isHidden())
        if each is None:
            self.about.say("")
            self._show_entries(())
            return
        self.form.show_clinician(each.clinician.name)
        self.about.say(self._about(each))
        self._show_entries(each.entries)

    @property
    def _shown(self) -> Standing | None:
        name = self.who.currentData()
        return next((each for each in self._every if each.clinician.name == name), None)

    def _about(self, each: Standing) -> str:
        who = each.clinician
        parts = [
            who.credentials or self.tr("no credentials yet"),
            self.tr("NPI {0}").format(who.npi) if who.npi else self.tr("no NPI yet"),
            who.discipline,
        ]
        if each.hours:
            parts.append(self.tr("{0} h in all").format(hours_text(each.hours)))
        return " · ".join(part for part in parts if part)

    def _show_entries(self, entries: tuple[Entry, ...]) -> None:
        while len(self.rows) < len(entries):
            row = EntryRow(self.look)
            row.void_wanted.connect(self._open_void)
            self.rows.append(row)
            self._list.addWidget(row)
        today = self.desk.today.date
        in_force = {entry.id for entry in clinician_entries.in_force(entries)}
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(entries))
            if place < len(entries):
                entry = entries[place]
                row.show_entry(entry, today, renewed=entry.stands and entry.id not in in_force)

    # -- presses -------------------------------------------------------------------------------

    def _open_void(self, entry: Entry) -> None:
        self.form.hide()
        self.void_form.open_for(entry)

    def _close_void(self) -> None:
        self.void_form.hide()
        self.form.setVisible(self._shown is not None)

    def _voided(self) -> None:
        self._close_void()
        self.form.name.setFocus()

    def _choose(self) -> None:
        self._close_void()
        self._show()

    def _export(self) -> None:
        last = self.desk.attempt(
            lambda clinic: preferences.read(clinic, preferences.LAST_FOLDER), refresh=False
        )
        suggested = folder_to_offer(last or "") / _FILE_NAME
        path = self.ask_file(
            self.centre.window(), self.tr("File for an audit"), suggested, "CSV (*.csv)"
        )
        if path is not None:
            self._write(path)

    def _write(self, path: Path) -> None:
        rows = self.desk.attempt(
            lambda clinic: clinician_files.write(clinic, path, bom=True), refresh=False
        )
        if rows is not None:
            words = self.tr("{0} is written").format(texts.short(path.name, 40))
            count = self.tr("Rows: {0}").format(rows)
            self.desk.told.emit(Message(words, f"{count} · {path.parent}", kind="info"))

    # -- making --------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        look = self.look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(14))
        column.setSpacing(look.px(6))
        head = QHBoxLayout()
        title = Label(look, self.tr("Education & licences"), pixels=20, weight=BOLD)
        head.addWidget(title, 1)
        head.addWidget(self.back)
        column.addLayout(head)
        choose = QHBoxLayout()
        self.who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.who.setMaximumWidth(look.px(_SHOWN + 120))
        choose.addWidget(self.who)
        choose.addStretch()
        choose.addWidget(self.export)
        column.addLayout(choose)
        column.addWidget(self.about)
        box = Box(look)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, look.px(6), 0, look.px(6))
        inside.setSpacing(0)
        self.nothing.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        inside.addWidget(self.nothing)
        inside.addLayout(self._list)
        column.addWidget(box)
        column.addStretch()
        return page

    def _side(self) -> QWidget:
        look = self.look
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(look.px(14), look.px(14), look.px(14), look.px(14))
        column.addWidget(self.form)
        column.addWidget(self.void_form)
        column.addStretch()
        self.void_form.hide()
        return side

    def _connect(self) -> None:
        self.who.activated.connect(self._choose)
        self.export.clicked.connect(self._export)
        self.back.clicked.connect(lambda: self.desk.show("settings"))
        self.void_form.made.connect(self._voided)
        self.void_form.closed.connect(self._close_void)
        self.form.made.connect(lambda _: self.form.name.setFocus())
        self.form.complained.connect(self._see_complaint)

    def _see_complaint(self) -> None:
        self._area.ensureWidgetVisible(self.form.save)
