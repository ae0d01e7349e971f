"""An audit packet from the window: the press, the panel, and the file that a thread makes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ptimer.gui.audit.packet_panel import PacketPanel
from ptimer.gui.audit.pages_saving import Pages, PagesSaving, Tell
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.operations import auditing, visiting
from ptimer.operations.auditing import PacketWish
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.reports import audit_packet_page

_MOST_OF_A_NAME = 40


class PacketMaking(QObject):
    """Opens the panel below a button, and makes the packet that is asked for in it."""

    def __init__(self, look: Look, desk: Desk, owner: QWidget) -> None:
        """Make nothing yet."""
        super().__init__(owner)
        self.panel = PacketPanel(look)
        self.saving = PagesSaving(desk, owner)
        self._desk = desk
        self.panel.packet_wanted.connect(self._make)
        self.panel.cancel_wanted.connect(self.saving.cancel)
        self.saving.progressed.connect(self.panel.show_progress)
        self.saving.ended.connect(self.panel.show_end)

    def open_below(self, button: QWidget, patient: str, first: str, last: str) -> None:
        """Ask whose packet, with what is most likely wanted filled in."""
        known = self._desk.attempt(visiting.recent_patients, refresh=False) or []
        self.panel.fill(patient, first, last, tuple(known))
        self.panel.open_below(button)

    def close(self) -> None:
        """Put the panel away; what is being made goes on."""
        if self.panel.isVisible():
            self.panel.dismiss()

    def _make(self, wish: PacketWish) -> None:
        try:
            auditing.count(self._desk.clinic, wish)
        except Problem as problem:
            self.panel.tell(problem)
            return
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in wish.patient.strip())
        self.saving.save(
            f"audit-packet-{name[:_MOST_OF_A_NAME]}",
            lambda clinic, tell: _pages(clinic, wish, tell),
        )


def _pages(clinic: Clinic, wish: PacketWish, tell: Tell) -> Pages:
    packet = auditing.packet(clinic, wish, tell)
    top, foot = audit_packet_page.edges(packet)
    return Pages(audit_packet_page.TITLE, audit_packet_page.blocks(packet), foot, top)
