"""How are pages painted, on a printer or into a PDF file?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLocale,
    QMarginsF,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextLayout,
    QTextOption,
)

from ptimer.paper import lanes_painter
from ptimer.paper.typeface import BOLD, FAMILY, REGULAR, load_fonts
from ptimer.reports.paper import Block, Cell, Words, numbers, pages
from ptimer.wording import Sentence, say

RESOLUTION = 600
_MARGIN_MM = 15
_FOOT = 22
_TOP = 24
_POINTS_AN_INCH = 72

_STYLES = {
    "plain": (9.0, REGULAR, "#16212c"),
    "bold": (9.0, BOLD, "#16212c"),
    "soft": (9.0, REGULAR, "#53636f"),
    "mute": (8.0, REGULAR, "#53636f"),
    "warn": (9.0, BOLD, "#7d4b00"),
    "title": (17.0, BOLD, "#16212c"),
    "figure": (17.0, BOLD, "#16212c"),
    "banner": (12.0, BOLD, "#16212c"),
    "fine": (7.0, REGULAR, "#53636f"),
}
"""Points, weight and colour: dark enough to be read from a grey printer."""

_ABOVE = {"figures": 8.0, "heading": 14.0, "head": 10.0, "lanes": 12.0}
_WITHIN = {"visit": 3.5, "line": 2.5, "head": 2.5, "heading": 3.0, "text": 4.0, "banner": 5.0}
"""Points above a block, and above and below its words."""

_LINE, _GROUND, _BAR = QColor("#c5ced7"), QColor("#eceff3"), QColor("#53636f")

_LETTER = ("US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "DO", "PR")
"""Countries that print on Letter."""


def layout_of(locale: QLocale) -> QPageLayout:
    """Return the paper that is used where a person lives."""
    letter = QLocale.territoryToCode(locale.territory()) in _LETTER
    size = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


@dataclass(frozen=True)
class Frame:
    """What stands around the blocks of every page, and in which language all is said."""

    foot: str
    top: str = ""
    """At the head of each page but the first; nothing: no room is kept for it."""
    tell: Callable[[Sentence], str] = str


@dataclass(frozen=True)
class Pdf:
    """A PDF file that was made."""

    content: bytes
    pages: int


def pdf_of(
    blocks: Sequence[Block], title: str, frame: Frame, layout: QPageLayout | None = None
) -> Pdf:
    """Return the pages as a PDF file; without a layout on the paper that is used here."""
    load_fonts()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(layout_of(QLocale()) if layout is None else layout)
    writer.setTitle(title)
    writer.setCreator("ptimer")
    count = paint_pages(writer, blocks, frame)
    buffer.close()
    return Pdf(bytes(content.data()), count)


def paint_pages(device: QPagedPaintDevice, blocks: Sequence[Block], frame: Frame) -> int:
    """Paint all pages; return how many, or 0 where the device did not take them."""
    painter = QPainter()
    if not painter.begin(device):
        return 0
    sheet = _Sheet(device, painter, frame)
    heights = [sheet.height_of(block) for block in blocks]
    all_pages = pages(blocks, heights, sheet.room)
    sheet.page_of = numbers(all_pages)
    for number, page in enumerate(all_pages, start=1):
        if number > 1:
            device.newPage()
        for block, top in page:
            sheet.paint(block, top)
        sheet.paint_edges(number, len(all_pages))
    return len(all_pages) if painter.end() else 0


class _Sheet:
    """Measures and paints blocks on the page that the painter is at."""

    def __init__(self, device: QPagedPaintDevice, painter: QPainter, frame: Frame) -> None:
        self._device = device
        self._painter = painter
        self._frame = frame
        self._point = device.logicalDpiY() / _POINTS_AN_INCH
        self._width = float(device.width())
        self._fonts = {name: self._font(name) for name in _STYLES}
        self._begin = _TOP * self._point if frame.top else 0.0
        self.room = device.height() - _FOOT * self._point - self._begin
        self.page_of: Mapping[str, int] = {}

    def height_of(self, block: Block) -> float:
        """Return how high a block is, with the space above it and within it."""
        if block.lanes is not None:
            inside = lanes_painter.height_of(block.lanes) * self._point
        elif block.kind == "figures":
            inside = sum(max(self._heights(block, style)) for style in ("figure", "mute"))
        else:
            inside = max(self._height(cell) for cell in block.cells)
        return inside + self._above(block) + 2 * self._within(block)

    def paint(self, block: Block, top: float) -> None:
        """Paint a block."""
        height = self.height_of(block)
        begin = self._begin + top + self._above(block)
        frame = QRectF(0, begin, self._width, height - self._above(block))
        painter = self._painter
        if block.lanes is not None:
            lanes_painter.paint(painter, block.lanes, frame, self._point, self._frame.tell)
            return
        if block.kind in ("visit", "banner"):
            painter.fillRect(frame, _GROUND)
        if block.kind in ("visit", "line", "head", "heading"):
            painter.fillRect(
                QRectF(0, frame.bottom() - self._point / 4, self._width, self._point / 2), _LINE
            )
        below = max(self._heights(block, "figure"), default=0.0)
        for cell in block.cells:
            under = below if block.kind == "figures" and cell.style == "mute" else 0.0
            self._paint_cell(cell, begin + self._within(block) + under)

    def paint_edges(self, number: int, count: int) -> None:
        """Paint what stands at the top and at the bottom of each page."""
        text = self._frame.tell(say("Page {number} of {count}", number=number, count=count))
        below = self._begin + self.room + _FOOT * self._point
        foot = below - self._height(Cell("0", 0, 1, "mute"))
        self._paint_cell(Cell(self._frame.foot, 0, 0.8, "mute"), foot)
        self._paint_cell(Cell(text, 0.8, 1, "mute", at_right=True), foot)
        if self._frame.top and number > 1:
            self._paint_cell(Cell(self._frame.top, 0, 1, "mute"), 0)
            under = self._height(Cell("0", 0, 1, "mute")) + 3 * self._point
            self._painter.fillRect(QRectF(0, under, self._width, self._point / 2), _LINE)

    def _paint_cell(self, cell: Cell, top: float) -> None:
        left, width = cell.left * self._width, (cell.right - cell.left) * self._width
        painter = self._painter
        if cell.bar is not None:
            thick = 4 * self._point
            middle = top + self._height(Cell("0", 0, 1)) / 2
            bar = QRectF(left, middle - thick / 2, max(width * cell.bar, thick), thick)
            painter.fillRect(bar, _BAR)
            return
        painter.setPen(QColor(_STYLES[cell.style][2]))
        self._laid_out(cell).draw(painter, QPointF(left, top))

    def _heights(self, block: Block, style: str) -> list[float]:
        return [self._height(cell) for cell in block.cells if cell.style == style]

    def _height(self, cell: Cell) -> float:
        return float(self._laid_out(cell).boundingRect().height())

    def _laid_out(self, cell: Cell) -> QTextLayout:
        """Return the cell's words in lines: plain text, each character as it was typed."""
        option = QTextOption()
        side = Qt.AlignmentFlag.AlignRight if cell.at_right else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text = self._text(cell).replace("\n", "\u2028")
        layout = QTextLayout(text or " ", self._fonts[cell.style], self._device)
        layout.setTextOption(option)
        layout.beginLayout()
        reached = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth((cell.right - cell.left) * self._width)
            line.setPosition(QPointF(0, reached))
            reached += line.height()
        layout.endLayout()
        return layout

    def _text(self, cell: Cell) -> str:
        if cell.page_of:
            # Before the pages are known, as wide as any number.
            return str(self.page_of.get(cell.page_of, 999))
        said: Words = cell.text
        return said if isinstance(said, str) else self._frame.tell(said)

    def _above(self, block: Block) -> float:
        return _ABOVE.get(block.kind, 0.0) * self._point

    def _within(self, block: Block) -> float:
        return _WITHIN.get(block.kind, 1.0) * self._point

    @staticmethod
    def _font(style: str) -> QFont:
        points, weight, _ = _STYLES[style]
        font = QFont(FAMILY)
        font.setPointSizeF(points)
        font.setWeight(QFont.Weight(weight))
        # Other shapes of figures and signs have no letter that could be copied out of the file.
        font.setFeature(QFont.Tag("calt"), 0)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font
