"""What about the lines will keep a claim from being paid, and which record does it lead to?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ptimer.operations.errors import shown
from ptimer.reports.biller_csv import VOID, BillerLine
from ptimer.reports.biller_layout import ROOM, BillerLayout
from ptimer.wording import Sentence, say, strung

MISSING_NPI = "missing-npi"
SEVENTH_LINE = "seventh-line"
FIFTH_MODIFIER = "fifth-modifier"

LINES_OF_A_FORM = 6


@dataclass(frozen=True)
class LineWarning:
    """Something to look at; it leads to the clinician where one is named, else to the visit."""

    rule: str
    text: Sentence
    visit_id: str = ""
    patient: str = ""
    day: date | None = None
    clinician: str = ""
    code: str = ""


@dataclass(frozen=True)
class Crowded:
    """A visit of more lines than a claim form holds, those that went out before included."""

    visit_id: str
    patient: str
    day: date
    lines: int


def warnings_of(
    lines: Iterable[BillerLine], crowded: Iterable[Crowded], layout: BillerLayout
) -> tuple[LineWarning, ...]:
    """Return what is to be looked at before the lines are sent as a layout has them."""
    sent = [line for line in lines if line.line_status != VOID]
    without = Counter(
        line.rendering_provider
        for line in sent
        if line.rendering_provider and not line.rendering_npi
    )
    return (
        *(_missing_npi(name, count) for name, count in without.items()),
        *(_seventh_line(visit) for visit in crowded),
        *(_fifth_modifier(line, layout) for line in sent if line.beyond),
    )


def _missing_npi(name: str, lines: int) -> LineWarning:
    return LineWarning(
        MISSING_NPI,
        say(
            "{clinician} has no NPI on record: {lines:plural:line goes,lines go} out without it",
            clinician=shown(name),
            lines=lines,
        ),
        clinician=name,
    )


def _seventh_line(visit: Crowded) -> LineWarning:
    return LineWarning(
        SEVENTH_LINE,
        say(
            "{patient} of {day} has {lines} lines: a claim form holds {most}, and the rest goes on "
            "a second one",
            patient=shown(visit.patient),
            day=visit.day,
            lines=visit.lines,
            most=LINES_OF_A_FORM,
        ),
        visit.visit_id,
        visit.patient,
        visit.day,
    )


def _fifth_modifier(line: BillerLine, layout: BillerLayout) -> LineWarning:
    day = date.fromisoformat(line.date_of_service)
    modifiers = layout.modifiers(line)
    return LineWarning(
        FIFTH_MODIFIER,
        say(
            "{code} of {patient} on {day} has {count} modifiers, a line has room for {most}: "
            "left out {names}",
            code=line.code,
            patient=shown(line.patient_id),
            day=day,
            count=len(modifiers),
            most=ROOM,
            names=strung(layout.left_out(line)),
        ),
        line.encounter_id,
        line.patient_id,
        day,
        code=line.code,
    )
