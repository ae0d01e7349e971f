"""The form in which a code or payer of the clinic's own is ended from a date."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.controls.fields import Field
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import Label
from ptimer.operations import typed_code, typed_payer
from ptimer.operations.clinic import Clinic

End = Callable[[Clinic, str, str, str], object]


class EndForm(BookForm):
    """Asks for the last day and the reason."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(look, desk, parent)
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        self.last = Field(look, self.tr("Last day in force"), hint="2026-12-31")
        self._name = ""
        self._end: End = typed_code.end
        self.column.addWidget(self.about)
        self.column.addSpacing(look.px(8))
        self.ask(self.tr("Last day in force"), self.last)
        self.why.setAccessibleName(self.tr("Why it is ended"))
        self.end_with_why(self.tr("Why it is ended: kept with it"), (self.last,))

    def open_code(self, number: str) -> None:
        """Ask when a code ends."""
        self._open(
            number,
            typed_code.end,
            self.tr("After this day it can't be timed. Visits that hold it keep it."),
        )

    def open_payer(self, name: str) -> None:
        """Ask when a payer ends."""
        self._open(
            name,
            typed_payer.end,
            self.tr("After this day no new visit is offered it. Visits that have it keep it."),
        )

    def keep(self) -> None:
        """End it."""
        name, last, why = self._name, self.last.text(), self.why.text()
        done = self.attempt(lambda clinic: self._end(clinic, name, last, why))
        self.last.mark_wrong(done is None and not last.strip())
        self.why.mark_wrong(done is None and not why.strip())
        if done is not None:
            self.made.emit(name)

    def _open(self, name: str, end: End, about: str) -> None:
        self._name, self._end = name, end
        self.title.say(self.tr("End {0}").format(name))
        self.about.say(about)
        self.save.set_words(self.tr("End it"))
        self.last.setText(self.desk.today.date.isoformat())
        self.why.clear()
        self.complaint.say("")
        for field in (self.last, self.why):
            field.mark_wrong(False)
        self.show()
        self.last.setFocus()
        self.last.selectAll()
