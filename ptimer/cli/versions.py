"""`versions`: what was signed, and what differs between two versions, side by side."""

from collections.abc import Sequence
from itertools import groupby

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import signing, typed_text, version_lines, versions
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.version_lines import Reading, Row, Standing
from ptimer.operations.versions import Kept, Version, Versions
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import iso
from ptimer.wording import say

_SIGNS = {
    Standing.SAME: "",
    Standing.CHANGED: "* changed",
    Standing.ADDED: "+ added",
    Standing.REMOVED: "- removed",
}
_WIDEST = 60
"""Characters of a column, at most: what is longer pushes only its own line aside."""


@click.command("versions", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--discipline", metavar="PT|OT|SLP", help="Where the patient has several visits.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option(
    "--compare", metavar="OLD,NEW", help="Two numbers, 0 for what is not signed; default: the last."
)
@shared
@click.pass_context
def versions_command(
    context: click.Context,
    patient: str,
    discipline: str | None,
    day: str | None,
    compare: str | None,
) -> None:
    """Show what was signed beside what was changed after it."""
    session = cli.session(context)
    wanted = None if compare is None else _numbers(compare)
    on = None if day is None else typed_text.date_of(day)
    whose = typed_text.patient_id(patient)
    with session.record_to_read() as clinic:
        if clinic is None:
            sentence = say("{patient} has no visit: nothing was recorded yet", patient=shown(whose))
            session.tell(str(sentence), {"patient": whose, "versions": []})
            return
        visit_id = signing.find_visit(clinic, whose, discipline=discipline, day=on)
        found = versions.of_visit(clinic, visit_id)
        before, after = found.pair if wanted is None else _pair(found, wanted)
        reading = Reading(clinic.clock.zone, found.view.visit.service_date, found.roots)
        rows = version_lines.compare(before, after, reading)
        _tell(session, clinic, found, (before, after), rows)


def _numbers(text: str) -> tuple[int, int]:
    old, _, new = (part.strip() for part in text.partition(","))
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in (old, new)):
        raise Misused(say("{text} does not name two versions, such as 1,2", text=shown(text)))
    return int(old), int(new)


def _pair(found: Versions, numbers: tuple[int, int]) -> tuple[Version, Version]:
    named = [(number, found.numbered(number)) for number in numbers]
    for number, version in named:
        if version is None:
            raise Misused(
                say(
                    "there is no version {number}; there are: {numbers}",
                    number=number,
                    numbers=", ".join(str(each.number) for each in found.every),
                )
            )
    old, new = (version for _, version in named if version is not None)
    return old, new


def _tell(
    session: Session,
    clinic: Clinic,
    found: Versions,
    pair: tuple[Version | None, Version],
    rows: Sequence[Row],
) -> None:
    visit = found.view.visit
    values = {
        "patient": visit.patient,
        "discipline": visit.discipline,
        "date": visit.service_date.isoformat(),
        "status": visit.status,
        "versions": [_version_values(clinic, version) for version in found.every],
        "compared": [None if version is None else version.number for version in pair],
        "rows": [_row_values(row) for row in rows],
    }
    head = f"{visit.patient}, {visit.discipline} visit of {visit.service_date}"
    told = [head, *(_version_text(clinic, version) for version in found.every), ""]
    session.tell("\n".join([*told, *_table(pair, rows)]), values)


def _version_values(clinic: Clinic, version: Version) -> dict[str, object]:
    return {
        "number": version.number,
        "kept": version.kept.value,
        "closed_at": _time(clinic, version.closed_at),
        "sha256": version.sha256 or None,
        "signatures": [
            {**each, "signed_at": _time(clinic, each.get("signed_at"))}
            for each in version.signatures
        ],
        "reopened_at": _time(clinic, version.reopened_at),
        "reopened_by": version.reopened_by or None,
        "why": version.why or None,
        "content": dict(version.content),
    }


def _row_values(row: Row) -> dict[str, object]:
    return {
        "section": str(row.section),
        "what": str(row.what),
        "before": None if row.before is None else str(row.before),
        "after": None if row.after is None else str(row.after),
        "standing": row.standing.value,
    }


def _version_text(clinic: Clinic, version: Version) -> str:
    if version.kept is Kept.NOW:
        return "now: not signed"
    closed = "" if version.closed_at is None else cli.moment(clinic, version.closed_at)
    names = ", ".join(
        f"{each.get('name')}, {each.get('credentials')}" for each in version.signatures
    )
    text = f"version {version.number}: signed {closed} by {names}"
    if version.kept is not Kept.SIGNED:
        text += f" ({_KEPT[version.kept]})"
    if version.reopened_at is not None:
        at = cli.moment(clinic, version.reopened_at)
        text += f"\n  reopened {at} by {version.reopened_by}: {version.why}"
    return text


_KEPT = {
    Kept.LATER: "before ptimer kept hashes; as it is recorded",
    Kept.LOG: "before ptimer kept versions; as the audit log tells",
}


def _table(pair: tuple[Version | None, Version], rows: Sequence[Row]) -> list[str]:
    before, after = pair
    if before is None:
        return _sections(rows, [_one(row) for row in rows])
    title = Row(
        say(""), say(""), say("{name}", name=_name(before)), say("{name}", name=_name(after))
    )
    sides = [(str(row.before or ""), str(row.after or "")) for row in (title, *rows)]
    left = min(max(len(old) for old, _ in sides), _WIDEST)
    what = min(max((len(str(row.what)) for row in rows), default=0), _WIDEST)
    sign = max(map(len, _SIGNS.values()))
    lines = [
        f"  {_SIGNS[row.standing] if row is not title else '':<{sign}}  {row.what!s:<{what}}  "
        f"{old:<{left}} | {new}".rstrip()
        for row, (old, new) in zip((title, *rows), sides, strict=True)
    ]
    return [lines[0], *_sections(rows, lines[1:])]


def _sections(rows: Sequence[Row], lines: Sequence[str]) -> list[str]:
    told: list[str] = []
    for section, group in groupby(
        zip(rows, lines, strict=True), key=lambda pair: str(pair[0].section)
    ):
        told += [section, *(line for _, line in group)]
    return told


def _one(row: Row) -> str:
    return f"  {row.what}  {row.after}" if str(row.what) else f"  {row.after}"


def _name(version: Version) -> str:
    return "now" if version.kept is Kept.NOW else f"version {version.number}"


def _time(clinic: Clinic, value: object) -> str | None:
    return iso(Instant(value), clinic.clock.zone) if isinstance(value, int) else None
