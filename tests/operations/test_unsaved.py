"""Presses that could not be recorded: kept in order, recorded at their instants, or asked about."""

from dataclasses import replace

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import (
    corrections,
    history,
    rehearsing,
    snapshots,
    stopping,
    stopwatch,
    unsaved_csv,
    unsaved_files,
    unsaved_recording,
    watching,
)
from ptimer.operations.errors import BadData, Busy, Misused
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.unsaved import Action, Unsaved
from ptimer.operations.unsaved_csv import Kept
from ptimer.operations.unsaved_overlay import overlaid, refusal
from ptimer.operations.unsaved_queue import RETRY_EVERY, Queue
from ptimer.operations.unsaved_recording import Unfit
from ptimer.storage import audit_log, doubts, segments
from ptimer.storage.ids import new_id
from ptimer.wording import say


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """Files of presses go into folders of the test."""
    for name in ("home", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))


@pytest.fixture
def gone(folder):
    """Take the record's folder away, as a network or a plug does, and bring it back."""
    away = folder.with_name("away")

    class Gone:
        def take(self):
            folder.rename(away)

        def bring_back(self):
            away.rename(folder)

    return Gone()


@pytest.fixture
def queue(clinic):
    return Queue(clinic)


@pytest.fixture
def runs(clinic):
    return lambda: [(s.patient, s.code) for s in segments.running(clinic.connection)]


@pytest.fixture
def times(clinic, at):
    """Start and end of every segment that counts, in seconds since ten o'clock."""
    ten = at("10:00")

    def second(instant):
        return None if instant is None else (instant - ten) / 1000

    def times():
        view = snapshots.today(clinic)
        rows = [s for each in view.visits for s in each.record.segments]
        return sorted((s.patient, s.code, second(s.started_at), second(s.ended_at)) for s in rows)

    return times


def press_of(clinic, code="97112", patients=("P-1",), **more):
    now = clinic.clock.now()
    given = {"payer": "Medicare", "discipline": "OT", **more}
    return Unsaved(new_id(now), now, Action.START, code, patients, "Kim", **given)


def stop_of(clinic, code="97112", patients=("P-1",)):
    now = clinic.clock.now()
    return Unsaved(new_id(now), now, Action.STOP, code, patients, "Kim")


def start(clinic, code="97112", patient="P-1", **more):
    wish = StartWish(code, (patient,), discipline="OT", clinician="Kim", **more)
    return stopwatch.start(clinic, wish).started[0]


FULL = Busy(say("the disk is full"))


# -- what is gone is noticed -----------------------------------------------------------------------


def test_a_press_on_a_database_that_was_taken_away_is_not_called_recorded(clinic, gone):
    segment = start(clinic)
    gone.take()

    with pytest.raises(Busy, match="not there any more"):
        stopping.stop(clinic, StopWish())
    gone.bring_back()
    assert segments.get(clinic.connection, segment.id).running


def test_another_database_in_its_place_is_not_written_to(clinic, gone, file, blank):
    start(clinic)
    gone.take()
    file.parent.mkdir()
    file.write_bytes(blank.read_bytes())
    before = file.read_bytes()

    with pytest.raises(Busy, match="another database"):
        stopping.stop(clinic, StopWish())
    with pytest.raises(Busy, match="another database"):
        clinic.reconnect()
    assert file.read_bytes() == before


def test_a_folder_that_comes_back_as_another_copy_of_the_same_record_is_opened_again(
    clinic, gone, file
):
    start(clinic)
    clinic.connection.execute("pragma wal_checkpoint(truncate)")
    content = file.read_bytes()
    gone.take()
    file.parent.mkdir()
    file.write_bytes(content)

    clinic.reconnect()

    assert len(stopping.stop(clinic, StopWish()).ended) == 1


def test_what_is_typed_goes_on_too_once_the_folder_is_back_as_another_copy(clinic, gone, file):
    """A form is not kept as a press is: its own next press must find the record again."""
    segment = start(clinic)
    clinic.connection.execute("pragma wal_checkpoint(truncate)")
    content = file.read_bytes()
    gone.take()
    with pytest.raises(Busy, match="not there any more"):
        corrections.void(clinic, segment.id, "pressed by mistake")
    assert isinstance(rehearsing.void(clinic, segment.id).problem, Busy)
    file.parent.mkdir()
    file.write_bytes(content)

    assert rehearsing.void(clinic, segment.id).problem is None
    corrections.void(clinic, segment.id, "pressed by mistake")

    assert segments.running(clinic.connection) == []


