"""The timeline in its box: what is said of it, the presses that zoom, and the reason of a drag."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.controls.seen import let_be_seen
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.today.timeline import Timeline
from ptimer.gui.today.timeline_keys import ZOOM
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, Instant

if TYPE_CHECKING:
    from ptimer.gui.controls.flat_scroll_bar import FlatScrollBar
    from ptimer.gui.today.edge_form import EdgeForm
    from ptimer.operations.rehearsing import Trial

_HEAD = 46
"""Pixels for two or three lines: what is said of a drag moves nothing below it."""


class TimelineBox(Box):
    """Shows a visit's timeline, and asks for the reason once an edge was dropped.

    Signals:
        reason_given(str): a person wants the moved edge recorded.
        fit_wanted(): the time that fits is to be taken instead.
        given_up(): the edge stays where it was.
    """

    reason_given = Signal(str)
    fit_wanted = Signal()
    given_up = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty box."""
        super().__init__(look, parent)
        self._times = times
        self.timeline = Timeline(look, times)
        self.hint = Label(look, pixels=12, color="mute", wrap=True)
        self.empty = Label(look, color="mute", wrap=True)
        self.smaller = Button(look, "\N{MINUS SIGN}", kind="small")
        self.larger = Button(look, "+", kind="small")
        self.all = Button(look, self.tr("All"), kind="small")
        self.bar: FlatScrollBar | None = None
        self.form: EdgeForm | None = None
        self._usual = ""
        self._arrange()
        self.smaller.clicked.connect(lambda: self.timeline.zoom(1 / ZOOM))
        self.larger.clicked.connect(lambda: self.timeline.zoom(ZOOM))
        self.all.clicked.connect(self.timeline.fit)
        self.timeline.zoomed.connect(self._show_zoom)
        self.timeline.edge_given_up.connect(self.given_up)

    @property
    def asking(self) -> bool:
        """Whether a reason is asked for."""
        return self.form is not None and not self.form.isHidden()

    def show_view(self, view: VisitView) -> None:
        """Draw a visit at a moment, or say that there is nothing to draw."""
        anything = bool(view.record.segments)
        for widget in (self.timeline, self.smaller, self.larger):
            widget.setVisible(anything)
        self.empty.setVisible(not anything)
        if anything:
            self.timeline.show_view(view)
        self._usual = "" if view.visit.signed or not anything else self._how()
        if self.timeline.draft is None:
            self.tell("")
        self._show_zoom()

    def show_now(self, view: VisitView, now: Instant) -> None:
        """Move the line of now."""
        self.timeline.show_now(view, now)

    def tell(self, words: str, *, bad: bool = False) -> None:
        """Say something of the times that are drawn; nothing is how to correct one."""
        self.hint.set_color("mute" if not words else "bad" if bad else "ink")
        self.hint.say(words or self._usual)
        self.hint.setToolTip(words)
        self.hint.setVisible(bool(words or self._usual))

    def ask(self, about: str, trial: "Trial", edge: str) -> None:
        """Ask for the reason of a moved edge, or say why it can't be recorded."""
        form = self.form or self._make_form()
        if form.isHidden():
            form.open()
        form.show_trial(about, trial, edge)
        form.show()
        form.reason.setFocus()
        let_be_seen(form, self.look.px(12))

    def close_form(self) -> None:
        """Ask for nothing any more; the keyboard is on the timeline again if it was in there."""
        if self.form is not None and not self.form.isHidden():
            leave_to_window(self.form)
            self.form.hide()

    def _show_zoom(self) -> None:
        line = self.timeline
        if line.draft is not None:
            return  # nothing moves under a hand that drags
        zoomed = line.is_zoomed and not line.isHidden()
        self.all.setVisible(zoomed)
        self.smaller.setEnabled(line.is_zoomed)
        if zoomed and self.bar is None:
            self.bar = self._make_bar()
        if self.bar is not None:
            self.bar.setVisible(zoomed)
            self._place_bar(self.bar)

    def _place_bar(self, bar: "FlatScrollBar") -> None:
        """Let the bar show which part is drawn; it counts in seconds."""
        whole, span = self.timeline.whole, self.timeline.span
        bar.blockSignals(True)
        bar.setRange(0, max(whole.length - span.length, 0) // 1000)
        bar.setPageStep(span.length // 1000)
        bar.setSingleStep(MINUTE // 1000)
        bar.setValue((span.start - whole.start) // 1000)
        bar.blockSignals(False)

    def _make_bar(self) -> "FlatScrollBar":
        # What tells where its handle lies is much to load at the start.
        from ptimer.gui.controls.flat_scroll_bar import FlatScrollBar

        bar = FlatScrollBar(self.look, self)
        bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.setAccessibleName(self.tr("Which part of the timeline is drawn"))
        self._column.insertWidget(self._column.indexOf(self.timeline) + 1, bar)
        bar.valueChanged.connect(self._scroll)
        return bar

    def _scroll(self, seconds: int) -> None:
        self.timeline.scroll_to(Instant(self.timeline.whole.start + seconds * 1000))

    def _make_form(self) -> "EdgeForm":
        """Make the form when the first edge was dropped: fields are slow to make."""
        from ptimer.gui.today.edge_form import EdgeForm

        self.form = EdgeForm(self.look, self._times, self)
        self.form.hide()
        self._column.addWidget(self.form)
        self.form.reason_given.connect(self.reason_given)
        self.form.fit_wanted.connect(self.fit_wanted)
        self.form.closed.connect(self.given_up)
        return self.form

    def _how(self) -> str:
        return self.tr("drag an edge to correct a time; every change is kept in the audit log")

    def _arrange(self) -> None:
        look = self.look
        self.smaller.setAccessibleName(self.tr("Draw the timeline smaller"))
        self.smaller.setToolTip(self.tr("Smaller (Ctrl+-)"))
        self.larger.setAccessibleName(self.tr("Draw the timeline larger"))
        self.larger.setToolTip(self.tr("Larger (Ctrl++)"))
        self.all.setAccessibleName(self.tr("Draw all of the visit"))
        self.all.setToolTip(self.tr("All of the visit (Ctrl+0)"))
        self.all.hide()
        self.hint.setFixedHeight(look.px(_HEAD))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setSpacing(look.px(2))
        head.addWidget(heading(look, self.tr("Timeline")))
        head.addSpacing(look.px(6))
        head.addWidget(self.hint, 1)
        head.addStretch()
        for button in (self.smaller, self.larger, self.all):
            head.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(14), look.px(2), look.px(10), look.px(10))
        self._column.setSpacing(look.px(4))
        self._column.addLayout(head)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.timeline)
