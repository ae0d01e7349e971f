"""What changed in a visit since it was signed? Two versions side by side, down to the fact."""

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Choice
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.gui.versions.version_table import VersionTable, VersionTitles
from ptimer.operations import version_lines, versions
from ptimer.operations.version_lines import Reading, Row, Standing
from ptimer.operations.versions import Kept, Version, Versions
from ptimer.timing.clock import Instant

_MOST_SHOWN = 28
_CHOICE = 210


class VersionsScreen(QObject):
    """One page; its side columns stay away."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the page; `show_for` says whose visit it shows."""
        super().__init__()
        del today
        self.desk = desk
        self._times = times
        self._visit_id: str | None = None
        self._found: Versions | None = None
        self.title = Label(look, pixels=20, weight=BOLD)
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        self.old = Choice(look, self.tr("Earlier version"))
        self.new = Choice(look, self.tr("Later version"))
        self.only = CheckBox(look, self.tr("Only what differs"))
        self._choices = (
            Labelled(look, self.tr("Earlier version"), self.old, width=_CHOICE),
            Labelled(look, self.tr("Later version"), self.new, width=_CHOICE),
        )
        self.back = Button(look, self.tr("Back"), key="Esc")
        self.told = Label(look, pixels=13, weight=BOLD)
        self.table = VersionTable(look)
        self.titles = VersionTitles(look, self.table)
        self.left: QWidget | None = None
        self.right: QWidget | None = None
        self._area = scrolled(look, self.table)
        self.centre: QWidget = self._page(look)
        self._connect()

    def show_for(self, visit_id: str) -> None:
        """Show the last two versions of a visit."""
        self._visit_id = visit_id
        self._found = None
        self.only.setChecked(False)
        self.refresh()
        self._area.verticalScrollBar().setValue(0)

    def enter(self) -> None:
        """Show what is so now."""
        self._visit_id = self._visit_id or self.desk.visit_id
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the versions anew; which two are looked at stays, where both are still there."""
        visit_id = self._visit_id
        if visit_id is None:
            return
        found = self.desk.attempt(lambda clinic: versions.of_visit(clinic, visit_id), refresh=False)
        if found is None:
            return
        before = self._found
        same = before is not None and [v.number for v in before.every] == [
            v.number for v in found.every
        ]
        self._found = found
        if not same:
            self._fill(found)
        self._show()

    def tick(self, now: Instant) -> None:
        """Do nothing: no second changes what was signed."""

    def close_typed(self) -> bool:
        """Return that no form opens here."""
        return False

    def leave(self) -> None:
        """Let the keyboard go, and the visit: the next time another one may be meant."""
        leave_to_window(self.centre)
        self._visit_id = None

    # -- inside --------------------------------------------------------------------------------

    def _fill(self, found: Versions) -> None:
        pair = found.pair
        for choice, chosen in zip((self.old, self.new), pair, strict=True):
            with QSignalBlocker(choice):
                choice.clear()
                for version in found.every:
                    choice.addItem(self._name(version), version.number)
                number = pair[1].number if chosen is None else chosen.number
                choice.setCurrentIndex(choice.findData(number))
        for labelled in self._choices:
            labelled.setVisible(len(found.every) > 2)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        visit = found.view.visit
        before, after = self._chosen(found)
        single = before is None
        reading = Reading(found.view.zone, visit.service_date, found.roots)
        rows = version_lines.compare(before, after, reading)
        title = self.tr("What was signed · {0}") if single else self.tr("What changed · {0}")
        patient = texts.short(visit.patient, _MOST_SHOWN)
        day = texts.written_date(visit.service_date)
        self.title.say(title.format(f"{patient} · {visit.discipline} · {day}"))
        self.about.say("\n".join(self._told_of(each) for each in found.every))
        self.titles.show_titles("" if before is None else self._name(before), self._name(after))
        self._show_rows(rows, single=single)

    def _show_rows(self, rows: tuple[Row, ...], *, single: bool) -> None:
        differing = [row for row in rows if row.standing is not Standing.SAME]
        self.only.setVisible(not single)
        self.told.setVisible(not single)
        self.told.say(
            self.tr("{0} of {1} lines differ").format(len(differing), len(rows))
            if differing
            else self.tr("Nothing differs")
        )
        shown = differing if self.only.isChecked() and not single else list(rows)
        self.table.show_rows(shown, single=single)

    def _chosen(self, found: Versions) -> tuple[Version | None, Version]:
        if len(found.every) < 2:
            return found.pair
        old, new = (found.numbered(int(each.currentData())) for each in (self.old, self.new))
        return (old, new) if new is not None else found.pair

    def _name(self, version: Version) -> str:
        if version.kept is Kept.NOW:
            return self.tr("Now, not signed")
        if version.closed_at is None:
            return self.tr("Version {0}").format(version.number)
        return self.tr("Version {0}, {1}").format(version.number, self._moment(version.closed_at))

    def _told_of(self, version: Version) -> str:
        if version.kept is Kept.NOW:
            return self.tr("Now: not signed")
        signers = ", ".join(
            texts.short(f"{each.get('name')}, {each.get('credentials')}", 2 * _MOST_SHOWN)
            for each in version.signatures
        )
        told = self.tr("{0}: signed by {1}").format(self._name(version), signers)
        if version.kept is not Kept.SIGNED:
            told += " " + self.tr("(by an earlier ptimer, which kept no copy)")
        if version.reopened_at is not None:
            at = self._moment(version.reopened_at)
            words = self.tr("Reopened {0} by {1}: “{2}”")
            told += " · " + words.format(at, version.reopened_by, version.why)
        return told

    def _moment(self, instant: Instant) -> str:
        return f"{self._times.date(instant)} {self._times.time(instant)}"

    def _page(self, look: Look) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(14))
        column.setSpacing(look.px(6))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column.addLayout(head)
        column.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        for labelled in self._choices:
            row.addWidget(labelled)
        row.addWidget(self.told)
        row.addWidget(self.only)
        row.addStretch()
        column.addLayout(row)
        box = Box(look)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(look.px(6), look.px(4), look.px(6), look.px(8))
        inside.setSpacing(0)
        inside.addWidget(self.titles)
        inside.addWidget(self._area, 1)
        column.addWidget(box, 1)
        return page

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.desk.show("sign"))
        self.only.clicked.connect(self._show)
        for choice in (self.old, self.new):
            choice.activated.connect(self._show)
        bar = self._area.verticalScrollBar()
        self.table.scrolled.connect(lambda pixels: bar.setValue(bar.value() + pixels))
