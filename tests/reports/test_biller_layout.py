"""A biller's own columns, titles, dates and order of modifiers, over the same lines."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from ptimer.reports import biller_csv, biller_layout
from ptimer.reports.biller_csv import COLUMNS, BillerLine
from ptimer.reports.biller_layout import STANDARD, Column

LINE = BillerLine(
    **{
        **dict.fromkeys(COLUMNS, ""),
        **{"patient_id": "=P-1", "date_of_service": "2026-01-09", "code": "97110"},
        **{"units": 2, "minutes": 30, "total_timed_minutes": 30, "total_treatment_minutes": 30},
        **{"modifier_1": "59", "modifier_2": "CQ", "modifier_3": "KX", "modifier_4": "GP"},
        "layout_version": "1",
    },
    beyond=("U1",),
)


def rows(layout, *lines):
    """Return what a reader of the file sees."""
    out = io.StringIO(newline="")
    biller_csv.write(lines or (LINE,), out, layout)
    return list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=layout.delimiter))


def own(*columns, **more):
    """Return a layout of some columns."""
    return replace(STANDARD, name="Acme", version=3, columns=columns, **more)


def test_the_standard_columns_are_the_contracts():
    header, row = rows(STANDARD)

    assert header == list(COLUMNS)
    cells = dict(zip(header, row, strict=True))
    assert [cells[f"modifier_{n}"] for n in (1, 2, 3, 4)] == ["59", "CQ", "KX", "GP"]
    assert (cells["date_of_service"], cells["layout_version"]) == ("2026-01-09", "1")


def test_another_biller_has_its_own_order_titles_and_version():
    layout = own(
        *(Column("units", "Qty"), Column("patient_id", "MRN")),
        Column("layout_version", "Form"),
        delimiter=";",
    )

    assert rows(layout) == [["Qty", "MRN", "Form"], ["2", "'=P-1", "Acme/3"]]


def test_no_title_and_no_name_is_run_by_a_spreadsheet():
    layout = replace(
        own(Column("code", "=1+1"), Column("layout_version", "@now")), name="+cmd", version=1
    )

    assert rows(layout) == [["'=1+1", "'@now"], ["97110", "'+cmd/1"]]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("YYYY-MM-DD", "2026-01-09"),
        ("MM/DD/YYYY", "01/09/2026"),
        ("M/D/YY", "1/9/26"),
        ("DD.MM.YYYY", "09.01.2026"),
        ("YYYYMMDD", "20260109"),
    ],
)
def test_the_date_of_service_has_the_form_that_is_wanted(form, text):
    assert biller_layout.is_date_form(form)
    assert biller_layout.written(date(2026, 1, 9), form) == text
    layout = own(Column("date_of_service", "DOS"), date_form=form)
    assert rows(layout) == [["DOS"], [text]]


@pytest.mark.parametrize(
    ("order", "cells", "left_out"),
    [
        (biller_layout.MODIFIERS, ["59", "CQ", "KX", "GP"], ("U1",)),
        (("GP", "U1"), ["GP", "U1", "59", "CQ"], ("KX",)),
        ((), ["59", "CQ", "KX", "GP"], ("U1",)),
    ],
)
def test_modifiers_stand_in_the_billers_order_and_what_is_left_out_is_known(order, cells, left_out):
    columns = [Column(f"modifier_{n}", f"M{n}") for n in (1, 2, 3, 4)]
    layout = own(*columns, modifier_order=order)

    assert rows(layout)[1] == cells
    assert layout.left_out(LINE) == left_out
    assert layout.modifiers(LINE) == (*cells, *left_out)


def test_what_changes_the_payment_comes_first_then_the_plan_of_care_then_a_payers_own():
    given = ["U1", "GP", "KX", "CO", "XS", "CQ", "59", "GP"]

    assert biller_layout.in_order(given, ()) == ("59", "XS", "CQ", "CO", "KX", "GP", "U1")


def test_a_layout_survives_its_keeping():
    layout = own(Column("code", "CPT"), date_form="M/D/YY", delimiter="\t", bom=True)

    kept = biller_layout.definition(layout)
    assert biller_layout.from_definition("Acme", 3, kept) == layout
