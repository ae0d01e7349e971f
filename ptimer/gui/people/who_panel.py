"""Who treats, in which role, with which credentials? And how bright is the window?"""

from dataclasses import replace

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.conflicts import Role
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look, Mode
from ptimer.gui.people.clinician_list import ClinicianList, Person, role_words
from ptimer.gui.people.credentials_form import CredentialsForm
from ptimer.gui.texts import Label, heading
from ptimer.operations import credentials, people, preferences

_WIDTH = 400


class WhoPanel(DroppedPanel):
    """Drops from the name in the header; one press, and the next one is another clinician's."""

    def __init__(self, look: Look, desk: Desk) -> None:
        """Make the panel; `open_below` fills and shows it."""
        super().__init__(look, _WIDTH)
        self.setAccessibleName(self.tr("Who treats"))
        self.desk = desk
        self._known: dict[str, Person] = {}
        self.list = ClinicianList(look)
        hint = self.tr("another one: name, credentials")
        self.another = Field(look, self.tr("Another clinician: name, credentials"), hint=hint)
        self.add = Button(look, self.tr("Treats"), kind="small", key="Enter")
        roles = [(role.value, role_words(role)) for role in Role]
        self.role = Segments(look, self.tr("Role"), roles)
        self.role_of = Label(look, pixels=12, color="mute", wrap=True)
        hint = self.tr("supervising therapist")
        self.supervisor = Field(look, self.tr("Supervising therapist"), hint=hint)
        self.as_student = Button(look, self.tr("Treats as student"), kind="small", key="Enter")
        self.told = Note(look, "warn")
        self.own = CredentialsForm(look, desk)
        self.learnt = Button(look, self.tr("Education, licences, expiry"), kind="small")
        modes = {
            Mode.SYSTEM: self.tr("System"),
            Mode.LIGHT: self.tr("Light"),
            Mode.DARK: self.tr("Dark"),
        }
        named = [(mode.value, words) for mode, words in modes.items()]
        self.mode = Segments(look, self.tr("Look"), named)
        self._names = QStringListModel(self)
        self._arrange()
        self._connect()

    def open_below(self, button: QWidget) -> None:
        """Show who treats now, below the header's button."""
        if not self.isVisible():
            self.another.clear()
            self.own.forget()
            self._show_people()
            self._show_role()
        super().open_below(button)
        if self.isVisible():
            self.list.setFocus()

    # -- what is shown -------------------------------------------------------------------------

    def _show_people(self) -> None:
        who = self.desk.who
        self._known = self._look_up()
        treats = self._known.get(who.clinician, Person(who.clinician))
        shown = {treats.name: treats, **self._known}
        self.list.show_people(
            tuple(replace(each, treats=each.name == treats.name) for each in shown.values())
        )
        therapists = [p.name for p in self._known.values() if p.role is Role.THERAPIST]
        self._names.setStringList([name for name in therapists if name != treats.name])
        self.own.show_person(treats)
        self.mode.set_value(self.look.mode.value)

    def _show_role(self) -> None:
        who = self.desk.who
        self.role_of.say(self.tr("Role of {0} in the next press").format(who.clinician))
        self.role.set_value(who.role.value)
        self.supervisor.setText(who.supervisor)
        self._ask_supervisor(who.role is Role.STUDENT)

    def _look_up(self) -> dict[str, Person]:
        rows = self.desk.attempt(people.everyone, refresh=False) or []
        return {
            row.name: Person(
                row.name, row.credentials, Role(row.role), row.supervisor, row.discipline, row.npi
            )
            for row in rows
        }

    def _ask_supervisor(self, shown: bool) -> None:
        self._student.setVisible(shown)
        self.supervisor.mark_wrong(False)
        missing = shown and not self.desk.who.supervisor
        words = self.tr(
            "A student treats with a supervising therapist: name one. Until then nothing changes."
        )
        self.told.say(words if missing else "")
        self.place()

    # -- what is wished ------------------------------------------------------------------------

    def _choose(self, name: str) -> None:
        """Let a clinician treat in the role of their last press; then the panel is done."""
        person = self._known.get(name, Person(name))
        if self.desk.treat_as(name, person.role, person.supervisor):
            self.dismiss()

    def _add(self) -> None:
        """Let a typed clinician treat; the panel stays for role and number."""
        told = credentials.read(self.another.text())
        known = self._known.get(told.name)
        if known is not None and not told.credentials:
            self._choose(told.name)
            return
        done = self.desk.treat_as(told.name, told.role) and self._describe(told, known)
        self.another.mark_wrong(not done)
        if done:
            self.another.clear()
            self._show_people()
            self._show_role()

    def _describe(self, told: credentials.Told, known: Person | None) -> bool:
        """Keep typed credentials; a discipline or number that is known stays."""
        if not told.credentials:
            return True
        before = known or Person(told.name)
        kept = self.desk.attempt(
            lambda clinic: people.describe(
                clinic,
                told.name,
                credentials=told.credentials,
                discipline=told.discipline.value if told.discipline else before.discipline,
                npi=before.npi,
            )
        )
        return kept is not None

    def _take_role(self, value: str) -> None:
        role, name = Role(value), self.desk.who.clinician
        supervisor = self._known.get(name, Person(name)).supervisor
        if role is Role.STUDENT and not supervisor:
            self._ask_supervisor(True)
            self.supervisor.setFocus()
        elif not self._treat(role, supervisor if role is Role.STUDENT else ""):
            self.role.set_value(self.desk.who.role.value)

    def _take_student(self) -> None:
        done = self._treat(Role.STUDENT, self.supervisor.text())
        self.supervisor.mark_wrong(not done)

    def _treat(self, role: Role, supervisor: str) -> bool:
        done = self.desk.treat_as(self.desk.who.clinician, role, supervisor)
        if done:
            self.dismiss()
        return done

    def _show_learnt(self) -> None:
        self.dismiss()
        self.desk.show("clinicians")

    def _take_mode(self, value: str) -> None:
        self.look.set_mode(Mode(value))
        self.desk.attempt(
            lambda clinic: preferences.write(clinic, preferences.COLOURS, value), refresh=False
        )

    def _look_again(self) -> None:
        """Show what another window or command has changed; what is half typed stays."""
        if self.isVisible():
            self._show_people()
            if not self.supervisor.isModified():
                self._show_role()

    # -- making --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self.content)
        column.setContentsMargins(look.px(14), look.px(6), look.px(10), look.px(6))
        column.setSpacing(0)
        self._add_title(column, self.tr("Who treats"))
        column.addWidget(self.list)
        column.addWidget(_row(self.another, self.add))
        self._add_title(column, self.tr("Role"))
        column.addWidget(self._inset(self.role_of))
        column.addWidget(self._inset(self.role))
        self._student = _row(self.supervisor, self.as_student)
        column.addWidget(self._student)
        column.addWidget(self.told)
        self._add_title(column, self.tr("Credentials and provider number"))
        column.addWidget(self.own)
        column.addWidget(_row(self.learnt))
        self._add_title(column, self.tr("Look"))
        column.addWidget(self._inset(self.mode))

    def _add_title(self, column: QVBoxLayout, words: str) -> None:
        if column.count():
            column.addSpacing(self.look.px(12))
        column.addWidget(self._inset(heading(self.look, words)))

    def _inset(self, widget: QWidget) -> QWidget:
        """Return a widget that begins where the frame of a field does."""
        row = _row(widget)
        row.setContentsMargins(self.look.px(SIDE), 0, 0, 0)
        return row

    def _connect(self) -> None:
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.supervisor.setCompleter(completer)
        self.list.person_chosen.connect(self._choose)
        self.add.clicked.connect(self._add)
        self.another.returnPressed.connect(self._add)
        self.as_student.clicked.connect(self._take_student)
        self.supervisor.returnPressed.connect(self._take_student)
        self.own.kept.connect(self.dismiss)
        self.learnt.clicked.connect(self._show_learnt)
        self.role.chosen.connect(self._take_role)
        self.mode.chosen.connect(self._take_mode)
        self.desk.refreshed.connect(self._look_again)


def _row(*widgets: QWidget) -> QWidget:
    """Return widgets side by side; fields and texts take the room that the others leave."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, Field | Label) else 0)
    if isinstance(widgets[-1], Segments):
        layout.addStretch()
    return row
