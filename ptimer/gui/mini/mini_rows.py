"""The rows below the mini window's face: what runs besides, and what else may be pressed."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, focus_ring
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.mini.glance import Stopwatch
from ptimer.operations.cards import Card, Mood
from ptimer.timing.clock import Instant

_SIDE = 12
_ROW = 44


class _Press(QPushButton):
    """One row that is pressed as a whole."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(160), self.look.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(100), self.look.px(_ROW))

    def _begin(self, event: QPaintEvent) -> QPainter:
        """Paint the ground, and return what paints the rest."""
        look = self.look
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), look.color("lock_soft"))
        if self.hasFocus():
            frame = QRectF(self.rect()).adjusted(4, 4, -4, -4)
            focus_ring(painter, look, frame, look.px(5))
        return painter

    def _elided(self, painter: QPainter, words: str, room: int) -> str:
        metrics = QFontMetrics(painter.font())
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))


class _OtherFace(_Press):
    """What runs besides: code, patient, time; a press looks at its visit."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.code, self.patient, self.time = "", "", ""

    def show_words(self, code: str, patient: str, said: str) -> None:
        if (code, patient, said) != (self.code, self.patient, self.accessibleName()):
            self.code, self.patient = code, patient
            self.setAccessibleName(said)
            self.setToolTip(plain_tip(said))
            self.update()

    def show_time(self, time: str) -> None:
        if time != self.time:
            before = self._time_place()
            self.time = time
            self.update(before.united(self._time_place()))

    def _time_place(self) -> QRect:
        font = self.look.font(17, BOLD, tabular=True)
        width = QFontMetrics(font).horizontalAdvance(self.time) + self.look.px(2)
        return QRect(self.width() - width, 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self.look
        painter = self._begin(event)
        left = look.px(_SIDE)
        accent = look.color("accent")
        dot = look.icon("dot", accent, 9, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(left, (self.height() - look.px(9)) // 2), dot)
        left += look.px(15)
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(14, BOLD))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), LEFT_MIDDLE, self.code)
        left += QFontMetrics(painter.font()).horizontalAdvance(self.code) + look.px(8)
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        room = self._time_place().left() - left - look.px(6)
        patient = self._elided(painter, self.patient, room)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), LEFT_MIDDLE, patient)
        painter.setPen(accent)
        painter.setFont(look.font(17, BOLD, tabular=True))
        painter.drawText(self._time_place(), LEFT_MIDDLE, self.time)


class OtherRow(QWidget):
    """What runs in another visit, or beside what the face shows, with its own stop.

    Signals:
        stop_wanted(segment_id): a person stops it.
        visit_wanted(visit_id): a person looks at its visit.
    """

    stop_wanted = Signal(str)
    visit_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.look = look
        self.shown: Stopwatch | None = None
        self.face = _OtherFace(look, self)
        self.stop = Button(look, "", kind="quiet", icon="stop")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, look.px(2), 0)
        row.setSpacing(look.px(2))
        row.addWidget(self.face, 1)
        row.addWidget(self.stop)
        self.stop.setMinimumWidth(look.px(_ROW))
        self.stop.clicked.connect(self._tell_stop)
        self.face.clicked.connect(self._tell_visit)
        look.changed.connect(self.update)

    @property
    def words_shown(self) -> tuple[str, str, str]:
        """Code, patient and time as they are painted."""
        return self.face.code, self.face.patient, self.face.time

    def show_stopwatch(self, shown: Stopwatch, now: Instant, *, locked: bool) -> None:
        """Show what runs; of a locked window it can only be stopped."""
        self.shown = shown
        patient = shown.patient
        if shown.patients > 1:
            more = self.tr("{0} patients").format(shown.patients)
            patient = more if locked else self.tr("{0} +{1}").format(patient, shown.patients - 1)
        if shown.in_doubt:
            patient = self.tr("in doubt · {0}").format(patient) if patient else self.tr("in doubt")
        said = self.tr("{0} runs").format(shown.code)
        stop = self.tr("Stop {0}").format(shown.code)
        if shown.patient:
            said = self.tr("{0} runs for {1}: look at it").format(shown.code, shown.patient)
            stop = self.tr("Stop {0} of {1}").format(shown.code, shown.patient)
        self.face.setEnabled(not locked)
        self.face.show_words(shown.code, patient, said)
        self.stop.setAccessibleName(stop)
        key = self.tr("Space")
        self.stop.setToolTip(plain_tip(f"{stop} ({key})" if shown.last else stop))
        self.show_time(now)

    def show_time(self, now: Instant) -> None:
        """Show the time that has passed."""
        if self.shown is not None:
            self.face.show_time(self.shown.time(now))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.fillRect(0, 0, self.width(), 1, self.look.color("line"))

    def _tell_stop(self) -> None:
        if self.shown is not None:
            self.stop_wanted.emit(self.shown.segment_id)

    def _tell_visit(self) -> None:
        if self.shown is not None:
            self.visit_wanted.emit(self.shown.visit_id)


class CardRow(_Press):
    """A code of the visit, as its card: what a press does, and why it would ask first.

    Signals:
        pressed_for(code): a person pressed it.
    """

    pressed_for = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(look, parent)
        self.code, self.name, self.below, self.time, self.key = "", "", "", "", ""
        self._locked = False
        self.clicked.connect(lambda: self.pressed_for.emit(self.code))

    def show_card(self, key: str, card: Card, *, apart: bool, now: Instant) -> None:
        """Show a card; the same costs no paint."""
        why = [texts.words(part) for part in (card.reason, card.hint) if part is not None]
        label = texts.core(card.label)
        name = label if apart else card.code
        # What a press does stands above all rows; the reason has to fit the line.
        below = why[0] if why else "" if apart else label
        time = texts.running_time(card.milliseconds(now)) if card.recorded else ""
        locked = card.mood is not Mood.FREE
        shown = (card.code, name, below, time, key, locked)
        if shown == (self.code, self.name, self.below, self.time, self.key, self._locked):
            return
        self.code, self.name, self.below, self.time, self.key, self._locked = shown
        verb = self.tr("Switch to {0}") if card.mood is Mood.SWITCHES else self.tr("Start {0}")
        said = verb.format(name if apart else f"{card.code} {label}")
        self.setAccessibleName(said)
        self.setAccessibleDescription(". ".join(why))
        tip = f"{said} ({key})" if key else said
        self.setToolTip(plain_tip("\n".join([tip, *why])))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint key, code, what stands below it, and the time so far."""
        look = self.look
        painter = self._begin(event)
        painter.fillRect(look.px(_SIDE), 0, self.width(), 1, look.color("line"))
        self._paint_key(painter)
        left = look.px(_SIDE + 28)
        room = self.rect().adjusted(left, 0, -look.px(_SIDE), 0)
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(14, BOLD))
        lines = room
        if self.below:
            lines = QRect(left, look.px(5), room.width(), look.px(18))
        painter.drawText(lines, LEFT_MIDDLE, self.name)
        painter.setFont(look.font(13, BOLD, tabular=True))
        painter.setPen(look.color("mute"))
        painter.drawText(lines, RIGHT_MIDDLE, self.time)
        self._paint_below(painter, left)

    def _paint_key(self, painter: QPainter) -> None:
        look = self.look
        if not self.key:
            return
        cap = QRectF(look.px(_SIDE), (self.height() - look.px(20)) / 2, look.px(20), look.px(20))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.color("mute"))
        painter.setFont(look.font(12, REGULAR))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)

    def _paint_below(self, painter: QPainter, left: int) -> None:
        look = self.look
        top = look.px(23)
        if self._locked:
            lock = look.icon("lock", look.color("mute"), 11, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(left, top + look.px(2)), lock)
            left += look.px(15)
        painter.setPen(look.color("mute"))
        painter.setFont(look.font(12, REGULAR))
        room = QRect(left, top, self.width() - left - look.px(_SIDE), look.px(16))
        painter.drawText(room, LEFT_MIDDLE, self._elided(painter, self.below, room.width()))
