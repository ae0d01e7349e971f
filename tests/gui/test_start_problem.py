"""Someone who started ptimer by its icon is told why no window opens."""

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ptimer.gui.start_problem import box, needs_box
from ptimer.operations.errors import BadData
from ptimer.wording import say


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("errors", "platform", "wanted"),
    [
        (Terminal(), "xcb", False),
        (io.StringIO(), "xcb", True),
        (None, "windows", True),
        (io.StringIO(), "cocoa", True),
        (io.StringIO(), "offscreen", False),
        (None, "minimal", False),
    ],
)
def test_a_box_is_shown_where_nobody_reads_a_terminal_and_somebody_sees_a_screen(
    errors, platform, wanted
):
    assert needs_box(errors, platform) is wanted


def test_the_box_shows_the_sentence_as_it_is_and_lets_it_be_copied(qtbot):
    shown = box(BadData(say("{file} is damaged", file="<b>x</b>.db")))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()

    label = next(each for each in shown.findChildren(QLabel) if "damaged" in each.text())
    assert label.text() == "<b>x</b>.db is damaged"
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
