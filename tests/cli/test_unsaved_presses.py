"""Presses that a window could not record come in from the file in which they were saved."""

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import unsaved_files
from ptimer.operations.unsaved import Action, Unsaved
from ptimer.operations.unsaved_csv import Kept
from ptimer.storage.ids import new_id

MINUTE = 60_000


@pytest.fixture
def saved(tmp_path, ptimer):
    """Save presses of the hour before now, so many minutes after nine o'clock."""
    nine = ptimer.clock.now() - 60 * MINUTE

    def saved(*pressed):
        presses = [
            Unsaved(
                new_id(nine + minutes * MINUTE),
                nine + minutes * MINUTE,
                Action(action),
                code,
                (patient,),
                "Ana",
                payer="Medicare" if action == "start" else "",
                discipline="OT" if action == "start" else "",
                role=Role.THERAPIST,
            )
            for minutes, action, code, patient in pressed
        ]
        file = tmp_path / "presses.csv"
        unsaved_files.save_copy(ptimer.folder, file, Kept(tuple(presses)))
        return str(file)

    return saved


PAIR = ((5, "start", "97112", "P-1"), (28, "stop", "97112", "P-1"))


def test_presses_come_in_at_their_instants(ptimer, saved):
    result = ptimer("import", saved(*PAIR), "--json")

    assert result.json == {"presses": 2, "already": 0, "dry_run": False}
    (visit,) = ptimer("summary", "--json").json["visits"]
    assert visit["lines"][0]["segments"] == [["09:05:00", "09:28:00"]]


def test_the_same_file_twice_brings_nothing_in_twice(ptimer, saved):
    file = saved(*PAIR)
    ptimer("import", file)
    before = ptimer.recorded()

    again = ptimer("import", file, "--json")

    assert again.json == {"presses": 0, "already": 2, "dry_run": False}
    assert "2 of them are recorded already" in again.err
    assert ptimer.recorded() == before


def test_a_dry_run_records_nothing(ptimer, saved):
    before = ptimer.recorded()
    result = ptimer("import", saved(*PAIR), "--dry-run")

    assert result.out == "2 presses would be recorded\n"
    assert ptimer.recorded() == before


def test_one_that_does_not_fit_keeps_all_out(ptimer, saved):
    ptimer("start", "97110", "--patient", "P-2", "--clinician", "Ana", "--at", "09:10")
    before = ptimer.recorded()
    file = saved((5, "start", "97112", "P-1"), (12, "stop", "97110", "P-9"))

    for words in (("import", file), ("import", file, "--dry-run")):
        refused = ptimer(*words, "--json")
        assert refused.exit == 3
        assert ptimer.recorded() == before


def test_what_runs_on_from_a_file_is_in_doubt_since_its_last_press(ptimer, saved):
    ptimer("import", saved((5, "start", "97112", "P-1"), (9, "start", "97530", "P-1")))

    (running,) = ptimer("status", "--json").json["running"]
    assert running["code"] == "97530"
    missing = ptimer("sign", "--patient", "P-1", "--credentials", "OTR/L", "--json")
    assert missing.exit == 3


def test_a_bad_line_is_named_and_nothing_comes_in(ptimer, saved, tmp_path):
    file = saved(*PAIR)
    text = (tmp_path / "presses.csv").read_text("utf-8").replace("stop", "halt")
    (tmp_path / "presses.csv").write_text(text, "utf-8")

    refused = ptimer("import", file, "--json")

    assert (refused.exit, refused.error["lines"]) == (4, [3])
