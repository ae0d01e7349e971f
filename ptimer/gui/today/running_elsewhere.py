"""What runs in another visit than the one that is looked at, with a way there and a stop."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.operations.visit_record import Segment
from ptimer.timing.clock import Instant

_MOST = 4
_MOST_OF_AN_ID = 12


class _Running(QWidget):
    """One running segment."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.segment: Segment | None = None
        self.patient = Label(look, pixels=15, weight=BOLD)
        self.about = Label(look, pixels=12, color="mute")
        self.time = Label(look, pixels=24, weight=BOLD, color="accent", tabular=True)
        self.go = Button(look, "", kind="small")
        self.stop = Button(look, self.tr("Stop"), kind="small", icon="stop")
        whose = QWidget()
        names = QVBoxLayout(whose)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(self.patient)
        names.addWidget(self.about)
        upper = FlowLayout(gap=look.px(6))
        upper.addWidget(whose)
        upper.add_stretch()
        upper.addWidget(self.time)
        lower = FlowLayout()
        lower.addWidget(self.go)
        lower.addWidget(self.stop)
        lower.add_stretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(9), look.px(12), look.px(2))
        column.setSpacing(look.px(2))
        column.addLayout(upper)
        column.addLayout(lower)
        look.changed.connect(self.update)

    def show_segment(self, segment: Segment, now: Instant, times: Times) -> None:
        self.segment = segment
        self.patient.say(texts.short(segment.patient, _MOST_OF_AN_ID))
        self.patient.setToolTip(plain_tip(segment.patient))
        since = times.time(segment.started_at)
        self.about.say(self.tr("{0} · since {1}").format(segment.code, since))
        self.go.set_words(self.tr("Go to {0}").format(texts.short(segment.patient, 14)))
        self.stop.setAccessibleName(
            self.tr("Stop {0} of {1}").format(segment.code, segment.patient)
        )
        self.show_time(now)

    def show_time(self, now: Instant) -> None:
        if self.segment is not None:
            self.time.say(texts.running_time(self.segment.stretch.milliseconds(now)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.color("accent"), 2))
        radius = self.look.px(11)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class RunningElsewhere(QWidget):
    """The stopwatches of other visits; hidden while there are none.

    Signals:
        stop_wanted(segment_id): a person stops one.
        visit_wanted(visit_id): a person goes to its visit.
    """

    stop_wanted = Signal(str)
    visit_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show none yet."""
        super().__init__(parent)
        self.look = look
        self.items: list[_Running] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, look.px(12), 0, 0)
        self._column.setSpacing(look.px(8))
        self._column.addWidget(heading(look, self.tr("Running now")))
        self.hide()

    def show_segments(self, segments: list[Segment], now: Instant, times: Times) -> None:
        """Show what runs."""
        shown = segments[-_MOST:]
        while len(self.items) < len(shown):
            self._add()
        for place, item in enumerate(self.items):
            item.setVisible(place < len(shown))
            if place < len(shown):
                item.show_segment(shown[place], now, times)
        self.setVisible(bool(shown))

    def show_times(self, now: Instant) -> None:
        """Repaint the times."""
        for item in self.items:
            if item.isVisible():
                item.show_time(now)

    def _add(self) -> None:
        item = _Running(self.look, self)
        item.stop.clicked.connect(lambda: self._stop(item))
        item.go.clicked.connect(lambda: self._go(item))
        self.items.append(item)
        self._column.addWidget(item)

    def _stop(self, item: _Running) -> None:
        if item.segment is not None:
            self.stop_wanted.emit(item.segment.id)

    def _go(self, item: _Running) -> None:
        if item.segment is not None:
            self.visit_wanted.emit(item.segment.visit_id)
