"""How are minutes, units, times and the core's sentences written on a screen?"""

from datetime import date, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, QTime
from PySide6.QtWidgets import QLabel, QWidget

from ptimer.gui.look import REGULAR, Look
from ptimer.timing.clock import HOUR, MINUTE, SECOND, Instant
from ptimer.timing.service_date import local
from ptimer.wording import Sentence


def words(sentence: Sentence) -> str:
    """Return a sentence of the core in the person's language."""
    return sentence.in_words(core, written_date)


def written_date(day: date) -> str:
    """Return a date as sentences hold it: `23 Nov 2026`."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def core(template: str) -> str:
    """Return words of the core that stand in a list there, in the person's language."""
    return QCoreApplication.translate("core", template)


def running_time(milliseconds: int) -> str:
    """Return `m:ss`, past an hour `h:mm:ss`."""
    hours, rest = divmod(milliseconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds = rest // SECOND
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes}:{seconds:02d}"


def short(text: str, most: int) -> str:
    """Return a text that is cut to so many characters, marked where it is."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def units(timed: int, untimed: int) -> str:
    """Return units as screens show them: `3`, or `3 + 1` where untimed ones are there, too."""
    return f"{timed} + {untimed}" if untimed else str(timed)


def unit_word(timed: int, untimed: int) -> str:
    """Return units with their word: `1 unit`, `3 + 1 units`."""
    text = units(timed, untimed)
    if (timed, untimed) == (1, 0):
        return QCoreApplication.translate("units", "{0} unit").format(text)
    return QCoreApplication.translate("units", "{0} units").format(text)


class Times:
    """Writes times as the system does, in the clinic's zone."""

    def __init__(self, zone: tzinfo | None, locale: QLocale | None = None) -> None:
        """Take the zone, and the way of writing (default: the system's)."""
        self._zone = zone
        self._locale = locale or QLocale()

    def time(self, instant: Instant, *, seconds: bool = False) -> str:
        """Return the time of day."""
        style = self._locale.timeFormat(QLocale.FormatType.ShortFormat)
        if seconds and "ss" not in style:
            style = style.replace("mm", "mm:ss")
        moment = local(instant, self._zone)
        return self._locale.toString(QTime(moment.hour, moment.minute, moment.second), style)

    def date(self, instant: Instant) -> str:
        """Return the date with its weekday: `Mon 23 Nov 2026`."""
        moment = local(instant, self._zone)
        day = QDate(moment.year, moment.month, moment.day)
        return self._locale.toString(day, "ddd d MMM yyyy")

    def clock(self, instant: Instant) -> str:
        """Return the time of day as it is typed: `HH:MM:SS`, the same everywhere."""
        return f"{local(instant, self._zone):%H:%M:%S}"


def long_date(day: QDate) -> str:
    """Return a date with its weekday, all words written out."""
    return QLocale().toString(day, "dddd d MMMM yyyy")


class Label(QLabel):
    """Plain text: what a person typed is never taken for markup."""

    def __init__(  # noqa: PLR0913  (a label's looks, all with defaults)
        self,
        look: Look,
        text: str = "",
        *,
        pixels: float = 14,
        weight: int = REGULAR,
        color: str = "ink",
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a label in a size, weight and colour of the theme; a time in tabular figures."""
        super().__init__(text, parent)
        self.look = look
        self._color = color
        self._pixels = pixels
        self._weight = weight
        self._tabular = tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._dress()
        look.changed.connect(self._dress)

    def say(self, text: str) -> None:
        """Show other words; the same words cost no paint."""
        if text != self.text():
            self.setText(text)

    def set_color(self, color: str) -> None:
        """Show the words in another colour."""
        if color != self._color:
            self._color = color
            self._dress()

    def _dress(self) -> None:
        self.setFont(self.look.font(self._pixels, self._weight, tabular=self._tabular))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), self.look.color(self._color))
        self.setPalette(palette)


def heading(look: Look, text: str, parent: QWidget | None = None) -> Label:
    """Return the small capitals above a group of things."""
    return Label(look, text.upper(), pixels=12, weight=600, color="mute", parent=parent)
