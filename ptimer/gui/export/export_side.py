"""The column beside the lines of an export: what they come to, and how the file is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Choice
from ptimer.gui.controls.segments import Segments
from ptimer.gui.controls.tiles import Tile, Tiles
from ptimer.gui.day_summary.to_fix import Fix
from ptimer.gui.day_summary.to_fix_list import ToFixList
from ptimer.gui.export.export_preview import Preview
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, heading
from ptimer.operations.export_files import BILLER, DELIMITERS, SEGMENTS


class ExportSide(QWidget):
    """Totals, choices, and the visits that are held back.

    Signals:
        changed(): a person wants other lines.
        form_changed(): a person wants them written in another way.
    """

    changed = Signal()
    form_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the column."""
        super().__init__(parent)
        self.totals = Tiles(look, self.tr("What the file comes to"))
        self.remark = Label(look, pixels=13, color="mute", wrap=True)
        layouts = ((BILLER, self.tr("For the biller")), (SEGMENTS, self.tr("Segments")))
        self.layout_choice = Segments(look, self.tr("What goes out"), layouts)
        self.unsigned = CheckBox(look, self.tr("Take unsigned visits along, flagged"))
        self.bom = CheckBox(look, self.tr("Byte-order mark, for Excel"))
        self.delimiter = Choice(look, self.tr("Between the cells"))
        self.held_title = heading(look, "")
        self.held = ToFixList(look)
        self._arrange(look)
        self.layout_choice.chosen.connect(self.changed)
        self.unsigned.clicked.connect(self.changed)
        self.bom.clicked.connect(self.form_changed)
        self.delimiter.activated.connect(self.form_changed)

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
        self.delimiter.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        between = Label(look, self.tr("Between the cells"), pixels=13, color="mute")
        between.setBuddy(self.delimiter)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        column.setSpacing(look.px(6))
        column.addWidget(heading(look, self.tr("In the file")))
        column.addWidget(self.totals)
        column.addWidget(self.remark)
        column.addSpacing(look.px(10))
        column.addWidget(heading(look, self.tr("What goes out, and how")))
        column.addWidget(self.layout_choice, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.unsigned, self.bom, between):
            column.addWidget(widget)
        column.addWidget(self.delimiter, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(look.px(10))
        column.addWidget(self.held_title)
        column.addWidget(self.held)
        column.addStretch()
