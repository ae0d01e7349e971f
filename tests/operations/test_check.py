"""`ptimer check` finds what another program, or a failing disk, has done to the record."""

import sqlite3
from contextlib import closing

import pytest

from ptimer.operations import keeping, signing, stopwatch, undoing
from ptimer.operations.errors import BadData
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import integrity
from tests.storage import tables

GUARDS = "select name, sql from sqlite_schema where type = 'trigger'"


@pytest.fixture
def check(folder, clock):
    return lambda: keeping.check(folder, clock)


@pytest.fixture
def found(check):
    """Return what a check finds wrong."""

    def found():
        with pytest.raises(BadData) as told:
            check()
        assert told.value.exit_status == 4
        return str(told.value)

    return found


@pytest.fixture
def around(clinic, file):
    """Run statements as a program could that takes the guards away and puts them back."""

    def around(*statements, references=True):
        with closing(sqlite3.connect(file)) as other:
            guards = other.execute(GUARDS).fetchall()
            other.execute(f"pragma foreign_keys = {'on' if references else 'off'}")
            for name, _ in guards:
                other.execute(f"drop trigger {name}")
            for statement in statements:
                other.execute(statement)
            for _, sql in guards:
                other.execute(sql)
            other.commit()

    return around


@pytest.fixture
def smuggle(clinic, file):
    """Put a segment in, with the guards taken away meanwhile."""

    def smuggle(visit_id, patient, code, start, end, **more):
        known = clinic.rulebook.codes[code]
        more = {"attendance": known.attendance.value, "exclusive": known.exclusive, **more}
        with closing(sqlite3.connect(file)) as other:
            guards = other.execute(GUARDS).fetchall()
            for name, _ in guards:
                other.execute(f"drop trigger {name}")
            tables.add_segment(other, visit_id, patient, code, start, end, **more)
            for _, sql in guards:
                other.execute(sql)
            other.commit()

    return smuggle


def test_a_record_that_only_the_program_wrote_is_whole(timed, sign, check, start, folder, clock):
    visit_id = timed("97110").visit_id
    timed("G0283", "Bob", clinician="Ida", role="aide")
    timed("97110", "Cem", clinician="Stu", role="student", supervisor="Lee")
    sign(visit_id)
    start("97110", "Dia")

    checked = check()
    assert (checked.visits, checked.segments) == (4, 4)


def test_a_check_of_an_empty_folder_finds_nothing_and_makes_nothing(check, folder):
    assert check() is None
    assert not folder.exists()


def test_a_check_changes_nothing(clinic, timed, check, dump):
    timed("97110")
    before = dump()
    check()

    assert dump() == before


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("drop trigger segments_of_a_clinician", "trigger segments_of_a_clinician"),
        ("drop trigger audit_log_stays", "trigger audit_log_stays"),
        ("drop index segments_running_once", "index segments_running_once"),
        ("create table notes (text)", "table notes"),
    ],
)
def test_a_guard_that_was_taken_away_is_found(clinic, found, statement, name):
    clinic.connection.execute(statement)
    clinic.connection.commit()

    assert f"{name} is not as ptimer made it" in found()


def test_a_changed_row_of_the_audit_log_is_found(timed, around, found):
    timed("97110")
    around("update audit_log set who = 'Lee' where seq = 2")

    assert "row 2 of the audit log was changed around the program" in found()


def test_a_row_taken_out_of_the_audit_log_is_found(timed, around, found):
    timed("97110")
    timed("97140")
    around("delete from audit_log where seq = 2")

    assert "row 3 of the audit log was changed around the program" in found()


def test_a_conflict_that_was_smuggled_in_is_found(timed, smuggle, found, at):
    segment = timed("97110")
    smuggle(segment.visit_id, "Ann", "97140", at("10:05"), at("10:10"))

    told = found()
    assert "of Ann on 2026-11-23 should not stand" in told
    assert "both need Kim one-on-one" in told


def test_a_conflict_with_a_time_that_lasts_for_hours_is_found(timed, smuggle, found, at):
    segment = timed("97112", minutes=400)
    smuggle(segment.visit_id, "Ann", "G0283", at("16:00"), at("16:10"))

    assert "97112 is billed alone" in found()


def test_a_conflict_in_a_signed_visit_is_found(timed, sign, smuggle, found, at):
    segment = timed("97110")
    sign(segment.visit_id)
    smuggle(segment.visit_id, "Ann", "97140", at("10:05"), at("10:10"), clinician="Lee")

    assert "two clinicians can't both bill the same minutes" in found()


def test_a_conflict_with_the_supervisor_of_a_student_is_found(
    timed, open_visit, smuggle, found, at
):
    timed("97110", "Ann", clinician="Stu", role="student", supervisor="Lee")
    smuggle(open_visit("Bob"), "Bob", "97140", at("10:05"), at("10:10"), clinician="Lee")

    assert "needs Lee alone" in found()


@pytest.mark.parametrize(
    ("code", "more", "words"),
    [
        ("97110", {"role": "aide"}, "An aide's minutes never count"),
        ("97110", {"role": "student"}, "only with a supervising therapist named"),
        ("97161", {"role": "assistant"}, "An assistant may not evaluate"),
    ],
)
def test_a_time_that_its_role_forbids_is_found(open_visit, smuggle, found, at, code, more, words):
    smuggle(open_visit(), "Ann", code, at("09:00"), at("09:10"), **more)

    assert words in found()


