from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence

from ptimer.gui.frame import keys
from ptimer.gui.frame.keys_sheet import KeysSheet


@pytest.fixture
def opened(demo_morning):
    window, _ = demo_morning
    window.toggle_keys_sheet()
    return window, window.sheet


def test_every_key_is_on_the_sheet_with_its_words(opened):
    _, sheet = opened

    shown = {(row.key.shown, row.key.said) for row in sheet.rows if row.isVisible()}

    assert shown == {(key.shown, key.said) for key in keys.KEYS}


def test_no_key_means_two_things():
    counted = Counter(key.sequence for key in keys.KEYS)

    assert [sequence for sequence, times in counted.items() if times > 1] == []


def test_every_key_of_the_list_is_declared_once_and_in_a_group_of_the_sheet():
    declared = [value for value in vars(keys).values() if isinstance(value, keys.Key)]

    assert sorted(declared, key=lambda key: key.sequence) == sorted(
        keys.KEYS, key=lambda key: key.sequence
    )
    assert {key.group for key in keys.KEYS} == set(keys.GROUPS)


@pytest.mark.parametrize("key", [key for key in keys.KEYS if keys.RANGE not in key.sequence])
def test_a_key_of_the_list_can_be_made_a_shortcut(key):
    assert QKeySequence(key.sequence).count() == 1


def test_the_keyboard_reads_the_key_and_what_it_does(opened):
    _, sheet = opened

    names = [row.accessibleName() for row in sheet.rows]

    assert "Ctrl+N: New visit" in names
    assert "Space: Stop what started last, or resume it" in names


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_sheet_closes_with_escape_and_with_the_keys_that_open_it(qtbot, opened, key):
    _, sheet = opened

    qtbot.keyClick(sheet, key)

    assert not sheet.isVisible()


def test_a_press_beside_the_sheet_closes_it_and_starts_nothing(qtbot, opened):
    window, sheet = opened
    before = [segment.id for segment in window.desk.today.running]

    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(40, 150))

    assert not sheet.isVisible()
    assert [segment.id for segment in window.desk.today.running] == before
    assert window.desk.view.visit.patient == "P-1042"


def test_what_runs_can_be_stopped_with_space_while_the_sheet_is_open(qtbot, opened):
    window, sheet = opened

    qtbot.keyClick(sheet, Qt.Key.Key_Space)

    assert window.desk.today.running == ()


def test_the_keyboard_is_where_it_was_once_the_sheet_is_closed(qtbot, demo_morning):
    window, _ = demo_morning
    window.today.visits.list.setFocus()
    sheet = KeysSheet(window.look, window)

    sheet.toggle()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    assert window.focusWidget() is window.today.visits.list


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_no_word_of_the_sheet_is_cut_off(demo_morning, size):
    window, _ = demo_morning
    window.resize(*size)
    sheet = KeysSheet(window.look, window)

    sheet.toggle()

    for row in sheet.rows:
        assert row.width() >= row.sizeHint().width(), row.key
        assert row.mapTo(sheet, row.rect().bottomRight()).x() < sheet.close_button.mapTo(
            sheet, sheet.close_button.rect().bottomRight()
        ).x() + window.look.px(12)


def test_the_sheet_is_as_high_as_its_keys_where_the_window_has_room(demo_morning):
    window, _ = demo_morning
    window.resize(1280, 1400)
    window.toggle_keys_sheet()

    for row in window.sheet.rows:
        assert not row.visibleRegion().isEmpty(), row.key


def test_the_sheet_stays_as_large_as_the_window(demo_morning):
    window, _ = demo_morning
    sheet = KeysSheet(window.look, window)
    sheet.toggle()

    window.resize(1000, 700)

    assert sheet.size() == window.size()
