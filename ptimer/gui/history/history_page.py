"""The centre of the history: what is looked for, what all of it comes to, and the visits."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.job_strip import JobStrip
from ptimer.gui.controls.tiles import Tile, Tiles
from ptimer.gui.day_summary.empty_day import EmptyDay
from ptimer.gui.history.history_fields import HistoryFields, Reader
from ptimer.gui.history.history_rows import hours, number, units
from ptimer.gui.history.history_table import HistoryTable
from ptimer.gui.look import BOLD, MEDIUM, Look
from ptimer.gui.texts import Label
from ptimer.operations.history_search import Totals, Wanted

_NOT_KNOWN = "…"


class HistoryPage(QWidget):
    """Widgets alone; the screen says what they show."""

    def __init__(self, look: Look, read: Reader, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(parent)
        self.title = Label(look, self.tr("History"), pixels=20, weight=BOLD)
        self.hidden = Label(look, pixels=13, weight=MEDIUM, color="warn")
        self.packet = Button(look, self.tr("Audit packet"))
        self.packet.setToolTip(self.tr("All that defends a patient's visits, as a PDF file"))
        self.fields = HistoryFields(look, read)
        self.strip = JobStrip(look)
        self.tiles = Tiles(look, self.tr("What all that was found comes to"))
        self.add_up = Button(look, self.tr("Add up all that was found"))
        self.empty = EmptyDay(look)
        self.table = HistoryTable(look)
        self.box = Box(look)
        self._arrange(look)

    def show_visits(self, shown: bool) -> None:
        """Show the visits, or what stands in their place."""
        self.box.setVisible(shown)
        self.tiles.setVisible(shown)
        self.empty.setVisible(not shown)

    def show_totals(self, totals: Totals | None, wanted: Wanted | None) -> None:
        """Show what was found; None is not known yet."""
        hidden = totals.hidden if totals else 0
        self.hidden.say(self.tr("{0} hidden by the search").format(number(hidden)))
        self.hidden.setVisible(hidden > 0)
        code = wanted.code if wanted else ""
        self.tiles.show_tiles(self._tiles(totals, code))

    def _tiles(self, totals: Totals | None, code: str) -> tuple[Tile, ...]:
        figures = totals.all if totals else None
        visits, minutes, of_units, of_code = (_NOT_KNOWN,) * 4
        code_minutes = timed = _NOT_KNOWN
        one = False
        if figures is not None:
            one = figures.visits == 1
            visits = number(figures.visits)
            of_units = units(figures.timed_units, figures.untimed_units)
            minutes, timed = hours(figures.timed_minutes), number(figures.timed_minutes)
            of_code, code_minutes = number(figures.code_units), number(figures.code_minutes)
        both = figures is not None and figures.untimed_units > 0
        said = self.tr("units, timed + untimed") if both else self.tr("units, timed")
        tiles = [
            Tile(visits, self.tr("visit found") if one else self.tr("visits found")),
            Tile(of_units, said),
            Tile(minutes, self.tr("timed minutes {0}").format(timed)),
        ]
        if code:
            words = self.tr("units of {0} in {1} min").format(code, code_minutes)
            tiles.append(Tile(of_code, words))
        return tuple(tiles)

    def _arrange(self, look: Look) -> None:
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        for label in (self.title, self.hidden):
            head.addWidget(label)
        head.addStretch()
        head.addWidget(self.packet)
        inside = QVBoxLayout(self.box)
        inside.setContentsMargins(1, 1, 1, look.px(8))
        inside.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(8))
        column.addLayout(head)
        for widget in (self.fields, self.tiles, self.strip, self.add_up, self.empty):
            column.addWidget(widget)
        column.addWidget(self.box, 1)
        column.addStretch()
        self.add_up.hide()
        self.hidden.hide()
