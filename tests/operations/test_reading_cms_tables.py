"""What CMS publishes is read; what is no such file is told, in any form that it may have."""

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ptimer.billing.editions import Kind
from ptimer.billing.ptp_edits import PairRow
from ptimer.operations import cms_tables
from ptimer.operations.errors import BadData, Misused
from tests import cms_samples as cms

ROWS = cms.pair_rows()
CODES = {code for row in ROWS for code in row[:2]} - {"0552T", "95851"}
KEPT = [row for row in ROWS if CODES.issuperset(row[:2])]
Q3 = date(2026, 7, 1)


def read(path, codes=CODES):
    return cms_tables.read(path, codes, lambda *_: None)


def _day(text):
    return None if text == "*" else date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _as_text(folder):
    path = folder / f"{cms.PTP_NAME}.txt"
    path.write_bytes(cms.ptp_text(ROWS))
    return path


def _zip_with_both(folder):
    cms.ptp_sheet(folder / "whole.xlsx", ROWS[:3])
    members = {"x.XLSX": (folder / "whole.xlsx").read_bytes(), "x.TXT": cms.ptp_text(ROWS)}
    return cms.zipped(folder / f"{cms.PTP_NAME}.zip", members)


def _zip_with_a_sheet(folder):
    cms.ptp_sheet(folder / "whole.xlsx", ROWS)
    members = {"deep/down.xlsx": (folder / "whole.xlsx").read_bytes(), "Readme.txt": b"read me"}
    return cms.zipped(folder / f"{cms.PTP_NAME}.zip", members)


PTP_FORMS = {
    "text": _as_text,
    "a ZIP": lambda folder: cms.ptp_file(folder, ROWS),
    "four ZIPs": lambda folder: cms.ptp_parts(folder, ROWS),
    "five ZIPs": lambda folder: cms.ptp_parts(folder, ROWS, parts=5),
    "a ZIP of text and sheet": _zip_with_both,
    "a ZIP of a sheet": _zip_with_a_sheet,
    "a sheet": lambda folder: cms.ptp_sheet(folder / f"{cms.PTP_NAME}.xlsx", ROWS),
    "a sheet of numbers": lambda folder: cms.ptp_sheet(
        folder / f"{cms.PTP_NAME}.xlsx", ROWS, numbers=(0, 1, 3, 4, 5)
    ),
    "a sheet without shared texts": lambda folder: cms.ptp_sheet(
        folder / f"{cms.PTP_NAME}.xlsx", ROWS, shared=False
    ),
}


@pytest.mark.parametrize("form", PTP_FORMS)
def test_the_pairs_of_the_book_are_read_in_every_form(form, tmp_path):
    table = read(PTP_FORMS[form](tmp_path))

    assert (table.kind, table.in_force_from) == (Kind.PTP, Q3)
    assert list(table.pairs) == [
        PairRow(c1, c2, int(indicator), _day(first), _day(last), why)
        for c1, c2, first, last, indicator, why in KEPT
    ]
    foreign = len(cms.FOREIGN) * len(table.files)
    assert sum(file.rows for file in table.files) == len(ROWS) + foreign


def test_the_last_line_may_lack_its_end(tmp_path):
    path = tmp_path / "2026q3.txt"
    path.write_bytes(cms.ptp_text(ROWS).rstrip())

    assert len(read(path).pairs) == len(KEPT)


def test_the_other_parts_are_found_beside_any_part(tmp_path):
    first = cms.ptp_parts(tmp_path, ROWS)

    table = read(first.with_name(first.name.replace("f1", "f3")))
    assert [file.name[-6:] for file in table.files] == ["f1.zip", "f2.zip", "f3.zip", "f4.zip"]
    assert len({file.sha256 for file in table.files}) == 4
    assert len(table.pairs) == len(KEPT)


def test_a_part_alone_is_no_table(tmp_path):
    first = cms.ptp_parts(tmp_path, ROWS)
    first.with_name(first.name.replace("f1", "f3")).unlink()

    with pytest.raises(Misused, match=r"put .*-f3\.zip beside it"):
        read(first)


def test_the_numbers_of_days_in_a_sheet_are_dates(tmp_path):
    row = ("97150", "97110", "36526", "44196", "1", "")
    path = cms.ptp_sheet(tmp_path / "2026q3.xlsx", [row], numbers=(3, 4))

    (pair,) = read(path).pairs
    assert (pair.first, pair.last) == (date(2000, 1, 1), date(2020, 12, 31))


