from datetime import date

import pytest

from ptimer.billing.payers import Payer, UnitRule
from ptimer.operations import coming, own_payers, settling, snapshots, visiting
from ptimer.operations.errors import Misused, Refused
from ptimer.storage import audit_log, visits


@pytest.fixture
def visit(clinic):
    """Return the row of a visit."""
    return lambda visit_id: snapshots.visit(clinic, visit_id).visit


@pytest.fixture
def signed(timed, sign):
    """A signed visit of Ann's."""
    visit_id = timed("97110").visit_id
    sign(visit_id)
    return visit_id


def _told(clinic, visit_id):
    return [entry.action for entry in audit_log.of_visit(clinic.connection, visit_id)]


def test_a_second_arrival_that_day_is_the_same_visit(clinic, open_visit, clock):
    first = open_visit("Ann", discipline="OT")
    clock.advance(hours=3)

    assert open_visit("Ann", discipline="OT") == first
    assert open_visit("Ann") == first
    assert open_visit("Ann", discipline="PT") != first
    assert _told(clinic, first) == ["visit"]


def test_a_patients_id_is_taken_without_blanks_and_no_blank_one(clinic, open_visit, visit):
    assert visit(open_visit("  P-1042 ")).patient == "P-1042"
    assert open_visit("P-1042") == open_visit(" P-1042")
    for slip in ("", "   ", "P\n1", "P" * 101):
        with pytest.raises(Misused, match="patient id"):
            open_visit(slip)


def test_a_visit_is_planned_by_the_clock_of_the_day(open_visit, visit, at):
    visit_id = open_visit("Ann", planned="14:30")
    assert visit(visit_id).planned_at == at("14:30")

    open_visit("Ann", planned="15:00")
    assert visit(visit_id).planned_at == at("15:00"), "and planned anew"
    open_visit("Ann")
    assert visit(visit_id).planned_at == at("15:00"), "saying nothing changes nothing"
    with pytest.raises(Misused, match="is not a time"):
        open_visit("Ann", planned="soon")


def test_a_slip_in_the_planned_time_makes_no_visit(open_visit, dump):
    before = dump()
    with pytest.raises(Misused):
        open_visit("Bob", planned="25:00")
    assert dump() == before


def test_opening_a_visit_again_refuses_another_payer(clinic, open_visit, dump):
    open_visit("Ann", payer="Medicare", discipline="PT")
    before = dump()

    with pytest.raises(Refused) as refused:
        open_visit("Ann", payer="Commercial (midpoint)", discipline="PT")
    assert refused.value.rule == "one-payer"
    assert refused.value.source == clinic.rulebook.rules.source("one-payer")
    assert "is Medicare's" in str(refused.value)
    assert dump() == before


def test_an_unknown_payer_or_discipline_is_a_slip(open_visit, dump):
    before = dump()
    with pytest.raises(Misused, match=r"no payer Acme\. There are: Medicare, Commercial"):
        open_visit("Ann", payer="Acme")
    with pytest.raises(Misused, match="MD is not a discipline: PT, OT or SLP"):
        open_visit("Ann", discipline="MD")
    assert dump() == before


def test_arrival_and_departure_are_noted_and_taken_back(clinic, open_visit, visit, clock):
    visit_id = open_visit()
    coming.arrive(clinic, visit_id)
    came = clock.now()
    clock.advance(minutes=50)
    coming.depart(clinic, visit_id)

    assert (visit(visit_id).arrived_at, visit(visit_id).departed_at) == (came, clock.now())
    assert snapshots.visit(clinic, visit_id).minutes_in_clinic == 50
    coming.depart(clinic, visit_id)
    assert (visit(visit_id).arrived_at, visit(visit_id).departed_at) == (came, None)
    coming.arrive(clinic, visit_id)
    assert (visit(visit_id).arrived_at, visit(visit_id).departed_at) == (None, None)
    assert _told(clinic, visit_id) == ["visit", *["in-clinic"] * 4]


def test_who_comes_has_not_left_yet(clinic, open_visit, visit, clock):
    """The wrong button first: a departure before the arrival would be kept otherwise."""
    visit_id = open_visit()
    coming.depart(clinic, visit_id)
    clock.advance(minutes=1)
    coming.arrive(clinic, visit_id)

    assert visit(visit_id).arrived_at == clock.now()
    assert visit(visit_id).departed_at is None


