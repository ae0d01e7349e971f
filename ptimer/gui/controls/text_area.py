"""A few lines to type into, painted as in the pictures. Enter is the end of it, not a new line."""

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.scroll_bar import SlimScrollBar
from ptimer.gui.look import Look

_HEIGHT = 62
_RADIUS = 7


class _Lines(QPlainTextEdit):
    """The editor inside the frame.

    Signals:
        entered(): Enter was pressed.
        focus_changed(bool): the keyboard came, or left.
    """

    entered = Signal()
    focus_changed = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.entered.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.focus_changed.emit(False)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  (Qt's own)
        """Paste as one line of plain text: the record keeps one sentence, not a page."""
        self.insertPlainText(" ".join(source.text().split()))


class TextArea(QWidget):
    """A framed editor with a name for who can't see its label.

    Signals:
        edited(): what stands in it is another text.
        entered(): Enter was pressed.
        left(): the keyboard has left it.
    """

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(
        self, look: Look, name: str, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        """Make an empty area; `hint` shows what could be typed."""
        super().__init__(parent)
        self.look = look
        self.wrong = False
        self.edit = _Lines(self)
        self.edit.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        self.edit.setVerticalScrollBar(SlimScrollBar(look))
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.viewport().setAutoFillBackground(False)
        self.edit.document().setDocumentMargin(0)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(SIDE + 10), look.px(9), look.px(SIDE + 4), look.px(7))
        column.addWidget(self.edit)
        self.name(name, hint)
        self._dress()
        self.edit.textChanged.connect(self.edited)
        self.edit.entered.connect(self.entered)
        self.edit.focus_changed.connect(self._show_focus)
        look.changed.connect(self._dress)

    def name(self, name: str, hint: str) -> None:
        """Say what it is for."""
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)

    def text(self) -> str:
        """Return what stands in it, as one line without blanks around it."""
        return " ".join(self.edit.toPlainText().split("\n")).strip()

    def set_text(self, text: str) -> None:
        """Show a text; the same text leaves the cursor where it is."""
        if text != self.text():
            self.edit.setPlainText(text)

    def mark_wrong(self, wrong: bool) -> None:
        """Show that what is typed can't be used."""
        if wrong != self.wrong:
            self.wrong = wrong
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of two lines."""
        return QSize(self.look.px(260), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(160), self.look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame: thicker where the keyboard is or where something is wrong."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(SIDE)
        focused = self.edit.hasFocus()
        width = 2 if focused or self.wrong else 1
        color = look.color("bad" if self.wrong else "accent" if focused else "field")
        painter.setPen(QPen(color, width))
        painter.setBrush(look.color("panel"))
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(side + inset, inset, -side - inset, -inset)
        painter.drawRoundedRect(frame, look.px(_RADIUS), look.px(_RADIUS))

    def _show_focus(self, focused: bool) -> None:
        self.update()
        if not focused:
            self.left.emit()

    def _dress(self) -> None:
        self.edit.setFont(self.look.font())
        palette = self.edit.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, self.look.color("ink"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, self.look.color("mute"))
        self.edit.setPalette(palette)
        self.update()
