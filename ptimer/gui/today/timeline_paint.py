"""How are the lanes of a timeline painted, with an edge that is being moved?"""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Times
from ptimer.gui.today.timeline_grips import LANE, PITCH, TOP, Draft, Grip, box_of, least_width
from ptimer.gui.today.timeline_lanes import Lane, Piece
from ptimer.gui.today.timeline_span import Scale
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch

_ROOM_FOR_A_TIME = 70
_TIMES = 16


@dataclass(frozen=True)
class Drawing:
    """What is painted: `focused` has the keyboard, `held` is the edge under the mouse."""

    lanes: tuple[Lane, ...]
    scale: Scale
    now: Instant | None = None
    focused: Piece | None = None
    held: Grip | None = None
    draft: Draft | None = None


def paint(painter: QPainter, look: Look, times: Times, drawing: Drawing) -> None:
    """Paint lanes, pieces, the line of now, and the times below."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Canvas(painter, look, times, drawing).paint()


@dataclass(frozen=True)
class _Canvas:
    """One timeline being painted."""

    painter: QPainter
    look: Look
    times: Times
    drawing: Drawing

    def paint(self) -> None:
        drawing, painter = self.drawing, self.painter
        for place, lane in enumerate(drawing.lanes):
            self._paint_ground(place, lane)
        # A piece that is drawn larger than there is room begins or ends outside.
        painter.setClipRect(QRectF(drawing.scale.left - 1, 0, self._width + 2, self._below + 99))
        for place, lane in enumerate(drawing.lanes):
            self._paint_lane(place, lane)
        if drawing.draft is not None and drawing.draft.twice is not None:
            self._paint_twice(drawing.draft.twice)
        if drawing.now is not None:
            x = drawing.scale.x(drawing.now)
            painter.fillRect(QRectF(x - 1, 0, 2, self._below), self.look.color("ink"))
        self._paint_times()
        if drawing.draft is not None:
            self._paint_draft(drawing.draft)

    def _paint_ground(self, place: int, lane: Lane) -> None:
        look, painter, scale = self.look, self.painter, self.drawing.scale
        top = look.px(TOP) + place * look.px(PITCH)
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        painter.drawText(QRectF(0, top, scale.left, look.px(LANE)), LEFT_MIDDLE, lane.name)
        back = QRectF(scale.left, top, self._width, look.px(LANE))
        rounded(painter, back, look.px(6), look.color("lock_soft"))

    def _paint_lane(self, place: int, lane: Lane) -> None:
        free_from = 0.0
        for piece in lane.pieces:
            free_from = self._paint_piece(place, piece, free_from)
        for piece in lane.pieces:
            # Last, so that a time of seconds is not covered by the one that followed it.
            if self._box(place, piece).width() <= least_width(self.look):
                self._paint_box(place, piece)
        held = self.drawing.held
        for piece in lane.pieces:
            if held is not None and held.piece.segment.id == piece.segment.id:
                self._paint_grip(self._box(place, piece), held.edge)

    def _paint_piece(self, place: int, piece: Piece, free_from: float) -> float:
        """Paint a piece and its words, inside or, where they don't fit, behind it."""
        look, painter = self.look, self.painter
        box = self._box(place, piece)
        self._paint_box(place, piece)
        if piece == self.drawing.focused:
            focus_ring(painter, look, box, look.px(5))
        painter.setFont(look.font(12, BOLD))
        width = QFontMetrics(painter.font()).horizontalAdvance(piece.text)
        seen = box.intersected(QRectF(self.drawing.scale.left, 0, self._width, self._below + 99))
        if width + look.px(14) <= seen.width():
            painter.setPen(self._ink(piece))
            painter.drawText(seen.adjusted(look.px(8), 0, 0, 0), LEFT_MIDDLE, piece.text)
            return box.right()
        behind = box.right() + look.px(6)
        if self._is_free(place, piece, behind, width) and behind >= free_from:
            painter.setPen(look.color("ink"))
            room = QRectF(behind, box.top(), width + 2, box.height())
            painter.drawText(room, LEFT_MIDDLE, piece.text)
            return behind + width
        return max(box.right(), free_from)

    def _paint_box(self, place: int, piece: Piece) -> None:
        painter = self.painter
        box = self._box(place, piece)
        radius = min(self.look.px(5), box.width() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush(piece))
        painter.drawRoundedRect(box, radius, radius)
        draft = self.drawing.draft
        if draft is not None and draft.segment_id == piece.segment.id:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.color("bad" if draft.refused else "ink"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_grip(self, box: QRectF, edge: str) -> None:
        """Show that the edge can be taken hold of: a bar on the line, wide enough to be seen."""
        look = self.look
        x = box.left() if edge == "start" else box.right()
        bar = QRectF(x - look.px(3), box.top() + look.px(4), look.px(6), box.height() - look.px(8))
        rounded(self.painter, bar, look.px(3), look.color("panel"), look.color("ink"))

    def _paint_twice(self, twice: Stretch) -> None:
        """Hatch the time that two would count: a pattern and a frame, not the colour alone."""
        look, painter, scale = self.look, self.painter, self.drawing.scale
        end = twice.start if twice.end is None else twice.end
        left, right = scale.x(twice.start), scale.x(end)
        box = QRectF(left, look.px(TOP) - 2, max(right - left, 3.0), self._below - look.px(TOP))
        painter.setPen(QPen(look.color("bad"), 2))
        painter.setBrush(QBrush(look.color("bad_line"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, look.px(3), look.px(3))

    def _paint_draft(self, draft: Draft) -> None:
        """Paint the line of the edge that is moved, and its time among those below."""
        look, painter = self.look, self.painter
        color = look.color("bad" if draft.refused else "accent")
        x = self.drawing.scale.x(draft.at)
        painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, 0, x, self._below))
        if not draft.time:
            return
        tag = self._tag(draft)
        painter.setFont(look.font(12, BOLD, tabular=True))
        rounded(painter, tag, look.px(5), color)
        painter.setPen(look.color("panel" if draft.refused else "accent_ink"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, draft.time)

    def _tag(self, draft: Draft | None) -> QRectF:
        """Return where the time of an edge stands that is moved."""
        if draft is None or not draft.time:
            return QRectF()
        look, scale = self.look, self.drawing.scale
        metrics = QFontMetrics(look.font(12, BOLD, tabular=True))
        width = metrics.horizontalAdvance(draft.time) + look.px(12)
        left = min(max(scale.x(draft.at) - width / 2, scale.left), scale.right - width)
        return QRectF(left, self._below + look.px(5), width, look.px(_TIMES + 3))

    def _paint_times(self) -> None:
        look, painter, scale = self.look, self.painter, self.drawing.scale
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        top = self._below + look.px(8)
        tag = self._tag(self.drawing.draft)
        step = scale.span.step(max(int(self._width) // look.px(_ROOM_FOR_A_TIME), 1))
        mark = scale.span.start - scale.span.start % step
        while mark <= scale.span.end:
            x = scale.x(Instant(mark))
            text = self.times.time(Instant(mark))
            width = QFontMetrics(painter.font()).horizontalAdvance(text) + 2
            at = x if abs(x - scale.left) < 1 else x - width / 2
            room = QRectF(at, top, width, look.px(_TIMES))
            if scale.left <= at and at + width <= scale.right and not room.intersects(tag):
                painter.drawText(room, LEFT_MIDDLE, text)
            mark += step

    def _is_free(self, place: int, piece: Piece, left: float, width: float) -> bool:
        scale = self.drawing.scale
        if left + width > scale.right:
            return False
        return all(
            scale.x(other.end) <= left or scale.x(other.start) >= left + width
            for other in self.drawing.lanes[place].pieces
            if other is not piece
        )

    def _brush(self, piece: Piece) -> QBrush:
        if piece.tone == "apart":
            # Rest and not-billable time are told by their pattern, not by colour alone.
            return QBrush(self.look.color("lock"), Qt.BrushStyle.BDiagPattern)
        return QBrush(self.look.color(piece.tone))

    def _ink(self, piece: Piece) -> QColor:
        if piece.tone == "accent":
            return self.look.color("accent_ink")
        return self.look.color("ink" if piece.tone == "apart" else "third_ink")

    def _box(self, place: int, piece: Piece) -> QRectF:
        return box_of(self.look, self.drawing.scale, place, piece)

    @property
    def _width(self) -> float:
        return self.drawing.scale.right - self.drawing.scale.left

    @property
    def _below(self) -> int:
        return self.look.px(len(self.drawing.lanes) * PITCH)
