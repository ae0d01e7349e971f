"""What does each column of the biller's file hold, in words that a person chooses by?"""

from PySide6.QtCore import QCoreApplication

from ptimer.reports.biller_csv import COLUMNS


def choices() -> tuple[tuple[str, str], ...]:
    """Return each column's words and its name, in the order of the standard file."""
    words = _words()
    return tuple((words[name], name) for name in COLUMNS)


def _words() -> dict[str, str]:
    return {
        "line_id": _tr("Line id"),
        "encounter_id": _tr("Visit id"),
        "line_status": _tr("New, corrected or void"),
        "patient_id": _tr("Patient id"),
        "date_of_service": _tr("Date of service"),
        "payer": _tr("Payer"),
        "rendering_provider": _tr("Who treated"),
        "rendering_npi": _tr("NPI of who treated"),
        "supervising_npi": _tr("NPI of the supervisor"),
        "place_of_service": _tr("Place of service"),
        "code": _tr("Code"),
        "modifier_1": _tr("Modifier {0}").format(1),
        "modifier_2": _tr("Modifier {0}").format(2),
        "modifier_3": _tr("Modifier {0}").format(3),
        "modifier_4": _tr("Modifier {0}").format(4),
        "diagnosis_pointers": _tr("Diagnosis pointers"),
        "units": _tr("Units"),
        "unit_basis": _tr("Basis of the units"),
        "minutes": _tr("Minutes"),
        "timed": _tr("Timed, yes or no"),
        "total_timed_minutes": _tr("Timed minutes, visit"),
        "total_treatment_minutes": _tr("All minutes, visit"),
        "time_in": _tr("Time in"),
        "time_out": _tr("Time out"),
        "unit_rule": _tr("Unit rule"),
        "charge": _tr("Charge"),
        "flags": _tr("Flags"),
        "batch_id": _tr("Batch id"),
        "exported_at": _tr("Time of the export"),
        "layout_version": _tr("Layout and version"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)
