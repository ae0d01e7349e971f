"""`export`: the biller's CSV and the segments, on stdout or in a file (cli.md, Files)."""

import csv
import io
import os
import sys
from datetime import datetime

import pytest

BILLER = (
    "line_id,encounter_id,line_status,patient_id,date_of_service,payer,rendering_provider,"
    "rendering_npi,supervising_npi,place_of_service,code,modifier_1,modifier_2,modifier_3,"
    "modifier_4,diagnosis_pointers,units,unit_basis,minutes,timed,total_timed_minutes,"
    "total_treatment_minutes,time_in,time_out,unit_rule,charge,flags,batch_id,exported_at,"
    "layout_version"
)


def rows_of(text, delimiter=","):
    """Return a CSV's rows, each by its columns' names."""
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_the_columns_stand_in_the_contracts_order_and_lines_end_with_crlf(signed):
    text = signed("export").out

    assert text.startswith(BILLER + "\r\n")
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == 2
    assert not text.endswith("\r\n\r\n")


def test_a_line_says_what_may_be_billed(signed):
    (row,) = rows_of(signed("export").out)

    expected = {
        "line_status": "NEW",
        "patient_id": "P-1",
        "date_of_service": "2026-11-23",
        "payer": "Medicare",
        "rendering_provider": "Ana",
        "code": "97110",
        "modifier_1": "GP",
        "units": "2",
        "unit_basis": "UN",
        "minutes": "30",
        "timed": "Y",
        "total_timed_minutes": "30",
        "total_treatment_minutes": "30",
        "time_in": "08:00",
        "time_out": "08:30",
        "unit_rule": "cms",
        "exported_at": "2026-11-23T10:00:00Z",
        "layout_version": "1",
    }
    filled = {column: value for column, value in row.items() if value}
    ids = {column: filled.pop(column) for column in ("line_id", "encounter_id", "batch_id")}
    assert filled == expected, "and what can't be filled is empty"
    assert len(set(ids.values())) == 3


def test_unsigned_visits_are_held_back_and_named(signed):
    result = signed("export")

    told = "held back, not signed: P-2 of 2026-11-23 (--include-unsigned takes it along)"
    assert result.err.splitlines()[0] == told
    assert [row["patient_id"] for row in rows_of(result.out)] == ["P-1"]


def test_unsigned_visits_go_out_flagged_where_that_is_wished(signed):
    result = signed("export", "--include-unsigned")

    assert result.err.startswith("1 line has gone out before") is False
    assert [row["flags"] for row in rows_of(result.out)] == ["", "UNSIGNED"]


def test_nothing_to_write_is_a_header_and_status_0(signed):
    for words in (["--date", "2026-11-22"], ["--clinician", "Bo"], ["--date", "2020-01-01"]):
        result = signed("export", *words)
        assert (result.exit, result.out) == (0, BILLER + "\r\n")


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["--date", "2026-11-23"], 1),
        (["--from", "2026-11-23"], 1),
        (["--from", "2000-01-01"], 1),
        (["--from", "2026-11-24"], 0),
        (["--from", "2026-11-01", "--to", "2026-11-30"], 1),
        (["--from", "2000-01-01", "--to", "9999-12-31"], 1),
        (["--from", "2026-11-01", "--to", "2026-11-22"], 0),
    ],
)
def test_the_days_are_those_that_are_named(signed, words, rows):
    assert len(rows_of(signed("export", *words).out)) == rows


@pytest.mark.parametrize(
    ("typed", "delimiter"), [(";", ";"), ("|", "|"), ("\t", "\t"), ("\\t", "\t"), ("TAB", "\t")]
)
@pytest.mark.parametrize("layout", ["biller", "segments"])
def test_cells_may_be_separated_otherwise(signed, tmp_path, layout, typed, delimiter):
    result = signed("export", "--layout", layout, "--delimiter", typed)

    assert rows_of(result.out, delimiter)[0]["code"] == "97110"
    header_only = signed("export", "--layout", layout, "--delimiter", typed, "--date", "2020-01-01")
    assert header_only.out == result.out.splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    "typed", ["", ",,", "a", "1", "é", '"', "'", "\n", "\r", "\0", " ", ".", "-"]
)
def test_what_stands_in_cells_cannot_separate_them(signed, typed):
    result = signed("export", "--delimiter", typed, "-o", "x.csv", "--json")

    assert result.exit == 2
    assert result.error["reason"].endswith("can't separate cells: use , ; | or tab")


@pytest.mark.parametrize("layout", ["biller", "segments"])
def test_a_byte_order_mark_is_an_option(signed, tmp_path, layout):
    path = tmp_path / "lines.csv"
    signed("export", "--layout", layout, "-o", str(path), "--bom")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")

    signed("export", "--layout", layout, "-o", str(path))
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not signed("export", "--layout", layout).out.startswith("\ufeff")
    assert signed("export", "--layout", layout, "--bom").out.startswith("\ufeff")


