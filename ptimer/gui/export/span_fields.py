"""From which day to which? Two dates to type, with what is wrong about them."""

from datetime import date

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.fields import Field
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, words
from ptimer.operations import typed_text
from ptimer.operations.errors import Misused
from ptimer.operations.export_files import span_between
from ptimer.operations.exporting import Span

_WIDTH = 136


class SpanFields(QWidget):
    """The two dates; what is typed counts once it is finished with Enter or left.

    Signals:
        changed(): `span` is another one, or is none, since what is typed makes none.
    """

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make empty fields."""
        super().__init__(parent)
        self.first = Field(look, self.tr("From"), hint=self.tr("from"))
        self.last = Field(look, self.tr("To"), hint=self.tr("to"))
        self.problem = Label(look, pixels=13, color="bad", wrap=True)
        self.span: Span | None = None
        self._shown = ("", "")
        row = QHBoxLayout()
        row.setSpacing(look.px(4))
        for words_, field in ((self.tr("From"), self.first), (self.tr("to"), self.last)):
            field.setFixedWidth(look.px(_WIDTH))
            label = Label(look, words_, color="mute")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            field.editingFinished.connect(self._read)
        row.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.problem.hide()

    def show_span(self, span: Span) -> None:
        """Show two dates, in place of what is typed."""
        self.span = span
        self._shown = (str(span.first), str(span.last))
        for field, text in zip((self.first, self.last), self._shown, strict=True):
            field.setText(text)
        self._tell("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back with Escape what was typed since; another Escape is the screen's."""
        typed = (self.first.text(), self.last.text())
        if event.key() == Qt.Key.Key_Escape and typed != self._shown:
            for field, text in zip((self.first, self.last), self._shown, strict=True):
                field.setText(text)
            self._read()
        else:
            event.ignore()

    def _read(self) -> None:
        before, self.span = self.span, self._typed()
        if self.span is not None:
            self.show_span(self.span)
        if self.span != before:
            self.changed.emit()

    def _typed(self) -> Span | None:
        self._tell("")
        first, last = self._day(self.first), self._day(self.last)
        if first is None or last is None:
            return None
        try:
            return span_between(first, last)
        except Misused as problem:
            self._tell(words(problem.sentence), self.first, self.last)
            return None

    def _day(self, field: Field) -> date | None:
        try:
            return read_day(field.text())
        except Misused as problem:
            self._tell(words(problem.sentence), field)
            return None

    def _tell(self, problem: str, *wrong: Field) -> None:
        self.problem.say(problem)
        self.problem.setVisible(bool(problem))
        for field in wrong or (self.first, self.last):
            field.mark_wrong(bool(problem))


def read_day(text: str) -> date:
    """Return the date that was typed: `2026-11-23`, or as the system writes it.

    Raises:
        Misused: it is no date.
    """
    typed = QLocale().toDate(text.strip(), QLocale.FormatType.ShortFormat)
    if not typed.isValid():
        return typed_text.date_of(text.strip())
    century = 100 if typed.year() < 1950 else 0  # where the system writes two digits of it
    return date(typed.year() + century, typed.month(), typed.day())
