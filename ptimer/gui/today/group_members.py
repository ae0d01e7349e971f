"""The group that the visit belongs to while it runs, and the way out of it for one patient."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import rounded
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label
from ptimer.operations import groups
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_view import VisitView

_MOST_NAMED = 6
_MOST_SHOWN = 14


class GroupMembers(QWidget):
    """Who is in it; hidden while the visit is in no group with others.

    Signals:
        leave_wanted(segment_id): the patient who is looked at leaves, the others go on.
    """

    leave_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show no group yet."""
        super().__init__(parent)
        self.look = look
        self._segment_id = ""
        self.title = Label(look, pixels=13, weight=BOLD, color="accent")
        self.names = Label(look, pixels=13, color="accent", wrap=True)
        self.leave = Button(look, "", kind="small", icon="stop")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(11), look.px(9), look.px(7), look.px(3))
        column.setSpacing(look.px(2))
        for widget in (self.title, self.names, self.leave):
            column.addWidget(widget)
        self.leave.clicked.connect(lambda: self.leave_wanted.emit(self._segment_id))
        self.hide()
        look.changed.connect(self.update)

    def show_group(self, view: VisitView | None, today: Today) -> None:
        """Show the group of a visit, if others are in it."""
        members = groups.running_group(view, today) if view is not None else ()
        self.setVisible(len(members) > 1)
        if len(members) < 2:
            return
        own = members[0]
        self._segment_id = own.id
        self.title.say(self.tr("Group {0}: {1} patients").format(own.code, len(members)))
        named = [texts.short(member.patient, _MOST_SHOWN) for member in members[:_MOST_NAMED]]
        more = len(members) - len(named)
        self.names.say(", ".join(named) + (self.tr(" and {0} more").format(more) if more else ""))
        self.leave.set_words(self.tr("Only {0} leaves").format(named[0]))
        tip = self.tr("{0} ends for {1}; the others go on").format(own.code, own.patient)
        self.leave.setToolTip(plain_tip(tip))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self.look
        rounded(painter, QRectF(self.rect()), look.px(9), look.color("accent_soft"))
