"""An export that is shown first, done week by week, and written whole or not at all."""

import csv
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from ptimer.operations import (
    demo,
    export_files,
    exporting,
    importing,
    signing,
    snapshots,
    stopwatch,
)
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Busy, Misused
from ptimer.operations.export_files import SEGMENTS, ExportWish, span_between
from ptimer.operations.exporting import Span
from ptimer.timing.clock import ManualClock

DAY = date(2026, 11, 23)
WISH = ExportWish(Span(DAY, DAY))


class StoppedByHandError(Exception):
    """What a person who cancels makes of `told`."""


def quietly(done, total):
    """Nobody looks."""


def never(done, total):
    raise StoppedByHandError


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The demo day at its end: seven visits signed, two not."""
    return demo.play(tmp_path_factory.mktemp("demo"), DAY, until=demo.END_OF_DAY, zone=UTC)


@pytest.fixture
def clinic(played, tmp_path):
    """A copy of the demo day, open."""
    shutil.copytree(played.folder, tmp_path / "record")
    clinic = open_clinic(tmp_path / "record", ManualClock(played.until, UTC))
    yield clinic
    clinic.close()


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out" / "biller.csv"


@pytest.fixture(autouse=True)
def _folder(target):
    target.parent.mkdir()


def without_ids(export):
    return [replace(line, line_id="", batch_id="") for line in export.lines]


def rows_of(path, **options):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file, **options))


@pytest.mark.parametrize("days_before", [0, 1, 6, 7, 8, 40])
@pytest.mark.parametrize("include_unsigned", [True, False])
def test_week_by_week_comes_to_the_same_as_at_once(clinic, days_before, include_unsigned):
    span = Span(DAY - timedelta(days=days_before), DAY + timedelta(days=2))
    at_once = exporting.prepare(clinic, span, include_unsigned=include_unsigned)
    by_weeks = export_files.prepare(clinic, span, quietly, include_unsigned=include_unsigned)

    assert without_ids(by_weeks) == without_ids(at_once)
    assert by_weeks.span == span
    assert by_weeks.held_back == at_once.held_back
    assert (by_weeks.units, by_weeks.visits) == (at_once.units, at_once.visits)
    assert len({line.batch_id for line in by_weeks.lines}) == 1
    assert by_weeks.lines[0].batch_id == by_weeks.batch_id


def test_lines_of_several_weeks_are_one_batch_made_at_one_time(clinic, tmp_path):
    file = tmp_path / "earlier.csv"
    file.write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        "P-1,Medicare,OT,Ann,therapist,97112,2026-11-02T09:00,2026-11-02T09:30,\n"
        "P-1,Medicare,OT,Ann,therapist,97112,2026-11-10T09:00,2026-11-10T09:30,\n"
    )
    importing.import_file(clinic, file, dry_run=False)
    span = Span(date(2026, 11, 1), DAY)
    export = export_files.prepare(clinic, span, quietly, include_unsigned=True)

    assert {line.date_of_service for line in export.lines} == {
        "2026-11-02",
        "2026-11-10",
        "2026-11-23",
    }
    assert {(line.batch_id, line.exported_at) for line in export.lines} == {
        (export.batch_id, export.lines[0].exported_at)
    }


def test_every_week_is_told_once(clinic):
    steps = []
    span = Span(DAY - timedelta(days=20), DAY)
    export_files.prepare(clinic, span, lambda *step: steps.append(step))

    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_the_written_file_holds_the_lines_and_is_remembered(clinic, target):
    done = export_files.export_to(clinic, WISH, target, quietly)

    header, *rows = rows_of(target)
    assert len(header) == 30
    assert (len(rows), done.rows, done.visits) == (15, 15, 7)
    assert done.units == sum(int(row[header.index("units")]) for row in rows)
    assert [held.patient for held in done.held_back] == ["P-1120", "P-1095"]
    last = exporting.last_export(clinic)
    assert (last.file_name, last.line_count, last.units) == ("biller.csv", 15, done.units)


def test_delimiter_and_byte_order_mark_are_as_wished(clinic, target):
    wish = replace(WISH, bom=True, delimiter=";")
    export_files.export_to(clinic, wish, target, quietly)

    assert target.read_bytes().startswith(b"\xef\xbb\xbfline_id;encounter_id;")
    assert len(rows_of(target, delimiter=";")[1]) == 30


def test_unsigned_visits_go_along_only_where_they_are_wanted_and_are_flagged(clinic, target):
    export_files.export_to(clinic, replace(WISH, include_unsigned=True), target, quietly)

    header, *rows = rows_of(target)
    flagged = {row[3] for row in rows if "UNSIGNED" in row[header.index("flags")]}
    assert flagged == {"P-1120", "P-1095"}


def test_cancelled_while_it_is_prepared_nothing_appears(clinic, target):
    with pytest.raises(StoppedByHandError):
        export_files.export_to(clinic, WISH, target, never)

    assert list(target.parent.iterdir()) == []
    assert exporting.last_export(clinic) is None


def test_cancelled_when_all_is_written_nothing_appears_either(clinic, target):
    steps = []

    def stop_at_the_end(done, total):
        steps.append((done, total))
        if len(steps) == 2:
            raise StoppedByHandError

    with pytest.raises(StoppedByHandError):
        export_files.export_to(clinic, WISH, target, stop_at_the_end)

    assert list(target.parent.iterdir()) == []
    assert exporting.last_export(clinic) is None


def test_what_could_not_be_written_is_not_remembered(clinic, target, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Busy):
        export_files.export_to(clinic, WISH, target.parent / "biller.csv", quietly)

    assert exporting.last_export(clinic) is None


def test_what_could_not_be_remembered_is_not_left_lying_about(clinic, target, monkeypatch):
    other = sqlite3.connect(next(clinic.folder.glob("*.db")))
    other.execute("begin immediate")
    clinic.connection.execute("pragma busy_timeout = 1")
    with pytest.raises(Busy, match="in use"):
        export_files.export_to(clinic, WISH, target, quietly)
    other.close()

    assert list(target.parent.iterdir()) == []


def test_a_file_without_lines_is_a_header_and_is_not_remembered(clinic, target):
    yesterday = DAY - timedelta(days=1)
    done = export_files.export_to(clinic, ExportWish(Span(yesterday, yesterday)), target, quietly)

    assert len(rows_of(target)) == 1
    assert done.rows == 0
    assert exporting.last_export(clinic) is None


def test_the_segments_file_is_the_one_that_can_be_read_back(clinic, target):
    done = export_files.export_to(clinic, replace(WISH, layout=SEGMENTS), target, quietly)

    header, *rows = rows_of(target)
    assert header[:3] == ["patient", "payer", "discipline"]
    assert len(rows) == done.rows
    assert exporting.last_export(clinic) is None, "it is not for the biller"


def test_the_head_of_the_segments_is_the_head_of_their_file(clinic, target):
    wish = replace(WISH, layout=SEGMENTS)
    export_files.export_to(clinic, wish, target, quietly)
    head = export_files.segments_head(clinic, wish, most=5)

    header, *rows = rows_of(target)
    assert head.columns == tuple(header)
    assert [list(row) for row in head.rows] == rows[:5]
    assert head.total == len(rows) > 5
    assert [held.patient for held in head.held_back] == ["P-1120", "P-1095"]


def test_the_offered_name_says_what_and_when_and_names_no_patient():
    assert WISH.file_name == "biller-2026-11-23.csv"
    week = ExportWish(Span(date(2026, 11, 16), DAY), layout=SEGMENTS)
    assert week.file_name == "segments-2026-11-16-to-2026-11-23.csv"


def test_dates_that_make_no_span_are_told():
    with pytest.raises(Misused, match="lies before the first"):
        span_between(DAY, DAY - timedelta(days=1))
    with pytest.raises(Misused, match="before 2000"):
        span_between(date(26, 11, 23), DAY)


def test_a_signature_since_the_preview_is_in_the_file(clinic, target):
    before = export_files.prepare(clinic, WISH.span, quietly)
    visit = next(v for v in snapshots.today(clinic).visits if v.visit.patient == "P-1095")
    signing.sign(clinic, visit.visit.id, signing.SignWish(credentials="OTR/L"))
    done = export_files.export_to(clinic, WISH, target, quietly)

    assert done.rows == len(before.lines) + 3


def test_the_file_never_takes_the_place_of_the_record(clinic):
    record = clinic.folder / "ptimer.db"
    before = record.read_bytes()
    with pytest.raises(Misused, match="belongs to the record"):
        export_files.export_to(clinic, WISH, record, quietly)

    assert record.read_bytes() == before


def test_what_still_runs_is_not_among_the_segments_and_is_named(clinic):
    stopwatch.start(clinic, stopwatch.StartWish("97110", ("P-2000",), clinician="Bea"))
    wish = replace(WISH, layout=SEGMENTS, include_unsigned=True)
    head = export_files.segments_head(clinic, wish, most=1000)

    assert "P-2000" not in {row[0] for row in head.rows}
    assert [(left.patient, left.running) for left in head.left_out] == [("P-2000", True)]
