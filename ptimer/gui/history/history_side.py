"""The column beside the history: units and minutes by week, drawn and in words."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.day_summary.day_rows import short_date
from ptimer.gui.history.history_rows import number, units
from ptimer.gui.history.week_chart import Bar, WeekChart, paint_hatched
from ptimer.gui.look import MEDIUM, REGULAR, Look
from ptimer.gui.texts import Label, heading
from ptimer.operations.history_search import Week


class _Legend(QWidget):
    """What solid and hatched stand for."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._timed, self._others = self.tr("timed"), self.tr("other units")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(160), self.look.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setFont(look.font(12, REGULAR))
        size = look.px(10)
        top = (self.height() - size) / 2
        painter.fillRect(QRectF(0, top, size, size), look.color("accent"))
        left = self._write(painter, size, self._timed)
        paint_hatched(painter, look, QRectF(left, top, size, size))
        self._write(painter, left + size, self._others)

    def _write(self, painter: QPainter, left: float, words: str) -> float:
        painter.setPen(self.look.color("mute"))
        at = left + self.look.px(6)
        painter.drawText(QRectF(at, 0, self.width(), self.height()), LEFT_MIDDLE, words)
        return at + QFontMetrics(painter.font()).horizontalAdvance(words) + self.look.px(14)


class HistorySide(QWidget):
    """Two charts of the same weeks, and the words for the one that is looked at.

    Signals:
        week_wanted(Week): a person looks for that week alone.
    """

    week_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.weeks: tuple[Week, ...] = ()
        self.units = WeekChart(look, self.tr("Units by week"))
        self.minutes = WeekChart(look, self.tr("Timed minutes by week"))
        self.legend = _Legend(look)
        self.about = Label(look, pixels=12, color="mute", wrap=True)
        self.week = Label(look, pixels=13, weight=MEDIUM, wrap=True)
        self.how = Label(look, pixels=12, color="mute", wrap=True)
        self._units_title = heading(look, "")
        self._minutes_title = heading(look, "")
        self._code = ""
        self._arrange(look)
        for chart in (self.units, self.minutes):
            chart.week_chosen.connect(self.choose)
            chart.week_wanted.connect(lambda place: self.week_wanted.emit(self.weeks[place]))

    def show_weeks(self, weeks: tuple[Week, ...], code: str, *, whole: bool) -> None:
        """Show the figures of some weeks, of a code alone where one is looked for.

        Args:
            weeks: what there was.
            code: the code that is looked for.
            whole: whether all that was found lies in these weeks.
        """
        self.weeks, self._code = weeks, code
        self._show_titles()
        some = any(week.figures.visits for week in weeks)
        self.legend.setVisible(some and not code)
        for widget in (self.units, self.minutes, self._minutes_title, self.how):
            widget.setVisible(some)
        self.units.show_bars(tuple(self._units_of(week) for week in weeks))
        self.minutes.show_bars(tuple(self._minutes_of(week) for week in weeks))
        self.about.say(self._span(whole=whole))
        self._show_chosen()

    def _show_titles(self) -> None:
        code = self._code
        of_units = self.tr("Units of {0} by week") if code else self.tr("Units by week")
        of_minutes = self.tr("Minutes of {0} by week") if code else self.tr("Timed minutes by week")
        for title, words in ((self._units_title, of_units), (self._minutes_title, of_minutes)):
            title.say(words.format(code).upper())

    def choose(self, place: int) -> None:
        """Look at a week, in both charts."""
        for chart in (self.units, self.minutes):
            chart.choose(place)
        self._show_chosen()

    def _show_chosen(self) -> None:
        place = self.units.chosen
        if not 0 <= place < len(self.weeks):
            self.week.hide()
            self.how.say(self.tr("Press a week, or go to it with Left and Right, to read it."))
            return
        self.week.say(f"{self.units.bars[place].words}\n{self._rest(self.weeks[place])}")
        self.week.show()
        self.how.say(self.tr("Enter, or a second press, looks for this week alone."))

    def _rest(self, week: Week) -> str:
        figures = week.figures
        minutes = figures.code_minutes if self._code else figures.timed_minutes
        visits = self.tr("1 visit") if figures.visits == 1 else self.tr("{0} visits")
        timed = self.tr("{0} min").format(number(minutes))
        return f"{timed} · {visits.format(number(figures.visits))}"

    def _units_of(self, week: Week) -> Bar:
        figures = week.figures
        if self._code:
            words = self.tr("{0}: {1} units").format(_days(week), number(figures.code_units))
            return Bar(week.first, figures.code_units, 0, words)
        shown = units(figures.timed_units, figures.untimed_units)
        words = self.tr("{0}: {1} units").format(_days(week), shown)
        return Bar(week.first, figures.timed_units, figures.untimed_units, words)

    def _minutes_of(self, week: Week) -> Bar:
        minutes = week.figures.code_minutes if self._code else week.figures.timed_minutes
        words = self.tr("{0}: {1} min").format(_days(week), number(minutes))
        return Bar(week.first, minutes, 0, words)

    def _span(self, *, whole: bool) -> str:
        if not any(week.figures.visits for week in self.weeks):
            return self.tr("No week to draw.")
        first, last = self.weeks[0].first, self.weeks[-1].last
        words = self.tr("{0} weeks, {1} to {2}.")
        said = words.format(len(self.weeks), short_date(first), short_date(last))
        if whole:
            return said
        return f"{said} {self.tr('Older visits are in the table and the totals alone.')}"

    def _arrange(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        column.setSpacing(look.px(6))
        column.addWidget(self._units_title)
        column.addWidget(self.legend)
        column.addWidget(self.units)
        column.addSpacing(look.px(10))
        column.addWidget(self._minutes_title)
        column.addWidget(self.minutes)
        column.addSpacing(look.px(6))
        for widget in (self.week, self.how, self.about):
            column.addWidget(widget)
        column.addStretch()


def _days(week: Week) -> str:
    return f"{_day(week.first)} – {short_date(week.last)}"  # noqa: RUF001  (a range is written so)


def _day(day: date) -> str:
    return short_date(day).rsplit(" ", 1)[0]
