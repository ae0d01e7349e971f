"""What was signed and can't be proven any more is left over, and its visit waits to be signed."""

import sqlite3
from contextlib import closing

import pytest

from ptimer.operations import keeping, salvaging, signing, snapshots
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import BadData
from ptimer.operations.signing import SignWish


@pytest.fixture
def signed(clinic, timed, sign, file):
    """A record of two signed visits; Ann's was amended and signed again."""
    for patient in ("Ann", "Bob"):
        segment = timed("97110", patient, minutes=20)
        sign(segment.visit_id)
        if patient == "Ann":
            signing.amend(clinic, segment.visit_id, "ten minutes were forgotten")
            timed("97140", patient, minutes=10)
            sign(segment.visit_id)
    clinic.close()
    return file


def changed(file, statement):
    """Change what the record holds as damage does: no trigger sees it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        triggers = connection.execute(
            "select name, sql from sqlite_schema where type = 'trigger' and tbl_name = ?",
            (statement.split()[1 if statement.startswith("update") else 2],),
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"drop trigger {name}")
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


CONTENT = (
    "update signed_contents set content = replace(content, 'Ann', 'Amn') where sha256 = "
    "(select content_sha256 from signed_versions v join visits on id = visit_id "
    "where patient = 'Ann' and number = {})"
)
DAMAGES = {
    "its text": CONTENT.format(2),
    "its text, garbled": CONTENT.format(2).replace("'Ann', 'Amn'", "',', x'01'"),
    "its version": "update signed_versions set signatures = '[]' where number = 2",
    "no version": "delete from signed_versions where number = 2",
    "its signature": "update signatures set credentials = 'X' where withdrawn_at is null "
    "and visit_id in (select id from visits where patient = 'Ann')",
    "no signature": "delete from signatures where withdrawn_at is null "
    "and visit_id in (select id from visits where patient = 'Ann')",
    "its times": "update segments set ended_at = ended_at - 1 where patient = 'Ann'",
}


@pytest.fixture
def salvaged(signed, folder, clock, tmp_path):
    """Salvage it, and open what came of it."""
    opened = []

    def salvaged():
        done = salvaging.build(folder, signed, tmp_path / "new" / "ptimer.db", clock)
        assert keeping.check(tmp_path / "new", clock).visits == 2
        opened.append(open_clinic(tmp_path / "new", clock))
        return done, opened[-1]

    (tmp_path / "new").mkdir()
    yield salvaged
    for clinic in opened:
        clinic.close()


def status(clinic):
    return {view.visit.patient: view.visit.status for view in snapshots.today(clinic).visits}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_visit_that_is_not_proven_is_open_and_may_be_signed_again(
    signed, salvaged, damage, folder, clock
):
    changed(signed, DAMAGES[damage])
    with pytest.raises(BadData):
        keeping.check(folder, clock)

    done, clinic = salvaged()

    assert status(clinic) == {"Ann": "open", "Bob": "signed"}
    told = [str(each) for each in done.check if "to be signed again" in str(each)]
    assert len(told) == 1
    assert told[0].startswith("Ann's visit of 2026-11-23: ")
    visit = next(v.visit for v in snapshots.today(clinic).visits if v.visit.patient == "Ann")
    signing.sign(clinic, visit.id, SignWish("Kim", "OTR/L"))
    clinic.close()
    assert keeping.check(done.path.parent, clock).visits == 2


def test_with_an_earlier_text_goes_the_signature_under_it_and_so_the_proof(signed, salvaged):
    changed(signed, CONTENT.format(1))

    done, clinic = salvaged()

    assert status(clinic) == {"Ann": "open", "Bob": "signed"}
    left = done.left_over_file.read_text("utf-8")
    for words in ("not what was signed any more", "names a row of signed_contents that is lost"):
        assert words in left


def test_of_a_whole_record_all_stays_signed(salvaged):
    done, clinic = salvaged()

    assert status(clinic) == {"Ann": "signed", "Bob": "signed"}
    assert (done.left_over, done.check) == (0, ())


def test_what_is_taken_away_from_a_salvaged_record_later_is_found(signed, salvaged, clock):
    changed(signed, CONTENT.format(2))
    done, clinic = salvaged()
    clinic.close()
    changed(done.path, "update signed_versions set signatures = '[]' where reopened_at is null")

    with pytest.raises(BadData, match="not what was signed"):
        keeping.check(done.path.parent, clock)
