"""The button that every screen is made of, painted as in the pictures.

It is at least 44 pixels high to the finger, and looks 34 high to the eye.
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, SIDE, TARGET, VISIBLE, focus_ring, rounded
from ptimer.gui.look import MEDIUM, Look


class Button(QPushButton):
    """A press, with an icon before and the key behind its words.

    `kind` is "plain", "primary", "small", "flat", "quiet", "foot" or "nav".
    """

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        kind: str = "plain",
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a button; `key` is shown behind the words, and told in the tooltip."""
        super().__init__(parent)
        self._words = ""
        self.look = look
        self._kind = kind
        self._icon = icon
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(text)
        self._describe()
        look.changed.connect(self.update)

    def setText(self, text: str) -> None:  # noqa: N802  (Qt's name)
        """Show words as they are: an ampersand in a name makes no Alt shortcut."""
        self._words = text
        super().setText(text.replace("&", "&&"))

    def text(self) -> str:
        """Return the words as they are shown."""
        return self._words

    def set_words(self, text: str, *, key: str | None = None) -> None:
        """Show other words."""
        if key is not None:
            self._key = key
            self.setToolTip("")
        self.setText(text)
        self._describe()
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Look like another kind of button."""
        if kind != self._kind:
            self._kind = kind
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size that its words need."""
        target = self.look.px(TARGET)
        return QSize(max(self.width_of(self.text()), target), target)

    def width_of(self, words: str) -> int:
        """Return how wide it would be with other words."""
        width = QFontMetrics(self._font()).horizontalAdvance(words)
        if self._key:
            width += self.look.px(7) + self._key_metrics().horizontalAdvance(self._key)
        if self._icon:
            width += self.look.px(16) + (self.look.px(7) if words else 0)
        return width + 2 * self.look.px(self._padding() + SIDE)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no word is ever cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, the icon, the words and the key."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame()
        fill, line, ink = self._colors()
        radius = self.look.px(7)
        if fill is not None:
            rounded(painter, frame, radius, fill, line)
        self._paint_words(painter, frame.toRect(), ink)
        if self.hasFocus():
            focus_ring(painter, self.look, frame, radius)

    def _paint_words(self, painter: QPainter, frame: QRect, ink: QColor) -> None:
        left = frame.left() + (frame.width() - self._content_width()) // 2
        if self._icon:
            size = self.look.px(16)
            pixmap = self.look.icon(self._icon, ink, 16, self.devicePixelRatioF())
            top = frame.top() + (frame.height() - size) // 2
            painter.drawPixmap(QPoint(left, top), pixmap)
            left += size + (self.look.px(7) if self.text() else 0)
        painter.setPen(ink)
        painter.setFont(self._font())
        words = QRect(left, frame.top(), frame.right() - left, frame.height())
        painter.drawText(words, LEFT_MIDDLE, self.text())
        if self._key:
            left += QFontMetrics(self._font()).horizontalAdvance(self.text()) + self.look.px(7)
            painter.setFont(self.look.font(12, MEDIUM))
            painter.setPen(ink if self._kind == "primary" else self.look.color("mute"))
            painter.drawText(
                QRect(left, frame.top(), frame.right() - left, frame.height()),
                LEFT_MIDDLE,
                self._key,
            )

    def _content_width(self) -> int:
        return self.sizeHint().width() - 2 * self.look.px(self._padding() + SIDE)

    def _frame(self) -> QRectF:
        height = self.look.px({"small": 28, "foot": 22}.get(self._kind, VISIBLE))
        top = (self.height() - height) / 2
        side = self.look.px(SIDE)
        return QRectF(side, top, self.width() - 2 * side, height)

    def _colors(self) -> tuple[QColor | None, QColor | None, QColor]:
        look = self.look
        fill: QColor | None
        if not self.isEnabled():
            return look.color("lock_soft"), look.color("line"), look.color("mute")
        if self._kind == "primary":
            accent = look.color("accent")
            fill = accent.darker(108) if self._active() else accent
            return fill, None, look.color("accent_ink")
        if self._kind == "nav":
            return self._nav_colors()
        if self._kind in ("flat", "quiet", "foot"):
            ink = look.color("accent" if self._kind == "flat" or self._active() else "mute")
            return look.color("lock_soft") if self._active() else None, None, ink
        fill = look.color("lock_soft") if self._active() else look.color("panel")
        if self.isChecked():
            return look.color("accent_soft"), look.color("accent"), look.color("accent")
        return fill, look.color("button_line"), look.color("ink")

    def _nav_colors(self) -> tuple[QColor | None, QColor | None, QColor]:
        if self.isChecked():
            return self.look.color("accent_soft"), None, self.look.color("accent")
        soft = self.look.color("lock_soft") if self._active() else None
        return soft, None, self.look.color("mute")

    def _active(self) -> bool:
        return self.isDown() or self.underMouse()

    def _padding(self) -> int:
        return {"small": 9, "flat": 6, "quiet": 4, "foot": 4, "nav": 13}.get(self._kind, 12)

    def _font(self) -> QFont:
        if self._kind in ("quiet", "foot"):
            return self.look.font(12)
        return self.look.font(13 if self._kind == "small" else 14, MEDIUM)

    def _key_metrics(self) -> QFontMetrics:
        return QFontMetrics(self.look.font(12, MEDIUM))

    def _describe(self) -> None:
        if self.text():
            self.setAccessibleName(self.text())
        if self._key:
            self.setToolTip(f"{self.text()} ({self._key})")
