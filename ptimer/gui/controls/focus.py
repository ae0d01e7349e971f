"""Where is the keyboard after what held it is gone?"""

from PySide6.QtWidgets import QApplication, QWidget


def leave_to_window(widget: QWidget) -> None:
    """Give the keyboard in a widget that is about to be hidden back to its window.

    Qt would hand it to the next button, and Space would press that instead of stopping a stopwatch.
    """
    focused = QApplication.focusWidget()
    if focused is not None and (focused is widget or widget.isAncestorOf(focused)):
        widget.window().setFocus()
