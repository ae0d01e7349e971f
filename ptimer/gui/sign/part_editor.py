"""What have the skilled fields in common? A name, a value, and when it is meant."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.skilled_fields import NAMES, Part, SkilledField
from ptimer.gui import texts
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label

LEAST_WIDTH = 240
"""Pixels of a text that two share a row from."""


class PartEditor(QWidget):
    """A field under its name.

    Signals:
        given(): what stands in it is meant.
        edited(): something is being typed.
    """

    given = Signal()
    edited = Signal()

    def __init__(self, look: Look, part: Part) -> None:
        """Make the name; the field comes below it."""
        super().__init__()
        self.look = look
        self.part = part
        self.name = texts.core(NAMES[part])
        self.label = Label(look, self.name, pixels=12, weight=BOLD, color="mute")
        self.label.setIndent(look.px(SIDE))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lacking(self, lacking: bool) -> None:
        """Say that the clinic requires it, and it is empty."""
        required = self.tr("{0} · required").format(self.name)
        self.label.say(required if lacking else self.name)
        self.label.set_color("warn" if lacking else "mute")

    def value(self) -> tuple[str, ...]:
        """Return what stands in it."""
        raise NotImplementedError

    def show_value(self, value: Sequence[str]) -> None:
        """Show a value."""
        raise NotImplementedError

    def offer(self, field: SkilledField, code: str) -> None:
        """Offer the words for a code."""

    def mark_wrong(self, wrong: bool) -> None:
        """Show that what stands in it can't be used."""

    def take_focus(self) -> None:
        """Let the keyboard go there."""
        raise NotImplementedError
