"""Spanish is longer than English: every screen has room for it."""

import sys
from pathlib import Path

import pytest

from ptimer.gui.languages import SHIPPED, Language
from ptimer.gui.look import Look, Mode
from ptimer.operations import demo
from tests.gui.tidy import cut_off, overlapping
from tests.gui.words_seen import painted_over, painting_noted

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))  # which is no package, and must not be one

import pictures  # noqa: E402  (found by the line above)
from pictures import Picture  # noqa: E402

SIZES = ((900, 600), (1280, 800))
MEANT = {"SegmentEditor", "MarkPanel", "WhoPanel", "KeysSheet"}
"""What lies over something else on purpose: a time edited in its place, and what drops down."""
STATES = [
    *(picture for picture in pictures.ALL if picture.mode is Mode.LIGHT),
    Picture("marks", demo.MID_MORNING, lambda w: w.today.stopwatches.header.mark.click()),
    Picture("plan", demo.MID_MORNING, lambda w: w.today.stopwatches.header.plan.click()),
    Picture("earlier", demo.MID_MORNING, lambda w: w.today.stopwatches.earlier.click()),
    Picture("new-visit", demo.MID_MORNING, lambda w: w.new_visit()),
    Picture("who", demo.MID_MORNING, lambda w: w.open_who()),
    Picture("keys", demo.MID_MORNING, lambda w: w.toggle_keys_sheet()),
]


@pytest.fixture(scope="module", params=SHIPPED)
def spoken(qapp, request):
    language = Language()
    language.speak(request.param)
    yield request.param
    language.speak("en")


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("picture", STATES, ids=lambda picture: picture.name)
def test_no_word_of_another_language_is_cut_off(spoken, picture, scale, play_demo, monkeypatch):
    with pictures.posed(picture, Look(picture.mode, scale=scale), play_demo) as window:
        shown = picture.seen(window)
        for size in SIZES if shown is window else (None,):
            if size:
                window.resize(*(window.look.px(pixels) for pixels in size))
                pictures.settle(window)
                assert window.width() == window.look.px(size[0])
            assert cut_off(shown) == [], size
            over = [pair for pair in overlapping(shown) if not MEANT & {pair[0][0], pair[1][0]}]
            assert over == [], size
            with painting_noted(monkeypatch) as painted:
                shown.grab()
            assert painted
            assert painted_over(painted) == set(), size
