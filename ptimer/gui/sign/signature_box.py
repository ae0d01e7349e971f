"""Who signs, with which credentials, and the press that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, heading

MOST_SHOWN = 28
"""Characters of a name that a side column has room for."""


@dataclass(frozen=True)
class Signers:
    """Who may sign now, who has signed, and the credentials on record by name."""

    waiting: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    """In words: who, and when."""
    closed: bool = False
    """Whether the visit is signed by all, so that only who signed is shown."""
    default: str = ""
    """Who is at the desk, if their part is not signed yet; else nobody."""
    credentials: Mapping[str, str] = field(default_factory=dict)
    supervised: tuple[str, ...] = ()
    """Whose supervising therapist can be named here."""
    supervisor: str = ""
    """Who was named before."""
    versions: int = 0
    """How many times the visit was signed."""


class SignatureBox(QWidget):
    """The signature under a visit.

    Signals:
        edited(): another signer is chosen, or other credentials stand in the field.
        sign_wanted(): a person signs.
        versions_wanted(): a person looks at what was signed, and what changed.
        packet_wanted(): a person wants the audit packet of what was signed.
    """

    edited = Signal()
    sign_wanted = Signal()
    versions_wanted = Signal()
    packet_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty box."""
        super().__init__(parent)
        self._signers = Signers()
        self._typed: dict[str, str] = {}
        self._name = ""
        self.title = heading(look, self.tr("Sign"))
        self.signed = Label(look, pixels=13, color="ok", wrap=True)
        self.name = Label(look, weight=BOLD, wrap=True)
        self.who = Choice(look, self.tr("Who signs now"))
        self.others = Label(look, pixels=12, color="mute", wrap=True)
        self.credentials = Field(look, self.tr("Credentials"), hint=self.tr("such as OTR/L"))
        self.supervised = Label(look, pixels=12, weight=BOLD, color="mute", wrap=True)
        hint = self.tr("supervising therapist")
        self.supervisor = Field(look, self.tr("Supervising therapist"), hint=hint)
        self.versions = Button(look, self.tr("What was signed"), kind="small")
        self.packet = Button(look, self.tr("Audit packet…"), kind="small")
        self.sign = Button(look, self.tr("Sign"), kind="primary", key="Ctrl+Enter")
        self.first = Label(look, pixels=12, color="mute", wrap=True)
        self._name_title = Label(look, self.tr("Name"), pixels=12, weight=BOLD, color="mute")
        below = Label(look, self.tr("Credentials"), pixels=12, weight=BOLD, color="mute")
        self._open_only = (below, self.credentials, self.sign)
        self._arrange(look, below)
        self.who.activated.connect(self._choose)
        self.credentials.textEdited.connect(self._type)
        self.supervisor.textEdited.connect(self._name_supervisor)
        self.sign.clicked.connect(self.sign_wanted)
        self.versions.clicked.connect(self.versions_wanted)
        self.packet.clicked.connect(self.packet_wanted)

    def show_signers(self, signers: Signers, *, anew: bool) -> None:
        """Show who may sign; `anew` forgets what was chosen and typed for another visit."""
        if anew:
            self._typed.clear()
            self.supervisor.clear()
        other_at_desk = signers.default != self._signers.default
        if anew or other_at_desk or self._name not in signers.waiting:
            self._name = signers.default
        self._signers = signers
        self._show_names()
        self._show_credentials()
        self._show_supervisor()

    def show_first(self, text: str) -> None:
        """Say what comes before the signature; nothing lets it be pressed."""
        self.sign.setEnabled(not text)
        self.sign.setAccessibleDescription(text)
        self.first.say(text)
        self.first.setVisible(bool(text) and not self._signers.closed)

    @property
    def signer(self) -> str:
        """Who signs now; empty where nobody was chosen.

        Where only an aide treated, it is who is named as supervising.
        """
        alone = not self._signers.waiting and not self._signers.closed
        return self._name or (self.supervisor_text if alone else "")

    @property
    def credentials_text(self) -> str:
        """The credentials that stand in the field."""
        return self.credentials.text().strip() if self.signer else ""

    @property
    def supervisor_text(self) -> str:
        """Who is named as supervising; empty where nobody is, or nobody can be."""
        return self.supervisor.text().strip() if self._signers.supervised else ""

    def _show_supervisor(self) -> None:
        signers = self._signers
        names = ", ".join(texts.short(name, MOST_SHOWN) for name in signers.supervised)
        self.supervised.say(self.tr("Supervised {0}").format(names))
        for widget in (self.supervised, self.supervisor):
            widget.setVisible(bool(names) and not signers.closed)
        if not self.supervisor.isModified():
            self.supervisor.setText(signers.supervisor)
        many = signers.versions > (1 if signers.closed else 0)
        self.versions.setVisible(signers.versions > 0)
        self.packet.setVisible(signers.versions > 0)
        self.versions.setText(self.tr("What changed") if many else self.tr("What was signed"))

    def _show_names(self) -> None:
        signers = self._signers
        self.title.say((self.tr("Signed") if signers.closed else self.tr("Sign")).upper())
        self.signed.say("\n".join(signers.signed))
        self.signed.setVisible(bool(signers.signed))
        for widget in self._open_only:
            widget.setVisible(not signers.closed)
        alone = signers.waiting == (self._name,)
        self.name.setVisible(alone and not signers.closed)
        self.name.say(texts.short(self._name, MOST_SHOWN))
        self.name.setToolTip(plain_tip(self._name))
        self.who.setVisible(not alone and bool(signers.waiting))
        self._name_title.setVisible(not self.name.isHidden() or not self.who.isHidden())
        self._fill_choice()
        others = [texts.short(n, MOST_SHOWN) for n in signers.waiting if n != self._name]
        self.others.setVisible(bool(others) and bool(self._name))
        self.others.say(self.tr("Must sign, too: {0}").format(", ".join(others)))

    def _fill_choice(self) -> None:
        names = list(self._signers.waiting)
        if self._name not in names:
            names.insert(0, "")
        if [self.who.itemData(i) for i in range(self.who.count())] != names:
            self.who.clear()
            for name in names:
                self.who.addItem(name or self.tr("choose who signs"), name)
        self.who.setCurrentIndex(names.index(self._name) if self._name in names else 0)

    def _show_credentials(self) -> None:
        signer = self.signer
        self.credentials.setEnabled(bool(signer))
        known = self._signers.credentials.get(signer, "")
        text = self._typed.get(signer, known) if signer else ""
        if text != self.credentials.text():
            self.credentials.setText(text)

    def _name_supervisor(self) -> None:
        self._show_credentials()
        self.edited.emit()

    def _choose(self, place: int) -> None:
        self._name = str(self.who.itemData(place))
        self._show_names()
        self._show_credentials()
        self.edited.emit()

    def _type(self, text: str) -> None:
        self._typed[self.signer] = text
        self.edited.emit()

    def _arrange(self, look: Look, below: Label) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        self.first.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        names = (self.title, self.signed, self._name_title, self.name)
        for label in (*names, self.others, below, self.first):
            # As far in as the frames of fields and buttons, which leave room for a focus ring.
            label.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        below_, credentials, sign = self._open_only
        supervising = (self.supervised, self.supervisor)
        asked = (self.who, self.others, below_, credentials, *supervising, sign)
        for widget in (*names, *asked, self.first, self.versions, self.packet):
            column.addWidget(widget)
        self.supervised.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        for before in (below, self.signed, self.title):
            column.insertSpacing(column.indexOf(before) + (before is not below), look.px(6))
        self.sign.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.who.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # The longest name must not push the column out of the window.
        self.who.setMinimumWidth(look.px(120))
