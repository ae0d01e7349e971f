"""Why is it so? One explanation of a visit's units and modifiers, and of a refusal.

Pure: the same value is shown by every screen, printed by the command line, and goes into an audit.
Arithmetic first, then each row for the biller, then the rules with edition and source.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.billing.modifiers import BilledLine
from ptimer.billing.payers import UnitRule
from ptimer.billing.rules import Source
from ptimer.billing.thresholds import RULE as KX
from ptimer.operations.errors import Problem
from ptimer.operations.visit_view import VisitView
from ptimer.wording import Sentence, say, strung

_MODIFIERS = "modifiers"
_CQ_CO = "cq-co"
_RULE_OF_UNITS = {UnitRule.CMS: "cms-8-minute", UnitRule.MIDPOINT: "midpoint"}


@dataclass(frozen=True)
class Row:
    """One row for the biller, and why its modifiers are there."""

    code: str
    title: Sentence
    because: tuple[Sentence, ...]


@dataclass(frozen=True)
class Explanation:
    """Why something is so: `arithmetic` and `rows` are a visit's, empty for a refusal."""

    title: Sentence
    arithmetic: tuple[Sentence, ...] = ()
    rows: tuple[Row, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    rules: tuple[Source, ...] = ()


def of_visit(view: VisitView) -> Explanation:
    """Return why a visit comes to the units and modifiers that it does."""
    return Explanation(
        title=say(
            "Why {units:plural:unit,units}: {patient}, {discipline} · {payer}",
            units=view.reckoning.total_units,
            patient=view.visit.patient,
            discipline=view.visit.discipline,
            payer=view.visit.payer,
        ),
        arithmetic=view.steps,
        rows=tuple(_row(billed) for billed in view.billed_lines),
        remarks=tuple(warning.text for warning in view.warnings),
        rules=tuple(_rules_of(view)),
    )


def of_problem(problem: Problem) -> Explanation | None:
    """Return why a rule refuses something; None where no rule does."""
    if not problem.rule or not problem.source:
        return None
    return Explanation(problem.sentence, rules=(problem.citation,))


def _row(billed: BilledLine) -> Row:
    code = billed.line.code.code
    if not billed.units:
        title = say("{code}: 0 units, in the record only", code=code)
    else:
        title = say(
            "{code}: {units:plural:unit,units}, {modifiers}",
            code=code,
            units=billed.units,
            modifiers=strung(billed.modifiers, " "),
        )
    return Row(code, title, billed.because)


def _rules_of(view: VisitView) -> Iterable[Source]:
    """Yield each rule that decided something, once, in the order in which they were asked."""
    wanted = [_RULE_OF_UNITS[view.reckoning.rule], "minutes"]
    wanted += [warning.rule for warning in view.warnings]
    wanted += ["ptp-pair"] if view.pairs else []
    wanted += [_MODIFIERS, *([_CQ_CO] if view.parts else [])]
    wanted += [KX] if view.record.necessity or view.year_sum else []
    if any(line.limit is not None and line.limit.is_mue for line in view.reckoning.lines):
        wanted.append("mue")
    for rule in dict.fromkeys(wanted):
        found = view.rules.cited(rule)
        if found.text:
            yield found
