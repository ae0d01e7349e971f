"""A clinician's day over all patients, as the record has it: who is in it, and what is told."""

from datetime import UTC, date, timedelta

import pytest

from ptimer.billing.day_proof import Kind
from ptimer.operations import proving
from ptimer.operations.errors import BadData, Misused
from ptimer.reports import day_proof, day_proof_page
from ptimer.reports.lanes import Shade

DAY = date(2026, 11, 23)


def told(words):
    return [str(each) for each in words]


def test_all_patients_of_the_clinician_and_nobody_elses(clinic, timed):
    timed("97110", "Ann", minutes=20)
    timed("97112", "Bob", minutes=30)
    timed("97110", "Cid", clinician="Lee")
    proof = proving.day_proof(clinic, DAY, "Kim").proof

    assert [each.service.patient for each in proof.times] == ["Ann", "Bob"]
    assert str(day_proof.verdict(proof, UTC)) == (
        "10:00 to 10:50: 0 h 50 min at work, 50 min one-on-one, no minute twice"
    )


def test_the_last_used_clinician_and_today_are_meant_where_nothing_is_said(clinic, timed):
    timed("97110", clinician="Lee")
    found = proving.day_proof(clinic)

    assert (found.day, found.clinician) == (DAY, "Lee")


def test_a_students_time_is_of_the_supervisors_day_too(clinic, timed):
    timed("97110", clinician="Sam", role="student", supervisor="Kim")
    proof = proving.day_proof(clinic, DAY, "Kim").proof

    assert told(map(day_proof.about, proof.times)) == ["97110 of Ann: Sam, supervised by Kim"]


def test_what_runs_counts_up_to_now(clinic, start, clock):
    start("97110")
    clock.advance(minutes=12)
    proof = proving.day_proof(clinic).proof

    assert proof.running
    assert "12 min one-on-one" in str(day_proof.verdict(proof, UTC))
    assert "still runs" in day_proof.as_text(proof, UTC)


def test_unattended_time_beside_another_patient_is_explained_and_drawn(clinic, start, stop, clock):
    start("G0283", "Ann")
    clock.advance(minutes=5)
    start("97112", "Bob")
    clock.advance(minutes=30)
    stop()
    proof = proving.day_proof(clinic).proof

    ((time, why),) = day_proof.notes(proof, UTC)
    assert time == "10:05:00–10:35:00"  # noqa: RUF001
    assert "G0283 of Ann runs unattended" in str(why)
    lanes = day_proof.lanes(proof, UTC).lanes
    assert told(lane.name for lane in lanes) == ["One-on-one", "Unattended"]
    assert [bar.shade for lane in lanes for bar in lane.bars] == [Shade.SOLID, Shade.HATCHED]
    assert lanes[0].bars[0].words == ("97112", "Bob")


def test_a_day_without_a_time_proves_nothing_and_says_so(clinic, timed):
    timed("97110")
    found = proving.day_proof(clinic, DAY - timedelta(days=1), "Kim")

    assert found.proof is None
    assert proving.page_of(clinic, found) is None
    proving.check_holds(found, UTC)


@pytest.mark.parametrize(
    ("day", "name", "says"),
    [
        (DAY + timedelta(days=1), "Kim", "in the future"),
        (DAY, "Nobody", "knows no clinician Nobody"),
    ],
)
def test_another_day_or_name_is_told(clinic, timed, day, name, says):
    timed("97110")

    with pytest.raises(Misused, match=says):
        proving.day_proof(clinic, day, name)


def tamper(clinic, statement):
    """Change the record as only someone with a knife can: its triggers would refuse it."""
    for (name,) in clinic.connection.execute(
        "select name from sqlite_schema where type = 'trigger'"
    ).fetchall():
        clinic.connection.execute(f"drop trigger {name}")
    clinic.connection.execute(statement)
    clinic.connection.commit()


def test_a_minute_that_is_there_twice_is_named(clinic, timed):
    timed("97110", "Ann", minutes=20)
    timed("97112", "Bob", minutes=30)
    tamper(clinic, "update segments set started_at = started_at - 300000 where code = '97112'")
    found = proving.day_proof(clinic)

    with pytest.raises(BadData, match=r"10:15:00–10:20:00: 97112 of Bob|97110 of Ann and 97112"):  # noqa: RUF001
        proving.check_holds(found, UTC)
    assert "1 time is recorded that no rule allows" in str(day_proof.verdict(found.proof, UTC))
    assert "0:05:00 twice" in str(day_proof.arithmetic(found.proof)[0][1])
    lanes = day_proof.lanes(found.proof, UTC).lanes
    assert [len(lane.bars) for lane in lanes] == [1, 1], "what overlaps stands on lanes of its own"
    assert {bar.shade for lane in lanes for bar in lane.bars} == {Shade.WRONG}
    assert day_proof.as_values(found.proof, UTC)["holds"] is False


def test_a_minute_is_found_twice_over_midnight(clinic, timed, clock):
    clock.advance(hours=13, minutes=50)
    timed("97110", "Ann", minutes=20)
    clock.advance(minutes=1)
    timed("97112", "Bob", minutes=30)
    tamper(clinic, "update segments set started_at = started_at - 300000 where code = '97112'")

    assert not proving.day_proof(clinic, DAY, "Kim").proof.holds


def test_the_pages_tell_the_day_from_verdict_to_rules(clinic, timed):
    for patient in ("Ann", "Bob"):
        timed("97110", patient, minutes=20)
    page = proving.page_of(clinic, proving.day_proof(clinic))
    blocks = day_proof_page.blocks(page)
    said = [[str(cell.text) for cell in block.cells] for block in blocks]

    assert said[0] == ["Day proof · 2026-11-23"]
    assert "no minute twice" in said[2][0]
    assert blocks[3].lanes is not None
    headings = [str(b.cells[0].text) for b in blocks if b.kind == "heading"]
    assert headings == [
        "The sums",
        "Minutes that two times share, and why they may",
        "Every time of the day",
        "Rules in force",
    ]
    row = ["10:20:00–10:40:00", "97110", "Bob", "One-on-one, 20 min", "Kim"]  # noqa: RUF001
    assert row in said


def test_a_group_is_one_bar_with_its_patients(clinic, timed):
    timed("97150", "Ann", "Bob", minutes=30)
    proof = proving.day_proof(clinic).proof

    (lane,) = day_proof.lanes(proof, UTC).lanes
    (bar,) = lane.bars
    assert bar.words == ("97150", "Ann", "Bob")
    assert bar.lines(2) == ("97150", "Ann …")
    assert bar.lines(1) == ("97150 Ann Bob",)
    assert proof.of(Kind.ONE_ON_ONE) == ()
