"""A recorded time is changed with a reason: the old row stays, voided, and the new one names it."""

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import corrections, stopwatch, watching
from ptimer.operations.corrections import Change, NewTime
from ptimer.operations.errors import Misused, Refused
from ptimer.storage import audit_log, segments
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.recovery import Cause, Doubt


@pytest.fixture
def correct(clinic):
    """Correct a segment: `correct(segment, "wrong card", code="97112")`."""

    def correct(segment, why="typed wrongly", **change):
        return corrections.correct(clinic, segment.id, Change(**change), why)

    return correct


@pytest.fixture
def history(clinic):
    """Return all rows of a visit, voided ones included."""
    return lambda visit_id: segments.history_of(clinic.connection, visit_id)


def _last(clinic, visit_id):
    return audit_log.of_visit(clinic.connection, visit_id)[-1]


CHANGES = [
    ("start", lambda at: at("09:50"), "started_at", lambda at: at("09:50")),
    ("end", lambda at: at("10:10"), "ended_at", lambda at: at("10:10")),
    ("code", lambda _: "97140", "code", lambda _: "97140"),
    ("clinician", lambda _: " Lee ", "clinician", lambda _: "Lee"),
    ("role", lambda _: Role.ASSISTANT, "role", lambda _: "assistant"),
    ("supervisor", lambda _: "Lee", "supervisor", lambda _: "Lee"),
    ("note", lambda _: " walks ", "note", lambda _: "walks"),
    ("patient", lambda _: "Bob", "patient", lambda _: "Bob"),
]


@pytest.mark.parametrize(
    ("what", "wanted", "field", "recorded"), CHANGES, ids=[each[0] for each in CHANGES]
)
def test_each_thing_can_be_corrected_and_nothing_else_changes(
    clinic, timed, correct, at, history, what, wanted, field, recorded
):
    old = timed("97110")
    new = correct(old, "typed wrongly", **{what: wanted(at)})

    assert getattr(new, field) == recorded(at)
    kept = {"patient", "code", "clinician", "role", "supervisor", "started_at", "ended_at", "note"}
    for each in kept - {field}:
        assert getattr(new, each) == getattr(old, each), each
    assert new.replaces == old.id
    assert new.edited
    assert new.origin == "correction"
    assert old.id in [row.id for row in history(old.visit_id)], "the old row is kept"
    assert segments.get(clinic.connection, old.id) is None, "and counts no more"


def test_the_audit_log_keeps_before_after_and_why(clinic, timed, correct, clock):
    old = timed("97110")
    clinic.actor = "Dana"
    clock.advance(minutes=5)
    new = correct(old, " wrong card ", code="97140", note="walks")

    entry = _last(clinic, old.visit_id)
    assert (entry.at, entry.who, entry.action) == (clock.now(), "Dana", "correct")
    assert entry.reason == "wrong card"
    assert (entry.before["id"], entry.before["code"]) == (old.id, "97110")
    (after,) = entry.after["now"]
    assert (after["id"], after["code"], after["note"]) == (new.id, "97140", "walks")
    assert after["started_at"] == entry.before["started_at"] == old.started_at


def test_a_correction_of_a_correction_leads_back_to_what_was_pressed(timed, correct, history, at):
    pressed = timed("97110")
    second = correct(pressed, end=at("10:10"))
    third = correct(second, code="97140")

    assert (third.replaces, second.replaces) == (second.id, pressed.id)
    rows = {row.id: row for row in history(pressed.visit_id)}
    assert rows[pressed.id] == pressed


@pytest.mark.parametrize("why", ["", "   ", "because\nof", "x" * 2001])
def test_nothing_is_corrected_without_a_reason(clinic, timed, dump, why):
    segment = timed("97110")
    before = dump()

    for attempt in (
        lambda: corrections.correct(clinic, segment.id, Change(note="walks"), why),
        lambda: corrections.split(clinic, segment.id, Instant(segment.started_at + MINUTE), why),
        lambda: corrections.void(clinic, segment.id, why),
        lambda: corrections.add(
            clinic,
            NewTime(segment.visit_id, "97140", Instant(0), Instant(1), "Kim"),
            why,
        ),
    ):
        with pytest.raises(Misused, match="reason"):
            attempt()
    assert dump() == before


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("10:00", "10:00", "would end at 10:00:00, not after its start at 10:00:00"),
        ("10:10", "10:05", "would end at 10:05:00, not after its start at 10:10:00"),
        ("10:15", None, "not after its start"),
        (None, "09:59", "not after its start"),
        (None, "10:16", "in the future"),
        ("10:16", "10:20", "in the future"),
        ("1999-12-31T09:00", None, "too long ago"),
    ],
)
def test_no_time_and_less_than_no_time_are_slips(timed, correct, at, dump, begins, ends, words):
    segment = timed("97110")
    before = dump()

    with pytest.raises(Misused, match=words):
        correct(segment, start=begins and at(begins), end=ends and at(ends))
    assert dump() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "00000"}, "not in the code book"),
        ({"code": "97130"}, "time 97129"),
        ({"clinician": " "}, "clinician's name is empty"),
        ({"patient": ""}, "patient id is empty"),
        ({"discipline": "MD"}, "not a discipline"),
        ({"units": 2}, "counted by ptimer"),
        ({"note": "a\x00b"}, "can't be printed"),
    ],
)
def test_what_cannot_be_recorded_is_a_slip(timed, correct, dump, change, words):
    segment = timed("97110")
    before = dump()

    with pytest.raises(Misused, match=words):
        correct(segment, **change)
    assert dump() == before


