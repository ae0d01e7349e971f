"""The card a clinician presses to time one code, readable from two metres."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.today.card_places import (
    LABEL_PIXELS,
    LOCK_ROOM,
    WHY_PIXELS,
    CardPlaces,
    CardWords,
    places,
)
from ptimer.operations.cards import Card, Mood
from ptimer.timing.clock import MINUTE, Instant

_RING_STEPS = 120
"""Steps in which the ring of a plan fills."""

_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAPPED = int(_TOP_LEFT | Qt.TextFlag.TextWordWrap)
_BOTTOM_LEFT = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextDontClip
)


class StopwatchCard(QPushButton):
    """One code: its name, its time, and what a press does.

    Signals:
        pressed_for(code): a person pressed it; the operation's answer changes what it shows.
        earlier_wanted(code): the menu's key, or the right button, on it.
    """

    pressed_for = Signal(str)
    earlier_wanted = Signal(str)

    def __init__(self, look: Look, key: str = "", parent: QWidget | None = None) -> None:
        """Make an empty card; `key` is the key that presses it."""
        super().__init__(parent)
        self.look = look
        self._key = key
        self._card: Card | None = None
        self._time = ""
        self._ring_share = 0.0
        self._placed: tuple[tuple[object, ...], CardPlaces] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._tell)
        look.changed.connect(self.update)

    def show_card(self, card: Card, now: Instant) -> None:
        """Repaint from `card`, if it is another; the card keeps no other truth."""
        time = texts.running_time(card.milliseconds(now))
        if (card, time) == (self._card, self._time):
            return
        self._card, self._time = card, time
        self._ring_share = self._share_at(card, now)
        self.setAccessibleName(self._spoken(card))
        planned = self.tr("{0} min planned").format(card.planned) if card.planned else ""
        unsaved = self.tr("NOT recorded yet") if card.unsaved and card.running_id else ""
        described = (self._why(card), planned, unsaved)
        self.setAccessibleDescription("\n".join(part for part in described if part))
        key = f" ({self._key})" if self._key else ""
        self.setToolTip(plain_tip(f"{card.code} {texts.core(card.label)}{key}"))
        self.update()

    def show_time(self, now: Instant) -> None:
        """Repaint the time, if it runs and is another."""
        card = self._card
        if card is None or card.running_since is None:
            return
        share = self._share_at(card, now)
        if share != self._ring_share:
            self._ring_share = share
            self.update(self.places().ring.toAlignedRect())
        time = texts.running_time(card.milliseconds(now))
        if time != self._time:
            before = self.places().time
            self._time = time
            both = before.united(self.places().time)
            self.update(both.toAlignedRect().adjusted(0, -2, 0, 2))

    @property
    def time_shown(self) -> str:
        """The time as it is painted."""
        return self._time

    @property
    def ring_share(self) -> float:
        """Which share of the planned minutes the ring shows as done; 0 where nothing is."""
        return self._ring_share

    @property
    def why_shown(self) -> str:
        """What is painted about why it may not run now, or nothing."""
        return self._why(self._card) if self._card else ""

    def places(self) -> CardPlaces:
        """Return where its lines stand at its present size."""
        card = self._card
        if card is None:
            return places(self.look, self._inner(), CardWords("", "", ""))
        state = self._state(card) if card.mood is Mood.RUNNING else ""
        locked = card.mood is not Mood.FREE
        label, why, ring = texts.core(card.label), self._why(card), card.planned > 0
        # All digits are equally wide: another second stands where the one before stood.
        key = (label, why, state, locked, ring, len(self._time), self.size().toTuple())
        if self._placed is None or self._placed[0] != key:
            words = CardWords(label, why, self._time, state, locked, ring)
            self._placed = (key, places(self.look, self._inner(), words))
        return self._placed[1]

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which nothing overlaps."""
        return QSize(self.look.px(150), self.look.px(132))

    def sizeHint(self) -> QSize:
        """Return a size for a low window; in a higher one a card takes what there is."""
        return QSize(self.look.px(210), self.look.px(132))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask, while it runs, when it really began."""
        if self._card is not None and self._card.mood is Mood.RUNNING:
            self.earlier_wanted.emit(self._card.code)
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        card = self._card
        if card is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        frame = QRectF(self.rect().adjusted(4, 4, -4, -4))
        ink, soft_ink = self._paint_box(painter, frame, card)
        self._paint_key(painter, frame, soft_ink)
        self._paint_lines(painter, card, ink, soft_ink)
        if self.hasFocus():
            focus_ring(painter, self.look, frame, self.look.px(12))

    def _paint_box(self, painter: QPainter, frame: QRectF, card: Card) -> tuple[QColor, QColor]:
        """Paint the box and return the colours of what stands on it."""
        look = self.look
        radius = look.px(12)
        if card.mood is Mood.RUNNING:
            ink = look.color("accent_ink")
            fill = look.color("accent")
            if card.in_doubt or card.unsaved:
                name = "warn" if card.in_doubt else "bad"
                fill, ink = look.color(f"{name}_soft"), look.color(name)
            rounded(painter, frame, radius, fill)
            return ink, ink
        if card.mood is Mood.FREE:
            fill = look.color("lock_soft") if self.isDown() else look.color("panel")
            rounded(
                painter, frame, radius, fill, look.color("accent" if self.underMouse() else "line")
            )
            return look.color("ink"), look.color("mute")
        rounded(painter, frame, radius, look.color("lock_soft"), look.color("line"))
        return look.color("lock"), look.color("lock")

    def _paint_key(self, painter: QPainter, frame: QRectF, ink: QColor) -> None:
        if not self._key:
            return
        look = self.look
        painter.setFont(look.font(12, REGULAR))
        width = QFontMetrics(painter.font()).horizontalAdvance(self._key) + look.px(13)
        box = QRectF(
            frame.right() - look.px(12) - width, frame.top() + look.px(12), width, look.px(18)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _paint_lines(self, painter: QPainter, card: Card, ink: QColor, soft_ink: QColor) -> None:
        look, inner, at = self.look, self._inner(), self.places()
        painter.setPen(ink)
        painter.setFont(look.font(20, BOLD))
        painter.drawText(inner, _TOP_LEFT, card.code)
        painter.setPen(soft_ink)
        painter.setFont(look.font(LABEL_PIXELS, REGULAR))
        painter.drawText(at.label, _WRAPPED, at.label_shown)
        if at.why_shown:
            self._paint_why(painter, at, soft_ink, locked=card.mood is not Mood.FREE)
        painter.setPen(ink)
        painter.setFont(look.font(at.time_pixels, BOLD, tabular=True))
        painter.drawText(at.time, _BOTTOM_LEFT, self._time)
        if at.state_shown:
            self._paint_state(painter, at, ink)
        if card.planned:
            self._paint_ring(painter, at.ring, card, ink)

    def _paint_why(self, painter: QPainter, at: CardPlaces, ink: QColor, *, locked: bool) -> None:
        if locked:
            lock = self.look.icon("lock", ink, 12, self.devicePixelRatioF())
            left = at.why.left() - self.look.px(LOCK_ROOM)
            painter.drawPixmap(QPoint(round(left), round(at.why.top()) + self.look.px(2)), lock)
        painter.setFont(self.look.font(WHY_PIXELS, REGULAR))
        painter.drawText(at.why, _WRAPPED, at.why_shown)

    def _paint_state(self, painter: QPainter, at: CardPlaces, ink: QColor) -> None:
        size = self.look.px(9)
        top = round(at.state.center().y() - size / 2)
        dot = self.look.icon("dot", ink, 9, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(round(at.state.left()), top), dot)
        painter.setFont(self.look.font(12, BOLD))
        words = at.state.adjusted(size + self.look.px(6), 0, 0, 0)
        painter.drawText(words, LEFT_MIDDLE, at.state_shown)

    def _paint_ring(self, painter: QPainter, area: QRectF, card: Card, ink: QColor) -> None:
        """Paint how much of the planned minutes is done, round their number."""
        width = self.look.px(3)
        ring = area.adjusted(width, width, -width, -width)
        faint = QColor(ink)
        faint.setAlphaF(0.3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(faint, width))
        painter.drawEllipse(ring)
        done = ink if card.mood is Mood.RUNNING else self.look.color("accent")
        painter.setPen(QPen(done, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        # From twelve o'clock, clockwise, in sixteenths of a degree.
        painter.drawArc(ring, 90 * 16, -round(self._ring_share * 360 * 16))
        painter.setPen(ink)
        painter.setFont(self.look.font(12, BOLD, tabular=True))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(card.planned))

    @staticmethod
    def _share_at(card: Card, now: Instant) -> float:
        """Return which share of the plan is done, in steps that can be seen."""
        if not card.planned:
            return 0.0
        done = card.milliseconds(now) * _RING_STEPS // (card.planned * MINUTE)
        return min(done, _RING_STEPS) / _RING_STEPS

    def _inner(self) -> QRectF:
        """Return the room inside the frame."""
        side, top, bottom = self.look.px(14), self.look.px(11), self.look.px(12)
        return QRectF(self.rect().adjusted(4, 4, -4, -4)).adjusted(side, top, -side, -bottom)

    def _state(self, card: Card) -> str:
        if card.in_doubt:
            return self.tr("in doubt")
        if card.unsaved:
            return self.tr("NOT recorded yet")
        if card.who:
            return self.tr("running with {0}").format(card.who)
        return self.tr("running")

    def _why(self, card: Card) -> str:
        parts = [texts.words(part) for part in (card.reason, card.hint) if part is not None]
        return "\n".join(parts)

    def _spoken(self, card: Card) -> str:
        if card.in_doubt:
            return self.tr("Answer whether {0} {1} went on").format(
                card.code, texts.core(card.label)
            )
        verb = {
            Mood.RUNNING: self.tr("Stop {0} {1}"),
            Mood.SWITCHES: self.tr("Switch to {0} {1}"),
        }.get(card.mood, self.tr("Start {0} {1}"))
        return verb.format(card.code, texts.core(card.label))

    def _tell(self) -> None:
        # A locked card asks, too: the operation answers with the rule, or switches.
        if self._card is not None:
            self.pressed_for.emit(self._card.code)
