"""When is a second over? One timer for the whole window."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ptimer.timing.clock import SECOND, Clock, Instant

_LATE = 15
"""Milliseconds after the full second, so that a timer a little early does not show it twice."""


class Ticker(QObject):
    """Ticks once a second, when the running stopwatch turns over.

    Signals:
        ticked(): a second is over.
    """

    ticked = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        """Make a ticker that stands still until `start`."""
        super().__init__(parent)
        self._clock = clock
        self._phase = Instant(0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Tick from now on."""
        self._wait()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()

    def follow(self, started_at: Instant) -> None:
        """Tick when a stopwatch that was started then turns over."""
        self._phase = started_at
        if self._timer.isActive():
            self._wait()

    def _tick(self) -> None:
        self._wait()
        self.ticked.emit()

    def _wait(self) -> None:
        into_second = (self._clock.now() - self._phase) % SECOND
        self._timer.start(SECOND - into_second + _LATE)
