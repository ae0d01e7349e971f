"""A panel that drops from a button, inside the window; nothing behind it is blocked."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.painting import rounded
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import Look

_EDGE = 10
"""Pixels between the panel and the window's edge."""


class DroppedPanel(QWidget):
    """Closed by Escape, by a press outside, or by what stands in it.

    Signals:
        closed(): it is not seen any more.
    """

    closed = Signal()

    def __init__(self, look: Look, width: float) -> None:
        """Make an empty panel of a width; it is not seen before `open_below`."""
        super().__init__()
        self.look = look
        self.content = QWidget()
        self._button: QWidget | None = None
        self._by_keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedWidth(look.px(width))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, look.px(6), 2, look.px(6))
        self._area = scrolled(look, self.content)
        column.addWidget(self._area)
        look.changed.connect(self.update)
        self.hide()

    def open_below(self, button: QWidget) -> None:
        """Show the panel below a button; a second press on it closes the panel."""
        if self.isVisible():
            self.dismiss()
            return
        self._button = button
        self._by_keyboard = button.hasFocus()
        self.setParent(button.window())
        self.place()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Close the panel, and put the keyboard back where it was opened from."""
        self.hide()
        button = self._button
        if button is not None:
            (button if self._by_keyboard else button.window()).setFocus()
        self.closed.emit()

    def place(self) -> None:
        """Stand below the button, inside the window, as high as the content needs.

        Where there is too little room below it the panel stands higher, and may cover the button.
        """
        button = self._button
        if button is None:
            return
        window, edge = button.window(), self.look.px(_EDGE)
        below = button.mapTo(window, QPoint(button.width(), button.height()))
        left = min(below.x(), window.width() - edge) - self.width()
        margins = self.contentsMargins().top() + self.look.px(12)
        wanted = self.content.sizeHint().height() + margins
        room = window.height() - below.y() - edge
        height = min(wanted, room if room > wanted else window.height() - 2 * edge)
        top = max(min(below.y(), window.height() - edge - height), edge)
        self.setGeometry(max(left, edge), top, self.width(), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape; other keys go on meaning what they mean."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep presses between the controls from what lies below."""
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Look out for presses outside while it is seen, and only then."""
        super().showEvent(event)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look out no more."""
        super().hideEvent(event)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a press outside, which does what it does; stay below the button."""
        if event.type() == QEvent.Type.MouseButtonPress and self._is_outside(watched):
            self.dismiss()
        elif (event.type(), watched) in (
            (QEvent.Type.Resize, self.parent()),
            (QEvent.Type.LayoutRequest, self.content),
        ):
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        rounded(painter, area, look.px(12), look.color("panel"), look.color("field"))

    def _is_outside(self, watched: QObject) -> bool:
        """Return whether a press is elsewhere in this window; a list that pops up is not."""
        if not isinstance(watched, QWidget) or watched.window() is not self.window():
            return False
        inside = watched is self or self.isAncestorOf(watched)
        return not inside and watched is not self._button
