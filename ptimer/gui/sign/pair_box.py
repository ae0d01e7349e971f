"""Attest that an NCCI pair's minutes were apart, or that a treatment is necessary (KX)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.billing.attestation import MODIFIERS, REMOVED, Pair, Standing, modifier_words
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times, words
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView


class PairBox(Box):
    """One pair: what the table says, the times that prove it, and the clinician's word.

    Signals:
        said(modifier): a person attests it; empty: no modifier.
    """

    said = Signal(str)

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(look, parent)
        self._times = times
        self.title = Label(look, weight=BOLD, pixels=13, wrap=True)
        self.text = Label(look, pixels=12, wrap=True)
        self.proof = Label(look, pixels=12, color="mute", wrap=True, tabular=True)
        self.presses = {
            modifier: Button(look, modifier, kind="small", key="") for modifier in MODIFIERS
        }
        self.none = Button(look, self.tr("No modifier"), kind="small")
        for modifier, button in self.presses.items():
            button.clicked.connect(lambda _=False, m=modifier: self.said.emit(m))
        self.none.clicked.connect(lambda: self.said.emit(REMOVED))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(4))
        column.setSpacing(look.px(4))
        for widget in (self.title, self.text, self.proof):
            column.addWidget(widget)
        row = FlowLayout()
        for button in (*self.presses.values(), self.none):
            row.addWidget(button)
        column.addLayout(row)

    def show_pair(self, pair: Pair, view: VisitView) -> None:
        """Show a pair of a visit; a signed visit is only looked at."""
        edit = pair.edit
        self.title.say(
            self.tr("{0} and {1}: apart?").format(edit.column1, edit.column2)
            if pair.standing is Standing.OPEN
            else self.tr("{0} and {1}").format(edit.column1, edit.column2)
        )
        self.text.say(f"{words(pair.told())}.")
        self.proof.say(
            "\n".join(
                f"{code}  {', '.join(self._told(s) for s in view.record.of_code(code))}"
                for code in (edit.column1, edit.column2)
            )
        )
        may = not view.visit.signed and pair.standing not in (Standing.NEVER, Standing.SHARED)
        for modifier, button in self.presses.items():
            button.setVisible(may)
            button.set_kind("primary" if pair.modifier == modifier else "small")
            button.setAccessibleName(
                self.tr("{0} on {1}: {2}").format(
                    modifier, edit.column2, words(modifier_words(modifier))
                )
            )
            button.setToolTip(words(modifier_words(modifier)))
        self.none.setVisible(may and pair.standing is not Standing.REMOVED)
        self.none.setAccessibleName(self.tr("No modifier on {0}").format(edit.column2))

    def _told(self, segment: Segment) -> str:
        end = self.tr("now") if segment.ended_at is None else self._times.time(segment.ended_at)
        return f"{self._times.time(segment.started_at)}–{end}"  # noqa: RUF001  (a range)


class Attestations(QWidget):
    """A box for each pair of the visit, and one for the year's threshold.

    Signals:
        pair_said(column1, column2, modifier): a person attests a pair, or wants no modifier.
        elsewhere_typed(text): what all other providers were allowed this year.
        necessity_said(bool): a person attests that the treatment is necessary, or takes it back.
    """

    pair_said = Signal(str, str, str)
    necessity_said = Signal(bool)
    elsewhere_typed = Signal(str)

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.boxes: list[PairBox] = []
        self._pairs: tuple[Pair, ...] = ()
        self.year = Label(look, pixels=12, wrap=True)
        self.elsewhere = Field(
            look, self.tr("Allowed elsewhere this year"), hint=self.tr("elsewhere, such as 850")
        )
        self.elsewhere.returnPressed.connect(self._type_elsewhere)
        self.elsewhere.editingFinished.connect(self._type_elsewhere)
        self.necessary = Button(look, "", kind="small")
        self.necessary.clicked.connect(self._say_necessity)
        self._attested = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(8))
        self._column.addWidget(self.year)
        self._column.addWidget(self.elsewhere)
        self._column.addWidget(self.necessary)
        self.hide()

    def show_view(self, view: VisitView) -> None:
        """Show what there is to attest of a visit; most often nothing."""
        self._pairs = view.pairs
        while len(self.boxes) < len(view.pairs):
            self._add(len(self.boxes))
        for place, box in enumerate(self.boxes):
            if place < len(view.pairs):
                box.show_pair(view.pairs[place], view)
            elif not box.isHidden():
                leave_to_window(box)
            box.setVisible(place < len(view.pairs))
        self._show_year(view)
        self.setVisible(bool(view.pairs) or not self.year.isHidden())

    def lead_to(self, code: str = "") -> bool:
        """Put the keyboard on what is to be attested; return whether there is anything."""
        for pair, box in zip(self._pairs, self.boxes, strict=False):
            if code in ("", pair.edit.column2) and not box.none.isHidden():
                first = next(iter(box.presses.values()))
                first.setFocus()
                return True
        if not self.necessary.isHidden():
            self.necessary.setFocus()
            return True
        return False

    def _show_year(self, view: VisitView) -> None:
        said = view.record.necessity
        self._attested = said is not None and said.attested
        year = view.year_sum
        urgent = year is not None and bool(str(year.to_do()))
        shown = self._attested or year is not None
        told = [words(year.told())] if year is not None else []
        if said is not None and self._attested:
            told.insert(0, self.tr("{0} attests that it is necessary: KX").format(said.by))
        self.year.say("\n".join(told))
        self.year.setVisible(shown)
        self.necessary.set_words(
            self.tr("Take KX back") if self._attested else self.tr("Attest: necessary (KX)")
        )
        may = not view.visit.signed
        self.necessary.setVisible(may and (self._attested or urgent))
        self.elsewhere.setVisible(may and year is not None)
        if year is not None and not self.elsewhere.isModified():
            known = "" if year.elsewhere is None else f"{year.elsewhere / 100:.2f}"
            self.elsewhere.setText(known)

    def _type_elsewhere(self) -> None:
        if self.elsewhere.isModified() and self.elsewhere.text().strip():
            self.elsewhere.setModified(False)
            self.elsewhere_typed.emit(self.elsewhere.text())

    def _say_necessity(self) -> None:
        self.necessity_said.emit(not self._attested)

    def _add(self, place: int) -> None:
        box = PairBox(self.look, self._times, self)
        box.said.connect(lambda modifier: self._say(place, modifier))
        self.boxes.append(box)
        self._column.insertWidget(place, box)

    def _say(self, place: int, modifier: str) -> None:
        edit = self._pairs[place].edit
        self.pair_said.emit(edit.column1, edit.column2, modifier)
