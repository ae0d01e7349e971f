"""What does the mouse do on the timeline? It presses pieces, drags edges, and scrolls."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent

from ptimer.gui.today.timeline_grips import Grip, grip_at, piece_at
from ptimer.gui.today.timeline_lanes import Piece
from ptimer.gui.today.timeline_span import Span

if TYPE_CHECKING:
    from ptimer.gui.today.timeline import Timeline

_STILL = 4
"""Pixels that a hand may move in a press."""

_MAGNET = 6
"""Pixels from which an edge goes to that of another time."""

_NOTCH = 1.25
_DEGREES_OF_A_NOTCH = 120


@dataclass
class _Hold:
    """The button is down: where it was pressed, and on what; `moving` past a mere press."""

    where: QPointF
    piece: Piece | None
    grip: Grip | None
    span: Span
    moving: bool = False


class TimelineMouse:
    """Knows what the mouse holds, and what lies under it."""

    def __init__(self, timeline: "Timeline") -> None:
        """Take the timeline that it moves on."""
        self._timeline = timeline
        self._hold: _Hold | None = None
        self._under: Grip | None = None

    @property
    def grip(self) -> Grip | None:
        """The edge that is held, or could be."""
        return self._under if self._hold is None else self._hold.grip

    def press(self, where: QPointF) -> None:
        """Take hold of what lies there."""
        line = self._timeline
        piece = piece_at(line.look, line.scale, line.lanes, where)
        self._hold = _Hold(where, piece, self._grip_at(where), line.span)

    def move(self, where: QPointF, *, fine: bool) -> None:
        """Move what is held; an edge by whole minutes, `fine` by seconds."""
        hold, line = self._hold, self._timeline
        if hold is None:
            self._hover(where)
            return
        if not hold.moving and abs(where.x() - hold.where.x()) < line.look.px(_STILL):
            return
        if hold.grip is not None:
            if not hold.moving:
                line.choose(hold.grip.piece.segment.id)  # so that Escape gives it up
            hold.moving = True
            self._drag(hold.grip, where, fine=fine)
        elif line.is_zoomed:
            hold.moving = True
            line.setCursor(Qt.CursorShape.ClosedHandCursor)
            later = line.scale.milliseconds(hold.where.x() - where.x())
            line.set_span(hold.span.moved(later))

    def release(self, where: QPointF) -> None:
        """Drop the edge, or ask for the piece that was only pressed."""
        hold, line = self._hold, self._timeline
        if hold is None:
            return
        self._hold = None
        self._hover(where)
        if hold.moving:
            if hold.grip is not None:
                line.edge_dropped.emit()
            return
        piece = hold.piece or (hold.grip.piece if hold.grip else None)
        if piece is not None:
            line.press_piece(piece)

    def turn(self, event: QWheelEvent) -> bool:
        """Zoom or scroll; return whether the wheel meant the timeline."""
        line, turned = self._timeline, event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned.y():
            factor = _NOTCH ** (turned.y() / _DEGREES_OF_A_NOTCH)
            line.zoom(factor, line.scale.instant(event.position().x()))
            return True
        sideways = turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not (line.is_zoomed and sideways):
            return False
        notches = (turned.x() or turned.y()) / _DEGREES_OF_A_NOTCH
        line.set_span(line.span.moved(round(-notches * line.span.length / 8)))
        return True

    def leave(self) -> None:
        """Have nothing under it."""
        self._under = None
        self._timeline.update()

    def let_go(self) -> None:
        """Hold nothing any more, though the button is still down."""
        self._hold = None

    def _grip_at(self, where: QPointF) -> Grip | None:
        line = self._timeline
        if line.view is None or line.view.visit.signed:
            return None
        return grip_at(line.look, line.scale, line.lanes, where)

    def _hover(self, where: QPointF) -> None:
        """Show by the cursor what a press would take hold of."""
        line = self._timeline
        under = self._grip_at(where)
        shape = Qt.CursorShape.OpenHandCursor if line.is_zoomed else Qt.CursorShape.ArrowCursor
        if under is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif piece_at(line.look, line.scale, line.lanes, where) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        if shape != line.cursor().shape():
            line.setCursor(shape)
        if under != self._under:
            self._under = under
            line.update()

    def _drag(self, grip: Grip, where: QPointF, *, fine: bool) -> None:
        from ptimer.operations import edges  # not needed before an edge is taken hold of

        line = self._timeline
        view, scale = line.view, line.scale
        if view is None:
            return
        beyond = where.x() - min(max(where.x(), scale.left), scale.right)
        if beyond:
            line.push(line.span.moved(scale.milliseconds(beyond)))
            scale = line.scale
        near = None if fine else scale.milliseconds(line.look.px(_MAGNET))
        edge = edges.Edge(grip.edge)
        at = edges.dragged(view, grip.piece.segment, edge, scale.instant(where.x()), near)
        line.move_edge(grip.piece, grip.edge, at)
