"""How is a recorded time painted as a row: in one line, or in two where it is narrow?"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLineF, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, focus_ring, rounded
from ptimer.gui.edit_times.segment_lines import SegmentLine
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look

HEAD = 34
_ROW = 48
_NARROW_ROW = 64
_NARROW = 560
_SIDE = 12
_START, _END, _MINUTES, _CLINICIAN = 78, 208, 342, 366
_EDIT = 88
_NARROW_EDIT = 44
_CLINICIANS_SHARE = 0.6


@dataclass(frozen=True)
class RowState:
    """How a row is shown just now; `struck` names what an edit would replace."""

    is_open: bool = False
    can_edit: bool = True
    focused: bool = False
    struck: frozenset[str] = frozenset()


def is_narrow(look: Look, width: int) -> bool:
    """Return whether a row needs two lines."""
    return width < look.px(_NARROW)


def row_height(look: Look, width: int) -> int:
    """Return how high a row is in a list of that width."""
    return look.px(_NARROW_ROW if is_narrow(look, width) else _ROW)


def edit_area(look: Look, row: QRect) -> QRect:
    """Return where the press to edit is in a row."""
    width = look.px(_NARROW_EDIT if is_narrow(look, row.width()) else _EDIT)
    return QRect(row.right() - width + 1, row.top(), width, row.height())


def columns(look: Look, width: int) -> dict[str, tuple[float, float]]:
    """Return the left and right of each column of a wide row."""
    px = look.px
    right = width - px(_EDIT)
    role = px(_CLINICIAN) + (right - px(_CLINICIAN)) * _CLINICIANS_SHARE
    return {
        "code": (px(_SIDE), px(_START)),
        "start": (px(_START), px(_END)),
        "end": (px(_END), px(_MINUTES) - px(52)),
        "minutes": (px(_MINUTES) - px(56), px(_MINUTES)),
        "clinician": (px(_CLINICIAN), role - px(8)),
        "role": (role, right - px(4)),
    }


def paint_row(
    painter: QPainter, look: Look, area: QRect, line: SegmentLine, state: RowState
) -> None:
    """Paint a row."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state.is_open:
        painter.fillRect(area.adjusted(1, 0, -1, 0), look.color("accent_soft"))
    painter.setPen(look.color("line"))
    top = QLineF(area.left() + 1, area.top(), area.right(), area.top())
    painter.drawLine(top)
    row = _Row(painter, look, line, state)
    if is_narrow(look, area.width()):
        row.narrow(area)
    else:
        row.wide(area)
    row.edit(area)
    if state.focused:
        inset = look.px(5)
        focus_ring(painter, look, QRectF(area.adjusted(inset, inset, -inset, -inset)), look.px(5))


