"""What was signed stays readable: each signature's content, each version, and what differs."""

import dataclasses
import json
from contextlib import closing

import pytest
from sqlite_utils import Database

from ptimer.billing.skilled_fields import ChartTick, Part
from ptimer.operations import (
    clinic_settings,
    corrections,
    goals,
    keeping,
    setting_values,
    settling,
    signed_content,
    signing,
    skilled,
    version_lines,
    versions,
    visit_marks,
)
from ptimer.operations.clinic import open_clinic
from ptimer.operations.corrections import Change
from ptimer.operations.signing import SignWish
from ptimer.operations.version_lines import Reading, Standing
from ptimer.operations.versions import Kept
from ptimer.operations.visit_marks import Mark
from ptimer.operations.visit_record import VisitRecord
from ptimer.storage import audit_log, database, migrations, seals, signed_versions


@pytest.fixture
def amended(clinic, timed, sign, clock):
    """Ann's visit, signed by Kim, reopened, a time corrected, not signed anew; returns its id."""
    visit_id = timed("97110", minutes=20).visit_id
    sign(visit_id)
    clock.advance(minutes=30)
    signing.amend(clinic, visit_id, "ended later")
    (segment,) = versions.of_visit(clinic, visit_id).view.record.segments
    change = Change(end=segment.ended_at + 3 * 60_000)
    corrections.correct(clinic, segment.id, change, "looked at the clock")
    return visit_id


@pytest.fixture
def rows(clinic):
    """Lay the last two versions of a visit side by side."""

    def rows(visit_id):
        found = versions.of_visit(clinic, visit_id)
        reading = Reading(found.view.zone, found.view.visit.service_date, found.roots)
        return version_lines.compare(*found.pair, reading)

    return rows


def differing(rows):
    return [
        (str(row.what), str(row.before or ""), str(row.after or ""), row.standing.value)
        for row in rows
        if row.standing is not Standing.SAME
    ]


def test_a_signature_keeps_the_hash_of_what_it_stands_under(clinic, timed, sign, view):
    visit_id = timed("97110").visit_id
    what = signed_content.text_of(signed_content.content_of(view(visit_id)))
    sign(visit_id)

    (signature,) = view(visit_id).record.signatures
    assert signature.sha256 == signed_content.hash_of(what)
    (kept,) = signed_versions.contents(clinic.connection, [signature.sha256]).values()
    assert kept == what
    (entry,) = [e for e in audit_log.of_visit(clinic.connection, visit_id) if e.action == "sign"]
    assert entry.after["sha256"] == signature.sha256


def test_the_content_holds_the_facts_and_what_they_came_to(timed, sign, view):
    segment = timed("97112", minutes=75)
    visit_id = segment.visit_id
    sign(visit_id, over_60="two sessions")
    content = signed_content.content_of(view(visit_id))

    facts, counted = content["facts"], content["counted"]
    assert facts["visit"]["patient"] == "Ann"
    assert "status" not in facts["visit"], "signing itself changes it"
    assert facts["segments"][0]["started_at"] == segment.started_at
    assert facts["segments"][0]["clinician"] == "Kim"
    assert facts["long_reasons"] == {"97112": "two sessions"}
    (line,) = counted["lines"]
    assert (line["code"], line["minutes"], line["units"], line["modifiers"]) == (
        *("97112", 75, 4),
        ["GP"],
    )
    assert (counted["rule"], counted["timed_minutes"], counted["units"]) == ("cms", 75, 4)
    assert any("75 timed minutes" in step for step in counted["steps"])
    assert "cms-8-minute" in counted["sources"]
    assert counted["editions"][0]["in_force_from"] == "2024-07-01"


def test_what_is_empty_is_left_out_so_that_a_new_fact_leaves_old_texts_as_they_are(timed, view):
    facts = signed_content.facts_of(view(timed("97110").visit_id).record)

    assert not [name for name, value in facts.items() if value in (None, "", [], {}, False)]
    assert "note" not in facts["segments"][0]
    assert "choice" not in facts


def test_every_field_of_a_record_is_signed_or_named_as_not_signed(timed, view):
    """A field that somebody adds is signed from its first day, unless it is no fact."""
    record = view(timed("97110").visit_id).record
    names = {each.name for each in dataclasses.fields(VisitRecord)}

    assert set(signed_content.NO_FACTS) <= names
    told = {name: {"97110": "x"} for name in ("long_reasons", "supervisors", "plan")}
    filled = dataclasses.replace(record, **told)
    assert set(told) <= set(signed_content.facts_of(filled))


def test_the_same_facts_are_the_same_text_in_whatever_order_they_come(timed, view):
    visit_id = timed("97110").visit_id
    timed("97140")
    record = view(visit_id).record
    turned = dataclasses.replace(record, segments=tuple(reversed(record.segments)))

    assert signed_content.text_of(signed_content.facts_of(turned)) == signed_content.text_of(
        signed_content.facts_of(record)
    )


