"""How a biller wants its file is kept: each change is a version, and what can't be is told."""

from dataclasses import replace

import pytest

from ptimer.operations import biller_layouts
from ptimer.operations.biller_layouts import TypedLayout
from ptimer.operations.errors import Misused
from ptimer.storage import audit_log
from ptimer.storage import biller_layouts as store

TYPED = TypedLayout(
    "Acme",
    ("patient_id=MRN", "date_of_service = DOS", "code"),
    "MM/DD/YYYY",
    ";",
    bom=True,
    modifier_order=("59", "cq", "KX", "GP"),
)


def test_a_layout_is_kept_and_found_by_its_name(clinic):
    made = biller_layouts.save(clinic, TYPED)

    assert made.changed
    assert made.layout.label == "Acme/1"
    assert [(column.source, column.title) for column in made.layout.columns] == [
        *(("patient_id", "MRN"), ("date_of_service", "DOS"), ("code", "code")),
    ]
    assert made.layout.modifier_order[:4] == ("59", "CQ", "KX", "GP")
    assert biller_layouts.named(clinic, " ACME ") == made.layout
    assert biller_layouts.all_of(clinic) == (made.layout,)


def test_each_change_is_a_version_with_both_in_the_audit_log(clinic):
    biller_layouts.save(clinic, TYPED)
    changed = biller_layouts.save(clinic, replace(TYPED, name="acme", delimiter="tab"))

    assert changed.layout.label == "Acme/2", "as it was first written"
    assert changed.layout.delimiter == "\t"
    [row] = store.newest(clinic.connection)
    assert row.version == 2
    (count,) = clinic.connection.execute("select count(*) from biller_layouts").fetchone()
    assert count == 2
    entries = clinic.connection.execute(
        "select before, after from audit_log where action = 'layout-saved' order by seq"
    ).fetchall()
    assert entries[0][0] is None
    assert '"name": "Acme/1"' in entries[1][0]
    assert '"name": "Acme/2"' in entries[1][1]
    assert audit_log.broken_links(clinic.connection) == []


def test_the_same_again_is_no_version(clinic):
    biller_layouts.save(clinic, TYPED)

    again = biller_layouts.save(clinic, TYPED)
    assert (again.changed, again.layout.label) == (False, "Acme/1")


def test_a_layout_reads_as_it_was_typed(clinic):
    layout = biller_layouts.save(clinic, TYPED).layout

    assert not biller_layouts.save(clinic, biller_layouts.as_typed(layout)).changed


def test_one_source_may_stand_under_two_titles(clinic):
    columns = ("date_of_service=From", "date_of_service=To")

    layout = biller_layouts.save(clinic, replace(TYPED, columns=columns)).layout
    assert layout.titles() == ("From", "To")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": " "}, "layout's name is empty"),
        ({"columns": ()}, "Name at least one column"),
        (
            {"columns": ("patient=MRN",)},
            "patient is no column of the biller's file. Did you mean patient_id",
        ),
        ({"columns": ("",)}, "'' is no column"),
        ({"columns": ("beyond=more",)}, "beyond is no column"),
        ({"columns": ("code=",)}, "column code is called nothing"),
        ({"columns": ("code=A", "units=a")}, "Two columns are called a"),
        ({"columns": ("code", "code")}, "Two columns are called code"),
        ({"columns": ("code=" + "x" * 101,)}, "has 101 characters"),
        ({"date_form": "MM/DD"}, "MM/DD is no form of a date"),
        ({"date_form": ""}, "is no form of a date"),
        ({"date_form": "YYYY-MM-DD-DD"}, "is no form of a date"),
        ({"date_form": "DMYY"}, "is no form of a date"),
        ({"date_form": "YYYY=MM=DD"}, "is no form of a date"),
        ({"date_form": "-YYYYMMDD-"}, "is no form of a date"),
        ({"delimiter": "ab"}, "can't separate cells"),
        ({"delimiter": "-"}, "can't separate cells"),
        ({"modifier_order": ("59", "KXX")}, "KXX is no modifier"),
        ({"modifier_order": ("59", "")}, "'' is no modifier"),
        ({"modifier_order": ("59", "kx", "KX")}, "KX stands in the order twice"),
    ],
)
def test_what_can_not_be_is_told_and_nothing_is_kept(clinic, dump, change, why):
    before = dump()
    with pytest.raises(Misused, match=why):
        biller_layouts.save(clinic, replace(TYPED, **change))
    assert dump() == before


def test_a_name_that_nobody_gave_is_told_with_those_that_are(clinic):
    with pytest.raises(Misused, match="save one with ptimer layouts"):
        biller_layouts.named(clinic, "Acme")
    biller_layouts.save(clinic, TYPED)
    with pytest.raises(Misused, match="There is no layout Amce: there is Acme"):
        biller_layouts.named(clinic, "Amce")


def test_columns_of_one_text_stand_between_commas_and_a_comma_in_quotes():
    split = biller_layouts.split_columns('patient_id=MRN,"payer=Payer, name",code')

    assert split == ("patient_id=MRN", "payer=Payer, name", "code")
    assert biller_layouts.split_columns(" ") == ()
