"""How are the pages of a day painted? As all pages are, in the person's language."""

from collections.abc import Sequence

from PySide6.QtGui import QPagedPaintDevice, QPageLayout

from ptimer.gui.texts import words
from ptimer.paper import page_painter
from ptimer.paper.page_painter import Frame
from ptimer.paper.page_painter import layout_of as layout_of
from ptimer.reports.paper import Block


def pdf_of(blocks: Sequence[Block], title: str, foot: str, layout: QPageLayout) -> bytes:
    """Return the pages as a PDF file."""
    return page_painter.pdf_of(blocks, title, Frame(foot, tell=words), layout).content


def paint_pages(device: QPagedPaintDevice, blocks: Sequence[Block], foot: str) -> bool:
    """Paint all pages; return whether the device took them."""
    return page_painter.paint_pages(device, blocks, Frame(foot, tell=words)) > 0
