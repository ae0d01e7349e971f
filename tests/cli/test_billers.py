"""`layouts`, `batches`, `export --mapping`, and what an export of an amended visit says."""

import csv
import io

import pytest

from tests.cli.command_line import segments_file

ACME = (
    *("layouts", "--save", "Acme", "--columns", "patient_id=MRN,date_of_service=DOS,code=CPT"),
    *("--date-form", "MM/DD/YYYY", "--delimiter", ";", "--bom", "--modifier-order", "59,CQ,GP"),
)


def rows_of(text, delimiter=","):
    """Return a CSV's rows, each by its columns' names."""
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_the_standard_layout_is_listed_where_no_other_is(signed, first):
    [standard] = signed("layouts", "--json").json["layouts"]

    assert (standard["name"], standard["layout_version"]) == (None, "1")
    assert standard["columns"][0] == {"column": "line_id", "title": "line_id"}
    assert len(standard["columns"]) == 30
    assert standard["modifier_order"][:2] == ["59", "XE"]


def test_a_layout_is_saved_listed_and_used(signed, tmp_path):
    assert signed(*ACME).out == "layout Acme/1 saved\n"
    listed = signed("layouts").out
    assert "Acme/1: dates MM/DD/YYYY, ';' between cells, byte-order mark" in listed
    assert "patient_id=MRN, date_of_service=DOS, code=CPT" in listed

    path = tmp_path / "acme.csv"
    told = signed("export", "--mapping", "acme", "-o", str(path), "--json").json
    assert (told["rows"], told["units"]) == (1, 2)
    assert path.read_bytes() == b"\xef\xbb\xbfMRN;DOS;CPT\r\nP-1;11/23/2026;97110\r\n"
    assert signed("export", "--mapping", "Acme").out == path.read_bytes().decode("utf-8")


def test_what_no_option_names_stays_and_a_change_is_a_version(signed):
    signed(*ACME)

    same = signed("layouts", "--save", "acme", "--delimiter", ";", "--json").json
    assert (same["changed"], same["layout_version"]) == (False, "Acme/1")
    changed = signed("layouts", "--save", "Acme", "--no-bom", "--json").json
    assert (changed["changed"], changed["layout_version"], changed["bom"]) == (
        *(True, "Acme/2"),
        False,
    )
    assert [column["title"] for column in changed["columns"]] == ["MRN", "DOS", "CPT"]
    columns = ("--columns", "layout_version=Form,modifier_1=M1")
    signed("layouts", "--save", "Acme", *columns)
    assert signed("export", "--mapping", "Acme").out == "Form;M1\r\nAcme/3;GP\r\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["layouts", "--bom"], "Name the layout, too: --save NAME"),
        (["layouts", "--save", "A", "--columns", "mrn"], "mrn is no column of the biller's file"),
        (["layouts", "--save", "A", "--columns", " "], "Name at least one column"),
        (["layouts", "--save", "A", "--columns", "code=X,units=X"], "Two columns are called X"),
        (["layouts", "--save", "", "--bom"], "The layout's name is empty: type one"),
        (["layouts", "--save", "A", "--modifier-order", "59,K"], "K is no modifier"),
        (["layouts", "--save", "A", "--date-form", "today"], "today is no form of a date"),
        (["export", "--mapping", "A", "-o", "x.csv"], "There is no layout A"),
        (["export", "--mapping", "A", "--layout", "segments", "-o", "x"], "not for segments"),
        (["export", "--mapping", "A", "--bom", "-o", "x"], "leave them out"),
        (["export", "--mapping", "A", "--delimiter", ",", "-o", "x"], "leave them out"),
        (["batches", "--reproduce", "0190", "-o", "x"], "There is no batch 0190"),
        (["batches", "--reproduce", "0190"], "--json needs -o FILE"),
        (["batches", "-o", "x"], "Name the batch, too: --reproduce ID"),
    ],
)
def test_what_can_not_be_is_told_and_changes_nothing(signed, words, why):
    before = signed.recorded()
    result = signed(*words, "--json")

    assert result.exit == 2
    assert why in result.error["reason"]
    assert signed.recorded() == before


def test_on_an_empty_folder_nothing_is_made(first):
    assert first("batches", "--json").json == {"batches": []}
    assert first("batches").out == "no file was made yet\n"
    assert first("layouts").exit == 0
    assert first("export", "--mapping", "Acme").exit == 2
    assert first("batches", "--reproduce", "0190").exit == 2
    assert not first.folder.exists()


