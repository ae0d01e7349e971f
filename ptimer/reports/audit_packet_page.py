"""An audit packet on paper: a cover with its contents, then each visit on pages of its own."""

from collections.abc import Iterable, Sequence

from ptimer.reports.audit_packet import Packet, PacketRule, PacketVisit
from ptimer.reports.audit_packet_visit import visit_blocks, visit_title
from ptimer.reports.paper import Block, Cell, Words
from ptimer.wording import Sentence, quoted, say

TITLE = say("Audit packet")
"""In the file's properties, too: a patient's id does not belong there."""


def edges(packet: Packet) -> tuple[Sentence, Sentence]:
    """Return what stands at the top and at the bottom of each page."""
    top = say(
        "Audit packet · {patient} · {first} to {last}",
        patient=packet.patient,
        first=packet.first,
        last=packet.last,
    )
    return top, say("ptimer {version} · made {at}", version=packet.version, at=packet.made_at)


def blocks(packet: Packet) -> tuple[Block, ...]:
    """Return what stands on the pages, from top to bottom."""
    return tuple(_blocks(packet))


def _blocks(packet: Packet) -> Iterable[Block]:
    yield from _cover(packet)
    for visit in packet.visits:
        yield from visit_blocks(visit)
    yield from _rules(packet.rules)


def _cover(packet: Packet) -> Iterable[Block]:
    yield Block("title", (Cell(TITLE, 0, 1, "title"),), keeps=True)
    yield Block("about", (Cell(_about(packet), 0, 1, "banner"),), keeps=True)
    yield _figures(packet)
    yield _heading(say("What is in it"))
    yield _CONTENTS
    for visit in packet.visits:
        yield _content(visit)
    if packet.rules:
        yield _content_row(say("Rules in force"), mark=_RULES)
    yield _heading(say("How it was made"))
    for what, text in _made(packet):
        yield _pair(what, text)


def _about(packet: Packet) -> Sentence:
    of_discipline = say("{discipline} alone", discipline=packet.discipline)
    return say(
        "Patient {patient} · {first} to {last} · {disciplines}",
        patient=packet.patient,
        first=packet.first,
        last=packet.last,
        disciplines=of_discipline if packet.discipline else say("all disciplines"),
    )


def _figures(packet: Packet) -> Block:
    held = packet.held
    signed = sum(visit.signed for visit in held)
    figures: Sequence[tuple[str, Sentence]] = (
        (str(len(held)), say("visits held")),
        (f"{signed} / {len(held)}", say("signed")),
        (str(sum(visit.totals.timed_minutes for visit in held)), say("timed minutes")),
        (str(sum(visit.totals.total_minutes for visit in held)), say("treatment minutes")),
        (str(sum(visit.totals.units for visit in held)), say("units")),
    )
    return Block("figures", tuple(_figure_cells(figures)))


def _figure_cells(figures: Sequence[tuple[str, Sentence]]) -> Iterable[Cell]:
    width = 1 / len(figures)
    for place, (figure, label) in enumerate(figures):
        left = place * width
        yield Cell(figure, left, left + width - 0.02, "figure")
        yield Cell(label, left, left + width - 0.02, "mute")


_COLUMNS = ((0.02, 0.4), (0.41, 0.63), (0.63, 0.71), (0.72, 0.8), (0.81, 0.87), (0.88, 0.98))
_SAID = ("Visit", "Status", "Timed", "Treated", "Units", "Page")

_CONTENTS = Block(
    "head",
    tuple(
        Cell(say(text), left, right, "mute", at_right=place > 1)
        for place, (text, (left, right)) in enumerate(zip(_SAID, _COLUMNS, strict=True))
    ),
    keeps=True,
)


def _content(visit: PacketVisit) -> Block:
    totals = visit.totals
    minutes = (totals.timed_minutes, totals.total_minutes, totals.units)
    shown = ("–",) * 3 if visit.away else tuple(map(str, minutes))  # noqa: RUF001  (nothing)
    return _content_row(
        visit_title(visit),
        mark=visit.key,
        status=visit.status,
        figures=shown,
        open_=not visit.signed,
    )


def _content_row(
    title: Words,
    *,
    mark: str,
    status: Words = "",
    figures: Sequence[str] = ("", "", ""),
    open_: bool = False,
) -> Block:
    (first, second, *rest) = _COLUMNS
    cells = [
        Cell(title, *first, "bold"),
        Cell(status, *second, "warn" if open_ else "plain"),
        *(Cell(text, *at, at_right=True) for text, at in zip(figures, rest[:3], strict=True)),
        Cell("", *rest[3], at_right=True, page_of=mark),
    ]
    return Block("line", tuple(cells), head=_CONTENTS)


def _made(packet: Packet) -> Iterable[tuple[Words, Words]]:
    made = say(
        "{at}, by {name}, with ptimer {version}",
        at=packet.made_at,
        name=packet.made_by,
        version=packet.version,
    )
    yield say("Made"), made
    yield (
        say("Times"),
        say(
            "Each time was measured by start and stop, to the second, unless a line says that it "
            "was typed or corrected. Nothing is ever deleted: what was changed stands behind each "
            "visit, with who, when, before, after and why."
        ),
    )
    yield (
        say("Totals"),
        say(
            "In Medicare's order: minutes of timed codes, all treatment minutes, then each code. "
            "Minutes are whole minutes, rounded down once for each code of a visit."
        ),
    )
    yield (
        say("Rules"),
        say(
            "Each visit is counted by the rules of its date of service ({edition}); a signed one "
            "keeps those that it was signed under.",
            edition=packet.edition,
        ),
    )
    yield (
        say("Signatures"),
        say(
            "Each signature keeps the SHA-256 of all that it stands under. The record was compared "
            "with it when this packet was made."
        ),
    )


_RULES = "rules"


def _rules(rules: Sequence[PacketRule]) -> Iterable[Block]:
    if not rules:
        return
    title = Block(
        "banner",
        (Cell(say("Rules in force"), 0.01, 0.99, "banner"),),
        keeps=True,
        begins=True,
        mark=_RULES,
    )
    yield title
    for each in rules:
        source: Words = quoted(each.source)
        if each.edition:
            source = say("{source} ({edition})", source=source, edition=quoted(each.edition))
        yield Block(
            "line",
            (Cell(quoted(each.title), 0.02, 0.3, "bold"), Cell(source, 0.31, 0.995)),
            head=title,
        )


def _heading(title: Sentence) -> Block:
    return Block("heading", (Cell(title, 0, 1, "bold"),), keeps=True)


def _pair(what: Words, text: Words) -> Block:
    return Block("line", (Cell(what, 0.02, 0.2, "bold"), Cell(text, 0.21, 0.995)))
