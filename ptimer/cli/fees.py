"""`fees`: what a payer allows for a unit, what others were paid, and the year's threshold."""

from pathlib import Path

import click

from ptimer.billing.thresholds import dollars
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import fee_files, fees
from ptimer.operations.errors import Misused
from ptimer.operations.fees import Fee, TypedFee
from ptimer.wording import say


@click.command("fees", add_help_option=False)
@click.option("--payer", metavar="NAME", default="", help="Whose fees.")
@click.option("--year", metavar="YYYY", default="", help="Default: this year.")
@click.option(
    "--set", "typed", metavar="97112=36.50,…", help="Fees to keep; `97112=` takes one away."
)
@click.option("--file", "file", type=Path, metavar="FILE.csv", help="Fees to keep: code,fee.")
@click.option("--elsewhere", metavar="AMOUNT", help="What all other providers were allowed.")
@click.option("--patient", metavar="ID", default="", help="For whom, with --elsewhere.")
@click.option("--discipline", metavar="PT|OT|SLP", default="", help="With --elsewhere.")
@click.option("--threshold", metavar="AMOUNT", help="The year's threshold, where it is not known.")
@click.option("--source", metavar="TEXT", default="", help="Where it is written, with --threshold.")
@shared
@click.pass_context
def fees_command(  # noqa: PLR0913  (one argument for each option)
    context: click.Context,
    payer: str,
    year: str,
    typed: str | None,
    file: Path | None,
    elsewhere: str | None,
    patient: str,
    discipline: str,
    threshold: str | None,
    source: str,
) -> None:
    """List or keep fees: they tell how near KX is."""
    session = cli.session(context)
    wished = [each for each in (typed, file, elsewhere, threshold) if each is not None]
    if len(wished) > 1:
        raise Misused(say("Use one of --set, --file, --elsewhere and --threshold at a time"))
    if typed is not None or file is not None:
        _keep_fees(session, payer, year, _typed(typed) if file is None else fee_files.read(file))
    elif elsewhere is not None:
        _keep_elsewhere(session, (patient, discipline), year, elsewhere)
    elif threshold is not None:
        _keep_threshold(session, year, threshold, source)
    else:
        _list(session, payer, year)


def _keep_fees(session: Session, payer: str, year: str, typed: list[TypedFee]) -> None:
    if not payer.strip():
        raise Misused(say("Name whose fees they are with --payer"))
    with session.record() as clinic:
        kept = fees.save(clinic, payer, fees.year_of(clinic, year), typed)
    session.tell("\n".join(_text(fee) for fee in kept), {"fees": [_values(fee) for fee in kept]})


def _keep_elsewhere(session: Session, whose: tuple[str, str], year: str, amount: str) -> None:
    patient, discipline = whose
    if not patient.strip() or not discipline.strip():
        raise Misused(say("Say for whom with --patient and --discipline"))
    with session.record() as clinic:
        pool, wanted = fees.pool_named(discipline), fees.year_of(clinic, year)
        cents = fees.save_elsewhere(clinic, patient, pool, wanted, amount)
    session.tell(
        f"{patient.strip()}: {dollars(cents)} for {pool} elsewhere in {wanted}",
        {"patient": patient.strip(), "year": wanted, "pool": pool, "cents": cents},
    )


def _keep_threshold(session: Session, year: str, amount: str, source: str) -> None:
    with session.record() as clinic:
        row = fees.save_threshold(clinic, fees.year_of(clinic, year), amount, source)
    session.tell(
        f"{row.year}: {dollars(row.cents)} ({row.source})",
        {"year": row.year, "cents": row.cents, "source": row.source},
    )


def _list(session: Session, payer: str, year: str) -> None:
    found: list[Fee] = []
    with session.record_to_read() as clinic:
        if clinic is not None:
            wanted = fees.year_of(clinic, year) if year.strip() else None
            found = [
                fee
                for fee in fees.known(clinic, wanted)
                if not payer.strip() or fee.payer.casefold() == payer.strip().casefold()
            ]
    session.tell(
        "\n".join(_text(fee) for fee in found) or "no fees are known",
        {"fees": [_values(fee) for fee in found]},
    )


def _typed(text: str | None) -> list[TypedFee]:
    """Read `97112=36.50,97110=30`; a comma of thousands is not read here."""
    found = []
    for part in (text or "").split(","):
        code, sign, amount = part.partition("=")
        if not sign:
            raise Misused(say("Name a code and its fee, such as 97112=36.50"))
        found.append(TypedFee(code.strip(), amount.strip()))
    return found


def _text(fee: Fee) -> str:
    amount = "no fee" if fee.cents is None else dollars(fee.cents)
    return f"{fee.year}  {fee.payer:<24} {fee.code:<6} {amount:>10}"


def _values(fee: Fee) -> dict[str, object]:
    return {"payer": fee.payer, "code": fee.code, "year": fee.year, "cents": fee.cents}
