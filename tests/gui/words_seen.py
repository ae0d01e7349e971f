"""Which words of a window are put through the translator, and which are not?

`Bracketed` is a language: it puts each word of a text in brackets, and leaves what is put into the
text without. So every word without brackets is data, or was never translated.
"""

import html
import re
from contextlib import contextmanager
from string import Formatter

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QPainter, QTextLayout
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


@contextmanager
def painted_words(monkeypatch):
    """Note every text that is painted."""
    painted = []

    def noting(method):
        def draw(*arguments):
            painted.extend(each for each in arguments if isinstance(each, str))
            return method(*arguments)

        return draw

    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", noting(QPainter.drawText))
        patch.setattr(QTextLayout, "setText", noting(QTextLayout.setText))
        yield painted


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
