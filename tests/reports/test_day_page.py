"""What stands on the pages of a day, and where a page ends: no row is cut, no title left behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.reports.day_page import (
    TIMES_IN_A_ROW,
    PageCode,
    PageDay,
    PageLine,
    PageVisit,
    blocks,
)
from ptimer.reports.paper import Block, pages

LINE = PageLine("97110", "Strength", ("09:00–09:23",), "23", "2", "GO", "")  # noqa: RUF001


def visit(patient="P-1", lines=(LINE,), *, signed=True):
    status = "signed 10:00" if signed else "not signed"
    return PageVisit(patient, "OT · Medicare", "23 min", "2", status, not signed, tuple(lines))


def day(*visits, **more):
    return PageDay("Day summary", ("All clinicians: Kim",), (("1", "visit"),), visits, **more)


def texts(block):
    return [str(cell.text) for cell in block.cells]


def kinds(of_day):
    return [block.kind for block in of_day]


def test_a_day_is_told_from_title_to_rules():
    whole = day(
        visit(),
        to_fix=(("P-2", "Sign it."),),
        codes=(PageCode("97110", "Strength", 2, 1.0, True),),
        signatures=(("Kim", "signed 1 of 1 visits"),),
        rules=(("Minutes", "Manual, chapter 5"),),
    )
    said = [texts(block) for block in blocks(whole)]

    assert said[0] == ["Day summary"]
    assert said[1] == ["All clinicians: Kim"]
    assert said[2] == ["1", "visit"]
    assert said[4] == ["P-1", "OT · Medicare", "23 min", "2", "signed 10:00"]
    assert said[5] == ["97110", "Strength", "09:00–09:23", "23", "2", "GO", ""]  # noqa: RUF001
    titles = [texts(block)[0] for block in blocks(whole) if block.kind == "heading"]
    assert titles == ["To fix before export", "Units by code", "Signatures", "Rules in force"]
    assert ["P-2", "Sign it."] in said


def test_a_part_that_holds_nothing_has_no_title():
    assert "heading" not in kinds(blocks(day(visit())))


def test_a_day_without_visits_says_so():
    assert "No visit of this day holds a recorded time." in texts(blocks(day())[-1])


def test_what_is_not_signed_is_told_in_words_and_another_style():
    (own,) = (block for block in blocks(day(visit(signed=False))) if block.kind == "visit")

    assert (str(own.cells[-1].text), own.cells[-1].style) == ("not signed", "warn")


def test_no_words_of_a_row_lie_over_each_other():
    whole = day(visit(), codes=(PageCode("97110", "Strength", 2, 0.5, False),))
    for block in blocks(whole):
        if block.kind in ("visit", "line"):
            for one, next_one in zip(block.cells, block.cells[1:], strict=False):
                assert one.right <= next_one.left, block
        assert all(0 <= cell.left < cell.right <= 1 for cell in block.cells)


def test_very_many_times_of_a_code_go_on_in_further_rows():
    times = tuple(f"t{n}" for n in range(2 * TIMES_IN_A_ROW + 1))
    long = PageLine("97110", "Strength", times, "23", "2", "GO", "")
    rows = [block for block in blocks(day(visit(lines=(long,)))) if block.kind == "line"]

    assert len(rows) == 3
    assert texts(rows[0])[2].startswith("t0, t1")
    assert texts(rows[2]) == [f"t{2 * TIMES_IN_A_ROW}"]
    shown = ", ".join([texts(rows[0])[2], *(texts(row)[0] for row in rows[1:])])
    assert shown == ", ".join(times)


def paged(whole, room, height=10.0):
    of_day = blocks(whole)
    return of_day, pages(of_day, [height] * len(of_day), room)


def test_a_visit_that_fits_on_a_page_is_not_parted():
    whole = day(*(visit(f"P-{n}", (LINE, LINE)) for n in range(9)))
    _, found = paged(whole, room=120)

    assert len(found) > 2
    for page in found[1:]:
        assert kinds(block for block, _ in page)[:2] == ["head", "visit"], "the titles again"


def test_a_visit_longer_than_a_page_goes_on_under_its_name():
    _, found = paged(day(visit("P-7", (LINE,) * 30)), room=100)

    assert len(found) > 2
    for page in found[1:]:
        assert texts(page[1][0])[0] == "P-7"
        assert kinds(block for block, _ in page)[:3] == ["head", "visit", "line"]


def test_the_title_of_a_part_never_stands_alone_at_the_end_of_a_page():
    rules = tuple((f"Rule {n}", "Manual") for n in range(30))
    for room in range(100, 200, 10):
        _, found = paged(day(visit(), rules=rules), room=room)
        for page in found:
            assert page[-1][0].kind != "heading"


@given(
    heights=st.lists(st.floats(1, 60), min_size=1, max_size=40),
    keeps=st.lists(st.booleans(), min_size=40, max_size=40),
    room=st.floats(60, 200),
)
def test_every_block_stands_on_one_page_once_in_order_and_inside_it(heights, keeps, room):
    of_day = [Block("text", (), keeps=keeps[place]) for place in range(len(heights))]
    found = pages(of_day, heights, room)

    assert [id(block) for page in found for block, _ in page] == [id(block) for block in of_day]
    height_of = dict(zip(map(id, of_day), heights, strict=True))
    for page in found:
        reached = 0.0
        for block, top in page:
            assert top == pytest.approx(reached)
            reached = top + height_of[id(block)]
        assert reached <= room + 1e-6