# -- recorded later, at its instant ----------------------------------------------------------------


def test_kept_presses_are_recorded_in_order_at_the_instants_of_their_presses(
    clinic, clock, gone, queue, times, runs
):
    start(clinic)
    gone.take()
    clock.advance(minutes=10)
    queue.keep([stop_of(clinic)], FULL)
    clock.advance(minutes=2)
    queue.keep([press_of(clinic, "97530")], FULL)
    clock.advance(minutes=5)

    assert queue.retry() == [], "nothing can be recorded yet"
    assert isinstance(queue.problem, Busy)
    assert len(queue.presses) == 2
    gone.bring_back()
    done = queue.retry()

    assert len(done) == 2
    assert not queue
    assert times() == [("P-1", "97112", 0, 600), ("P-1", "97530", 720, None)]
    assert runs() == [("P-1", "97530")]


def test_the_history_says_when_it_was_pressed_and_why_it_came_late(clinic, clock, gone, queue):
    segment = start(clinic)
    clock.advance(minutes=10)
    queue.keep([stop_of(clinic)], FULL)
    clock.advance(minutes=3)
    queue.retry()

    change = history.changes_of(clinic, segment.visit_id)[0]

    assert str(change.done) == "stopped"
    assert change.after == "10:10:00"
    assert change.at == clock.now()
    assert not change.usual
    assert change.reason == "could not be recorded when it was pressed"


def test_a_switch_that_was_kept_ends_what_ran_at_its_own_instant(clinic, clock, queue, times):
    start(clinic)
    clock.advance(minutes=8)
    queue.keep([press_of(clinic, "97530")], FULL)
    clock.advance(minutes=1)
    queue.retry()

    assert times() == [("P-1", "97112", 0, 480), ("P-1", "97530", 480, None)]


def test_a_kept_start_makes_the_visit_that_is_not_there(clinic, clock, queue, times):
    queue.keep([press_of(clinic, patients=("P-9",), discipline="PT")], FULL)
    clock.advance(minutes=1)
    queue.retry()

    assert times() == [("P-9", "97112", 0, None)]
    (view,) = snapshots.today(clinic).visits
    assert (view.visit.discipline, view.visit.payer) == ("PT", "Medicare")


def test_a_group_is_kept_and_recorded_as_one(clinic, clock, queue):
    queue.keep([press_of(clinic, "97150", ("P-1", "P-2"))], FULL)
    clock.advance(minutes=1)
    queue.retry()

    both = segments.running(clinic.connection)
    assert {s.patient for s in both} == {"P-1", "P-2"}
    assert len({s.group_id for s in both}) == 1
    assert both[0].group_id is not None


def test_it_tries_again_every_few_seconds_and_not_while_it_asks(clinic, clock, queue):
    queue.keep([press_of(clinic)], FULL)
    assert not queue.is_due(clock.now())
    clock.advance(seconds=RETRY_EVERY / 1000)
    assert queue.is_due(clock.now())

    queue.unfit = Unfit(queue.presses[0], Misused(say("no")))

    assert not queue.is_due(clock.now())


def test_a_clock_that_was_set_back_does_not_stop_the_trying(clinic, clock, queue):
    queue.keep([press_of(clinic)], FULL)
    clock.set_by_hand(clock.now() - 3_600_000)

    assert queue.is_due(clock.now())


def test_a_press_is_never_recorded_twice(clinic, clock, queue, times):
    press = press_of(clinic)
    unsaved_recording.record(clinic, [press])
    clock.advance(minutes=1)
    stopping.stop(clinic, StopWish())

    (again,) = unsaved_recording.record(clinic, [press])

    assert again.already
    assert times() == [("P-1", "97112", 0, 60)]


def test_a_press_from_before_a_clock_was_set_back_is_asked_about(clinic, clock, queue, dump):
    queue.keep([press_of(clinic)], FULL)
    clock.set_by_hand(clock.now() - 3_600_000)
    before = dump()
    queue.retry()

    assert "in the future" in str(queue.unfit.sentence)
    assert dump() == before


