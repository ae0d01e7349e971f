"""`units` and `conflict`: the unit engine and the rules alone, without a database."""

from dataclasses import replace

import click

from ptimer.billing.codebook import Code, Discipline
from ptimer.billing.conflicts import Refusal, Role, Rule, Service, refusal_of
from ptimer.billing.payers import Payer, UnitRule
from ptimer.billing.steps import steps_of
from ptimer.billing.visit_units import Entry, Line, Reckoning, Terms, reckon
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import books
from ptimer.operations.books import Books
from ptimer.operations.errors import Misused, shown
from ptimer.wording import say

MOST_MINUTES = 1440


@click.command("units", add_help_option=False)
@click.argument("entries", nargs=-1, required=True, metavar="CODE=MIN …")
@click.option(
    "--rule",
    type=click.Choice([rule.value for rule in UnitRule], case_sensitive=False),
    help="Default: the payer's, else cms.",
)
@click.option("--payer", metavar="NAME", help="Count and cap as this payer does.")
@click.option("--area", multiple=True, metavar="CODE=N", help="Units of a code billed by area.")
@shared
@click.pass_context
def units_command(
    context: click.Context,
    entries: tuple[str, ...],
    rule: str | None,
    payer: str | None,
    area: tuple[str, ...],
) -> None:
    """Count units from minutes: ptimer units 97112=24 97110=23."""
    session = cli.session(context)
    numbers = [text.partition("=")[0] for text in (*entries, *area)]
    today = books.today(session.clock)
    known = books.load(session.folder, payer, codes=numbers).on(today)
    named = known.payer(payer) if payer is not None else None
    chosen = UnitRule(rule) if rule else (named.unit_rule if named else UnitRule.CMS)
    found = _entries(known, entries, area, session)
    reckoning = reckon(found, Terms(known.codes, known.rules, named, known.edits), rule=chosen)
    total = sum(entry.minutes for entry in found if not entry.code.apart)
    session.tell(_text(reckoning), _values(reckoning, total))


@click.command(
    "conflict", add_help_option=False, short_help="May B start while A runs? Exit status 0 or 3."
)
@click.argument("running", metavar="A")
@click.argument("starting", metavar="B")
@click.option("--other-patient", is_flag=True, help="B is another patient's.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role], case_sensitive=False),
    default=Role.THERAPIST.value,
    help="Of B's clinician.",
)
@click.option("--supervisor", metavar="NAME", default="", help="Who supervises B's clinician.")
@click.option("--payer", metavar="NAME", help="Default: Medicare.")
@shared
@click.pass_context
def conflict_command(  # noqa: PLR0913  (one argument for each option of the contract)
    context: click.Context,
    running: str,
    starting: str,
    other_patient: bool,
    role: str,
    supervisor: str,
    payer: str | None,
) -> int:
    """May B start while A runs, for the same clinician? Exit status 0 or 3."""
    session = cli.session(context)
    today = books.today(session.clock)
    known = books.load(session.folder, payer, codes=(running, starting)).on(today)
    pays = known.payer("Medicare" if payer is None else payer)
    a = _service(known.startable(running, today), pays)
    b = _service(
        known.startable(starting, today),
        pays,
        Role(role),
        supervisor,
        patient="another patient" if other_patient else "the patient",
    )
    if a.same_as(b):
        session.tell(
            f"{b.code} runs already: starting it again changes nothing",
            {"allowed": True, "already": True},
        )
        return 0
    refusal = refusal_of(b, [a])
    if refusal is None:
        _allow(session, a, b, pays)
        return 0
    return _refuse(session, known, refusal)


def _allow(session: Session, a: Service, b: Service, payer: Payer) -> None:
    """Tell that B may start, and which setting of the payer allows it, if one does."""
    told: dict[str, object] = {"allowed": True}
    words = f"{b.code} may start while {a.code} runs"
    if refusal_of(replace(b, relaxed=False), [replace(a, relaxed=False)]) is not None:
        rule, reason = Rule.BILLED_ALONE.value, payer.relaxed_because
        told["relaxed"] = {"rule": rule, "payer": payer.name, "reason": reason}
        words += f": {payer.name} allows it, {reason} [{rule}]"
    session.tell(words, told)


