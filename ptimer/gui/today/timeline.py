"""The visit drawn as time: what was timed, what ran beside it, rest, and now."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.timeline_grips import PITCH, Draft, with_draft
from ptimer.gui.today.timeline_keys import TimelineKeys
from ptimer.gui.today.timeline_lanes import Lane, Piece, lanes_of
from ptimer.gui.today.timeline_mouse import TimelineMouse
from ptimer.gui.today.timeline_paint import Drawing, paint
from ptimer.gui.today.timeline_span import Scale, Span
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, SECOND, Instant

_LABELS = 62
_BELOW = 24
_SHIFT = Qt.KeyboardModifier.ShiftModifier

_LINE_STANDS = 5 * SECOND
"""For so long the line of now stays where it is: to draw the day anew is the dearest of a tick."""


class Timeline(QWidget):
    """Lanes of pieces over one scale of time.

    The mouse drags an edge, or what is drawn larger; the arrows go from piece to piece, with
    Shift they move its end, with Ctrl+Shift its start. Whoever listens to `edge_moved` shows what
    would come of it with `show_draft`.

    Signals:
        segment_wanted(segment_id): a person pressed a piece.
        edge_moved(segment_id, edge, instant): a person moves its "start" or "end".
        edge_dropped(): it is to stay there.
        edge_given_up(): it is to stay where it was.
        zoomed(): more, less, or something else is drawn.
    """

    segment_wanted = Signal(str)
    edge_moved = Signal(str, str, object)
    edge_dropped = Signal()
    edge_given_up = Signal()
    zoomed = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty timeline."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.view: VisitView | None = None
        self._recorded: tuple[Lane, ...] = ()
        self.whole = Span(Instant(0), Instant(1))
        self._shown: Span | None = None
        self._now: Instant | None = None
        self._chosen_id = ""
        self.draft: Draft | None = None
        self._mouse = TimelineMouse(self)
        self._keys = TimelineKeys(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        look.changed.connect(self.update)

    # -- what is drawn -------------------------------------------------------------------------

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes as they are drawn."""
        return with_draft(self._recorded, self.draft)

    @property
    def span(self) -> Span:
        """From when to when is drawn."""
        return self.whole if self._shown is None else self._shown

    @property
    def is_zoomed(self) -> bool:
        """Whether only a part is drawn."""
        return self._shown is not None

    @property
    def scale(self) -> Scale:
        """Where each moment lies."""
        return Scale(self.span, self.look.px(_LABELS), self.width())

    def show_view(self, view: VisitView) -> None:
        """Draw a visit at a moment."""
        if self.view is None or view.visit.id != self.view.visit.id:
            self._shown = None
        self.view = view
        lanes = lanes_of(view)
        grown = len(lanes) != len(self._recorded)
        self._recorded = lanes
        self._now = view.now if view.record.running else None
        if self.draft is None:
            self._fit(view)
        self._name()
        self.setAccessibleDescription(
            "; ".join(self._said(p) for lane in lanes for p in lane.pieces)
        )
        if grown:
            self.updateGeometry()
        self.update()

    def show_now(self, view: VisitView, now: Instant) -> None:
        """Move the line of now, once it has moved by a pixel, and not at each second."""
        if not view.record.running or self._now is None:
            return
        if 0 <= now - self._now < _LINE_STANDS and now <= self.whole.end:
            return
        scale = self.scale
        if round(scale.x(now)) != round(scale.x(self._now)) or now > self.whole.end:
            self.show_view(view.at(now))

    def show_draft(self, draft: Draft | None) -> None:
        """Draw an edge where it would be; None draws it where it is recorded."""
        self.draft = draft
        if draft is None:
            self._mouse.let_go()
            if self.view is not None:
                self.set_span(self.span)
                self._fit(self.view)
        elif not self.span.start <= draft.at <= self.span.end:
            self.push(self.span.showing(draft.at, draft.at))
        self._name()
        self.update()

    @property
    def chosen(self) -> Piece | None:
        """The piece that the keyboard is on: at first what runs, or began last."""
        pieces = self._in_order()
        last = pieces[-1] if pieces else None
        return next((each for each in pieces if each.segment.id == self._chosen_id), last)

    def choose(self, segment_id: str) -> None:
        """Put the keyboard on a piece."""
        self._chosen_id = segment_id
        self.setFocus()
        self._name()

    def go(self, step: int) -> None:
        """Put the keyboard on the piece so many before or after the one that it is on."""
        pieces = self._in_order()
        chosen = self.chosen
        if chosen is None:
            return
        wanted = pieces[min(max(pieces.index(chosen) + step, 0), len(pieces) - 1)]
        self._chosen_id = wanted.segment.id
        if self.is_zoomed:
            self.set_span(self.span.showing(wanted.start, wanted.end))
        self._name()
        self.update()

    # -- zoom ----------------------------------------------------------------------------------

    def zoom(self, factor: float, about: Instant | None = None) -> None:
        """Draw larger, or smaller; what stays in place is the chosen piece, or `about`."""
        chosen, span = self.chosen, self.span
        middle = Instant((span.start + span.end) // 2)
        if about is None and chosen is not None:
            about = Instant((chosen.start + chosen.end) // 2)
        if about is None or not span.start <= about <= span.end:
            about = middle
        self.set_span(span.zoomed(factor, about, self.whole))

    def fit(self) -> None:
        """Draw all of the visit."""
        self.set_span(self.whole)

    def scroll_to(self, start: Instant) -> None:
        """Draw what lies from a moment on."""
        self.set_span(self.span.moved(start - self.span.start))

    def set_span(self, span: Span) -> None:
        """Draw another part of the visit."""
        inside = span.inside(self.whole)
        self._shown = None if inside.length >= self.whole.length else inside
        self.zoomed.emit()
        self.update()

    def push(self, span: Span) -> None:
        """Draw what may lie beyond all of the visit, as long as an edge is moved there."""
        self._shown = span
        self.zoomed.emit()
        self.update()

    # -- size and paint ------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return the height that its lanes need."""
        lanes = max(len(self._recorded), 1)
        return QSize(self.look.px(400), self.look.px(lanes * PITCH + _BELOW))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        del event
        focused = self.chosen if self.hasFocus() else None
        drawing = Drawing(self.lanes, self.scale, self._now, focused, self._mouse.grip, self.draft)
        paint(QPainter(self), self.look, self._times, drawing)

    # -- the mouse -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an edge, a piece, or what is drawn larger."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._mouse.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, else show what could be."""
        self._mouse.move(event.position(), fine=bool(event.modifiers() & _SHIFT))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the edge; or ask for the piece that was pressed, and not dragged."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._mouse.release(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll with Shift or sideways; else let the page scroll."""
        if not self._mouse.turn(event):
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Show no edge as held."""
        super().leaveEvent(event)
        self._mouse.leave()

    def press_piece(self, piece: Piece) -> None:
        """Ask for a piece."""
        self._chosen_id = piece.segment.id
        self.segment_wanted.emit(piece.segment.id)

    def move_edge(self, piece: Piece, edge: str, at: Instant) -> None:
        """Tell that an edge is moved, if that is anywhere else."""
        draft = self.draft
        there = None if draft is None else (draft.segment_id, draft.edge, draft.at)
        if there != (piece.segment.id, edge, at):
            self.edge_moved.emit(piece.segment.id, edge, at)

    # -- the keyboard --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another piece, move an edge, zoom, or ask for the piece."""
        if not self._keys.press(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which piece the keyboard is on."""
        super().focusInEvent(event)
        self._name()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin anew the next time."""
        super().focusOutEvent(event)
        if self.draft is None:
            self._chosen_id = ""
        self._name()

    # -- inside --------------------------------------------------------------------------------

    def _name(self) -> None:
        name = self.tr("Timeline")
        chosen = self.chosen if self.hasFocus() else None
        said = self._said(chosen) if chosen else ""
        if chosen and self.draft is not None and self.draft.said:
            said = f"{said}. {self.draft.said}"
        self.setAccessibleName(f"{name}: {said}" if said else name)

    def _in_order(self) -> list[Piece]:
        pieces = [piece for lane in self.lanes for piece in lane.pieces]
        return sorted(pieces, key=lambda piece: piece.start)

    def _fit(self, view: VisitView) -> None:
        """Let the scale begin and end on round times around all pieces."""
        pieces = [piece for lane in self._recorded for piece in lane.pieces]
        first = min((piece.start for piece in pieces), default=view.now)
        last = max((piece.end for piece in pieces), default=view.now)
        room = max((last - first) // 4, 10 * MINUTE) if view.record.running else 2 * MINUTE
        quarter = 5 * MINUTE
        self.whole = Span(
            Instant((first - MINUTE) // quarter * quarter),
            Instant(-(-(last + room) // quarter) * quarter),
        )
        if self._shown is not None:
            self.set_span(self._shown)

    def _said(self, piece: Piece) -> str:
        start, end = self._times.time(piece.start), self._times.time(piece.end)
        return f"{piece.text}, {start} – {end}"  # noqa: RUF001  (a range is written with an en dash)
