"""A read that every press or repaint makes takes no longer in the tenth year than on the first day.

It finds its rows through an index: the plan that SQLite makes for it names one, and never walks
through all segments or visits. A dropped index fails here.
"""

import re

import pytest

from ptimer.storage import (
    attestations,
    audit_log,
    charges,
    clinician_entries,
    doubts,
    exports,
    goals,
    history,
    seals,
    segments,
    signatures,
    signed_versions,
    skilled_parts,
    supervisors,
    visit_marks,
    visits,
)
from ptimer.timing.segment import Stretch
from tests.storage.conftest import DAY

READS = {
    "what runs": (segments.running, ["segments_running"]),
    "visits of a day": (lambda c: visits.on(c, DAY, DAY), ["visits_by_date"]),
    "days with visits": (lambda c: visits.dates(c, DAY, DAY), ["visits_by_date"]),
    "segments of visits": (lambda c: segments.of_visits(c, ["v"]), ["segments_by_visit"]),
    "history of a visit": (lambda c: segments.history_of(c, "v"), ["segments_by_visit"]),
    "what a time meets": (
        lambda c: segments.meeting(c, patients=["p"], clinicians=["k"], time=Stretch(0, 1)),
        [
            *("segments_by_patient", "segments_by_clinician", "segments_by_student"),
            *("segments_lasting_by_patient", "segments_lasting_by_clinician"),
            "segments_lasting_by_student",
        ],
    ),
    "groups of one": (
        lambda c: segments.lone_groups(c, ["v"]),
        ["segments_by_visit", "segments_by_clinician"],
    ),
    "unsigned visits before a day": (
        lambda c: visits.unsigned_before(c, DAY, most=50),
        ["visits_open", "segments_by_visit"],
    ),
    "visits of a patient on a day": (
        lambda c: visits.of_patient(c, "p", DAY),
        ["visits_by_date|autoindex_visits_2"],
    ),
    "visits of a patient between two days": (
        lambda c: visits.of_patient_between(c, "p", DAY, DAY),
        ["visits_by_date|autoindex_visits_2"],
    ),
    "a patient's last visit": (lambda c: visits.last_of_patient(c, "p"), ["autoindex_visits_2"]),
    "the visit made last": (visits.last_made, ["visits_by_creation"]),
    "recent patients": (lambda c: visits.recent_patients(c, most=200), ["visits_by_creation"]),
    "signatures": (
        lambda c: signatures.standing(c, ["v"]),
        ["signatures_once|signatures_by_visit"],
    ),
    "marks": (lambda c: visit_marks.standing(c, ["v"]), ["visit_marks_once|visit_marks_by_visit"]),
    "who supervised": (
        lambda c: supervisors.named(c, ["v"]),
        ["visit_supervisors_once|visit_supervisors_by_visit"],
    ),
    "versions of a visit": (
        lambda c: signed_versions.of_visits(c, ["v"]),
        ["autoindex_signed_versions_1"],
    ),
    "what a clinician learnt": (
        lambda c: clinician_entries.of_clinician(c, "Kim"),
        ["clinician_entries_by_clinician"],
    ),
    "what expires": (
        lambda c: clinician_entries.expiring(c, DAY),
        ["clinician_entries_expiring"],
    ),
    "attested pairs": (lambda c: attestations.pairs(c, ["v"]), ["pair_attestations_by_visit"]),
    "attested necessity": (
        lambda c: attestations.necessity(c, ["v"]),
        ["necessity_attestations_by_visit"],
    ),
    "fees of a year": (lambda c: charges.fees(c, 2026), ["fees_by_year"]),
    "what others were allowed": (
        lambda c: charges.elsewhere(c, "p", 2026, "OT"),
        ["charges_elsewhere_by_patient"],
    ),
    "units that were signed in a year": (
        lambda c: charges.signed_units(c, "p", ["PT", "SLP"], DAY, but_not="v"),
        ["autoindex_visits_2", "signed_units_by_visit"],
    ),
    "skilled parts": (lambda c: skilled_parts.of_visits(c, ["v"]), ["skilled_parts_by_visit"]),
    "what is in the chart": (
        lambda c: skilled_parts.ticks(c, ["v"]),
        ["chart_ticks_once|chart_ticks_by_visit"],
    ),
    "all that is recorded of a visit": (
        lambda c: seals.rows_hash(c, "v"),
        [
            *("segments_by_visit", "signatures_by_visit", "autoindex_unit_choices_1"),
            *("autoindex_long_reasons_1", "visit_marks_by_visit", "autoindex_plans_1"),
            *("pair_attestations_by_visit", "necessity_attestations_by_visit"),
            *("skilled_parts_by_visit", "chart_ticks_by_visit", "visit_supervisors_by_visit"),
            "signed_units_by_visit",
        ],
    ),
    "goals": (lambda c: goals.of_patients(c, ["p"]), ["goals_by_patient"]),
    "open doubts": (doubts.open_doubts, ["doubts_open"]),
    "windows that stopped": (doubts.stopped_heartbeats, ["segments_running"]),
    "what a press did": (lambda c: audit_log.of_press(c, "p"), ["audit_by_press"]),
    "what was done to a visit": (lambda c: audit_log.of_visit(c, "v"), ["audit_by_visit"]),
    "lines that went out": (lambda c: exports.sent_lines(c, "v"), ["export_lines_by_visit"]),
    "the batch of a visit": (lambda c: exports.last_batch_of(c, "v"), ["export_lines_by_visit"]),
    "visits that hold nothing any more": (
        lambda c: exports.emptied(c, DAY),
        ["visits_by_date", "export_lines_by_visit", "segments_by_visit"],
    ),
    "visits held back": (
        lambda c: exports.held_back(c, DAY, DAY),
        ["visits_open|visits_by_date", "segments_by_visit"],
    ),
    "segments of a span": (
        lambda c: list(exports.segment_rows(c, DAY, DAY, unsigned=True)),
        ["visits_by_date", "segments_by_visit"],
    ),
    "history of a patient": (
        lambda c: history.find(c, history.Wanted("p", "97110", "k", DAY, DAY), most=100),
        ["visits_by_patient", "segments_by_visit"],
    ),
    "history of some dates": (
        lambda c: history.find(c, history.Wanted(first=DAY, last=DAY), most=100),
        ["visits_by_date", "segments_by_visit"],
    ),
    "visits signed before newer limits": (
        lambda c: history.signed(c, since=DAY, before=0),
        ["visits_by_date", "signatures_once|signatures_by_visit"],
    ),
    "times of the history": (
        lambda c: list(history.times(c, history.Wanted(code="97110"), now=0)),
        ["visits_by_date", "segments_by_visit"],
    ),
}


