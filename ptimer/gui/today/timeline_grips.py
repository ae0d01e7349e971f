"""What of the timeline lies under the mouse: a piece, one of its edges, or nothing?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from ptimer.gui.look import Look
from ptimer.gui.today.timeline_lanes import Lane, Piece
from ptimer.gui.today.timeline_span import Scale
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.segment import Stretch

LANE = 28
PITCH = 35
TOP = 4
_LEAST_WIDTH = 4
_NEAR = 5
"""Pixels beside a piece that still hit it."""

_GRIP = 9
"""Pixels on each side of an edge that take hold of it."""

START, END = "start", "end"


@dataclass(frozen=True)
class Grip:
    """An edge of a piece that can be taken hold of; `edge` is "start" or "end"."""

    piece: Piece
    edge: str


@dataclass(frozen=True)
class Draft:
    """An edge that is being moved, and not recorded yet.

    `time` is where it would be, in words; `said` what would come of it, for who can't see it;
    `twice` what would be counted twice; `refused` that it would not be recorded.
    """

    segment_id: str
    edge: str
    at: Instant
    time: str = ""
    said: str = ""
    twice: Stretch | None = None
    refused: bool = False


def box_of(look: Look, scale: Scale, place: int, piece: Piece) -> QRectF:
    """Return where a piece of a lane is drawn; also a very short one has a width."""
    top = look.px(TOP) + place * look.px(PITCH)
    left, right = scale.x(piece.start), scale.x(piece.end)
    return QRectF(left, top, max(right - left, least_width(look)), look.px(LANE))


def least_width(look: Look) -> int:
    """Return how wide the shortest piece is drawn."""
    return look.px(_LEAST_WIDTH)


def piece_at(look: Look, scale: Scale, lanes: Iterable[Lane], where: QPointF) -> Piece | None:
    """Return the piece at a point; one too short to be hit is hit close by, too."""
    near = look.px(_NEAR)
    found = [
        (not box.contains(where), box.width(), piece)
        for box, piece in _boxes(look, scale, lanes)
        if box.adjusted(-near, 0, near, 0).contains(where)
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def grip_at(look: Look, scale: Scale, lanes: Iterable[Lane], where: QPointF) -> Grip | None:
    """Return the edge at a point: where two meet, that of the piece under the mouse.

    The middle of a piece stays free for a press, however short it is.
    """
    most = look.px(_GRIP)
    found = []
    for box, piece in _boxes(look, scale, lanes):
        inner = min(most, box.width() / 4)
        high = box.adjusted(0, -look.px(TOP), 0, look.px(TOP))
        for edge, x, low, up in (
            (START, box.left(), most, inner),
            (END, box.right(), inner, most),
        ):
            if x - low <= where.x() <= x + up and high.top() <= where.y() <= high.bottom():
                found.append((not box.contains(where), abs(where.x() - x), Grip(piece, edge)))
    return min(found, key=lambda each: each[:2])[2] if found else None


def with_draft(lanes: tuple[Lane, ...], draft: Draft | None) -> tuple[Lane, ...]:
    """Return the lanes as they would be, had the edge been moved."""
    if draft is None:
        return lanes
    return tuple(
        Lane(lane.name, tuple(_moved(piece, draft) for piece in lane.pieces)) for lane in lanes
    )


def _moved(piece: Piece, draft: Draft) -> Piece:
    if piece.segment.id != draft.segment_id:
        return piece
    start = draft.at if draft.edge == START else piece.start
    end = draft.at if draft.edge == END else piece.end
    name, old = piece.name, piece.minutes
    new = (end - start) // MINUTE
    words = _tr("{0} · {1} min") if new == old else _tr("{0} · {1} → {2} min")
    text = words.format(name, *((old,) if new == old else (old, new)))
    return replace(piece, start=start, end=end, text=text)


def _boxes(look: Look, scale: Scale, lanes: Iterable[Lane]) -> Iterator[tuple[QRectF, Piece]]:
    for place, lane in enumerate(lanes):
        for piece in lane.pieces:
            yield box_of(look, scale, place, piece), piece


def _tr(text: str) -> str:
    return QCoreApplication.translate("timeline", text)
