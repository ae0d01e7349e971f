"""Where does each line of a stopwatch card stand, so that at no size one covers another?"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from ptimer.gui.look import BOLD, REGULAR, Look

LABEL_PIXELS, WHY_PIXELS, TIME_PIXELS = 13, 12, 26
RING = 36
LOCK_ROOM = 17
"""Pixels that the lock takes before the words that say why a card may not run."""

_SIZES = (60, 44, 36, 28, 24)
"""Pixels of a running time, the largest first."""

_READABLE = 36
"""Pixels of a running time that can still be read from two metres."""

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class CardWords:
    """What stands on a card besides its code; `state` is empty while it does not run."""

    label: str
    why: str
    time: str
    state: str = ""
    locked: bool = False
    ring: bool = False
    """Whether a ring shows how much of its planned minutes is done."""


@dataclass(frozen=True)
class CardPlaces:
    """The boxes of its lines, the words that fit into them, and how large the time is."""

    label: QRectF
    why: QRectF
    time: QRectF
    state: QRectF
    label_shown: str
    why_shown: str
    state_shown: str
    time_pixels: float
    ring: QRectF

    @property
    def boxes(self) -> tuple[QRectF, ...]:
        """The boxes of what is painted, from top to bottom."""
        every = (self.label, self.why, self.time, self.state, self.ring)
        return tuple(box for box in every if not box.isEmpty())


def places(look: Look, inner: QRectF, words: CardWords) -> CardPlaces:
    """Return where the lines of a card stand in the room inside its frame."""
    ring = QRectF()
    below = inner
    if words.ring:
        wide = look.px(RING)
        ring = QRectF(inner.right() - wide, inner.bottom() - wide, wide, wide)
        below = inner.adjusted(0, 0, -wide - look.px(4), 0)
    state, state_shown = _state(look, below, words)
    bottom = state.top() - look.px(3) if words.state else inner.bottom()
    label, label_shown = _label(look, inner, words, bottom)
    size = _size(look, below.width(), bottom - label.bottom(), words)
    height = _digits(look, size)
    time = QRectF(inner.left(), bottom - height, below.width(), height)
    above = min(time.top(), ring.top()) if words.ring else time.top()
    why, why_shown = _why(look, inner, words, label.bottom() + look.px(4), above)
    return CardPlaces(label, why, time, state, label_shown, why_shown, state_shown, size, ring)


def _state(look: Look, inner: QRectF, words: CardWords) -> tuple[QRectF, str]:
    if not words.state:
        return QRectF(), ""
    height = look.px(17)
    box = QRectF(inner.left(), inner.bottom() - height, inner.width(), height)
    metrics = QFontMetricsF(look.font(12, BOLD))
    return box, _one_line(metrics, words.state, inner.width() - look.px(15))


def _label(look: Look, inner: QRectF, words: CardWords, bottom: float) -> tuple[QRectF, str]:
    """Give the label two lines where what stands below has room enough all the same."""
    metrics = QFontMetricsF(look.font(LABEL_PIXELS, REGULAR))
    top = inner.top() + look.px(25)
    below = _digits(look, _READABLE) if words.state else _digits(look, TIME_PIXELS)
    if words.why and not words.state:
        # Why it may not run is told before the second line of a name that is known.
        below += look.px(4) + 2 * QFontMetricsF(look.font(WHY_PIXELS, REGULAR)).lineSpacing()
    room = QRectF(inner.left(), top, inner.width(), max(bottom - below - top, 0))
    wanted = metrics.boundingRect(room, _WRAPPED, words.label)
    most = max(metrics.lineSpacing(), min(2 * metrics.lineSpacing(), room.height()))
    if wanted.height() <= most + 0.5 and wanted.width() <= inner.width():
        return QRectF(inner.left(), top, inner.width(), wanted.height()), words.label
    line = QRectF(inner.left(), top, inner.width(), metrics.lineSpacing())
    return line, _one_line(metrics, words.label, inner.width())


def _why(
    look: Look, inner: QRectF, words: CardWords, top: float, bottom: float
) -> tuple[QRectF, str]:
    """Say all of why where there is room for it, else its first sentence, else part of that."""
    if not words.why or words.state:
        return QRectF(), ""
    metrics = QFontMetricsF(look.font(WHY_PIXELS, REGULAR))
    left = inner.left() + (look.px(LOCK_ROOM) if words.locked else 0)
    room = QRectF(left, top, inner.right() - left, max(bottom - top, 0))
    first = words.why.partition("\n")[0]
    for said in (words.why, first):
        wanted = metrics.boundingRect(room, _WRAPPED, said)
        if wanted.height() <= room.height() and wanted.width() <= room.width():
            return QRectF(left, top, room.width(), wanted.height()), said
    line = QRectF(left, top, room.width(), metrics.lineSpacing())
    return line, _one_line(metrics, first, room.width())


def _size(look: Look, width: float, height: float, words: CardWords) -> float:
    """Return the size of the time: as large as the card allows while it runs."""
    if not words.state:
        return TIME_PIXELS
    for pixels in _SIZES:
        metrics = QFontMetricsF(look.font(pixels, BOLD, tabular=True))
        fits = metrics.horizontalAdvance(words.time) <= width
        if fits and _digits(look, pixels) <= height:
            return pixels
    return _SIZES[-1]


def _digits(look: Look, pixels: float) -> float:
    """Return how high digits stand, with the little room below them."""
    metrics = QFontMetricsF(look.font(pixels, BOLD, tabular=True))
    return metrics.capHeight() + metrics.descent()


def _one_line(metrics: QFontMetricsF, text: str, width: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
