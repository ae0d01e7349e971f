"""The column beside the lines of an export: what they come to, and how the file is written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Choice
from ptimer.gui.controls.segments import Segments
from ptimer.gui.controls.tiles import Tile, Tiles
from ptimer.gui.day_summary.to_fix import Fix
from ptimer.gui.day_summary.to_fix_list import ToFixList
from ptimer.gui.export.export_preview import Preview
from ptimer.gui.export.layout_form import LayoutForm
from ptimer.gui.export.made_before import MadeBefore
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.operations.export_files import BILLER, DELIMITERS, SEGMENTS
from ptimer.reports.biller_layout import STANDARD, BillerLayout

_MOST_OF_A_NAME = 20


class ExportSide(QWidget):
    """Totals, choices, what is to be looked at, and the files that were made before.

    While a biller's layout is typed its form stands alone.

    Signals:
        changed(): a person wants other lines.
        form_changed(): a person wants them written in another way.
        mapping_changed(): a person wants them as another biller does.
        layout_opened(): a biller's layout is about to be typed.
    """

    changed = Signal()
    form_changed = Signal()
    mapping_changed = Signal()
    layout_opened = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make the column."""
        super().__init__(parent)
        self.totals = Tiles(look, self.tr("What the file comes to"))
        self.remark = Label(look, pixels=13, color="mute", wrap=True)
        layouts = ((BILLER, self.tr("For the biller")), (SEGMENTS, self.tr("Segments")))
        self.layout_choice = Segments(look, self.tr("What goes out"), layouts)
        self.unsigned = CheckBox(look, self.tr("Take unsigned visits along, flagged"))
        self.only_changes = CheckBox(look, self.tr("Leave out what went out before"))
        self.bom = CheckBox(look, self.tr("Byte-order mark, for Excel"))
        self.delimiter = Choice(look, self.tr("Between the cells"))
        self.between = Label(look, self.tr("Between the cells"), pixels=13, color="mute")
        self.written_for = Choice(look, self.tr("Columns of the file"))
        self.edit_layout = Button(look, "", kind="small")
        self.look_title = heading(look, "")
        self.look_first = ToFixList(look)
        self.held_title = heading(look, "")
        self.held = ToFixList(look)
        self.made = MadeBefore(look, times)
        self.layout_form = LayoutForm(look)
        self.layout_form.hide()
        self._layouts: tuple[BillerLayout, ...] = ()
        self._rest = QWidget()
        self._arrange(look)
        self.show_layouts((), "")
        self.layout_choice.chosen.connect(self.changed)
        self.unsigned.clicked.connect(self.changed)
        self.only_changes.clicked.connect(self.changed)
        self.bom.clicked.connect(self.form_changed)
        self.delimiter.activated.connect(self.form_changed)
        self.written_for.activated.connect(self._choose_mapping)
        self.layout_choice.chosen.connect(self._show_mapping)
        self.edit_layout.clicked.connect(self.open_layout)

    @property
    def mapping(self) -> BillerLayout | None:
        """The biller's own layout that is chosen; None: the standard one."""
        chosen = self.written_for.currentData()
        return next((each for each in self._layouts if each.name == chosen), None)

    def show_layouts(self, layouts: Sequence[BillerLayout], chosen: str) -> None:
        """Offer these layouts, one of them chosen by its name."""
        if tuple(layouts) != self._layouts or not self.written_for.count():
            self._layouts = tuple(layouts)
            self.written_for.clear()
            self.written_for.addItem(self.tr("The standard columns"), "")
            for each in layouts:
                self.written_for.addItem(texts.short(each.name, _MOST_OF_A_NAME), each.name)
            self.written_for.updateGeometry()
        self.written_for.setCurrentIndex(max(self.written_for.findData(chosen), 0))
        self._show_mapping()

    def open_layout(self) -> None:
        """Let a person type how a biller wants the file."""
        self._rest.hide()
        self.layout_form.open(self.mapping or STANDARD)
        self.layout_opened.emit()

    def close_layout(self) -> None:
        """Show the rest again."""
        self.layout_form.hide()
        self._rest.show()
        self.edit_layout.setFocus()

    @property
    def typing_layout(self) -> bool:
        """Whether a biller's layout is being typed."""
        return not self.layout_form.isHidden()

    def show_look_first(self, fixes: tuple[Fix, ...]) -> None:
        """Show what is to be looked at before the file is sent."""
        words = self.tr("Look at first · {0}").format(len(fixes))
        self.look_title.say(words.upper())
        self.look_first.show_fixes(fixes, "")
        for widget in (self.look_title, self.look_first):
            widget.setVisible(bool(fixes))

    def show_form(self, *, bom: bool, delimiter: str) -> None:
        """Show how the file was written last."""
        self.bom.setChecked(bom)
        self.delimiter.setCurrentIndex(max(self.delimiter.findData(delimiter), 0))

    def show_totals(self, preview: Preview | None) -> None:
        """Show what the lines come to; None is not known yet."""
        self.totals.show_tiles(() if preview is None else self._tiles(preview))
        self.totals.setVisible(preview is not None)
        remark = "" if preview is None else self._remark(preview)
        self.remark.say(remark)
        self.remark.setVisible(bool(remark))

    def show_held_back(self, fixes: tuple[Fix, ...] | None) -> None:
        """Show the visits that are not signed, and so do not go out; None is not known yet."""
        title = self.tr("Held back · {0}").format(len(fixes)) if fixes else self.tr("Held back")
        self.held_title.say(title.upper())
        if fixes is None:
            nothing = "…"
        elif self.unsigned.isChecked():
            nothing = self.tr("Unsigned visits go along")
        else:
            nothing = self.tr("No visit is held back")
        self.held.show_fixes(fixes or (), nothing)

    def _tiles(self, preview: Preview) -> tuple[Tile, ...]:
        rows = Tile(str(preview.rows), self.tr("row") if preview.rows == 1 else self.tr("rows"))
        if self.layout_choice.value() == SEGMENTS:
            return (rows,)
        units = texts.units(preview.timed_units, preview.untimed_units)
        return (
            rows,
            Tile(
                str(preview.visits),
                self.tr("visit") if preview.visits == 1 else self.tr("visits"),
            ),
            Tile(units, self.tr("units")),
        )

    def _remark(self, preview: Preview) -> str:
        parts = []
        if preview.went_out_before:
            words = self.tr("{0} of these lines went out before, under the same ids.")
            parts.append(words.format(preview.went_out_before))
        if preview.corrections or preview.voids:
            words = self.tr("Of amended visits: {0} corrected, {1} taken back.")
            parts.append(words.format(preview.corrections, preview.voids))
        if preview.kept_back:
            parts.append(
                self.tr("Left out, as they went out before: {0}.").format(preview.kept_back)
            )
        if preview.unchanged:
            words = self.tr("Unchanged in them, and not sent again: {0}.")
            parts.append(words.format(preview.unchanged))
        if preview.left_out:
            words = self.tr("{0} not among them: still running, or stopped as they were started.")
            parts.append(words.format(preview.left_out))
        shown = len(preview.sheet.rows)
        if shown < preview.rows:
            parts.append(self.tr("The first {0} are shown; all are written.").format(shown))
        return "\n".join(parts)

    def _arrange(self, look: Look) -> None:
        names = (self.tr("Comma ,"), self.tr("Semicolon ;"), self.tr("Tab"), self.tr("Bar |"))
        for words, delimiter in zip(names, DELIMITERS, strict=True):
            self.delimiter.addItem(words, delimiter)
        for choice in (self.delimiter, self.written_for):
            choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.between.setBuddy(self.delimiter)
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(heading(look, self.tr("In the file")))
        column.addWidget(self.totals)
        column.addWidget(self.remark)
        column.addSpacing(look.px(4))
        column.addWidget(self.look_title)
        column.addWidget(self.look_first)
        column.addSpacing(look.px(10))
        column.addWidget(heading(look, self.tr("What goes out, and how")))
        column.addWidget(self.layout_choice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.unsigned)
        column.addWidget(self.only_changes)
        for left in (self.written_for, self.edit_layout):
            column.addWidget(left, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.bom, self.between):
            column.addWidget(widget)
        column.addWidget(self.delimiter, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(look.px(10))
        column.addWidget(self.held_title)
        column.addWidget(self.held)
        column.addSpacing(look.px(10))
        column.addWidget(heading(look, self.tr("Files made before")))
        column.addWidget(self.made)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        outer.setSpacing(0)
        outer.addWidget(self._rest)
        outer.addWidget(self.layout_form)
        outer.addStretch()

    def _choose_mapping(self) -> None:
        self._show_mapping()
        self.mapping_changed.emit()

    def _show_mapping(self) -> None:
        """Show what fits what is chosen: a biller's layout says delimiter and mark itself."""
        biller = self.layout_choice.value() == BILLER
        own = biller and self.mapping is not None
        change, make = self.tr("Change this layout…"), self.tr("A biller's own columns…")
        self.edit_layout.set_words(change if own else make)
        self.only_changes.setVisible(biller)
        self.written_for.setVisible(biller)
        self.edit_layout.setVisible(biller)
        for widget in (self.bom, self.between, self.delimiter):
            widget.setVisible(not own)
