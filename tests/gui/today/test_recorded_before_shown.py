"""A start is on the disk before its card changes; and hands that are busy elsewhere are no sign."""

from contextlib import closing

from PySide6.QtCore import Qt

from ptimer.operations.clinic import open_clinic
from ptimer.storage import segments


def on_disk(folder, clock):
    """What another program reads of the record, at this moment."""
    with closing(open_clinic(folder, clock)) as other:
        return [(s.code, s.running) for s in segments.running(other.connection)]


def test_a_start_and_a_stop_are_on_the_disk_before_a_card_shows_them(qtbot, demo_morning):
    window, clock = demo_morning
    folder = window.desk.clinic.folder
    card = next(c for c in window.today.stopwatches.cards if c._card.code == "97530")
    seen = []
    paint = card.show_card

    def show_card(shown, now):
        seen.append((bool(shown.running_id), ("97530", True) in on_disk(folder, clock)))
        paint(shown, now)

    card.show_card = show_card
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    clock.advance(seconds=5)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)

    assert seen[0] == (True, True), "recorded, then shown as running"
    assert seen[-1] == (False, False), "its end recorded, then shown as stopped"
    assert all(shown == recorded for shown, recorded in seen)


def test_an_hour_without_key_or_mouse_is_treatment_and_nothing_is_asked(demo_morning, pass_time):
    window, clock = demo_morning
    pass_time(window, clock, minutes=59)

    assert [s.code for s in window.desk.today.running] == ["97112"]
    assert window.desk.in_doubt() == ()
    assert window.body.name == "today"
    assert not window.messages.shown
