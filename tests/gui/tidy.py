"""Is every word of a window to be read, and nothing over anything else?"""

from itertools import combinations

from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from ptimer.gui.controls.short_label import ShortLabel


def assert_tidy(window):
    assert cut_off(window) == []
    assert overlapping(window) == []


def cut_off(window):
    """Widgets that are narrower or lower than what they show, or that stand outside."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window or not widget.size().isValid():
            continue
        inside = scroll_view(widget) or window
        left = widget.mapTo(inside, widget.rect().topLeft()).x()
        if left < 0 or left + widget.width() > inside.width():
            found.append((name_of(widget), "beside the window", left, widget.width()))
        needed = needs(widget)
        if widget.width() < needed[0] or widget.height() < needed[1]:
            found.append((name_of(widget), "too small", widget.size().toTuple(), needed))
    return found


def overlapping(window):
    """Widgets of one parent that lie over each other."""
    found = []
    for parent in (window, *window.findChildren(QWidget)):
        if isinstance(parent, QStackedWidget | QAbstractScrollArea) or not parent.isVisible():
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
        ]
        for one, other in combinations(children, 2):
            if one.geometry().intersects(other.geometry()):
                found.append((name_of(one), name_of(other)))
    return found


def needs(widget):
    """The width and height that a widget's words need."""
    if isinstance(widget, ShortLabel):
        return widget.minimumSizeHint().toTuple()
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        return widget.sizeHint().toTuple()
    if isinstance(widget, QPushButton):
        return widget.minimumSizeHint().toTuple()
    return 0, 0


def scroll_view(widget):
    """The part of the scroll area that a widget stands in, if it stands in one."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above.parentWidget(), QScrollArea):
            return above if above is above.parentWidget().viewport() else None
        above = above.parentWidget()
    return None


def name_of(widget):
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")
    return type(widget).__name__, words[:40]