MUE_FORMS = {
    "a ZIP": cms.mue_file,
    "a sheet": lambda folder: cms.xlsx(
        folder / f"{cms.MUE_NAME}.xlsx", cms.mue_cells(), numbers=(1,)
    ),
}


@pytest.mark.parametrize("form", MUE_FORMS)
def test_units_a_day_are_read_in_every_form(form, tmp_path):
    table = read(MUE_FORMS[form](tmp_path))

    assert (table.kind, table.in_force_from) == (Kind.MUE, Q3)
    assert [(row.code, row.units, row.indicator) for row in table.limits] == list(cms.MUE_VALUES)


def test_units_a_day_are_read_from_bare_csv(tmp_path):
    path = tmp_path / f"{cms.MUE_NAME}.csv"
    path.write_bytes(cms.mue_text())

    assert read(path).rows_kept == len(cms.MUE_VALUES)


def test_how_far_it_is_read_is_told_and_may_end_it(tmp_path):
    told = []
    cms_tables.read(cms.ptp_parts(tmp_path, ROWS), CODES, lambda *far: told.append(far))

    assert told == sorted(told)
    assert all(0 <= done <= whole for done, whole in told)

    def call_off(done, whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cms_tables.read(tmp_path / f"{cms.PTP_NAME}-f1.zip", CODES, call_off)


def _text(**change):
    """Return a table whose last row is changed: `last="20269999"`."""
    row = dict(zip(("c1", "c2", "first", "last", "ind"), ROWS[-1][:5], strict=True)) | change
    return cms.ptp_text([*ROWS[:-1], tuple(row.values())])


WHOLE = cms.ptp_text(ROWS)
MUE = cms.mue_text()
WRONG = {
    "no file": ("", b"", "it is empty"),
    "a picture": ("", b"\x89PNG\r\n\x1a\n\0\0\0", "it is no text, no CSV, no XLSX and no ZIP file"),
    "words": ("", b"Dear Sir,\nhow are you?\n", "it is neither CMS's table of pairs"),
    "cut off": ("", WHOLE[:-60], "the file is cut off or damaged"),
    "cut off in its last words": ("", WHOLE[:-9], "the file is cut off or damaged"),
    "no pair of ours": ("", cms.ptp_text([]), "no row of it is about a code of the code book"),
    "an indicator": ("", _text(ind="2"), "2 is no modifier indicator"),
    "a first day": ("", _text(first="20260231"), "20260231 is no date"),
    "a last day": ("", _text(last="soon"), "soon is no date"),
    "raised digits": ("", _text(first="2026070²"), "2026070² is no date"),
    "hospitals": ("ccioph-", WHOLE, "it is the hospitals' table of pairs"),
    "Medicaid": ("medicaid-", WHOLE, "it is Medicaid's table"),
    "an endless line": ("", b"97112\t" * 20_000, "a line of it is too long"),
    "an open quote": ("", MUE[:-3], "cut off or damaged"),
    "units of facilities": (
        "",
        MUE.replace(b"Practitioner", b"Outpatient"),
        "it is the table of units a day for others",
    ),
    "other columns": ("", MUE.replace(b"Indicator", b"Edit"), "its columns are not those"),
    "no units": ("", MUE.replace(b"97110,6,", b"97110,six,"), "six is no number of units"),
    "no adjudication": ("", MUE.replace(b"3 Date", b"4 Date"), "is no adjudication indicator"),
    "a code twice": ("", MUE + b'97110,5,"3 Date",x\r\n', "97110 is there twice"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_such_table_is_told(case, tmp_path):
    before, content, why = WRONG[case]
    path = tmp_path / f"{before}2026q3.txt"
    path.write_bytes(content)

    with pytest.raises(BadData, match=r"^Nothing came in from") as told:
        read(path)
    assert why in str(told.value)


def test_the_bad_line_is_named(tmp_path):
    path = tmp_path / "2026q3.txt"
    path.write_bytes(_text(ind="7"))

    with pytest.raises(BadData) as told:
        read(path)
    line = len(cms.PREAMBLE) + len(cms.FOREIGN) + len(ROWS)
    assert told.value.lines == (line,)
    assert f"line {line}: " in str(told.value)


@pytest.mark.parametrize("name", ["pairs.txt", "2026q5.txt", "pairs-12.txt", "Eff_13-01-2026.txt"])
def test_a_table_of_an_unknown_quarter_is_not_taken(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(WHOLE)

    with pytest.raises(BadData, match="keep the name that CMS gave it"):
        read(path)


def test_two_dates_are_none(tmp_path):
    with pytest.raises(BadData, match=r"its names tell different dates: 2026-04-01 2026-07-01"):
        read(cms.zipped(tmp_path / "2026q2.zip", {"ccipra-v322r0.TXT": WHOLE}))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ccipra-v300r0", date(2024, 1, 1)),
        ("ccipra-v313r0", date(2025, 10, 1)),
        ("ccipra-v324r0", date(2026, 10, 1)),
        ("medicare-ncci-2025-q4-practitioner-services-mue-table", date(2025, 10, 1)),
        ("MCR_MUE_PractitionerServices_Eff_01-01-2026", date(2026, 1, 1)),
    ],
)
def test_the_name_tells_the_quarter(name, day, tmp_path):
    path = tmp_path / f"{name}.txt"
    path.write_bytes(WHOLE)

    assert read(path).in_force_from == day


BOMB = '<!DOCTYPE x [<!ENTITY a "97112"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_sheet_that_declares_entities_is_refused(tmp_path):
    path = cms.ptp_sheet(tmp_path / "2026q3.xlsx", ROWS, before=BOMB)

    with pytest.raises(BadData, match="declares a document type"):
        read(path)


def test_a_value_without_an_end_is_not_read_to_its_end(tmp_path):
    endless = f'<worksheet x="{"9" * 9_000_000}'
    members = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": endless}
    path = cms.zipped(tmp_path / "2026q3.xlsx", members)

    with pytest.raises(BadData, match="a value in it has no end"):
        read(path)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "big.txt"])
