"""What each card of a visit shows, and what a press on it would do."""

import pytest

from ptimer.billing.conflicts import Role
from ptimer.billing.payers import Payer, UnitRule
from ptimer.operations import (
    cards,
    corrections,
    own_payers,
    snapshots,
    stopping,
    stopwatch,
    visiting,
    watching,
)
from ptimer.operations.cards import Mood, Who
from ptimer.operations.errors import Refused
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.recovery import Cause, Doubt

KIM = Who("Kim")


@pytest.fixture
def anns(open_visit):
    """Ann's visit, in PT."""
    return open_visit("Ann", discipline="PT", payer="Medicare")


@pytest.fixture
def card(clinic, anns):
    """Return a card of Ann's visit as someone sees it."""

    def card(code, who=KIM, visit_id=anns):
        today = snapshots.today(clinic)
        view = today.visit(visit_id) or snapshots.visit(clinic, visit_id)
        return cards.card_of(clinic.rulebook.codes[code], view, today, who)

    return card


@pytest.fixture
def numbers(clinic, anns):
    """Return the codes that have a card in Ann's visit."""

    def numbers():
        view = snapshots.visit(clinic, anns)
        return cards.codes_of(view, view.record.cards, view.visit.service_date)

    return numbers


def _said(card):
    return tuple(None if each is None else str(each) for each in (card.reason, card.hint))


def test_what_nothing_is_in_the_way_of_is_free(card):
    assert card("97110").mood is Mood.FREE
    assert _said(card("97110")) == (None, None)
    assert card("97110").code == "97110"


def test_what_runs_shows_its_time_with_what_was_recorded_before(card, timed, start, clock):
    timed("97110", minutes=10)
    segment = start("97110")
    clock.advance(minutes=5)

    running = card("97110")
    assert running.mood is Mood.RUNNING
    assert (running.running_id, running.running_since) == (segment.id, segment.started_at)
    assert running.milliseconds(clock.now()) == 15 * MINUTE
    assert running.milliseconds(Instant(clock.now() + MINUTE)) == 16 * MINUTE
    assert running.who == ""


def test_what_someone_else_runs_names_them(card, start):
    start("97110", clinician="Lee")

    assert card("97110").mood is Mood.RUNNING
    assert card("97110").who == "Lee"


def test_what_runs_in_doubt_says_so(clinic, card, start, clock):
    start("97110")
    clock.advance(minutes=5)
    assert not card("97110").in_doubt
    watching.note(clinic, Doubt(Cause.SLEPT, Instant(clock.now() - MINUTE)))

    assert card("97110").in_doubt


def test_a_card_of_ones_own_visit_switches(card, start):
    start("97110")

    assert card("97140").mood is Mood.SWITCHES
    assert _said(card("97140")) == ("Locked while 97110 runs", "press to switch")


def test_a_modality_beside_97112_says_that_it_is_not_billed(card, start):
    start("97112")

    assert card("G0283").mood is Mood.SWITCHES
    assert _said(card("G0283")) == ("Not billed beside 97112", "press to switch")
    assert _said(card("97110")) == ("Locked while 97112 runs", "press to switch")


def test_97112_beside_a_running_modality_switches(card, start):
    start("G0283")

    assert card("97110").mood is Mood.FREE
    assert _said(card("97112")) == ("Locked while G0283 runs", "press to switch")


def test_a_modality_beside_97112_is_free_where_the_payer_relaxes_it(clinic, card, anns, start):
    relaxed = Payer("Relaxed", UnitRule.CMS, relaxes_billed_alone=True, relaxed_because="letter")
    own_payers.make(clinic, relaxed, "a contract")
    visiting.change_payer(clinic, anns, "Relaxed", "their card")
    start("97112")

    assert card("G0283").mood is Mood.FREE


def test_another_visit_in_the_way_is_asked_about(card, start):
    start("97110", "Bob", clinician="Kim")

    assert card("97140").mood is Mood.ASKS
    assert _said(card("97140")) == ("97110 of Bob runs", "a press asks first")


def test_another_clinician_in_the_way_is_asked_about(card, start):
    start("97110", "Ann", clinician="Lee")

    assert card("97140").mood is Mood.ASKS
    assert _said(card("97140")) == ("97110 of Ann runs", "a press asks first")


def test_a_modality_may_run_beside_another_patients_time_and_says_so(card, start):
    start("97112", "Bob", clinician="Kim")

    assert card("G0283").mood is Mood.FREE
    assert _said(card("G0283")) == ("May run beside Bob's 97112", None)
    assert _said(card("G0283", Who("Lee"))) == (None, None)


