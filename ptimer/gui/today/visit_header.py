"""Whose visit is looked at, when the patient came and left, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.payers import UnitRule
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.short_label import ShortLabel
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Times
from ptimer.operations.visit_view import VisitView


class VisitHeader(QWidget):
    """The line above the cards.

    Signals:
        arrived(), departed(): the patient came, or left, now; or it is taken back.
        edit_wanted(), sign_wanted(), amend_wanted(): another screen is wanted.
    """

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
        self.edit = Button(look, self.tr("Edit times"), key="E")
        self.sign = Button(look, self.tr("Finish & sign"), kind="primary")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.patient)
        names.addWidget(self.about)
        buttons = FlowLayout()
        buttons.add_stretch()
        for button in (self.arrive, self.depart, self.edit, self.sign):
            buttons.addWidget(button)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(names, 1)
        self._lines.addLayout(buttons)
        self.arrive.clicked.connect(self.arrived)
        self.depart.clicked.connect(self.departed)
        self.edit.clicked.connect(self.edit_wanted)
        self.sign.clicked.connect(self._finish)
        self._signed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the names where both don't fit beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        names = max(self.patient.sizeHint().width(), self.about.sizeHint().width())
        buttons = (self.arrive, self.depart, self.edit, self.sign)
        needed = names + sum(button.sizeHint().width() for button in buttons)
        beside = needed <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._lines.direction() != wanted:
            self._lines.setDirection(wanted)

    def show_view(self, view: VisitView) -> None:
        """Repaint from a visit."""
        visit = view.visit
        rule = {
            UnitRule.CMS: self.tr("8-minute rule"),
            UnitRule.MIDPOINT: self.tr("midpoint"),
        }[view.payer.unit_rule]
        self.patient.say(visit.patient)
        about = f"{visit.discipline} · {visit.payer}"
        self.about.say(about if rule in visit.payer else f"{about} ({rule})")
        self._show_times(view)
        self._signed = visit.signed
        self.sign.set_words(self.tr("Amend…") if visit.signed else self.tr("Finish & sign"))
        self.sign.set_kind("plain" if visit.signed else "primary")
        self.sign.setEnabled(bool(view.record.segments))
        self._fit()

    def _show_times(self, view: VisitView) -> None:
        visit = view.visit
        came, left = visit.arrived_at, visit.departed_at
        self.arrive.set_words(
            self.tr("Arrived") if came is None else self.tr("In {0}").format(self._times.time(came))
        )
        self.depart.set_words(
            self.tr("Left") if left is None else self.tr("Out {0}").format(self._times.time(left))
        )
        for button, time in ((self.arrive, came), (self.depart, left)):
            button.setEnabled(not visit.signed)
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
