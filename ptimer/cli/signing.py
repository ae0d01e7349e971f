"""`sign` and `amend`."""

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import signing, summarizing, typed_text
from ptimer.operations.errors import Misused, shown
from ptimer.operations.signing import Signed, SignWish
from ptimer.reports import day_summary
from ptimer.wording import listed, say


@click.command("sign", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--discipline", metavar="PT|OT|SLP", help="Where the patient has several visits.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--clinician", metavar="NAME", help="Default: the last used.")
@click.option(
    "--credentials", metavar="TEXT", default="", help="Such as OTR/L; default: as last time."
)
@click.option("--choose", metavar="97112=2,97110=1", help="Settle which code gets a unit.")
@click.option("--over-60", metavar="TEXT", default="", help="Why it took longer than usual.")
@click.option(
    "--supervisor", metavar="NAME", default="", help="Who supervised an assistant or aide."
)
@shared
@click.pass_context
def sign_command(  # noqa: PLR0913  (one argument for each option of the contract)
    context: click.Context,
    patient: str,
    discipline: str | None,
    day: str | None,
    clinician: str | None,
    credentials: str,
    choose: str | None,
    over_60: str,
    supervisor: str,
) -> None:
    """Sign a clinician's part of a visit."""
    session = cli.session(context)
    wish = SignWish(
        clinician=None if clinician is None else typed_text.clinician_name(clinician),
        credentials=credentials,
        choice=None if choose is None else _choice(choose),
        over_60=over_60,
        supervisor=supervisor,
    )
    visit_day = None if day is None else typed_text.date_of(day)
    whose = typed_text.patient_id(patient)
    with session.record_to_read() as found:
        if found is None:
            raise _no_visit(whose)
    with session.record() as clinic:
        visit_id = signing.find_visit(clinic, whose, discipline=discipline, day=visit_day)
        _tell_signed(session, signing.sign(clinic, visit_id, wish))


@click.command("amend", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--discipline", metavar="PT|OT|SLP", help="Where the patient has several visits.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--why", required=True, metavar="TEXT", help="Kept with the change.")
@shared
@click.pass_context
def amend_command(
    context: click.Context, patient: str, discipline: str | None, day: str | None, why: str
) -> None:
    """Reopen a signed visit, with a reason."""
    session = cli.session(context)
    visit_day = None if day is None else typed_text.date_of(day)
    whose = typed_text.patient_id(patient)
    typed_text.reason(why)
    with session.record_to_read() as found:
        if found is None:
            raise _no_visit(whose)
    with session.record() as clinic:
        visit_id = signing.find_visit(clinic, whose, discipline=discipline, day=visit_day)
        signing.amend(clinic, visit_id, why)
    session.tell(
        f"{whose}'s visit is open again: sign it anew when it is right",
        {"patient": whose, "status": "open"},
    )


def _no_visit(patient: str) -> Misused:
    return Misused(
        say("{patient} has no visit: nothing is recorded in this folder", patient=shown(patient))
    )


def _choice(text: str) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for pair in text.split(","):
        code, sign, units = pair.strip().partition("=")
        if not (code and sign and units.isascii() and units.isdigit() and len(units) <= 3):
            raise Misused(
                say(
                    "{text} is not a choice such as 97112=2,97110=1",
                    text=shown(text),
                )
            )
        chosen[code.strip().upper()] = int(units)
    return chosen


def _tell_signed(session: Session, signed: Signed) -> None:
    visit = summarizing.visit_summary(signed.view)
    template = (
        "{patient}: {clinician} signed {units:plural:unit,units}; the visit is closed"
        if signed.closed
        else "{patient}: {clinician} signed; the visit is closed once {waiting} signed, too"
    )
    waiting = list(signed.waiting_for)
    told = say(
        template,
        patient=visit.patient,
        clinician=signed.clinician,
        units=visit.units,
        waiting=f"{listed(waiting)} {'has' if len(waiting) == 1 else 'have'}",
    )
    session.tell(
        str(told),
        {
            "clinician": signed.clinician,
            "closed": signed.closed,
            "waiting_for": list(signed.waiting_for),
            "visit": day_summary.visit_values(visit),
        },
    )
