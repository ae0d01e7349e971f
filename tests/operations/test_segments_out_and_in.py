"""The segments layout: what goes out can come in again, on this PC or another."""

from csv import reader
from datetime import date
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptimer.operations import (
    corrections,
    exporting,
    importing,
    segments_exporting,
    snapshots,
)
from ptimer.operations.exporting import HeldBack, Span
from ptimer.reports.segments_csv import COLUMNS

DAY = date(2026, 11, 23)


@pytest.fixture
def go_out(clinic):
    """Export segments of a span, by default of today; return the rows and what is said of them."""

    def go_out(first=DAY, last=DAY, **more):
        out = StringIO(newline="")
        done = segments_exporting.write_segments(clinic, Span(first, last), out, **more)
        rows = list(reader(StringIO(out.getvalue()), delimiter=more.get("delimiter", ",")))
        assert len(rows) == done.rows + 1
        return rows, done

    return go_out


def test_a_row_says_all_that_a_file_can_say(timed, sign, go_out, clinic, clock, stop, start):
    start("97597", clinician="Stu", role="student", supervisor="Lee")
    clock.advance(minutes=20, seconds=30.25)
    segment = stop("97597", units=1).ended[0]
    noted = corrections.correct(clinic, segment.id, corrections.Change(note="left heel"), "note")
    for who in ("Stu", "Lee"):
        sign(noted.visit_id, who)

    rows, done = go_out()
    assert rows == [
        list(COLUMNS),
        [
            *("Ann", "Medicare", "PT", "Stu", "student", "97597"),
            *("2026-11-23T10:00:00.000+00:00", "2026-11-23T10:20:30.250+00:00"),
            *("left heel", "Lee", "1"),
        ],
    ]
    assert done.held_back == done.left_out == ()


def test_unsigned_visits_are_held_back_and_named(timed, sign, go_out):
    sign(timed("97110", "Ann").visit_id)
    timed("97110", "Bob")

    rows, done = go_out()
    assert [row[0] for row in rows[1:]] == ["Ann"]
    assert done.held_back == (HeldBack("Bob", "2026-11-23"),)
    rows, done = go_out(include_unsigned=True)
    assert [row[0] for row in rows[1:]] == ["Ann", "Bob"]
    assert done.held_back == ()


def test_what_an_import_would_refuse_is_left_out_and_told(clinic, timed, start, stop, go_out):
    start("97116")
    stop()
    timed("97110")
    start("97140")

    rows, done = go_out(include_unsigned=True)
    assert [row[5] for row in rows[1:]] == ["97110"]
    assert [(each.code, each.running) for each in done.left_out] == [
        ("97116", False),
        ("97140", True),
    ]


def test_what_was_voided_does_not_go_out(clinic, timed, go_out):
    corrections.void(clinic, timed("97140").id, "never happened")

    rows, done = go_out(include_unsigned=True)
    assert rows[1:] == []
    assert done.left_out == ()


def test_one_clinicians_visits_go_out_alone(timed, go_out):
    timed("97110", "Ann", clinician="Kim")
    timed("97110", "Bob", clinician="Lee")
    timed("97140", "Cem", clinician="Stu", role="student", supervisor="Kim")

    rows, _ = go_out(include_unsigned=True, clinician="Kim")
    assert [row[0] for row in rows[1:]] == ["Ann", "Cem"]


def test_rows_come_in_the_order_of_days_visits_and_starts(timed, open_visit, clock, go_out):
    open_visit("Zed")
    timed("97110", "Ann")
    timed("97140", "Zed")
    timed("97116", "Ann")
    clock.advance(hours=24)
    timed("97110", "Bob")

    rows, _ = go_out(last=date(2026, 11, 24), include_unsigned=True)
    assert [(row[0], row[5]) for row in rows[1:]] == [
        *(("Zed", "97140"), ("Ann", "97110"), ("Ann", "97116"), ("Bob", "97110")),
    ]


def test_times_are_the_clinics_own_with_their_offset(clinic, timed, go_out, clock):
    clinic.clock.zone = ZoneInfo("Asia/Kathmandu")
    timed("97110")

    rows, _ = go_out(include_unsigned=True)
    assert rows[1][6:8] == ["2026-11-23T15:45:00.000+05:45", "2026-11-23T16:00:00.000+05:45"]


def test_a_cell_that_a_spreadsheet_could_run_gets_an_apostrophe(open_visit, add, go_out):
    add(open_visit("=P-1"), "97110", "09:00", "09:15", clinician="@Kim", note="-1+2")

    (_, row), _ = go_out(include_unsigned=True)
    assert (row[0], row[3], row[8]) == ("'=P-1", "'@Kim", "'-1+2")


def test_another_delimiter_and_a_day_without_visits(timed, go_out):
    timed("97110")
    assert go_out(delimiter=";", include_unsigned=True)[0][1][0] == "Ann"

    rows, _ = go_out(date(2026, 1, 1), date(2026, 1, 31))
    assert len(rows) == 1


letters = st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" =+-@'\",;|")
texts = st.text(letters, min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patient=texts, clinician=texts, note=texts)
def test_what_goes_out_as_segments_comes_back_in_as_it_was(
    clinic, tmp_path, open_visit, add, patient, clinician, note
):
    """Names that look like a formula, quotation marks, commas, emoji: all of it."""
    segment = add(
        open_visit(patient),
        "97110",
        "2026-11-23T09:00:00.123",
        "09:15",
        clinician=clinician,
        note=note,
    )
    out = StringIO(newline="")
    segments_exporting.write_segments(clinic, exporting.span_of(clinic), out, include_unsigned=True)
    file = tmp_path / "segments.csv"
    file.write_text(out.getvalue(), encoding="utf-8", newline="")
    corrections.void(clinic, segment.id, "to come in again")

    importing.import_file(clinic, file)
    (again,) = snapshots.visit(clinic, segment.visit_id).record.segments
    for each in ("patient", "clinician", "role", "code", "started_at", "ended_at", "note"):
        assert getattr(again, each) == getattr(segment, each)
    corrections.void(clinic, again.id, "for the next one")