# -- what does not fit any more --------------------------------------------------------------------


@pytest.fixture
def overtaken(clinic, clock, queue):
    """A start was kept; meanwhile a command started another patient with the same clinician."""
    clock.advance(minutes=1)
    press = press_of(clinic)
    queue.keep([press], FULL)
    other = start(clinic, "97530", "P-2", at=clock.now() - 30_000)
    clock.advance(minutes=1)
    return other


def test_a_conflict_meanwhile_is_asked_about_and_nothing_is_recorded(
    clinic, overtaken, queue, runs
):
    assert queue.retry() == []

    assert queue.unfit.press == queue.presses[0]
    assert queue.unfit.rule == "one-clinician-one-service"
    assert [b.id for b in queue.unfit.blockers] == [overtaken.id]
    assert queue.unfit.can_switch
    assert runs() == [("P-2", "97530")]


def test_switching_ends_what_blocks_at_the_instant_of_the_press(overtaken, queue, times):
    queue.retry()
    queue.switch()
    queue.retry()

    assert times() == [("P-1", "97112", 60, None), ("P-2", "97530", 30, 60)]


def test_doing_without_it_leaves_a_trace_and_those_behind_it_go_on(clinic, overtaken, queue, runs):
    press = queue.presses[0]
    queue.keep([press_of(clinic, "97014", ("P-3",))], FULL)
    queue.retry()
    queue.forget()
    queue.retry()

    assert runs() == [("P-2", "97530"), ("P-3", "97014")]
    (entry,) = audit_log.of_press(clinic.connection, press.id)
    assert (entry.action, entry.who) == ("press-forgotten", "Kim")
    assert entry.before == {
        "action": "start",
        "at": press.at,
        "code": "97112",
        "patients": ["P-1"],
    }
    assert entry.reason == "did not fit the record any more"


def test_a_stop_of_what_was_stopped_elsewhere_is_asked_about(clinic, clock, queue):
    start(clinic)
    clock.advance(minutes=5)
    queue.keep([stop_of(clinic)], FULL)
    stopping.stop(clinic, StopWish())
    queue.retry()

    assert "does not run any more" in str(queue.unfit.sentence)
    assert not queue.unfit.can_switch


def test_a_press_that_is_taken_back_before_it_was_recorded_leaves_a_trace(clinic, queue, runs):
    first, second = press_of(clinic), press_of(clinic, "97014")
    queue.keep([first], FULL)
    queue.keep([second], FULL)

    assert queue.take_back() == second
    queue.retry()

    assert runs() == [("P-1", "97112")]
    (entry,) = audit_log.of_press(clinic.connection, second.id)
    assert entry.reason == "taken back before it was recorded"


# -- the file --------------------------------------------------------------------------------------


def test_what_waits_lies_in_a_file_until_it_is_recorded(clinic, folder, queue, clock):
    queue.keep([press_of(clinic)], FULL)
    assert queue.file == folder / "ptimer-unsaved-presses.csv"
    assert unsaved_files.left_behind(folder) == Kept(tuple(queue.presses), clock.now())

    queue.retry()

    assert queue.file is None
    assert not unsaved_files.any_left(folder)


def test_where_the_folder_is_gone_the_file_lies_in_the_persons_own(clinic, folder, queue, tmp_path):
    folder.rename(folder.with_name("unplugged"))
    queue.keep([press_of(clinic)], FULL)

    assert queue.file.parent == tmp_path / "home"
    assert queue.file.stat().st_mode & 0o077 == 0, "nobody else may read it"
    assert unsaved_files.left_behind(folder).presses == tuple(queue.presses)
    folder.with_name("unplugged").rename(folder)


def test_without_a_home_it_lies_in_the_systems_temporary_folder(clinic, folder, queue, tmp_path):
    folder.rename(folder.with_name("unplugged"))
    (tmp_path / "home").rmdir()
    queue.keep([press_of(clinic)], FULL)
    assert queue.file.parent == tmp_path / "temp"

    (tmp_path / "temp" / queue.file.name).unlink()
    (tmp_path / "temp").rmdir()
    queue.keep([press_of(clinic, "97014")], FULL)

    assert queue.file is None, "and where there is none, nothing is claimed"
    folder.with_name("unplugged").rename(folder)


