"""How does everything look? Colours, type and icons, light or dark, at the system's size."""

import json
from enum import StrEnum

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from ptimer import resources
from ptimer.paper.typeface import BOLD as BOLD
from ptimer.paper.typeface import FAMILY as FAMILY
from ptimer.paper.typeface import MEDIUM as MEDIUM
from ptimer.paper.typeface import REGULAR as REGULAR
from ptimer.paper.typeface import load_fonts as load_fonts

_BASE_PIXELS = 14
"""The body text of the pictures, at the system's usual font size."""

_USUAL_POINTS = 9.0
_MOST_SCALE = 2.0


class Mode(StrEnum):
    """Which colours are wanted."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Look(QObject):
    """Handed to every widget that paints.

    Signals:
        changed(): colours or sizes are others now; whoever paints, paints anew.
    """

    changed = Signal()

    def __init__(self, mode: Mode = Mode.SYSTEM, *, scale: float | None = None) -> None:
        """Take the wanted colours; `scale` is 1 at the system's usual font size."""
        super().__init__()
        load_fonts()
        self._scale = _system_scale() if scale is None else scale
        self._fonts: dict[tuple[float, int, bool], QFont] = {}
        self._icons: dict[tuple[str, str, int, float], QPixmap] = {}
        self._mode = mode
        self._colors = _colors(self._wants_dark())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._dress_application()

    @property
    def mode(self) -> Mode:
        """Which colours are wanted."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark colours are shown."""
        return self._wants_dark()

    def set_mode(self, mode: Mode) -> None:
        """Show other colours."""
        self._mode = mode
        self._repaint_all()

    def color(self, name: str) -> QColor:
        """Return a colour of the theme by its name in `resources/themes`."""
        return self._colors[name]

    def px(self, pixels: float) -> int:
        """Return a length of the pictures at the present size."""
        return round(pixels * self._scale)

    def font(
        self, pixels: float = _BASE_PIXELS, weight: int = REGULAR, *, tabular: bool = False
    ) -> QFont:
        """Return the type; `tabular` makes all digits equally wide, so that a time stands still."""
        key = (pixels, weight, tabular)
        if key not in self._fonts:
            font = QFont(FAMILY)
            font.setPixelSize(max(1, self.px(pixels)))
            font.setWeight(QFont.Weight(weight))
            if tabular:
                font.setFeature(QFont.Tag("tnum"), 1)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return self._fonts[key]

    def icon(self, name: str, color: QColor, pixels: float, ratio: float = 1.0) -> QPixmap:
        """Return an icon of `resources/icons` in a colour, for a screen's pixel ratio."""
        size = self.px(pixels)
        key = (name, color.name(), size, ratio)
        if key not in self._icons:
            self._icons[key] = _render(name, color, size, ratio)
        return self._icons[key]

    def _wants_dark(self) -> bool:
        if self._mode is Mode.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return scheme is Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    def _follow_system(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._repaint_all()

    def _repaint_all(self) -> None:
        self._colors = _colors(self._wants_dark())
        self._dress_application()
        self.changed.emit()

    def _dress_application(self) -> None:
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.setFont(self.font())
            application.setPalette(self._palette())

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("mute"))
        return palette


_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "lock_soft",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "mute",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent_ink",
    QPalette.ColorRole.ToolTipBase: "panel",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "line",
}


def _system_scale() -> float:
    points = QGuiApplication.font().pointSizeF()
    scale = points / _USUAL_POINTS if points > 0 else 1.0
    return min(max(scale, 1.0), _MOST_SCALE)


def _colors(dark: bool) -> dict[str, QColor]:
    named = json.loads(resources.text("themes", "dark.json" if dark else "light.json"))
    return {name: QColor(value) for name, value in named.items()}


def _render(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # not needed before the first paint

    drawing = resources.text("icons", f"{name}.svg").replace("currentColor", color.name())
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
