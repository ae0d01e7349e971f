"""Where is each thing that a signature lacks settled? One press leads there."""

from collections.abc import Callable

from ptimer.billing import sign_off
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.billing.supervising import RULE as SUPERVISOR
from ptimer.billing.thresholds import RULE as KX
from ptimer.billing.visit_units import OVER_60
from ptimer.gui.desk import Desk
from ptimer.gui.sign.missing_list import MissingList
from ptimer.gui.sign.sign_bill import SignBill
from ptimer.gui.sign.sign_form import SignForm
from ptimer.gui.sign.skilled_keeping import SkilledKeeping
from ptimer.operations import sign_missing
from ptimer.operations.sign_list import Remark
from ptimer.operations.sign_missing import Missing

TYPED = (OVER_60, sign_off.CREDENTIALS, SUPERVISOR)
"""What is settled by typing, so that the keyboard may go there by itself."""


class SignLeads:
    """Leads to the fields of the screen, or to the screen where a thing is settled."""

    def __init__(
        self,
        desk: Desk,
        checks: MissingList,
        form: SignForm,
        bill: SignBill,
        skilled: SkilledKeeping,
    ) -> None:
        """Know the desk, the three columns, and the skilled fields."""
        self._skilled = skilled
        self.visit_id: str | None = None
        self._desk = desk
        self._checks = checks
        self._form = form
        self._bill = bill

    def lead_to(self, missing: Missing) -> None:
        """Go to where something is settled; what still runs is stopped by the press itself."""
        if missing.part:
            self._skilled.lead_to(missing.code, missing.part)
            return
        leads: dict[str, Callable[[], None]] = {
            sign_off.STILL_RUNNING: lambda: self._stop(missing.code),
            sign_off.IN_DOUBT: lambda: self._desk.show("recovery"),
            sign_off.NOTHING_TIMED: self._time_something,
            sign_off.UNIT_CHOICE: self._choose,
            sign_off.CREDENTIALS: self._bill.signature.credentials.setFocus,
            SUPERVISOR: self._bill.signature.supervisor.setFocus,
            OVER_60: lambda: self._form.reasons[missing.code].area.setFocus(),
            sign_missing.SIGNER: self._bill.signature.who.setFocus,
            sign_missing.SIGNATURE: self._sign,
        }
        lead = leads.get(missing.rule)
        if lead is not None:
            lead()

    def lead_to_remark(self, remark: Remark) -> None:
        """Go to where something that may stay is changed: a pair is attested here."""
        if remark.rule == SUPERVISOR:
            self._bill.signature.supervisor.setFocus()
            return
        attested = remark.rule in (PTP_PAIR, KX) and self._bill.attestations.lead_to()
        if not attested:
            self.edit_times()

    def edit_times(self) -> None:
        """Go to the times of the visit."""
        if self.visit_id is not None:
            self._desk.select(self.visit_id)
        self._desk.show("edit-times")

    def _choose(self) -> None:
        for way in self._form.tie.ways[:1]:
            way.setFocus()

    def _sign(self) -> None:
        first = self._checks.missing[0]
        if first.rule == sign_missing.SIGNATURE:
            self._bill.signature.sign.setFocus()
        else:
            self.lead_to(first)

    def _stop(self, code: str) -> None:
        """Stop what runs in this visit alone: the others of a group go on."""
        view = self._desk.today.visit(self.visit_id)
        for segment in view.record.running if view else ():
            if segment.code == code:
                self._desk.leave_group(segment.id)

    def _time_something(self) -> None:
        view = self._desk.today.visit(self.visit_id)
        if view is not None and view.visit.service_date == self._desk.today.date:
            self._desk.select(view.visit.id)
            self._desk.show("today")
        else:
            self.edit_times()
