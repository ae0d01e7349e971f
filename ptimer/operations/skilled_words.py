"""How are a visit's skilled parts, and what is ticked, told: as plain sentences, as plain values?

Pure: a visit's view goes in. For papers, the command line, and the content that is signed.
"""

from ptimer.billing.skilled_fields import NAMES, TICKS_BRIEF, ChartTick, FieldKind, Part
from ptimer.billing.skilled_parts import NO_PARTS, SkilledParts
from ptimer.operations.visit_view import VisitView
from ptimer.wording import Sentence, listed, quoted, say, strung


def sentences(view: VisitView) -> tuple[Sentence, ...]:
    """Return what is on record of a visit: field by field of each code, then the chart."""
    found = [
        say("{code} · {field}", code=code, field=field)
        for code in view.skilled_codes
        for field in of_code(view, code)
    ]
    ticked = [say(TICKS_BRIEF[tick]) for tick in ChartTick if tick in view.record.chart]
    if ticked:
        found.append(say("In the chart: {things}", things=listed(ticked)))
    return tuple(found)


def of_code(view: VisitView, code: str) -> tuple[Sentence, ...]:
    """Return what is on record of one code: a sentence for each field that is filled."""
    parts = view.record.skilled.get(code, NO_PARTS)
    kinds = {field.part: field.kind for field in view.rules.skilled_fields}
    found = [
        say("{field}: {value}", field=say(NAMES[part]), value=value_of(view, parts, part, kind))
        for part, kind in kinds.items()
        if parts.of(part)
    ]
    if parts.carried_from is not None:
        found.append(say("Taken over in part from the visit of {day}", day=parts.carried_from))
    return tuple(found)


def value_of(view: VisitView, parts: SkilledParts, part: Part, kind: FieldKind) -> Sentence | str:
    """Return a part's value in words."""
    value = parts.of(part)
    if kind is FieldKind.PAIN:
        before, after = (each or "?" for each in (*value, "", "")[:2])
        return say("{before} before, {after} after, of 10", before=before, after=after)
    if kind is FieldKind.GOAL:
        return goal_words(view, parts.line(part))
    if kind is FieldKind.LINE:
        return parts.line(part)
    return strung([quoted(word) for word in value])


def goal_words(view: VisitView, goal_id: str) -> str:
    """Return a goal with its number; the record keeps its words for ever."""
    found = next((goal for goal in view.record.goals if goal.id == goal_id), None)
    return f"{found.number} · {found.goal}" if found else ""


def content(view: VisitView) -> dict[str, object]:
    """Return a visit's skilled parts and ticks as plain values, with the words of its goals."""
    codes = {}
    for code in view.skilled_codes:
        parts = view.record.skilled.get(code, NO_PARTS)
        values: dict[str, object] = {part.value: list(parts.of(part)) for part in parts.values}
        if parts.of(Part.GOAL):
            values[Part.GOAL.value] = goal_words(view, parts.line(Part.GOAL))
        if parts.carried_from is not None:
            values["carried_from"] = parts.carried_from.isoformat()
        codes[code] = values
    return {
        "codes": codes,
        "chart": [tick.value for tick in ChartTick if tick in view.record.chart],
    }
