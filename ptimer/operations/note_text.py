"""What does a visit come to in the words of a note? For the clipboard, by the clinic's wording."""

from collections.abc import Iterable, Mapping
from string import Formatter

from ptimer.billing.visit_units import Line
from ptimer.operations.errors import shown
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import local
from ptimer.wording import Sentence, say

VISIT = "timed {timed} min, total {total} min; {codes}; in {in} out {out}"
"""The wording that ships; `{codes}` is the wording of each code, one after the other."""

CODE = "{code} {minutes} min {units} u"

_OF_A_VISIT = ("timed", "total", "codes", "in", "out", "units")
_OF_A_CODE = ("code", "label", "minutes", "units")
_UNKNOWN = "-"


def note_of(view: VisitView, visit_words: str = VISIT, code_words: str = CODE) -> str:
    """Return a visit's note: minutes and units as they are now, times local.

    Codes stand timed ones first, then by their minutes.
    """
    lines = sorted(view.reckoning.lines, key=lambda line: (not line.code.timed, -line.minutes))
    codes = "; ".join(_filled(code_words, _values_of_line(line)) for line in lines)
    came, left = _in_and_out(view)
    reckoning = view.reckoning
    values = {
        "timed": str(view.timed_minutes),
        "total": str(view.total_minutes),
        "units": str(reckoning.timed_units + reckoning.untimed_units),
        "codes": codes or _UNKNOWN,
        "in": came,
        "out": left,
    }
    return _filled(visit_words, values)


def complaint_of_visit(words: str) -> Sentence | None:
    """Return what is wrong with a wording for a visit, or None."""
    return _complaint(words, _OF_A_VISIT)


def complaint_of_code(words: str) -> Sentence | None:
    """Return what is wrong with a wording for a code, or None."""
    return _complaint(words, _OF_A_CODE)


def _complaint(words: str, known: Iterable[str]) -> Sentence | None:
    if not words:
        return say("Without words there is no note: type some")
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        return say("A brace is left open in {words}", words=shown(words))
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if name not in known or form or conversion:
            return say(
                "{{{name}}} is not known here: {known}",
                name=shown(name or "{}"),
                known=", ".join(f"{{{each}}}" for each in known),
            )
    return None


def _values_of_line(line: Line) -> Mapping[str, str]:
    code = line.code
    return {
        "code": code.code,
        "label": code.label,
        "minutes": str(line.minutes),
        "units": str(line.units),
    }


def _filled(words: str, values: Mapping[str, str]) -> str:
    return Formatter().vformat(words, (), values)


def _in_and_out(view: VisitView) -> tuple[str, str]:
    """Return arrival and departure; else the first start and, once nothing runs, the last end."""
    visit, segments = view.visit, view.record.segments
    first = visit.arrived_at or min((s.started_at for s in segments), default=None)
    ends = [s.ended_at for s in segments]
    finished = [end for end in ends if end is not None]
    last = visit.departed_at
    if last is None and finished and len(finished) == len(ends):
        last = max(finished)
    return _time(first, view), _time(last, view)


def _time(instant: Instant | None, view: VisitView) -> str:
    if instant is None:
        return _UNKNOWN
    time = local(instant, view.zone)
    return f"{time.hour}:{time.minute:02d}"