def test_an_assistants_speech_therapy_for_medicare_is_found(open_visit, smuggle, found, at):
    visit_id = open_visit(discipline="SLP")
    smuggle(visit_id, "Ann", "92507", at("09:00"), at("09:10"), role="assistant")

    assert "Medicare does not pay speech-language services of an assistant" in found()


def test_a_reference_that_leads_nowhere_is_found(timed, around, found):
    timed("97110")
    around("update signatures set visit_id = 'x'", "delete from visits", references=False)

    assert "names a missing row of visits" in found()


def test_a_signed_visit_that_still_runs_is_found(start, around, found):
    start("97110")
    around("update visits set status = 'signed'")

    assert "Ann's signed visit still runs" in found()


def test_a_time_of_a_signed_visit_that_was_changed_is_named(timed, sign, around, found):
    sign(timed("97110", minutes=20).visit_id)
    around("update segments set ended_at = ended_at + 180000")

    told = found()
    assert "Ann's signed visit of 2026-11-23 is not what was signed: 97110: 97110" in told
    assert "10:00:00–10:20:00" in told  # noqa: RUF001  (a range is written with an en dash)
    assert "10:00:00–10:23:00" in told  # noqa: RUF001


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update segments set note = 'stairs'", "“stairs” is recorded"),
        ("update segments set voided_at = 1", "Kim, therapist is gone"),
        ("update visits set payer = 'Commercial (midpoint)'", "Medicare was signed, Commercial"),
        (
            "insert into long_reasons select id, '97110', 'slow', 1 from visits",
            "why it took longer · 97110: slow was added",
        ),
        ("update signatures set credentials = 'MD'", "Kim, MD"),
        ("update signatures set withdrawn_at = 1", "Kim, OTR/L · 10:15:00 is gone"),
        ("update segments set recorded_at = 1", "what is recorded about it was changed"),
    ],
)
def test_whatever_was_changed_in_a_signed_visit_is_named(
    timed, sign, around, found, statement, words
):
    sign(timed("97110").visit_id)
    around(statement)

    told = found()
    assert "Ann's signed visit of 2026-11-23 is not what was signed" in told
    assert words in told


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            """update signed_contents set content = replace(content, '"units":1', '"units":4')""",
            "version 1 of Ann's visit of 2026-11-23 is not what was signed",
        ),
        (
            """update signed_contents set content = replace(content, '"units":1', '"units":4')""",
            "a signature under Ann's visit of 2026-11-23 stands under another text",
        ),
        (
            "update signed_versions set signatures = '[]'",
            "version 1 of Ann's visit of 2026-11-23 is not what was signed",
        ),
        (
            "delete from signed_versions",
            "version 1 of Ann's visit of 2026-11-23 is not the one that the audit log tells of",
        ),
    ],
)
def test_a_version_that_was_changed_or_taken_away_is_found(
    timed, sign, around, found, statement, words
):
    sign(timed("97110").visit_id)
    around(statement)

    assert words in found()


def test_a_visit_that_was_amended_and_signed_anew_is_whole(clinic, timed, sign, add, check):
    visit_id = timed("97110").visit_id
    timed("97110", "Bob")
    sign(visit_id)
    signing.amend(clinic, visit_id, "forgotten")
    add(visit_id, "97140", "09:00", "09:15")
    assert check().visits == 2
    sign(visit_id)

    assert check().visits == 2


def test_damage_is_found_and_told_before_all_else(timed, file, clinic, found):
    timed("97110")
    clinic.close()
    content = bytearray(file.read_bytes())
    content[-4096:-3996] = b"\x00" * 100
    file.write_bytes(content)

    told = found()
    assert str(file) in told
    assert "ptimer restore FILE" in told


def test_damage_that_reads_like_anything_is_told_as_damage(timed, file, clinic, found, monkeypatch):
    timed("97110")
    monkeypatch.setattr(integrity, "damage", lambda _: ["row 7 is missing"])
    monkeypatch.setattr(integrity, "signed_but_open", lambda _: int("no number"))

    assert "row 7 is missing" in found()


def test_ptimers_own_mistake_in_a_check_is_not_called_damage(timed, check, monkeypatch):
    timed("97110")
    monkeypatch.setattr(integrity, "signed_but_open", lambda _: int("no number"))

    with pytest.raises(ValueError, match="no number"):
        check()


def test_of_much_that_is_wrong_the_first_is_told(clinic, timed, around, found):
    for number in range(30):
        timed("97110", f"P-{number}")
    around("update audit_log set who = 'Lee'")

    told = found()
    assert told.count("row ") == 20
    assert len(told) < 5000


def test_a_check_of_a_record_in_use_waits_for_nobody(clinic, start, check):
    start("97110")
    with clinic.writing():
        assert check().segments == 1


def test_a_check_counts_what_counts(clinic, timed, check):
    timed("97110")
    undoing.undo(clinic, stopwatch.start(clinic, StartWish("97140", ("Bob",))).press_id)

    assert (check().visits, check().segments) == (2, 1)
