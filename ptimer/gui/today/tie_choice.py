"""Which code gets a unit that the rule leaves to the clinician?"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, TARGET, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Label
from ptimer.operations.visit_view import VisitView

_MOST_WAYS = 8


class _Way(QAbstractButton):
    """One way to share the units."""

    def __init__(self, look: Look, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.look.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect().adjusted(4, look.px(5), -4, -look.px(5)))
        on = self.isChecked()
        line = look.color("accent" if on else "field")
        rounded(painter, frame, look.px(7), look.color("panel"), line)
        radius = look.px(8)
        centre = frame.left() + look.px(20)
        dot = QRectF(centre - radius, frame.center().y() - radius, 2 * radius, 2 * radius)
        painter.setBrush(look.color("panel"))
        painter.setPen(QPen(line, look.px(5 if on else 2)))
        painter.drawEllipse(dot.adjusted(2, 2, -2, -2))
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(13, BOLD if on else REGULAR))
        painter.drawText(frame.adjusted(look.px(38), 0, 0, 0), LEFT_MIDDLE, self.text())
        if self.hasFocus():
            focus_ring(painter, look, frame, look.px(7))


class TieChoice(QWidget):
    """The ways that the rule leaves open, one press each; hidden where there is no tie.

    Signals:
        choice_made(units): units by code.
    """

    choice_made = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a choice without ways."""
        super().__init__(parent)
        self.look = look
        self.title = Label(look, pixels=13, weight=BOLD, color="warn", wrap=True)
        self.remark = Label(look, pixels=12, color="warn", wrap=True)
        self.ways: list[QAbstractButton] = []
        self._units: list[Mapping[str, int]] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(11), look.px(9), look.px(11), look.px(9))
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.remark)
        self._group.idClicked.connect(self._tell)
        self.hide()
        look.changed.connect(self.update)

    def show_view(self, view: VisitView) -> None:
        """Show the ways of a visit, if there are several."""
        reckoning = view.reckoning
        open_to_choice = reckoning.count_of_choices > 1 and not view.visit.signed
        self.setVisible(open_to_choice)
        if not open_to_choice or reckoning.pool is None:
            return
        tied = reckoning.pool.tied
        ways = list(reckoning.choices[:_MOST_WAYS])
        self.title.say(
            self.tr("Choose: which code gets the unit?")
            if reckoning.pool.free == 1
            else self.tr("Choose: which codes get the units?")
        )
        self.remark.say(
            self.tr("All have {0} min left over, so the rule leaves it to you.").format(
                reckoning.pool.left_over[tied[0]]
            )
        )
        texts = [self._words(view, way, tied) for way in ways]
        self._show_ways(texts, ways)
        chosen = {line.code.code: line.earned for line in reckoning.lines if line.code.timed}
        self._group.setExclusive(False)  # else what was pressed, and not recorded, stays chosen
        for button, way in zip(self.ways, ways, strict=True):
            button.setChecked(reckoning.chosen and dict(way) == chosen)
        self._group.setExclusive(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box around the ways."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), self.look.px(9), self.look.color("warn_soft"))

    def _words(self, view: VisitView, way: Mapping[str, int], tied: tuple[str, ...]) -> str:
        pool = view.reckoning.pool
        winners = [
            code
            for code in tied
            if pool is not None and self._units_of(view, way, code) > pool.full[code]
        ]
        return " + ".join(self.tr("{0} · {1} min").format(c, view.minutes_of(c)) for c in winners)

    @staticmethod
    def _units_of(view: VisitView, way: Mapping[str, int], code: str) -> int:
        add_on = view.book.add_on_of(code)
        return way.get(code, 0) + (way.get(add_on.code, 0) if add_on else 0)

    def _show_ways(self, words: list[str], ways: list[Mapping[str, int]]) -> None:
        self._units = ways
        if [button.text() for button in self.ways] == words:
            return
        for button in self.ways:
            self._group.removeButton(button)
            button.deleteLater()
        self.ways = []
        for place, text in enumerate(words):
            button = _Way(self.look, text, self)
            self._group.addButton(button, place)
            self._column.insertWidget(1 + place, button)
            self.ways.append(button)

    def _tell(self, place: int) -> None:
        self.choice_made.emit(dict(self._units[place]))
