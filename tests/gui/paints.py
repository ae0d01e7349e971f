"""How often is each widget painted, and where?"""

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from ptimer.gui import background


class Paints(QObject):
    """Counts the paints of each widget, and where each was painted.

    A widget that is not opaque is painted on what lies below: whatever it stands in is asked for
    that place, too. Such a paint is the widget's own, and not counted for what is below.
    """

    def __init__(self):
        super().__init__()
        self.painted = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            corner = watched.mapTo(watched.window(), QPoint())
            self.painted.append((watched, event.region().translated(corner)))
        return False

    def of_a_tick(self):
        """Return who was painted since the last time, and where in its window."""
        painted, self.painted = self.painted, []
        found = []
        for widget, place in painted:
            for other, other_place in painted:
                if other is not widget and widget.isAncestorOf(other):
                    place = place.subtracted(other_place)
            if not place.isEmpty():
                found.append((widget, sum(r.width() * r.height() for r in place)))
        return found


def settle():
    """Let all be painted that waits for it, and other threads tell what they found."""
    for _ in range(5):
        background.wait_for_done()
        QApplication.processEvents()


def painted_by(do):
    """Return which widgets are painted anew after something was done."""
    settle()
    paints = Paints()
    QApplication.instance().installEventFilter(paints)
    do()
    settle()
    QApplication.instance().removeEventFilter(paints)
    return {widget for widget, _ in paints.of_a_tick()}


def tick(desk, clock, seconds):
    """Let seconds pass; return how often each widget was painted, and the largest area."""
    settle()
    paints = Paints()
    QApplication.instance().installEventFilter(paints)
    counted, areas = Counter(), Counter()
    for _ in range(seconds):
        clock.advance(seconds=1)
        desk.tick()
        settle()
        for widget, area in paints.of_a_tick():
            counted[widget] += 1
            areas[widget] = max(areas[widget], area)
    QApplication.instance().removeEventFilter(paints)
    return counted, areas