@dataclass(frozen=True)
class _Row:
    """One row being painted."""

    painter: QPainter
    look: Look
    line: SegmentLine
    state: RowState

    def wide(self, area: QRect) -> None:
        line = self.line
        at = columns(self.look, area.width())
        self._cell(area, at["code"], line.segment.code, weight=BOLD)
        used = self._cell(area, at["start"], line.start, name="start")
        self._remark(area, at["start"][0] + used + self.look.px(8))
        self._end(area, at["end"])
        self._cell(area, at["minutes"], str(line.minutes), name="minutes", right=True)
        self._cell(area, at["clinician"], line.segment.clinician, name="people")
        self._cell(area, at["role"], line.role, name="people")

    def narrow(self, area: QRect) -> None:
        look = self.look
        left, right = float(look.px(_SIDE)), float(area.width() - look.px(_NARROW_EDIT + 4))
        half = area.height() // 2
        upper = QRect(area.left(), area.top() + look.px(6), area.width(), half - look.px(4))
        lower = QRect(area.left(), area.top() + half, area.width(), half - look.px(8))
        x = left + self._cell(upper, (left, right), self.line.segment.code, weight=BOLD)
        x += look.px(10)
        x += self._cell(upper, (x, right), self.line.start, name="start")
        x += self._cell(upper, (x, right), " – ")  # noqa: RUF001  (a range)
        self._end(upper, (x, right))
        minutes = _tr("{0} min").format(self.line.minutes)
        x = left + self._cell(lower, (left, right), minutes, name="minutes") + look.px(8)
        if self.line.remark:
            x = self._remark(lower, x) + look.px(8)
        people = f"{self.line.segment.clinician} · {self.line.role}"
        self._cell(lower, (x, right), people, name="people", color="mute")

    def edit(self, area: QRect) -> None:
        """Paint the press, or that the row above it is what is recorded."""
        look, painter = self.look, self.painter
        place = edit_area(look, area)
        if self.state.is_open:
            painter.setFont(look.font(12, REGULAR))
            painter.setPen(look.color("mute"))
            if not is_narrow(look, area.width()):
                room = place.adjusted(0, 0, -look.px(_SIDE), 0)
                painter.drawText(room, RIGHT_MIDDLE, _tr("recorded"))
            return
        if not self.state.can_edit:
            return
        height = look.px(28)
        top = place.top() + (place.height() - height) / 2
        frame = QRectF(place.left() + look.px(4), top, place.width() - look.px(12), height)
        rounded(painter, frame, look.px(7), look.color("panel"), look.color("button_line"))
        size = look.px(14)
        ratio = painter.device().devicePixelRatioF()
        pixmap = look.icon("pencil", look.color("ink"), 14, ratio)
        y = round(frame.center().y()) - size // 2
        if is_narrow(look, area.width()):
            painter.drawPixmap(QPoint(round(frame.center().x()) - size // 2, y), pixmap)
            return
        painter.setFont(look.font(13, MEDIUM))
        words = _tr("Edit")
        width = size + look.px(6) + QFontMetrics(painter.font()).horizontalAdvance(words)
        x = round(frame.center().x() - width / 2)
        painter.drawPixmap(QPoint(x, y), pixmap)
        painter.setPen(look.color("ink"))
        painter.drawText(
            frame.adjusted(x - frame.left() + size + look.px(6), 0, 0, 0), LEFT_MIDDLE, words
        )

    def _end(self, area: QRect, at: tuple[float, float]) -> None:
        line = self.line
        if line.segment.running:
            color = "warn" if line.doubtful else "accent"
            self._cell(area, at, line.end, name="end", weight=BOLD, color=color)
        else:
            self._cell(area, at, line.end + line.later_day, name="end")

    def _cell(  # noqa: PLR0913  (where, what, and how it looks)
        self,
        area: QRect,
        at: tuple[float, float],
        text: str,
        *,
        name: str = "",
        weight: int = MEDIUM,
        color: str = "ink",
        right: bool = False,
    ) -> int:
        """Paint a word, struck out where it is about to be replaced; return how wide it is."""
        painter = self.painter
        font = QFont(self.look.font(14, weight, tabular=True))
        font.setStrikeOut(name in self.state.struck)
        painter.setFont(font)
        open_color = "ink" if weight == BOLD else "lock"
        painter.setPen(self._ink(open_color if self.state.is_open else color))
        room = QRectF(at[0], area.top(), max(at[1] - at[0], 0), area.height())
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, RIGHT_MIDDLE if right else LEFT_MIDDLE, shown)
        return metrics.horizontalAdvance(shown)

    def _remark(self, area: QRect, left: float) -> float:
        """Paint the small word in its pill, and return where it ends."""
        if not self.line.remark:
            return left
        look, painter = self.look, self.painter
        soft, ink = ("warn_soft", "warn") if self.line.doubtful else ("lock_soft", "lock")
        painter.setFont(look.font(12, MEDIUM))
        width = QFontMetrics(painter.font()).horizontalAdvance(self.line.remark) + look.px(16)
        pill = QRectF(left, area.center().y() - look.px(9), width, look.px(19))
        rounded(painter, pill, pill.height() / 2, look.color(soft))
        painter.setPen(self._ink(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.line.remark)
        return left + width

    def _ink(self, name: str) -> QColor:
        return self.look.color(name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("segments", text)