def test_what_a_role_forbids_says_why(card):
    aide = card("97110", Who("Ada", Role.AIDE))
    assert aide.mood is Mood.ASKS
    assert _said(aide) == ("An aide's minutes never count: 97110 needs a therapist", None)

    assert card("97161", Who("Ada", Role.ASSISTANT)).mood is Mood.ASKS
    assert card("97110", Who("Stu", Role.STUDENT)).mood is Mood.ASKS
    assert card("97110", Who("Stu", Role.STUDENT, "Lee")).mood is Mood.FREE
    assert card("G0283", Who("Ada", Role.AIDE)).mood is Mood.FREE


def test_a_students_supervisor_who_is_occupied_is_in_the_way(card, start):
    start("97110", "Bob", clinician="Lee")

    assert card("97140", Who("Stu", Role.STUDENT, "Lee")).mood is Mood.ASKS


def test_a_signed_visit_is_closed(card, timed, sign, anns):
    timed("97110")
    sign(anns)

    assert card("97110").mood is Mood.CLOSED
    assert _said(card("97110")) == ("Signed: amend it to change its times", None)
    assert card("97110").milliseconds(0) == 15 * MINUTE


def test_an_earlier_days_visit_is_closed(card, timed, clock):
    timed("97110")
    clock.advance(hours=24)

    assert card("97110").mood is Mood.CLOSED
    assert _said(card("97110")) == ("Of 2026-11-23: add a time with Edit times", None)


def test_a_press_does_what_the_card_said(clinic, card, anns, start):
    """Every card, in every situation of the day, against the press itself."""
    situations = [(), ("97112", "Ann", "Kim"), ("97110", "Bob", "Kim"), ("97110", "Ann", "Lee")]
    for situation in situations:
        if situation:
            code, patient, clinician = situation
            start(code, patient, clinician=clinician)
        for code in ("97110", "97112", "97140", "G0283", "97150", "97161"):
            said = card(code).mood
            if said is not Mood.RUNNING:
                assert _pressed(clinic, anns, code) is said, (situation, code)
        stopping.stop(clinic, stopping.StopWish())


def _pressed(clinic, visit_id, code):
    """Press a card, see what it does, and take it back."""
    wish = StartWish(code, (), clinician="Kim", visit_id=visit_id)
    try:
        pressed = stopwatch.press(clinic, wish)
    except Refused:
        return Mood.ASKS
    for segment in pressed.started:
        corrections.void(clinic, segment.id, "only tried")
    for segment in pressed.ended:
        corrections.correct(
            clinic, segment.id, corrections.Change(running=True), "it was only tried"
        )
    return Mood.SWITCHES if pressed.ended else Mood.FREE


def test_the_disciplines_usual_codes_have_cards_then_those_timed_and_added(
    clinic, numbers, timed, anns
):
    usual = ["97110", "97112", "97140", "97530", "97116"]
    assert numbers() == usual
    timed("97035")
    timed("97140")
    visiting.add_card(clinic, anns, "G0283")

    assert numbers() == [*usual, "97035", "G0283"]


def test_rest_has_no_card_of_its_own_among_the_codes(numbers, timed):
    timed("REST")

    assert "REST" not in numbers()
    assert cards.apart_codes() == ("REST", "NB")


def test_an_evaluation_that_is_over_leaves_the_cards(numbers, start, stop, clock):
    start("97161")
    assert "97161" in numbers()
    clock.advance(minutes=20)
    stop()

    assert "97161" not in numbers()


def test_a_code_that_is_in_force_no_more_has_no_card(clinic, open_visit):
    visit_id = open_visit("Bob", discipline="SLP")
    view = snapshots.visit(clinic, visit_id)
    today = view.visit.service_date
    assert "92507" in cards.codes_of(view, (), today)

    assert "92507" not in cards.codes_of(view, (), today.replace(year=2027))


def test_only_ones_own_one_on_one_code_can_go_over_to_supervision(clinic, anns, start, stop):
    def can(clinician):
        return cards.can_supervise(snapshots.visit(clinic, anns), Who(clinician))

    assert not can("Kim")
    start("G0283")
    assert not can("Kim")
    start("97110")
    assert can("Kim")
    assert not can("Lee")
    stop("97110")
    start("97150")
    assert not can("Kim")
