"""The visit drawn as time: what was timed, what ran beside it, rest, and now."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Times
from ptimer.gui.today.timeline_lanes import Lane, Piece, lanes_of
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, Instant

_LANE = 28
_LABELS = 62
_STEPS_MINUTES = (5, 10, 15, 30, 60, 120, 240)
_ROOM_FOR_A_TIME = 70
_NEAR = 5
"""Pixels beside a piece that still hit it."""


class Timeline(QWidget):
    """Lanes of pieces over one scale of time; the arrows go from piece to piece, Enter opens one.

    Signals:
        segment_wanted(segment_id): a person pressed a piece.
    """

    segment_wanted = Signal(str)

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty timeline."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.lanes: tuple[Lane, ...] = ()
        self._start = Instant(0)
        self._end = Instant(1)
        self._now: Instant | None = None
        self._chosen_id = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_view(self, view: VisitView) -> None:
        """Draw a visit at a moment."""
        lanes = lanes_of(view)
        grown = len(lanes) != len(self.lanes)
        self.lanes = lanes
        self._now = view.now if view.record.running else None
        self._fit(view)
        self._name()
        self.setAccessibleDescription(
            "; ".join(self._said(p) for lane in lanes for p in lane.pieces)
        )
        if grown:
            self.updateGeometry()
        self.update()

    def show_now(self, view: VisitView, now: Instant) -> None:
        """Move the line of now, once it has moved by a pixel."""
        if not view.record.running or self._now is None:
            return
        if round(self._x(now)) != round(self._x(self._now)) or now > self._end:
            self.show_view(view.at(now))

    @property
    def chosen(self) -> Piece | None:
        """The piece that the keyboard is on: at first what runs, or began last."""
        pieces = self._in_order()
        last = pieces[-1] if pieces else None
        return next((each for each in pieces if each.segment.id == self._chosen_id), last)

    def sizeHint(self) -> QSize:
        """Return the height that its lanes need."""
        lanes = max(len(self.lanes), 1)
        return QSize(self.look.px(400), self.look.px(lanes * (_LANE + 7) + 24))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lanes, pieces, the line of now, and the times below."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, lane in enumerate(self.lanes):
            self._paint_lane(painter, place, lane)
        if self._now is not None:
            x = self._x(self._now)
            bottom = self.look.px(len(self.lanes) * (_LANE + 7))
            painter.fillRect(QRectF(x - 1, 0, 2, bottom), self.look.color("ink"))
        self._paint_times(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the piece that was pressed."""
        piece = self._at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if piece is not None:
            self._chosen_id = piece.segment.id
            self.segment_wanted.emit(piece.segment.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the piece before or after, or ask for the one that the keyboard is on."""
        chosen = self.chosen
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if chosen is not None and step is not None:
            pieces = self._in_order()
            wanted = pieces.index(chosen) + step
            self._chosen_id = pieces[min(max(wanted, 0), len(pieces) - 1)].segment.id
            self._name()
            self.update()
        elif chosen is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.segment_wanted.emit(chosen.segment.id)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which piece the keyboard is on."""
        super().focusInEvent(event)
        self._name()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin anew the next time."""
        super().focusOutEvent(event)
        self._chosen_id = ""
        self._name()

    def _name(self) -> None:
        name = self.tr("Timeline")
        chosen = self.chosen if self.hasFocus() else None
        self.setAccessibleName(f"{name}: {self._said(chosen)}" if chosen else name)

    def _in_order(self) -> list[Piece]:
        pieces = [piece for lane in self.lanes for piece in lane.pieces]
        return sorted(pieces, key=lambda piece: piece.start)

    def _at(self, where: QPointF) -> Piece | None:
        """Return the piece at a point; one too short to be hit is hit close by, too."""
        near = self.look.px(_NEAR)
        found = [
            (not box.contains(where), box.width(), piece)
            for place, lane in enumerate(self.lanes)
            for piece in lane.pieces
            for box in [self._box(place, piece)]
            if box.adjusted(-near, 0, near, 0).contains(where)
        ]
        return min(found, key=lambda each: each[:2])[2] if found else None

    def _paint_lane(self, painter: QPainter, place: int, lane: Lane) -> None:
        look = self.look
        top = look.px(4) + place * look.px(_LANE + 7)
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        painter.drawText(QRectF(0, top, look.px(_LABELS), look.px(_LANE)), LEFT_MIDDLE, lane.name)
        back = QRectF(self._left(), top, self.width() - self._left(), look.px(_LANE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("lock_soft"))
        painter.drawRoundedRect(back, look.px(6), look.px(6))
        free_from = 0.0
        for piece in lane.pieces:
            free_from = self._paint_piece(painter, place, piece, free_from)
        for piece in lane.pieces:
            # Last, so that a time of seconds is not covered by the one that followed it.
            if self._box(place, piece).width() <= self._least_width:
                self._paint_box(painter, place, piece)

    def _paint_piece(self, painter: QPainter, place: int, piece: Piece, free_from: float) -> float:
        """Paint a piece and its words, inside or, where they don't fit, behind it."""
        look = self.look
        box = self._box(place, piece)
        self._paint_box(painter, place, piece)
        if self.hasFocus() and piece == self.chosen:
            focus_ring(painter, look, box, look.px(5))
        painter.setFont(look.font(12, BOLD))
        width = QFontMetrics(painter.font()).horizontalAdvance(piece.text)
        if width + look.px(14) <= box.width():
            painter.setPen(self._ink(piece))
            painter.drawText(box.adjusted(look.px(8), 0, 0, 0), LEFT_MIDDLE, piece.text)
            return box.right()
        behind = box.right() + look.px(6)
        if self._is_free(place, piece, behind, width) and behind >= free_from:
            painter.setPen(look.color("ink"))
            room = QRectF(behind, box.top(), width + 2, box.height())
            painter.drawText(room, LEFT_MIDDLE, piece.text)
            return behind + width
        return max(box.right(), free_from)

    def _paint_box(self, painter: QPainter, place: int, piece: Piece) -> None:
        box = self._box(place, piece)
        radius = min(self.look.px(5), box.width() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush(piece))
        painter.drawRoundedRect(box, radius, radius)

    def _is_free(self, place: int, piece: Piece, left: float, width: float) -> bool:
        if left + width > self.width():
            return False
        return all(
            self._x(other.end) <= left or self._x(other.start) >= left + width
            for other in self.lanes[place].pieces
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

    def _paint_times(self, painter: QPainter) -> None:
        look = self.look
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        top = look.px(len(self.lanes) * (_LANE + 7) + 8)
        step = self._step()
        mark = self._start - self._start % step
        while mark <= self._end:
            x = self._x(Instant(mark))
            text = self._times.time(Instant(mark))
            width = QFontMetrics(painter.font()).horizontalAdvance(text) + 2
            at = x if abs(x - self._left()) < 1 else x - width / 2
            if self._left() <= at and at + width <= self.width():
                painter.drawText(QRectF(at, top, width, look.px(16)), LEFT_MIDDLE, text)
            mark += step

    def _fit(self, view: VisitView) -> None:
        """Let the scale begin and end on round times around all pieces."""
        pieces = [piece for lane in self.lanes for piece in lane.pieces]
        first = min((piece.start for piece in pieces), default=view.now)
        last = max((piece.end for piece in pieces), default=view.now)
        room = max((last - first) // 4, 10 * MINUTE) if view.record.running else 2 * MINUTE
        quarter = 5 * MINUTE
        self._start = Instant((first - MINUTE) // quarter * quarter)
        self._end = Instant(-(-(last + room) // quarter) * quarter)

    def _step(self) -> int:
        most = max((self.width() - self._left()) // self.look.px(_ROOM_FOR_A_TIME), 1)
        for minutes in _STEPS_MINUTES:
            if (self._end - self._start) / (minutes * MINUTE) <= most:
                return minutes * MINUTE
        return -(-(self._end - self._start) // most // MINUTE) * MINUTE or MINUTE

    @property
    def _least_width(self) -> int:
        return self.look.px(4)

    def _left(self) -> int:
        return self.look.px(_LABELS)

    def _x(self, instant: Instant) -> float:
        width = self.width() - self._left()
        return self._left() + (instant - self._start) / max(self._end - self._start, 1) * width

    def _box(self, place: int, piece: Piece) -> QRectF:
        top = self.look.px(4) + place * self.look.px(_LANE + 7)
        left, right = self._x(piece.start), self._x(piece.end)
        return QRectF(left, top, max(right - left, self._least_width), self.look.px(_LANE))

    def _said(self, piece: Piece) -> str:
        start, end = self._times.time(piece.start), self._times.time(piece.end)
        return f"{piece.text}, {start} – {end}"  # noqa: RUF001  (a range is written with an en dash)
