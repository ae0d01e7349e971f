"""Which lines go to the biller, and what is remembered of them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TextIO

from ptimer.operations import defaults, snapshots
from ptimer.operations.biller_changes import Outgoing, outgoing
from ptimer.operations.biller_lines import content_text, exported_at, lines_of
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Busy
from ptimer.operations.line_warnings import LINES_OF_A_FORM, Crowded
from ptimer.operations.visit_view import VisitView
from ptimer.operations.written_bytes import Noted, Written
from ptimer.reports import biller_csv
from ptimer.reports.biller_csv import CORRECTION, NEW, VOID, BillerLine
from ptimer.reports.biller_layout import STANDARD, BillerLayout
from ptimer.storage import clinicians, export_files, exports, settings, visits
from ptimer.storage.export_files import FileRow
from ptimer.storage.exports import Batch, ExportedLine
from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import say

PLACE_OF_SERVICE = "place-of-service"


@dataclass(frozen=True)
class Span:
    """The dates of service that an export covers, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class HeldBack:
    """A visit that is not signed, and so does not go out."""

    patient: str
    date: str


@dataclass(frozen=True)
class BillerExport:
    """What an export would hold, or held."""

    span: Span
    lines: tuple[BillerLine, ...]
    held_back: tuple[HeldBack, ...]
    batch_id: str
    exported_at: Instant
    went_out_before: int = 0
    """Lines that an earlier batch held in just this form; they keep their ids and status."""
    unchanged: int = 0
    """Lines of amended visits that are not written again, since the biller has them so."""
    kept_back: int = 0
    """Lines left out because they went out before in just this form."""
    crowded: tuple[Crowded, ...] = ()
    """Visits of more lines than a claim form holds."""
    before: Mapping[str, str] = field(default_factory=dict)
    """By visit: the batch that it went out in last, or nothing."""

    @property
    def units(self) -> int:
        """All units; those of a line that is void count no more."""
        return sum(line.units for line in self.lines if line.line_status != VOID)

    @property
    def minutes(self) -> int:
        """All minutes of the lines, likewise."""
        return sum(line.minutes for line in self.lines if line.line_status != VOID)

    @property
    def visits(self) -> int:
        """Visits with a line."""
        return len({line.encounter_id for line in self.lines})

    def count(self, status: str) -> int:
        """Return how many lines have a status."""
        return sum(line.line_status == status for line in self.lines)

    @property
    def statuses(self) -> dict[str, int]:
        """How many lines are new, in place of another, and void."""
        return {status: self.count(status) for status in (NEW, CORRECTION, VOID)}


def span_of(clinic: Clinic, first: date | None = None, last: date | None = None) -> Span:
    """Return the span between two dates; what is None is today, or the other end."""
    today = service_date(clinic.clock.now(), clinic.clock.zone)
    start = first or last or today
    return Span(start, last or first or today)


def prepare(
    clinic: Clinic,
    span: Span,
    *,
    include_unsigned: bool = False,
    clinician: str | None = None,
    only_changes: bool = False,
) -> BillerExport:
    """Return the lines that an export of the span would hold; nothing is remembered yet.

    Of a visit that went out before and says something else now only the changes go out (see
    `biller_changes`). `clinician` names whose visits go out; None is everyone's. `only_changes`
    leaves out the visits that the biller has as they are.
    """
    with clinic.reading() as now:
        batch_id = new_id(now)
        who = {row.name: row for row in clinicians.everyone(clinic.connection)}
        place = str(settings.get(clinic.connection, PLACE_OF_SERVICE) or "")
        going = _Going(clinic, now, only_changes=only_changes)
        for day in visits.dates(clinic.connection, span.first, span.last):
            for view in _views(clinic, day, now, include_unsigned=include_unsigned):
                if clinician is None or clinician in view.record.involved:
                    going.take(view.visit.id, tuple(lines_of(view, who, place)))
            for visit_id in exports.emptied(clinic.connection, day):
                going.take(visit_id, (), rendered_by=clinician)
        return BillerExport(
            span,
            tuple(
                replace(line, batch_id=batch_id, exported_at=exported_at(now))
                for line in going.lines
            ),
            () if include_unsigned else held_back(clinic, span, clinician),
            batch_id,
            now,
            going.repeated,
            going.unchanged,
            going.kept_back,
            tuple(going.crowded),
            going.before,
        )


