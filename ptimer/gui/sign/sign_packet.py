"""The audit packet of the visit that was signed, asked for where its signature stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.gui.desk import Desk
from ptimer.gui.sign.sign_bill import SignBill

if TYPE_CHECKING:
    from ptimer.gui.audit.packet_making import PacketMaking


class SignPacket(QObject):
    """Opens the packet's panel below its button, with the visit's patient and day filled in."""

    def __init__(self, desk: Desk, bill: SignBill) -> None:
        """Make nothing before it is asked for."""
        super().__init__(bill)
        self.making: PacketMaking | None = None
        self._desk = desk
        self._bill = bill
        bill.signature.packet_wanted.connect(self._ask)

    def close(self) -> None:
        """Put the panel away; what is being made goes on."""
        if self.making is not None:
            self.making.close()

    def _ask(self) -> None:
        from ptimer.gui.audit.packet_making import PacketMaking  # seldom, and not at the start

        view = self._bill.view
        if view is None:
            return
        if self.making is None:
            self.making = PacketMaking(self._bill.look, self._desk, self._bill)
        day = str(view.visit.service_date)
        self.making.open_below(self._bill.signature.packet, view.visit.patient, day, day)
