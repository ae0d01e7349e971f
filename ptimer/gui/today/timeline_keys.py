"""What do keys do on the timeline? They go to another piece, move an edge, and zoom."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ptimer.gui.today.timeline_grips import END, START
from ptimer.gui.today.timeline_lanes import Piece

if TYPE_CHECKING:
    from ptimer.gui.today.timeline import Timeline

ZOOM = 1.5
_ARROWS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES: dict[int, float] = {Qt.Key.Key_PageUp: -0.8, Qt.Key.Key_PageDown: 0.8}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class TimelineKeys:
    """Does what a key means on a timeline."""

    def __init__(self, timeline: "Timeline") -> None:
        """Take the timeline that it is pressed on."""
        self._timeline = timeline

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means anything here."""
        return self._press_arrow(event) or self._press_zoom(event) or self._press_other(event)

    def _press_arrow(self, event: QKeyEvent) -> bool:
        chosen, step = self._timeline.chosen, _ARROWS.get(event.key())
        if chosen is None or step is None:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier:
            self._timeline.go(step)
        elif held == _SHIFT:
            self._step_edge(chosen, END, step)
        elif held == _CTRL | _SHIFT:
            self._step_edge(chosen, START, step)
        else:
            return False
        return True

    def _press_zoom(self, event: QKeyEvent) -> bool:
        key, line = event.key(), self._timeline
        if key in _PAGES and line.is_zoomed:
            line.set_span(line.span.moved(round(_PAGES[Qt.Key(key)] * line.span.length)))
        elif not event.modifiers() & _CTRL:
            return False
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            line.zoom(ZOOM)
        elif key == Qt.Key.Key_Minus:
            line.zoom(1 / ZOOM)
        elif key == Qt.Key.Key_0:
            line.fit()
        else:
            return False
        return True

    def _press_other(self, event: QKeyEvent) -> bool:
        line = self._timeline
        if event.key() in _ENTER and line.draft is not None:
            line.edge_dropped.emit()
        elif event.key() in _ENTER and line.chosen is not None:
            line.press_piece(line.chosen)
        elif event.key() == Qt.Key.Key_Escape and line.draft is not None:
            line.edge_given_up.emit()
        else:
            return False
        return True

    def _step_edge(self, piece: Piece, edge: str, step: int) -> None:
        from ptimer.operations import edges  # not needed before an edge is moved

        line = self._timeline
        view, draft = line.view, line.draft
        if view is None or view.visit.signed:
            return
        segment = piece.segment
        there = draft is not None and (draft.segment_id, draft.edge) == (segment.id, edge)
        at = draft.at if draft is not None and there else None
        line.move_edge(piece, edge, edges.stepped_from(view, segment, edges.Edge(edge), at, step))
