"""`clinicians` and `education`: who treats, what they learnt, and what they may do until when."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import clinician_entries, clinician_files, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.clinician_entries import Entry, Kind, NewEntry, Standing, hours_text
from ptimer.operations.errors import Misused, shown
from ptimer.wording import say


@click.command("clinicians", add_help_option=False)
@click.option(
    "--export", "file", type=Path, metavar="FILE.csv", help="Write all of it for an audit."
)
@click.option("--bom", is_flag=True, help="Begin the file as Excel likes it.")
@shared
@click.pass_context
def clinicians_command(context: click.Context, file: Path | None, bom: bool) -> None:
    """List the clinicians, their NPI, and what expires next."""
    session = cli.session(context)
    if bom and file is None:
        raise Misused(say("--bom goes with --export FILE.csv"))
    with session.record_to_read() as clinic:
        if clinic is None:
            session.tell("no clinician is known yet", {"clinicians": []})
            return
        if file is not None:
            rows = clinician_files.write(clinic, file, bom=bom)
            told = say("{file}: {rows:plural:row,rows}", file=str(file), rows=rows)
            session.tell(str(told), {"file": str(file), "rows": rows})
            return
        every = clinician_entries.everyone(clinic)
        session.tell(
            "\n".join(_clinician_text(each) for each in every) or "no clinician is known yet",
            {"clinicians": [_clinician_values(each) for each in every]},
        )


@click.command("education", add_help_option=False)
@click.option("--clinician", required=True, metavar="NAME")
@click.option("--add", "title", metavar="TITLE", help="Record a course, degree or licence.")
@click.option("--on", "dated", metavar="DATE", help="When it was done or issued.")
@click.option(
    "--kind", metavar="KIND", help="education, training (the default), licence, certificate."
)
@click.option("--expires", metavar="DATE", default="", help="Until when it holds.")
@click.option("--hours", metavar="N", default="", help="Such as 1.5.")
@click.option("--file", "file_name", metavar="NAME", default="", help="The file that proves it.")
@click.option("--note", metavar="TEXT", default="")
@click.option("--void", "entry_id", metavar="ID", help="Let a wrong entry stand no longer.")
@click.option("--why", metavar="TEXT", default="", help="With --void: kept with the change.")
@shared
@click.pass_context
def education_command(context: click.Context, /, clinician: str, **typed: str | None) -> None:
    """List, or record, what a clinician learnt and may do."""
    session = cli.session(context)
    name = typed_text.clinician_name(clinician)
    if typed["title"] is not None and typed["entry_id"] is not None:
        raise Misused(say("--add and --void do not go together"))
    if typed["title"] is not None:
        _add(session, _new_entry(name, typed))
    elif typed["entry_id"] is not None:
        _void(session, typed["entry_id"], typed["why"] or "")
    else:
        _check_nothing_more(typed)
        _list(session, name)


def _new_entry(name: str, typed: dict[str, str | None]) -> NewEntry:
    if typed["dated"] is None:
        raise Misused(say("--add needs --on DATE: when it was done or issued"))
    return NewEntry(
        clinician=name,
        title=typed["title"] or "",
        dated=typed["dated"],
        kind=_kind(typed["kind"]),
        expires_on=typed["expires"] or "",
        hours=typed["hours"] or "",
        file_name=typed["file_name"] or "",
        note=typed["note"] or "",
    )


def _kind(text: str | None) -> Kind:
    if text is None:
        return Kind.TRAINING
    try:
        return Kind(text.strip().casefold())
    except ValueError:
        raise Misused(
            say(
                "{text} is no kind of entry. There are: {kinds}",
                text=shown(text),
                kinds=", ".join(Kind),
            )
        ) from None


def _check_nothing_more(typed: dict[str, str | None]) -> None:
    given = [name for name in ("dated", "kind", "expires", "hours") if typed[name]]
    given += [name for name in ("file_name", "note", "why") if typed[name]]
    if given:
        raise Misused(say("these options need --add TITLE, or --void ID --why TEXT"))


def _add(session: Session, wanted: NewEntry) -> None:
    with session.record() as clinic:
        entry = clinician_entries.add(clinic, wanted)
        session.tell(
            f"{entry.clinician}: {_entry_text(entry)}", {"entry": _entry_values(clinic, entry)}
        )


def _void(session: Session, entry_id: str, why: str) -> None:
    with session.record_to_read() as found:
        if found is None:
            raise Misused(say("{id} names no entry", id=shown(entry_id)))
    with session.record() as clinic:
        entry = clinician_entries.void(clinic, entry_id, why)
        session.tell(
            f"{entry.clinician}: {_entry_text(entry)}", {"entry": _entry_values(clinic, entry)}
        )


def _list(session: Session, name: str) -> None:
    with session.record_to_read() as clinic:
        nothing = f"nothing is recorded of {name}"
        if clinic is None:
            session.tell(nothing, {"clinician": name, "hours": 0, "entries": []})
            return
        found = clinician_entries.of_clinician(clinic, name)
        lines = [_entry_text(entry) for entry in found.entries]
        if found.hours:
            lines.append(f"{hours_text(found.hours)} hours in all")
        session.tell(
            "\n".join(lines) or nothing,
            {
                "clinician": name,
                "hours": found.hours / 100,
                "entries": [_entry_values(clinic, entry) for entry in found.entries],
            },
        )


def _clinician_text(each: Standing) -> str:
    who = each.clinician
    parts = [who.credentials or "no credentials", who.discipline, f"NPI {who.npi or 'missing'}"]
    if each.standing:
        parts.append(str(say("{n:plural:entry,entries}", n=len(each.standing))))
    if each.hours:
        parts.append(f"{hours_text(each.hours)} hours")
    soon = each.expires_next
    if soon is not None:
        parts.append(f"{soon.title} expires {soon.expires_on}")
    return f"{who.name:<24} {', '.join(part for part in parts if part)}"


def _clinician_values(each: Standing) -> dict[str, object]:
    who, soon = each.clinician, each.expires_next
    return {
        "name": who.name,
        "credentials": who.credentials,
        "discipline": who.discipline,
        "role": who.role,
        "npi": who.npi,
        "entries": len(each.standing),
        "hours": each.hours / 100,
        "expires_next": None
        if soon is None or soon.expires_on is None
        else {"title": soon.title, "expires_on": soon.expires_on.isoformat()},
    }


def _entry_text(entry: Entry) -> str:
    parts = [entry.title]
    if entry.hours:
        parts.append(f"{hours_text(entry.hours)} hours")
    if entry.expires_on:
        parts.append(f"expires {entry.expires_on}")
    parts += [part for part in (entry.file_name, entry.note) if part]
    if not entry.stands:
        parts.append(f"VOIDED by {entry.voided_by}: {entry.void_reason}")
    text = ", ".join(parts)
    return f"{clinician_entries.short_id(entry)}  {entry.dated}  {entry.kind:<11}  {text}"


def _entry_values(clinic: Clinic, entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "date": entry.dated.isoformat(),
        "expires_on": entry.expires_on.isoformat() if entry.expires_on else None,
        "hours": entry.hours / 100 if entry.hours else None,
        "file_name": entry.file_name,
        "note": entry.note,
        "recorded_by": entry.recorded_by,
        "recorded_at": cli.moment(clinic, entry.recorded_at),
        "voided": not entry.stands,
        "void_reason": entry.void_reason,
    }
