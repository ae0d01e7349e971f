"""The time in the clinic as one line: treatment, rest and gaps, told apart by their patterns."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.look import Look
from ptimer.operations.in_clinic import Doing, InClinic, Part

_HEIGHT = 14
_PATTERNS = {
    Doing.TIMED: ("accent", Qt.BrushStyle.SolidPattern),
    Doing.UNTIMED: ("third", Qt.BrushStyle.Dense4Pattern),
    Doing.APART: ("lock", Qt.BrushStyle.BDiagPattern),
}


class ClinicLine(QWidget):
    """From the arrival to the departure, or to now; a gap is an empty frame."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.look = look
        self.time = InClinic(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_time(self, time: InClinic) -> None:
        """Repaint, if anything is different."""
        if time != self.time:
            self.time = time
            self.update()

    def words(self) -> str:
        """Return what the patterns mean, with their minutes; what there is none of is left out."""
        named = (
            (Doing.UNTIMED, self.tr("{0} min untimed, dotted")),
            (Doing.APART, self.tr("{0} min rest or not billable, hatched")),
            (Doing.GAP, self.tr("{0} min gaps, empty")),
        )
        there = {part.doing for part in self.time.parts}
        found = [words.format(self.time.minutes(doing)) for doing, words in named if doing in there]
        return " · ".join(found)

    def sizeHint(self) -> QSize:
        """Return a line as wide as the panel."""
        return QSize(self.look.px(240), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(120), self.look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts one after the other."""
        del event
        if not self.time.parts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, self.look.px(4), self.look.px(4))
        painter.setClipPath(shape)
        for part in self.time.parts:
            self._paint_part(painter, part)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.color("field"), 1))
        painter.drawPath(shape)

    def _paint_part(self, painter: QPainter, part: Part) -> None:
        first, last = self.time.parts[0].start, self.time.parts[-1].end
        left, right = (
            (moment - first) / max(last - first, 1) * self.width()
            for moment in (part.start, part.end)
        )
        box = QRectF(left, 0, right - left, self.height())
        pattern = _PATTERNS.get(part.doing)
        if pattern is not None:
            color, style = pattern
            painter.fillRect(box, QBrush(self.look.color(color), style))
