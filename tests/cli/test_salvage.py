"""`salvage`, `backups` and `restore --preview`: what is there, and what would be lost."""

import csv
import shutil
import sqlite3
from pathlib import Path

import pytest

from ptimer.storage import backup


@pytest.fixture
def kept(signed):
    """A backup of the record with two visits, before a third was made."""
    kept = signed("backup", "--json").json["file"]
    signed.do("start 97530 --patient P-3 --at 09:30", "stop --at 09:45")
    return kept


def test_a_preview_names_what_would_be_lost_and_changes_nothing(signed, kept):
    before = signed.recorded()
    told = signed("restore", kept, "--preview").out
    seen = signed("restore", kept, "--preview", "--json").json

    assert "2 visits, 2 segments, checked" in told
    assert "would be lost: 1 visit, 1 segment, 2 changes" in told
    assert "2026-11-23  P-3" in told
    (lost,) = seen["lost"]["by_visit"]
    assert (lost["patient"], lost["segments"], lost["new"]) == ("P-3", 1, True)
    assert signed.recorded() == before


def test_what_a_restore_loses_is_what_the_preview_said(signed, kept):
    promised = signed("restore", kept, "--preview", "--json").json["lost"]["segments"]
    before = signed("check", "--json").json["segments"]

    signed.do(f"restore {kept}")

    assert before - signed("check", "--json").json["segments"] == promised
    assert "nothing would be lost" in signed("restore", kept, "--preview").out


def test_a_newer_backup_tells_what_it_brings(signed, kept):
    newer = signed("backup", "newer.db").out.split(":")[0]
    signed.do(f"restore {kept}")

    assert "it holds what the record does not: 1 visit, 1 segment" in (
        signed("restore", newer, "--preview").out
    )


def test_the_preview_beside_a_damaged_record_says_that_it_cannot_be_told(signed, kept):
    signed.database.write_bytes(b"damaged" * 1000)

    seen = signed("restore", kept, "--preview", "--json")
    assert (seen.exit, seen.json["visits"], seen.json["lost"]) == (0, 2, None)
    assert str(signed.database) in seen.json["record_problem"]
    assert signed.database.read_bytes() == b"damaged" * 1000


def test_the_backups_are_listed_and_a_damaged_one_is_told(signed, kept):
    Path(kept).with_name("ptimer-20261101-120000.db").write_bytes(b"no backup")

    newest, bad = signed("backups", "--json").json["backups"]
    assert (newest["file"], newest["proven"], newest["visits"]) == (kept, True, 2)
    assert (bad["proven"], bad["visits"], bad["made_at"][:10]) == (False, None, "2026-11-01")
    assert "NOT WHOLE" in signed("backups").out


def test_a_damaged_record_is_salvaged_restored_and_clean_again(signed, tmp_path):
    signed.database.write_bytes(bytes(4096) + signed.database.read_bytes()[4096:])
    damaged = signed.database.read_bytes()
    assert signed("check").exit == 4

    done = signed("salvage", "-o", "new.db", "--json")
    assert (done.exit, done.json["visits"], done.json["segments"]) == (0, 2, 2)
    assert (done.json["left_over"], done.json["missing"], done.json["check"]) == (0, [], [])
    assert signed.database.read_bytes() == damaged, "it is only read"

    restored = signed("restore", "new.db", "--json").json
    assert Path(restored["kept"]).name == "damaged.db"
    assert Path(restored["kept"]).read_bytes() == damaged
    assert signed("check").exit == 0
    assert "P-1" in signed("summary").out


def test_what_is_left_over_is_told_and_kept_in_a_file(signed):
    with sqlite3.connect(signed.database) as record:
        record.execute("pragma foreign_keys = off")
        (sql,) = record.execute(
            "select sql from sqlite_schema where name = 'visits_remain'"
        ).fetchone()
        record.execute("drop trigger visits_remain")
        record.execute("delete from visits")
        record.execute(sql)
    record.close()

    done = signed("salvage", "-o", "new.db", "--json").json
    assert done["segments"] == 0
    with Path(done["left_over_file"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert done["left_over"] == len(rows)
    times = [row for row in rows if row["table"] == "segments"]
    assert [(row["patient"], row["code"]) for row in times] == [("P-1", "97110"), ("P-2", "97140")]
    assert times[0]["start"].startswith("2026-11-23T08:00:00")
    assert "again-left-over.csv" in signed("salvage", "-o", "again.db").out


def test_a_log_that_holds_nothing_of_a_record_makes_none(signed):
    signed.database.unlink()
    shutil.copy(__file__, signed.database.with_name("ptimer.db-wal"))

    assert signed("salvage", "-o", "new.db", "--json").exit == 4
    assert not Path("new.db").exists()


def test_a_file_that_is_there_is_not_written_over(signed, tmp_path):
    Path("new.db").write_text("mine")

    assert signed("salvage", "-o", "new.db", "--json").exit == 2
    assert Path("new.db").read_text() == "mine"
    assert signed("salvage", "-o", str(signed.database), "--json").exit == 2
    assert signed("salvage", "nowhere.db", "-o", "other.db", "--json").exit == 2


def test_a_file_in_which_nothing_can_be_read_makes_no_record(signed):
    Path("letter.db").write_bytes(b"a letter to Kim " * 1000)

    done = signed("salvage", "letter.db", "-o", "new.db", "--json")
    assert done.exit == 4
    assert "no visit and no time can be read" in done.error["reason"]
    assert not Path("new.db").exists()


def test_a_record_that_is_gone_is_not_begun_anew_while_its_backups_are_there(signed, kept):
    signed.database.unlink()

    result = signed("start", "97110", "--patient", "P-9", "--json")
    assert result.exit == 4
    assert "backups of it are still there" in result.error["reason"]
    assert not signed.database.exists()
    signed.do(f"restore {kept}")
    assert backup.prove(signed.database).visits == 2


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
