"""Where the window opens, and how large."""

import pytest
from PySide6.QtCore import QSize

from ptimer.gui.frame import window_place
from ptimer.gui.start import build_window


@pytest.fixture
def unseen(qtbot, clinic, look):
    """A window that is not shown yet, as at a start."""
    window = build_window(clinic, look)
    qtbot.addWidget(window)
    return window


def test_a_first_start_opens_it_as_large_as_its_pictures_where_there_is_room(unseen):
    window_place.place(unseen, "", QSize(1920, 1040))

    assert unseen.size() == QSize(1280, 800)
    assert not unseen.isMaximized()


@pytest.mark.parametrize("room", [QSize(1280, 680), QSize(1067, 667), QSize(911, 472)])
def test_it_fills_a_screen_that_has_no_room_for_it(unseen, room):
    window_place.place(unseen, "", room)
    unseen.show()

    assert unseen.isMaximized()
    assert unseen.minimumWidth() <= room.width()
    assert unseen.minimumHeight() <= room.height()


def test_it_opens_as_high_as_it_was_closed(unseen, qtbot, clinic, look):
    unseen.resize(1000, 650)
    unseen.show()
    kept = bytes(unseen.saveGeometry().toBase64().data()).decode("ascii")

    again = build_window(clinic, look)
    qtbot.addWidget(again)
    window_place.place(again, kept, QSize(1920, 1040))

    assert again.height() == 650  # the width is that of the tests' narrow screen


@pytest.mark.parametrize("kept", ["nonsense", "AAAA", "é"])
def test_a_place_that_can_not_be_read_does_not_keep_it_from_opening(unseen, kept):
    window_place.place(unseen, kept, QSize(1920, 1040))

    assert unseen.size() == QSize(1280, 800)
