"""The visit that is about to be signed: whose, when, what the rule asks of a clinician, and why."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.reason_box import ReasonBox
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, Look
from ptimer.gui.sign.skilled_form import SkilledForm
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.today.tie_choice import TieChoice
from ptimer.operations import skilled_words
from ptimer.operations.sign_list import long_lines
from ptimer.operations.visit_view import VisitView

_MOST_SHOWN = 18
_WIDE_FROM = 440


class SignForm(QWidget):
    """The centre of the screen.

    Signals:
        back_wanted(): a person goes back to the stopwatches.
        reason_given(code, text): why a code took longer than usual.
        edited(): something else is typed.
        entered(): Enter was pressed in a reason.
        choice_made(units): a tie is settled.
        amend_wanted(): a person reopens the visit with the reason that was typed.
    """

    back_wanted = Signal()
    reason_given = Signal(str, str)
    edited = Signal()
    entered = Signal()
    choice_made = Signal(object)
    amend_wanted = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self._reasons: dict[str, ReasonBox] = {}
        self.back = Button(look, "", kind="small", icon="left")
        self.title = Label(look, pixels=20, weight=BOLD)
        self.about = Label(look, color="mute", wrap=True)
        self.tie = TieChoice(look)
        self.amend_reason = ReasonBox(look, urgent=False)
        self.amend = Button(look, self.tr("Reopen the visit"), key="Enter")
        self.why_title = heading(look, "")
        self.why = Label(look, color="mute", wrap=True)
        self._why_box = Box(look)
        self.skilled = SkilledForm(look)
        self.on_record = Label(look, wrap=True)
        self._record_box = Box(look)
        self._names = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._reason_column = QVBoxLayout()
        self._amend_part = QWidget()
        self._arrange()
        self.back.clicked.connect(self.back_wanted)
        self.tie.choice_made.connect(self.choice_made)
        self.amend.clicked.connect(self.amend_wanted)
        self.amend_reason.entered.connect(self.amend_wanted)

    @property
    def reasons(self) -> Mapping[str, ReasonBox]:
        """The reasons that are asked for, by code."""
        return {code: box for code, box in self._reasons.items() if not box.isHidden()}

    @property
    def unsaved(self) -> Mapping[str, str]:
        """What was typed and is not recorded yet, by code."""
        return {code: box.unsaved for code, box in self.reasons.items() if box.unsaved}

    def start_anew(self, view: VisitView, drafts: Mapping[str, str]) -> None:
        """Show another visit; `drafts` are texts of it that could not be recorded before."""
        for box in self._reasons.values():
            box.hide()
        saved = view.record.long_reasons
        for line, _ in long_lines(view):
            code = line.code.code
            self._reason(code).start_anew(saved.get(code, ""), drafts.get(code, ""))
        self.amend_reason.start_anew("")
        self.show_view(view)

    def show_view(self, view: VisitView) -> None:
        """Repaint from the visit at a moment; what is half typed stays."""
        visit = view.visit
        self.back.set_words(texts.short(visit.patient, _MOST_SHOWN))
        self.back.setAccessibleName(self.tr("Back to {0}").format(visit.patient))
        self.back.setToolTip(plain_tip(visit.patient))
        self.title.say(self.tr("Signed") if visit.signed else self.tr("Finish & sign"))
        self.about.say(self._about(view))
        self._show_reasons(view)
        self.tie.show_view(view)
        self._amend_part.setVisible(visit.signed)
        self._show_record(view)
        self._show_why(view)

    def show_nothing(self) -> None:
        """Say that there is no visit to sign."""
        self.back.set_words(self.tr("Today"))
        self.title.say(self.tr("Finish & sign"))
        self.about.say(self.tr("There is no visit to sign."))
        boxes = (self._amend_part, self._record_box, self._why_box)
        for widget in (*self._reasons.values(), self.tie, *boxes):
            widget.hide()

    def _show_reasons(self, view: VisitView) -> None:
        asked = {line.code.code: long for line, long in long_lines(view)}
        for code, box in self._reasons.items():
            box.setVisible(code in asked)
        for code, long in asked.items():
            box = self._reason(code)
            box.setVisible(True)
            box.setEnabled(not view.visit.signed)
            question = self.tr("Why {0} took longer than {1} minutes").format(code, long.minutes)
            pending = self.tr("{0}. Kept when you press Enter or leave the field.")
            box.ask(
                question,
                self.tr("One sentence is enough."),
                pending=pending.format(texts.core(long.source)),
                kept=self.tr("Kept with the visit."),
            )
            box.show_saved(view.record.long_reasons.get(code, ""))

    def _reason(self, code: str) -> ReasonBox:
        if code not in self._reasons:
            box = ReasonBox(self.look)
            box.given.connect(lambda: self._give(code))
            box.edited.connect(self.edited)
            box.entered.connect(self.entered)
            self._reasons[code] = box
            self._reason_column.addWidget(box)
        return self._reasons[code]

    def _give(self, code: str) -> None:
        text = self._reasons[code].unsaved
        if text:
            self.reason_given.emit(code, text)

    def _about(self, view: VisitView) -> str:
        parts = [view.visit.discipline, view.visit.payer]
        segments = view.record.segments
        if segments:
            first = min(segment.started_at for segment in segments)
            ends = [segment.ended_at for segment in segments if segment.ended_at is not None]
            running = len(ends) < len(segments)
            last = self.tr("now") if running else self._times.time(max(ends))
            if self._times.date(first) != self._times.date(view.now):
                parts.append(self._times.date(first))
            parts.append(f"{self._times.time(first)}\N{EN DASH}{last}")
        return " · ".join(parts)

    def _show_record(self, view: VisitView) -> None:
        """Show what is on record of a signed visit; an open one has its fields instead."""
        sentences = skilled_words.sentences(view) if view.visit.signed else ()
        self._record_box.setVisible(bool(sentences))
        self.on_record.say("\n".join(texts.words(sentence) for sentence in sentences))

    def _show_why(self, view: VisitView) -> None:
        reckoning = view.reckoning
        self._why_box.setVisible(bool(view.steps))
        count = texts.unit_word(reckoning.timed_units, reckoning.untimed_units)
        self.why_title.say(self.tr("Why {0}").format(count).upper())
        self.why.say("\n".join(f"{texts.words(step)}." for step in view.steps))

    def _arrange(self) -> None:
        look = self.look
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(12))
        self._reason_column.setSpacing(look.px(10))
        column.addLayout(self._head())
        column.addLayout(self._reason_column)
        column.addWidget(self._amend_part)
        above, framed = QVBoxLayout(), QVBoxLayout()
        for layout in (above, framed):
            # As far in as the frames of fields, which leave room for a focus ring.
            layout.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
            layout.setSpacing(look.px(12))
        above.addWidget(self.tie)
        framed.addWidget(self._record_box)
        framed.addWidget(self._why_box)
        column.addLayout(above)
        column.addWidget(self.skilled)
        column.addLayout(framed)
        column.addStretch()
        record_title = heading(look, self.tr("Skilled parts on record"))
        for box, said in (
            (self._why_box, (self.why_title, self.why)),
            (self._record_box, (record_title, self.on_record)),
        ):
            inside = QVBoxLayout(box)
            inside.setContentsMargins(look.px(14), look.px(12), look.px(14), look.px(12))
            for label in said:
                inside.addWidget(label)
        self._arrange_amend()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(look, content))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the title beside the way back, or below it where the window is narrow."""
        super().resizeEvent(event)
        wide = self.width() >= self.look.px(_WIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._names.setDirection(across if wide else down)

    def _head(self) -> QVBoxLayout:
        left = Qt.AlignmentFlag.AlignLeft
        self._names.addWidget(self.back, 0, left)
        self._names.addWidget(self.title, 1, left)
        for label in (self.title, self.about):
            label.setContentsMargins(self.look.px(SIDE), 0, 0, 0)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(self._names)
        head.addWidget(self.about)
        return head

    def _arrange_amend(self) -> None:
        self.amend_reason.ask(
            self.tr("Amend: why is the visit reopened?"),
            self.tr("For example: the end of 97110 was wrong"),
            pending=self.tr("Kept in the audit log, beside what was signed."),
            kept="",
        )
        column = QVBoxLayout(self._amend_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.amend_reason)
        row = QHBoxLayout()
        row.addWidget(self.amend)
        row.addStretch()
        column.addLayout(row)
