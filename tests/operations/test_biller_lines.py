"""What goes to the biller: a line for each code, with all that a claim needs of it."""

from datetime import date
from io import StringIO

import pytest

from ptimer.billing.conflicts import Role
from ptimer.billing.payers import Payer, UnitRule
from ptimer.operations import coming, corrections, exporting, own_payers, people, settling
from ptimer.operations.corrections import Change
from ptimer.operations.exporting import HeldBack, Span
from ptimer.reports import biller_csv
from ptimer.storage import database, settings

DAY = date(2026, 11, 23)
NPI, ANOTHER_NPI = "1234567893", "1993999998"


@pytest.fixture
def lines(clinic):
    """Return the lines that an export of today would hold."""
    return lambda **more: exporting.prepare(clinic, Span(DAY, DAY), **more).lines


@pytest.fixture
def go_out(clinic):
    """Export today and remember it."""

    def go_out(**more):
        export = exporting.prepare(clinic, Span(DAY, DAY), **more)
        exporting.remember(clinic, export, "today.csv")
        return export

    return go_out


def _flags(lines):
    return {line.code: line.flags for line in lines}


def test_a_line_says_all_that_is_known_and_guesses_nothing(
    clinic, timed, sign, lines, open_visit, clock, at
):
    people.describe(clinic, "Kim", credentials="OTR/L", discipline="OT", npi=NPI)
    with clinic.writing():
        settings.put(clinic.connection, exporting.PLACE_OF_SERVICE, "11")
    visit_id = open_visit("P-1042", discipline="OT")
    coming.set_times(clinic, visit_id, arrived="09:58", departed="")
    timed("97112", "P-1042", minutes=24)
    timed("97110", "P-1042", minutes=23)
    timed("G0283", "P-1042", minutes=5)
    coming.depart(clinic, visit_id)
    clock.advance(minutes=1)
    sign(visit_id)

    first, second, third = lines()
    assert {
        name: getattr(first, name) for name in biller_csv.COLUMNS if name not in ("line_id",)
    } == {
        "encounter_id": visit_id,
        "line_status": "NEW",
        "patient_id": "P-1042",
        "date_of_service": "2026-11-23",
        "payer": "Medicare",
        "rendering_provider": "Kim",
        "rendering_npi": NPI,
        "supervising_npi": "",
        "place_of_service": "11",
        "code": "97112",
        "modifier_1": "GO",
        "modifier_2": "",
        "modifier_3": "",
        "modifier_4": "",
        "diagnosis_pointers": "",
        "units": 2,
        "unit_basis": "UN",
        "minutes": 24,
        "timed": "Y",
        "total_timed_minutes": 47,
        "total_treatment_minutes": 52,
        "time_in": "09:58",
        "time_out": "10:52",
        "unit_rule": "cms",
        "charge": "",
        "flags": "",
        "batch_id": first.batch_id,
        "exported_at": "2026-11-23T10:53:00Z",
        "layout_version": "1",
    }
    assert (second.code, second.units, second.timed) == ("97110", 1, "Y")
    assert (third.code, third.units, third.minutes, third.timed) == ("G0283", 1, 5, "N")
    assert len({line.line_id for line in lines()}) == 3


def test_without_an_arrival_times_are_of_the_first_start_and_the_last_end(timed, sign, lines):
    visit_id = timed("97110", minutes=20).visit_id
    timed("97140", minutes=15)
    sign(visit_id)

    assert {(line.time_in, line.time_out) for line in lines()} == {("10:00", "10:35")}


def test_time_in_and_out_are_the_patients_where_they_are_recorded(
    clinic, open_visit, timed, clock, lines
):
    visit_id = open_visit("Ann")
    coming.set_times(clinic, visit_id, arrived="09:58", departed="")
    timed("97110", minutes=20)
    clock.advance(minutes=5)
    coming.depart(clinic, visit_id)

    (line,) = lines(include_unsigned=True)
    assert (line.time_in, line.time_out) == ("09:58", "10:25")