def test_times_in_the_clinic_can_be_typed(clinic, open_visit, visit, at):
    visit_id = open_visit()
    coming.set_times(clinic, visit_id, arrived="09:02", departed="09:50")
    assert (visit(visit_id).arrived_at, visit(visit_id).departed_at) == (at("09:02"), at("09:50"))

    coming.set_times(clinic, visit_id, arrived="9:02:30", departed="")
    assert (visit(visit_id).arrived_at, visit(visit_id).departed_at) == (at("09:02:30"), None)
    entry = audit_log.of_visit(clinic.connection, visit_id)[-1]
    assert entry.before == {"arrived_at": at("09:02"), "departed_at": at("09:50")}
    assert entry.after == {"arrived_at": at("09:02:30"), "departed_at": None}


@pytest.mark.parametrize(
    ("arrived", "departed", "words"),
    [
        ("09:50", "09:02", "can't leave at 09:02, before coming at 09:50"),
        ("10:01", "", "in the future"),
        ("", "10:01", "in the future"),
        ("early", "", "is not a time"),
        ("1999-11-23T09:00", "", "too long ago"),
    ],
)
def test_impossible_times_in_the_clinic_are_slips(
    clinic, open_visit, dump, arrived, departed, words
):
    visit_id = open_visit()
    before = dump()

    with pytest.raises(Misused, match=words):
        coming.set_times(clinic, visit_id, arrived=arrived, departed=departed)
    assert dump() == before


def test_typed_times_are_of_the_visits_own_day(clinic, open_visit, visit, clock, at):
    visit_id = open_visit()
    nine = at("09:00")
    clock.advance(hours=30)
    coming.set_times(clinic, visit_id, arrived="09:00", departed="")

    assert visit(visit_id).arrived_at == nine


def test_a_code_is_put_on_a_visits_cards_once(clinic, open_visit, view, clock):
    visit_id = open_visit()
    for number in (" g0283", "97150", "G0283"):
        clock.advance(seconds=1)
        visiting.add_card(clinic, visit_id, number)

    assert view(visit_id).record.cards == ("G0283", "97150")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("00000", "is not in the code book"),
        ("97130", "is not timed by itself: time 97129"),
        ("98975", "billed by the month"),
    ],
)
def test_what_cannot_be_timed_gets_no_card(clinic, open_visit, number, words):
    with pytest.raises(Misused, match=words):
        visiting.add_card(clinic, open_visit(), number)


@pytest.mark.parametrize(
    "change",
    [
        coming.arrive,
        coming.depart,
        lambda clinic, visit: coming.set_times(clinic, visit, arrived="09:00", departed=""),
        lambda clinic, visit: visiting.add_card(clinic, visit, "97150"),
        lambda clinic, visit: visiting.change_payer(clinic, visit, "Commercial (midpoint)", "why"),
        lambda clinic, _: visiting.open_visit(clinic, "Ann", planned="11:00"),
        lambda clinic, visit: settling.choose(clinic, visit, {"97110": 1}),
        lambda clinic, visit: settling.give_reason(clinic, visit, "97110", "why"),
    ],
)
def test_a_signed_visit_takes_no_change(clinic, signed, dump, change):
    before = dump()

    with pytest.raises(Refused, match="is signed: amend it first, with a reason") as refused:
        change(clinic, signed)
    assert refused.value.rule == "visit-signed"
    assert refused.value.source == clinic.rulebook.rules.source("visit-signed")
    assert dump() == before


def test_a_visit_goes_over_to_another_payer_with_a_reason(clinic, timed, view):
    visit_id = timed("97110", payer="Medicare", minutes=23).visit_id
    visiting.change_payer(clinic, visit_id, " commercial (MIDPOINT) ", "the card was out of date")

    assert view(visit_id).visit.payer == "Commercial (midpoint)"
    assert view(visit_id).reckoning.rule.value == "midpoint"
    entry = audit_log.of_visit(clinic.connection, visit_id)[-1]
    assert (entry.action, entry.reason) == ("payer", "the card was out of date")
    assert (entry.before, entry.after) == (
        {"payer": "Medicare"},
        {"payer": "Commercial (midpoint)"},
    )


