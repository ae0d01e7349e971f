"""What a clinician answers for a time in doubt; the original is kept with the answer."""

import pytest

from ptimer.operations import answering, corrections, snapshots, watching
from ptimer.operations.errors import Misused, Refused
from ptimer.storage import audit_log, segments
from ptimer.timing.clock import HOUR, MINUTE, Instant
from ptimer.timing.recovery import Answer, Cause, Doubt


@pytest.fixture
def doubtful(clinic, start, clock):
    """97110 since ten, certain until ten past; now it is a quarter to eleven."""
    segment = start("97110")
    clock.advance(minutes=10)
    sure = clock.now()
    clock.advance(minutes=35)
    watching.note(clinic, Doubt(Cause.SLEPT, sure))
    return segment


@pytest.fixture
def answer(clinic):
    def answer(segment, given, **more):
        answering.answer_doubt(clinic, segment.id, given, **more)
        assert watching.in_doubt(clinic) == ()

    return answer


@pytest.fixture
def last_entry(clinic):
    return lambda segment: audit_log.of_visit(clinic.connection, segment.visit_id)[-1]


def test_it_went_on_so_it_runs_on(clinic, doubtful, answer, last_entry, view):
    answer(doubtful, Answer.WENT_ON)

    assert snapshots.running(clinic) == (doubtful,)
    assert view(doubtful.visit_id).minutes_of("97110") == 45
    entry = last_entry(doubtful)
    assert (entry.action, entry.reason) == ("answer-went-on", "went-on")
    assert entry.before == entry.after


def test_what_went_on_is_asked_about_again_if_the_window_dies_at_once(
    clinic, doubtful, answer, clock
):
    answer(doubtful, Answer.WENT_ON)
    answered = clock.now()
    clock.advance(hours=60)

    watching.take_over(clinic)

    (again,) = watching.in_doubt(clinic)
    assert (again.segment.id, again.doubt.sure_until) == (doubtful.id, answered)


def test_it_ended_then_so_only_what_is_certain_counts(
    clinic, doubtful, answer, last_entry, view, at
):
    answer(doubtful, Answer.ENDED_THEN)

    (kept,) = view(doubtful.visit_id).record.segments
    assert (kept.started_at, kept.ended_at) == (at("10:00"), at("10:10"))
    assert kept.replaces == doubtful.id
    assert snapshots.running(clinic) == ()
    entry = last_entry(doubtful)
    assert entry.action == "answer-ended-then"
    assert "ended_at" not in entry.before or entry.before["ended_at"] is None
    assert entry.after["now"][0]["ended_at"] == at("10:10")


def test_it_ended_at_a_time_that_is_typed(doubtful, answer, view, at):
    answer(doubtful, Answer.ENDED_AT, ended_at=at("10:25"))

    assert view(doubtful.visit_id).minutes_of("97110") == 25


def test_it_never_happened_so_it_counts_nothing_and_stays_in_the_history(
    clinic, doubtful, answer, view
):
    answer(doubtful, Answer.NEVER)

    assert view(doubtful.visit_id).record.segments == ()
    rows = segments.history_of(clinic.connection, doubtful.visit_id)
    assert [row.id for row in rows] == [doubtful.id]


@pytest.mark.parametrize("text", [None, "09:59", "10:46"])
def test_an_end_outside_what_is_possible_is_a_slip(clinic, doubtful, at, dump, text):
    before = dump()
    with pytest.raises(Misused, match="lies between its start at 10:00:00 and now"):
        answering.answer_doubt(clinic, doubtful.id, Answer.ENDED_AT, ended_at=text and at(text))
    assert dump() == before


def test_a_stopped_time_in_doubt_is_answered_too(clinic, doubtful, stop, answer, view, clock):
    """The clinician pressed stop without a word; the doubt still waits."""
    stop()
    answer(doubtful, Answer.ENDED_THEN)

    assert view(doubtful.visit_id).minutes_of("97110") == 10


def test_an_answer_that_would_conflict_is_refused_and_the_doubt_waits(
    clinic, doubtful, stop, timed, at, dump
):
    stop()
    timed("97140", "Bob")
    before = dump()

    with pytest.raises(Refused) as refused:
        answering.answer_doubt(clinic, doubtful.id, Answer.ENDED_AT, ended_at=at("10:50"))
    assert refused.value.rule == "one-clinician-one-service"
    assert dump() == before
    assert len(watching.in_doubt(clinic)) == 1


def test_what_is_not_in_doubt_takes_no_answer(clinic, start, dump):
    segment = start("97110")
    before = dump()["segments"]
    answering.answer_doubt(clinic, segment.id, Answer.NEVER)

    assert dump()["segments"] == before


def test_what_was_changed_meanwhile_takes_no_answer(clinic, doubtful, dump):
    corrections.void(clinic, doubtful.id, "never happened")
    before = dump()

    with pytest.raises(Misused, match="changed or voided meanwhile"):
        answering.answer_doubt(clinic, doubtful.id, Answer.WENT_ON)
    assert dump() == before


@pytest.mark.parametrize("given", [Answer.WENT_ON, Answer.ENDED_THEN, Answer.NEVER])
def test_a_clock_set_back_leaves_every_answer_possible(clinic, start, clock, answer, view, given):
    """What was certain then lies in the future of the clock as it is now."""
    segment = start("97110")
    clock.advance(minutes=10)
    watching.beat(clinic)
    clock.set_by_hand(Instant(clock.now() - HOUR))
    watching.look_at_clock(clinic)

    answer(segment, given)
    kept = [each.ended_at for each in view(segment.visit_id).record.segments]
    assert (
        kept
        == {
            Answer.WENT_ON: [None],
            Answer.ENDED_THEN: [segment.started_at + 10 * MINUTE],
            Answer.NEVER: [],
        }[given]
    )


def test_a_clock_set_back_leaves_the_likely_end_possible(clinic, start, clock, answer, view):
    segment = start("97110")
    clock.advance(minutes=10)
    watching.beat(clinic)
    clock.advance(minutes=5)
    clock.set_by_hand(Instant(clock.now() - HOUR))
    watching.look_at_clock(clinic)
    (waiting,) = watching.in_doubt(clinic)
    answer(segment, Answer.ENDED_AT, ended_at=waiting.doubt.likely_end)

    (kept,) = view(segment.visit_id).record.segments
    assert kept.ended_at == segment.started_at + 15 * MINUTE
