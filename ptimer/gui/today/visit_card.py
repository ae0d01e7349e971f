"""One visit on the left: whose it is, what runs, minutes and units, planned, signed, to fix."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, focus_ring, rounded
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look

STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_HEIGHT = 58
_MOST_FOR_THE_ID = 0.62
_MARKS = {
    "run": ("accent", "accent_ink", "dot", 9),
    "ok": ("ok_soft", "ok", "check", 12),
    "warn": ("warn_soft", "warn", "warning", 12),
    "gone": ("lock_soft", "lock", "forbidden", 12),
}


@dataclass(frozen=True)
class VisitRow:
    """What a visit's card shows; `mark` is "run", "ok", "warn", "gone" or nothing.

    `right_short` stands for `right` where that is too long.
    """

    visit_id: str
    patient: str
    about: str
    right: str
    right_short: str = ""
    mark: str = ""
    mark_text: str = ""
    is_heading: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        parts = (self.patient, self.about, self.right, self.mark_text)
        return ", ".join(part for part in parts if part)


class VisitCard(QPushButton):
    """A visit to look at by one press.

    Signals:
        step_wanted(step): an arrow wants the visit so many places further down.
    """

    step_wanted = Signal(int)

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

    @property
    def right_shown(self) -> str:
        """What stands at the right of the first line, at the card's present width."""
        room = self._upper().width() - self._room_of_id()
        metrics = QFontMetrics(self._right_font())
        for words in (self.row.right, self.row.right_short):
            if words and metrics.horizontalAdvance(words) <= room:
                return words
        return metrics.elidedText(self.row.right, Qt.TextElideMode.ElideRight, int(room))

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(240), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height; the width is the column's."""
        return QSize(self.look.px(160), self.look.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the arrows; a button would take them for Tab, and what scrolls for scrolling."""
        step = STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.step_wanted.emit(step)

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
        upper = self._upper()
        self._paint_upper(painter, upper)
        self._paint_lower(painter, upper.translated(0, look.px(21)))

    def _paint_upper(self, painter: QPainter, area: QRectF) -> None:
        look = self.look
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(15, BOLD))
        # The id comes first: what is left of the line is for the minutes.
        painter.drawText(area, LEFT_MIDDLE, self._id_shown())
        painter.setFont(self._right_font())
        painter.setPen(look.color("mute" if self._planned else "ink"))
        painter.drawText(area, RIGHT_MIDDLE, self.right_shown)

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

    def _upper(self) -> QRectF:
        """Return the first line."""
        look = self.look
        return QRectF(look.px(12), look.px(7), self.width() - 2 * look.px(12), look.px(22))

    @property
    def _planned(self) -> bool:
        return not self.row.mark and "·" not in self.row.right

    def _right_font(self) -> QFont:
        return self.look.font(12, REGULAR if self._planned else MEDIUM, tabular=True)

    def _id_shown(self) -> str:
        room = int(self._upper().width() * _MOST_FOR_THE_ID)
        metrics = QFontMetrics(self.look.font(15, BOLD))
        return metrics.elidedText(self.row.patient, Qt.TextElideMode.ElideRight, room)

    def _room_of_id(self) -> int:
        metrics = QFontMetrics(self.look.font(15, BOLD))
        return metrics.horizontalAdvance(self._id_shown()) + self.look.px(8)

    @staticmethod
    def _fitting(painter: QPainter, text: str, room: float) -> str:
        metrics = QFontMetrics(painter.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
