"""What ran, for whom, since when, and how long that is sure: the facts of a doubt, side by side."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_HEIGHT = 58
_LEAST = 104
_SIDE = 12


class DoubtFacts(QWidget):
    """Pairs of a small word and what it says, in as many columns as there is room for."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show no fact yet."""
        super().__init__(parent)
        self.look = look
        self.facts: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show facts, if they are others."""
        if facts != self.facts:
            self.facts = facts
            self.setAccessibleName("; ".join(f"{name}: {value}" for name, value in facts))
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Return that narrow facts need more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return -(-len(self.facts) // self._columns(width)) * self.look.px(_HEIGHT)

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(590), self.heightForWidth(self.look.px(590)))

    def minimumSizeHint(self) -> QSize:
        """Return the size of one column."""
        return QSize(self.look.px(_LEAST), self.look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the facts in their frame."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        rounded(painter, area, look.px(10), look.color("panel"), look.color("line"))
        columns = self._columns(self.width())
        width, height = self.width() / columns, look.px(_HEIGHT)
        for place, (name, value) in enumerate(self.facts):
            row, column = divmod(place, columns)
            cell = QRectF(column * width, row * height, width, height)
            painter.setPen(look.color("line"))
            if column:
                painter.drawLine(QLineF(cell.topLeft(), cell.bottomLeft()))
            elif row:
                painter.drawLine(QLineF(cell.topLeft(), area.topRight() + cell.topLeft()))
            self._fact(painter, cell, name, value)

    def _fact(self, painter: QPainter, cell: QRectF, name: str, value: str) -> None:
        look = self.look
        inner = cell.adjusted(look.px(_SIDE), look.px(9), -look.px(6), -look.px(8))
        for text, pixels, weight, color, flag in (
            (name, 12, REGULAR, "mute", Qt.AlignmentFlag.AlignTop),
            (value, 16, BOLD, "ink", Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(look.font(pixels, weight, tabular=True))
            painter.setPen(look.color(color))
            metrics = QFontMetrics(painter.font())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | flag, shown)

    def _columns(self, width: int) -> int:
        """Return as many columns as fit, of the width that the longest short fact needs."""
        values = QFontMetrics(self.look.font(16, BOLD, tabular=True))
        names = QFontMetrics(self.look.font(12, REGULAR))
        needed = self.look.px(_LEAST)
        for name, value in self.facts[1:]:
            widest = max(values.horizontalAdvance(value), names.horizontalAdvance(name))
            needed = max(needed, widest + self.look.px(_SIDE + 8))
        most = max(width // needed, 1)
        rows = -(-len(self.facts) // most) or 1
        return max(-(-len(self.facts) // rows), 1)
