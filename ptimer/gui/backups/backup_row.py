"""A backup in the list: when it was made, what it holds, whether it is whole."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.controls.painting import SIDE, focus_ring, rounded
from ptimer.gui.controls.press_row import PressRow
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.operations.backups import Backup, counted
from ptimer.wording import Sentence

_KIB = 1024
_RADIUS = 9


class BackupRow(PressRow):
    """A press chooses it; the one that is chosen is framed."""

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(look, must=False, parent=parent)
        self._times = times
        self._whole = True
        self.setCheckable(True)

    def show_backup(self, backup: Backup) -> None:
        """Show a backup."""
        self._whole = backup.proven
        self.show_words(self._when(backup), " · ".join(self._about(backup)))
        self.setToolTip(plain_tip(str(backup.path)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, a sign that tells whether it is whole, the words and an arrow."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(SIDE, 2, -SIDE, -2)
        marked = self.isChecked() or self.underMouse() or self.isDown()
        fill = look.color("accent_soft" if self.isChecked() else "panel")
        rounded(painter, frame, look.px(_RADIUS), fill, look.color("accent" if marked else "line"))
        sign, ink = ("check", "ok") if self._whole else ("warning", "bad")
        self._paint_icon(painter, sign, ink, look.px(SIDE + 12))
        self._paint_icon(painter, "right", "mute", self.width() - look.px(SIDE + 12 + 15))
        self._paint_words(painter)
        if self.hasFocus():
            focus_ring(painter, look, frame.adjusted(0, 1, 0, -1), look.px(_RADIUS))

    def _when(self, backup: Backup) -> str:
        if backup.made_at is None:
            return backup.path.name
        return f"{self._times.date(backup.made_at)} {self._times.time(backup.made_at)}"

    def _about(self, backup: Backup) -> list[str]:
        size = self.tr("{0} KB").format(max(backup.size // _KIB, 1))
        if backup.visits is None or backup.segments is None:
            why = None if backup.why is None else backup.why.values.get("detail", backup.why)
            said = texts.words(why) if isinstance(why, Sentence) else ""
            return [part for part in (self.tr("NOT whole"), size, said) if part]
        held = texts.words(counted(backup.visits, backup.segments))
        held = self.tr("{0}, checked").format(held)
        parts = [held, size]
        if backup.before:
            parts.append(self._before(backup.before))
        if backup.elsewhere:
            parts.append(self.tr("second folder"))
        return parts

    def _before(self, what: str) -> str:
        told = {
            "import": self.tr("before an import"),
            "migration": self.tr("before an update of ptimer"),
            "replaced": self.tr("replaced by a restore"),
            "salvaged": self.tr("read from a damaged record"),
        }
        return told.get(what, what)
