"""The column beside a day: units by code, what is still to fix, and the last export."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.day_summary.code_bars import CodeBar, CodeBars
from ptimer.gui.day_summary.to_fix import fixes_of
from ptimer.gui.day_summary.to_fix_list import ToFixList
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, heading
from ptimer.operations.snapshots import Day


class DaySide(QWidget):
    """What the day comes to, and what keeps it from the biller."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.bars = CodeBars(look)
        self.no_bars = Label(look, pixels=13, color="mute", wrap=True)
        self.to_fix = ToFixList(look)
        self.last = Label(look, pixels=13, color="mute", wrap=True)
        # A file's name may be one long word, which must not push the column wider.
        self.last.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bars_title = heading(look, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(self.bars_title)
        column.addWidget(self.bars)
        column.addWidget(self.no_bars)
        column.addSpacing(look.px(12))
        column.addWidget(heading(look, self.tr("To fix before export")))
        column.addWidget(self.to_fix)
        column.addSpacing(look.px(12))
        column.addWidget(heading(look, self.tr("Last export")))
        column.addWidget(self.last)
        column.addStretch()
        self.no_bars.say(self.tr("No units yet"))

    def show_day(self, day: Day, *, is_today: bool) -> None:
        """Show units and what is to fix."""
        title = self.tr("Units by code today") if is_today else self.tr("Units by code")
        self.bars_title.say(title.upper())
        bars = _bars(day)
        self.bars.show_bars(bars)
        self.no_bars.setVisible(not bars)
        nothing = self.tr("Every visit is signed") if day.visits else self.tr("Nothing to fix")
        self.to_fix.show_fixes(fixes_of(day.visits), nothing)

    def show_last_export(self, words: str, tip: str = "") -> None:
        """Show what went out last."""
        self.last.say(words)
        self.last.setToolTip(tip)


def _bars(day: Day) -> tuple[CodeBar, ...]:
    units: dict[tuple[str, bool], int] = {}
    for view in day.visits:
        for line in view.reckoning.lines:
            key = (line.code.code, line.code.timed)
            units[key] = units.get(key, 0) + line.units
    return tuple(CodeBar(code, count, timed) for (code, timed), count in units.items() if count)
