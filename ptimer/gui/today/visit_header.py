"""Whose visit is looked at, when the patient came and left, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ptimer.billing.payers import UnitRule
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.short_label import ShortLabel
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Times
from ptimer.gui.today.visit_rows import marked_words
from ptimer.operations.visit_view import VisitView

_GROWS = QSizePolicy.Policy.Expanding


class VisitHeader(QWidget):
    """The line above the cards.

    Signals:
        mark_wanted(): it was cancelled, a no-show or stopped early; or that is taken back.
        plan_wanted(): the plan is to be seen, or put away.
        arrived(), departed(): the patient came, or left, now; or it is taken back.
        edit_wanted(), sign_wanted(), amend_wanted(): another screen is wanted.
    """

    mark_wanted = Signal()
    plan_wanted = Signal()
    arrived = Signal()
    departed = Signal()
    edit_wanted = Signal()
    sign_wanted = Signal()
    amend_wanted = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty header."""
        super().__init__(parent)
        self._times = times
        self.patient = ShortLabel(look, pixels=20, weight=BOLD)
        self.about = ShortLabel(look, color="mute")
        self.arrive = Button(look, self.tr("Arrived"), kind="small")
        self.depart = Button(look, self.tr("Left"), kind="small")
        self.mark = Button(look, self.tr("Mark…"), kind="small")
        self.mark.setToolTip(self.tr("Cancelled, no-show, stopped early (M)"))
        self.plan = Button(look, self.tr("Plan"), kind="small")
        self.plan.setCheckable(True)
        self.plan.setToolTip(self.tr("Plan (P)"))
        self.edit = Button(look, self.tr("Edit times"))
        self.edit.setToolTip(self.tr("Edit times (E)"))
        self.sign = Button(look, self.tr("Finish & sign"), kind="primary")
        # Not fixed: as high as one line of buttons, it would cut a second one off.
        policy = QSizePolicy(_GROWS, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.patient)
        names.addWidget(self.about)
        buttons = FlowLayout()
        self._before = QSpacerItem(0, 0, _GROWS, QSizePolicy.Policy.Minimum)
        buttons.addItem(self._before)
        for button in self._buttons():
            buttons.addWidget(button)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(names, 1)
        self._lines.addLayout(buttons)
        self.arrive.clicked.connect(self.arrived)
        self.depart.clicked.connect(self.departed)
        self.plan.clicked.connect(self.plan_wanted)
        self.mark.clicked.connect(self.mark_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.sign.clicked.connect(self._finish)
        self._signed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the names where both don't fit beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        names = max(self.patient.sizeHint().width(), self.about.sizeHint().width())
        needed = names + sum(button.sizeHint().width() for button in self._buttons())
        beside = needed <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._lines.direction() != wanted:
            self._lines.setDirection(wanted)
            # Below the names the buttons begin where these do, and no line of them is cut off.
            self._lines.setStretch(0, 1 if beside else 0)
            policy = _GROWS if beside else QSizePolicy.Policy.Fixed
            self._before.changeSize(0, 0, policy, QSizePolicy.Policy.Minimum)
            self._lines.invalidate()
        self.setMinimumHeight(self._lines.heightForWidth(self.width()))

    def _buttons(self) -> tuple[Button, ...]:
        return (self.arrive, self.depart, self.mark, self.plan, self.edit, self.sign)

    def show_view(self, view: VisitView) -> None:
        """Repaint from a visit."""
        visit = view.visit
        rule = {
            UnitRule.CMS: self.tr("8-minute rule"),
            UnitRule.MIDPOINT: self.tr("midpoint"),
        }[view.payer.unit_rule]
        self.patient.say(visit.patient)
        about = f"{visit.discipline} · {visit.payer}"
        # The shipped payer says its rule itself, and in English.
        says_it = rule in visit.payer or view.payer.unit_rule.value in visit.payer.casefold()
        about = about if says_it else f"{about} ({rule})"
        marked = marked_words(view)
        unsaved = self.tr("NOT recorded yet") if "visit" in view.record.unsaved_facts else ""
        self.about.say(" · ".join(part for part in (unsaved, marked, about) if part))
        self._show_times(view)
        self.mark.set_words(self.tr("Marked") if marked else self.tr("Mark…"))
        self.mark.setAccessibleName(self.tr("Mark the visit: cancelled, no-show, stopped early"))
        self.mark.setEnabled(not visit.signed)
        self._signed = visit.signed
        self.sign.set_words(self.tr("Amend…") if visit.signed else self.tr("Finish & sign"))
        self.sign.set_kind("plain" if visit.signed else "primary")
        self.sign.setEnabled(bool(view.record.segments))
        self._fit()

    def _show_times(self, view: VisitView) -> None:
        visit = view.visit
        came, left = visit.arrived_at, visit.departed_at
        unsaved = view.record.unsaved_facts
        self.arrive.set_words(
            self.tr("Arrived") if came is None else self.tr("In {0}").format(self._times.time(came))
        )
        self.depart.set_words(
            self.tr("Left") if left is None else self.tr("Out {0}").format(self._times.time(left))
        )
        for button, fact in ((self.arrive, "arrive"), (self.depart, "leave")):
            if fact in unsaved:
                button.set_words(self.tr("{0} NOT recorded").format(button.text()))
        for button, time in ((self.arrive, came), (self.depart, left)):
            button.setEnabled(not visit.signed and not view.away)
            button.setToolTip(
                self.tr("Press when it happens")
                if time is None
                else self.tr("A press takes it back; Edit times changes it")
            )

    def _finish(self) -> None:
        if self._signed:
            self.amend_wanted.emit()
        else:
            self.sign_wanted.emit()
