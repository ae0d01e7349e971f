"""What can be read of a damaged record goes into a new one, and what can't is told."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC

import pytest

from ptimer.storage import audit_log, backup, database, integrity, salvage
from ptimer.storage.errors import DamagedFile
from ptimer.timing.clock import MINUTE, Instant, ManualClock
from tests.storage import tables

CLOCK = ManualClock(Instant(1_795_437_600_000), UTC)
PAGE = 4096
PATIENTS = 60


@pytest.fixture
def file(connection, visit, segment, folder):
    """A record of many pages, whose every change is in its one file."""
    for number in range(PATIENTS):
        patient = f"P-{number:03d}"
        visit_id = visit(patient)
        at = number * 60 * MINUTE
        segment_id = segment(visit_id, "97110", at, at + 15 * MINUTE, patient=patient)
        segment(visit_id, "97140", at + 20 * MINUTE, at + 30 * MINUTE, patient=patient)
        with database.transaction(connection):
            after = {"code": "97110", "role": "therapist", "started_at": at}
            entry = audit_log.Entry(Instant(at), "Kim", "start", visit_id, segment_id, after=after)
            audit_log.add(connection, entry)
    connection.execute("pragma wal_checkpoint(truncate)")
    return database.database_file(folder)


@pytest.fixture
def saved(tmp_path):
    """Salvage a file's bytes, and return what came of it with the new record."""

    def saved(content, log=b""):
        source = tmp_path / "damaged.db"
        source.write_bytes(content)
        if log:
            source.with_name("damaged.db-wal").write_bytes(log)
        done = salvage.salvage(source, tmp_path / "new.db", CLOCK)
        assert source.read_bytes() == content, "the damaged one is only read"
        return done

    return saved


def rows(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"select rowid, * from {table} order by rowid").fetchall()  # noqa: S608


