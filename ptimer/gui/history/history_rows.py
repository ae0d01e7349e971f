"""What does the table of the history say of a visit, and how are its figures written?"""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from ptimer.gui import texts
from ptimer.gui.day_summary.day_calendar import qdate
from ptimer.gui.day_summary.day_rows import Remark, status_of
from ptimer.gui.texts import Times
from ptimer.operations.visit_view import VisitView


@dataclass(frozen=True)
class HistoryRow:
    """A visit that was found."""

    visit_id: str
    day: date
    date: str
    patient: str
    discipline: str
    payer: str
    minutes: str
    units: str
    status: Remark

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        return ", ".join(
            (
                self.date,
                self.patient,
                self.discipline,
                self.payer,
                _tr("{0} min").format(self.minutes),
                _tr("{0} units").format(self.units),
                self.status.text,
            )
        )

    @property
    def tip(self) -> str:
        """All of what may be cut short in the row."""
        return "\n".join((self.patient, f"{self.discipline} · {self.payer}", self.status.text))


def row_of(view: VisitView, times: Times) -> HistoryRow:
    """Return the row of a visit."""
    visit, reckoning = view.visit, view.reckoning
    return HistoryRow(
        visit.id,
        visit.service_date,
        date_words(visit.service_date),
        visit.patient,
        visit.discipline,
        visit.payer,
        number(view.timed_minutes),
        texts.units(reckoning.timed_units, reckoning.untimed_units),
        status_of(view, times),
    )


def date_words(day: date) -> str:
    """Return a date with its weekday: `Mon 23 Nov 2026`."""
    return QLocale().toString(qdate(day), "ddd d MMM yyyy")


def number(value: int) -> str:
    """Return a number as the system writes it: `12,345`."""
    return QLocale().toString(value)


def hours(minutes: int) -> str:
    """Return minutes as hours and minutes."""
    whole, rest = divmod(minutes, 60)
    if whole:
        return _tr("{0} h {1}").format(number(whole), f"{rest:02d}")
    return _tr("{0} min").format(rest)


def units(timed: int, untimed: int) -> str:
    """Return units, timed and others, as the system writes numbers."""
    return f"{number(timed)} + {number(untimed)}" if untimed else number(timed)


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
