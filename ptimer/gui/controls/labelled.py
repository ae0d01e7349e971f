"""A field with its label above it."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.painting import SIDE
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label


class Labelled(QWidget):
    """Shows what is to be typed or chosen below; as wide as its field."""

    def __init__(
        self,
        look: Look,
        text: str,
        field: QWidget,
        *,
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Put a label above `field`, which is `width` wide, or else takes the room there is."""
        super().__init__(parent)
        self.label = Label(look, text, pixels=12, weight=BOLD)
        self.label.setIndent(look.px(SIDE))
        self.label.setBuddy(field)
        self.field = field
        if width:
            field.setFixedWidth(look.px(width))
        grows = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(grows, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(field)
