"""Where does Tab go next? From top to bottom, and column by column, whenever a thing was made."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

from ptimer.gui.frame.body import Body


def step(window: QWidget, parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Give the keyboard to the next control of the window's parts; return whether there is one.

    Qt goes by when things were made. That fits inside a part; but a screen, a card or a message
    that is made later would come after the line at the bottom.
    """
    order = _order(window, parts)
    if not order:
        return False
    focused = QApplication.focusWidget()
    at = order.index(focused) if focused in order else -1 if forward else 0
    wanted = order[(at + (1 if forward else -1)) % len(order)]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    _scroll_to(wanted)
    return True


def parts(lines: QLayout, body: Body) -> list[QWidget]:
    """Return the lines of a window from top to bottom, and in place of its body the columns."""
    found: list[QWidget] = []
    for place in range(lines.count()):
        item = lines.itemAt(place)
        line = item.widget() if item is not None else None
        if line is body:
            found += body.columns
        elif line is not None:
            found.append(line)
    return found


def _order(window: QWidget, parts: Sequence[QWidget]) -> list[QWidget]:
    """Return what takes the keyboard now, part by part."""
    chain: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if _takes_tab(widget, window):
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return [each for part in parts for each in chain if part is each or part.isAncestorOf(each)]


def _takes_tab(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isVisibleTo(window)
        and widget.isEnabled()
    )


def _scroll_to(widget: QWidget) -> None:
    """Let every area that scrolls show what has the keyboard now."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
