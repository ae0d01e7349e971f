"""Which words of a window are put through the translator, and which are not?

`Bracketed` is a language: it puts each word of a text in brackets, and leaves what is put into the
text without. So every word without brackets is data, or was never translated.
"""

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from string import Formatter

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QRect,
    QRectF,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

_WORD = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"⟦[^⟧]*(⟧|…|$)")
_MARKUP = re.compile(r"<[^>]*>")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


class Bracketed(QTranslator):
    """A language in which each word stands in brackets."""

    def isEmpty(self):  # noqa: N802  (Qt's own)
        return False

    def translate(self, context, source, disambiguation=None, n=-1):
        if context == "QShortcut":  # names of keys are Qt's own
            return source
        return bracketed(source)


def bracketed(text):
    """Return a text with its words in brackets, and with its fields as they are."""
    parts = []
    for literal, name, form, conversion in Formatter().parse(text):
        parts.append(_words(literal.replace("{", "{{").replace("}", "}}")))
        if name is None:
            continue
        kind, colon, words = (form or "").partition(":")
        form = f":{kind}:{_words(words)}" if colon else f":{form}" if form else ""
        parts.append(f"{{{name}{f'!{conversion}' if conversion else ''}{form}}}")
    return "".join(parts)


def _words(text):
    return _WORD.sub(lambda word: f"⟦{word[0]}⟧", text)


def untranslated(text, data):
    """Return the words of a text that are in no brackets, and are no data either."""
    plain = html.unescape(_MARKUP.sub(" ", text)) if text.startswith("<p") else text
    return _WORD.findall(data.sub(" ", _BRACKETED.sub(" ", plain)))


@contextmanager
def spoken_in_brackets():
    """Speak that language for a while."""
    language = Bracketed()
    QCoreApplication.installTranslator(language)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(language)


@dataclass(frozen=True)
class Painted:
    """A text that was painted, and where; the box is in the painted widget's own measure."""

    text: str
    widget: tuple[float, float]
    """Where the widget stands in its window."""
    box: QRectF


@contextmanager
def painting_noted(monkeypatch):
    """Note every text that is painted."""
    painted = []
    draw_text = QPainter.drawText

    def noting(painter, *arguments):
        text = next(each for each in arguments if isinstance(each, str))
        moved = painter.deviceTransform()
        painted.append(Painted(text, (moved.dx(), moved.dy()), _box(painter, arguments)))
        return draw_text(painter, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", noting)
        yield painted


def _box(painter, arguments):
    """Return what a text takes in its place; empty where it is given by its baseline alone.

    Fonts leave room above their letters, which may be another text's.
    """
    if not isinstance(arguments[0], QRect | QRectF):
        return QRectF()
    metrics = painter.fontMetrics()
    above = metrics.ascent() - metrics.capHeight()
    return QRectF(painter.boundingRect(*arguments)).adjusted(0, above, 0, 0)


def painted_over(painted):
    """Return the texts that lie over each other in one widget."""
    found = set()
    by_widget = {}
    for each in painted:
        by_widget.setdefault(each.widget, {}).setdefault(each.text, each.box)
    for texts in by_widget.values():
        for (one, box), (other, its_box) in combinations(texts.items(), 2):
            shared = box.intersected(its_box)
            if shared.width() > 1 and shared.height() > min(box.height(), its_box.height()) / 2:
                found.add((one, other))
    return found


def texts_of(window):
    """Yield every text that a window shows or speaks, each with where it stands."""
    for widget in (window, *window.findChildren(QWidget)):
        for text in _texts(widget):
            if text:
                yield type(widget).__name__, text


def _texts(widget):
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and isinstance(widget.model(), QAbstractItemModel):
        yield from _cells(widget.model())


def _cells(model):
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            for role in _ROLES:
                told = model.data(model.index(row, column), role)
                if isinstance(told, str):
                    yield told
