"""What would an export hold? Read in a thread, and shown as a sheet before it is written."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from PySide6.QtCore import QCoreApplication

from ptimer.gui.background import Progress
from ptimer.operations import batches, biller_layouts, export_files
from ptimer.operations.batches import Batch
from ptimer.operations.clinic import Clinic
from ptimer.operations.export_files import SEGMENTS, ExportWish
from ptimer.operations.exporting import HeldBack
from ptimer.operations.line_warnings import LineWarning
from ptimer.reports import biller_csv
from ptimer.reports.biller_csv import CORRECTION, NEW, VOID, BillerLine
from ptimer.reports.biller_layout import BillerLayout
from ptimer.reports.cells import harmless

MOST_SEGMENTS = 5000
"""More segments are written, and not shown."""


@dataclass(frozen=True)
class Heading:
    """A column of the sheet: its title, how many letters wide, and whether it holds figures."""

    title: str
    letters: int
    figures: bool = False


@dataclass(frozen=True)
class Sheet:
    """The rows as the file will hold them."""

    headings: tuple[Heading, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Preview:
    """The sheet, and what it comes to; a sheet of many segments shows only the first ones."""

    sheet: Sheet
    rows: int
    visits: int
    timed_units: int
    untimed_units: int
    held_back: tuple[HeldBack, ...]
    went_out_before: int = 0
    left_out: int = 0
    lines: tuple[BillerLine, ...] = ()
    corrections: int = 0
    voids: int = 0
    unchanged: int = 0
    kept_back: int = 0
    warnings: tuple[LineWarning, ...] = ()
    made: tuple[Batch, ...] = ()
    """The newest files that were made before."""
    layouts: tuple[BillerLayout, ...] = ()
    """Those that the clinic has saved."""


def preview(clinic: Clinic, wish: ExportWish, progress: Progress, *, most_made: int) -> Preview:
    """Return what an export would hold, and what was made before; called in a thread."""
    found = _segments(clinic, wish) if wish.layout == SEGMENTS else _lines(clinic, wish, progress)
    made = batches.newest_first(clinic, most=most_made)
    return replace(found, made=made, layouts=biller_layouts.all_of(clinic))


def _lines(clinic: Clinic, wish: ExportWish, progress: Progress) -> Preview:
    export = export_files.prepare(
        clinic,
        wish.span,
        progress.say,
        include_unsigned=wish.include_unsigned,
        only_changes=wish.only_changes,
    )
    billed = [line for line in export.lines if line.line_status != VOID]
    timed = sum(line.units for line in billed if line.timed == "Y")
    return Preview(
        sheet_of(export.lines, wish.mapping),
        len(export.lines),
        export.visits,
        timed,
        export.units - timed,
        export.held_back,
        export.went_out_before,
        lines=export.lines,
        corrections=export.count(CORRECTION),
        voids=export.count(VOID),
        unchanged=export.unchanged,
        kept_back=export.kept_back,
        warnings=export_files.warnings_of(export, wish.form),
    )


def sheet_of(lines: Sequence[BillerLine], mapping: BillerLayout | None) -> Sheet:
    """Return the lines as a biller's own layout has them; None: as the standard one does."""
    if mapping is None:
        return _standard(lines)
    headings = tuple(
        Heading(title, _LETTERS.get(column.source, 9), column.source in _ALL_FIGURES)
        for title, column in zip(mapping.titles(), mapping.columns, strict=True)
    )
    return Sheet(headings, [tuple(map(str, mapping.cells(line))) for line in lines])


def _segments(clinic: Clinic, wish: ExportWish) -> Preview:
    head = export_files.segments_head(clinic, wish, most=MOST_SEGMENTS)
    headings = tuple(
        Heading(name, _LETTERS.get(name, 12), name == "units") for name in head.columns
    )
    return Preview(
        Sheet(headings, head.rows), head.total, 0, 0, 0, head.held_back, left_out=len(head.left_out)
    )


def _standard(lines: Sequence[BillerLine]) -> Sheet:
    """Return the lines, first what a person looks at, then every other column of the file.

    Where not all are new, what is to be done with each comes before all else.
    """
    changes = any(line.line_status != NEW for line in lines)
    status = (Heading(_tr("Status"), 11),) if changes else ()
    first = ("line_status", *_MAIN) if changes else _MAIN
    main = (
        *status,
        Heading(_tr("Patient"), 10),
        Heading(_tr("Date"), 10),
        Heading(_tr("Code"), 6),
        Heading(_tr("Modifiers"), 9),
        Heading(_tr("Units"), 5, figures=True),
        Heading(_tr("Minutes"), 7, figures=True),
        Heading(_tr("Timed"), 5),
        Heading(_tr("In"), 5, figures=True),
        Heading(_tr("Out"), 5, figures=True),
        Heading(_tr("Rule"), 8),
        Heading(_tr("Flags"), 18),
    )
    others = [name for name in biller_csv.COLUMNS if name not in first]
    rest = tuple(
        Heading(name, max(len(name), _LETTERS.get(name, 0)), name in _FIGURES) for name in others
    )
    return Sheet((*main, *rest), [_cells(line, first, others) for line in lines])


def _cells(line: BillerLine, first: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    values = {
        name: harmless(value) if isinstance(value, str) else str(value)
        for name, value in asdict(line).items()
        if name != "beyond"
    }
    main = [line.modifiers if name == "modifiers" else values[name] for name in first]
    return (*main, *(values[name] for name in others))


_MAIN = (
    "patient_id",
    "date_of_service",
    "code",
    "modifiers",
    "units",
    "minutes",
    "timed",
    "time_in",
    "time_out",
    "unit_rule",
    "flags",
)
_FIGURES = ("total_timed_minutes", "total_treatment_minutes", "charge")
_ALL_FIGURES = (*_FIGURES, "units", "minutes", "time_in", "time_out")
_LETTERS = {
    "line_id": 36,
    "encounter_id": 36,
    "batch_id": 36,
    "payer": 22,
    "rendering_provider": 22,
    "exported_at": 21,
    "patient": 13,
    "clinician": 22,
    "start": 29,
    "end": 29,
    "note": 30,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)
