"""A visit in an audit packet: what stands on its pages, in which order?

First what is billed, in Medicare's order (timed minutes, all treatment minutes, each code); then
what it rests on; then who signed; last what was ever changed.
"""

from collections.abc import Iterable, Sequence

from ptimer.reports.audit_packet import (
    Fact,
    PacketChange,
    PacketLine,
    PacketSignature,
    PacketTime,
    PacketVersion,
    PacketVisit,
)
from ptimer.reports.audit_packet_rows import INDENT, MOST_NARROW, MOST_WIDE, Section, Span, row
from ptimer.reports.paper import Block, Cell, Words
from ptimer.wording import Sentence, say


def visit_title(visit: PacketVisit) -> Sentence:
    """Return which visit it is."""
    return say(
        "{day} · {discipline} · {payer}",
        day=visit.day,
        discipline=visit.discipline,
        payer=visit.payer,
    )


def visit_blocks(visit: PacketVisit) -> Iterable[Block]:
    """Yield what stands on a visit's pages, from top to bottom."""
    style = "plain" if visit.signed else "warn"
    title = Block(
        "banner",
        (
            Cell(visit_title(visit), 0.01, 0.58, "banner"),
            Cell(visit.status, 0.59, 0.99, style, at_right=True),
        ),
        keeps=True,
        begins=True,
        mark=visit.key,
    )
    yield title
    made = Section(title)
    for fact in visit.facts:
        yield made.pair(fact)
    if not visit.away:
        yield from _billed(made, visit)
        yield from _grounds(made, visit)
    yield from _signed(made, visit)
    yield from _versions(made, visit.versions)
    yield from _changes(made, visit.changes)


# -- what is billed ------------------------------------------------------------------------------


def _billed(made: Section, visit: PacketVisit) -> Iterable[Block]:
    totals = visit.totals
    units = str(totals.timed_units)
    if totals.untimed_units:
        units += f" + {totals.untimed_units}"
    figures = [
        (str(totals.timed_minutes), say("timed-code minutes")),
        (str(totals.total_minutes), say("total treatment minutes")),
        (units, say("units, timed + untimed") if totals.untimed_units else say("units, timed")),
    ]
    if totals.in_clinic is not None:
        figures.append((str(totals.in_clinic), say("minutes in the clinic")))
    cells = []
    for place, (figure, label) in enumerate(figures):
        left = INDENT + place * 0.25
        cells += [Cell(figure, left, left + 0.24, "figure"), Cell(label, left, left + 0.24, "mute")]
    yield Block("figures", tuple(cells), keeps=bool(visit.lines), head=made.title)
    if visit.lines:
        yield from _lines(made, visit.lines)


_CODE, _WHAT = (INDENT, 0.1), (0.11, 0.56)
_MINUTES, _UNITS, _MODIFIERS = (0.57, 0.65), (0.66, 0.73), (0.76, 0.995)


def _lines(made: Section, lines: Sequence[PacketLine]) -> Iterable[Block]:
    names = (say("Code"), say("What"), say("Minutes"), say("Units"), say("Modifiers"))
    spans = (_CODE, _WHAT, _MINUTES, _UNITS, _MODIFIERS)
    head = made.table(names, spans, figures=(_MINUTES, _UNITS))
    yield head
    for line in lines:
        yield Block(
            "line",
            (
                Cell(line.code, *_CODE, "bold"),
                Cell(line.label, *_WHAT),
                Cell(str(line.minutes), *_MINUTES, at_right=True),
                Cell(str(line.units), *_UNITS, "bold", at_right=True),
                Cell(" ".join(line.modifiers), *_MODIFIERS, "bold"),
            ),
            keeps=bool(line.because),
            head=head,
        )
        for reason in line.because:
            yield Block(
                "line",
                (Cell(reason, 0.11, 0.995, "soft"),),
                keeps=reason is not line.because[-1],
                head=head,
            )


# -- what it rests on ----------------------------------------------------------------------------


def _grounds(made: Section, visit: PacketVisit) -> Iterable[Block]:
    if visit.times:
        yield made.heading(say("Each recorded time"))
        yield from _times(made, visit.times)
    yield from made.section(say("How the units were counted"), map(made.words, visit.arithmetic))
    yield from made.section(say("Limits, warnings and notes"), map(made.words, visit.remarks))
    yield from made.section(say("Settled and attested"), map(made.pair, visit.settled))
    yield from made.section(say("What made it skilled"), map(made.words, visit.skilled))


