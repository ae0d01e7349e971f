"""The screen of the books, as the window shows it."""

import pytest

from ptimer.gui.codes.codes_screen import CodesScreen


@pytest.fixture
def open_codes():
    """Register the screen as the window does, go there, and return it."""

    def open_codes(window):
        window.offer_screen(
            "codes", lambda: CodesScreen(window.look, window.desk, window.times, window.today)
        )
        window.go("codes")
        return window.body.screens["codes"]

    return open_codes


@pytest.fixture
def screen(demo_morning, open_codes):
    """The screen on the demo's morning."""
    window, _ = demo_morning
    return open_codes(window)
