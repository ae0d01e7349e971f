"""The day proof in the window: the press, the panel with the drawn day, and its pages."""

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ptimer import __version__
from ptimer.gui.audit.pages_saving import Pages, PagesSaving, Tell
from ptimer.gui.audit.proof_panel import ProofPanel
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.operations import people, proving
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.reports import day_proof_page
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import say


class ProofShowing(QObject):
    """Opens the panel below a button, on one clinician's day."""

    def __init__(self, look: Look, desk: Desk, owner: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(owner)
        self.panel = ProofPanel(look)
        self.saving = PagesSaving(desk, owner)
        self._desk = desk
        self._day = desk.today.date
        self._name = ""
        self.panel.clinician_chosen.connect(self._show)
        self.panel.pdf_wanted.connect(self._save)

    def open_below(self, button: QWidget, day: date, clinician: str) -> None:
        """Show the day of a clinician, or with "" of who works here now."""
        self._day = day
        if not self.panel.isVisible():
            everyone = self._desk.attempt(people.everyone, refresh=False) or []
            self._show(clinician or self._desk.who.clinician)
            self.panel.know(tuple(row.name for row in everyone), self._name)
        self.panel.open_below(button)

    def _show(self, name: str) -> None:
        self._name = name
        found = self._desk.attempt(
            lambda clinic: proving.day_proof(clinic, self._day, name), refresh=False
        )
        if found is not None:
            self.panel.show_proof(found, self._desk.clinic.clock.zone)

    def _save(self) -> None:
        day, name = self._day, self._name
        self.panel.dismiss()
        self.saving.save(f"day-proof-{day}", lambda clinic, tell: _pages(clinic, day, name, tell))


def _pages(clinic: Clinic, day: date, name: str, tell: Tell) -> Pages:
    tell(0, 1)
    found = proving.day_proof(clinic, day, name)
    page = proving.page_of(clinic, found)
    if page is None:
        raise Misused(
            say(
                "{clinician} recorded nothing on {day}: there is no page to write",
                clinician=name,
                day=day,
            )
        )
    zone = clinic.clock.zone
    at = say("{day} {time}", day=service_date(found.now, zone), time=clock_text(found.now, zone))
    foot = say("ptimer {version} · made {at}", version=__version__, at=at)
    return Pages(day_proof_page.title_of(day), day_proof_page.blocks(page), foot)