def test_what_unpacks_to_too_much_is_not_unpacked(name, tmp_path, monkeypatch):
    monkeypatch.setattr("ptimer.operations.xlsx_rows.MOST_BYTES", 1000)
    monkeypatch.setattr("ptimer.operations.cms_files.MOST_BYTES", 1000)
    others = {} if name == "big.txt" else {"xl/workbook.xml": "<workbook/>"}
    path = cms.zipped(tmp_path / "2026q3.zip", {**others, name: b"\t" * 100_000})

    with pytest.raises(BadData, match="it unpacks to more"):
        read(path)


def test_a_text_that_is_not_there_is_no_text(tmp_path):
    sheet = '<worksheet><row r="4"><c t="s"><v>7</v></c></row></worksheet>'
    members = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}

    with pytest.raises(BadData, match="a cell of row 4 names a text that is not there"):
        read(cms.zipped(tmp_path / "2026q3.xlsx", members))


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    made = [cms.ptp_file(folder, ROWS), cms.mue_file(folder)]
    made.append(cms.ptp_sheet(folder / f"{cms.PTP_NAME}.xlsx", ROWS[:50]))
    return [path.read_bytes() for path in made] + [cms.ptp_text(ROWS[:20]), cms.mue_text()]


@examples(max_examples=300)
@given(data=st.data())
def test_a_damaged_file_is_told_and_never_breaks(forms, tmp_path_factory, data):
    content = bytearray(data.draw(st.sampled_from(forms)))
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(st.binary(max_size=6))
        content[place : place + len(new)] = new
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    path = tmp_path_factory.mktemp("hostile") / "2026q3.bin"
    path.write_bytes(content[:cut])

    try:
        told = read(path).rows_kept
    except BadData as problem:
        told = str(problem).startswith("Nothing came in from 2026q3.bin")
    assert told


@examples(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from(["", "PK\3\4", "97112\t97110\t"]))
def test_any_bytes_are_told(tmp_path_factory, content, begins):
    path = tmp_path_factory.mktemp("hostile") / "2026q3.bin"
    path.write_bytes(begins.encode() + content)

    with pytest.raises(BadData):
        read(path)


def test_a_damaged_zip_is_told(tmp_path):
    path = cms.ptp_file(tmp_path, ROWS)
    with zipfile.ZipFile(path) as file:
        (info,) = file.infolist()
    content = bytearray(path.read_bytes())
    content[info.header_offset + 200] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(BadData, match="cut off or damaged"):
        read(path)
