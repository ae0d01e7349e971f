"""A line to type into, and a choice of several things, painted as in the pictures."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, SIDE, TARGET, paint_field
from ptimer.gui.look import Look


class Field(QLineEdit):
    """A line to type into, with a name for who can't see its label."""

    def __init__(
        self, look: Look, name: str, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a field; `hint` shows what could be typed while it is empty."""
        super().__init__(parent)
        self.look = look
        self.wrong = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFrame(False)
        self.setFont(look.font())
        side = look.px(SIDE + 9)
        self.setTextMargins(side, 0, side, 0)
        self._dress()
        look.changed.connect(self._dress)

    def mark_wrong(self, wrong: bool) -> None:
        """Show that what is typed can't be used."""
        if wrong != self.wrong:
            self.wrong = wrong
            self.update()

    def sizeHint(self) -> QSize:
        """Return a size for a dozen characters."""
        return QSize(self.look.px(140), self.look.px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return a size for a time of day."""
        return QSize(self.look.px(96), self.look.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, then what is typed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_field(painter, self.look, self.rect(), focused=self.hasFocus(), wrong=self.wrong)
        painter.end()
        super().paintEvent(event)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, self.look.color("ink"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, self.look.color("mute"))
        self.setPalette(palette)
        self.update()


class Choice(QComboBox):
    """One of several things, with a name for who can't see its label."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """Make an empty choice."""
        super().__init__(parent)
        self.look = look
        self.setAccessibleName(name)
        self.setFont(look.font())
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size that the longest thing needs."""
        metrics = QFontMetrics(self.look.font())
        widest = max(
            (metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=60
        )
        return QSize(widest + self.look.px(2 * SIDE + 44), self.look.px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is ever cut off."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past must not choose something else."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, what is chosen, and the arrow."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_field(painter, self.look, self.rect(), focused=self.hasFocus())
        side = self.look.px(SIDE + 10)
        painter.setPen(self.look.color("ink" if self.isEnabled() else "mute"))
        painter.setFont(self.look.font())
        words = self.rect().adjusted(side, 0, -side - self.look.px(16), 0)
        painter.drawText(words, LEFT_MIDDLE, self.currentText())
        size = self.look.px(16)
        arrow = self.look.icon("down", self.look.color("mute"), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(self.width() - side - size, (self.height() - size) // 2), arrow)
