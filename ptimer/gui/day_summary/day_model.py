"""The rows of a day that can be folded: a visit's own row, and below it those of its codes."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.day_summary.day_rows import CodeRow, VisitRows

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class DayRow:
    """A row that is seen: of a code, or of the visit itself where `code` is None."""

    visit: VisitRows
    code: CodeRow | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is the row of, whatever it says."""
        return self.visit.visit_id, self.code.code if self.code else ""

    @property
    def tip(self) -> str:
        """All of what may be cut short in the row."""
        if self.code is None:
            about = f"{self.visit.payer} · {self.visit.about}"
            return "\n".join((self.visit.patient, about, self.visit.status.text))
        return "\n".join((*self.code.times, *(self.code.more or (self.code.remark.text,))))


class DayModel(QAbstractListModel):
    """Signed visits are folded, others are open, until a person wants it otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[DayRow] = []
        self._visits: tuple[VisitRows, ...] = ()
        self._wanted: dict[str, bool] = {}
        """Whether a person folded a visit, by its id."""

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row says to the eye or to the ear."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.code.code if row.code else row.visit.patient
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.tip)
        return None

    def show_visits(self, visits: tuple[VisitRows, ...]) -> None:
        """Show other visits; where only what rows say is different, only those are painted."""
        self._visits = visits
        rows = [row for visit in visits for row in self._rows(visit)]
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self.rows[number]:
                self.rows[number] = row
                self.dataChanged.emit(self.index(number), self.index(number))

    def folded(self, visit: VisitRows) -> bool:
        """Return whether a visit's codes are hidden."""
        return self._wanted.get(visit.visit_id, visit.signed)

    def fold(self, visit: VisitRows, folded: bool) -> None:
        """Hide or show a visit's codes."""
        if folded == self.folded(visit):
            return
        self._wanted[visit.visit_id] = folded
        place = next(n for n, row in enumerate(self.rows) if row.visit.visit_id == visit.visit_id)
        codes = [DayRow(visit, code) for code in visit.codes]
        if folded and codes:
            self.beginRemoveRows(QModelIndex(), place + 1, place + len(codes))
            del self.rows[place + 1 : place + 1 + len(codes)]
            self.endRemoveRows()
        elif codes:
            self.beginInsertRows(QModelIndex(), place + 1, place + len(codes))
            self.rows[place + 1 : place + 1] = codes
            self.endInsertRows()
        self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, key: tuple[str, str]) -> int | None:
        """Return where the row of a visit and code is; the visit's own, where it is folded."""
        places = {row.key: number for number, row in enumerate(self.rows)}
        return places.get(key, places.get((key[0], "")))

    def _rows(self, visit: VisitRows) -> list[DayRow]:
        codes = () if self.folded(visit) else visit.codes
        return [DayRow(visit), *(DayRow(visit, code) for code in codes)]

    def _spoken(self, row: DayRow) -> str:
        if row.code is not None:
            return row.code.spoken
        state = self.tr("folded") if self.folded(row.visit) else self.tr("open")
        return f"{row.visit.spoken}, {state}"
