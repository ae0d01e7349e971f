"""Dates, times and numbers stand on every screen as the system writes them."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtWidgets import QTableView

from ptimer.gui.look import Look, Mode
from tests.gui.words_seen import painting_noted, texts_of

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))  # which is no package, and must not be one

import pictures  # noqa: E402  (found by the line above)

STATES = [picture for picture in pictures.ALL if picture.mode is Mode.LIGHT]
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_AM_PM = r"[\s\u202f\u00a0]?(?:[AP]M\b|[ap]\.[\s\u00a0]?m\.)"
CLOCK = re.compile(rf"(?<![:\d])\d{{1,2}}:\d{{2}}(?![:\d])(?:{_AM_PM})?")
STOPWATCH = re.compile(r"\d{1,3}:\d{2}")
MEANT = ("2024-07-01", "2026-12-31", "2027-01-01")
"""Dates in the names of CMS's tables, and in the notes of codes."""


@pytest.fixture(params=["de_DE", "en_US", "es_MX"])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield QLocale(request.param)
    QLocale.setDefault(before)


@pytest.mark.parametrize("picture", STATES, ids=lambda picture: picture.name)
def test_no_date_or_time_is_written_in_another_way(locale, picture, play_demo, monkeypatch):
    with (
        painting_noted(monkeypatch) as painted,
        pictures.posed(picture, Look(picture.mode, scale=1.0), play_demo) as window,
    ):
        shown = picture.seen(window)
        # Lines of the biller's file are shown as they are written there.
        cells = {text for table in shown.findChildren(QTableView) for _, text in texts_of(table)}
        found = {text for _, text in texts_of(shown)} | {each.text for each in painted}
    seen = found - cells
    assert seen

    dates = [text for text in seen if set(ISO_DATE.findall(text)) - set(MEANT)]
    assert not dates
    style = locale.timeFormat(QLocale.FormatType.ShortFormat)
    times = {locale.toString(QTime(n // 60, n % 60), style) for n in range(24 * 60)}
    times |= {"10:45", "18:00"}  # as one types them
    assert not [
        (text, each)
        for text in seen
        for each in CLOCK.findall(text)
        if each not in times and not STOPWATCH.fullmatch(text)
    ]


@pytest.mark.parametrize(
    ("name", "date", "time", "number"),
    [
        ("de_DE", "Mo 23 Nov. 2026", "15:07", "12.345"),
        ("en_US", "Mon 23 Nov 2026", "3:07\u202fPM", "12,345"),
        ("es_MX", "lun 23 nov 2026", "3:07\u202fp.m.", "12,345"),
    ],
)
def test_each_locale_has_its_own_way(name, date, time, number):
    locale = QLocale(name)

    assert locale.toString(QDate(2026, 11, 23), "ddd d MMM yyyy").replace("Mo.", "Mo") == date
    assert locale.toString(QTime(15, 7), locale.timeFormat(QLocale.FormatType.ShortFormat)) == time
    assert locale.toString(12345) == number
