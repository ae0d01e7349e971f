"""Words that are cut where there is no room for them, and shown in full by a tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.texts import Label


class ShortLabel(Label):
    """One line of a name that may be of any length; it never widens what it stands in."""

    def say(self, text: str) -> None:
        """Show other words."""
        super().say(text)
        self.setToolTip(plain_tip(text))

    @property
    def text_shown(self) -> str:
        """What of the words can be read at the present width."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line, and room for a few characters."""
        return QSize(self.look.px(40), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), LEFT_MIDDLE, self.text_shown)
