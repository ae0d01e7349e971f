"""Every screen as its picture shows it: fits its window, can be heard, hit and told apart."""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from ptimer.gui.controls.painting import TARGET
from ptimer.gui.look import Look
from tests.gui.tidy import cut_off, name_of, overlapping

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))  # which is no package, and must not be one

import pictures  # noqa: E402  (found by the line above)

SIZES = ((900, 600), (1280, 800), (1920, 1080))
"""At 200 % the last one is a screen of 3840 by 2160."""

LARGEST = (3840, 2160)

MEANT = {(("SegmentList", "Recorded times"), ("SegmentEditor", ""))}
"""What lies over something else on purpose: a time is edited in its place in the list."""

READ_ON = {
    "light": json.loads((ROOT / "resources/themes/light.json").read_text("utf-8")),
    "dark": json.loads((ROOT / "resources/themes/dark.json").read_text("utf-8")),
}
WORDS_ON_GROUNDS = [
    *(
        (words, ground)
        for words in ("ink", "mute", "accent", "warn", "bad", "lock", "ok")
        for ground in ("panel", "bg")
    ),
    ("accent_ink", "accent"),
    ("third_ink", "third"),
    ("ink", "accent_soft"),
    ("accent", "accent_soft"),
    ("lock", "accent_soft"),
    ("ink", "warn_soft"),
    ("warn", "warn_soft"),
    ("ink", "bad_soft"),
    ("bad", "bad_soft"),
    ("lock", "lock_soft"),
    ("ink", "lock_soft"),
    ("ok", "ok_soft"),
]
FRAMES_ON_GROUNDS = [("field", "panel"), ("field", "bg"), ("accent", "panel"), ("accent", "bg")]


@pytest.fixture(params=pictures.ALL, ids=lambda picture: picture.name)
def picture(request):
    return request.param


@pytest.fixture
def window(picture, play_demo):
    with pictures.posed(picture, Look(picture.mode, scale=1.0), play_demo) as window:
        yield window


def seen(window):
    """The widgets that a person sees."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.window() is window and not each.visibleRegion().isEmpty()
    ]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off_or_lies_over_anything_else(picture, scale, play_demo):
    with pictures.posed(picture, Look(picture.mode, scale=scale), play_demo) as window:
        for size in (*SIZES, LARGEST) if scale == 1.0 else SIZES:
            window.resize(*(window.look.px(pixels) for pixels in size))
            pictures.settle(window)
            assert window.width() == window.look.px(size[0])
            assert cut_off(window) == [], size
            assert set(overlapping(window)) <= MEANT, size


def test_all_says_what_it_is_and_is_large_enough_for_a_hurried_hand(window):
    assert_spoken(window)
    assert_large(window)


def assert_spoken(window):
    """What takes the keyboard says what it is."""
    for widget in seen(window):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            heard = QAccessible.queryAccessibleInterface(widget)
            assert heard.text(QAccessible.Text.Name).strip(), name_of(widget)
            assert heard.role() is not QAccessible.Role.NoRole, name_of(widget)
            # What ptimer alone paints is a "client" to Qt: its description says how it works.
            if heard.role() is QAccessible.Role.Client:
                assert heard.text(QAccessible.Text.Description).strip(), name_of(widget)


def assert_large(window):
    """What can be pressed is large enough."""
    least = window.look.px(TARGET)
    for widget in seen(window):
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and widget.isEnabled():
            hit = widget
            if isinstance(hit.parentWidget(), QAbstractScrollArea | QComboBox):
                continue
            assert hit.height() >= least, name_of(widget)
            assert hit.width() >= least, name_of(widget)


@pytest.mark.parametrize("theme", READ_ON)
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUNDS)
def test_words_stand_out_from_their_ground(theme, words, ground):
    colors = READ_ON[theme]

    assert contrast(colors[words], colors[ground]) >= 4.5


@pytest.mark.parametrize("theme", READ_ON)
@pytest.mark.parametrize(("frame", "ground"), FRAMES_ON_GROUNDS)
def test_frames_of_what_can_be_typed_into_stand_out(theme, frame, ground):
    colors = READ_ON[theme]

    assert contrast(colors[frame], colors[ground]) >= 3.0


def contrast(one, other):
    """The contrast of two colours as WCAG 2 (1.4.3) counts it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_tab_reaches_everything_and_of_several_answers_one(window, qtbot):
    wanted = {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached = set()
    for _ in range(3 * len(wanted) + 20):
        focused = QApplication.focusWidget() or window
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    beside = {(type(widget), widget.parentWidget()) for widget in reached}
    answers = {w for w in wanted if type(w).__name__ in ("_Way", "AnswerRow")}
    assert [name_of(widget) for widget in wanted - reached - answers] == []
    assert all((type(answer), answer.parentWidget()) in beside for answer in answers)
