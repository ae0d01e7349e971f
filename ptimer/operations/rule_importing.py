"""Bring an edition of CMS's tables into the record, beside the former ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ptimer.billing import ptp_edits
from ptimer.billing.edition_changes import Changes, Value, compare
from ptimer.billing.editions import Edition, Kind, MueRow, PtpTable
from ptimer.billing.ptp_edits import PairRow
from ptimer.operations import backing_up, cms_names, cms_tables, defaults
from ptimer.operations.clinic import Clinic
from ptimer.operations.cms_files import Told
from ptimer.operations.cms_tables import CmsTable
from ptimer.operations.errors import BadData, shown
from ptimer.storage import audit_log, cms_editions
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say

_LEAST_SHARE = 0.5
"""Of the former edition's rows that another one has, ended ones included; CMS drops hardly any."""


DRY_RUN = say("A dry run: nothing was changed")


@dataclass(frozen=True)
class RulesImported:
    """An edition that came in, or would have on a dry run, and what it changes.

    `already`: the very same rows are there, and nothing was done.
    """

    edition: Edition
    changes: Changes
    already: bool
    dry_run: bool

    @property
    def title(self) -> Sentence:
        """What came in, in a few words."""
        template = (
            "NCCI pairs of {name}, in force from {day}"
            if self.edition.kind is Kind.PTP
            else "Units a day (MUE) of {name}, in force from {day}"
        )
        return say(template, name=self.edition.name, day=self.edition.in_force_from)

    def sentences(self) -> tuple[Sentence, ...]:
        """Return what a person is told behind the title."""
        if self.already:
            return (say("It is there already, with the very same rows: nothing was changed"),)
        kept = say(
            "{kept} of {read:plural:row,rows} are about codes of the code book",
            kept=self.edition.rows_kept,
            read=self.edition.rows_read,
        )
        return (kept, *self.changes.sentences())


def import_tables(
    clinic: Clinic, path: Path, told: Told = lambda *_: None, *, dry_run: bool = False
) -> RulesImported:
    """Read a table and keep it as an edition; from its first day on it judges visits.

    What `told` raises ends the reading, and nothing is changed.

    Raises:
        Misused: there is no such file, or a part of it is missing.
        BadData: it is no table of CMS's for practitioners, or cut off, or damaged.
        Busy: the record can't be backed up first.
    """
    table = cms_tables.read(path, {code.code for code in clinic.rulebook.codes}, told)
    if dry_run:
        with clinic.reading() as now:
            return _Import(clinic, table, now).result(path, dry_run=True)
    backing_up.back_up_if_changed(clinic, before="import")
    with clinic.writing() as now:
        work = _Import(clinic, table, now)
        done = work.result(path, dry_run=False)
        if not done.already:
            work.record(done)
        told(1, 1)  # called off now, it is taken back
    clinic.reload_rulebook()
    return done


class _Import:
    """One import: the table that was read, and the edition that it becomes."""

    def __init__(self, clinic: Clinic, table: CmsTable, now: Instant) -> None:
        self._clinic = clinic
        self._table = table
        self._now = now
        self._edition = Edition(
            kind=table.kind,
            name=cms_names.quarter(table.in_force_from),
            in_force_from=table.in_force_from,
            source=cms_editions.source_of(table.kind, table.in_force_from, table.files),
            files=table.files,
            rows_kept=table.rows_kept,
            imported_at=now,
            imported_by=defaults.who(clinic),
        )

    def result(self, path: Path, *, dry_run: bool) -> RulesImported:
        """Return what it comes to.

        Raises:
            BadData: most rows of the edition before are not in it.
        """
        is_pairs = self._table.kind is Kind.PTP
        changes, known, rows = self._pairs() if is_pairs else self._limits()
        before = changes.before
        if before is not None and before.imported_at is not None:
            missing = known.keys() - rows
            if len(missing) > _LEAST_SHARE * len(known):
                raise BadData(
                    say(
                        "Nothing came in from {file}: it lacks {missing} of the {known} rows of "
                        "{name}, and looks cut off",
                        file=shown(path.name, 120),
                        missing=len(missing),
                        known=len(known),
                        name=before.name,
                    )
                )
        return RulesImported(self._edition, changes, self._is_there(before), dry_run)

    def record(self, done: RulesImported) -> None:
        """Write the edition, and a row of the audit log."""
        connection, edition = self._clinic.connection, self._edition
        if edition.kind is Kind.PTP:
            cms_editions.add_pairs(connection, edition, self._table.pairs, at=self._now)
        else:
            cms_editions.add_limits(connection, edition, self._table.limits, at=self._now)
        before = done.changes.before
        audit_log.add(
            connection,
            audit_log.Entry(
                self._now,
                edition.imported_by,
                "rules-import",
                before={"edition": before.name} if before else None,
                after={
                    "table": edition.kind.value,
                    "edition": edition.name,
                    "in_force_from": edition.in_force_from.isoformat(),
                    "files": {file.name: file.sha256 for file in edition.files},
                    "rows": edition.rows_kept,
                    "ended": len(done.changes.ended),
                    "new": len(done.changes.new),
                    "changed": len(done.changes.changed),
                },
            ),
        )

    def _pairs(self) -> tuple[Changes, Mapping[str, Value], set[str]]:
        """Return the changes, the pairs known before, and all pairs that the table has a row of."""
        day = self._table.in_force_from
        before = self._clinic.rulebook.editions.ptp_on(day)
        known = {} if before is None else _in_force(before.rows, _last_day_of(before, day))
        changes = compare(known, _in_force(self._table.pairs, day))
        rows = {_name(row) for row in self._table.pairs}
        return Changes(Kind.PTP, before.edition if before else None, changes), known, rows

    def _limits(self) -> tuple[Changes, Mapping[str, Value], set[str]]:
        before = self._clinic.rulebook.editions.mue_on(self._table.in_force_from)
        known = {} if before is None else _values(before.values.values())
        now = _values(self._table.limits)
        changes = compare(known, now)
        return Changes(Kind.MUE, before.edition if before else None, changes), known, set(now)

    def _is_there(self, before: Edition | None) -> bool:
        editions, table = self._clinic.rulebook.editions, self._table
        if before is None or before.in_force_from != table.in_force_from:
            return False
        if table.kind is Kind.PTP:
            pairs = editions.ptp_on(table.in_force_from)
            return pairs is not None and pairs.rows == table.pairs
        limits = editions.mue_on(table.in_force_from)
        return limits is not None and tuple(limits.values.values()) == table.limits


def _last_day_of(before: PtpTable, day: date) -> date:
    """Return the last day that the edition before judges."""
    return max(before.edition.in_force_from, day - timedelta(days=1))


def _in_force(rows: tuple[PairRow, ...], day: date) -> dict[str, Value]:
    found = ptp_edits.in_force(rows, day).values()
    return {_name(row): (row.indicator, None) for row in found}


def _name(row: PairRow) -> str:
    return f"{row.column1}/{row.column2}"


def _values(rows: Iterable[MueRow]) -> dict[str, Value]:
    return {row.code: (row.units, row.indicator) for row in rows}
