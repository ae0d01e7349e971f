"""How is what clinicians learnt written for an auditor? One CSV, whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from ptimer.operations import clinician_entries, named_files
from ptimer.operations.clinic import Clinic
from ptimer.operations.clinician_entries import Entry, Standing, hours_text
from ptimer.operations.writing_files import whole_file
from ptimer.reports import clinicians_csv
from ptimer.reports.clinicians_csv import ClinicianLine
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import iso


def write(clinic: Clinic, path: Path, *, bom: bool = False) -> int:
    """Write all clinicians and their entries, voided ones too; return how many rows there are.

    Raises:
        Misused: the file is a folder, or belongs to the record itself.
        Busy: the file can't be written; what was there stays as it was.
    """
    named_files.check_may_be_written(path, clinic.folder)
    every = clinician_entries.everyone(clinic)
    with whole_file(path, bom=bom) as out:
        return clinicians_csv.write(_lines(clinic, every), out)


def _lines(clinic: Clinic, every: Iterable[Standing]) -> Iterable[ClinicianLine]:
    for each in every:
        who = each.clinician
        about = (who.name, who.credentials, who.discipline, who.npi)
        if not each.entries:
            yield ClinicianLine(*about)
        for entry in reversed(each.entries):
            yield _line(clinic, about, entry)


def _line(clinic: Clinic, about: tuple[str, str, str, str], entry: Entry) -> ClinicianLine:
    return ClinicianLine(
        *about,
        entry_id=entry.id,
        kind=entry.kind,
        title=entry.title,
        date=entry.dated.isoformat(),
        expires_on=entry.expires_on.isoformat() if entry.expires_on else "",
        hours=hours_text(entry.hours) if entry.hours else "",
        file_name=entry.file_name,
        note=entry.note,
        recorded_by=entry.recorded_by,
        recorded_at=_at(clinic, entry.recorded_at),
        voided_at=_at(clinic, entry.voided_at),
        voided_by=entry.voided_by,
        void_reason=entry.void_reason,
    )


def _at(clinic: Clinic, instant: Instant | None) -> str:
    return "" if instant is None else iso(instant, clinic.clock.zone)
