"""No screen redraws what did not change: paints are counted for a minute of ticking."""

import pytest

from tests.gui import paints


@pytest.fixture
def tick(qtbot):
    """Let seconds pass in a window, and return how often each widget was painted."""

    def tick(window, clock, seconds):
        qtbot.waitUntil(window.isActiveWindow)
        return paints.tick(window.desk, clock, seconds)

    return tick


def share(widget, area):
    return area / (widget.width() * widget.height())


def card_of(window, code):
    cards = window.today.stopwatches.cards
    return next(card for card in cards if code in card.accessibleName())


def names(widgets):
    return sorted(type(widget).__name__ for widget in widgets)


def test_a_second_paints_the_time_that_runs_and_nothing_else(demo_morning, tick):
    window, clock = demo_morning
    counted, areas = tick(window, clock, 52)

    card = card_of(window, "97112")
    assert counted[card] == 52
    assert share(card, areas[card]) < 0.5, "only the time is painted, not the card"
    assert counted.pop(window.today.stopwatches.timeline, 0) < 26, "only once its line has moved"
    assert set(counted) == {card}


def test_a_minute_paints_the_units_once(demo_morning, tick):
    window, clock = demo_morning
    tick(window, clock, 50)
    counted, _ = tick(window, clock, 10)

    assert counted.pop(card_of(window, "97112")) == 10
    assert max(counted.values()) <= 2
    assert counted[window.today.panel.big] == 1
    still = [card for card in window.today.stopwatches.cards if card in counted]
    assert still == [], "cards on which nothing runs"
    runs = [card for card in window.today.visits.list.cards if card in counted]
    assert [card.row.patient for card in runs] == ["P-1042"]


def test_while_nothing_runs_nothing_is_painted(demo_morning, tick):
    window, clock = demo_morning
    window.desk.space()
    window.messages.dismiss()
    counted, _ = tick(window, clock, 20)

    assert names(counted) == [], counted


def test_a_look_at_the_same_record_paints_nothing(qtbot, demo_morning):
    window, _ = demo_morning
    qtbot.waitUntil(window.isActiveWindow)
    painted = paints.painted_by(window.desk.refresh)
    # Time went on since the last look, and with it the line of now.
    assert names(painted - {window.today.stopwatches.timeline}) == []


@pytest.mark.parametrize("screen", ["day-summary", "history", "codes", "settings", "sign"])
def test_a_second_on_another_screen_paints_nothing(demo_morning, tick, screen):
    window, clock = demo_morning
    window.go(screen)
    counted, _ = tick(window, clock, 20)  # in which no minute of anything is over

    assert names(counted) == [], counted


def test_locked_only_the_stopwatch_is_painted(demo_morning, tick):
    window, clock = demo_morning
    window.lock()
    counted, _ = tick(window, clock, 30)

    assert names(counted) == ["_Face"]
    assert set(counted.values()) == {30}


def test_what_runs_elsewhere_is_painted_where_its_time_stands(demo_morning, tick):
    window, clock = demo_morning
    other = next(v for v in window.desk.today.visits if v.visit.patient == "P-1150")
    window.desk.select(other.visit.id)
    counted, _ = tick(window, clock, 30)

    assert counted == {window.today.panel.running.items[0].time: 30}
