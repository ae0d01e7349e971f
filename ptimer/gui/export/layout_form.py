"""The form in which it is said how a biller wants the file; the lines beside it show it at once."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.text_area import TextArea
from ptimer.gui.export import column_words
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label
from ptimer.operations import biller_layouts
from ptimer.operations.biller_layouts import TypedLayout
from ptimer.operations.errors import Misused
from ptimer.operations.export_files import DELIMITERS
from ptimer.reports.biller_layout import BillerLayout

_LINES = 190


class ColumnLines(TextArea):
    """A column a line, `code = CPT`; Enter begins another line."""

    def __init__(self, look: Look, name: str) -> None:
        """Make an empty area."""
        super().__init__(look, name)
        self.name(name, self.tr("code = CPT"))
        self.edit.entered.connect(lambda: self.edit.insertPlainText("\n"))

    def lines(self) -> tuple[str, ...]:
        """Return what stands in each line; empty ones are none."""
        typed = self.edit.toPlainText().split("\n")
        return tuple(line.strip() for line in typed if line.strip())

    def show_lines(self, lines: Iterable[str]) -> None:
        """Show other lines, from their top."""
        self.edit.setPlainText("\n".join(lines))
        self.edit.moveCursor(QTextCursor.MoveOperation.Start)

    def add_line(self, line: str) -> None:
        """Add a line at the end, and wait there for its title."""
        before = self.edit.toPlainText().rstrip("\n")
        self.edit.setPlainText(f"{before}\n{line}" if before else line)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.ensureCursorVisible()
        self.edit.setFocus()

    def sizeHint(self) -> QSize:
        """Return the size of some lines."""
        return QSize(self.look.px(260), self.look.px(_LINES))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(160), self.look.px(_LINES))


class LayoutForm(QWidget):
    """Name, columns, date form, delimiter, byte-order mark and the order of the modifiers.

    Signals:
        edited(): what is typed is another layout.
        save_wanted(): a person keeps it.
        closed(): nothing is kept.
    """

    edited = Signal()
    save_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self.look = look
        self.title = Label(look, pixels=16, weight=BOLD, wrap=True)
        self.name = Field(look, self.tr("Name of the layout"))
        self.columns = ColumnLines(look, self.tr("Columns, one a line"))
        self.add = Choice(look, self.tr("Add a column"))
        self.date_form = Field(
            look, self.tr("Form of the date of service"), hint=self.tr("MM/DD/YYYY")
        )
        self.delimiter = Choice(look, self.tr("Between the cells"))
        self.bom = CheckBox(look, self.tr("Byte-order mark, for Excel"))
        self.order = Field(look, self.tr("Order of the modifiers"), hint=self.tr("59, CQ, KX, GP"))
        self.complaint = Note(look, "bad")
        self.save = Button(look, self.tr("Save layout"), kind="primary")
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self._column = QVBoxLayout(self)
        self._arrange()
        self._connect()

    def open(self, layout: BillerLayout) -> None:
        """Show a layout; the standard one is where a new one begins."""
        typed = biller_layouts.as_typed(layout)
        self.title.say(layout.name or self.tr("A layout of a biller's own"))
        self.name.setText(typed.name)
        self.name.setReadOnly(bool(layout.name))
        self.columns.show_lines(
            column.source if column.source == column.title else f"{column.source} = {column.title}"
            for column in layout.columns
        )
        self.date_form.setText(typed.date_form)
        self.delimiter.setCurrentIndex(max(self.delimiter.findData(typed.delimiter), 0))
        self.bom.setChecked(typed.bom)
        self.order.setText(", ".join(typed.modifier_order))
        self.order.setCursorPosition(0)
        self.complaint.say("")
        self.show()
        (self.columns.edit if layout.name else self.name).setFocus()

    def typed(self) -> TypedLayout:
        """Return what is typed."""
        order = self.order.text().replace(",", " ").split()
        return TypedLayout(
            self.name.text(),
            self.columns.lines(),
            self.date_form.text(),
            str(self.delimiter.currentData()),
            self.bom.isChecked(),
            tuple(order),
        )

    def layout_typed(self) -> BillerLayout | None:
        """Return the layout to show meanwhile; what is wrong is said, a missing name is not yet."""
        typed = self.typed()
        named = typed.name.strip() or "…"
        try:
            layout = biller_layouts.read(
                TypedLayout(
                    named,
                    typed.columns,
                    typed.date_form,
                    typed.delimiter,
                    typed.bom,
                    typed.modifier_order,
                )
            )
        except Misused as problem:
            self.complaint.say(texts.words(problem.sentence))
            return None
        self.complaint.say("")
        self.name.mark_wrong(False)
        return layout

    def complain(self, words: str) -> None:
        """Say what is wrong; a name that is missing is waited for."""
        self.complaint.say(words)
        if not self.name.text().strip():
            self.name.mark_wrong(True)
            self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    # -- inside --------------------------------------------------------------------------------

    def _add_column(self, place: int) -> None:
        source = self.add.itemData(place)
        self.add.setCurrentIndex(0)
        if source:
            self.columns.add_line(f"{source} = ")

    def _connect(self) -> None:
        for field in (self.name, self.date_form, self.order):
            field.textEdited.connect(self.edited)
            field.returnPressed.connect(self.save_wanted)
        self.columns.edited.connect(self.edited)
        self.delimiter.activated.connect(self.edited)
        self.bom.clicked.connect(self.edited)
        self.add.activated.connect(self._add_column)
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.closed)

    def _arrange(self) -> None:
        look, column = self.look, self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.add.addItem(self.tr("Add a column…"), "")
        for words, name in column_words.choices():
            self.add.addItem(words, name)
        names = (self.tr("Comma ,"), self.tr("Semicolon ;"), self.tr("Tab"), self.tr("Bar |"))
        for words, delimiter in zip(names, DELIMITERS, strict=True):
            self.delimiter.addItem(words, delimiter)
        column.addWidget(self.title)
        column.addSpacing(look.px(6))
        self._ask(self.tr("Name"), self.name)
        self._ask(
            self.tr("Columns in their order: what it holds = what the biller calls it"),
            self.columns,
        )
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._ask(self.tr("Date of service, such as MM/DD/YYYY"), self.date_form)
        self._ask(self.tr("Between the cells"), self.delimiter)
        column.addWidget(self.bom)
        self._ask(self.tr("Modifiers, which come first"), self.order)
        column.addWidget(self.complaint)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.save, 1)
        row.addWidget(self.cancel)
        column.addLayout(row)

    def _ask(self, words: str, widget: QWidget) -> None:
        label = Label(self.look, words, pixels=12, weight=BOLD, wrap=True)
        label.setIndent(self.look.px(SIDE))
        self._column.addWidget(label)
        self._column.addWidget(widget)
