"""What does the table of a day say of each visit, and of each code in it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from ptimer.billing import sign_off
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.billing.unit_limits import RULE as DAILY_LIMIT
from ptimer.billing.visit_units import OVER_60, Line
from ptimer.gui import texts
from ptimer.gui.day_summary.day_calendar import qdate
from ptimer.gui.texts import Times
from ptimer.gui.today.visit_rows import marked_words
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.service_date import local


@dataclass(frozen=True)
class Remark:
    """A word on a row; `mark` is "run", "ok", "warn", "gone" or nothing."""

    text: str = ""
    mark: str = ""


@dataclass(frozen=True)
class CodeRow:
    """A code of a visit."""

    code: str
    times: tuple[str, ...]
    minutes: str
    units: str
    modifiers: str
    remark: Remark
    more: tuple[str, ...] = ()
    """Sentences that the remark is short for."""

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        parts = (
            self.code,
            ", ".join(self.times),
            _tr("{0} min").format(self.minutes) if self.minutes else "",
            _tr("{0} units").format(self.units) if self.units else "",
            self.modifiers,
            self.remark.text,
            *self.more,
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class VisitRows:
    """A visit of the day: its own row, and those of its codes."""

    visit_id: str
    patient: str
    payer: str
    about: str
    minutes: str
    units: str
    status: Remark
    signed: bool
    codes: tuple[CodeRow, ...]

    @property
    def spoken(self) -> str:
        """The visit's own row as it is read out."""
        parts = (self.patient, self.payer, self.about, self.units, self.status.text)
        return ", ".join(part for part in parts if part)


def rows_of(views: Iterable[VisitView], times: Times) -> tuple[VisitRows, ...]:
    """Return the rows of a day's visits."""
    return tuple(_visit(view, times) for view in views)


def _visit(view: VisitView, times: Times) -> VisitRows:
    visit, reckoning = view.visit, view.reckoning
    if view.away and view.record.mark is not None:
        status = Remark(marked_words(view), "gone")
        reason = view.record.mark.reason
        return VisitRows(
            visit.id, visit.patient, visit.payer, reason, "", "", status, signed=False, codes=()
        )
    about = _tr("{0} timed · {1} min treated").format(view.timed_minutes, view.total_minutes)
    if view.record.mark is not None:
        about += f" · {marked_words(view)}: {view.record.mark.reason}"
    return VisitRows(
        visit.id,
        visit.patient,
        visit.payer,
        about,
        _tr("{0} min").format(view.timed_minutes),
        texts.unit_word(reckoning.timed_units, reckoning.untimed_units),
        status_of(view, times),
        visit.signed,
        (*_billed(view, times), *_apart(view, times)),
    )


def status_of(view: VisitView, times: Times) -> Remark:
    """Return whether a visit is signed, or what it waits for."""
    record = view.record
    if view.visit.signed:
        at = max((signature.signed_at for signature in record.signatures), default=None)
        if at is None:
            return Remark(_tr("signed"), "ok")
        day = local(at, view.zone).date()
        when = times.time(at) if day == view.visit.service_date else short_date(day)
        return Remark(_tr("signed {0}").format(when), "ok")
    if view.in_doubt:
        return Remark(_tr("in doubt"), "warn")
    if record.running:
        return Remark(_tr("running"), "run")
    missing = view.missing_signatures
    if record.signatures and missing:
        return Remark(_tr("waits for {0}").format(missing[0]), "warn")
    return Remark(_tr("not signed"), "warn")


def short_date(day: date) -> str:
    """Return a date without its weekday: `23 Nov 2026`."""
    return QLocale().toString(qdate(day), "d MMM yyyy")


def _billed(view: VisitView, times: Times) -> Iterable[CodeRow]:
    for billed in view.billed_lines:
        line = billed.line
        yield CodeRow(
            line.code.code,
            tuple(_stretch(segment, times) for segment in view.segments_of(billed)),
            "" if line.timed_on else str(billed.minutes),
            str(billed.units),
            " ".join(billed.modifiers),
            _remark(view, line),
            tuple(_sentences(view, line)),
        )


def _apart(view: VisitView, times: Times) -> Iterable[CodeRow]:
    """Rest and not-billable time: in the clinic, and in no count."""
    for number in view.record.codes:
        code = view.code(number)
        if code.apart:
            yield CodeRow(
                texts.core(code.label),
                tuple(_stretch(segment, times) for segment in view.record.of_code(number)),
                str(view.minutes_of(number)),
                "",
                "",
                Remark(_tr("running"), "run")
                if number in view.running_codes
                else Remark(_tr("not treatment")),
            )


def _stretch(segment: Segment, times: Times) -> str:
    end = _tr("now") if segment.ended_at is None else times.time(segment.ended_at)
    return f"{times.time(segment.started_at)}–{end}"  # noqa: RUF001  (a range is written with an en dash)


def _sentences(view: VisitView, line: Line) -> Iterable[str]:
    """Return all that is to be said of a line, in full."""
    code = line.code.code
    said = [item.text for item in view.to_fix if item.code == code]
    said += [warning.text for warning in view.reckoning.warnings if warning.code == code]
    return dict.fromkeys(texts.words(sentence) for sentence in said)


def _remark(view: VisitView, line: Line) -> Remark:
    """Return the one thing that is most worth knowing of a line."""
    code = line.code.code
    rules = [item.rule for item in view.to_fix if item.code == code]
    if sign_off.IN_DOUBT in rules:
        return Remark(_tr("in doubt: answer"), "warn")
    if code in view.running_codes:
        return Remark(_tr("running"), "run")
    for rule in rules:
        text = _to_fix(view, line, rule)
        if text:
            return Remark(text, "warn")
    return _to_know(view, line)


def _to_fix(view: VisitView, line: Line, rule: str) -> str:
    if rule == OVER_60:
        long = view.rules.long_treatment(line.code.code)
        return _tr("over {0} min: say why").format(long.minutes if long else 60)
    if rule == sign_off.UNIT_CHOICE:
        return _choice(view)
    return {
        sign_off.ONE_EVALUATION: _tr("one evaluation a visit"),
        sign_off.GROUP_OF_ONE: _tr("nobody else in the group"),
        sign_off.AREA_UNITS: _tr("type its units"),
        PTP_PAIR: _tr("NCCI pair"),
    }.get(rule, "")


def _choice(view: VisitView) -> str:
    pool = view.reckoning.pool
    if pool is None:
        return ""
    left = [str(pool.left_over[code]) for code in pool.tied]
    minutes = _tr("{0} and {1}").format(", ".join(left[:-1]), left[-1])
    if pool.free == 1:
        return _tr("{0} min: choose one").format(minutes)
    return _tr("{0} min: choose {1}").format(minutes, pool.free)


def _to_know(view: VisitView, line: Line) -> Remark:
    if line.cut:
        return Remark(_tr("cut to {0} of {1}").format(line.units, line.earned), "warn")
    if line.limit is not None and line.earned > line.limit.units:
        return Remark(_tr("over the usual {0} a day").format(line.limit.units), "warn")
    if any(w.rule == DAILY_LIMIT and w.code == line.code.code for w in view.reckoning.warnings):
        return Remark(_tr("over what is usual together"), "warn")
    if line.timed_on:
        return Remark(_tr("with {0}").format(line.timed_on))
    if not line.code.timed:
        return Remark(_tr("untimed"))
    if line.units == 0:
        return Remark(_tr("kept in the record"))
    return Remark()


def _tr(text: str) -> str:
    return QCoreApplication.translate("day", text)
