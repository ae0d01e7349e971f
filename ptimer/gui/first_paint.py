"""When has a person seen the window for the first time, so that the rest may be done?"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_SOON = 50
"""Milliseconds: what is still to be painted comes first."""

_AT_LATEST = 1000
"""Milliseconds: a window that was started minimized is not painted at all."""


class FirstPaint(QObject):
    """Tells once that a window was painted, or that it is not going to be.

    Signals:
        over: it is painted, and the event that painted it is done with.
    """

    over = Signal()

    def __init__(self, window: QWidget) -> None:
        """Watch a window that was shown just now."""
        super().__init__(window)
        self._window = window
        self._wait = QTimer(self, singleShot=True, interval=_AT_LATEST)
        self._wait.timeout.connect(self._tell)
        self._wait.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the first paint, and let every event go on."""
        if event.type() == QEvent.Type.Paint:
            self._wait.start(_SOON)
            watched.removeEventFilter(self)
        return False

    def _tell(self) -> None:
        self._window.removeEventFilter(self)
        if self._window.isVisible():  # it may have been closed at once
            self.over.emit()
