"""Where does each word of a line stand that is bold, struck out or faint in places?"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from ptimer.gui.look import BOLD, REGULAR, Look

_PIXELS = 13


@dataclass(frozen=True)
class Run:
    """Words of one kind; `color` is a name of the theme."""

    text: str
    color: str = "ink"
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True)
class PlacedWord:
    """A word, and where its base line begins."""

    text: str
    at: QPointF
    run: Run


def line_height(look: Look) -> float:
    """Return how high a line is."""
    return look.px(_PIXELS * 1.4)


def place(look: Look, runs: Iterable[Run], width: float) -> tuple[tuple[PlacedWord, ...], float]:
    """Return where the words stand in lines of a width, and how high all lines are."""
    placed: list[PlacedWord] = []
    height = line_height(look)
    x, y = 0.0, height * 0.75
    for run in runs:
        metrics = QFontMetricsF(_font(look, run))
        space = metrics.horizontalAdvance(" ")
        for word in run.text.split():
            for piece in _pieces(word, metrics, width):
                advance = metrics.horizontalAdvance(piece)
                if x > 0 and x + advance > width:
                    x, y = 0.0, y + height
                placed.append(PlacedWord(piece, QPointF(x, y), run))
                x += advance + space
    return tuple(placed), y - height * 0.75 + height


def paint(painter: QPainter, look: Look, words: Iterable[PlacedWord], corner: QPointF) -> None:
    """Paint placed words."""
    for word in words:
        painter.setFont(_font(look, word.run))
        painter.setPen(look.color(word.run.color))
        painter.drawText(corner + word.at, word.text)


def _pieces(word: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """Cut a word that is wider than a line."""
    pieces = []
    while len(word) > 1 and metrics.horizontalAdvance(word) > width:
        most = len(word) - 1
        while most > 1 and metrics.horizontalAdvance(word[:most]) > width:
            most -= 1
        pieces.append(word[:most])
        word = word[most:]
    return [*pieces, word]


def _font(look: Look, run: Run) -> QFont:
    font = QFont(look.font(_PIXELS, BOLD if run.bold else REGULAR, tabular=True))
    font.setStrikeOut(run.struck)
    return font
