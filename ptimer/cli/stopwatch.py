"""`start` and `stop`. What only a checker needs is not imported: these two must be quick."""

from typing import TYPE_CHECKING

import click

from ptimer.billing.conflicts import Role
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import stopwatch, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.recording import Pressed
from ptimer.operations.stopwatch import StartWish, StopWish
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text, iso

if TYPE_CHECKING:
    from ptimer.operations.visit_view import Segment


@click.command("start", add_help_option=False)
@click.argument("code")
@click.option("--patient", "patients", multiple=True, required=True, metavar="ID")
@click.option("--payer", metavar="NAME")
@click.option("--discipline", metavar="PT|OT|SLP")
@click.option("--clinician", metavar="NAME")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.THERAPIST.value,
)
@click.option("--supervisor", metavar="NAME", default="")
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
    at: str | None,
    switch: bool,
) -> None:
    """Start a stopwatch: ptimer start 97112 --patient P-1042."""
    session = cli.session(context)
    ids = tuple(typed_text.patient_id(each) for each in patients)
    by = typed_text.clinician_name(supervisor) if supervisor.strip() else ""
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
            at=_time(clinic, at),
            switch=switch,
        )
        pressed = stopwatch.start(clinic, wish)
        _tell_start(session, clinic, pressed, code)


@click.command("stop", add_help_option=False)
@click.argument("code", required=False)
@click.option("--patient", metavar="ID")
@click.option("--clinician", metavar="NAME")
@click.option("--at", metavar="TIME", help="HH:MM, HH:MM:SS or ISO 8601; not in the future.")
@click.option("--units", type=click.IntRange(0, 9999), help="Of a code billed by area.")
@shared
@click.pass_context
def stop_command(
    context: click.Context,
    code: str | None,
    patient: str | None,
    clinician: str | None,
    at: str | None,
    units: int | None,
) -> None:
    """Stop what runs: all of it, or what CODE and the options name."""
    session = cli.session(context)
    with session.record_to_read() as found:
        nothing = found is None
    if nothing:
        _check_unrecorded(session, code, at)
        session.tell("nothing was running", {"stopped": []})
        return
    with session.record() as clinic:
        pressed = stopwatch.stop(
            clinic,
            StopWish(
                code=code,
                patient=None if patient is None else patient.strip(),
                clinician=None if clinician is None else clinician.strip(),
                at=_time(clinic, at),
                units=units,
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


def _check_unrecorded(session: Session, code: str | None, at: str | None) -> None:
    """Say of a misspelt code or time that it is one, also where there is no record yet."""
    from ptimer.operations import books

    if code is not None:
        books.load(session.folder).code(code)
    if at is not None:
        typed_text.past_time(at, now=session.clock.now(), zone=session.clock.zone)


def _tell_start(session: Session, clinic: Clinic, pressed: Pressed, code: str) -> None:
    cli.say_aside(pressed.warnings)
    lines = [f"{_name(each)} ended {_clock(clinic, each.ended_at)}" for each in pressed.ended]
    lines += [
        f"{_name(each)} runs since {_clock(clinic, each.started_at)} ({each.clinician})"
        for each in pressed.started
    ]
    if pressed.already:
        lines = [f"{code} runs already"]
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
    lines = [
        f"{_name(each)} {_clock(clinic, each.started_at)}-{_clock(clinic, each.ended_at)}"
        for each in pressed.ended
    ]
    session.tell(
        "\n".join(lines) or "nothing was running",
        {"stopped": [segment_values(clinic, each) for each in pressed.ended]},
    )


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


def _name(segment: "Segment") -> str:
    return f"{segment.code} of {segment.patient}"


def _clock(clinic: Clinic, instant: Instant | None) -> str:
    return "" if instant is None else clock_text(instant, clinic.clock.zone)
