"""`rules` and `rules import`: an edition comes in whole or not at all, and what changed is told."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests import cms_samples as cms
from tests.cli.shapes import TEXT_OR_NOTHING, misfits

ROWS = cms.pair_rows()
ENDED = [(*r[:3], "20260930", *r[4:]) if r[:2] == ("97150", "97110") else r for r in ROWS]

EDITION = {
    "table": str,
    "name": str,
    "in_force_from": str,
    "source": str,
    "files": [{"name": str, "sha256": str, "rows": int}],
    "rows_read": int,
    "rows_kept": int,
    "imported_at": TEXT_OR_NOTHING,
    "imported_by": str,
}
IMPORTED = {
    "edition": EDITION,
    "dry_run": bool,
    "already": bool,
    "before": TEXT_OR_NOTHING,
    "ended": [{"pair": [str]}],
    "new": [{"pair": [str]}],
    "changed": [{"pair": [str]}],
}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with files of all kinds."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "2026q3.txt").write_bytes(cms.ptp_text(ROWS))
    (here / "2026q4.txt").write_bytes(cms.ptp_text(ENDED))
    (here / "cut-2026q4.txt").write_bytes(cms.ptp_text(ENDED)[:-60])
    (here / "few-2026q4.txt").write_bytes(cms.ptp_text(ROWS[:90]))
    (here / "ccioph-2026q3.txt").write_bytes(cms.ptp_text(ROWS))
    (here / "pairs.txt").write_bytes(cms.ptp_text(ROWS))
    (here / "part-2026q3-f1.txt").write_bytes(cms.ptp_text(ROWS))
    (here / "empty.zip").write_bytes(b"")
    (here / f"{cms.MUE_NAME}.csv").write_bytes(cms.mue_text())
    return here


@dataclass(frozen=True)
class Row:
    command: str
    exit: int
    holds: dict[str, Any] = field(default_factory=dict)
    says: str = ""
    before: tuple[str, ...] = ()


Q3 = ("rules import 2026q3.txt",)
CUT = cms.ptp_text(ENDED)[:-60].count(b"\n") + 1
GONE = [{"pair": ["97150", "97110"], "was": 1, "now": None}]
TABLE = [
    Row("rules", 0, {"date": "2026-11-23"}),
    Row("rules", 0, before=Q3),
    Row("rules import 2026q3.txt", 0, {"already": False, "ended": [], "new": []}),
    Row("rules import 2026q3.txt", 0, {"before": "extract of 2024-07-01"}),
    Row("rules import 2026q3.txt", 0, {"already": True}, before=Q3),
    Row("rules import 2026q4.txt", 0, {"before": "2026 Q3", "ended": GONE}, before=Q3),
    Row("rules import 2026q4.txt --dry-run", 0, {"dry_run": True, "ended": GONE}, before=Q3),
    Row(f"rules import {cms.MUE_NAME}.csv", 0, {"before": "table of 2024-07-01"}),
    Row("rules import missing.zip", 2, says="There is no file missing.zip"),
    Row("rules import .", 2, says=". is a folder"),
    Row("rules import", 2, says="ptimer rules import --help says more"),
    Row("rules export", 2, says="ptimer rules --help says more"),
    Row("rules import part-2026q3-f1.txt", 2, says="part-2026q3-f2.txt, part-2026q3-f3.txt and"),
    Row("rules import pairs.txt", 4, says="keep the name that CMS gave it"),
    Row("rules import ccioph-2026q3.txt", 4, says="it is the hospitals' table of pairs"),
    Row("rules import empty.zip", 4, says="it is empty"),
    Row("rules import cut-2026q4.txt", 4, {"lines": [CUT]}, "the file is cut off or damaged", Q3),
    Row("rules import cut-2026q4.txt --dry-run", 4, {"lines": [CUT]}, f"line {CUT}", Q3),
    Row("rules import few-2026q4.txt", 4, says="and looks cut off", before=Q3),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.command} -> {row.exit}")
def test_each_ends_with_its_exit_status(row, ptimer):
    ptimer.do(*row.before)
    before = ptimer.recorded()

    result = ptimer("--json", *row.command.split())

    assert result.exit == row.exit, result.err
    told = result.json if result.exit == 0 else result.error
    assert told | row.holds == told
    assert row.says in result.err
    if result.exit or "--dry-run" in row.command:
        assert ptimer.recorded() == before


def test_the_documents_have_their_shapes(ptimer):
    imported = ptimer(*Q3[0].split(), "--json").json
    editions = ptimer("rules", "--json").json["editions"]

    assert list(misfits(IMPORTED, imported)) == []
    assert [list(misfits({**EDITION, "in_force": bool}, each)) for each in editions] == [[]] * 3
    assert [(each["name"], each["in_force"]) for each in editions] == [
        ("extract of 2024-07-01", False),
        ("2026 Q3", True),
        ("table of 2024-07-01", True),
    ]
    assert imported["edition"]["imported_at"] == "2026-11-23T10:00:00+00:00"


def test_what_changed_is_told_to_a_person(ptimer):
    ptimer.do(*Q3)

    out = ptimer("rules", "import", "2026q4.txt").out
    assert out.splitlines()[0] == "NCCI pairs of 2026 Q4, in force from 2026-10-01"
    assert "Against the table of 2026 Q3: 1 pair ended, 0 new, 0 changed" in out
    assert "ended: 97150/97110" in out


def test_editions_in_force_are_told_with_their_sources(ptimer):
    ptimer.do(*Q3)

    out = ptimer("rules").out
    assert "NCCI pairs (PTP)   from 2024-07-01  kept      extract of 2024-07-01" in out
    assert "NCCI pairs (PTP)   from 2026-07-01  in force  2026 Q3, " in out
    assert "NCCI practitioner pairs, table of 2026-07-01 (2026q3.txt)" in out


def test_a_dry_run_says_so(ptimer):
    out = ptimer("rules", "import", "2026q3.txt", "--dry-run").out

    assert out.endswith("A dry run: nothing was changed\n")


def test_the_parts_of_a_table_come_in_together(ptimer, here):
    first = cms.ptp_parts(here, ROWS)

    done = ptimer("rules", "import", first.name.replace("f1", "f2"), "--json").json
    assert len(done["edition"]["files"]) == 4
    assert done["ended"] == []


@examples(max_examples=30)
@given(content=st.binary(max_size=200), place=st.integers(0, 10_000), as_json=st.booleans())
def test_a_hostile_file_is_no_traceback_and_changes_nothing(
    content, place, as_json, half_signed, tmp_path_factory
):
    from tests.cli.command_line import NOW, Ptimer, at

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "ptimer.db").write_bytes(half_signed.read_bytes())
    ptimer = Ptimer(folder, at(NOW))
    whole = cms.ptp_text(ROWS[:40])
    file = folder / "2026q3.txt"
    file.write_bytes(whole[: place % len(whole)] + content)
    before = ptimer.recorded()

    result = ptimer("rules", "import", str(file), *(["--json"] if as_json else []))
    assert result.exit in (0, 4)
    if result.exit:
        assert ptimer.recorded() == before
    assert ptimer("check").exit == 0
    assert json.loads(ptimer("rules", "--json").out)["editions"]