def test_a_payer_is_changed_only_with_a_reason_and_to_one_that_is_known(clinic, open_visit, dump):
    visit_id = open_visit()
    before = dump()

    with pytest.raises(Misused, match="Give a reason"):
        visiting.change_payer(clinic, visit_id, "Commercial (midpoint)", "  ")
    with pytest.raises(Misused, match="There is no payer"):
        visiting.change_payer(clinic, visit_id, "Acme", "why")
    assert dump() == before


def test_a_payer_that_does_not_allow_the_recorded_times_is_refused(
    clinic, start, stop, clock, dump
):
    relaxed = Payer("Relaxed", UnitRule.CMS, relaxes_billed_alone=True, relaxed_because="letter")
    own_payers.make(clinic, relaxed, "a contract")
    segment = start("97112", payer="Relaxed")
    start("G0283")
    clock.advance(minutes=15)
    stop()
    before = dump()

    with pytest.raises(Refused) as refused:
        visiting.change_payer(clinic, segment.visit_id, "Medicare", "why")
    assert refused.value.rule == "billed-alone"
    assert dump() == before


def test_a_payer_that_does_not_pay_an_assistants_times_is_refused(clinic, timed, dump):
    segment = timed("92507", discipline="SLP", payer="Commercial (midpoint)", role="assistant")
    before = dump()

    with pytest.raises(Refused) as refused:
        visiting.change_payer(clinic, segment.visit_id, "Medicare", "why")
    assert refused.value.rule == "qualified-only"
    assert dump() == before


def test_patients_are_offered_the_one_seen_last_first(clinic, open_visit, clock):
    assert visiting.recent_patients(clinic) == []
    for patient in ("Ann", "Bob", "Cem"):
        open_visit(patient)
        clock.advance(minutes=5)
    clock.advance(hours=24)
    open_visit("Bob")

    assert visiting.recent_patients(clinic) == ["Bob", "Cem", "Ann"]


def test_a_new_visit_is_offered_the_patients_last_payer_and_discipline(clinic, open_visit, clock):
    assert visiting.offer(clinic) == visiting.VisitOffer("Medicare", "PT")
    open_visit("Ann", payer="Commercial (midpoint)", discipline="OT")
    clock.advance(minutes=1)
    open_visit("Bob", payer="Medicare", discipline="SLP")

    assert visiting.offer(clinic, "Ann") == visiting.VisitOffer("Commercial (midpoint)", "OT")
    assert visiting.offer(clinic, "Cem") == visiting.VisitOffer("Medicare", "SLP")
    assert visiting.offer(clinic) == visiting.VisitOffer("Medicare", "SLP")


# -- a visit of an earlier day -------------------------------------------------------------------


def test_a_visit_of_an_earlier_day_is_made_and_kept_in_the_log_with_its_day(clinic):
    visit = visiting.open_visit(clinic, "Ann", day=date(2026, 11, 20))

    assert visit.service_date == date(2026, 11, 20)
    assert visiting.open_visit(clinic, "Ann", day=date(2026, 11, 20)).id == visit.id
    assert visiting.open_visit(clinic, "Ann").id != visit.id
    entry = audit_log.of_visit(clinic.connection, visit.id)[-1]
    assert entry.after["service_date"] == "2026-11-20"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "in the future"),
        (date(1999, 12, 31), "too long ago"),
        (date(1, 1, 1), "too long ago"),
    ],
)
def test_no_visit_is_made_of_a_day_to_come_or_before_2000(clinic, dump, day, said):
    before = dump()
    with pytest.raises(Misused, match=said):
        visiting.open_visit(clinic, "Ann", day=day)

    assert dump() == before


@pytest.mark.parametrize("press", [coming.arrive, coming.depart])
def test_nobody_comes_or_leaves_now_in_a_visit_of_an_earlier_day(clinic, press):
    visit = visiting.open_visit(clinic, "Ann", day=date(2026, 11, 21))
    with pytest.raises(Misused, match="type in Edit times when the patient came and left"):
        press(clinic, visit.id)


def test_who_came_before_midnight_can_leave_after_it(clinic, clock):
    clock.advance(hours=13)
    visit = visiting.open_visit(clinic, "Ann")
    coming.arrive(clinic, visit.id)
    clock.advance(hours=2)
    coming.depart(clinic, visit.id)

    assert visits.get(clinic.connection, visit.id).departed_at == clock.now()