def _refuse(session: Session, known: Books, refusal: Refusal) -> int:
    rule, reason = refusal.rule.value, str(refusal.reason)
    source = known.rules.source(rule)
    told = {"rule": rule, "reason": reason, "source": source}
    if session.json:
        session.tell("", {"allowed": False, **told, "error": {"exit": 3, **told}})
    cli.say_aside([f"{reason} [{rule}; {source}]"])
    return 3


def _service(
    code: Code,
    payer: Payer,
    role: Role = Role.THERAPIST,
    supervisor: str = "",
    *,
    patient: str = "the patient",
) -> Service:
    slp = code.disciplines[0] is Discipline.SLP
    return Service(
        code=code.code,
        attendance=code.attendance,
        patient=patient,
        visit=patient,
        clinician="the clinician",
        role=role,
        supervisor=supervisor.strip(),
        exclusive=code.exclusive,
        relaxed=payer.relaxes_billed_alone,
        assistants_barred=slp and not payer.pays_slp_assistants,
    )


def _entries(
    known: Books, entries: tuple[str, ...], area: tuple[str, ...], session: Session
) -> list[Entry]:
    today = books.today(session.clock)
    typed = [_pair(text, "units", 9999) for text in area]
    timed = [_pair(text, "minutes", MOST_MINUTES) for text in entries]
    bases = {known.code(number).code for number, _ in (*timed, *typed)}
    found: dict[str, Entry] = {}
    for number, amount, by_area in (
        *((number, amount, False) for number, amount in timed),
        *((number, amount, True) for number, amount in typed),
    ):
        code = known.countable(number, today, among=bases)
        if by_area and code.count.value != "area":
            raise Misused(
                say("{code} is counted by ptimer: --area is for codes by area", code=code.code)
            )
        before = found.get(code.code, Entry(code, 0))
        found[code.code] = Entry(
            code,
            before.minutes + (0 if by_area else amount),
            before.typed_units + (amount if by_area else 0),
        )
    return list(found.values())


def _pair(text: str, what: str, most: int) -> tuple[str, int]:
    number, sign, amount = text.partition("=")
    whole = amount.isascii() and amount.isdigit() and len(amount) <= 4 and int(amount) <= most
    if not (number.strip() and sign and whole):
        raise Misused(
            say(
                "{text} is not a code and its {what}, such as 97112=24 (0 to {most})",
                text=shown(text),
                what=what,
                most=most,
            )
        )
    return number.strip(), int(amount)


def _values(reckoning: Reckoning, total: int) -> dict[str, object]:
    values: dict[str, object] = {
        "rule": reckoning.rule.value,
        "timed_minutes": reckoning.timed_minutes,
        "pooled_minutes": reckoning.pooled_minutes,
        "total_minutes": total,
        "total_units": reckoning.total_units,
        "timed_units": reckoning.timed_units,
        "codes": [_line_values(line) for line in reckoning.lines],
        "choices": [dict(way) for way in reckoning.choices],
        "steps": [str(step) for step in steps_of(reckoning)],
        "warnings": [
            {
                "rule": warning.rule,
                "code": warning.code,
                "text": str(warning.text),
                "source": warning.source,
            }
            for warning in reckoning.warnings
        ],
        "next_unit_at": reckoning.next_unit_at,
    }
    if reckoning.count_of_choices > len(reckoning.choices):
        values["count_of_choices"] = reckoning.count_of_choices
    return values


def _line_values(line: Line) -> dict[str, object]:
    values: dict[str, object] = {
        "code": line.code.code,
        "minutes": line.minutes,
        "units": line.units,
        "timed": line.code.timed,
    }
    if line.cut:
        values["earned_units"] = line.earned
    if line.next_unit_at is not None:
        values["next_unit_at"] = line.next_unit_at
    if line.timed_on:
        values["timed_on"] = line.timed_on
    return values


def _text(reckoning: Reckoning) -> str:
    rows = [
        f"{line.code.code:<6} {line.minutes:>5} min  {line.units:>3} u"
        f"{f'  (earned {line.earned})' if line.cut else ''}  {line.code.label}"
        for line in reckoning.lines
    ]
    steps = [f"  {step}" for step in steps_of(reckoning)]
    warnings = [f"! {warning.text} [{warning.source}]" for warning in reckoning.warnings]
    total = (
        f"total  {reckoning.timed_minutes:>5} min  {reckoning.total_units:>3} u  "
        f"timed minutes and all units, by the {reckoning.rule.value} rule"
    )
    return "\n".join([*rows, total, *steps, *warnings])