def test_a_link_in_the_place_of_the_file_is_not_followed(clinic, folder, queue, tmp_path):
    folder.rename(folder.with_name("unplugged"))
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    unsaved_files.places(folder)[1].symlink_to(victim)
    queue.keep([press_of(clinic)], FULL)

    assert victim.read_text("utf-8") == "mine"
    assert queue.file.parent == tmp_path / "temp"
    folder.with_name("unplugged").rename(folder)


def test_every_press_comes_back_from_the_file_as_it_was(clinic, clock, tmp_path):
    clock.advance(seconds=1.234)
    kept = Kept(
        (
            press_of(
                clinic,
                patients=("=cmd|' /C calc'!A0", 'a "b", c;d', "'x"),
                payer="Aetna, Inc.",
                role=Role.STUDENT,
                supervisor="-Ana",
                assisted_by="@Bo",
                switch=True,
            ),
            stop_of(clinic, "97150", ("P-1", "P-2")),
        ),
        clock.now(),
    )
    file = tmp_path / "presses.csv"
    unsaved_files.save_copy(tmp_path, file, kept)

    assert unsaved_csv.read(file) == kept
    cells = file.read_text("utf-8").replace('"', "").replace("\r\n", ",").split(",")
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]


LINE = (
    "01234567-89ab-7cde-8f01-23456789abcd,2026-11-23T10:00:00.000+00:00,start,P-1,Medicare,OT,"
    "Kim,therapist,,,97112,,"
)
HEADER = ",".join(unsaved_csv.COLUMNS)
WRONG = {
    "empty": ("", 1, "header"),
    "another header": ("patient,code\nP-1,97112\n", 1, "header"),
    "no id": (LINE.replace("01234567-", "x"), 2, "no press id"),
    "no action": (LINE.replace("start", "pause"), 2, "none of start, stop, visit"),
    "no time": (LINE.replace("2026-11-23T10:00:00.000+00:00", "noon"), 2, "noon"),
    "no patient": (LINE.replace("P-1", ""), 2, "patient id"),
    "no role": (LINE.replace("therapist", "boss"), 2, "not a role"),
    "no switch": (LINE[:-1] + "maybe,", 2, "yes or empty"),
    "too few cells": (LINE[:-2], 2, "as many cells"),
    "an open quotation": (LINE.replace("Kim", '"Kim'), 2, "unexpected end"),
    "two presses of one id": (LINE + "\n" + LINE.replace("97112", "97110"), 3, "another one"),
}


@pytest.mark.parametrize(("content", "line", "says"), WRONG.values(), ids=WRONG)
def test_a_file_of_presses_may_not_be(tmp_path, content, line, says):
    file = tmp_path / "presses.csv"
    headless = not content or content.startswith("patient")
    text = content if headless else f"{HEADER}\n{content}\n"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadData, match=says) as refused:
        unsaved_csv.read(file)
    assert refused.value.lines == (line,)


def test_a_file_that_cannot_be_read_is_put_aside_and_told_once(folder, clinic, queue):
    place = unsaved_files.places(folder)[0]
    place.write_text("nonsense", encoding="utf-8")

    with pytest.raises(BadData, match=r"unreadable\.csv"):
        queue.look_back()
    assert not queue.look_back()
    queue.keep([press_of(clinic)], FULL)
    assert place.with_name(f"{place.stem}.unreadable.csv").read_text("utf-8") == "nonsense"


# -- what an earlier window had kept ---------------------------------------------------------------


@pytest.fixture
def killed(clinic, clock):
    """A window that kept a start and a later one, and was killed a minute after; an hour ago."""
    before = Queue(clinic)
    before.keep([press_of(clinic)], FULL)
    clock.advance(minutes=10)
    before.keep([stop_of(clinic), press_of(clinic, "97530")], FULL)
    clock.advance(minutes=1)
    before.say_alive(clock.now())
    clock.advance(minutes=60)
    return before


