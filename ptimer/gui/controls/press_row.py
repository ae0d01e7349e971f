"""A row that leads somewhere: what it is, why it is there, and an arrow."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui.controls.painting import SIDE, TARGET, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_BEFORE = 36
_BEHIND = 30
_ABOVE = 7
_RADIUS = 9


class PressRow(QPushButton):
    """A title and a line below it; `must` says that it has to be done, and colours it."""

    def __init__(self, look: Look, *, must: bool, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.look = look
        self.title = ""
        self.detail = ""
        self._must = must
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.update)

    def show_words(self, title: str, detail: str) -> None:
        """Say something else."""
        if (title, detail) == (self.title, self.detail):
            return
        self.title, self.detail = title, detail
        self.setAccessibleName(": ".join(part for part in (title, detail) if part))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return that long words make it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which nothing is cut off."""
        room = self._room(width)
        lines = self._height(self._title_font(), self.title, room)
        lines += self._height(self.look.font(12, REGULAR), self.detail, room)
        return max(lines + self.look.px(2 * _ABOVE + 4), self.look.px(TARGET))

    def sizeHint(self) -> QSize:
        """Return the size in a side column."""
        width = max(self.width(), self.look.px(200))
        return QSize(self.look.px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the height that a finger needs."""
        return QSize(self.look.px(120), self.look.px(TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the words need one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, sign, words and arrow."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(SIDE, 2, -SIDE, -2)
        fill = look.color("warn_soft" if self._must else "panel")
        line = look.color("warn_line" if self._must else "line")
        if self.underMouse() or self.isDown():
            line = look.color("accent")
        rounded(painter, frame, look.px(_RADIUS), fill, line)
        self._paint_icon(painter, "warning", "warn", look.px(SIDE + 12))
        self._paint_icon(painter, "right", "mute", self.width() - look.px(SIDE + 12 + 15))
        self._paint_words(painter)
        if self.hasFocus():
            focus_ring(painter, look, frame.adjusted(0, 1, 0, -1), look.px(_RADIUS))

    def _paint_icon(self, painter: QPainter, name: str, color: str, left: int) -> None:
        size = self.look.px(15)
        pixmap = self.look.icon(name, self.look.color(color), 15, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(left, (self.height() - size) // 2), pixmap)

    def _paint_words(self, painter: QPainter) -> None:
        look = self.look
        room = self._room(self.width())
        upper = self._height(self._title_font(), self.title, room)
        small = look.font(12, REGULAR)
        lower = self._height(small, self.detail, room)
        top = (self.height() - upper - lower) // 2
        left = look.px(SIDE + _BEFORE)
        painter.setPen(look.color("ink"))
        painter.setFont(self._title_font())
        painter.drawText(QRect(left, top, room, upper), _WRAPPED, self.title)
        painter.setPen(look.color("lock" if self._must else "mute"))
        painter.setFont(small)
        painter.drawText(QRect(left, top + upper, room, lower), _WRAPPED, self.detail)

    def _title_font(self) -> QFont:
        return self.look.font(14, BOLD) if self._must else self.look.font(13, REGULAR)

    def _room(self, width: int) -> int:
        return max(width - self.look.px(2 * SIDE + _BEFORE + _BEHIND), 1)

    @staticmethod
    def _height(font: QFont, text: str, room: int) -> int:
        if not text:
            return 0
        return QFontMetrics(font).boundingRect(QRect(0, 0, room, 10_000), _WRAPPED, text).height()
