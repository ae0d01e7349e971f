"""`start` and `stop`. What only a checker needs is not imported: these two must be quick."""

from typing import TYPE_CHECKING

import click

from ptimer.billing.conflicts import Role
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import stopping, stopwatch, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.recording import Pressed
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import iso
from ptimer.wording import say

if TYPE_CHECKING:
    from ptimer.operations.visit_record import Segment


@click.command("start", add_help_option=False)
@click.argument("code")
@click.option(
    "--patient",
    "patients",
    multiple=True,
    required=True,
    metavar="ID",
    help="Several, one option each, for a group code.",
)
@click.option("--payer", metavar="NAME", help="Default: the visit's, else the last used.")
@click.option("--discipline", metavar="PT|OT|SLP", help="Default: as for the payer.")
@click.option("--clinician", metavar="NAME", help="Default: the last used.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role], case_sensitive=False),
    default=Role.THERAPIST.value,
    help="Of the clinician; default: therapist.",
)
@click.option("--supervisor", metavar="NAME", default="", help="The therapist who supervises.")
@click.option("--assisted-by", metavar="NAME", default="", help="Who helps the therapist.")
@click.option("--at", metavar="TIME", help="HH:MM, HH:MM:SS or ISO 8601; not in the future.")
@click.option("--switch", is_flag=True, help="End what blocks at the same instant.")
@shared
@click.pass_context
def start_command(  # noqa: PLR0913  (one argument for each option of the contract)
    context: click.Context,
    code: str,
    patients: tuple[str, ...],
    payer: str | None,
    discipline: str | None,
    clinician: str | None,
    role: str,
    supervisor: str,
    assisted_by: str,
    at: str | None,
    switch: bool,
) -> None:
    """Start a stopwatch: ptimer start 97112 --patient P-1042."""
    session = cli.session(context)
    ids = tuple(typed_text.patient_id(each) for each in patients)
    by = typed_text.clinician_name(supervisor) if supervisor.strip() else ""
    helper = typed_text.clinician_name(assisted_by) if assisted_by.strip() else ""
    name = None if clinician is None else typed_text.clinician_name(clinician)
    with session.record() as clinic:
        wish = StartWish(
            code=code,
            patients=ids,
            payer=payer,
            discipline=discipline,
            clinician=name,
            role=Role(role),
            supervisor=by,
            assisted_by=helper,
            at=_time(clinic, at),
            switch=switch,
        )
        pressed = stopwatch.start(clinic, wish)
        _tell_start(session, clinic, pressed, wish)


@click.command("stop", add_help_option=False)
@click.argument("code", required=False)
@click.option("--patient", metavar="ID", help="Only this patient's.")
@click.option("--clinician", metavar="NAME", help="Only this clinician's.")
@click.option("--at", metavar="TIME", help="HH:MM, HH:MM:SS or ISO 8601; not in the future.")
@click.option("--units", metavar="N", help="Of a code billed by area.")
@shared
@click.pass_context
def stop_command(
    context: click.Context,
    code: str | None,
    patient: str | None,
    clinician: str | None,
    at: str | None,
    units: str | None,
) -> None:
    """Stop all that runs, or what CODE and the options name."""
    session = cli.session(context)
    of_patient = None if patient is None else typed_text.patient_id(patient)
    of_clinician = None if clinician is None else typed_text.clinician_name(clinician)
    typed_units = None if units is None else _units(units)
    with session.record_to_read() as found:
        nothing = found is None
    if nothing:
        _check_unrecorded(session, code, at)
        session.tell("nothing was running", {"stopped": []})
        return
    with session.record() as clinic:
        pressed = stopping.stop(
            clinic,
            StopWish(
                code=code,
                patient=of_patient,
                clinician=of_clinician,
                at=_time(clinic, at),
                units=typed_units,
            ),
        )
        _tell_stop(session, clinic, pressed)


def _time(clinic: Clinic, text: str | None) -> Instant | None:
    if text is None:
        return None
    written = typed_text.past_time(text, now=clinic.clock.now(), zone=clinic.clock.zone)
    if written.repeated:
        cli.say_aside([f"{text} came twice that night: the first one is meant"])
    return written.instant


def _units(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Misused(
            say("{units} is no number of units: type one from 0 to 9999", units=shown(text))
        )
    return int(text)


def _check_unrecorded(session: Session, code: str | None, at: str | None) -> None:
    """Say of a misspelt code or time that it is one, also where there is no record yet."""
    from ptimer.operations import books

    if code is not None:
        books.load(session.folder).code(code)
    if at is not None:
        typed_text.past_time(at, now=session.clock.now(), zone=session.clock.zone)


def _tell_start(session: Session, clinic: Clinic, pressed: Pressed, wish: StartWish) -> None:
    cli.say_aside(pressed.warnings)
    lines = [_stretch(clinic, each) for each in pressed.ended]
    lines += [_since(clinic, each) for each in pressed.started]
    if pressed.already:
        whose = ", ".join(wish.patients)
        lines = [f"{wish.code.strip().upper()} of {whose} runs already: nothing was changed"]
    session.tell(
        "\n".join(lines),
        {
            "started": [segment_values(clinic, each) for each in pressed.started],
            "stopped": [segment_values(clinic, each) for each in pressed.ended],
            "already": pressed.already,
            "warnings": [str(each) for each in pressed.warnings],
        },
    )


def _tell_stop(session: Session, clinic: Clinic, pressed: Pressed) -> None:
    lines = [_stretch(clinic, each) for each in pressed.ended]
    if not lines:
        lines = ["nothing of that was running" if _runs(clinic) else "nothing was running"]
        cli.say_aside(_runs(clinic))
    session.tell(
        "\n".join(lines),
        {"stopped": [segment_values(clinic, each) for each in pressed.ended]},
    )


def _runs(clinic: Clinic) -> list[str]:
    """Return what runs although a stop found nothing: a name may have been misspelt."""
    from ptimer.operations import snapshots  # a stop that stops has no need of it

    return [_since(clinic, each) for each in snapshots.running(clinic)]


def segment_values(clinic: Clinic, segment: "Segment") -> dict[str, object]:
    """Return a segment as JSON has it."""
    zone = clinic.clock.zone
    end = segment.ended_at
    return {
        "patient": segment.patient,
        "code": segment.code,
        "clinician": segment.clinician,
        "role": segment.role,
        "start": iso(segment.started_at, zone),
        "end": None if end is None else iso(end, zone),
    }


def _since(clinic: Clinic, segment: "Segment") -> str:
    started = cli.moment(clinic, segment.started_at)
    return f"{segment.code} of {segment.patient} runs since {started} ({segment.clinician})"


def _stretch(clinic: Clinic, segment: "Segment") -> str:
    start = cli.moment(clinic, segment.started_at)
    end = "" if segment.ended_at is None else cli.moment(clinic, segment.ended_at)
    return f"{segment.code} of {segment.patient} ran from {start} to {end}"
