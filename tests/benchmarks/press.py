"""How long is it from the click on a card to the commit and the paint?"""

import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ptimer.gui.start import build_window
from ptimer.operations import visiting
from ptimer.operations.clinic import open_clinic
from ptimer.timing.clock import SystemClock

PRESSES = 60


class _Painted(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        self.times += event.type() == QEvent.Type.Paint
        return False


def measure_presses(folder: Path) -> list[float]:
    """Return the seconds of presses that switch between two codes of a visit."""
    application = QApplication.instance() or QApplication([])
    clinic = open_clinic(folder, SystemClock())
    window = build_window(clinic)
    visit = visiting.open_visit(clinic, "PRESS-1", payer="Medicare", discipline="OT")
    window.desk.refresh()
    window.desk.select(visit.id)
    window.show()
    QTest.qWaitForWindowExposed(window)
    times = []
    for number in range(PRESSES):
        card = window.today.stopwatches.cards[number % 2]
        painted = _Painted(card)
        started = time.perf_counter()
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        while not painted.times:
            application.processEvents()
        times.append(time.perf_counter() - started)
        painted.deleteLater()
        application.processEvents()
    clinic.close()
    return times[5:]
