"""The recorded times of a visit as a table; one at a time opens for editing in its place."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, rounded
from ptimer.gui.edit_times.segment_lines import SegmentLine
from ptimer.gui.edit_times.segment_list import SegmentList
from ptimer.gui.edit_times.segment_paint import HEAD, columns, is_narrow, row_height
from ptimer.gui.look import MEDIUM, Look

_BELOW = 8


class SegmentTable(QWidget):
    """Heading, rows, and below the open row the widget in which it is edited.

    Signals:
        edit_wanted(segment_id): a person wants to change a time.
        area_reached(QRect): the keyboard is in another row; it should be seen.
    """

    edit_wanted = Signal(str)
    area_reached = Signal(QRect)

    def __init__(self, look: Look, editor: QWidget, parent: QWidget | None = None) -> None:
        """Make an empty table; `editor` is shown below the row that is opened."""
        super().__init__(parent)
        self.look = look
        self.list = SegmentList(look, self)
        self.editor = editor
        editor.setParent(self)
        editor.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.list.edit_wanted.connect(self.edit_wanted)
        self.list.row_reached.connect(self._tell_area)
        look.changed.connect(self.update)

    @property
    def open_id(self) -> str | None:
        """The segment that is being edited."""
        line = self.open_line
        return line.segment.id if line else None

    @property
    def open_line(self) -> SegmentLine | None:
        """The row that is being edited."""
        row = self.list.open_row
        return self.list.segments.lines[row] if row >= 0 else None

    def show_lines(self, lines: list[SegmentLine], *, can_edit: bool) -> None:
        """Show the rows; the open one stays open as long as it is there."""
        opened = self.open_id
        self.list.can_edit = can_edit
        grown = len(lines) != len(self.list.segments.lines)
        self.list.set_open(-1, 0)
        self.list.segments.show_lines(lines)
        self.list.viewport().update()
        row = self.list.row_of(opened) if opened and can_edit else -1
        self._open_row(row)
        if grown:
            self.updateGeometry()

    def open(self, segment_id: str) -> bool:
        """Open a row; return whether it is there."""
        row = self.list.row_of(segment_id)
        self.list.strike(frozenset())
        self._open_row(row)
        if row >= 0:
            self.list.setCurrentIndex(self.list.segments.index(row))
        return row >= 0

    def close_row(self) -> None:
        """Show all rows closed."""
        self._open_row(-1)
        self.list.strike(frozenset())

    def open_area(self) -> QRect:
        """Return where the open row and its editor are."""
        row = self.list.open_row
        area = self.list.area_of(row).translated(0, self.look.px(HEAD))
        return area.adjusted(0, 0, 0, self.list.room)

    def hasHeightForWidth(self) -> bool:
        """Return that narrow rows are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of heading, rows and editor."""
        rows = self.list.rows_height(width)
        return self.look.px(HEAD) + rows + self._room(width) + self.look.px(_BELOW)

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        width = self.look.px(600)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the width at which a row can still be read."""
        return QSize(self.look.px(260), self.look.px(HEAD + _BELOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place rows and editor anew."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Make room where the editor needs more, or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and the heading."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), look.px(12), look.color("panel"), look.color("line"))
        painter.setFont(look.font(12, MEDIUM))
        painter.setPen(look.color("mute"))
        if is_narrow(look, self.width()):
            area = QRectF(look.px(12), 0, self.width(), look.px(HEAD))
            painter.drawText(area, LEFT_MIDDLE, self.tr("Recorded times"))
            return
        heads = {
            "code": self.tr("Code"),
            "start": self.tr("Start"),
            "end": self.tr("End"),
            "minutes": self.tr("Minutes"),
            "clinician": self.tr("Clinician"),
            "role": self.tr("Role"),
        }
        for name, (left, right) in columns(look, self.width()).items():
            area = QRectF(left, 0, right - left, look.px(HEAD))
            painter.drawText(area, RIGHT_MIDDLE if name == "minutes" else LEFT_MIDDLE, heads[name])

    def _open_row(self, row: int) -> None:
        self.list.set_open(row, 0)
        self.editor.setVisible(row >= 0)
        self.updateGeometry()
        self._place()

    def _room(self, width: int) -> int:
        return self.editor.heightForWidth(width - 2) if self.list.open_row >= 0 else 0

    def _place(self) -> None:
        width, row = self.width(), self.list.open_row
        head = self.look.px(HEAD)
        room = self._room(width)
        self.list.set_open(row, room)
        self.list.setGeometry(0, head, width, self.list.rows_height(width) + room)
        if row >= 0:
            top = head + (row + 1) * row_height(self.look, width)
            self.editor.setGeometry(1, top, width - 2, room)
            self.editor.raise_()

    def _tell_area(self, area: QRect) -> None:
        self.area_reached.emit(area.translated(0, self.look.px(HEAD)))