def test_what_was_changed_meanwhile_is_not_changed_again(timed, correct, dump):
    segment = timed("97110")
    correct(segment, code="97140")
    before = dump()

    with pytest.raises(Misused, match="was changed or voided meanwhile"):
        correct(segment, code="97116")
    assert dump() == before


def test_a_running_stopwatch_is_corrected_and_runs_on(correct, start, stop, clock, at, view):
    """ "I pressed Start ten minutes late"."""
    segment = start("97110")
    clock.advance(minutes=5)
    moved = correct(segment, start=at("09:50"))

    assert moved.running
    assert view(segment.visit_id).minutes_of("97110") == 15
    clock.advance(minutes=5)
    assert [each.id for each in stop().ended] == [moved.id]


def test_an_end_can_be_typed_and_taken_away_again(timed, correct, start, clock, at):
    segment = start("97110")
    clock.advance(minutes=30)
    ended = correct(segment, end=at("10:20"))
    assert ended.ended_at == at("10:20")

    assert correct(ended, running=True).running


def test_a_stopwatch_that_runs_already_is_not_set_running_once_more(timed, start, correct, dump):
    ended = timed("G0283")
    start("G0283")
    before = dump()

    with pytest.raises(Misused, match="G0283 of Ann runs already"):
        correct(ended, running=True)
    assert dump() == before


def test_a_correction_into_a_conflict_is_refused_and_names_what_it_meets(
    clinic, timed, correct, dump, at
):
    first = timed("97110")
    second = timed("97140", "Bob")
    before = dump()

    with pytest.raises(Refused) as refused:
        correct(second, start=at("10:14"))
    assert refused.value.rule == "one-clinician-one-service"
    assert [segment.id for segment in refused.value.blockers] == [first.id]
    assert dump() == before


def test_a_time_may_be_moved_within_what_it_took_itself(timed, correct, at):
    segment = timed("97110", minutes=30)
    moved = correct(segment, start=at("10:05"), end=at("10:25"))

    assert (moved.started_at, moved.ended_at) == (at("10:05"), at("10:25"))


def test_a_time_without_length_can_still_be_given_to_another_patient(start, stop, correct):
    segment = start("97110")
    stop()

    assert correct(segment, patient="Bob").patient == "Bob"


def test_a_typed_number_of_units_goes_with_its_code(timed, correct, start, stop, clock):
    start("97597")
    clock.advance(minutes=15)
    segment = stop("97597", units=2).ended[0]
    assert correct(segment, units=3).typed_units == 3


def test_a_code_that_is_counted_takes_no_typed_units_over(start, stop, correct, clock):
    start("97597")
    clock.advance(minutes=15)
    segment = stop("97597", units=2).ended[0]

    assert correct(segment, code="97110").typed_units is None


def test_a_doubt_stays_with_what_runs_on_and_a_typed_end_settles_it(clinic, start, correct, clock):
    segment = start("97110")
    clock.advance(minutes=10)
    watching.note(clinic, Doubt(Cause.SLEPT, Instant(clock.now() - MINUTE)))
    moved = correct(segment, code="97140")
    (still,) = watching.in_doubt(clinic)
    assert still.segment.id == moved.id
    assert still.doubt.sure_until == clock.now() - MINUTE

    correct(moved, end=Instant(clock.now() - MINUTE))
    assert watching.in_doubt(clinic) == ()


def test_a_corrected_stopwatch_is_watched_over_like_the_one_before(clinic, open_visit, clock):
    """A window that dies before its next sign of life leaves a doubt all the same."""
    wish = stopwatch.StartWish("97110", (), clinician="Kim", visit_id=open_visit(), origin="press")
    segment = stopwatch.press(clinic, wish).started[0]
    clock.advance(seconds=10)
    corrections.correct(clinic, segment.id, Change(note="walks"), "a note")
    clock.advance(hours=9)

    watching.take_over(clinic)
    assert [each.segment.note for each in watching.in_doubt(clinic)] == ["walks"]


@pytest.mark.parametrize("change", ["correct", "split", "void", "add"])
def test_a_changed_part_is_signed_again_and_the_others_stay_signed(
    clinic, timed, sign, view, change, at
):
    mine = timed("97110", clinician="Kim", minutes=20)
    timed("97140", clinician="Lee", minutes=15)
    timed("97116", clinician="Sam", minutes=15)
    for who in ("Kim", "Lee"):
        sign(mine.visit_id, who)
    {
        "correct": lambda: corrections.correct(clinic, mine.id, Change(note="x"), "why"),
        "split": lambda: corrections.split(clinic, mine.id, at("10:05"), "why"),
        "void": lambda: corrections.void(clinic, mine.id, "why"),
        "add": lambda: corrections.add(
            clinic, NewTime(mine.visit_id, "97110", at("09:00"), at("09:15"), "Kim"), "why"
        ),
    }[change]()

    signed = [each.clinician for each in view(mine.visit_id).record.signatures]
    assert signed == ["Lee"]
    told = [entry.action for entry in audit_log.of_visit(clinic.connection, mine.visit_id)]
    assert "signature-withdrawn" in told
