"""An edition of CMS's tables comes in whole, beside the former ones, or not at all."""

import json
from datetime import date

import pytest

from ptimer.billing.editions import Kind
from ptimer.operations import rule_importing
from ptimer.operations.errors import BadData, Misused
from tests import cms_samples as cms

ROWS = cms.pair_rows()
Q3, Q4 = date(2026, 7, 1), date(2026, 10, 1)
Q4_NAME = cms.PTP_NAME.replace("q3", "q4").replace("v322", "v323")


@pytest.fixture
def bring_in(clinic, tmp_path):
    """Bring in a table of pairs: `bring_in(rows, name=Q4_NAME, dry_run=True)`."""

    def bring_in(rows=ROWS, *, name=cms.PTP_NAME, **how):
        path = cms.ptp_file(tmp_path, rows, name=name)
        return rule_importing.import_tables(clinic, path, **how)

    return bring_in


@pytest.fixture
def bring_in_limits(clinic, tmp_path):
    def bring_in_limits(values=cms.MUE_VALUES, *, name=cms.MUE_NAME):
        return rule_importing.import_tables(clinic, cms.mue_file(tmp_path, values, name=name))

    return bring_in_limits


def ended(rows, pair, last):
    """Return the rows with a pair ended."""
    return [(*r[:3], last, *r[4:]) if r[:2] == pair and r[3] == "*" else r for r in rows]


def test_an_edition_is_kept_with_its_source(bring_in, clinic, another):
    done = bring_in()

    kept = another().rulebook.editions.ptp[-1]
    edition = kept.edition
    assert edition == done.edition
    assert (edition.kind, edition.name, edition.in_force_from) == (Kind.PTP, "2026 Q3", Q3)
    assert [file.name for file in edition.files] == [f"{cms.PTP_NAME}.zip"]
    assert (edition.rows_read, edition.rows_kept) == (len(ROWS) + 2, len(kept.rows))
    assert edition.imported_at == clinic.clock.now()
    assert clinic.rulebook.editions.ptp[-1].rows == kept.rows


def test_all_shipped_pairs_are_in_the_data_of_the_tests(bring_in):
    """The shipped extract and the sample are of one table: nothing changes."""
    done = bring_in()

    assert done.changes.all == ()
    assert [str(each) for each in done.sentences()][1:] == [
        "Nothing is otherwise than in the extract of 2024-07-01"
    ]


def test_what_changed_is_told(bring_in):
    bring_in()
    rows = ended(ROWS, ("97113", "97110"), "20260930")
    rows = [(*r[:4], "0", *r[5:]) if r[:2] == ("97150", "97112") else r for r in rows]
    rows = [*rows, ("97530", "97116", "20261001", "*", "1", "More extensive procedure")]

    done = bring_in(rows, name=Q4_NAME)

    assert [str(each) for each in done.sentences()] == [
        f"{done.edition.rows_kept} of {len(rows) + 2} rows are about codes of the code book",
        "Against the table of 2026 Q3: 1 pair ended, 1 new, 1 changed",
        "ended: 97113/97110",
        "new: 97530/97116 now 1 (with a modifier)",
        "changed: 97150/97112 now 0 (never together)",
    ]
    assert str(done.title) == "NCCI pairs of 2026 Q4, in force from 2026-10-01"


def test_many_changes_are_counted_and_some_named(bring_in):
    bring_in()
    group = [row[:2] for row in ROWS if row[0] == "97150" and row[3] == "*"]
    rows = ROWS
    for pair in group:
        rows = ended(rows, pair, "20260930")

    done = bring_in(rows, name=Q4_NAME)
    assert len(done.changes.ended) == len(group) - 1 == 14, "95851 is not in the book"
    assert str(done.sentences()[2]).endswith(" and 2 more")


def test_a_dry_run_keeps_nothing(bring_in, dump):
    before = dump()

    assert bring_in(dry_run=True).edition.name == "2026 Q3"
    assert dump() == before


def test_the_same_table_again_changes_nothing(bring_in, dump):
    bring_in()
    before = dump()

    done = bring_in()
    assert done.already
    assert dump() == before
    assert bring_in(ROWS[:-1]).already is False, "a correction of the same quarter is another one"


def test_what_came_in_is_in_the_audit_log(bring_in, clinic):
    done = bring_in()

    action, who, after = clinic.connection.execute(
        "select action, who, after from audit_log order by seq desc limit 1"
    ).fetchone()
    assert (action, who) == ("rules-import", done.edition.imported_by)
    assert json.loads(after)["edition"] == "2026 Q3"
    assert list(json.loads(after)["files"].values()) == [done.edition.files[0].sha256]


def test_units_a_day_come_in(bring_in_limits, clinic):
    first = bring_in_limits()
    assert first.changes.before.name == "table of 2024-07-01"
    assert "97116" in {each.what for each in first.changes.ended}

    values = [*cms.MUE_VALUES[1:], ("97110", 5, 2), ("97116", 4, 3)]
    second = bring_in_limits(values, name=cms.MUE_NAME.replace("07-01", "10-01"))
    assert [str(each) for each in second.sentences()][1:] == [
        "Against the table of 2026 Q3: 0 codes without a limit, 1 new, 1 changed",
        "new: 97116 now 4 units (indicator 3)",
        "changed: 97110 now 5 units (indicator 2)",
    ]
    assert bring_in_limits(values, name=cms.MUE_NAME.replace("07-01", "10-01")).already
    assert [table.edition.name for table in clinic.rulebook.editions.mue] == [
        "table of 2024-07-01",
        "2026 Q3",
        "2026 Q4",
    ]


def test_a_table_that_lacks_most_of_the_former_is_not_taken(bring_in, dump):
    bring_in()
    before = dump()

    with pytest.raises(BadData, match=r"lacks \d+ of the \d+ rows of 2026 Q3, and looks cut off"):
        bring_in(ROWS[: len(ROWS) // 3], name=Q4_NAME)
    assert dump() == before


def test_a_file_that_is_no_table_changes_nothing(clinic, dump, tmp_path):
    path = tmp_path / "2026q3.txt"
    path.write_bytes(cms.ptp_text(ROWS)[:-60])
    before = dump()

    with pytest.raises(BadData):
        rule_importing.import_tables(clinic, path)
    with pytest.raises(Misused):
        rule_importing.import_tables(clinic, tmp_path / "missing.zip")
    assert dump() == before


class CalledOff(Exception):  # noqa: N818  (no error)
    pass


def test_called_off_it_changes_nothing(bring_in, dump):
    before = dump()

    def call_off(done, whole):
        raise CalledOff

    with pytest.raises(CalledOff):
        bring_in(told=call_off)
    assert dump() == before


def test_an_edition_beside_a_newer_one_judges_its_own_time(bring_in, clinic):
    bring_in(name=Q4_NAME)
    bring_in(ended(ROWS, ("97113", "97110"), "20260331"))

    editions = clinic.rulebook.editions
    assert editions.ptp_on(date(2026, 9, 30)).edition.name == "2026 Q3"
    assert editions.ptp_on(Q4).edition.name == "2026 Q4"
    assert editions.ptp_on(date(2026, 6, 30)).edition.name == "extract of 2024-07-01"
    assert editions.ptp_on(date(2024, 6, 30)) is None
