"""The visits that were found, as many as were read so far."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.history.history_rows import HistoryRow

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Rows that grow while a person goes down them.

    Signals:
        more_wanted(): the next visits are to be read.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[HistoryRow] = []
        self.has_more = False

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
            return plain_tip(row.tip)
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  (Qt's own)
        """Return whether more were found than are shown."""
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802  (Qt's own)
        """Ask for them."""
        if not parent.isValid():
            self.more_wanted.emit()

    def show_rows(self, rows: list[HistoryRow], *, more: bool) -> None:
        """Show others; where only what rows say is different, only those are painted."""
        self.has_more = more
        if [row.visit_id for row in rows] != [row.visit_id for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        for place, row in enumerate(rows):
            if row != self.rows[place]:
                self.rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))

    def add_rows(self, rows: list[HistoryRow], *, more: bool) -> None:
        """Show the next ones below."""
        self.has_more = more
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()
