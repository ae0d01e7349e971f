"""What do painted rows need whose words wrap, so that they are as high as the width makes them?"""

from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.look import Look


class FlowingRows(QWidget):
    """Painted, and as high as its rows; what they are, its children say.

    Attributes:
        usual: pixels of the pictures' width.
        narrowest: pixels below which nothing can be read.
    """

    usual: ClassVar[int]
    narrowest: ClassVar[int]

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.look = look
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def arrange(self, width: int) -> None:
        """Let the words flow at a width, to be painted so."""
        raise NotImplementedError

    def measure(self, width: int) -> float:
        """Return the height that the words would take at a width."""
        raise NotImplementedError

    def hasHeightForWidth(self) -> bool:
        """Return that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return round(self.measure(width))

    def sizeHint(self) -> QSize:
        """Return the size at the usual width."""
        width = self.look.px(self.usual)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest width that can be read."""
        return QSize(self.look.px(self.narrowest), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words flow anew."""
        super().resizeEvent(event)
        self.arrange(self.width())

    def flow_anew(self) -> None:
        """Arrange other rows, and ask for their height."""
        self.arrange(self.width())
        self.updateGeometry()
        self.update()
