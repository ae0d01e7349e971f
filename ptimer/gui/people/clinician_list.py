"""The clinicians of this PC: initials, name, credentials, role; one press lets one treat."""

from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ptimer.billing.conflicts import Role
from ptimer.gui.controls.painted_list import MOVES, PaintedList
from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_ROW = 48
_MOST_SEEN = 5

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Person:
    """What the record tells of a clinician; `treats` marks who presses now."""

    name: str
    credentials: str = ""
    role: Role = Role.THERAPIST
    supervisor: str = ""
    discipline: str = ""
    npi: str = ""
    treats: bool = False

    @property
    def initials(self) -> str:
        """The first letters of the first and of the last word of the name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def about(self) -> str:
        """The line below the name: credentials, and a role other than the therapist's."""
        role = "" if self.role is Role.THERAPIST else role_words(self.role)
        return " · ".join(part for part in (self.credentials, role) if part)


def role_words(role: Role) -> str:
    """Return a role in the person's language."""
    return QCoreApplication.translate("roles", role.value.capitalize())


class PersonModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.people: tuple[Person, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row says to the eye or to the ear."""
        if not index.isValid():
            return None
        person = self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(person)
        if role == Qt.ItemDataRole.ToolTipRole:
            # A tooltip that looks like markup is taken for it: a name is made markup that shows it.
            return f"<p>{escape(self._spoken(person))}</p>"
        return None

    def _spoken(self, person: Person) -> str:
        now = self.tr("treats now") if person.treats else ""
        return ", ".join(part for part in (person.name, person.about, now) if part)

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Show other rows."""
        if people != self.people:
            self.beginResetModel()
            self.people = people
            self.endResetModel()


class _Painter(QStyledItemDelegate):
    """Paints a clinician as a row."""

    def __init__(self, look: Look, view: "ClinicianList") -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, self._look.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        person = self._view.model_of_people.people[index.row()]
        state: QStyle.StateFlag = option.state
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(area).adjusted(4, 3, -4, -3)
        if person.treats or state & QStyle.StateFlag.State_MouseOver:
            name = "accent_soft" if person.treats else "lock_soft"
            rounded(painter, frame, look.px(8), look.color(name))
        self._circle(painter, frame, person)
        self._words(painter, frame, person)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, look, frame.adjusted(2, 2, -2, -2), look.px(6))
        painter.restore()

    def _circle(self, painter: QPainter, frame: QRectF, person: Person) -> None:
        look = self._look
        size = look.px(32)
        top = frame.center().y() - size / 2
        circle = QRectF(frame.left() + look.px(8), top, size, size)
        ground, ink = ("accent", "accent_ink") if person.treats else ("lock_soft", "lock")
        rounded(painter, circle, size / 2, look.color(ground), look.color(ground))
        painter.setPen(look.color(ink))
        painter.setFont(look.font(12, BOLD))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, person.initials)

    def _words(self, painter: QPainter, frame: QRectF, person: Person) -> None:
        look = self._look
        sign = look.px(24) if person.treats else 0
        room = frame.adjusted(look.px(50), look.px(1), -look.px(10) - sign, -look.px(1))
        half = room.height() / 2
        upper = room.adjusted(0, 0, 0, -half if person.about else 0)
        lower = room.adjusted(0, half, 0, 0)
        self._line(painter, upper, person.name, (14, BOLD), "ink")
        self._line(painter, lower, person.about, (12, REGULAR), "mute")
        if sign:
            size = look.px(16)
            left, top = round(frame.right()) - look.px(26), round(frame.center().y()) - size // 2
            ratio = self._view.devicePixelRatioF()
            pixmap = look.icon("check", look.color("accent"), 16, ratio)
            painter.drawPixmap(QPoint(left, top), pixmap)

    def _line(
        self, painter: QPainter, room: QRectF, text: str, type_: tuple[int, int], color: str
    ) -> None:
        painter.setFont(self._look.font(*type_))
        painter.setPen(self._look.color(color))
        metrics = QFontMetrics(painter.font())
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, LEFT_MIDDLE, cut)


class ClinicianList(PaintedList):
    """The list; arrows move in it, Enter or one press chooses.

    Signals:
        person_chosen(name): this one treats from now on.
    """

    person_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self.model_of_people = PersonModel(self)
        self.setModel(self.model_of_people)
        self.setItemDelegate(_Painter(look, self))
        self.setAccessibleName(self.tr("Clinicians"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._tell)

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Show the clinicians, and stand on who treats now."""
        self.model_of_people.show_people(people)
        self.setFixedHeight(self.look.px(_ROW) * min(len(people), _MOST_SEEN))
        for number, person in enumerate(people):
            if person.treats:
                self.setCurrentIndex(self.model_of_people.index(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, choose with Enter; the other keys are the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.currentIndex())
        elif event.key() in MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.person_chosen.emit(self.model_of_people.people[index.row()].name)
