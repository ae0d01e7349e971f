"""Pages as Qt paints them: text that can be searched, numbers that lead somewhere, drawn lanes."""

import re
import shutil
import subprocess

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ptimer.paper import application, lanes_painter
from ptimer.paper.page_painter import Frame, pdf_of
from ptimer.reports.lanes import Bar, Lane, Lanes, Shade
from ptimer.reports.paper import Block, Cell
from ptimer.timing.clock import HOUR, Instant
from ptimer.wording import say

pytestmark = pytest.mark.usefixtures("qapp")

reads_pdf = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext is here")

LANES = Lanes(
    Instant(0),
    Instant(4 * HOUR),
    (
        Lane(
            say("One-on-one"),
            tuple(
                Bar(
                    Instant(n * HOUR), Instant((n + 1) * HOUR), shade, (f"code{n}", "P-1"), say("x")
                )
                for n, shade in enumerate((Shade.SOLID, Shade.HATCHED, Shade.EMPTY, Shade.WRONG))
            ),
        ),
    ),
    ((Instant(HOUR), "09:00"),),
)


def row(text, **more):
    return Block("line", (Cell(text, 0, 1),), **more)


def words_of(content):
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def test_the_pages_that_are_told_are_those_of_the_file():
    made = pdf_of([row(f"row {n}") for n in range(120)], "Title", Frame("foot", "top"))

    assert made.pages > 1
    assert made.content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made.content)) == made.pages


@reads_pdf
def test_each_page_has_its_number_its_foot_and_but_for_the_first_its_head():
    made = pdf_of([row(f"row {n}") for n in range(120)], "Title", Frame("foot", "the head"))
    found = words_of(made.content)

    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {made.pages}" in page
        assert "foot" in page
        assert ("the head" in page) == (number > 1)


@reads_pdf
def test_a_block_that_begins_a_page_is_found_by_the_number_in_the_contents():
    contents = Block("line", (Cell("", 0, 1, page_of="there"),))
    blocks = [contents, *(row("filler") for _ in range(100)), row("it", begins=True, mark="there")]
    made = pdf_of(blocks, "Title", Frame(""))
    found = words_of(made.content)

    assert found[0].splitlines()[0] == str(made.pages)
    assert found[-1].splitlines()[0] == "it"


@reads_pdf
def test_what_a_person_typed_stays_as_it_is():
    odd = "<b>bold</b> {0} %1 &amp; ‘x’"  # noqa: RUF001
    made = pdf_of([row(odd)], "Title", Frame(odd))

    assert odd in words_of(made.content)[0]


def test_lanes_are_told_apart_without_colour():
    image = QImage(800, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    lanes_painter.paint(painter, LANES, QRectF(0, 0, 800, 120), 1.0, str)
    painter.end()

    grey = []
    for n in range(4):
        left = 800 * 0.17 + (n + 0.1) * 800 * 0.83 / 4
        shades = [
            image.pixelColor(round(left) + x, 8 + y).lightness()
            for x in range(30)
            for y in range(8)
        ]
        grey.append((sum(shades) / len(shades), max(shades) - min(shades)))
    (solid, _), (hatched, lines), (empty, none), (wrong, _) = grey
    assert solid < 100
    assert wrong < 130
    assert lines > 20, "hatched: light and dark by turns"
    assert none == 0, "empty: all of one ground"
    assert solid < hatched < empty


@reads_pdf
def test_lanes_stand_on_the_page_with_their_words():
    blocks = [Block("lanes", (), lanes=LANES)]
    (page,) = words_of(pdf_of(blocks, "Title", Frame("")).content)

    for text in ("One-on-one", "code0", "P-1", "09:00"):
        assert text in page


def test_a_program_with_a_window_needs_nothing_more(qapp):
    application.be_ready()

    assert application._kept == []
