"""Where the mini window stands: where it was left, and always where it can be seen."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from ptimer.gui.mini.mini_place import place_of, written

SIZE = QSize(280, 100)
LEFT = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 1280, 1000)


def test_at_the_first_time_it_stands_in_the_upper_right_corner_of_its_screen():
    place = place_of("", SIZE, [LEFT, RIGHT])

    assert place.y() < 50
    assert LEFT.right() - 50 < place.x() + SIZE.width() < LEFT.right()


@pytest.mark.parametrize("place", [QPoint(300, 500), QPoint(0, 0), QPoint(2500, 700)])
def test_it_stands_where_it_was_left(place):
    assert place_of(written(place), SIZE, [LEFT, RIGHT]) == place


def test_on_a_screen_that_is_gone_it_comes_to_one_that_is_there():
    place = place_of(written(QPoint(2500, 700)), SIZE, [LEFT])

    assert LEFT.contains(QRect(place, SIZE))


@pytest.mark.parametrize("kept", ["-40,-40", "1800,1030", "999999,-999999"])
def test_it_is_never_partly_off_the_screen(kept):
    assert LEFT.contains(QRect(place_of(kept, SIZE, [LEFT]), SIZE))


def test_between_two_screens_it_stands_on_that_which_holds_more_of_it():
    place = place_of("1900,300", SIZE, [LEFT, RIGHT])

    assert RIGHT.contains(QRect(place, SIZE))


@pytest.mark.parametrize("kept", ["nonsense", "1,2,3", "é", "1.5,2", "12345678,1"])
def test_what_can_not_be_read_is_as_if_nothing_was_kept(kept):
    assert place_of(kept, SIZE, [LEFT]) == place_of("", SIZE, [LEFT])


def test_a_screen_smaller_than_the_window_shows_its_beginning():
    assert place_of("500,500", SIZE, [QRect(0, 0, 200, 80)]) == QPoint(0, 0)
