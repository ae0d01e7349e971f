"""Small windows: all of the main screen is there, and nothing lies over anything else."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
)

from ptimer.billing.conflicts import Role
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import ask_first_questions
from ptimer.operations import own_payers, people, stopwatch, visiting
from ptimer.operations.clinic import open_clinic
from ptimer.operations.stopwatch import StartWish
from tests.gui.tidy import assert_tidy

SIZES = ((900, 600), (1024, 640), (1280, 800), (900, 600))


def resized(window, size):
    window.resize(*(window.look.px(pixels) for pixels in size))
    # Once more for what the first layout changes: a scroll bar that is not needed any more.
    for _ in range(2):
        QApplication.processEvents()
    assert (window.width(), window.height()) == tuple(window.look.px(p) for p in size)


@pytest.fixture(params=[(Mode.LIGHT, 1.0), (Mode.DARK, 1.5)], ids=["light", "dark-150%"])
def look(request):
    mode, scale = request.param
    return Look(mode, scale=scale)


def test_a_clinic_morning_fits_every_window(demo_morning):
    window, _ = demo_morning
    window.show_backup()
    for size in SIZES:
        resized(window, size)
        assert_tidy(window)


def test_the_first_start_fits_every_window(window):
    ask_first_questions(window)
    for size in SIZES:
        resized(window, size)
        assert_tidy(window)


def test_a_new_visit_can_be_typed_in_every_window(demo_morning):
    window, _ = demo_morning
    window.new_visit()
    for size in SIZES:
        resized(window, size)
        assert_tidy(window)


def test_the_numbers_of_the_first_steps_stand_below_each_other(window):
    steps = [label for label in window.today.empty.findChildren(QLabel) if label.text() in "123"]
    names = [
        label
        for label in window.today.empty.findChildren(QLabel)
        if label.text() in ("Ctrl+N: a patient id", "Press a code", "Press the next code")
    ]

    assert len({label.mapTo(window, label.rect().topLeft()).x() for label in steps}) == 1
    assert len(names) == 3
    assert len({label.mapTo(window, label.rect().topLeft()).x() for label in names}) == 1


@pytest.mark.parametrize("seconds", [7, 24 * 60 + 7, 83 * 60 + 20])
def test_the_lines_of_a_card_never_cover_each_other(demo_morning, seconds):
    window, clock = demo_morning
    window.desk.press("97530")
    clock.advance(seconds=seconds)
    window.desk.refresh()
    cards = [card for card in window.today.stopwatches.cards if card.isVisible()]
    lowest = cards[0].minimumSizeHint().height()
    sizes = [(w, h) for w in (150, 211, 330) for h in range(lowest, window.look.px(260), 9)]
    assert cards[2].time_shown in ("0:07", "24:07", "1:23:20")
    for card in cards:
        for width, height in sizes:
            card.resize(window.look.px(width), height)
            boxes = card.places().boxes
            for upper, lower in pairwise(boxes):
                assert upper.bottom() <= lower.top(), (card.accessibleName(), width, height)
            assert card.places().label.top() >= window.look.px(11 + 25), "below the code"
            assert boxes[-1].bottom() <= height - window.look.px(12)


LONG = "P-" + "0123456789" * 9


@pytest.fixture
def long_names(tmp_path, clock, make_window):
    """A patient, a clinician and a payer with names as long as can be recorded, without blanks."""
    clinic = open_clinic(tmp_path / "long", clock)
    people.answer_first_start(clinic, people.FirstAnswers("K" * 60, "OTR/L", "OT", "Medicare"))
    payer = replace(clinic.rulebook.payers["Medicare"], name="M" * 90)
    own_payers.make(clinic, payer, "a plan of ours")
    window = make_window(clinic)
    here = visiting.open_visit(clinic, LONG, payer=payer.name)
    other = visiting.open_visit(clinic, LONG.replace("P", "Q"), payer="Medicare")
    stopwatch.start(clinic, StartWish("97112", (LONG,), visit_id=here.id, clinician="K" * 60))
    stopwatch.start(
        clinic, StartWish("G0283", (other.patient,), visit_id=other.id, clinician="K" * 60)
    )
    window.desk.refresh()
    window.desk.select(here.id)
    yield window
    clinic.close()


def test_long_names_make_nothing_wider_than_the_window(long_names):
    for size in SIZES:
        resized(long_names, size)
        assert_tidy(long_names)
    assert long_names.minimumSizeHint().width() <= long_names.look.px(900)


def test_a_role_other_than_the_therapists_is_said_in_every_window(demo_morning):
    window, _ = demo_morning
    window.desk.treat_as("Demo Clinician", Role.ASSISTANT)
    for size in SIZES:
        resized(window, size)
        assert window.header.who.text().endswith("· assistant")
        assert "Demo Clinician, OTR/L · assistant" in window.header.who.accessibleName()
        assert_tidy(window)
