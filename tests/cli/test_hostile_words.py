"""Ids, names and notes that are formulas, SQL or paths: kept as they are, and run by nobody."""

import csv
import io

import pytest

from ptimer.reports.cells import as_typed
from tests.cli.command_line import NOW, Ptimer, at, segments_file

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\uff1d1", "'=1")
SQL = ("'; drop table visits; --", '" or 1=1 --', "x') union select * from settings --")
PATHS = ("../../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "~", "CON", ".")
HOSTILE = (*FORMULAS, *SQL, *PATHS, "<b>x</b>&amp;{0}%s")
PATIENTS = {as_typed(odd) for odd in HOSTILE}
"""As they come in from a file, which takes a spreadsheet's apostrophe off."""


def rows(text, delimiter=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def runs(cell):
    return cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d") and cell != ""


@pytest.fixture
def day(ptimer, tmp_path):
    """A day of such patients, clinicians, notes, payers, layouts and courses, all signed."""
    lines = []
    for number, odd in enumerate(HOSTILE):
        cells = [odd, "=Pay", "PT", f"@{odd}"[:90], "therapist", "97110"]
        cells += [f"2026-11-23T{number // 3:02}:{number % 3 * 15:02}"]
        cells += [f"2026-11-23T{number // 3:02}:{number % 3 * 15 + 10:02}", odd]
        lines.append(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells))
    file = segments_file(tmp_path / "in.csv", *lines, columns=COLUMNS)
    results = [
        ptimer("payers", "--add", "=Pay", "--why", "+why"),
        ptimer("import", file),
        ptimer(
            "layouts", "--save", "=L", "--columns", "patient_id==MRN,units=-n,layout_version=@v"
        ),
        ptimer(
            "education",
            "--clinician",
            "@=1+1",
            "--add",
            "=course",
            "--on",
            "2026-01-01",
            "--note",
            "-note",
            "--file",
            "+file",
        ),
    ]
    assert [each.exit for each in results] == [0, 0, 0, 0], [each.err for each in results]
    return ptimer


COLUMNS = "patient,payer,discipline,clinician,role,code,start,end,note"

EXPORTS = {
    "biller": ("export", "--include-unsigned"),
    "biller, semicolons": ("export", "--include-unsigned", "--delimiter", ";"),
    "a biller's own": ("export", "--include-unsigned", "--mapping", "=L"),
    "segments": ("export", "--include-unsigned", "--layout", "segments"),
}


@pytest.mark.parametrize("words", EXPORTS.values(), ids=EXPORTS)
def test_no_cell_of_an_export_is_a_formula(day, words):
    made = day(*words)

    assert made.exit == 0, made.err
    found = rows(made.out, ";" if ";" in words else ",")
    assert len(found) > len(HOSTILE)
    assert [cell for row in found for cell in row if runs(cell)] == []
    assert any(cell == "'=1+1" for row in found for cell in row), "it is told as it is"


def test_no_cell_of_the_clinicians_file_is_a_formula(day, tmp_path):
    file = tmp_path / "clinicians.csv"
    assert day("clinicians", "--export", str(file)).exit == 0

    found = rows(file.read_text("utf-8"))
    assert [cell for row in found for cell in row if runs(cell)] == []
    assert "'=course" in {cell for row in found for cell in row}


def test_what_goes_out_comes_in_again_as_it_was(day, tmp_path):
    file = tmp_path / "out.csv"
    segments = ("export", "--include-unsigned", "--layout", "segments", "-o")
    day(*segments, str(file))
    other = Ptimer(tmp_path / "other", at(NOW))
    other.do("payers --add =Pay --why test")

    came_in = other("import", str(file))

    assert came_in.exit == 0, came_in.err
    assert {visit["patient"] for visit in other.summary()["visits"]} == PATIENTS
    other(*segments, str(tmp_path / "again.csv"))
    assert (tmp_path / "again.csv").read_bytes() == file.read_bytes()


def test_nothing_typed_is_sql(day):
    for odd in HOSTILE:
        for words in (
            ("why", "--patient", odd),
            ("goals", "--patient", odd, "--add", odd),
            ("goals", "--patient", odd),
            ("versions", "--patient", odd),
            ("skilled", "--patient", odd),
            ("stop", "--patient", odd),
            ("codes", odd),
            ("payers", odd),
            ("batches", "--reproduce", odd),
        ):
            assert day(*words).exit in (0, 2, 3), words

    assert day("check").exit == 0
    assert {visit["patient"] for visit in day.summary()["visits"]} == PATIENTS


def test_no_file_appears_but_where_it_was_named(day, tmp_path):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    for odd in (*PATHS, *FORMULAS):
        day("why", "--patient", odd)
        day("export", "--include-unsigned", "--clinician", odd)
        day("export", "--mapping", odd)
    after = {path for path in tmp_path.rglob("*") if path.is_file()}

    assert {path.name for path in after - before} <= {"ptimer.db-wal", "ptimer.db-shm"}
