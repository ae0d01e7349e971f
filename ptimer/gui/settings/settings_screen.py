"""Settings: what a clinic and a person may set, each saved as soon as it is changed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, Look, Mode
from ptimer.gui.settings.setting_row import SettingRow
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import setting_kinds, setting_values
from ptimer.operations.clinic_settings import COLOURS, LANGUAGE, SETTINGS, SIZE
from ptimer.operations.errors import Problem
from ptimer.operations.setting_kinds import Section, Value
from ptimer.timing.clock import Instant

_WIDTH = 720


class SettingsScreen(QObject):
    """One page; its side columns stay away.

    Signals:
        who_wanted(): a person goes to the clinicians.
        keys_wanted(): a person goes to the keys.
        backup_wanted(): a person wants a backup now.
        reopen_wanted(): what was changed shows once the window is made anew.
    """

    who_wanted = Signal()
    keys_wanted = Signal()
    backup_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make a row for each setting of the list."""
        super().__init__()
        del times, today
        self.look = look
        self.desk = desk
        self.rows = {each.key: SettingRow(look, each) for each in SETTINGS}
        self.clinicians = Button(look, self.tr("Clinicians: names, credentials, NPI"))
        self.learnt = Button(look, self.tr("Education, licences and what expires"))
        self.payers = Button(look, self.tr("Payers, in Codes & rules"))
        self.biller = Button(look, self.tr("Biller's file, in Export"), key="Ctrl+E")
        self.backup = Button(look, self.tr("Back up now"))
        self.backups = Button(look, self.tr("Backups and restore"))
        self.shortcuts = Button(look, self.tr("Shortcuts"), key="F1")
        self.left: QWidget | None = None
        self.right: QWidget | None = None
        self.page = self._page()
        self.centre: QWidget = scrolled(look, self.page)
        for row in self.rows.values():
            row.wanted.connect(lambda value, row=row: self._change(row, value))
        self.clinicians.clicked.connect(self.who_wanted)
        self.learnt.clicked.connect(lambda: desk.show("clinicians"))
        self.payers.clicked.connect(lambda: desk.show("codes"))
        self.biller.clicked.connect(lambda: desk.show("export"))
        self.backup.clicked.connect(self.backup_wanted)
        self.backups.clicked.connect(lambda: desk.show("backups"))
        self.shortcuts.clicked.connect(self.keys_wanted)

    def enter(self) -> None:
        """Show what is kept."""
        self.refresh()

    def close_typed(self) -> bool:
        """Put back a text that can't be kept; return whether there was one."""
        wrong = [row for row in self.rows.values() if not row.complaint.isHidden()]
        for row in wrong:
            row.held = False
        if wrong:
            self.refresh()
        return bool(wrong)

    def leave(self) -> None:
        """Forget what can't be kept, and let the keyboard go; what could not be recorded stays."""
        leave_to_window(self.page)
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept, where nothing else is being typed."""
        kept = self.desk.attempt(setting_values.read_all, refresh=False)
        for key, value in (kept or {}).items():
            row = self.rows[key]
            if row.held:
                continue
            if not row.control.hasFocus() or not row.complaint.isHidden():
                row.show_value(value)

    def tick(self, now: Instant) -> None:
        """Do nothing: no second changes a setting."""

    # -- inside --------------------------------------------------------------------------------

    def _change(self, row: SettingRow, wanted: Value) -> None:
        """Keep what is wanted; what can't be kept stays as it is typed, with the reason."""
        typed = wanted.strip() if isinstance(wanted, str) else wanted
        problem = setting_kinds.complaint(row.setting, typed)
        row.show_complaint("" if problem is None else texts.words(problem))
        if problem is not None:
            return
        lost = self.desk.has_lost
        before: Value | None = None
        try:
            before = setting_values.read(self.desk.clinic, row.setting)
            kept = setting_values.change(self.desk.clinic, row.setting, typed)
        except Problem as failed:
            row.hold(before, self.desk.told_in_form(failed))
            return
        row.show_value(kept)
        if lost:
            self.desk.refresh()  # footer and bar say no more that nothing was recorded
        if row.setting is COLOURS:
            self.look.set_mode(Mode(str(kept)))
        elif row.setting in (SIZE, LANGUAGE) and kept != before:
            self.reopen_wanted.emit()

    def _page(self) -> QWidget:
        look = self.look
        column = QVBoxLayout()
        column.setSpacing(look.px(6))
        column.addWidget(Label(look, self.tr("Settings"), pixels=20, weight=BOLD))
        saved = Label(look, self.tr("Each is saved as soon as it is changed."), color="mute")
        column.addWidget(saved)
        for section in Section:
            column.addSpacing(look.px(10))
            column.addWidget(heading(look, texts.core(section.value)))
            column.addWidget(self._box(section))
            if section is Section.BACKUPS:
                column.addLayout(self._side_by_side(self.backup, self.backups))
        column.addSpacing(look.px(10))
        column.addWidget(heading(look, self.tr("Elsewhere")))
        leads = (self.clinicians, self.learnt, self.payers, self.biller, self.shortcuts)
        column.addLayout(self._side_by_side(*leads))
        column.addStretch()
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(look.px(_WIDTH))
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        row.addWidget(middle, 1)
        row.addStretch()
        return page

    def _box(self, section: Section) -> Box:
        box = Box(self.look)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, self.look.px(6), 0, self.look.px(6))
        column.setSpacing(0)
        for row in self.rows.values():
            if row.setting.section is section:
                column.addWidget(row)
        return box

    def _side_by_side(self, *buttons: Button) -> FlowLayout:
        flow = FlowLayout(gap=self.look.px(6))
        for button in buttons:
            flow.addWidget(button)
        return flow
