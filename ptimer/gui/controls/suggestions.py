"""What a field offers while a person types: codes by number or word, names, patient ids."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

_VALUE = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 12


class Suggestions(QCompleter):
    """Finds words anywhere in what it knows; the field is given the value behind them."""

    def __init__(self, field: QLineEdit) -> None:
        """Belong to a field; know nothing yet."""
        super().__init__(field)
        self._known = QStandardItemModel(self)
        self.setModel(self._known)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_MOST_SHOWN)
        field.setCompleter(self)

    def know(self, suggestions: Iterable[tuple[str, str]]) -> None:
        """Know values and the words for each."""
        self._known.clear()
        for value, words in suggestions:
            item = QStandardItem(words)
            item.setData(value, _VALUE)
            self._known.appendRow(item)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return what the field is given."""
        value: Any = index.data(_VALUE)
        return str(value)
