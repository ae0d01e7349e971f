"""What does each visit's row say, where a group is chosen?"""

from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class GroupRow:
    """What a row shows; one that is not `open` can't be ticked, and `state` says why."""

    visit_id: str
    patient: str
    about: str
    timed: str
    state: str
    open: bool
    ticked: bool

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        return ", ".join((self.patient, self.about, self.timed, self.state))


class GroupModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[GroupRow] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row says to the eye or to the ear."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.patient
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(row.spoken)}</p>"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a row can be ticked; every row can be reached and read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.rows[index.row()].open:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def show_rows(self, rows: list[GroupRow]) -> None:
        """Show other rows; where only what they say is different, only those are painted."""
        if [row.visit_id for row in rows] != [row.visit_id for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self.rows[number]:
                self.rows[number] = row
                index = self.index(number)
                self.dataChanged.emit(index, index)