class _Going:
    """Gathers what goes out, visit by visit."""

    def __init__(self, clinic: Clinic, now: Instant, *, only_changes: bool) -> None:
        self._clinic = clinic
        self._only_changes = only_changes
        self._now = now
        self.lines: list[BillerLine] = []
        self.repeated = self.unchanged = self.kept_back = 0
        self.crowded: list[Crowded] = []
        self.before: dict[str, str] = {}

    def take(
        self, visit_id: str, lines: tuple[BillerLine, ...], *, rendered_by: str | None = None
    ) -> None:
        """Take a visit as it is now; of one that is empty, `rendered_by` says whose lines count."""
        sent = exports.sent_lines(self._clinic.connection, visit_id)
        out: Outgoing = outgoing(sent, lines, lambda: new_id(self._now))
        providers = {line.rendering_provider for line in out.lines}
        if rendered_by is not None and rendered_by not in providers:
            return
        if out.repeated and self._only_changes:
            self.kept_back += out.repeated
            return
        if not out.lines:
            return
        self.lines.extend(out.lines)
        self.repeated += out.repeated
        self.unchanged += out.unchanged
        self.before[visit_id] = sent[-1].batch_id if sent else ""
        if len(lines) > LINES_OF_A_FORM:
            first = lines[0]
            day = date.fromisoformat(first.date_of_service)
            self.crowded.append(Crowded(visit_id, first.patient_id, day, len(lines)))


def remember(
    clinic: Clinic,
    export: BillerExport,
    file_name: str,
    written: Written | None = None,
    layout: BillerLayout = STANDARD,
) -> None:
    """Remember what a file held, so that its lines keep their ids and the file can be made again.

    `written` are its bytes; None: as `layout` has them.

    Raises:
        Busy: a visit of it has gone out otherwise since it was prepared.
    """
    kept = written or write_biller(export, None, layout)
    with clinic.writing():
        for visit_id, batch_id in export.before.items():
            if exports.last_batch_of(clinic.connection, visit_id) != batch_id:
                raise Busy(say("Another export has gone out meanwhile: make this one anew"))
        exports.save(
            clinic.connection,
            Batch(
                export.batch_id,
                export.exported_at,
                export.span.first,
                export.span.last,
                "biller",
                file_name,
                len(export.lines),
                export.units,
            ),
            map(_exported, export.lines),
        )
        export_files.add(
            clinic.connection,
            FileRow(
                export.batch_id,
                defaults.who(clinic),
                export.minutes,
                layout.label,
                kept.sha256,
                kept.size,
                kept.content,
            ),
        )


def write_biller(
    export: BillerExport, out: TextIO | None, layout: BillerLayout = STANDARD
) -> Written:
    """Write the biller's CSV and return the bytes that it became; `out` None only returns them.

    `out` was opened with the layout's byte-order mark, or without.
    """
    noted = Noted(out, bom=layout.bom)
    biller_csv.write(export.lines, noted, layout)
    return noted.written()


def last_export(clinic: Clinic) -> Batch | None:
    """Return the newest file that was made for the biller."""
    with clinic.reading():
        return exports.last_batch(clinic.connection)


def _views(
    clinic: Clinic, day: date, now: Instant, *, include_unsigned: bool
) -> Iterable[VisitView]:
    rows = [row for row in visits.on(clinic.connection, day, day) if row.signed or include_unsigned]
    for view in snapshots.view_all(clinic, rows, now):
        if view.record.segments:
            yield view


def held_back(clinic: Clinic, span: Span, clinician: str | None) -> tuple[HeldBack, ...]:
    """Return the visits of a span that hold times and are not signed."""
    return tuple(
        HeldBack(patient, day)
        for patient, day in exports.held_back(clinic.connection, span.first, span.last, clinician)
    )


def _exported(line: BillerLine) -> ExportedLine:
    return ExportedLine(
        line.line_id,
        line.encounter_id,
        line.code,
        line.modifiers,
        content_text(line),
        line.line_status,
    )
