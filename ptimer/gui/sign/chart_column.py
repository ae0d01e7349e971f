"""What may stay empty, each a press away from its field, and what is ticked as in the chart."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing import skilled_parts
from ptimer.billing.skilled_fields import TICKS, ChartTick
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.painting import SIDE, TARGET, focus_ring
from ptimer.gui.look import REGULAR, Look
from ptimer.gui.texts import core, heading, words
from ptimer.operations.visit_view import VisitView

_WRAPPED = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)
_ARROW = 15
_SIDES = 6


class EmptyRow(QPushButton):
    """A code and what is empty of it, in quiet words with an arrow."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a row without words."""
        super().__init__(parent)
        self.look = look
        self.said = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.update)

    def say(self, text: str) -> None:
        """Say what is empty."""
        if text != self.said:
            self.said = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Return that long words make it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which nothing is cut off."""
        room = QRect(0, 0, self._room(width), 10_000)
        metrics = QFontMetrics(self.look.font(13, REGULAR))
        needed = metrics.boundingRect(room, _WRAPPED, self.said).height()
        return max(needed + self.look.px(8), self.look.px(TARGET))

    def sizeHint(self) -> QSize:
        """Return the size in a side column."""
        width = max(self.width(), self.look.px(200))
        return QSize(self.look.px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the height that a finger needs."""
        return QSize(self.look.px(120), self.look.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words and arrow."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(13, REGULAR))
        painter.setPen(look.color("ink" if self.underMouse() else "mute"))
        room = QRect(look.px(SIDE), 0, self._room(self.width()), self.height())
        painter.drawText(room, _WRAPPED, self.said)
        arrow = look.icon("right", look.color("mute"), _ARROW, self.devicePixelRatioF())
        left = self.width() - look.px(SIDE + _ARROW + _SIDES)
        painter.drawPixmap(QPoint(left, (self.height() - look.px(_ARROW)) // 2), arrow)
        if self.hasFocus():
            frame = QRectF(self.rect()).adjusted(SIDE, SIDE, -SIDE, -SIDE)
            focus_ring(painter, look, frame, look.px(6))

    def _room(self, width: int) -> int:
        return max(width - self.look.px(2 * SIDE + _ARROW + 2 * _SIDES), 1)


class ChartColumn(QWidget):
    """Below what is missing and what is in order.

    Signals:
        empty_wanted(Empty): a person goes to the fields of a code.
        ticked(ChartTick, bool): something is in the chart, or is not after all.
    """

    empty_wanted = Signal(object)
    ticked = Signal(object, bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.look = look
        self.empty: tuple[skilled_parts.Empty, ...] = ()
        self.rows: list[EmptyRow] = []
        self.empty_title = heading(look, self.tr("Empty, not required here"))
        self.chart_title = heading(look, self.tr("In the chart"))
        self.ticks = {tick: CheckBox(look, core(TICKS[tick])) for tick in ChartTick}
        self._rows = QVBoxLayout()
        self._arrange()

    def show_view(self, view: VisitView) -> None:
        """Show what is empty, and what is ticked; a signed visit takes no tick."""
        record, signed = view.record, view.visit.signed
        self.setVisible(bool(view.skilled_codes) and not view.away)
        fields = view.rules.skilled_fields
        found = skilled_parts.empty(
            view.skilled_codes, record.skilled, fields, record.required_fields
        )
        self.empty = () if signed else found
        while len(self.rows) < len(self.empty):
            self._add(len(self.rows))
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(self.empty))
            if place < len(self.empty):
                row.say(words(self.empty[place].text))
        self.empty_title.setVisible(bool(self.empty))
        for tick, box in self.ticks.items():
            box.setChecked(tick.value in record.chart)
            box.setEnabled(not signed)

    def show_nothing(self) -> None:
        """Show that there is no visit."""
        self.hide()

    def take_focus(self, tick: ChartTick) -> None:
        """Let the keyboard go to a tick."""
        self.ticks[tick].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, place: int) -> None:
        row = EmptyRow(self.look)
        row.clicked.connect(lambda: self.empty_wanted.emit(self.empty[place]))
        self.rows.append(row)
        self._rows.addWidget(row)

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for title in (self.empty_title, self.chart_title):
            title.setContentsMargins(look.px(SIDE), look.px(10), look.px(SIDE), look.px(2))
        column.addWidget(self.empty_title)
        column.addLayout(self._rows)
        column.addWidget(self.chart_title)
        for tick, box in self.ticks.items():
            box.clicked.connect(lambda on, tick=tick: self.ticked.emit(tick, on))
            column.addWidget(box)
        self.hide()
