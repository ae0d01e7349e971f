"""A patient goes over from skilled work to supervision level: the one-on-one code ends."""

from ptimer.operations import snapshots, supervision, undoing


def test_the_one_on_one_code_ends_and_what_may_follow_is_offered(clinic, start, clock, view):
    segment = start("97110", discipline="PT")
    clock.advance(minutes=12)
    done = supervision.supervise(clinic, segment.visit_id, "Kim")

    assert [each.id for each in done.pressed.ended] == [segment.id]
    assert view(segment.visit_id).minutes_of("97110") == 12
    first, *others = done.offers
    assert first == "NB", "not-billable time is to be thought of first"
    attendance = [clinic.rulebook.codes[code].attendance.value for code in others]
    assert attendance == ["group", "one-on-one", "one-on-one"]
    assert "97110" not in done.offers, "it has just ended"


def test_a_discipline_with_a_modality_among_its_cards_offers_it(clinic, start):
    segment = start("97535", discipline="OT")

    offers = supervision.supervise(clinic, segment.visit_id, "Kim").offers
    assert offers[:2] == ("NB", "G0283")
    codes = [clinic.rulebook.codes[code] for code in offers if code != "NB"]
    assert all("OT" in code.disciplines for code in codes)


def test_only_the_clinicians_own_one_on_one_code_of_the_visit_ends(clinic, start):
    segment = start("97110", "Ann", clinician="Kim")
    start("G0283", "Ann", clinician="Kim")
    start("97140", "Bob", clinician="Lee")
    supervision.supervise(clinic, segment.visit_id, "Kim")

    left = [(each.patient, each.code) for each in snapshots.running(clinic)]
    assert sorted(left) == [("Ann", "G0283"), ("Bob", "97140")]


def test_it_can_be_taken_back_like_any_press(clinic, start, clock):
    segment = start("97110")
    clock.advance(minutes=5)
    done = supervision.supervise(clinic, segment.visit_id, "Kim")
    undoing.undo(clinic, done.pressed.press_id)

    (again,) = snapshots.running(clinic)
    assert (again.code, again.started_at) == ("97110", segment.started_at)


def test_where_nothing_runs_nothing_ends_and_codes_are_offered_all_the_same(clinic, open_visit):
    done = supervision.supervise(clinic, open_visit(discipline="SLP"), "Kim")

    assert done.pressed.ended == ()
    assert done.offers[0] == "NB"
