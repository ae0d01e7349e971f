"""`skilled` and `goals`: what makes a one-on-one code skilled, and the goals that visits serve."""

from collections.abc import Mapping
from typing import Any

import click

from ptimer.billing.skilled_fields import Part
from ptimer.billing.skilled_parts import NO_PARTS
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import goals, signing, skilled, skilled_words, snapshots, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.goals import Goal
from ptimer.operations.visit_view import VisitView
from ptimer.wording import say

_LISTS = (Part.COMPONENT, Part.ASSISTANCE, Part.EDUCATION)
_LINES = (Part.AMOUNT, Part.WHY, Part.RESPONSE, Part.OUTCOME, Part.GOAL, Part.SUPERVISION)
_WRITTEN = (*_LISTS, *_LINES, "pain_before", "pain_after", "as_last_visit")
"""The options that write something of a code."""


@click.command("skilled", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--code", metavar="97112", help="Default: the visit's only one-on-one code.")
@click.option("--discipline", metavar="PT|OT|SLP", help="Where the patient has several visits.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--component", multiple=True, metavar="WORD", help="What was worked on.")
@click.option("--assistance", multiple=True, metavar="WORD", help="Such as hands-on.")
@click.option("--amount", metavar="WORD", help="Such as half.")
@click.option("--why", metavar="TEXT", help="Why a therapist was needed.")
@click.option("--response", metavar="TEXT")
@click.option("--pain-before", metavar="0-10")
@click.option("--pain-after", metavar="0-10")
@click.option("--outcome", metavar="TEXT")
@click.option("--goal", metavar="N", help="The number of one of the patient's goals.")
@click.option("--education", multiple=True, metavar="WORD", help="Education given.")
@click.option("--supervision", metavar="TEXT", help="For another therapist.")
@click.option("--as-last-visit", is_flag=True, help="Take over what is empty, except pain.")
@click.option("--tick", multiple=True, metavar="NAME", help="In the chart, such as history.")
@click.option("--untick", multiple=True, metavar="NAME", help="Not in the chart after all.")
@shared
@click.pass_context
def skilled_command(context: click.Context, /, patient: str, **options: Any) -> None:  # noqa: ANN401
    """Write or show the skilled parts of a code.

    An empty text takes away what stood there.
    """
    session = cli.session(context)
    whose = typed_text.patient_id(patient)
    day = options["day"]
    visit_day = None if day is None else typed_text.date_of(day)
    ticks = [(skilled.tick_named(name), True) for name in options["tick"]]
    ticks += [(skilled.tick_named(name), False) for name in options["untick"]]
    _check_something_is_there(session, whose)
    wanted = {"discipline": options["discipline"], "day": visit_day}
    if not (ticks or any(options[name] not in (None, (), False) for name in _WRITTEN)):
        with session.record_to_read() as found:
            if found is not None:
                _tell(session, found, signing.find_visit(found, whose, **wanted))
        return
    with session.record() as clinic:
        visit_id = signing.find_visit(clinic, whose, **wanted)
        _write(clinic, snapshots.visit(clinic, visit_id), options)
        for what, on in ticks:
            skilled.tick(clinic, visit_id, what, on=on)
        _tell(session, clinic, visit_id)


@click.command("goals", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--add", metavar="TEXT", help="Add a goal.")
@click.option("--end", type=click.IntRange(min=1), metavar="N", help="End a goal; it is kept.")
@shared
@click.pass_context
def goals_command(context: click.Context, patient: str, add: str | None, end: int | None) -> None:
    """List a patient's goals, add one, or end one."""
    session = cli.session(context)
    whose = typed_text.patient_id(patient)
    if add is not None and end is not None:
        raise Misused(say("Add a goal or end one, not both at once"))
    if add is None and end is None:
        with session.record_to_read() as found:
            _tell_goals(session, whose, [] if found is None else goals.of_patient(found, whose))
        return
    _check_something_is_there(session, whose)
    with session.record() as clinic:
        if add is not None:
            goals.add(clinic, whose, add)
        if end is not None:
            goals.end(clinic, whose, end)
        _tell_goals(session, whose, goals.of_patient(clinic, whose))


def _check_something_is_there(session: Session, patient: str) -> None:
    """Check that there is a record: none is made for a patient who was never seen.

    Raises:
        Misused: there is none.
    """
    with session.record_to_read() as found:
        if found is None:
            raise Misused(
                say(
                    "{patient} has no visit: nothing is recorded in this folder",
                    patient=shown(patient),
                )
            )


def _write(clinic: Clinic, view: VisitView, options: Mapping[str, Any]) -> None:
    if not any(options[name] not in (None, (), False) for name in _WRITTEN):
        return
    code = _code(view, options["code"])
    changes = _changes(options) | _pain(view, code, options)
    if changes:
        skilled.write(clinic, view.visit.id, code, changes)
    if options["as_last_visit"]:
        skilled.carry_over(clinic, view.visit.id, code)


def _changes(options: Mapping[str, Any]) -> dict[Part, tuple[str, ...]]:
    changes: dict[Part, tuple[str, ...]] = {}
    for part in _LISTS:
        if options[part.value]:
            changes[part] = tuple(options[part.value])
    for part in _LINES:
        if options[part.value] is not None:
            changes[part] = (options[part.value],)
    return changes


def _pain(view: VisitView, code: str, options: Mapping[str, Any]) -> dict[Part, tuple[str, ...]]:
    """Return pain before and after; a number that is not given stays as it is on record."""
    given = (options["pain_before"], options["pain_after"])
    if given == (None, None):
        return {}
    standing = (*view.record.skilled.get(code, NO_PARTS).of(Part.PAIN), "", "")
    both = zip(given, standing, strict=False)
    return {Part.PAIN: tuple(kept if each is None else each for each, kept in both)}


def _code(view: VisitView, wanted: str | None) -> str:
    codes = view.skilled_codes
    if wanted is not None:
        return typed_text.code_number(wanted)
    if len(codes) == 1:
        return codes[0]
    raise Misused(
        say(
            "{patient}'s visit has {codes}: name one with --code",
            patient=shown(view.visit.patient),
            codes=", ".join(codes) if codes else say("no one-on-one code"),
        )
    )


def _tell(session: Session, clinic: Clinic, visit_id: str) -> None:
    view = snapshots.visit(clinic, visit_id)
    repeated = skilled.repeats_of(view, skilled.earlier(clinic, view.visit.id))
    patient = view.visit.patient
    lines = [str(sentence) for sentence in skilled_words.sentences(view)]
    if not lines:
        lines = [f"{patient}: nothing on record"]
    session.tell(
        "\n".join(lines),
        {
            "patient": patient,
            "date": view.visit.service_date.isoformat(),
            "discipline": view.visit.discipline,
            **skilled_words.content(view),
            "repetitive": {c: [part.value for part in parts] for c, parts in repeated.items()},
        },
    )
    cli.say_aside(
        f"{code}: {', '.join(parts)}: the same words as in the last three visits [repetitive]"
        for code, parts in repeated.items()
    )


def _tell_goals(session: Session, patient: str, found: list[Goal]) -> None:
    lines = [f"{g.number}  {g.goal}{'  (ended)' if g.ended else ''}" for g in found]
    session.tell(
        "\n".join(lines) or f"{patient} has no goals",
        {
            "patient": patient,
            "goals": [{"number": g.number, "goal": g.goal, "ended": g.ended} for g in found],
        },
    )
