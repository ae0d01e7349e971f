"""What a biller would send back is told before a file is sent, with the record that it leads to."""

from dataclasses import replace
from datetime import date

import pytest

from ptimer.operations import export_files, exporting, people
from ptimer.operations.exporting import Span
from ptimer.operations.line_warnings import warnings_of
from ptimer.reports.biller_layout import STANDARD

DAY = date(2026, 11, 23)
NPI = "1234567893"
SEVEN = ("97110", "97112", "97116", "97140", "97530", "97535", "G0283")


@pytest.fixture
def found(clinic):
    """Return the warnings of an export of today."""

    def found(layout=STANDARD):
        export = exporting.prepare(clinic, Span(DAY, DAY), include_unsigned=True)
        return export_files.warnings_of(export, layout)

    return found


def test_a_missing_npi_is_told_once_a_clinician_and_leads_to_them(clinic, timed, found):
    people.describe(clinic, "Lee", credentials="PT", npi=NPI)
    timed("97110", "Ann", clinician="Kim")
    timed("97110", "Bob", clinician="Kim")
    timed("97110", "Cem", clinician="Lee")

    [warning] = found()
    assert (warning.rule, warning.clinician, warning.visit_id) == ("missing-npi", "Kim", "")
    assert str(warning.text) == "Kim has no NPI on record: 2 lines go out without it"


def test_who_renders_nothing_needs_no_npi(timed, found):
    timed("G0283", clinician="Ida", role="aide")

    assert found() == ()


def test_a_seventh_line_leads_to_its_visit(clinic, timed, found):
    people.describe(clinic, "Kim", credentials="OTR/L", npi=NPI)
    for code in SEVEN[:6]:
        visit_id = timed(code, "Ann").visit_id
    assert found() == ()
    timed(SEVEN[6], "Ann")

    [warning] = found()
    assert (warning.rule, warning.visit_id) == ("seventh-line", visit_id)
    assert (warning.patient, warning.day) == ("Ann", DAY)
    assert str(warning.text) == (
        "Ann of 2026-11-23 has 7 lines: a claim form holds 6, and the rest goes on a second one"
    )


def test_a_fifth_modifier_is_told_with_what_is_left_out(clinic, timed, found):
    people.describe(clinic, "Kim", credentials="OTR/L", npi=NPI)
    timed("97110", "Ann")
    export = exporting.prepare(clinic, Span(DAY, DAY), include_unsigned=True)
    line = replace(
        export.lines[0],
        **{"modifier_1": "59", "modifier_2": "CQ", "modifier_3": "KX", "modifier_4": "GP"},
        beyond=("U1",),
    )

    [warning] = warnings_of([line], (), STANDARD)
    assert (warning.rule, warning.visit_id, warning.code) == (
        *("fifth-modifier", line.encounter_id, "97110"),
    )
    assert str(warning.text) == (
        "97110 of Ann on 2026-11-23 has 5 modifiers, a line has room for 4: left out U1"
    )
    [other] = warnings_of([line], (), replace(STANDARD, modifier_order=("U1", "GP")))
    assert str(other.text).endswith("left out KX"), "as this biller orders them"


def test_what_is_taken_back_warns_of_nothing(clinic, timed):
    timed("97110", "Ann")
    export = exporting.prepare(clinic, Span(DAY, DAY), include_unsigned=True)
    line = replace(export.lines[0], line_status="VOID", beyond=("U1",))

    assert warnings_of([line], (), STANDARD) == ()
