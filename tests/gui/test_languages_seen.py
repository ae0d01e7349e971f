"""Every screen in another language: no word of it stays English."""

import re
import sys
from datetime import time
from getpass import getuser
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QApplication

from ptimer.billing.conflicts import Role
from ptimer.gui.look import Look, Mode
from ptimer.gui.tray import Tray
from ptimer.operations import demo
from tests.gui.words_seen import painting_noted, spoken_in_brackets, texts_of, untranslated

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))  # which is no package, and must not be one

import pictures  # noqa: E402  (found by the line above)
from pictures import Picture  # noqa: E402

NAMES = ("Demo Clinician", "OTR/L", "Medicare", "Commercial (midpoint)", "Maria Student")
LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
LOOKING = demo.MID_MORNING
EVENING = demo.END_OF_DAY


def _data():
    """What is the same in every language: ids, numbers, names, keys, dates, cells of the file."""
    days = [QDate(2026, month, day) for month in range(1, 13) for day in range(1, 8)]
    dates = {LOCALE.toString(day, form) for day in days for form in ("dddd", "ddd", "MMMM", "MMM")}
    dates |= {date.upper() for date in dates}
    names = (*NAMES, *dates)
    named = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"\b(?:{named})|Commercial \(\w*…|{re.escape(getuser())}"
        r"|\b(?:OT|PT|SLP|GO|GP|GN|CMS|MUE|ptimer|DC|UN|NEW|[YN])\b"
        r"|\b(?:P-\w+|[A-Z]\d{4}|F\d+)\b|\{\w+\}|\(\w\)|^\w$"
        r"|\b(?:(?:Ctrl|Alt|Shift)\+)+\S+|\b(?:Esc|Enter|Up|Down)\b"
        r"|\u200b?/\u200b?tmp/\S*|[0-9a-f]{8}(?:-[0-9a-f]{4,12})+|\d[\d-]*T[\d:]*Z"
        r"|\b[a-z]+(?:_[a-z0-9]+)+\b|^charge: |^payer: |(?:^\s*|: )(?:cms|midpoint)\s*$"
    )


DATA = _data()


def _visit(window, patient):
    view = next(v for v in window.desk.today.visits if v.visit.patient == patient)
    window.desk.select(view.visit.id)
    return view


def _screen(window, name):
    window.go(name)
    pictures.settle(window)
    return window.body.screens[name]


def _code_of_ones_own(window):
    screen = _screen(window, "codes")
    screen.own.click()
    pictures.settle(window)
    screen.forms.code.save.click()
    assert screen.forms.code.complaint.isVisible()


def _copied_payer(window):
    screen = _screen(window, "codes")
    screen.payers.add.click()
    pictures.settle(window)
    screen.forms.payer.save.click()
    assert screen.forms.payer.complaint.isVisible()


def _other_clinician(window):
    view = _visit(window, "P-1150")
    window.desk.treat_as("Maria Student", Role.STUDENT, "Demo Clinician")
    window.desk.select(view.visit.id)
    window.desk.press("97140")


def _not_found(window):
    screen = _screen(window, "codes")
    screen.search.setText("zzz")


MORE = (
    Picture("keys", LOOKING, lambda window: window.toggle_keys_sheet()),
    Picture("who", LOOKING, lambda window: window.open_who()),
    Picture("mini", LOOKING, lambda window: window.toggle_mini()),
    Picture("locked-evening", EVENING, lambda window: window.lock()),
    Picture("new-visit", LOOKING, lambda window: window.new_visit()),
    Picture("backed-up", LOOKING, lambda window: window.back_up()),
    Picture("own-code", EVENING, _code_of_ones_own),
    Picture("own-payer", EVENING, _copied_payer),
    Picture("code-not-found", EVENING, _not_found),
    Picture("signed", EVENING, lambda w: (_visit(w, "P-1042"), w.go("sign"))),
    Picture("nothing-yet", None, lambda window: window.go("day-summary")),
    Picture("nothing-to-export", None, lambda window: window.go("export")),
    Picture("marks", LOOKING, lambda w: w.today.stopwatches.header.mark.click()),
    Picture("plan", LOOKING, lambda w: w.today.stopwatches.header.plan.click()),
    Picture("earlier", LOOKING, lambda w: w.today.stopwatches.earlier.click()),
    Picture(
        "times-of-a-signed-visit", EVENING, lambda w: (_visit(w, "P-1042"), w.go("edit-times"))
    ),
    Picture("supervision", LOOKING, lambda w: w.desk.supervise()),
    Picture("stopped", LOOKING, lambda w: w.desk.space()),
    Picture("switched", LOOKING, lambda w: w.desk.press("97530")),
    Picture("set-up", LOOKING, lambda w: w.desk.press("G0283")),
    Picture("other-clinician", LOOKING, _other_clinician),
    Picture("group-in-doubt", time(15, 20), lambda w: _visit(w, "P-1204"), asleep=700),
)
STATES = [picture for picture in pictures.ALL if picture.mode is Mode.LIGHT] + list(MORE)


@pytest.mark.parametrize("state", STATES, ids=lambda picture: picture.name)
def test_no_word_stays_english(state, play_demo, monkeypatch):
    before = set(QApplication.topLevelWidgets())
    with (
        spoken_in_brackets(),
        painting_noted(monkeypatch) as painted,
        pictures.posed(state, Look(state.mode, scale=1.0), play_demo) as window,
    ):
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in before]
        for each in windows:
            each.grab()
        seen = [text for each in windows for text in texts_of(each)]
        seen += [("Tray", action.text()) for action in Tray(window).menu.actions()]

    seen += [("painted", each.text) for each in painted]
    assert len(seen) > 40
    english = {(where, text) for where, text in seen if untranslated(text, DATA)}
    assert not english
