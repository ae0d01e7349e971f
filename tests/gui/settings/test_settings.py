"""Settings: each is there, saved as it is changed, and kept as it was where it can't be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Field
from ptimer.gui.look import Mode
from ptimer.operations import clinic_settings, setting_kinds, setting_values
from ptimer.operations.clinic_settings import SETTINGS
from ptimer.operations.setting_kinds import Kind

LEFT = Qt.MouseButton.LeftButton


class Page:
    """A person's hands on the page."""

    def __init__(self, qtbot, window):
        self.qtbot = qtbot
        self.window = window
        qtbot.mouseClick(window.header.places["settings"], LEFT)
        self.screen = window.body.screens["settings"]

    def row(self, setting):
        return self.screen.rows[setting.key]

    def type(self, setting, text):
        field = self.row(setting).control
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(field, text)
        return field

    def kept(self, setting):
        return setting_values.read(self.window.desk.clinic, setting)


@pytest.fixture
def page(qtbot, window):
    return Page(qtbot, window)


def test_every_setting_of_the_list_has_its_words_and_what_it_does(page):
    for setting in SETTINGS:
        row = page.row(setting)
        assert row.isVisibleTo(page.screen.page)
        assert row.control.accessibleName() == setting.words
        assert row.control.accessibleDescription() == setting.about


def test_a_text_is_saved_by_enter(page):
    field = page.type(clinic_settings.PLACE_OF_SERVICE, "11")
    page.qtbot.keyClick(field, Qt.Key.Key_Return)

    assert page.kept(clinic_settings.PLACE_OF_SERVICE) == "11"


def test_a_text_is_saved_by_going_elsewhere(page):
    page.type(clinic_settings.CLOSING_TIME, "18:00")
    page.qtbot.mouseClick(page.window.header.places["today"], LEFT)

    assert page.kept(clinic_settings.CLOSING_TIME) == "18:00"


@pytest.mark.parametrize(
    ("setting", "typed", "told"),
    [
        (clinic_settings.PLACE_OF_SERVICE, "1", "two digits"),
        (clinic_settings.CLOSING_TIME, "25:00", "no time of day"),
        (clinic_settings.REMIND_NOTHING_MINUTES, "0", "from 1 to 240"),
        (clinic_settings.REMIND_NOTHING_MINUTES, "ten", "from 1 to 240"),
        (clinic_settings.NOTE_VISIT, "timed {time}", "not known here"),
        (clinic_settings.NOTE_VISIT, "timed {timed", "left open"),
        (clinic_settings.NOTE_CODE, "", "no note"),
    ],
)
def test_what_can_not_be_kept_stays_as_typed_with_the_reason_and_escape_puts_it_back(
    page, setting, typed, told
):
    field = page.type(setting, typed)
    page.qtbot.keyClick(field, Qt.Key.Key_Return)

    row = page.row(setting)
    assert told in row.complaint.text()
    assert field.wrong
    assert field.text() == typed
    assert page.kept(setting) == setting.default

    page.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert row.complaint.isHidden()
    assert field.text() == str(setting.default)


def test_a_switch_is_saved_by_a_press(page):
    row = page.row(clinic_settings.REMIND_UNIT)
    page.qtbot.mouseClick(row.control, LEFT)
    assert page.kept(clinic_settings.REMIND_UNIT) is True

    page.qtbot.mouseClick(row, LEFT, pos=row.words.geometry().center())
    assert page.kept(clinic_settings.REMIND_UNIT) is False


def test_colours_change_at_once(page):
    row = page.row(clinic_settings.COLOURS)
    page.qtbot.mouseClick(row.control.parts["dark"], LEFT)

    assert page.window.look.mode is Mode.DARK
    assert page.kept(clinic_settings.COLOURS) == "dark"


def test_another_window_on_the_record_finds_what_was_set(page, make_window, clinic):
    page.type(clinic_settings.PLACE_OF_SERVICE, "11")
    page.qtbot.keyClick(page.row(clinic_settings.PLACE_OF_SERVICE).control, Qt.Key.Key_Return)

    again = Page(page.qtbot, make_window(clinic))

    assert again.row(clinic_settings.PLACE_OF_SERVICE).control.text() == "11"


def test_the_page_leads_to_what_is_set_elsewhere(page):
    page.qtbot.mouseClick(page.screen.payers, LEFT)
    assert page.window.body.name == "codes"

    page.qtbot.mouseClick(page.window.header.places["settings"], LEFT)
    page.qtbot.mouseClick(page.screen.biller, LEFT)
    assert page.window.body.name == "export"

    page.qtbot.mouseClick(page.window.header.places["settings"], LEFT)
    page.qtbot.mouseClick(page.screen.backup, LEFT)
    page.qtbot.waitUntil(lambda: "today" in page.window.footer.backup.text(), timeout=5000)
    page.qtbot.mouseClick(page.screen.shortcuts, LEFT)
    assert page.window.sheet.isVisible()


def test_a_path_has_room_and_the_backups_are_reached_from_where_they_are_set(page):
    assert page.row(clinic_settings.BACKUP_FOLDER).control.width() >= 500
    folder = page.row(clinic_settings.BACKUP_YEARS)
    colours = page.row(clinic_settings.COLOURS)
    tops = [
        w.mapTo(page.screen.page, w.rect().topLeft()).y()
        for w in (folder, page.screen.backup, page.screen.backups, colours)
    ]
    assert tops == sorted(tops)


def test_every_control_is_reached_by_the_tab_key(page):
    wanted = {row.control for row in page.screen.rows.values()}
    reached = set()
    page.row(SETTINGS[0]).control.setFocus()
    for _ in range(60):
        focused = page.window.focusWidget()
        reached.add(next((c for c in wanted if c is focused or c.isAncestorOf(focused)), None))
        page.qtbot.keyClick(focused, Qt.Key.Key_Tab)

    assert wanted <= reached


@pytest.mark.parametrize("width", [900, 1280])
def test_nothing_is_cut_off(page, width):
    page.window.resize(width, 700)
    page.qtbot.waitUntil(lambda: page.screen.page.width() <= width, timeout=1000)

    for row in page.screen.rows.values():
        for part in (row.words, row.about, row.control):
            if part.isVisible():
                needed = part.sizeHint() if isinstance(part, CheckBox) else part.minimumSizeHint()
                assert part.width() >= min(needed.width(), 520)
                area = part.rect().translated(part.mapTo(row, part.rect().topLeft()))
                assert row.rect().contains(area), row.setting.key


def test_kinds_are_shown_as_what_they_are(page):
    for setting in SETTINGS:
        control = page.row(setting).control
        is_typed = isinstance(control, Field)
        assert isinstance(control, QWidget)
        assert is_typed == (setting.kind in (Kind.TEXT, Kind.NUMBER))


def test_several_things_are_chosen_each_by_a_press(page):
    setting = clinic_settings.REQUIRED_FIELDS
    chips = page.row(setting).control.parts
    page.qtbot.mouseClick(chips["outcome"], LEFT)
    page.qtbot.mouseClick(chips["goal"], LEFT)
    page.qtbot.mouseClick(chips["history"], LEFT)
    page.qtbot.mouseClick(chips["goal"], LEFT)

    assert setting_kinds.chosen(page.kept(setting)) == ["outcome", "history"]
    page.screen.refresh()
    assert chips["outcome"].isChecked()
    assert not chips["goal"].isChecked()