def test_each_file_is_listed_and_made_again_byte_for_byte(signed, tmp_path, capfdbinary):
    path, again = tmp_path / "lines.csv", tmp_path / "again.csv"
    signed("export", "-o", str(path), "--bom")
    printed = signed("export", "--include-unsigned").out

    newest, first = signed("batches", "--json").json["batches"]
    assert (first["file_name"], first["lines"], first["units"]) == ("lines.csv", 1, 2)
    assert (first["minutes"], first["made_by"], first["layout_version"]) == (30, "Ana", "1")
    assert (newest["file_name"], newest["lines"]) == ("stdout", 2)
    assert len(first["sha256"]) == 64
    listed = signed("batches").out
    assert f"{first['batch_id']}  10:00:00 by Ana  lines.csv" in listed
    assert f"1 lines, 2 units, 30 minutes, layout 1; sha256 {first['sha256']}" in listed

    made = signed("batches", "--reproduce", first["batch_id"], "-o", str(again))
    assert made.out == f"batch {first['batch_id']} written again to {again}\n"
    assert again.read_bytes() == path.read_bytes()
    assert signed("batches", "--reproduce", newest["batch_id"]).out == printed
    assert len(signed("batches", "--json").json["batches"]) == 2, "making one again is no export"


def test_an_amended_visit_goes_out_with_what_changed_and_says_so(signed, tmp_path):
    first = rows_of(signed("export").out)
    signed("amend", "--patient", "P-1", "--why", "a code was forgotten")
    line = "P-1,Medicare,PT,Ana,therapist,97140,2026-11-23T08:40,2026-11-23T08:55"
    signed("import", segments_file(tmp_path / "late.csv", line))
    signed("sign", "--patient", "P-1", "--clinician", "Ana")

    result = signed("export", "-o", str(tmp_path / "second.csv"), "--json")
    [row] = rows_of((tmp_path / "second.csv").read_bytes().decode())
    assert (row["line_status"], row["code"], row["units"]) == ("NEW", "97140", "1")
    assert row["encounter_id"] == first[0]["encounter_id"]
    assert row["total_timed_minutes"] == "45"
    told = {name: result.json[name] for name in ("rows", "corrections", "voids", "unchanged")}
    assert told == {"rows": 1, "corrections": 0, "voids": 0, "unchanged": 1}
    assert "left out, unchanged since they went out: 1 line of amended visits" in result.err

    signed("amend", "--patient", "P-1", "--why", "another ten minutes")
    line = "P-1,Medicare,PT,Ana,therapist,97140,2026-11-23T08:30,2026-11-23T08:40"
    signed("import", segments_file(tmp_path / "more.csv", line))
    signed("sign", "--patient", "P-1", "--clinician", "Ana")
    third = signed("export")
    [again] = rows_of(third.out)
    assert (again["line_status"], again["line_id"]) == ("CORRECTION", row["line_id"])
    assert again["units"] == "2"
    assert "1 line in place of those of the same ids (CORRECTION)" in third.err
    assert rows_of(signed("export").out)[0]["line_status"] == "CORRECTION"
    assert signed("check").exit == 0


def test_what_a_biller_would_send_back_is_told_with_the_record_it_leads_to(signed, tmp_path):
    told = signed("export", "-o", str(tmp_path / "x.csv"), "--json")

    assert told.json["warnings"] == [
        {
            "rule": "missing-npi",
            "text": "Ana has no NPI on record: 1 line goes out without it",
            "visit_id": None,
            "patient": None,
            "date": None,
            "clinician": "Ana",
            "code": None,
        }
    ]
    assert "warning: Ana has no NPI on record: 1 line goes out without it\n" in told.err


def test_what_went_out_before_may_be_left_out(signed, tmp_path):
    signed("export")

    told = signed("export", "--only-changes", "-o", str(tmp_path / "x.csv"), "--json")
    assert (told.json["rows"], told.json["kept_back"]) == (0, 1)
    assert "left out, as they went out before: 1 line\n" in told.err
    assert len(signed("batches", "--json").json["batches"]) == 1, "a header alone is no batch"
    segments = signed("export", "--only-changes", "--layout", "segments", "-o", "x", "--json")
    assert (segments.exit, segments.error["exit"]) == (2, 2)
