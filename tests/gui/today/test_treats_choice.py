"""One press says who treats: the therapist, the assistant, or both together."""

import pytest
from PySide6.QtCore import Qt

from ptimer.billing.conflicts import Role
from ptimer.operations import people
from ptimer.operations.teams import Treats

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def with_assistant(qtbot, demo_morning):
    """The demo morning in a clinic that knows an assistant."""
    window, clock = demo_morning
    desk = window.desk
    me = desk.who
    people.switch_to(desk.clinic, "Pat Ames", role=Role.ASSISTANT)
    desk.treat_as(me.clinician, me.role)
    return window, clock


def _running(window):
    view = window.desk.view
    return [(s.clinician, s.role, s.assisted_by) for s in view.record.running]


def test_without_an_assistant_it_is_not_seen(demo_morning):
    window, _ = demo_morning
    assert not window.today.stopwatches.treats.isVisible()


def test_a_press_hands_what_runs_to_the_assistant_and_the_header_says_so(qtbot, with_assistant):
    window, clock = with_assistant
    me = window.desk.who.clinician
    choice = window.today.stopwatches.treats
    assert choice.isVisible()
    clock.advance(minutes=1)
    qtbot.mouseClick(choice.parts.parts["assistant"], LEFT)

    assert _running(window) == [("Pat Ames", "assistant", "")]
    assert window.desk.who.clinician == "Pat Ames"
    clock.advance(minutes=1)
    qtbot.mouseClick(choice.parts.parts["assisted"], LEFT)
    assert _running(window) == [(me, "therapist", "Pat Ames")]
    assert choice.parts.value() == "assisted"


def test_a_goes_round_and_the_next_press_is_theirs(qtbot, with_assistant):
    window, clock = with_assistant
    for _ in Treats:
        clock.advance(minutes=1)
        qtbot.keyClick(window, Qt.Key.Key_A)
    assert window.today.stopwatches.treats.parts.value() == "therapist"

    clock.advance(minutes=1)
    qtbot.keyClick(window, Qt.Key.Key_A)
    qtbot.keyClick(window, Qt.Key.Key_2)
    assert _running(window)[0][0] == "Pat Ames"


def test_ctrl_z_takes_the_hand_over_back(qtbot, with_assistant):
    window, clock = with_assistant
    before, who = _running(window), window.desk.who
    clock.advance(minutes=1)
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert _running(window) != before
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert _running(window) == before
    assert window.desk.who == who, "the next press is theirs again, too"
    assert window.today.stopwatches.treats.parts.value() == "therapist"
