"""The panel behind every "Why?": arithmetic, each row's modifiers, the rules and their sources."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.billing.rules import Source
from ptimer.gui.controls.breaking import BREAK, breakable
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Label, core, heading, words
from ptimer.operations.explaining import Explanation
from ptimer.wording import Sentence

_WIDTH = 460


class WhyPanel(DroppedPanel):
    """Drops from what was asked about; Escape, or a press beside it, closes it."""

    def __init__(self, look: Look) -> None:
        """Make an empty panel."""
        super().__init__(look, _WIDTH)
        self.setAccessibleName(self.tr("Why?"))
        self.text = ""
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        self._column.setSpacing(look.px(4))
        self._labels: list[QWidget] = []

    def explain(self, what: Explanation, button: QWidget) -> None:
        """Show why something is so, below what was pressed; a second press closes it."""
        if not self.isVisible():
            self._fill(what)
        self.open_below(button)
        if self.isVisible():
            self.setFocus()

    def _fill(self, what: Explanation) -> None:
        for label in self._labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self._labels = []
        said: list[str] = []
        for label in self._lines(what):
            self._column.addWidget(label)
            self._labels.append(label)
            said.append(label.text())
        self.text = "\n".join(said).replace(BREAK, "")
        self.setAccessibleDescription(self.text)

    def _lines(self, what: Explanation) -> Iterable[Label]:
        yield self._label(words(what.title), pixels=15, weight=BOLD)
        for sentence in what.arithmetic:
            yield self._label(_ended(sentence))
        for row in what.rows:
            yield self._label(words(row.title), weight=BOLD)
            for sentence in row.because:
                yield self._label(_ended(sentence), pixels=13, color="mute")
        for sentence in what.remarks:
            yield self._label(_ended(sentence), color="warn")
        if what.rules:
            yield heading(self.look, self.tr("Rules"))
        for source in what.rules:
            yield self._label(f"{core(source.title)} ({source.rule})", pixels=13, weight=BOLD)
            yield self._label(self._cited(source), pixels=13, color="mute")

    def _cited(self, source: Source) -> str:
        parts = [core(source.text)]
        if source.edition:
            parts.append(self.tr("Edition: {0}").format(core(source.edition)))
        return "\n".join(part for part in parts if part)

    def _label(
        self, text: str, *, pixels: float = 14, weight: int = REGULAR, color: str = "ink"
    ) -> Label:
        label = Label(
            self.look, breakable(text), pixels=pixels, weight=weight, color=color, wrap=True
        )
        label.setParent(self.content)
        return label


def _ended(sentence: Sentence) -> str:
    text = words(sentence)
    return text if text.endswith((".", "!", "?")) else f"{text}."
