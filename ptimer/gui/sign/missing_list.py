"""The column of what is missing before a signature, each a press away from where it is settled."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.check_lines import CheckLines
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.press_row import PressRow
from ptimer.gui.look import Look
from ptimer.gui.sign.chart_column import ChartColumn
from ptimer.gui.texts import Label, heading, words
from ptimer.operations.sign_list import Remark, SignList
from ptimer.operations.sign_missing import Missing, signature_of


class _Rows(QVBoxLayout):
    """Rows that are made when they are first needed, and hidden when they are not."""

    def __init__(self, look: Look, *, must: bool, pressed: Callable[[int], None]) -> None:
        super().__init__()
        self.rows: list[PressRow] = []
        self._look = look
        self._must = must
        self._pressed = pressed
        self.setSpacing(look.px(3))

    def show_words(self, texts: list[tuple[str, str]]) -> None:
        while len(self.rows) < len(texts):
            self._add(len(self.rows))
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(texts))
            if place < len(texts):
                row.show_words(*texts[place])

    def _add(self, place: int) -> None:
        row = PressRow(self._look, must=self._must)
        row.clicked.connect(lambda: self._pressed(place))
        self.rows.append(row)
        self.addWidget(row)


class MissingList(QWidget):
    """What is missing, what should be looked at, and what is in order.

    Signals:
        missing_wanted(Missing): a person goes to where it is settled.
        remark_wanted(Remark): a person goes to where it can be changed.
    """

    missing_wanted = Signal(object)
    remark_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.look = look
        self.missing: tuple[Missing, ...] = ()
        self.remarks: tuple[Remark, ...] = ()
        self.title = heading(look, "")
        self.signed = Label(look, pixels=13, color="mute", wrap=True)
        self.remarks_title = heading(look, self.tr("Worth a look, may stay"))
        self.order_title = heading(look, self.tr("In order"))
        self.in_order = CheckLines(look, self.tr("In order"))
        self.chart = ChartColumn(look)
        self._missing = _Rows(look, must=True, pressed=self._want_missing)
        self._remarks = _Rows(look, must=False, pressed=self._want_remark)
        self._arrange()

    @property
    def rows(self) -> list[PressRow]:
        """The rows of what is missing, as they are seen."""
        return [row for row in self._missing.rows if not row.isHidden()]

    @property
    def remark_rows(self) -> list[PressRow]:
        """The rows of what should be looked at, as they are seen."""
        return [row for row in self._remarks.rows if not row.isHidden()]

    def show_list(self, what: SignList, *, signed: bool) -> None:
        """Show what stands between a visit and its signature."""
        self.missing = () if signed else (*what.missing, signature_of(what.missing))
        self.remarks = what.remarks
        missing = self.tr("Missing · {0}").format(len(self.missing))
        self.title.say((self.tr("Signed") if signed else missing).upper())
        self.signed.setVisible(signed)
        self._missing.show_words([(words(m.title), words(m.detail)) for m in self.missing])
        self._remarks.show_words([(words(remark.text), "") for remark in self.remarks])
        self.remarks_title.setVisible(bool(self.remarks))
        self.in_order.show_lines(tuple(words(line) for line in what.in_order))
        for widget in (self.order_title, self.in_order):
            widget.setVisible(bool(what.in_order))

    def _want_missing(self, place: int) -> None:
        self.missing_wanted.emit(self.missing[place])

    def _want_remark(self, place: int) -> None:
        self.remark_wanted.emit(self.remarks[place])

    def _arrange(self) -> None:
        look = self.look
        self.signed.say(
            self.tr(
                "This visit is closed. Amend it, with a reason, to change it: what was signed "
                "stays in the audit log."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(14), look.px(8), look.px(12))
        for widget in (self.title, self.signed, self.remarks_title, self.order_title):
            # As far in as the frames of the rows, which leave room for a focus ring.
            widget.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        column.setSpacing(look.px(6))
        column.addWidget(self.title)
        column.addLayout(self._missing)
        column.addWidget(self.signed)
        column.addSpacing(look.px(10))
        column.addWidget(self.remarks_title)
        column.addLayout(self._remarks)
        column.addSpacing(look.px(10))
        column.addWidget(self.order_title)
        column.addWidget(self.in_order)
        column.addWidget(self.chart)
        column.addStretch()