def pages_of(path, table):
    """Return the numbers of a table's pages that hold rows, with its root left out."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "select pageno from dbstat where name = ? and pagetype = 'leaf' order by pageno",
            (table,),
        )
        return [number for (number,) in found]


def root_of(path, table):
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("select rootpage from sqlite_schema where name = ?", (table,))
        return found.fetchone()[0]


def zeroed(content, *pages):
    content = bytearray(content)
    for number in pages:
        content[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    return bytes(content)


def test_of_a_whole_record_everything_is_read(file, saved):
    done = saved(file.read_bytes())

    assert (done.copy.visits, done.copy.segments) == (PATIENTS, 2 * PATIENTS)
    lacking = (done.left, done.mended, done.doubtful, dict(done.gaps), done.unreadable)
    assert lacking == ((), (), (), {}, 0)
    for table in ("visits", "segments", "clinicians"):
        assert rows(done.copy.path, table) == rows(file, table)
    old, new = rows(file, "audit_log"), rows(done.copy.path, "audit_log")
    assert new[:-1] == old
    assert "salvage" in new[-1]


def test_the_new_record_is_as_a_record_has_to_be(file, saved):
    done = saved(file.read_bytes())

    with closing(sqlite3.connect(done.copy.path)) as connection:
        assert integrity.damage(connection) == []
        assert integrity.schema_changes(connection) == []
        assert integrity.dangling_references(connection) == []
        assert audit_log.broken_links(connection) == []
        with pytest.raises(sqlite3.IntegrityError, match="nothing is ever deleted"):
            connection.execute("delete from visits")


@pytest.mark.parametrize("lost", ["first page", "root of segments", "both"])
def test_without_what_leads_to_them_the_rows_are_found_all_the_same(file, saved, lost):
    pages = {"first page": [1], "root of segments": [root_of(file, "segments")]}
    pages["both"] = pages["first page"] + pages["root of segments"]
    done = saved(zeroed(file.read_bytes(), *pages[lost]))

    assert rows(done.copy.path, "segments") == rows(file, "segments")
    assert rows(done.copy.path, "visits") == rows(file, "visits")


def test_a_lost_page_of_times_is_counted_and_the_others_are_kept(file, saved):
    lost = pages_of(file, "segments")[1]
    before = rows(file, "segments")
    done = saved(zeroed(file.read_bytes(), lost))

    kept = rows(done.copy.path, "segments")
    assert 0 < len(kept) < len(before)
    assert set(kept) < set(before)
    assert done.gaps["segments"] == len(before) - len(kept)
    assert all(each.table == "audit_log" for each in done.left), "of times that are lost"


def test_times_whose_visit_is_lost_keep_their_minutes(file, saved):
    lost = pages_of(file, "visits")[0]
    done = saved(zeroed(file.read_bytes(), lost))

    assert done.copy.segments == 2 * PATIENTS
    assert len(done.mended) == PATIENTS - (done.rows["visits"] - len(done.mended))
    assert "was lost and is made anew of its times" in str(done.mended[0])
    before = {row[1]: row[2] for row in rows(file, "visits")}
    after = {row[1]: row[2] for row in rows(done.copy.path, "visits")}
    assert after == before, "each visit is its patient's again"


def test_times_that_cannot_stand_beside_each_other_are_listed(file, saved):
    content = file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("drop trigger segments_stay")
        connection.execute(
            "update segments set started_at = started_at - 10 * 60000 "
            "where code = '97140' and patient = 'P-007'"
        )
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
    assert file.read_bytes() != content

    done = saved(file.read_bytes())
    assert done.copy.segments == 2 * PATIENTS - 1
    (left,) = done.left
    assert (left.table, left.values["patient"], left.values["code"]) == (
        "segments",
        "P-007",
        "97140",
    )
    assert "one-patient-one-service" in str(left.why) or "one-clinician" in str(left.why)


def test_a_time_that_the_history_tells_otherwise_is_pointed_out(file, saved):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("drop trigger segments_stay")
        connection.execute(
            "update segments set started_at = started_at + 60000 "
            "where code = '97110' and patient = 'P-007'"
        )
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")

    (told,) = saved(file.read_bytes()).doubtful
    assert "97110 of P-007" in str(told)


def test_a_garbled_row_is_listed_and_its_neighbours_are_kept(file, saved):
    content = file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        (visit_id,) = connection.execute("select id from visits where patient = 'P-007'").fetchone()
    at = content.index(visit_id.encode(), (pages_of(file, "visits")[0] - 1) * PAGE)
    garbled = content[:at] + b"zzzz" + content[at + 4 :]

    done = saved(garbled)
    assert [(left.table, str(left.why)) for left in done.left if left.table == "visits"] == [
        ("visits", "it is garbled")
    ]
    assert done.copy.segments == 2 * PATIENTS


def test_the_history_keeps_what_was_broken_in_its_chain(file, saved):
    lost = pages_of(file, "audit_log")[1]
    done = saved(zeroed(file.read_bytes(), lost))

    with closing(sqlite3.connect(done.copy.path)) as connection:
        broken = set(audit_log.broken_links(connection))
        assert broken
        assert broken == audit_log.links_lost_to_damage(connection)


def test_the_log_is_read_up_to_its_last_whole_commit(connection, file, visit, saved):
    visit("Late")
    visit("Later")
    log = file.with_name("ptimer.db-wal").read_bytes()
    main = file.read_bytes()

    assert saved(main, log).copy.visits == PATIENTS + 2
    assert saved(main, log[:-1]).copy.visits == PATIENTS + 1, "the last commit is not whole"
    flipped = bytearray(log)
    flipped[60] ^= 1
    assert saved(main, bytes(flipped)).copy.visits == PATIENTS


def test_a_log_without_its_database_gives_what_is_in_it(connection, file, visit, tmp_path):
    for number in range(40):
        visit(f"Late {number}")
    shutil.copy(f"{file}-wal", tmp_path / "gone.db-wal")

    done = salvage.salvage(tmp_path / "gone.db", tmp_path / "new.db", CLOCK)
    assert done.copy.visits >= 40


@pytest.mark.skipif(sys.platform == "win32", reason="a look takes no lock away there")
def test_a_record_that_is_in_use_keeps_its_locks(visit, file, tmp_path):
    visit("Late")
    salvage.salvage(file, tmp_path / "new.db", CLOCK, in_use=True)

    rival = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select 1 from visits')"
    )
    subprocess.run([sys.executable, "-c", f"{rival}.fetchone(); c.close()", file], check=True)
    assert file.with_name("ptimer.db-wal").exists(), "the rival is not the last who has it open"


@pytest.mark.parametrize("content", [b"", b"a letter to Kim " * 2000, bytes(5 * PAGE)])
def test_where_nothing_can_be_read_nothing_is_made(saved, content, tmp_path):
    with pytest.raises(DamagedFile, match="no visit and no time can be read"):
        saved(content)
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.db"], "no draft is left"


def test_a_record_of_an_earlier_layout_is_read_in_that_layout(tmp_path):
    from ptimer.storage.migrations import migrate_to

    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"pragma application_id = {database.APPLICATION_ID}")
        migrate_to(connection, 2)
        assert connection.execute("pragma user_version").fetchone() == (2,)
        connection.execute(
            "insert into visits values ('01a20a7b-944b-7529-a29e-9f5739e09612', 'Ann', 'PT', "
            "'2026-11-23', 'Medicare', 0, 0, 'open', null, null, null, 0)"
        )
        connection.commit()

    done = salvage.salvage(old, tmp_path / "new.db", CLOCK)
    assert done.copy.visits == 1
    with closing(sqlite3.connect(done.copy.path)) as connection:
        assert integrity.schema_changes(connection) == []


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_gives_a_record_that_breaks_its_promises(file, tmp_path, seed):
    dice = random.Random(seed)  # noqa: S311  (the same each time)
    content = bytearray(file.read_bytes())
    for _ in range(dice.choice([1, 20, 300])):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    content = content[: dice.choice([len(content), dice.randrange(len(content))])]
    source, new = tmp_path / "damaged.db", tmp_path / "new.db"
    source.write_bytes(content)

    try:
        done = salvage.salvage(source, new, CLOCK)
    except DamagedFile:
        assert not new.exists()
        return
    assert backup.prove(new) == done.copy
    with closing(sqlite3.connect(new)) as connection:
        assert integrity.dangling_references(connection) == []
        assert integrity.schema_changes(connection) == []
        ids = {row[0] for row in connection.execute("select id from segments")}
    lost = 2 * PATIENTS - len(ids)
    told = len(done.left) + sum(done.gaps.values()) + done.unreadable + done.lost_pages
    assert lost == 0 or told > 0 or len(content) < file.stat().st_size


def test_every_row_that_is_put_in_was_there(connection, file, saved):
    before = tables.dump(connection)["segments"]
    done = saved(zeroed(file.read_bytes(), *pages_of(file, "segments")[::2]))

    assert set(rows(done.copy.path, "segments")) <= set(before)