def test_a_file_holds_what_stdout_would(signed, tmp_path):
    path = tmp_path / "lines.csv"
    printed = signed("export").out
    result = signed("export", "-o", str(path))

    def said(text):
        own = ("batch_id", "exported_at")
        return [{k: v for k, v in row.items() if k not in own} for row in rows_of(text)]

    assert result.out == f"1 row written to {path}\n"
    assert said(path.read_bytes().decode()) == said(printed)


def test_the_same_lines_keep_their_ids(signed, tmp_path):
    def line_ids():
        result = signed("export", "--include-unsigned")
        return result, [row["line_id"] for row in rows_of(result.out)]

    (first, ids), (again, same) = line_ids(), line_ids()
    assert ids == same
    no_npi = "warning: Ana has no NPI on record: 2 lines go out without it\n"
    assert first.err == no_npi
    assert again.err == f"2 lines have gone out before, under the same ids\n{no_npi}"


@pytest.mark.parametrize("layout", ["biller", "segments"])
def test_an_export_never_writes_over_the_record(signed, tmp_path, layout):
    before = signed.database.read_bytes()
    link = tmp_path / "link.csv"
    link.symlink_to(signed.database)
    hard = tmp_path / "hard.csv"
    os.link(signed.database, hard)

    for target in (signed.database, f"{signed.database}-wal", f"{signed.database}-shm", link, hard):
        result = signed("export", "-o", str(target), "--layout", layout, "--json")
        assert result.exit == 2
        assert "belongs to the record: name another file" in result.error["reason"]
    assert signed.database.read_bytes() == before
    assert signed("check").exit == 0


def test_a_backup_does_not_either(signed):
    for target in (signed.database, f"{signed.database}-wal", signed.folder):
        assert signed("backup", str(target), "--json").exit == 2
    assert signed("check").exit == 0


def test_a_target_that_cannot_be_is_told_and_nothing_is_remembered(signed, tmp_path):
    before = signed.recorded()
    for target, says in {
        tmp_path: "is a folder: name a file in it",
        tmp_path / "no" / "lines.csv": "There is no folder",
        signed.database / "lines.csv": "There is no folder",
    }.items():
        result = signed("export", "-o", str(target), "--json")
        assert result.exit == 2
        assert says in result.error["reason"]
    assert signed.recorded() == before


@pytest.mark.skipif(sys.platform == "win32", reason="devices have other names there")
def test_a_device_is_not_replaced_by_a_file(signed, tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for target in ("/dev/null", str(tmp_path / "pipe")):
        result = signed("export", "-o", target, "--json")
        assert result.exit == 2
        assert "is not a plain file" in result.error["reason"]


def test_a_name_too_long_for_the_system_is_told(signed, tmp_path):
    before = signed.recorded()

    result = signed("export", "-o", str(tmp_path / ("x" * 300)), "--json")

    assert result.exit == 5
    assert "can't be written" in result.error["reason"]
    assert signed.recorded() == before
    assert list(tmp_path.glob(".*")) == []


def test_a_file_that_is_there_is_replaced_whole(signed, tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text("old\n" * 1000, "utf-8")

    signed("export", "-o", str(path))

    assert path.read_bytes().startswith(BILLER.encode())
    assert b"old" not in path.read_bytes()


def test_a_dash_means_stdout(signed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert signed("export", "-o", "-").out.startswith(BILLER)
    assert signed("export", "-o", "-", "--json").exit == 2
    assert not (tmp_path / "-").exists()


def test_times_of_the_segments_name_their_zone(signed):
    (row,) = rows_of(signed("export", "--layout", "segments").out)

    start, end = (datetime.fromisoformat(row[name]) for name in ("start", "end"))
    assert start.utcoffset() is not None
    assert (end - start).total_seconds() == 1800


def test_what_a_file_cannot_hold_is_left_out_and_named(signed, tmp_path):
    signed.do(
        "start 97112 --patient P-3 --clinician Ana --at 09:30",
        "start 97110 --patient P-3 --switch --at 09:30",
    )
    path = tmp_path / "segments.csv"

    words = ("export", "--layout", "segments", "--include-unsigned", "-o", str(path))
    result = signed(*words, "--json")

    assert result.json["left_out"] == [
        {"patient": "P-3", "code": "97112", "running": False},
        {"patient": "P-3", "code": "97110", "running": True},
    ]
    assert result.err == (
        "left out, it was stopped as it was started: 97112 of P-3\n"
        "left out, still running: 97110 of P-3 (stop it first)\n"
    )
    assert result.json["rows"] == len(rows_of(path.read_text("utf-8"))) == 2