def test_a_version_is_kept_once_everybody_has_signed(clinic, timed, sign, clock):
    visit_id = timed("97110", clinician="Kim", minutes=20).visit_id
    timed("97140", clinician="Lee", minutes=15)
    sign(visit_id, "Kim")
    assert signed_versions.of_visits(clinic.connection, [visit_id]) == {}
    clock.advance(minutes=1)
    sign(visit_id, "Lee")

    (row,) = signed_versions.of_visits(clinic.connection, [visit_id])[visit_id]
    signatures = json.loads(row.signatures)
    assert [each["clinician"] for each in signatures] == ["Kim", "Lee"]
    assert [each["credentials"] for each in signatures] == ["OTR/L", "OTR/L"]
    assert signatures[1]["sha256"] == row.content_sha256
    assert (row.number, row.closed_at, row.reopened_at) == (1, clock.now(), None)
    assert row.rows_sha256 == seals.rows_hash(clinic.connection, visit_id)
    assert row.sha256 == signed_versions.version_hash(row)


def test_an_amendment_keeps_both_versions_side_by_side(clinic, amended, rows, sign, clock):
    found = versions.of_visit(clinic, amended)
    assert [(each.number, each.kept) for each in found.every] == [(1, Kept.SIGNED), (0, Kept.NOW)]
    assert (found.every[0].why, found.every[0].reopened_by) == ("ended later", "Kim")
    assert differing(rows(amended)) == [
        ("Kim", "Kim, OTR/L · 10:20:00", "", "removed"),
        (
            "97110",
            "97110 · 10:00:00–10:20:00 · Kim, therapist",  # noqa: RUF001
            "97110 · 10:00:00–10:23:00 · Kim, therapist",  # noqa: RUF001
            "changed",
        ),
        ("timed minutes", "20", "23", "changed"),
        ("treatment minutes", "20", "23", "changed"),
        ("all units", "1", "2", "changed"),
        ("97110", "20 min · 1 unit · GP", "23 min · 2 units · GP", "changed"),
        *[row for row in differing(rows(amended)) if row[0] == ""],
    ]

    sign(amended)
    found = versions.of_visit(clinic, amended)
    assert [(each.number, each.kept) for each in found.every] == [
        (1, Kept.SIGNED),
        (2, Kept.SIGNED),
    ]
    assert found.numbered(1).content["counted"]["units"] == 1
    assert found.numbered(2).content["counted"]["units"] == 2


def test_a_time_that_came_and_one_that_went_are_told_as_such(clinic, timed, sign, add, rows):
    gone = timed("97110")
    visit_id = gone.visit_id
    sign(visit_id)
    signing.amend(clinic, visit_id, "another code")
    corrections.void(clinic, gone.id, "never happened")
    add(visit_id, "97140", "09:00", "09:15")

    told = {(what, standing) for what, _, _, standing in differing(rows(visit_id))}
    assert {("97110", "removed"), ("97140", "added"), ("Kim", "removed")} <= told
    assert ("payer", "changed") not in told


def test_all_else_that_is_recorded_is_read_in_lines_too(clinic, timed, sign, rows):
    visit_id = timed("97112", minutes=75).visit_id
    sign(visit_id, over_60="two sessions")
    signing.amend(clinic, visit_id, "why")
    settling.give_reason(clinic, visit_id, "97112", "a long gait training")
    visit_marks.mark(clinic, visit_id, Mark.STOPPED_EARLY, "dizzy")

    told = differing(rows(visit_id))
    assert ("why it took longer · 97112", "two sessions", "a long gait training", "changed") in told
    assert ("mark · reason", "", "dizzy", "added") in told


def test_the_skilled_parts_are_signed_and_read_with_the_goal_in_its_words(
    clinic, timed, sign, rows
):
    visit_id = timed("97110").visit_id
    goal = goals.add(clinic, "Ann", "Walk 50 m without a rail")
    parts = {Part.GOAL: (goal.id,), Part.OUTCOME: ("3 of 5",)}
    skilled.write(clinic, visit_id, "97110", parts)
    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True)
    sign(visit_id)
    signing.amend(clinic, visit_id, "why")
    skilled.write(clinic, visit_id, "97110", {Part.OUTCOME: ("4 of 5",)})

    told = {str(row.what): (str(row.before), str(row.after)) for row in rows(visit_id)}
    assert told["skilled parts · 97110 · goal"] == ("Walk 50 m without a rail",) * 2
    assert told["skilled parts · 97110 · outcome"] == ("3 of 5", "4 of 5")
    assert "history" in told["in the chart"][0]


