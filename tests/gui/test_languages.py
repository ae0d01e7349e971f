"""The window's languages: chosen in Settings, spoken at once, and complete."""

import re
import string

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence

from ptimer.gui import languages
from ptimer.gui.languages import Language, Words
from ptimer.gui.start import stay_open
from ptimer.operations import setting_values
from ptimer.operations.clinic_settings import LANGUAGE, SIZE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def language(qapp):
    language = Language()
    yield language
    language.speak("en")


def fields(text):
    """Return the names in braces, with how they are written, but for the words of a plural."""
    return sorted(
        (name, form.partition(":")[0], conversion or "")
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None
    )


@pytest.fixture
def live(clinic, qtbot):
    """Open windows as a start does, and let a person live in each; close the last."""

    def live(*lives):
        windows = []

        def stay(window):
            with qtbot.waitExposed(window):
                pass
            lives[len(windows)](window)
            windows.append(window)
            if not window.again_at:
                window.close()
                window.deleteLater()
            return len(windows)

        assert stay_open(clinic, stay) == len(lives)

    return live


def _go_to_settings(window, qtbot):
    qtbot.mouseClick(window.header.places["settings"], LEFT)
    return window.body.screens["settings"]


def test_another_language_is_spoken_at_once_on_the_screen_where_it_was_chosen(clinic, live, qtbot):
    spoken = []

    def choose_spanish(window):
        spoken.append(window.header.places["today"].text())
        page = _go_to_settings(window, qtbot)
        qtbot.mouseClick(page.rows[LANGUAGE.key].control.parts["es"], LEFT)

    def look(window):
        spoken.append(window.header.places["today"].text())
        assert window.body.name == "settings"

    live(choose_spanish, look)

    assert spoken == ["Today", "Hoy"]
    assert setting_values.read(clinic, LANGUAGE) == "es"


def test_another_size_is_seen_at_once(live, qtbot):
    sizes = []

    def enlarge(window):
        sizes.append(window.look.px(100))
        page = _go_to_settings(window, qtbot)
        qtbot.mouseClick(page.rows[SIZE.key].control.parts["150"], LEFT)

    live(enlarge, lambda window: sizes.append(window.look.px(100)))

    assert sizes == [100, 150]


def test_the_same_choice_again_leaves_the_window_as_it_is(clinic, qtbot, window):
    page = _go_to_settings(window, qtbot)
    qtbot.mouseClick(page.rows[LANGUAGE.key].control.parts["system"], LEFT)

    assert window.isVisible()
    assert not window.again_at


def test_what_runs_goes_on_and_is_not_in_doubt_when_the_window_is_made_anew(live, qtbot):
    def start_and_choose_spanish(window):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(window.today.visits.form.patient, "P-1")
        qtbot.keyClick(window.today.visits.form.patient, Qt.Key.Key_Return)
        qtbot.keyClick(window, Qt.Key.Key_1)
        page = _go_to_settings(window, qtbot)
        qtbot.mouseClick(page.rows[LANGUAGE.key].control.parts["es"], LEFT)

    def look(window):
        (running,) = window.desk.today.running
        assert running.patient == "P-1"
        assert window.desk.in_doubt() == ()
        assert window.desk.view.visit.patient == "P-1"

    live(start_and_choose_spanish, look)


def test_a_language_without_words_is_english(language, monkeypatch):
    assert languages.chosen("xx") == "en"
    assert language.speak("en") == "en"
    assert QCoreApplication.translate("any", "Settings") == "Settings"


def test_an_unknown_text_stays_english(language):
    language.speak("es")

    assert QCoreApplication.translate("any", "never said") == "never said"
    assert QCoreApplication.translate("any", "Settings") == "Ajustes"


def test_words_for_one_place_come_before_those_for_all():
    words = Words({"signed": "firmada", "Tiles": {"signed": "firmadas"}})

    assert words.translate("Tiles", "signed") == "firmadas"
    assert words.translate("Cards", "signed") == "firmada"
    assert words.translate("Tiles", "open") == "open"


def test_keys_are_named_as_they_stand_on_the_keyboard(language):
    language.speak("es")

    assert QKeySequence("Ctrl+Shift+C").toString(QKeySequence.SequenceFormat.NativeText) == (
        "Ctrl+Shift+C"
    )


@pytest.mark.parametrize("name", languages.SHIPPED)
def test_a_translation_keeps_the_names_in_braces(name):
    kept = languages.words_of(name)
    all_words = [pair for pair in kept.items() if isinstance(pair[1], str)]
    for place in (each for each in kept.values() if not isinstance(each, str)):
        all_words += place.items()
    assert len(all_words) > 1000
    for text, words in all_words:
        assert fields(text) == fields(words), text
        assert re.findall(r"\{\w+:plural:[^,}]+,[^,}]+\}", words) or ":plural:" not in words


def test_a_payer_that_names_its_rule_is_not_given_it_again(language, demo_evening):
    window, _ = demo_evening
    language.speak("es")
    view = next(v for v in window.desk.today.visits if "midpoint" in v.visit.payer)
    window.desk.select(view.visit.id)

    assert window.today.stopwatches.header.about.text() == "OT · Commercial (midpoint)"
