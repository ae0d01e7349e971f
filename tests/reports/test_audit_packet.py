"""An audit packet on paper: Medicare's order, contents that lead to pages, no head left behind."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.reports import audit_packet, audit_packet_page
from ptimer.reports.audit_packet import (
    Difference,
    Fact,
    Packet,
    PacketChange,
    PacketLine,
    PacketRule,
    PacketSignature,
    PacketTime,
    PacketVersion,
    PacketVisit,
    Totals,
)
from ptimer.reports.paper import numbers, pages

LINE = PacketLine("97112", "Balance", 24, 2, ("GP",), ("GP: under a plan of care",))
TIME = PacketTime("10:00:00 to 10:24:00", "24:00", "97112", "Kim, therapist", ("assisted by Bo",))
SIGNATURE = PacketSignature("Kim", "PT", "2026-11-23 11:00:00", "a" * 64)
CHANGE = PacketChange("10:40:00", "Kim", "97112 · corrected", "end 10:20", "end 10:24", "slip")
VERSION = PacketVersion(
    1,
    "2026-11-23 10:30:00",
    (SIGNATURE,),
    "Kim, 2026-11-23 10:35:00",
    "ended later",
    (Difference("timed minutes", "20", "24"), Difference("note", None, "hands-on")),
    "b" * 64,
)
RULE = PacketRule("cms-8-minute", "Counting minutes", "Manual, chapter 5", "CMS 2026")
VISIT = PacketVisit(
    key="visit 1",
    day=date(2026, 11, 23),
    discipline="PT",
    payer="Medicare",
    status="signed, amended 1 time",
    signed=True,
    totals=Totals(24, 39, 2, 1, in_clinic=45),
    facts=(Fact("Treated by", "Kim, therapist"),),
    lines=(LINE,),
    times=(TIME,),
    arithmetic=("24 timed minutes allow 2 units (23 to 37)",),
    remarks=("97112 is billed alone",),
    settled=(Fact("97112 / 97530", "Kim attests"),),
    skilled=("97112 · Response: steadier",),
    signatures=(SIGNATURE,),
    checked=True,
    versions=(VERSION,),
    changes=(CHANGE,),
    rules=(RULE,),
)


def packet(*visits):
    return Packet(
        "P-1", date(2026, 11, 1), date(2026, 11, 23), visits, "2026-11-23 12:00", "Kim", "1", "CMS"
    )


def texts(block):
    return [str(cell.text) for cell in block.cells]


def laid_out(made, *, height=10, room=300):
    blocks = audit_packet_page.blocks(made)
    return pages(blocks, [height] * len(blocks), room)


def test_the_cover_says_whose_which_days_and_what_is_in_it():
    said = [text for block in laid_out(packet(VISIT))[0] for text in texts(block[0])]

    assert said[0] == "Audit packet"
    assert said[1] == "Patient P-1 · 2026-11-01 to 2026-11-23 · all disciplines"
    assert "2026-11-23 · PT · Medicare" in said
    assert "2026-11-23 12:00, by Kim, with ptimer 1" in said


def test_one_discipline_is_said():
    made = replace(packet(VISIT), discipline="PT")

    assert "PT alone" in texts(audit_packet_page.blocks(made)[1])[0]


def test_the_contents_lead_to_the_page_of_each_visit():
    visits = [replace(VISIT, key=f"visit {n}", day=date(2026, 11, n)) for n in range(1, 6)]
    found = laid_out(packet(*visits), room=150)
    page_of = numbers(found)

    wanted = [c.page_of for page in found for block, _ in page for c in block.cells if c.page_of]
    assert wanted == [visit.key for visit in visits] + ["rules"]
    for visit in visits:
        top, _ = found[page_of[visit.key] - 1][0]
        assert texts(top)[0] == f"{visit.day} · PT · Medicare", "each visit begins a page"


def test_a_visit_tells_totals_in_medicares_order_then_grounds_then_signatures_then_changes():
    blocks = audit_packet_page.blocks(packet(VISIT))
    start = next(i for i, block in enumerate(blocks) if block.mark == VISIT.key)
    visit = blocks[start:]

    figures = next(block for block in visit if block.kind == "figures")
    assert texts(figures) == [
        *("24", "timed-code minutes"),
        *("39", "total treatment minutes"),
        *("2 + 1", "units, timed + untimed"),
        *("45", "minutes in the clinic"),
    ]
    after = visit[visit.index(figures) + 1 :]
    assert texts(after[0]) == ["Code", "What", "Minutes", "Units", "Modifiers"]
    assert texts(after[1]) == ["97112", "Balance", "24", "2", "GP"]
    assert texts(after[2]) == ["GP: under a plan of care"]
    assert [texts(block)[0] for block in visit if block.kind == "heading"] == [
        "Each recorded time",
        "How the units were counted",
        "Limits, warnings and notes",
        "Settled and attested",
        "What made it skilled",
        "Signatures",
        "Amended: version 1 was signed before",
        "Audit log: every press and every change, the oldest first",
    ]


def test_signatures_hashes_differences_and_changes_stand_there():
    said = [texts(block) for block in audit_packet_page.blocks(packet(VISIT))]

    assert ["Kim, PT", "2026-11-23 11:00:00"] in said
    assert [f"SHA-256 {'a' * 64}"] in said
    assert ["Compared when this packet was made: the record is what was signed."] in said
    assert ["Why", "ended later"] in said
    assert [f"Version 1, SHA-256 {'b' * 64}"] in said
    assert ["timed minutes", "20", "24"] in said
    assert ["note", "nothing", "hands-on"] in said
    assert ["10:40:00", "Kim", "97112 · corrected", "end 10:20", "end 10:24", "slip"] in said
    assert ["Counting minutes", "Manual, chapter 5 (CMS 2026)"] in said


def test_what_is_not_as_signed_is_said_loud():
    blocks = audit_packet_page.blocks(packet(replace(VISIT, checked=False)))

    (warning,) = [b for b in blocks if any("NOT what was signed" in text for text in texts(b))]
    assert warning.cells[0].style == "warn"


def test_what_a_visit_does_not_hold_has_no_title():
    bare = replace(
        VISIT,
        settled=(),
        skilled=(),
        remarks=(),
        versions=(),
        changes=(),
        signatures=(),
        checked=None,
    )
    blocks = audit_packet_page.blocks(packet(bare))

    titles = {texts(block)[0] for block in blocks if block.kind == "heading"}
    assert not {"Settled and attested", "Signatures", "What made it skilled"} & titles


def test_a_visit_that_was_not_held_shows_its_reason_and_no_figures():
    away = replace(VISIT, away=True, facts=(Fact("Mark", "no-show: car broke down"),), rules=())
    blocks = audit_packet_page.blocks(packet(away))

    start = next(i for i, block in enumerate(blocks) if block.mark == VISIT.key)
    assert texts(blocks[start + 1]) == ["Mark", "no-show: car broke down"]
    assert "figures" not in [block.kind for block in blocks[start:]]
    assert "visits held" in texts(next(b for b in blocks if b.kind == "figures"))


@pytest.mark.parametrize("field", ["before", "after", "why"])
def test_a_text_that_is_too_long_for_its_column_stands_below_over_the_whole_width(field):
    long = "W" * 2000
    made = packet(replace(VISIT, changes=(replace(CHANGE, **{field: long}),)))
    blocks = audit_packet_page.blocks(made)

    (whole,) = [block for block in blocks if long in texts(block)]
    (cell,) = whole.cells
    assert cell.right - cell.left > 0.9
    row = blocks[blocks.index(whole) - 1]
    assert row.keeps
    assert "below" in texts(row)


def test_braces_and_markup_in_ids_and_notes_stay_as_they_are():
    odd = "<b>{0}</b> {patient} %1 &amp;"
    made = replace(packet(replace(VISIT, facts=(Fact(odd, odd),))), patient=odd)

    assert texts(audit_packet_page.blocks(made)[1])[0].startswith(f"Patient {odd} · ")
    assert [odd, odd] in [texts(block) for block in audit_packet_page.blocks(made)]
    assert str(audit_packet_page.edges(made)[0]).startswith(f"Audit packet · {odd}")


@given(
    times=st.integers(0, 40),
    changes=st.integers(0, 60),
    room=st.integers(12, 60),
)
def test_no_title_is_left_at_the_foot_of_a_page_and_each_page_says_which_visit(
    times, changes, room
):
    visit = replace(VISIT, times=(TIME,) * times, changes=(CHANGE,) * changes)
    found = laid_out(packet(visit), height=1, room=room)

    for page in found:
        assert page[-1][0].kind not in ("heading", "head", "banner", "title")
    begin = numbers(found)[VISIT.key] - 1
    end = numbers(found)["rules"] - 1
    for page in found[begin:end]:
        assert page[0][0].mark == VISIT.key


def test_json_counts_what_is_in_it():
    values = audit_packet.as_values(packet(VISIT))

    assert values["visits"] == [
        {
            "date": "2026-11-23",
            "discipline": "PT",
            "payer": "Medicare",
            "signed": True,
            "as_signed": True,
            "timed_minutes": 24,
            "total_minutes": 39,
            "units": 3,
            "segments": 1,
            "signatures": 1,
            "former_versions": 1,
            "changes": 1,
        }
    ]
