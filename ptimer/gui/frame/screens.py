"""Which screens are there besides today's, and how is each made when it is first wanted?"""

from ptimer.gui.frame.body import Screen
from ptimer.gui.frame.main_window import MainWindow


def offer_screens(window: MainWindow) -> None:
    """Let the window know all screens; none is made, nor its module imported, before it is seen."""
    window.offer_screen("edit-times", lambda: _edit_times(window))
    window.offer_screen("recovery", lambda: _recovery(window))
    window.offer_screen("sign", lambda: _sign(window))
    window.offer_screen("group", lambda: _group(window))
    window.offer_screen("lock", lambda: _lock(window))
    window.offer_screen("day-summary", lambda: _day_summary(window))
    window.offer_screen("export", lambda: _export(window))
    window.offer_screen("history", lambda: _history(window))
    window.offer_screen("codes", lambda: _codes(window))
    window.offer_screen("settings", lambda: _settings(window))
    window.offer_screen("versions", lambda: _versions(window))
    window.offer_screen("clinicians", lambda: _clinicians(window))
    window.offer_screen("backups", lambda: _backups(window))
    window.desk.segment_wanted.connect(lambda segment_id: _open_segment(window, segment_id))
    window.desk.group_wanted.connect(lambda code: _open_group(window, code))
    window.desk.versions_wanted.connect(lambda visit_id: _open_versions(window, visit_id))


def _edit_times(window: MainWindow) -> Screen:
    from ptimer.gui.edit_times.edit_times_screen import EditTimesScreen

    return EditTimesScreen(window.look, window.desk, window.times, window.today)


def _open_segment(window: MainWindow, segment_id: str) -> None:
    from ptimer.gui.edit_times.edit_times_screen import EditTimesScreen

    window.go("edit-times")
    screen = window.body.screens["edit-times"]
    if isinstance(screen, EditTimesScreen):
        screen.open_segment(segment_id)


def _recovery(window: MainWindow) -> Screen:
    from ptimer.gui.recovery.recovery_screen import RecoveryScreen

    return RecoveryScreen(window.look, window.desk, window.times, window.today)


def _sign(window: MainWindow) -> Screen:
    from ptimer.gui.sign.sign_screen import SignScreen

    return SignScreen(window.look, window.desk, window.times, window.today)


def _group(window: MainWindow) -> Screen:
    from ptimer.gui.group.group_screen import GroupScreen

    return GroupScreen(window.look, window.desk, window.times, window.today)


def _open_group(window: MainWindow, code: str) -> None:
    from ptimer.gui.group.group_screen import GroupScreen

    window.go("group")
    screen = window.body.screens["group"]
    if isinstance(screen, GroupScreen):
        screen.show_for(code)


def _lock(window: MainWindow) -> Screen:
    from ptimer.gui.lock.lock_screen import LockScreen

    screen = LockScreen(window.look, window.desk, window.times)
    screen.unlock_wanted.connect(window.unlock)
    return screen


def _day_summary(window: MainWindow) -> Screen:
    from ptimer.gui.day_summary.day_summary_screen import DaySummaryScreen

    return DaySummaryScreen(window.look, window.desk, window.times, window.today)


def _export(window: MainWindow) -> Screen:
    from ptimer.gui.export.export_screen import ExportScreen

    screen = ExportScreen(window.look, window.desk, window.times, window.today)
    screen.clinician_wanted.connect(window.open_who)
    return screen


def _history(window: MainWindow) -> Screen:
    from ptimer.gui.history.history_screen import HistoryScreen

    return HistoryScreen(window.look, window.desk, window.times, window.today)


def _codes(window: MainWindow) -> Screen:
    from ptimer.gui.codes.codes_screen import CodesScreen

    return CodesScreen(window.look, window.desk, window.times, window.today)


def _versions(window: MainWindow) -> Screen:
    from ptimer.gui.versions.versions_screen import VersionsScreen

    return VersionsScreen(window.look, window.desk, window.times, window.today)


def _open_versions(window: MainWindow, visit_id: str) -> None:
    from ptimer.gui.versions.versions_screen import VersionsScreen

    window.go("versions")
    screen = window.body.screens["versions"]
    if isinstance(screen, VersionsScreen):
        screen.show_for(visit_id)


def _clinicians(window: MainWindow) -> Screen:
    from ptimer.gui.people.clinicians_screen import CliniciansScreen

    return CliniciansScreen(window.look, window.desk, window.times, window.today)


def _backups(window: MainWindow) -> Screen:
    from ptimer.gui.backups.backups_screen import BackupsScreen

    screen = BackupsScreen(window.look, window.desk, window.times, window.today)
    screen.backup_wanted.connect(window.back_up)
    screen.restore_wanted.connect(lambda _: window.reopen())
    window.backing_up.ended.connect(
        lambda: screen.refresh() if window.body.name == "backups" else None
    )
    return screen


def _settings(window: MainWindow) -> Screen:
    from ptimer.gui.settings.settings_screen import SettingsScreen

    screen = SettingsScreen(window.look, window.desk, window.times, window.today)
    screen.who_wanted.connect(window.open_who)
    screen.keys_wanted.connect(window.toggle_keys_sheet)
    screen.reopen_wanted.connect(window.reopen)
    screen.backup_wanted.connect(window.back_up)
    return screen
