"""Several programs use one record: each sees the others' presses, and nothing is done twice."""

import os
from threading import Event, Thread

import pytest

from ptimer.operations import keeping, snapshots, stopping, stopwatch
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Busy, Refused
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import database


@pytest.fixture
def impatient(monkeypatch):
    """Wait for another program's lock no longer than it takes to see it."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.01)


def _all_at_once(programs):
    for each in programs:
        each.wait_until_ready()
    for each in programs:
        each.go()
    return [each.result() for each in programs]


def test_many_programs_that_make_one_folder_at_once_leave_one_good_record(program, folder, clock):
    names = ["Kim", "Lee", "Sam", "Ida", "Ole", "Eva"]
    programs = [program("introduce", folder, name) for name in names]

    assert _all_at_once(programs) == ["introduced"] * len(names)
    assert keeping.check(folder, clock) is not None
    clinic = open_clinic(folder, clock)
    rows = clinic.connection.execute("select name from clinicians order by name").fetchall()
    assert [name for (name,) in rows] == sorted(names)
    clinic.close()
    assert [path.name for path in folder.iterdir()] == ["ptimer.db"], "no draft was left"


def test_of_rival_starts_of_one_clinician_exactly_one_wins(program, clinic, folder):
    patients = ["Ann", "Bob", "Cem", "Dia"]
    results = _all_at_once([program("start", folder, "97110", who, "Kim") for who in patients])

    assert results.count("started") == 1
    assert sum(result.startswith("Refused: 97110 of") for result in results) == 3
    winner = patients[results.index("started")]
    assert [segment.patient for segment in snapshots.running(clinic)] == [winner]


def test_a_program_that_finds_the_record_locked_waits_and_then_works(clinic, folder, clock):
    waiting, results = Event(), []

    def wait_and_start():
        other = open_clinic(folder, clock)
        other.connection.set_trace_callback(lambda _: waiting.set())
        results.append(stopwatch.start(other, StartWish("97110", ("Bob",), clinician="Lee")))
        other.close()

    with clinic.writing():
        thread = Thread(target=wait_and_start)
        thread.start()
        assert waiting.wait(60)
        assert results == []
    thread.join(60)

    assert [segment.patient for segment in results[0].started] == ["Bob"]
    assert [segment.patient for segment in snapshots.running(clinic)] == ["Bob"]


def test_a_record_that_stays_locked_is_busy_and_nothing_changes(
    impatient, clinic, another, start, dump
):
    start("97110")
    before = dump()
    patient_program = another()
    with (
        clinic.writing(),
        pytest.raises(Busy, match="in use by another program") as told,
    ):
        stopping.stop(patient_program, StopWish())

    assert told.value.exit_status == 5
    assert dump() == before
    stopping.stop(patient_program, StopWish())
    assert snapshots.running(clinic) == (), "and later it works"


def test_looking_does_not_wait_for_who_writes(impatient, clinic, another, start):
    start("97110")
    reader = another()
    with clinic.writing():
        assert len(snapshots.today(reader).visits) == 1


def test_what_another_program_did_is_seen_and_counts(clinic, another, start, clock):
    start("97110", "Ann", clinician="Kim")
    other = another()
    before = clinic.changed_elsewhere()
    assert [segment.code for segment in snapshots.running(other)] == ["97110"]
    with pytest.raises(Refused, match="needs Kim alone"):
        stopwatch.start(other, StartWish("97140", ("Bob",), clinician="Kim"))
    assert clinic.changed_elsewhere() == before, "a refusal is no change"

    clock.advance(minutes=8)
    stopping.stop(other, StopWish())
    assert clinic.changed_elsewhere() != before
    assert snapshots.running(clinic) == ()


def test_ones_own_presses_are_not_taken_for_another_programs(clinic, start, stop):
    before = clinic.changed_elsewhere()
    start("97110")
    stop()

    assert clinic.changed_elsewhere() == before


def test_what_a_program_recorded_outlives_its_sudden_death(program, folder, clinic):
    killed = program("start_and_wait", folder)
    killed.wait_until_ready()
    killed.go()
    segment_id = killed.says()
    killed.process.kill()
    killed.process.wait()

    assert [segment.id for segment in snapshots.running(clinic)] == [segment_id]


@pytest.mark.skipif(os.name == "nt", reason="a limit on the size of files is not Windows'")
def test_a_full_disk_is_told_and_what_was_recorded_before_stays(program, folder, file, clinic):
    clinic.close()
    full = program("fill_the_disk", folder, file.stat().st_size + 100_000)
    full.wait_until_ready()
    full.go()
    *counted, told = full.process.communicate()[0].splitlines()

    assert told.startswith("Busy: Nothing can be recorded in ")
    assert "Make room" in told
    after = open_clinic(folder, clinic.clock)
    (stopped,) = after.connection.execute(
        "select count(*) from segments where ended_at is not null"
    ).fetchone()
    after.close()
    assert stopped >= len(counted) > 0
    assert keeping.check(folder, clinic.clock).segments >= stopped


def test_a_second_look_at_the_record_does_not_let_others_take_its_log_away(
    program, clinic, another, folder, file, start
):
    start("97110", "Ann", clinician="Lee")
    log = file.with_name(f"{file.name}-wal")
    before = log.stat().st_ino
    another().close()  # as each job does that a window has done in the background

    (other,) = _all_at_once([program("start", folder, "97140", "Bob", "Kim")])

    assert other == "started"
    assert log.stat().st_ino == before, "the other program was not the last one"
    start("97110", "Cem", clinician="Sam")
    assert keeping.check(folder, clinic.clock).segments == 3
