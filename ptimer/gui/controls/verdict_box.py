"""Would what is typed be saved? "Not saved: …" with the rule, why, and a time that would fit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import SIDE, rounded
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations import explaining
from ptimer.operations.errors import Problem, Refused
from ptimer.operations.explaining import Explanation
from ptimer.operations.rehearsing import Trial
from ptimer.operations.visit_record import Segment
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.why.why_panel import WhyPanel


class VerdictBox(QWidget):
    """Says why something typed would not be saved, or what else it would do; else it is hidden.

    Signals:
        time_wanted(which, time): a person takes the time that fits, as "start" or "end".
    """

    time_wanted = Signal(str, str)

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self._bad = False
        self._offer = ("", "")
        self._why: Explanation | None = None
        self.panel: WhyPanel | None = None
        self.title = Label(look, pixels=13, weight=BOLD, wrap=True)
        self.text = Label(look, pixels=13, wrap=True)
        self.use = Button(look, "", kind="small")
        self.use.setAccessibleName(self.tr("Use the time that fits"))
        self.why = Button(look, self.tr("Why?"), kind="small")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._arrange()
        self.use.clicked.connect(self._take)
        self.why.clicked.connect(self._explain)
        self.hide()
        look.changed.connect(self.update)

    def show_trial(self, trial: Trial, typed: str) -> None:
        """Show what would come of it; `typed` is "start" or "end", whichever was changed."""
        problem = trial.problem
        self._bad = problem is not None
        remarks = " ".join(f"{texts.words(each)}." for each in trial.remarks)
        if problem is None:
            self._say("", remarks)
            self.use.hide()
            self.why.hide()
            return
        self._offer = self._nearest(trial, typed)
        which, time = self._offer
        self._say(self._not_saved(trial, problem, typed), self._sentences(problem, which, time))
        self.use.set_words(self.tr("Use {0}").format(time))
        self.use.setVisible(bool(time))
        self._why = explaining.of_problem(problem)
        self.why.setVisible(self._why is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and its sign."""
        del event
        look = self.look
        ink = "bad" if self._bad else "accent"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "bad_soft" if self._bad else "panel"
        line = look.color(f"{ink}_line")
        side = look.px(SIDE)
        box = QRectF(self.rect()).adjusted(side, 0, -side, 0)
        rounded(painter, box, look.px(9), look.color(ground), line)
        name = "forbidden" if self._bad else "warning"
        sign = look.icon(name, look.color(ink), 17, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(side + look.px(12), look.px(11)), sign)

    def _say(self, title: str, text: str) -> None:
        self.title.say(title)
        self.title.setVisible(bool(title))
        self.text.say(text)
        self.text.setVisible(bool(text))
        for label in (self.title, self.text):
            label.set_color("bad" if self._bad else "ink")
        self.setAccessibleName(f"{title} {text}".strip())
        self.setVisible(bool(title or text))
        self.update()

    def _not_saved(self, trial: Trial, problem: Problem, typed: str) -> str:
        blockers = problem.blockers if isinstance(problem, Refused) else ()
        if not blockers:
            return self.tr("Not saved")
        met = self._told(blockers[0])
        stretch = trial.stretch
        moment = getattr(stretch, typed, None) if stretch is not None else None
        if moment is None:
            return self.tr("Not saved: it would overlap {0}").format(met)
        return self.tr("Not saved: {0} would overlap {1}").format(self._short(moment), met)

    def _sentences(self, problem: Problem, which: str, time: str) -> str:
        sentence = f"{texts.words(problem.sentence)}."
        if which == "start":
            return f"{sentence} {self.tr('The earliest start that fits is {0}.').format(time)}"
        if which == "end":
            return f"{sentence} {self.tr('The latest end that fits is {0}.').format(time)}"
        return sentence

    def _nearest(self, trial: Trial, typed: str) -> tuple[str, str]:
        """Return which time would fit, and what to type for it: rather the one that was typed."""
        fits = {"start": trial.fit.start, "end": trial.fit.end}
        for which in (typed, *fits):
            instant = fits.get(which)
            if instant is not None:
                return which, self._times.clock(instant)
        return "", ""

    def _told(self, segment: Segment) -> str:
        start = self._short(segment.started_at)
        end = self.tr("now") if segment.ended_at is None else self._short(segment.ended_at)
        return f"{segment.code} {start}–{end}"  # noqa: RUF001  (a range is written with an en dash)

    def _short(self, instant: Instant) -> str:
        return self._times.clock(instant).removesuffix(":00")

    def _take(self) -> None:
        self.time_wanted.emit(*self._offer)

    def _explain(self) -> None:
        from ptimer.gui.why.why_panel import WhyPanel  # only once it is asked for

        if self._why is not None:
            if self.panel is None:
                self.panel = WhyPanel(self.look)
            self.panel.explain(self._why, self.why)

    def _arrange(self) -> None:
        look = self.look
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        for label in (self.title, self.text):
            column.addWidget(label)
        words.setMinimumWidth(look.px(180))
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = FlowLayout(self)
        row.setContentsMargins(look.px(SIDE + 38), look.px(6), look.px(SIDE + 8), look.px(6))
        for widget in (words, self.use, self.why):
            row.addWidget(widget)