def _plans(connection, read):
    """Return, statement by statement, how SQLite goes about what a function asks."""
    asked = []
    connection.set_trace_callback(asked.append)
    read(connection)
    connection.set_trace_callback(None)
    return [
        "\n".join(row[3] for row in connection.execute(f"explain query plan {statement}"))
        for statement in asked
        if not statement.startswith("--")
    ]


@pytest.mark.parametrize("name", READS)
def test_a_hot_read_goes_through_its_index(in_memory, name):
    read, indexes = READS[name]

    plan = "\n".join(_plans(in_memory, read))
    for index in indexes:
        assert re.search(f"USING (COVERING )?INDEX (sqlite_)?({index})", plan), plan
    for line in plan.splitlines():
        walks = line.startswith("SCAN") and not re.match(r"SCAN (json_each|\(subquery-\d+\))", line)
        assert not walks or "INDEX" in line, f"walks through a whole table: {plan}"


def test_the_guards_of_an_insert_go_through_their_indexes(in_memory):
    """The triggers look among the rows of one patient or clinician by time, both ways."""
    name_of = dict(in_memory.execute("select rootpage, name from sqlite_schema where rootpage"))
    program = in_memory.execute("explain insert into segments (id) values ('s')").fetchall()
    opened = {name_of.get(page) for _, operation, _, page, *_ in program if operation == "OpenRead"}

    assert {
        *("segments_by_patient", "segments_by_clinician", "segments_by_student"),
        *("segments_lasting_by_patient", "segments_lasting_by_clinician"),
        *("segments_lasting_by_student", "segments_running_once"),
    } <= opened


def test_every_index_has_a_read_that_needs_it(in_memory):
    made = in_memory.execute(
        "select name from sqlite_schema where type = 'index' and sql not null "
        "and tbl_name not like '%migrations'"
    )
    named = "|".join(index for _, indexes in READS.values() for index in indexes).split("|")

    assert {name for (name,) in made} <= {*named, "segments_running_once"}
