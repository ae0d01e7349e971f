"""The visit drawn as time: what was timed, what ran beside it, rest, and now."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Times
from ptimer.operations.visit_view import Segment, VisitView
from ptimer.timing.clock import MINUTE, Instant

_LANE = 28
_LABELS = 62
_STEPS_MINUTES = (5, 10, 15, 30, 60, 120, 240)
_ROOM_FOR_A_TIME = 70


@dataclass(frozen=True)
class Piece:
    """One segment as it is drawn; `tone` names its colour."""

    segment: Segment
    start: Instant
    end: Instant
    text: str
    tone: str


@dataclass(frozen=True)
class Lane:
    """One row of pieces that do not overlap by kind."""

    name: str
    pieces: tuple[Piece, ...]


class Timeline(QWidget):
    """Lanes of pieces over one scale of time.

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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_view(self, view: VisitView) -> None:
        """Draw a visit at a moment."""
        lanes = _lanes(view, self)
        grown = len(lanes) != len(self.lanes)
        self.lanes = lanes
        self._now = view.now if view.record.running else None
        self._fit(view)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(self._spoken())
        if grown:
            self.updateGeometry()
        self.update()

    def show_now(self, view: VisitView, now: Instant) -> None:
        """Move the line of now, once it has moved by a pixel."""
        if not view.record.running or self._now is None:
            return
        if round(self._x(now)) != round(self._x(self._now)) or now > self._end:
            self.show_view(view.at(now))

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
        where = event.position()
        for place, lane in enumerate(self.lanes):
            for piece in lane.pieces:
                if self._box(place, piece).contains(where):
                    self.segment_wanted.emit(piece.segment.id)
                    return

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

    def _paint_piece(self, painter: QPainter, place: int, piece: Piece, free_from: float) -> float:
        """Paint a piece and its words, inside or, where they don't fit, behind it."""
        look = self.look
        box = self._box(place, piece)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush(piece))
        painter.drawRoundedRect(box, look.px(5), look.px(5))
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

    def _left(self) -> int:
        return self.look.px(_LABELS)

    def _x(self, instant: Instant) -> float:
        width = self.width() - self._left()
        return self._left() + (instant - self._start) / max(self._end - self._start, 1) * width

    def _box(self, place: int, piece: Piece) -> QRectF:
        top = self.look.px(4) + place * self.look.px(_LANE + 7)
        left, right = self._x(piece.start), self._x(piece.end)
        return QRectF(left, top, max(right - left, 3.0), self.look.px(_LANE))

    def _spoken(self) -> str:
        return "; ".join(
            f"{piece.text}, {self._times.time(piece.start)} – {self._times.time(piece.end)}"  # noqa: RUF001  (a range is written with an en dash)
            for lane in self.lanes
            for piece in lane.pieces
        )


def _lanes(view: VisitView, widget: QWidget) -> tuple[Lane, ...]:
    """Return the lanes of a visit: timed, untimed, and rest where there is any."""
    timed: list[Piece] = []
    untimed: list[Piece] = []
    apart: list[Piece] = []
    tones = _tones(view)
    for segment in view.record.segments:
        code = view.code(segment.code)
        end = view.now if segment.ended_at is None else segment.ended_at
        minutes = segment.stretch.milliseconds(view.now) // MINUTE
        name = code.label if code.apart else code.code
        text = widget.tr("{0} · {1} min").format(name, minutes)
        tone = "apart" if code.apart else tones[code.code]
        lane = apart if code.apart else timed if code.timed else untimed
        lane.append(Piece(segment, segment.started_at, end, text, tone))
    lanes = [Lane(widget.tr("timed"), tuple(timed)), Lane(widget.tr("untimed"), tuple(untimed))]
    if apart:
        lanes.append(Lane(widget.tr("apart"), tuple(apart)))
    return tuple(lanes)


def _tones(view: VisitView) -> dict[str, str]:
    """Return the colour of each code: what runs or ran last is the accent."""
    codes = [code for code in view.record.codes if not view.code(code).apart]
    timed = [code for code in codes if view.code(code).timed]
    main = next(iter(view.running_codes), timed[-1] if timed else "")
    tones = dict.fromkeys(codes, "third")
    tones.update(dict.fromkeys(timed, "second"))
    if main in tones and view.code(main).timed:
        tones[main] = "accent"
    return tones
