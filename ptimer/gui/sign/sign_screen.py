"""Finish & sign: what a visit still lacks, what will be billed, and the signature under it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.frame import keys
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.message_bar import Action, Message
from ptimer.gui.look import Look
from ptimer.gui.sign.attesting_presses import AttestingPresses
from ptimer.gui.sign.missing_list import MissingList
from ptimer.gui.sign.sign_bill import SignBill
from ptimer.gui.sign.sign_form import SignForm
from ptimer.gui.sign.sign_leads import TYPED, SignLeads
from ptimer.gui.sign.sign_packet import SignPacket
from ptimer.gui.sign.signature_box import MOST_SHOWN, Signers
from ptimer.gui.sign.signers import signers_of
from ptimer.gui.sign.skilled_keeping import SkilledKeeping
from ptimer.gui.texts import Times, words
from ptimer.gui.today.note_copying import copy_note
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import settling, sign_list, sign_missing, signing
from ptimer.operations.sign_list import SignList
from ptimer.operations.signing import Signed, SignWish
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant


class SignScreen(QObject):
    """The screen of one visit's signature; its columns are its own.

    It stays with the visit it was entered for, whatever is selected or resumed meanwhile.
    """

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the three columns."""
        super().__init__()
        del today
        self.desk = desk
        self._times = times
        self._visit_id: str | None = None
        self._shown_id: str | None = None
        self._minutes: tuple[object, ...] = ()
        self._drafts: dict[tuple[str, str], str] = {}
        self.checks = MissingList(look)
        self.form = SignForm(look, times)
        self.bill = SignBill(look, times)
        self.left: QWidget | None = scrolled(look, self.checks)
        self.centre: QWidget = self.form
        self.right: QWidget | None = scrolled(look, self.bill)
        self._skilled = SkilledKeeping(desk, self.form.skilled, self.checks.chart)
        self._attesting = AttestingPresses(desk, self.bill.attestations)
        self.packet = SignPacket(desk, self.bill)
        self._leads = SignLeads(desk, self.checks, self.form, self.bill, self._skilled)
        self._connect()

    # -- the screen ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the visit that is looked at, the keyboard where something is to be typed."""
        self._visit_id = self.desk.visit_id
        self.refresh()
        self._go_on()

    def refresh(self) -> None:
        """Show what is so now; what is half typed stays."""
        view = self._view(self.desk.now())
        if view is None:
            self._show_nothing()
            return
        anew = view.visit.id != self._shown_id
        self._shown_id = view.visit.id
        self._leads.visit_id = view.visit.id
        if anew:
            self.form.start_anew(view, self._drafts_of(view.visit.id))
        self._show(view, anew=anew)

    def tick(self, now: Instant) -> None:
        """Count anew when a minute of something has turned."""
        view = self._view(now)
        if view is not None and _minutes_of(view) != self._minutes:
            self._show(view, anew=False)

    def close_typed(self) -> bool:
        """Put away a goal that is being typed; return whether there was one."""
        return self._skilled.close_typed()

    def leave(self) -> None:
        """Keep what was typed, and let the keyboard go."""
        self._save_reasons()
        self._skilled.leave()
        self._attesting.show_view(None)
        self.packet.close()
        self._shown_id = None
        focused = QApplication.focusWidget()
        if focused is not None and any(
            column.isAncestorOf(focused) for column in (self.centre, self.checks, self.bill)
        ):
            focused.clearFocus()

    # -- presses -------------------------------------------------------------------------------

    def sign(self) -> None:
        """Sign; where something is missing, go there."""
        view = self._view(self.desk.now())
        if view is None or not self._save_typed():
            return
        if view.visit.signed:
            self._amend()
            return
        view = self._view(self.desk.now()) or view
        missing = self._list(view).missing
        if missing:
            self._leads.lead_to(missing[0])
            return
        box = self.bill.signature
        wish = SignWish(
            clinician=box.signer,
            credentials=box.credentials_text,
            supervisor=box.supervisor_text,
        )
        done = self.desk.attempt(lambda clinic: signing.sign(clinic, view.visit.id, wish))
        if done is not None:
            self._tell_signed(done)

    def _amend(self) -> None:
        view = self._view(self.desk.now())
        reason = self.form.amend_reason
        if view is None or not view.visit.signed:
            return
        if not reason.text:
            reason.area.mark_wrong(True)
            reason.area.setFocus()
            return
        visit_id, why = view.visit.id, reason.text
        if self.desk.attempt(lambda clinic: _done(signing.amend, clinic, visit_id, why)):
            reason.start_anew("")
            text = self.tr("What was signed stays in the audit log. Sign anew when it is right.")
            self._tell(self.tr("{0} is open again"), view, text)
            self._go_on()

    def _tell_signed(self, signed: Signed) -> None:
        view = signed.view
        if not signed.closed:
            who = texts.short(signed.clinician, MOST_SHOWN)
            waiting = ", ".join(texts.short(name, MOST_SHOWN) for name in signed.waiting_for)
            text = self.tr("Closed once these have signed, too: {0}").format(waiting)
            self._tell(self.tr("{1} has signed {0}"), view, text, who)
            self._go_on()
            return
        self.desk.show("today")
        reckoning = view.reckoning
        units = texts.unit_word(reckoning.timed_units, reckoning.untimed_units)
        minutes = self.tr("{0} min timed, {1} treated").format(
            view.timed_minutes, view.total_minutes
        )
        copy = Action(self.tr("Copy note text"), partial(copy_note, self.desk, view))
        self._tell(self.tr("{0} signed: {1}"), view, minutes, units, actions=(copy,))

    def _tell(
        self, title: str, view: VisitView, text: str, *more: str, actions: tuple[Action, ...] = ()
    ) -> None:
        patient = texts.short(view.visit.patient, MOST_SHOWN)
        words = title.format(patient, *more)
        self.desk.told.emit(Message(words, text, kind="info", actions=actions))

    def _choose(self, units: dict[str, int]) -> None:
        visit_id = self._shown_id
        if visit_id is not None:
            self.desk.attempt(lambda c: settling.choose(c, visit_id, units), refresh=False)
            self.desk.refresh()  # also where it was turned down: the ways show what is so

    def _give_reason(self, code: str, text: str) -> bool:
        visit_id = self._shown_id
        if visit_id is None:
            return True
        given = self.desk.attempt(lambda c: _done(settling.give_reason, c, visit_id, code, text))
        if given:
            self._drafts.pop((visit_id, code), None)
        else:
            self._drafts[visit_id, code] = text
            if code in self.form.reasons:
                self.form.reasons[code].area.mark_wrong(True)
        return bool(given)

    def _save_typed(self) -> bool:
        """Record all that is typed; return whether none was turned down."""
        reasons = self._save_reasons()
        return self._skilled.save() and reasons

    def _save_reasons(self) -> bool:
        unsaved = dict(self.form.unsaved)
        return all(self._give_reason(code, text) for code, text in unsaved.items())

    def _go_on(self) -> None:
        """Put the keyboard where the next thing is to be typed; a press is left to a person."""
        first = self.checks.missing[0] if self.checks.missing else None
        if first is not None and first.rule in TYPED:
            self._leads.lead_to(first)
        elif (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()

    # -- showing -------------------------------------------------------------------------------

    def _view(self, now: Instant) -> VisitView | None:
        view = self.desk.today.visit(self._visit_id) or self.desk.view
        return None if view is None else view.at(now)

    def _drafts_of(self, visit_id: str) -> dict[str, str]:
        return {code: text for (of, code), text in self._drafts.items() if of == visit_id}

    def _show(self, view: VisitView, *, anew: bool) -> None:
        self._minutes = _minutes_of(view)
        self.form.show_view(view)
        self._skilled.show_view(view, anew=anew)
        self.bill.show_view(view)
        self._attesting.show_view(view)
        self.bill.signature.show_signers(signers_of(self.desk, view, self._times), anew=anew)
        self._show_list(view)

    def _show_list(self, view: VisitView) -> None:
        what = self._list(view)
        self.checks.show_list(what, signed=view.visit.signed)
        self.bill.signature.show_first(self._first(what))

    def _show_nothing(self) -> None:
        self._shown_id = None
        self.checks.show_list(SignList((), (), ()), signed=False)
        self.form.show_nothing()
        self._skilled.show_nothing()
        self.bill.show_nothing()
        self._attesting.show_view(None)
        self.bill.signature.show_signers(Signers(), anew=True)
        self.bill.signature.show_first(self.tr("a visit first"))

    def _show_typed(self) -> None:
        view = self._view(self.desk.now())
        if view is not None and view.visit.id == self._shown_id:
            self._show_list(view)

    def _list(self, view: VisitView) -> SignList:
        box = self.bill.signature
        typed = sign_missing.Signing(
            box.signer, box.credentials_text, self.form.unsaved, box.supervisor_text
        )
        return sign_list.sign_list(self._skilled.with_typed(view), typed)

    def _first(self, what: SignList) -> str:
        """Say what keeps the press from being made."""
        if not what.missing:
            return ""
        things = ", ".join(words(missing.brief) for missing in what.missing)
        if len(what.missing) == 1:
            return self.tr("1 thing first: {0}").format(things)
        return self.tr("{0} things first: {1}").format(len(what.missing), things)

    def _show_versions(self) -> None:
        if self._shown_id is not None:
            self.desk.versions_wanted.emit(self._shown_id)

    def _connect(self) -> None:
        form, box = self.form, self.bill.signature
        form.back_wanted.connect(lambda: self.desk.show("today"))
        form.reason_given.connect(self._give_reason)
        form.edited.connect(self._show_typed)
        self._skilled.edited.connect(self._show_typed)
        form.entered.connect(self._go_on)
        form.choice_made.connect(self._choose)
        form.amend_wanted.connect(self._amend)
        box.edited.connect(self._show_typed)
        box.sign_wanted.connect(self.sign)
        box.versions_wanted.connect(self._show_versions)
        box.supervisor.returnPressed.connect(self._go_on)
        box.credentials.returnPressed.connect(self._go_on)
        self.checks.missing_wanted.connect(self._leads.lead_to)
        self.checks.remark_wanted.connect(self._leads.lead_to_remark)
        pressed = {keys.SIGN.sequence: self.sign, "Ctrl+Return": self.sign}
        pressed[keys.NEXT_EMPTY.sequence] = self._skilled.next_empty
        for sequence, press in pressed.items():
            # It is the centre's: the key does nothing while another screen is seen.
            shortcut = QShortcut(QKeySequence(sequence), self.centre)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(press)


def _minutes_of(view: VisitView) -> tuple[object, ...]:
    running = tuple(view.minutes_of(code) for code in view.running_codes)
    return (view.visit.id, view.total_minutes, view.minutes_in_clinic, running)


def _done(operation: Callable[..., None], *arguments: object) -> bool:
    """Return that an operation without a result was done, since `attempt` returns None if not."""
    operation(*arguments)
    return True
