"""Where does Tab go next? From top to bottom, and column by column, whenever a thing was made."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next control in a window; return whether there is one.

    Qt goes by when things were made: a message or a card that is made later would come after the
    line at the bottom.
    """
    order = _order(window)
    if not order:
        return False
    focused = QApplication.focusWidget()
    at = order.index(focused) if focused in order else -1 if forward else 0
    wanted = order[(at + (1 if forward else -1)) % len(order)]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    _scroll_to(wanted)
    return True


def _order(parent: QWidget) -> list[QWidget]:
    """Return what takes the keyboard now, as one reads: row by row, and each from the left.

    Not by `nextInFocusChain`: in PySide it makes each widget the owner of the one before, and what
    belongs to a widget that goes is torn away with it.
    """
    order = []
    for widget in _as_read(parent):
        if _takes_tab(widget):
            order.append(widget)
        order += _order(widget)
    return order


def _as_read(parent: QWidget) -> list[QWidget]:
    """Return what is seen in a widget, row by row: what begins beside a thing is in its row."""
    seen = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    rows: list[list[QWidget]] = []
    for child in sorted(seen, key=QWidget.y):
        if rows and child.y() < rows[-1][0].geometry().center().y():
            rows[-1].append(child)
        else:
            rows.append([child])
    return [child for row in rows for child in sorted(row, key=QWidget.x)]


def _takes_tab(widget: QWidget) -> bool:
    wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wanted and widget.isEnabled() and widget.focusProxy() is None


def _scroll_to(widget: QWidget) -> None:
    """Let every area that scrolls show what has the keyboard now."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
