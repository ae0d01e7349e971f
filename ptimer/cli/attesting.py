"""`attest`: say that the minutes of an NCCI pair were apart, or that a treatment is necessary."""

import click

from ptimer.billing.attestation import Pair
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import attesting, signing, snapshots, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.visit_view import VisitView
from ptimer.wording import say


@click.command("attest", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--discipline", metavar="PT|OT|SLP", help="Where the patient has several visits.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--pair", metavar="97150/97110", help="Which pair, where there are several.")
@click.option("--modifier", metavar="59|XE|XS|XP|XU", help="What parts it; default: 59.")
@click.option("--apart", is_flag=True, help="Attest that the pair's minutes were apart.")
@click.option("--remove", is_flag=True, help="No modifier: it stays off until attested anew.")
@click.option("--kx/--no-kx", default=None, help="The treatment is necessary past the threshold.")
@click.option("--clinician", metavar="NAME", help="Who attests. Default: the last used.")
@shared
@click.pass_context
def attest_command(  # noqa: PLR0913  (one argument for each option)
    context: click.Context,
    patient: str,
    discipline: str | None,
    day: str | None,
    pair: str | None,
    modifier: str | None,
    apart: bool,
    remove: bool,
    kx: bool | None,
    clinician: str | None,
) -> None:
    """Attest what puts 59, X{EPSU} or KX on a line, or list it."""
    session = cli.session(context)
    wanted = apart or modifier is not None
    if remove and wanted:
        raise Misused(say("Either attest the pair or remove its modifier"))
    whose = typed_text.patient_id(patient)
    visit_day = None if day is None else typed_text.date_of(day)
    changes = wanted or remove or kx is not None
    with session.record_to_read() as found:
        if found is None:
            raise Misused(say("{patient} has no visit: nothing was recorded yet", patient=whose))
        visit_id = signing.find_visit(found, whose, discipline=discipline, day=visit_day)
        if not changes:
            _tell(session, snapshots.visit(found, visit_id), changed=False)
            return
    with session.record() as clinic:
        if clinician is not None:
            clinic.actor = typed_text.clinician_name(clinician)
        if wanted or remove:
            one, other = _codes(clinic, visit_id, pair)
            if remove:
                attesting.remove(clinic, visit_id, one, other)
            else:
                attesting.attest(clinic, visit_id, one, other, modifier or attesting.FIRST_OFFERED)
        if kx is not None:
            attesting.attest_necessity(clinic, visit_id, necessary=kx)
        _tell(session, snapshots.visit(clinic, visit_id), changed=True)


def _codes(clinic: Clinic, visit_id: str, pair: str | None) -> tuple[str, str]:
    if pair is not None:
        one, sign, other = pair.partition("/")
        if not sign:
            raise Misused(say("Name a pair as 97150/97110"))
        return one, other
    pairs = snapshots.visit(clinic, visit_id).pairs
    if len(pairs) != 1:
        raise Misused(
            say("Name the pair with --pair")
            if pairs
            else say("The visit has no NCCI pair: there is nothing to attest")
        )
    return pairs[0].edit.column1, pairs[0].edit.column2


def _tell(session: Session, view: VisitView, *, changed: bool) -> None:
    lines = [str(pair.told()) for pair in view.pairs]
    if view.year_sum is not None:
        lines.append(str(view.year_sum.told()))
    if changed:
        lines += [
            f"{row.line.code.code} x {row.units}: {' '.join(row.modifiers) or '-'}"
            for row in view.billed_lines
        ]
    session.tell(
        "\n".join(lines) or "nothing to attest",
        {
            "patient": view.visit.patient,
            "pairs": [_values(pair) for pair in view.pairs],
            "kx": bool(view.record.necessity and view.record.necessity.attested),
            "lines": [
                {
                    "code": row.line.code.code,
                    "units": row.units,
                    "minutes": row.minutes,
                    "modifiers": list(row.modifiers),
                    "because": [str(reason) for reason in row.because],
                }
                for row in view.billed_lines
            ],
        },
    )


def _values(pair: Pair) -> dict[str, object]:
    return {
        "column1": pair.edit.column1,
        "column2": pair.edit.column2,
        "standing": pair.standing.value,
        "modifier": pair.modifier,
        "text": str(pair.told()),
        "edition": pair.edit.edition,
    }
