"""Is what has just appeared seen, or does it lie below the edge of what scrolls?"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def let_be_seen(widget: QWidget, margin: int) -> None:
    """Scroll to a widget that has just been shown, once it has its place."""

    def scroll() -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 0, margin)
            above = above.parentWidget()

    QTimer.singleShot(0, widget, scroll)
