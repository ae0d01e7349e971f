"""What would an export hold? Read in a thread, and shown as a sheet before it is written."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QCoreApplication

from ptimer.gui.background import Progress
from ptimer.operations import export_files
from ptimer.operations.clinic import Clinic
from ptimer.operations.export_files import SEGMENTS, ExportWish
from ptimer.operations.exporting import HeldBack
from ptimer.reports import biller_csv
from ptimer.reports.biller_csv import BillerLine
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


def preview(clinic: Clinic, wish: ExportWish, progress: Progress) -> Preview:
    """Return what an export would hold; called in a thread."""
    if wish.layout == SEGMENTS:
        return _segments(clinic, wish)
    export = export_files.prepare(
        clinic, wish.span, progress.say, include_unsigned=wish.include_unsigned
    )
    timed = sum(line.units for line in export.lines if line.timed == "Y")
    return Preview(
        _sheet(export.lines),
        len(export.lines),
        export.visits,
        timed,
        export.units - timed,
        export.held_back,
        export.went_out_before,
    )


def _segments(clinic: Clinic, wish: ExportWish) -> Preview:
    head = export_files.segments_head(clinic, wish, most=MOST_SEGMENTS)
    headings = tuple(
        Heading(name, _LETTERS.get(name, 12), name == "units") for name in head.columns
    )
    return Preview(
        Sheet(headings, head.rows), head.total, 0, 0, 0, head.held_back, left_out=len(head.left_out)
    )


def _sheet(lines: Sequence[BillerLine]) -> Sheet:
    """Return the lines, first what a person looks at, then every other column of the file."""
    main = (
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
    others = [name for name in biller_csv.COLUMNS if name not in _MAIN]
    rest = tuple(
        Heading(name, max(len(name), _LETTERS.get(name, 0)), name in _FIGURES) for name in others
    )
    return Sheet((*main, *rest), [_cells(line, others) for line in lines])


def _cells(line: BillerLine, others: Sequence[str]) -> tuple[str, ...]:
    values = {
        name: harmless(value) if isinstance(value, str) else str(value)
        for name, value in asdict(line).items()
    }
    main = [line.modifiers if name == "modifiers" else values[name] for name in _MAIN]
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
