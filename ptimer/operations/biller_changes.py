"""What has the biller of a visit, what has changed since, and which lines tell the biller so?

Pure: what went out and what the visit says now go in, the rows to write come out.

- A visit that never went out: all its lines, NEW.
- One that says what the biller has: the rows that went out last, as they went, so that a lost file
  can be made again.
- One that says something else: only what changed. CORRECTION stands in place of the line of its id,
  VOID ends the line of its id and repeats what it said, NEW is a line more. What is unchanged is
  not written again. So the biller always ends up with the visit as it is, whichever files between
  were made: twice amended is one change, and back to what went out is none.

What every row of a visit repeats (minutes of the whole visit, times in and out) makes no other line
of it: a claim has no room for it. Where nothing but that changed, all rows go out as CORRECTION.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ptimer.operations.biller_lines import content, remembered
from ptimer.operations.line_flags import UNSIGNED
from ptimer.reports.biller_csv import CORRECTION, OF_THE_VISIT, VOID, BillerLine
from ptimer.storage.exports import SentLine

_VISITS_OWN = (*OF_THE_VISIT, "layout_version")


@dataclass(frozen=True)
class Outgoing:
    """The rows of one visit; `repeated` of them went out before in just this form."""

    lines: tuple[BillerLine, ...]
    repeated: int = 0
    unchanged: int = 0
    """Lines that the biller has as they are, and that are not written again."""


def outgoing(
    sent: Sequence[SentLine], now: Sequence[BillerLine], new_id: Callable[[], str]
) -> Outgoing:
    """Return the rows to write of a visit that says `now`, after all that was `sent` of it."""
    if not sent:
        return Outgoing(tuple(replace(line, line_id=new_id()) for line in now))
    at_biller = standing(sent)
    pairs, rest = _paired(at_biller, now)
    changed = [line for line, before in pairs if _claim(line) != _claim(before)]
    gone = [_void(line, now) for line in rest.gone]
    if changed or gone or rest.new:
        added = [replace(line, line_id=new_id()) for line in rest.new]
        rows = [*_in_the_order_of(now, [*changed, *added]), *gone]
        return Outgoing(tuple(rows), unchanged=len(pairs) - len(changed))
    if now and _of_the_visit(now[0]) != _of_the_visit(remembered(sent[-1].content)):
        return Outgoing(tuple(line for line, _ in pairs))
    again = [_row(line) for line in sent if line.batch_id == sent[-1].batch_id]
    return Outgoing(tuple(again), repeated=len(again))


def standing(sent: Iterable[SentLine]) -> list[BillerLine]:
    """Return the lines that the biller has after all that was sent, as they came."""
    found: dict[str, BillerLine] = {}
    for line in sent:
        if line.status == VOID:
            found.pop(line.line_id, None)
        else:
            found[line.line_id] = _row(line)
    return list(found.values())


@dataclass(frozen=True)
class _Rest:
    """What found no partner."""

    new: list[BillerLine]
    gone: list[BillerLine]


def _paired(
    before: Sequence[BillerLine], now: Sequence[BillerLine]
) -> tuple[list[tuple[BillerLine, BillerLine]], _Rest]:
    """Return each line with the one that it says anew, as a correction under its id, and the rest.

    First the lines that say the same, then those of one code and modifiers, then of one code.
    """
    pairs: list[tuple[BillerLine, BillerLine]] = []
    new, gone = list(now), list(before)
    for alike in (_claim, _code_and_modifiers, _code):
        for line in list(new):
            partner = next((old for old in gone if alike(old) == alike(line)), None)
            if partner is not None:
                new.remove(line)
                gone.remove(partner)
                pairs.append(
                    (replace(line, line_id=partner.line_id, line_status=CORRECTION), partner)
                )
    return pairs, _Rest(new, gone)


def _claim(line: BillerLine) -> dict[str, Any]:
    """Return what the line itself says."""
    return {name: value for name, value in content(line).items() if name not in _VISITS_OWN}


def _code_and_modifiers(line: BillerLine) -> tuple[str, ...]:
    return (line.code, *line.all_modifiers)


def _code(line: BillerLine) -> str:
    return line.code


def _of_the_visit(line: BillerLine) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in OF_THE_VISIT)


def _row(sent: SentLine) -> BillerLine:
    return replace(remembered(sent.content), line_id=sent.line_id, line_status=sent.status)


def _void(line: BillerLine, now: Sequence[BillerLine]) -> BillerLine:
    """Return the row that ends a line: what it said, with what is so of the visit now."""
    flags = [flag for flag in line.flags.split(";") if flag and flag != UNSIGNED]
    if any(UNSIGNED in each.flags.split(";") for each in now):
        flags.insert(0, UNSIGNED)
    told = replace(line, line_status=VOID, flags=";".join(flags))
    if not now:
        return told
    return replace(told, **{name: getattr(now[0], name) for name in OF_THE_VISIT})


def _in_the_order_of(now: Sequence[BillerLine], lines: Iterable[BillerLine]) -> list[BillerLine]:
    """Return lines in the order in which the visit has them."""
    order = [_code_and_modifiers(line) for line in now]
    return sorted(lines, key=lambda line: order.index(_code_and_modifiers(line)))
