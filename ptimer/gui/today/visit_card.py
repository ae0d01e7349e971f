"""One visit on the left: whose it is, what runs, minutes and units, planned, signed, to fix."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, focus_ring, rounded
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look

_HEIGHT = 58
_MOST_FOR_THE_ID = 0.62
_MARKS = {
    "run": ("accent", "accent_ink", "dot", 9),
    "ok": ("ok_soft", "ok", "check", 12),
    "warn": ("warn_soft", "warn", "warning", 12),
}


@dataclass(frozen=True)
class VisitRow:
    """What a visit's card shows; `mark` is "run", "ok", "warn" or nothing."""

    visit_id: str
    patient: str
    about: str
    right: str
    mark: str = ""
    mark_text: str = ""
    is_heading: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        parts = (self.patient, self.about, self.right, self.mark_text)
        return ", ".join(part for part in parts if part)


class VisitCard(QPushButton):
    """A visit to look at by one press."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty card."""
        super().__init__(parent)
        self.look = look
        self.row = VisitRow("", "", "", "")
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_row(self, row: VisitRow, *, chosen: bool) -> None:
        """Repaint, if anything is different."""
        if row == self.row and chosen == self._chosen:
            return
        self.row = row
        self._chosen = chosen
        self.setAccessibleName(row.spoken)
        self.setToolTip(plain_tip(row.spoken))
        self.update()

    @property
    def chosen(self) -> bool:
        """Whether this is the visit that is looked at."""
        return self._chosen

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(240), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height; the width is the column's."""
        return QSize(self.look.px(160), self.look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        ground = look.color("lock_soft" if self.isDown() else "panel")
        rounded(painter, frame, look.px(10), ground, look.color("line"))
        if self._chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), look.px(9), look.px(9))
        if self.hasFocus():
            focus_ring(painter, look, frame.adjusted(4, 4, -4, -4), look.px(7))
        side = look.px(12)
        upper = QRectF(side, look.px(7), self.width() - 2 * side, look.px(22))
        self._paint_upper(painter, upper)
        self._paint_lower(painter, upper.translated(0, look.px(21)))

    def _paint_upper(self, painter: QPainter, area: QRectF) -> None:
        look = self.look
        planned = not self.row.mark and "·" not in self.row.right
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(15, BOLD))
        # The id comes first: what is left of the line is for the minutes.
        patient = self._fitting(painter, self.row.patient, area.width() * _MOST_FOR_THE_ID)
        painter.drawText(area, LEFT_MIDDLE, patient)
        taken = QFontMetrics(painter.font()).horizontalAdvance(patient) + look.px(8)
        painter.setFont(look.font(12, REGULAR if planned else MEDIUM, tabular=True))
        painter.setPen(look.color("mute" if planned else "ink"))
        right = self._fitting(painter, self.row.right, area.width() - taken)
        painter.drawText(area, RIGHT_MIDDLE, right)

    def _paint_lower(self, painter: QPainter, area: QRectF) -> None:
        taken = self._paint_mark(painter, area) if self.row.mark else 0
        painter.setFont(self.look.font(12))
        painter.setPen(self.look.color("mute"))
        room = area.width() - taken - self.look.px(4)
        painter.drawText(area, LEFT_MIDDLE, self._fitting(painter, self.row.about, room))

    def _paint_mark(self, painter: QPainter, area: QRectF) -> float:
        """Paint the pill at the right end, and return how wide it is."""
        look = self.look
        soft, ink, icon, pixels = _MARKS[self.row.mark]
        painter.setFont(look.font(12, MEDIUM))
        words = QFontMetrics(painter.font()).horizontalAdvance(self.row.mark_text)
        picture = look.px(pixels)
        width = words + picture + look.px(20)
        pill = QRectF(area.right() - width, area.top() + look.px(2), width, look.px(18))
        rounded(painter, pill, look.px(9), look.color(soft))
        pixmap = look.icon(icon, look.color(ink), pixels, self.devicePixelRatioF())
        left = round(pill.left()) + look.px(8)
        painter.drawPixmap(QPoint(left, round(pill.center().y() - picture / 2)), pixmap)
        painter.setPen(look.color(ink))
        room = pill.adjusted(look.px(12) + picture, 0, 0, 0)
        painter.drawText(room, LEFT_MIDDLE, self.row.mark_text)
        return width

    @staticmethod
    def _fitting(painter: QPainter, text: str, room: float) -> str:
        metrics = QFontMetrics(painter.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
