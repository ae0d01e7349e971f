"""The payers: what each counts by and caps; a press shows all its settings."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.codebook import CodeBook
from ptimer.billing.payers import Payer
from ptimer.billing.rules import Rules
from ptimer.gui.codes.payer_words import caps_words, details_of, origin_words, rule_words
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look
from ptimer.gui.texts import Label, heading

_HEIGHT = 66


class _Head(QAbstractButton):
    """Name, rule, caps and origin of a payer."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self._rule = ""
        self._lines = ("", "")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_payer(self, payer: Payer, rules: Rules) -> None:
        self.setText(payer.name)
        self._rule = rule_words(payer)
        self._lines = (caps_words(payer, rules), origin_words(payer))
        self.setAccessibleName(", ".join((payer.name, self._rule, *self._lines)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(120), self.look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(11)
        top = QRectF(side, look.px(7), self.width() - 2 * side, look.px(20))
        name = top.adjusted(0, 0, -self._pill(painter, top), 0)
        self._line(painter, name, self.text(), BOLD, 14)
        for place, words in enumerate(self._lines):
            line = QRectF(side, look.px(28 + 16 * place), top.width(), look.px(16))
            self._line(painter, line, words, REGULAR, 12)
        if self.hasFocus():
            focus_ring(painter, look, QRectF(self.rect()).adjusted(4, 4, -4, -4), look.px(6))

    def _line(self, painter: QPainter, room: QRectF, text: str, weight: int, pixels: int) -> None:
        painter.setFont(self.look.font(pixels, weight))
        painter.setPen(self.look.color("ink" if weight == BOLD else "mute"))
        metrics = QFontMetrics(painter.font())
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, LEFT_MIDDLE, cut)

    def _pill(self, painter: QPainter, room: QRectF) -> float:
        """Paint the rule at the right end, and return the width it takes."""
        look = self.look
        painter.setFont(look.font(12, MEDIUM))
        width = QFontMetrics(painter.font()).horizontalAdvance(self._rule) + look.px(16)
        pill = QRectF(room.right() - width, room.top() + look.px(1), width, look.px(18))
        rounded(painter, pill, look.px(9), look.color("lock_soft"))
        painter.setPen(look.color("lock"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._rule)
        return width + look.px(8)


class PayerCard(Box):
    """One payer; a press opens and closes its settings.

    Signals:
        copy_wanted(name): a payer of the clinic's own is to be made of it.
        change_wanted(name): it is to be changed.
        end_wanted(name): it is to be ended.
        fees_wanted(name): its fees are to be seen, or changed.
    """

    copy_wanted = Signal(str)
    change_wanted = Signal(str)
    end_wanted = Signal(str)
    fees_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty card."""
        super().__init__(look, parent)
        self.head = _Head(look, self)
        self.details = Label(look, pixels=12, color="mute", wrap=True)
        self.details.setContentsMargins(look.px(11), 0, look.px(11), look.px(9))
        self.copy = Button(look, self.tr("Copy"), kind="small", icon="plus")
        self.change = Button(look, self.tr("Change…"), kind="small")
        self.end = Button(look, self.tr("End…"), kind="small")
        self.fees = Button(look, self.tr("Fees…"), kind="small")
        self._below = QWidget(self)
        self._below.hide()
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._below)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.details)
        row = FlowLayout()
        row.setContentsMargins(look.px(8), 0, look.px(8), look.px(4))
        for button in (self.copy, self.change, self.end, self.fees):
            row.addWidget(button)
        below.addLayout(row)
        self.head.toggled.connect(self._below.setVisible)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self._name))
        self.change.clicked.connect(lambda: self.change_wanted.emit(self._name))
        self.end.clicked.connect(lambda: self.end_wanted.emit(self._name))
        self.fees.clicked.connect(lambda: self.fees_wanted.emit(self._name))

    def show_payer(self, payer: Payer, rules: Rules, codes: CodeBook) -> None:
        """Show a payer."""
        self._name = payer.name
        self.change.setVisible(not payer.shipped)
        self.end.setVisible(not payer.shipped)
        self.copy.setAccessibleName(self.tr("Copy {0}").format(payer.name))
        self.change.setAccessibleName(self.tr("Change {0}").format(payer.name))
        self.end.setAccessibleName(self.tr("End {0}").format(payer.name))
        self.fees.setAccessibleName(self.tr("Fees of {0}").format(payer.name))
        self.head.show_payer(payer, rules)
        self.details.say("\n".join(details_of(payer, codes)))

    def open_details(self) -> None:
        """Show all settings."""
        self.head.setChecked(True)


class PayerList(QWidget):
    """All payers, and the way to a new one.

    Signals:
        add_wanted(): a person wants to add a payer.
        copy_wanted(name): a payer is to be made of this one.
        change_wanted(name): this one is to be changed.
        end_wanted(name): this one is to be ended.
        fees_wanted(name): its fees are to be seen, or changed.
    """

    add_wanted = Signal()
    copy_wanted = Signal(str)
    change_wanted = Signal(str)
    end_wanted = Signal(str)
    fees_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.look = look
        self.cards: dict[str, PayerCard] = {}
        self.add = Button(look, self.tr("Add payer"), icon="plus")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(6))
        self._column.addWidget(heading(look, self.tr("Payers")))
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.add_wanted)

    def show_payers(self, payers: Iterable[Payer], rules: Rules, codes: CodeBook) -> None:
        """Show the payers; a payer once made is never gone."""
        for payer in payers:
            if payer.name not in self.cards:
                card = PayerCard(self.look, self)
                card.copy_wanted.connect(self.copy_wanted)
                card.change_wanted.connect(self.change_wanted)
                card.end_wanted.connect(self.end_wanted)
                card.fees_wanted.connect(self.fees_wanted)
                self.cards[payer.name] = card
                self._column.insertWidget(self._column.count() - 1, card)
            self.cards[payer.name].show_payer(payer, rules, codes)
