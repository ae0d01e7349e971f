"""A row that goes on in the next line where the window is too narrow for it."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

_UNBOUNDED = 16_777_215


@dataclass
class _Placed:
    """A thing in a line, and how wide it is there."""

    item: QLayoutItem
    width: int

    @property
    def height(self) -> int:
        if self.item.hasHeightForWidth():
            return self.item.heightForWidth(self.width)
        return self.item.sizeHint().height()

    @property
    def grows(self) -> bool:
        return bool(self.item.expandingDirections() & Qt.Orientation.Horizontal)


class FlowLayout(QLayout):
    """Places things side by side, and below where they don't fit.

    What may expand shares the room that is left in its line.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 0,
        line_gap: int = 0,
        at_top: bool = False,
    ) -> None:
        """Make an empty row; `gap` lies between things, `line_gap` between lines.

        The things of a line stand in its middle, or `at_top` of it.
        """
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = line_gap
        self._at_top = at_top
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  (Qt's own)
        """Take a thing; `addWidget` comes here, too."""
        self._items.append(item)
        self.invalidate()

    def add_stretch(self) -> None:
        """Push what follows to the right, as far as its line allows."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def count(self) -> int:
        """Return how many things there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Return a thing."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give a thing away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Return that it takes all the width it is given."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that it is higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        items = self._shown()
        width = sum(item.sizeHint().width() for item in items) + self._gap * max(len(items) - 1, 0)
        height = max((item.sizeHint().height() for item in items), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802
        """Return the size of its widest thing."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def setGeometry(self, area: QRect) -> None:  # noqa: N802
        """Place everything."""
        super().setGeometry(area)
        self._arrange(area, place=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if isinstance(item, QSpacerItem) or not item.isEmpty()]

    def _arrange(self, area: QRect, *, place: bool) -> int:
        """Go through the lines, and return how high they are together."""
        inner = area.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            self._widen(line, inner.width())
            height = max(each.height for each in line)
            if place:
                self._place(line, inner.left(), top, height)
            top += height + self._line_gap
        used = top - self._line_gap - area.top() if top > inner.top() else inner.top() - area.top()
        return used + self.contentsMargins().bottom()

    def _lines(self, width: int) -> list[list[_Placed]]:
        lines: list[list[_Placed]] = []
        taken = 0
        for item in self._shown():
            wanted = min(max(item.sizeHint().width(), item.minimumSize().width()), width)
            if not lines or taken + self._gap + wanted > width:
                lines.append([])
                taken = -self._gap
            lines[-1].append(_Placed(item, wanted))
            taken += self._gap + wanted
        return lines

    def _widen(self, line: list[_Placed], width: int) -> None:
        left = width - sum(each.width for each in line) - self._gap * (len(line) - 1)
        growing = [each for each in line if each.grows]
        for place, each in enumerate(growing):
            share = left // (len(growing) - place)
            most = min(each.item.maximumSize().width(), _UNBOUNDED)
            more = max(min(share, most - each.width), 0)
            each.width += more
            left -= more

    def _place(self, line: list[_Placed], left: int, top: int, height: int) -> None:
        for each in line:
            own = each.height
            corner = QPoint(left, top if self._at_top else top + (height - own) // 2)
            each.item.setGeometry(QRect(corner, QSize(each.width, own)))
            left += each.width + self._gap


def together(*widgets: QWidget) -> QWidget:
    """Return widgets as one thing, which a line break never parts."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for widget in widgets:
        row.addWidget(widget)
    group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return group
