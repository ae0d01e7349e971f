"""How is one setting shown, and how does a person change it?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.chip_field import ChipField
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import TARGET
from ptimer.gui.controls.segments import Segments
from ptimer.gui.look import MEDIUM, Look
from ptimer.gui.texts import Label
from ptimer.operations import setting_kinds
from ptimer.operations.setting_kinds import Kind, Setting, Value

_NARROW_FIELD, _WIDE_FIELD = 120, 520


class SettingRow(QWidget):
    """A setting's words, what it does, and the control that changes it.

    Signals:
        wanted(value): a person wants another value.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, setting: Setting, parent: QWidget | None = None) -> None:
        """Make the row; it shows the default until it is told a value."""
        super().__init__(parent)
        self.look = look
        self.setting = setting
        words, about = texts.core(setting.words), texts.core(setting.about)
        self.words = Label(look, words, weight=MEDIUM)
        self.about = Label(look, about, pixels=12, color="mute", wrap=True)
        self.complaint = Label(look, pixels=12, color="bad", wrap=True)
        self.complaint.hide()
        self.held = False
        """Whether it waits to be pressed again: what was wanted could not be recorded."""
        self.control = self._control(words)
        self.control.setAccessibleDescription(about)
        self._arrange()
        self.show_value(setting.default)

    def show_value(self, value: Value) -> None:
        """Show what is kept."""
        control = self.control
        if isinstance(control, CheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, Segments):
            control.set_value(str(value))
        elif isinstance(control, ChipField):
            control.set_values(setting_kinds.chosen(value))
        elif isinstance(control, Field) and control.text() != str(value):
            control.setText(str(value))
        self.held = False
        self.show_complaint("")

    def hold(self, kept: Value | None, words: str) -> None:
        """Say that what was wanted is not recorded: a text stays, all else shows what is kept."""
        if not isinstance(self.control, Field) and kept is not None:
            self.show_value(kept)
        self.held = True
        self.show_complaint(words)

    def show_complaint(self, words: str) -> None:
        """Say below the control what is wrong with what was typed; nothing takes it away."""
        self.complaint.say(words)
        self.complaint.setVisible(bool(words))
        if isinstance(self.control, Field):
            self.control.mark_wrong(bool(words))

    # -- inside --------------------------------------------------------------------------------

    def _control(self, words: str) -> QWidget:
        kind = self.setting.kind
        if kind is Kind.SWITCH:
            box = CheckBox(self.look, "")
            box.setAccessibleName(words)
            box.setFixedWidth(self.look.px(TARGET))
            box.clicked.connect(lambda on: self.wanted.emit(on))
            return box
        if kind is Kind.CHOICE:
            named = [(value, texts.core(text)) for value, text in self.setting.choices]
            segments = Segments(self.look, words, named)
            segments.chosen.connect(lambda value: self.wanted.emit(value))
            return segments
        if kind is Kind.SEVERAL:
            chips = ChipField(self.look, words)
            chips.offer([(value, texts.core(text)) for value, text in self.setting.choices])
            chips.changed.connect(lambda: self.wanted.emit(", ".join(chips.values())))
            return chips
        field = Field(self.look, words)
        field.setFixedWidth(self.look.px(_WIDE_FIELD if self._is_long else _NARROW_FIELD))
        # Enter, or leaving the field: both mean that it is typed.
        field.editingFinished.connect(lambda: self.wanted.emit(field.text()))
        return field

    @property
    def _is_long(self) -> bool:
        return self.setting.long or self.setting.kind is Kind.SEVERAL

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let a press on a switch's words count, too."""
        if isinstance(self.control, CheckBox) and event.button() is Qt.MouseButton.LeftButton:
            self.control.click()
        else:
            super().mousePressEvent(event)

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(6), look.px(14), look.px(6))
        column.setSpacing(0)
        if self._is_long:
            for widget in (self.words, self.about):
                column.addWidget(widget)
            if isinstance(self.control, ChipField):
                column.addWidget(self.control)
            else:
                column.addWidget(self.control, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            said = QVBoxLayout()
            said.setSpacing(0)
            said.addWidget(self.words)
            said.addWidget(self.about)
            row = QHBoxLayout()
            row.setSpacing(look.px(12))
            row.addLayout(said, 1)
            row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignRight)
            column.addLayout(row)
        column.addWidget(self.complaint)
        self.words.setBuddy(self.control)
