"""The one-on-one codes of a visit beside each other, one of them open."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import TARGET, focus_ring
from ptimer.gui.look import BOLD, REGULAR, Look

_SIDES = 14
_BETWEEN = 5
_LINE = 3
_TICK = 12


@dataclass(frozen=True)
class CodeTab:
    """A code, its time in words, and whether all its fields are filled."""

    code: str
    minutes: str
    full: bool = False


class _Tab(QAbstractButton):
    """One code."""

    def __init__(self, look: Look, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.tab = CodeTab(code, "")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_tab(self, tab: CodeTab, name: str) -> None:
        self.setAccessibleName(name)
        if tab != self.tab:
            self.tab = tab
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        look = self.look
        width = QFontMetrics(look.font(14, BOLD)).horizontalAdvance(self.tab.code)
        width += QFontMetrics(look.font(12)).horizontalAdvance(self.tab.minutes)
        width += look.px(2 * _SIDES + 2 * _BETWEEN + _TICK)
        return QSize(width, look.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        ink = look.color("accent" if on else "mute")
        left = look.px(_SIDES)
        room = QRectF(left, 0, self.width(), self.height() - look.px(_LINE))
        painter.setPen(ink)
        painter.setFont(look.font(14, BOLD))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.tab.code)
        left += QFontMetrics(painter.font()).horizontalAdvance(self.tab.code) + look.px(_BETWEEN)
        room.setLeft(left)
        painter.setFont(look.font(12, REGULAR))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.tab.minutes)
        left += QFontMetrics(painter.font()).horizontalAdvance(self.tab.minutes)
        if self.tab.full:
            tick = look.icon("check", look.color("ok"), _TICK, self.devicePixelRatioF())
            top = (room.height() - look.px(_TICK)) / 2
            painter.drawPixmap(QPoint(left + look.px(_BETWEEN), round(top)), tick)
        if on:
            line = look.px(_LINE)
            painter.fillRect(0, self.height() - line, self.width(), line, look.color("accent"))
        if self.hasFocus():
            focus_ring(painter, look, QRectF(self.rect()).adjusted(4, 6, -4, -8), look.px(6))


class CodeTabs(QWidget):
    """Codes to go to, by a press or the arrow keys.

    Signals:
        chosen(code): a person went to another code.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a row without codes."""
        super().__init__(parent)
        self.look = look
        self.setAccessibleName(self.tr("One-on-one codes"))
        self.tabs: dict[str, _Tab] = {}
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self)
        look.changed.connect(self.update)

    @property
    def code(self) -> str:
        """The code that is open; empty where there is none."""
        return next((code for code, tab in self.tabs.items() if tab.isChecked()), "")

    def show_tabs(self, tabs: Sequence[CodeTab]) -> None:
        """Show other codes; the one that is open stays, else the first is opened."""
        wanted = [tab.code for tab in tabs]
        if wanted != list(self.tabs):
            self._make(wanted)
        for tab in tabs:
            text = self.tr("{0}, {1}, filled") if tab.full else self.tr("{0}, {1}")
            self.tabs[tab.code].show_tab(tab, text.format(tab.code, tab.minutes))

    def open(self, code: str) -> None:
        """Open a code without telling; Tab goes to what is open."""
        if code not in self.tabs:
            return
        self.tabs[code].setChecked(True)
        for name, tab in self.tabs.items():
            reached = Qt.FocusPolicy.TabFocus if name == code else Qt.FocusPolicy.NoFocus
            tab.setFocusPolicy(reached)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hairline that the tabs stand on."""
        del event
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.look.color("line"))

    def _make(self, codes: list[str]) -> None:
        opened = self.code
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tabs = {code: self._tab(code) for code in codes}
        self.open(opened if opened in self.tabs else next(iter(codes), ""))

    def _tab(self, code: str) -> _Tab:
        tab = _Tab(self.look, code, self)
        self._group.addButton(tab)
        self._flow.addWidget(tab)
        tab.clicked.connect(lambda: self.chosen.emit(code))
        tab.show()
        return tab