_TIME_SPANS: tuple[Span, ...] = ((INDENT, 0.23), (0.24, 0.31), (0.33, 0.42), (0.43, 0.995))


def _times(made: Section, times: Sequence[PacketTime]) -> Iterable[Block]:
    names = (say("Start and end"), say("Length"), say("Code"), say("Who, in which role"))
    head = made.table(names, _TIME_SPANS)
    yield head
    for time in times:
        span, length, code, who = _TIME_SPANS
        yield Block(
            "line",
            (
                Cell(time.span, *span, "bold" if time.edited else "plain"),
                Cell(time.minutes, *length),
                Cell(time.code, *code, "bold"),
                Cell(time.who, *who),
            ),
            keeps=bool(time.about),
            head=head,
        )
        for words in time.about:
            keeps = words is not time.about[-1]
            left = who[0] if len(str(words)) <= MOST_WIDE else 2 * INDENT
            yield Block("line", (Cell(words, left, 0.995, "soft"),), keeps=keeps, head=head)


# -- who signed ----------------------------------------------------------------------------------


def _signed(made: Section, visit: PacketVisit) -> Iterable[Block]:
    rows = [row for each in visit.signatures for row in _signature(made, each)]
    if visit.checked is True:
        rows.append(
            made.words(say("Compared when this packet was made: the record is what was signed."))
        )
    if visit.checked is False:
        rows.append(
            made.words(
                say(
                    "Compared when this packet was made: the record is NOT what was signed. "
                    "ptimer check says what differs."
                ),
                "warn",
            )
        )
    yield from made.section(say("Signatures"), rows)
    yield from made.section(
        say("Not signed yet: still missing"), [made.words(each, "warn") for each in visit.missing]
    )


def _signature(made: Section, each: PacketSignature) -> Iterable[Block]:
    who = ", ".join(part for part in (each.name, each.credentials) if part)
    yield Block(
        "line",
        (Cell(who, INDENT, 0.6, "bold"), Cell(each.signed_at, 0.61, 0.995, at_right=True)),
        keeps=bool(each.sha256),
        head=made.title,
    )
    if each.sha256:
        yield made.words(say("SHA-256 {hash}", hash=each.sha256), "fine")


# -- what was ever changed -----------------------------------------------------------------------

_OLD_SPANS: tuple[Span, ...] = ((INDENT, 0.24), (0.25, 0.61), (0.63, 0.995))


def _versions(made: Section, versions: Sequence[PacketVersion]) -> Iterable[Block]:
    for version in versions:
        yield made.heading(
            say("Amended: version {number} was signed before", number=version.number)
        )
        if not version.signatures:
            yield made.pair(Fact(say("Signed"), version.closed_at))
        for each in version.signatures:
            yield from _signature(made, each)
        yield made.pair(Fact(say("Reopened"), version.reopened))
        yield made.pair(Fact(say("Why"), version.why))
        if version.sha256:
            whole = say(
                "Version {number}, SHA-256 {hash}", number=version.number, hash=version.sha256
            )
            yield made.words(whole, "fine")
        if not version.differences:
            yield made.words(say("What was signed next says the same."))
            continue
        yield from _differences(made, version)


def _differences(made: Section, version: PacketVersion) -> Iterable[Block]:
    former, since = say("Version {number}", number=version.number), say("What stands since")
    head = made.table((say("What changed"), former, since), _OLD_SPANS)
    yield head
    for each in version.differences:
        before, after = _or_nothing(each.before), _or_nothing(each.after)
        yield from row(
            head, ((each.what, "bold"), (before, "plain"), (after, "plain")), _OLD_SPANS, MOST_WIDE
        )


_CHANGE_SPANS: tuple[Span, ...] = (
    *((INDENT, 0.14), (0.15, 0.29), (0.3, 0.47), (0.48, 0.65), (0.66, 0.82), (0.83, 0.995)),
)


def _changes(made: Section, changes: Sequence[PacketChange]) -> Iterable[Block]:
    if not changes:
        return
    yield made.heading(say("Audit log: every press and every change, the oldest first"))
    names = (say("When"), say("Who"), say("What"), say("Before"), say("After"), say("Why"))
    head = made.table(names, _CHANGE_SPANS)
    yield head
    for each in changes:
        texts = (each.at, each.who, each.done, each.before, each.after, each.why)
        style = "soft" if each.usual else "plain"
        yield from row(head, [(text, style) for text in texts], _CHANGE_SPANS, MOST_NARROW)


def _or_nothing(text: Words | None) -> Words:
    return say("nothing") if text is None else text