def test_what_goes_on_around_a_signed_visit_is_no_change_of_it(clinic, timed, sign, folder, clock):
    """Goals, settings, other patients and the next visits go on."""
    visit_id = timed("97150", "Ann").visit_id
    timed("97110", "Ann")
    goal = goals.add(clinic, "Ann", "Walk 50 m")
    skilled.write(clinic, visit_id, "97110", {Part.GOAL: (goal.id,)})
    sign(visit_id)
    goals.end(clinic, "Ann", goal.number)
    goals.add(clinic, "Ann", "Climb stairs")
    setting_values.change(clinic, clinic_settings.SUPERVISOR_REQUIRED, True)
    setting_values.change(clinic, clinic_settings.REQUIRED_FIELDS, "goal")
    timed("97110", "Bob")
    clock.advance(hours=24)
    timed("97110", "Ann")

    assert keeping.check(folder, clock).visits == 3


def test_who_signed_before_the_last_change_is_shown_to_have(clinic, timed, sign, rows):
    visit_id = timed("97110", clinician="Kim", minutes=20).visit_id
    timed("97140", clinician="Lee", minutes=20)
    signing.sign(clinic, visit_id, SignWish("Kim", "PT", choice={"97110": 2, "97140": 1}))
    settling.choose(clinic, visit_id, {"97110": 1, "97140": 2})
    sign(visit_id, "Lee")

    kim, lee = [row.after for row in rows(visit_id) if str(row.section) == "Signatures"]
    assert "under what was recorded then" in str(kim)
    assert "under what was recorded then" not in str(lee)


def test_one_version_alone_is_read_too(timed, sign, rows):
    visit_id = timed("97110").visit_id
    sign(visit_id)

    assert differing(rows(visit_id)) == []
    assert {str(row.section) for row in rows(visit_id)} == {
        *("Signatures", "Visit", "Times", "What is billed", "How it was counted")
    }


@pytest.fixture
def from_before(folder, clock, blank):
    """Ann's visit, closed by an earlier ptimer that kept no version; returns the clinic and it."""
    folder.mkdir()
    with closing(database.sqlite3.connect(database.database_file(folder))) as old:
        old.execute(f"pragma application_id = {database.APPLICATION_ID}")
        migrations._migrations.apply(Database(old), stop_before="m0010_signed_versions")
        old.executescript(
            "insert into clinicians (name, last_used_at) values ('Kim', 1);"
            "insert into visits (id, patient, discipline, service_date, payer, relaxed, "
            "assistants_barred, created_at) "
            "values ('v', 'Ann', 'PT', '2026-11-20', 'Medicare', 0, 0, 1795168800000);"
            "insert into segments (id, visit_id, patient, code, clinician, role, started_at, "
            "ended_at, attendance, exclusive, origin, recorded_at) values ('s', 'v', 'Ann', "
            "'97110', 'Kim', 'therapist', 1795168800000, 1795170000000, 'one-on-one', 0, "
            "'press', 1795168800000);"
            "insert into signatures (id, visit_id, clinician, name, credentials, signed_at) "
            "values ('g', 'v', 'Kim', 'Kim', 'PT', 1795170060000);"
            "update visits set status = 'signed';"
        )
        billed = {"payer": "Medicare", "rule": "cms", "timed_minutes": 15, "total_minutes": 15}
        lines = [{"code": "97110", "minutes": 15, "units": 1}]
        for at, action, closed in ((100, "sign", True), (200, "amend", None), (300, "sign", True)):
            after = {"credentials": "PT", "closed": closed, **billed, "lines": lines}
            audit_log.add(
                old,
                audit_log.Entry(
                    *(at, "Kim", action, "v"),
                    after=after if closed else None,
                    reason="" if closed else "a slip",
                ),
            )
        old.commit()
    clinic = open_clinic(folder, clock)
    yield clinic
    clinic.close()


def test_what_an_earlier_ptimer_signed_is_read_from_its_record_and_from_the_log(from_before):
    first, second = versions.of_visit(from_before, "v").every

    assert (first.number, first.kept, first.why) == (1, Kept.LOG, "a slip")
    assert first.content["counted"]["lines"] == [{"code": "97110", "minutes": 15, "units": 1}]
    assert (second.number, second.kept) == (2, Kept.LATER)
    assert second.content["counted"]["timed_minutes"] == 20
    assert second.content["facts"]["segments"][0]["id"] == "s"


def test_what_an_earlier_ptimer_signed_is_kept_before_it_is_reopened(from_before, clock):
    signing.amend(from_before, "v", "a time was forgotten")

    (row,) = signed_versions.of_visits(from_before.connection, ["v"])["v"]
    assert (row.number, row.closed_at, row.kept_at) == (2, 1795170060000, clock.now())
    assert (row.why, row.reopened_by) == ("a time was forgotten", "Kim")
    signing.sign(from_before, "v", SignWish("Kim", "PT"))
    found = versions.of_visit(from_before, "v").every
    assert [(each.number, each.kept) for each in found] == [
        *((1, Kept.LOG), (2, Kept.LATER), (3, Kept.SIGNED))
    ]
