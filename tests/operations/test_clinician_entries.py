"""What clinicians learnt and may do: what counts, what is renewed, and who wrote it."""

from datetime import date

import pytest

from ptimer.operations import clinician_entries, people
from ptimer.operations.clinician_entries import Kind, NewEntry, hours_of, hours_text
from ptimer.operations.errors import Misused
from ptimer.storage import audit_log, clinicians, database
from ptimer.storage import clinician_entries as stored
from ptimer.storage.clinician_entries import EntryRow
from ptimer.timing.clock import Instant


@pytest.fixture
def record(clinic):
    """Record an entry: `record("CPR", "2024-11-30", "2026-11-30")`."""

    def record(title, dated="2026-01-10", expires="", clinician="Kim", **more):
        more = {"kind": Kind.CERTIFICATE, **more}
        return clinician_entries.add(
            clinic, NewEntry(clinician, title, dated, expires_on=expires, **more)
        )

    return record


def titles(entries):
    return [(each.title, each.expires_on.isoformat()) for each in entries]


def test_an_entry_is_kept_with_who_wrote_it(clinic, record):
    clinic.actor = "Dana"
    entry = record(" Gait ", "2026-03-02", kind=Kind.TRAINING, hours="6,5", file_name="gait.pdf")

    assert (entry.title, entry.hours, entry.recorded_by) == ("Gait", 650, "Dana")
    (log,) = clinic.connection.execute(
        "select who, after from audit_log where action = 'clinician-entry'"
    ).fetchall()
    assert log[0] == "Dana"
    assert '"title": "Gait"' in log[1]
    assert audit_log.broken_links(clinic.connection) == []


def test_who_is_only_written_about_is_not_who_presses(clinic, record, timed):
    timed("97110", clinician="Lee")
    record("CPR", clinician="Kim")

    assert clinicians.last_used(clinic.connection).name == "Lee"


def test_what_expires_within_some_days_is_told_the_soonest_first(clinic, record):
    record("CPR", expires="2026-12-20")
    record("Licence", expires="2026-12-01", clinician="Lee")
    record("Degree")
    record("Later", expires="2027-06-01")

    assert titles(clinician_entries.expiring(clinic, 30)) == [
        ("Licence", "2026-12-01"),
        ("CPR", "2026-12-20"),
    ]
    assert titles(clinician_entries.expiring(clinic, 8)) == [("Licence", "2026-12-01")]


def test_what_was_renewed_or_voided_is_told_no_more(clinic, record):
    record("CPR", "2024-12-01", "2026-12-01")
    record("cpr", "2026-11-20", "2028-12-01")
    wrong = record("Licence", expires="2026-12-01")
    clinician_entries.void(clinic, wrong.id, "wrong year")

    assert clinician_entries.expiring(clinic, 60) == ()


def test_what_has_expired_is_told_until_a_newer_one_is_there(clinic, record):
    record("CPR", "2024-11-01", "2026-11-01")
    assert titles(clinician_entries.expiring(clinic, 1)) == [("CPR", "2026-11-01")]
    record("CPR", "2026-11-02", "2026-11-22", clinician="Lee")
    assert len(clinician_entries.expiring(clinic, 1)) == 2, "another's does not renew it"
    record("CPR", "2026-11-02")
    assert titles(clinician_entries.expiring(clinic, 1)) == [("CPR", "2026-11-22")]


def test_a_clinicians_standing_leaves_out_what_was_voided(clinic, record):
    record("Gait", kind=Kind.TRAINING, hours="2")
    wrong = record("Balance", kind=Kind.TRAINING, hours="4")
    clinician_entries.void(clinic, wrong.id, "never went")
    found = clinician_entries.of_clinician(clinic, "Kim")

    assert (found.hours, len(found.standing), len(found.entries)) == (200, 1, 2)
    assert found.expires_next is None


def test_of_ends_of_ids_only_one_that_names_one_entry_is_enough(clinic):
    with database.transaction(clinic.connection):
        clinicians.ensure(clinic.connection, "Kim")
        for entry_id in ("aa11", "bb11"):
            row = EntryRow(
                *(entry_id, "Kim", "training", entry_id, date(2026, 1, 1), None, None),
                *("", "", "Kim", Instant(1)),
            )
            stored.add(clinic.connection, row)

    with pytest.raises(Misused, match="11 names several entries"):
        clinician_entries.void(clinic, "11", "wrong")
    assert clinician_entries.void(clinic, "b11", "wrong").id == "bb11"
    with pytest.raises(Misused, match="names no entry"):
        clinician_entries.void(clinic, " ", "wrong")


@pytest.mark.parametrize(
    ("typed", "kept", "written"),
    [("1.5", 150, "1.5"), ("2", 200, "2"), ("0,25", 25, "0.25"), ("100", 10000, "100")],
)
def test_hours_are_written_as_they_were_typed(typed, kept, written):
    assert hours_of(typed) == kept
    assert hours_text(kept) == written


@pytest.mark.parametrize("number", ["1234567890", "123456789", "12345678931", "x234567893"])
def test_a_provider_number_with_a_wrong_check_digit_is_kept_by_no_road(clinic, number, dump):
    before = dump()
    with pytest.raises(Misused, match="is no NPI"):
        people.describe(clinic, "Kim", credentials="PT", npi=number)
    assert dump() == before


def test_a_provider_number_with_a_right_check_digit_is_kept(clinic):
    assert people.describe(clinic, "Kim", credentials="PT", npi=" 1234567893 ").npi == "1234567893"