def test_what_still_runs_has_no_time_out(timed, start, lines):
    timed("97110")
    start("97140")

    assert {line.time_out for line in lines(include_unsigned=True)} == {""}


def test_a_code_without_a_unit_goes_out_only_where_the_payer_wants_it(clinic, timed, sign, lines):
    wanting = Payer("Zeros", UnitRule.CMS, zero_unit_lines=True)
    own_payers.make(clinic, wanting, "their manual")
    for patient, payer in (("Ann", "Medicare"), ("Bob", "Zeros")):
        visit_id = timed("97110", patient, payer=payer, minutes=20).visit_id
        timed("97140", patient, minutes=2)
        sign(visit_id)

    assert [(line.patient_id, line.code, line.units) for line in lines()] == [
        *(("Ann", "97110", 1), ("Bob", "97110", 1)),
        ("Bob", "97140", 0),
    ]


def test_rest_goes_out_neither_as_a_line_nor_in_the_totals(timed, sign, lines):
    visit_id = timed("97110", minutes=20).visit_id
    timed("REST", minutes=10)
    timed("NB", minutes=10)
    sign(visit_id)

    (line,) = lines()
    assert (line.code, line.total_treatment_minutes, line.time_out) == ("97110", 20, "10:40")


def test_the_units_of_a_base_and_its_add_on_go_out_as_two_lines(timed, sign, lines):
    sign(timed("97129", minutes=38, discipline="SLP").visit_id)

    assert [(line.code, line.units, line.minutes, line.modifier_1) for line in lines()] == [
        *(("97129", 1, 38, "GN"), ("97130", 2, 0, "GN")),
    ]
    assert {line.rendering_provider for line in lines()} == {"Kim"}


def test_flags_say_what_a_biller_should_look_at(clinic, timed, lines, sign, add, at):
    visit_id = timed("97112", minutes=75).visit_id
    settling.give_reason(clinic, visit_id, "97112", "two sessions in one")
    tied = timed("97110", minutes=5)
    timed("97140", minutes=5)
    settling.choose(clinic, visit_id, {"97110": 1})
    corrections.correct(clinic, tied.id, Change(note="walks"), "note forgotten")
    assert _flags(lines(include_unsigned=True)) == {
        "97112": "UNSIGNED;CAP-CUT;OVER-60",
        "97110": "UNSIGNED;EDITED;TIE-CHOSEN",
    }

    sign(visit_id)
    assert _flags(lines()) == {"97112": "CAP-CUT;OVER-60", "97110": "EDITED;TIE-CHOSEN"}


@pytest.mark.parametrize(("minutes", "flags"), [(60, "UNSIGNED"), (61, "UNSIGNED;OVER-60")])
def test_a_treatment_of_just_an_hour_is_not_flagged_as_longer(timed, lines, minutes, flags):
    timed("97112", minutes=minutes)

    assert _flags(lines(include_unsigned=True)) == {"97112": flags}


def test_a_therapist_with_most_of_a_lines_time_rendered_it(timed, lines):
    timed("97110", clinician="Ada", role="assistant", minutes=30)
    timed("97110", clinician="Lee", minutes=10)
    timed("97110", clinician="Kim", minutes=12)

    found = lines(include_unsigned=True)
    assert [(line.rendering_provider, line.modifiers) for line in found] == [
        *(("Kim", "GP"), ("Ada", "CQ GP")),
    ]


def test_an_assistant_rendered_what_no_therapist_did(clinic, timed, lines):
    people.describe(clinic, "Ada", credentials="PTA", npi=NPI)
    people.describe(clinic, "Lee", credentials="PT", npi=ANOTHER_NPI)
    timed("97110", clinician="Ada", role="assistant", supervisor="Lee", minutes=30)

    (line,) = lines(include_unsigned=True)
    assert (line.rendering_provider, line.rendering_npi) == ("Ada", NPI)
    assert line.supervising_npi == ANOTHER_NPI


def test_a_students_time_is_the_supervisors(clinic, timed, lines):
    people.describe(clinic, "Lee", credentials="PT", npi=NPI)
    timed("97110", clinician="Stu", role="student", supervisor="Lee", minutes=30)

    (line,) = lines(include_unsigned=True)
    assert (line.rendering_provider, line.rendering_npi, line.supervising_npi) == ("Lee", NPI, NPI)


