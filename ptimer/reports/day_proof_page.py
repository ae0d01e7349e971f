"""A clinician's day proof on paper: the verdict, the drawn day, the sums, and every time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from ptimer.billing.day_proof import DayProof, Timed
from ptimer.reports import day_proof
from ptimer.reports.paper import Block, Cell
from ptimer.timing.segment import whole_minutes
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class ProofPage:
    """All that the pages are made of; `sources` are the rules that were held to, and where."""

    clinician: str
    credentials: str
    day: date
    proof: DayProof
    zone: tzinfo | None = None
    sources: tuple[tuple[str, str], ...] = ()


def title_of(day: date) -> Sentence:
    """Return the title of the pages."""
    return say("Day proof · {day}", day=day)


def blocks(page: ProofPage) -> tuple[Block, ...]:
    """Return what stands on the pages, from top to bottom."""
    return tuple(_blocks(page))


def _blocks(page: ProofPage) -> Iterable[Block]:
    proof = page.proof
    who = ", ".join(part for part in (page.clinician, page.credentials) if part)
    yield Block("title", (Cell(title_of(page.day), 0, 1, "title"),), keeps=True)
    yield Block("about", (Cell(who, 0, 1, "mute"),), keeps=True)
    verdict = day_proof.verdict(proof, page.zone)
    style = "banner" if proof.holds else "warn"
    yield Block("banner", (Cell(verdict, 0.01, 0.99, style),), keeps=True)
    if proof.running:
        yield Block("text", (Cell(day_proof.still_running(), 0, 1, "warn"),), keeps=True)
    yield Block("lanes", (), lanes=day_proof.lanes(proof, page.zone))
    yield _heading(say("The sums"))
    for name, words in day_proof.arithmetic(proof):
        yield _pair(name, words)
    told = day_proof.notes(proof, page.zone)
    yield _heading(say("Minutes that two times share, and why they may"))
    for time, words in told:
        yield _pair(time, words)
    if not told:
        yield Block("text", (Cell(say("None: no time shares a minute with another."), 0, 1),))
    yield _heading(say("Every time of the day"))
    yield _HEAD
    for each in proof.times:
        yield _time(each, page.zone)
    if page.sources:
        yield _heading(say("Rules in force"))
        for rule, source in page.sources:
            yield _pair(rule, source)


_COLUMNS = ((0.02, 0.23), (0.24, 0.31), (0.32, 0.5), (0.51, 0.71), (0.72, 0.995))

_HEAD = Block(
    "head",
    tuple(
        Cell(text, left, right, "mute")
        for text, (left, right) in zip(
            (say("Time"), say("Code"), say("Patient"), say("Kind"), say("Who")),
            _COLUMNS,
            strict=True,
        )
    ),
    keeps=True,
)


def _time(each: Timed, zone: tzinfo | None) -> Block:
    service = each.service
    minutes = say("{minutes} min", minutes=whole_minutes(each.time.milliseconds(each.time.start)))
    who: Sentence | str = service.clinician
    if service.supervisor:
        who = say("{name}, supervised by {supervisor}", name=who, supervisor=service.supervisor)
    kind = say("{kind}, {minutes}", kind=day_proof.NAMES[each.kind], minutes=minutes)
    values = (day_proof.span_text(each.time, zone), service.code, service.patient, kind, who)
    cells = (Cell(v, left, right) for v, (left, right) in zip(values, _COLUMNS, strict=True))
    return Block("line", tuple(cells), head=_HEAD)


def _heading(title: Sentence) -> Block:
    return Block("heading", (Cell(title, 0, 1, "bold"),), keeps=True)


def _pair(name: Sentence | str, text: Sentence | str) -> Block:
    return Block("line", (Cell(name, 0.02, 0.23, "bold"), Cell(text, 0.24, 0.995)))
