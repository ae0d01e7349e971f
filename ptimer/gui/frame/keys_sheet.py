"""All keys at a glance, over the window: F1 or ? opens the sheet, and closes it."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.frame import keys
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.keys import Key
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look
from ptimer.gui.texts import Label, heading

_WIDTH = 720
_EDGE = 24
_CAP_ROOM = 92
_ROW = 34
_SHADE = QColor(0, 0, 0, 120)

_CLOSES = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Question)


class KeyRow(QWidget):
    """One key and what it does."""

    def __init__(self, look: Look, key: Key, parent: QWidget | None = None) -> None:
        """Make the row."""
        super().__init__(parent)
        self.look = look
        self.key = key
        self.setAccessibleName(f"{key.shown}: {key.said}")
        self.setToolTip(key.said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size that its words need."""
        width = QFontMetrics(self.look.font()).horizontalAdvance(self.key.said)
        return QSize(self._words_left() + width, self.look.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """Return the same: no word is ever cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the key as a cap, then its words."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12, MEDIUM))
        width = self._cap_width()
        height = look.px(24)
        cap = QRectF(0.5, (self.height() - height) / 2 + 0.5, width, height - 1)
        painter.setPen(look.color("field"))
        painter.setBrush(look.color("lock_soft"))
        painter.drawRoundedRect(cap, look.px(5), look.px(5))
        painter.setPen(look.color("ink"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key.shown)
        painter.setFont(look.font(14, REGULAR))
        words = self.rect().adjusted(self._words_left(), 0, 0, 0)
        painter.drawText(words, LEFT_MIDDLE, self.key.said)

    def _cap_width(self) -> int:
        metrics = QFontMetrics(self.look.font(12, MEDIUM))
        wanted = metrics.horizontalAdvance(self.key.shown) + self.look.px(16)
        return max(wanted, self.look.px(26))

    def _words_left(self) -> int:
        """Return where the words begin: below each other, unless the key is a long one."""
        return max(self.look.px(_CAP_ROOM), self._cap_width() + self.look.px(10))


class KeysSheet(QWidget):
    """The sheet, laid over the whole window; what runs goes on, and Space still stops it.

    Signals:
        closed(): it is not seen any more.
    """

    closed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        """Make the sheet over a window; it is not seen before `toggle`."""
        super().__init__(window)
        self.look = look
        self.rows = [KeyRow(look, key) for key in keys.KEYS]
        self.close_button = Button(look, self.tr("Close"), key="Esc")
        self._paper = Box(look, self)
        self._over = window
        self._focused: QWidget | None = None
        self.setAccessibleName(self.tr("Keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange()
        self.close_button.clicked.connect(self.dismiss)
        self.hide()

    def toggle(self) -> None:
        """Show the sheet, or take it away."""
        if self.isVisible():
            self.dismiss()
            return
        self._focused = self.window().focusWidget()
        self._over.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def dismiss(self) -> None:
        """Take the sheet away, and put the keyboard back where it was."""
        self.hide()
        self._over.removeEventFilter(self)
        back = self._focused
        (back if back is not None and back.isVisible() else self.window()).setFocus()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that open it; all others go on meaning what they mean."""
        if event.key() in _CLOSES:
            self.dismiss()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a press beside the paper; none reaches what lies below."""
        event.accept()
        if not self._paper.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shade the window."""
        del event
        QPainter(self).fillRect(self.rect(), _SHADE)

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        edge = self.look.px(_EDGE)
        wanted = max(self.look.px(_WIDTH), self._paper.minimumSizeHint().width())
        width = min(wanted, self.width() - 2 * edge)
        # A scroll area wants no more than some lines, however much room there is.
        more = self._content.sizeHint().height() - self._scroll.sizeHint().height()
        height = min(self._paper.sizeHint().height() + max(more, 0), self.height() - 2 * edge)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        self._paper.setGeometry(left, top, width, height)

    def _arrange(self) -> None:
        look = self.look
        head = QHBoxLayout()
        head.addWidget(Label(look, self.tr("Keys"), pixels=20, weight=BOLD))
        head.addStretch()
        head.addWidget(self.close_button)
        column = QVBoxLayout(self._paper)
        column.setContentsMargins(look.px(24), look.px(14), look.px(12), look.px(16))
        column.setSpacing(look.px(4))
        column.addLayout(head)
        content = self._content = self._groups()
        groups = self._scroll = scrolled(look, content)
        bar = groups.verticalScrollBar().sizeHint().width()
        groups.setMinimumSize(content.minimumSizeHint().width() + bar, look.px(160))
        groups.setSizeAdjustPolicy(groups.SizeAdjustPolicy.AdjustToContents)
        column.addWidget(groups)

    def _groups(self) -> QWidget:
        """Return the groups in two columns: the stopwatches and visits, then the rest."""
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, self.look.px(12), 0)
        grid.setHorizontalSpacing(self.look.px(28))
        for place, groups in enumerate((keys.GROUPS[:2], keys.GROUPS[2:])):
            column = QVBoxLayout()
            column.setSpacing(0)
            for group in groups:
                self._add_group(column, group)
            column.addStretch()
            grid.addLayout(column, 0, place)
        return content

    def _add_group(self, column: QVBoxLayout, group: str) -> None:
        look = self.look
        column.addWidget(heading(look, keys.group_said(group)))
        column.addSpacing(look.px(4))
        for row in self.rows:
            if row.key.group == group:
                column.addWidget(row)
        column.addSpacing(look.px(14))
