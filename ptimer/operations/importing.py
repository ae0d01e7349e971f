"""Bring the segments of a file into the record: all of them, or none."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ptimer.operations import backing_up, defaults, segment_files, signatures
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import shown
from ptimer.operations.import_drafts import Draft, Drafting
from ptimer.operations.import_lanes import Lanes
from ptimer.operations.import_refusals import Found
from ptimer.storage import audit_log, clinicians, segments
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence

_MOST_SHOWN = 200


@dataclass(frozen=True)
class Imported:
    """What came in, or would have on a dry run."""

    segments: int
    visits: int
    dry_run: bool
    warnings: tuple[Sentence, ...]


def import_file(clinic: Clinic, path: Path, *, dry_run: bool = False) -> Imported:
    """Record the segments of a file.

    Raises:
        Misused: there is no such file.
        BadData: some lines are wrong; each one is named.
        Refused: some lines conflict, with each other or with the record; each one is named.
        Busy: the record can't be backed up first.
    """
    file = segment_files.read(clinic, path)
    if not dry_run:
        backing_up.back_up_if_changed(clinic, before="import")
    try:
        with clinic.writing() as now:
            found = Found()
            drafting = Drafting(clinic, now, found)
            drafts = [drafting.draft(line) for line in file.lines]
            Lanes(clinic, drafting, found).check(drafts)
            problem = found.problem(clinic, path.name)
            if problem is not None:
                raise problem
            _record(clinic, drafting, drafts, path, now)
            warnings = (*file.warnings, *drafting.asides.sentences())
            result = Imported(len(drafts), len(drafting.made), dry_run, warnings)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return result


class _DryRun(Exception):  # noqa: N818  (never leaves this module)
    """Takes back all that a dry run has written."""


def _record(
    clinic: Clinic, drafting: Drafting, drafts: list[Draft], path: Path, now: Instant
) -> None:
    """Write all segments, and one row of the audit log for the file."""
    names = {draft.segment.clinician for draft in drafts}
    names |= {draft.segment.supervisor for draft in drafts if draft.segment.supervisor}
    for name in sorted(names):
        clinicians.ensure(clinic.connection, name)
    segments.add(clinic.connection, (draft.segment for draft in drafts))
    _ask_again(clinic, drafting, drafts, now)
    if drafts:
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "import",
                after={
                    "file": shown(path.name, _MOST_SHOWN),
                    "sha256": _sha256(path),
                    "segments": len(drafts),
                },
            ),
        )


def _ask_again(clinic: Clinic, drafting: Drafting, drafts: list[Draft], now: Instant) -> None:
    """Withdraw the signatures under parts that have grown; a visit just made has none."""
    grown: dict[str, set[str]] = {}
    for draft in drafts:
        segment = draft.segment
        if segment.visit_id not in drafting.made:
            names = grown.setdefault(segment.visit_id, set())
            names.update((segment.clinician, segment.supervisor))
    for visit_id, names in grown.items():
        signatures.withdraw(clinic, visit_id, names, now)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