def test_what_a_killed_window_had_kept_is_offered_and_not_recorded_by_itself(
    clinic, killed, queue, runs
):
    assert queue.look_back()

    assert queue.offered.presses == tuple(killed.presses)
    assert not queue.is_due(clinic.clock.now())
    assert runs() == []


def test_taken_over_it_is_recorded_at_its_instants_and_what_runs_on_is_in_doubt(
    clinic, killed, queue, times, folder
):
    queue.look_back()
    queue.take_over()

    assert times() == [("P-1", "97112", 0, 600), ("P-1", "97530", 600, None)]
    (doubt,) = watching.in_doubt(clinic)
    assert doubt.segment.code == "97530"
    assert doubt.doubt.sure_until == killed.presses[0].at + 11 * 60_000
    assert not unsaved_files.any_left(folder)


def test_where_one_of_them_does_not_fit_nothing_is_recorded_and_it_is_asked_about(
    clinic, killed, queue, dump
):
    start(clinic, "97110", "P-2", at=killed.presses[0].at - 1000)
    queue.look_back()
    before = dump()

    with pytest.raises(Unfit) as refused:
        queue.take_over()

    assert refused.value.press.code == "97112"
    assert dump() == before
    queue.switch_offered(refused.value.press)
    assert len(queue.take_over()) == 3


def test_done_without_it_is_noted_and_not_offered_again(clinic, killed, queue):
    queue.look_back()
    queue.forget_offered(list(queue.offered.presses))

    assert queue.offered is None
    assert not Queue(clinic).look_back()
    assert len(audit_log.of_press(clinic.connection, killed.presses[0].id)) == 1


def test_what_was_recorded_meanwhile_is_not_offered(clinic, killed, queue):
    unsaved_recording.record(clinic, killed.presses)

    assert not queue.look_back()
    assert not unsaved_files.any_left(clinic.folder)


def test_an_offer_that_waits_stays_in_the_file_beside_new_presses(clinic, killed, queue):
    queue.look_back()
    queue.keep([press_of(clinic, "97014", ("P-3",))], FULL)

    kept = unsaved_files.left_behind(clinic.folder)
    assert [p.code for p in kept.presses] == ["97112", "97112", "97530", "97014"]


# -- what is seen meanwhile ------------------------------------------------------------------------


def test_the_day_is_seen_with_what_waits_and_marked(clinic, clock):
    segment = start(clinic)
    clock.advance(minutes=10)
    stop = stop_of(clinic)
    clock.advance(minutes=1)
    begun = press_of(clinic, "97530")
    clock.advance(minutes=2)
    seen = overlaid(snapshots.today(clinic), [stop, begun], clock.now())

    assert [s.code for s in seen.running] == ["97530"]
    (view,) = seen.visits
    assert view.milliseconds_of("97112") == 600_000
    assert view.milliseconds_of("97530") == 120_000
    assert segment.id in view.record.unsaved
    assert seen.running[0].id in view.record.unsaved


def test_a_kept_switch_is_seen_as_one(clinic, clock):
    start(clinic)
    clock.advance(minutes=10)
    seen = overlaid(snapshots.today(clinic), [press_of(clinic, "97530")], clock.now())

    assert [s.code for s in seen.running] == ["97530"]


def test_a_start_that_a_rule_forbids_is_refused_and_not_kept(clinic, clock):
    start(clinic)
    other = start(clinic, "97014", "P-2")
    seen = overlaid(snapshots.today(clinic), [stop_of(clinic, "97014", ("P-2",))], clock.now())
    wanted = press_of(clinic, "97110", ("P-2",))

    refused = refusal(seen, wanted)

    assert refused.rule == "one-clinician-one-service"
    assert [b.code for b in refused.blockers] == ["97112"]
    assert refusal(seen, replace(wanted, switch=True)) is None
    assert refusal(seen, press_of(clinic, "97110")) is None, "its own visit's gives way"
    assert other.id not in {b.id for b in refused.blockers}


def test_what_the_window_that_kept_it_records_late_is_in_no_doubt(clinic, clock, queue):
    queue.keep([press_of(clinic)], FULL)
    clock.advance(minutes=1)
    queue.retry()
    (segment,) = segments.running(clinic.connection)

    assert doubts.open_doubt(clinic.connection, segment.id) is None, "a window watched it"