def test_an_aide_renders_nothing_so_the_column_stays_empty(timed, lines):
    timed("G0283", clinician="Ida", role="aide", minutes=15)

    (line,) = lines(include_unsigned=True)
    assert (line.rendering_provider, line.rendering_npi) == ("", "")


def test_unsigned_visits_are_held_back_and_named(clinic, timed, sign):
    sign(timed("97110", "Ann").visit_id)
    timed("97110", "Bob")
    export = exporting.prepare(clinic, Span(DAY, DAY))

    assert [line.patient_id for line in export.lines] == ["Ann"]
    assert export.held_back == (HeldBack("Bob", "2026-11-23"),)
    assert (export.visits, export.units) == (1, 1)


def test_lines_of_one_clinician_are_those_of_all_visits_that_they_must_sign(timed, lines):
    timed("97110", "Ann", clinician="Kim")
    timed("97110", "Bob", clinician="Lee")
    timed("97140", "Cem", clinician="Stu", role="student", supervisor="Kim")

    found = lines(include_unsigned=True, clinician="Kim")
    assert [line.patient_id for line in found] == ["Ann", "Cem"]


def test_the_same_line_keeps_its_id_in_a_second_export(timed, sign, go_out, clock):
    sign(timed("97110", "Ann").visit_id)
    first = go_out()
    clock.advance(hours=1)
    sign(timed("97110", "Bob").visit_id)
    second = go_out()

    assert first.went_out_before == 0
    assert second.went_out_before == 1
    assert second.lines[0].line_id == first.lines[0].line_id
    assert second.lines[1].line_id != first.lines[0].line_id
    assert second.batch_id != first.batch_id


def test_what_was_only_prepared_is_not_remembered(clinic, timed, sign, lines):
    sign(timed("97110", "Ann").visit_id)
    assert lines()[0].line_id != lines()[0].line_id

    assert exporting.last_export(clinic) is None


def test_the_last_export_is_told(clinic, timed, sign, go_out, clock):
    sign(timed("97110", "Ann").visit_id)
    go_out()
    clock.advance(hours=1)
    go_out()

    batch = exporting.last_export(clinic)
    assert (batch.exported_at, batch.file_name) == (clock.now(), "today.csv")
    assert (batch.date_from, batch.date_to) == (DAY, DAY)
    assert (batch.line_count, batch.units) == (1, 1)


def test_a_span_is_today_or_what_is_named(clinic):
    other = date(2026, 11, 1)

    assert exporting.span_of(clinic) == Span(DAY, DAY)
    assert exporting.span_of(clinic, other) == Span(other, other)
    assert exporting.span_of(clinic, None, other) == Span(other, other)
    assert exporting.span_of(clinic, other, DAY) == Span(other, DAY)


def test_the_biller_file_is_rfc_4180_and_harmless(clinic, open_visit, add):
    add(open_visit('=2+5,"P"'), "97110", "09:00", "09:15", clinician="Kim", role=Role.THERAPIST)
    out = StringIO(newline="")
    export = exporting.prepare(clinic, Span(DAY, DAY), include_unsigned=True)
    exporting.write_biller(export, out)

    head, line, rest = out.getvalue().split("\r\n")
    assert head == ",".join(biller_csv.COLUMNS)
    assert '"\'=2+5,""P""",2026-11-23,Medicare,Kim,' in line
    assert rest == ""


def test_a_batch_is_remembered_whole_or_not_at_all(clinic, timed, sign, dump):
    sign(timed("97110", "Ann").visit_id)
    export = exporting.prepare(clinic, Span(DAY, DAY))
    with database.transaction(clinic.connection):
        clinic.connection.execute(
            "create trigger full_disk before insert on export_lines "
            "begin select raise(abort, 'full'); end"
        )
    before = dump()

    with pytest.raises(Exception, match="full"):
        exporting.remember(clinic, export, "today.csv")
    assert dump() == before
