"""The files that were made for a biller: listed, made again byte for byte, and checked."""

import zlib
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from ptimer.operations import batches, export_files, keeping
from ptimer.operations.errors import BadData, Misused
from ptimer.operations.export_files import ExportWish
from ptimer.operations.exporting import Span
from ptimer.reports.biller_layout import STANDARD, Column
from ptimer.storage import database

DAY = date(2026, 11, 23)
WISH = ExportWish(Span(DAY, DAY))
ACME = replace(
    STANDARD,
    name="Acme",
    version=3,
    columns=(Column("patient_id", "MRN"), Column("date_of_service", "DOS")),
    date_form="MM/DD/YYYY",
    delimiter=";",
    bom=True,
)


@pytest.fixture
def written(clinic, timed, sign, tmp_path):
    """Write a file of Ann's visit, or of all signed ones, and return its path."""
    sign(timed("97110", "Änn", minutes=20).visit_id)

    def written(name="today.csv", **more):
        path = tmp_path / name
        export_files.export_to(clinic, replace(WISH, **more), path, lambda *_: None)
        return path

    return written


def _without_guards(clinic, statement, *values):
    """Change what the record holds as a program could that takes the guard away."""
    with database.transaction(clinic.connection):
        guard = "export_files_stay"
        (sql,) = clinic.connection.execute(
            "select sql from sqlite_schema where name = ?", (guard,)
        ).fetchone()
        clinic.connection.execute(f"drop trigger {guard}")
        clinic.connection.execute(statement, values)
        clinic.connection.execute(sql)


def test_a_batch_says_what_it_came_to_who_made_it_and_when(clinic, written, clock):
    path = written()

    [batch] = batches.newest_first(clinic)
    assert (batch.line_count, batch.units, batch.minutes) == (1, 1, 20)
    assert (batch.corrections, batch.voids) == (0, 0)
    assert (batch.file_name, batch.made_by) == ("today.csv", "Kim")
    assert (batch.exported_at, batch.date_from, batch.date_to) == (clock.now(), DAY, DAY)
    assert batch.sha256 == sha256(path.read_bytes()).hexdigest()
    assert (batch.size, batch.layout_version) == (len(path.read_bytes()), "1")


@pytest.mark.parametrize(
    "form",
    [{}, {"bom": True}, {"delimiter": "\t"}, {"mapping": ACME}],
    ids=["standard", "byte-order mark", "tabs", "a biller's own"],
)
def test_each_file_is_made_again_byte_for_byte(clinic, written, tmp_path, form, timed, sign, clock):
    path = written(**form)
    before = path.read_bytes()
    sign(timed("97110", "Bob", minutes=20).visit_id)
    clock.advance(hours=1)
    written("later.csv")

    first = batches.newest_first(clinic)[-1]
    made = batches.write_again(clinic, first.id, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == before
    assert made.batch == first


def test_a_file_on_stdout_is_kept_like_any_other(clinic, written):
    from ptimer.operations import exporting

    written()
    export = exporting.prepare(clinic, WISH.span)
    exporting.remember(clinic, export, "stdout")

    newest, first = batches.newest_first(clinic)
    assert newest.file_name == "stdout"
    assert batches.again(clinic, newest.id).content.startswith(b"line_id,encounter_id,")
    assert newest.sha256 != first.sha256, "it is of another batch and time"


def test_a_batch_is_found_by_the_beginning_of_its_id(clinic, written):
    written()
    written("again.csv")
    newest, first = batches.newest_first(clinic)

    assert batches.find(clinic, first.id[:-1].upper()) == first
    with pytest.raises(Misused, match="2 batches begin with"):
        batches.find(clinic, first.id[:4])
    for nothing in ("", "zzzz", first.id + "0", first.id[:3]):
        with pytest.raises(Misused, match="There is no batch"):
            batches.find(clinic, nothing)
    assert newest.id != first.id


@pytest.mark.parametrize("content", [b"", zlib.compress(b"another file")], ids=["torn", "another"])
def test_a_file_that_is_kept_otherwise_is_found_and_never_handed_out(
    clinic, written, folder, clock, tmp_path, content
):
    written()
    assert keeping.check(folder, clock).visits == 1
    _without_guards(clinic, "update export_files set content = ?", content)

    [batch] = batches.newest_first(clinic)
    with pytest.raises(BadData, match=r"batch .* is kept otherwise than it was written"):
        batches.write_again(clinic, batch.id, tmp_path / "again.csv")
    assert not (tmp_path / "again.csv").exists()
    with pytest.raises(BadData, match=r"\(today.csv\) is kept otherwise"):
        keeping.check(folder, clock)


def test_of_a_batch_of_an_older_ptimer_no_file_was_kept(clinic, written, folder, clock):
    written()
    [batch] = batches.newest_first(clinic)
    with database.transaction(clinic.connection):
        clinic.connection.execute(
            "insert into export_batches select 'older', 5, date_from, "
            "date_to, layout, 'old.csv', line_count, units from export_batches"
        )

    older = batches.find(clinic, "older")
    assert (older.sha256, older.made_by) == ("", "")
    with pytest.raises(Misused, match="was not kept: an earlier version of ptimer made it"):
        batches.again(clinic, "older")
    assert keeping.check(folder, clock).visits == 1
    assert batch.sha256


def test_a_file_never_takes_the_place_of_the_record(clinic, written, file):
    written()
    [batch] = batches.newest_first(clinic)
    with pytest.raises(Misused, match="belongs to the record"):
        batches.write_again(clinic, batch.id, file)


def test_the_newest_stand_first_and_not_more_than_wanted(clinic, written, clock):
    for name in ("a.csv", "b.csv", "c.csv"):
        written(name)
        clock.advance(hours=-2)  # a clock that was set changes no order

    found = batches.newest_first(clinic, most=2)
    assert [each.file_name for each in found] == ["c.csv", "b.csv"]


@pytest.mark.parametrize(
    "name", ["../../x.csv", "..\\x.csv", "/etc/x.csv", "C:x.csv", "x\0.csv", "\u202evsc.csv", "CON"]
)
def test_a_name_that_leads_elsewhere_is_not_offered(clinic, written, name):
    written()
    [batch] = batches.newest_first(clinic)

    assert batches.offered_name(batch) == "today.csv"
    assert batches.offered_name(replace(batch, file_name=name)) == f"biller-{DAY}.csv"
