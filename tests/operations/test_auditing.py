"""What an audit packet holds: all that defends a patient's visits, and nothing that is not so."""

from datetime import date, timedelta

import pytest

from ptimer.billing.skilled_fields import ChartTick, Part
from ptimer.operations import auditing, corrections, signing, skilled, undoing, visit_marks
from ptimer.operations.auditing import PacketWish
from ptimer.operations.corrections import Change
from ptimer.operations.errors import Misused
from ptimer.operations.visit_marks import Mark

DAY = date(2026, 11, 23)


@pytest.fixture
def packet(clinic):
    """Return Ann's packet of today, or another."""

    def packet(patient="Ann", first=DAY, last=None, discipline=""):
        return auditing.packet(clinic, PacketWish(patient, first, last, discipline))

    return packet


def said(words):
    return [str(each) for each in words]


def facts(found):
    return {str(fact.what): str(fact.text) for fact in found}


def test_a_signed_visit_says_what_was_timed_counted_and_signed(packet, timed, sign):
    visit_id = timed("97112", minutes=24).visit_id
    timed("97110", minutes=23)
    sign(visit_id)
    found = packet()

    (visit,) = found.visits
    assert (found.patient, found.first, found.last) == ("Ann", DAY, DAY)
    assert (found.made_by, str(found.made_at)) == ("Kim", "2026-11-23 10:47")
    assert str(visit.status) == "signed"
    totals = visit.totals
    assert (totals.timed_minutes, totals.total_minutes, totals.units) == (47, 47, 3)
    lines = [(line.code, line.minutes, line.units, line.modifiers) for line in visit.lines]
    assert lines == [("97112", 24, 2, ("GP",)), ("97110", 23, 1, ("GP",))]
    assert "plan of care" in str(visit.lines[0].because[0])
    assert said(time.span for time in visit.times) == [
        "10:00:00–10:24:00",  # noqa: RUF001
        "10:24:00–10:47:00",  # noqa: RUF001
    ]
    assert said(time.who for time in visit.times) == ["Kim, therapist"] * 2
    assert "47 timed minutes allow 3 units (38 to 52)" in said(visit.arithmetic)
    (signature,) = visit.signatures
    assert (signature.name, signature.credentials) == ("Kim", "OTR/L")
    assert str(signature.signed_at) == "2026-11-23 10:47:00"
    assert len(signature.sha256) == 64
    assert visit.checked is True
    assert "cms-8-minute" in [rule.rule for rule in found.rules]


def test_an_open_visit_says_what_it_lacks(packet, timed):
    timed("97112", minutes=65)

    (visit,) = packet().visits
    assert str(visit.status) == "not signed"
    assert visit.checked is None
    assert any("say why it took longer" in each for each in said(visit.missing))
    assert "the signature of Kim" in said(visit.missing)


def test_a_reason_takes_the_place_of_the_question(packet, timed, sign):
    sign(timed("97112", minutes=83).visit_id, over_60="two falls this week")

    (visit,) = packet().visits
    assert facts(visit.settled) == {"97112 took 83 min": "two falls this week"}
    assert not [each for each in said(visit.remarks) if "say why" in each]
    assert any("cut to 4" in each for each in said(visit.arithmetic))


def test_an_amended_visit_shows_the_former_version_and_each_change(
    packet, clinic, timed, sign, clock
):
    segment = timed("97110", minutes=20)
    sign(segment.visit_id)
    clock.advance(minutes=30)
    signing.amend(clinic, segment.visit_id, "ended later")
    change = Change(end=segment.ended_at + 3 * 60_000)
    corrections.correct(clinic, segment.id, change, "looked at the clock")
    sign(segment.visit_id)

    (visit,) = packet().visits
    assert str(visit.status) == "signed, amended 1 time"
    (version,) = visit.versions
    assert (version.number, version.why) == (1, "ended later")
    assert str(version.reopened) == "Kim, 2026-11-23 10:50:00"
    assert [each.name for each in version.signatures] == ["Kim"]
    assert len(version.sha256) == 64
    differing = {str(d.what): (str(d.before), str(d.after)) for d in version.differences}
    assert differing["What is billed · timed minutes"] == ("20", "23")
    corrected = next(each for each in visit.changes if "corrected" in str(each.done))
    assert (str(corrected.before), str(corrected.after)) == ("end 10:20:00", "end 10:23:00")
    assert (corrected.who, corrected.why) == ("Kim", "looked at the clock")
    assert not corrected.usual
    (time,) = visit.times
    assert time.edited
    assert "typed or corrected" in str(time.about[0])
    assert [each.usual for each in visit.changes][:2] == [True, True], "the oldest first"


def test_a_time_that_was_typed_says_so_and_one_that_was_pressed_does_not(
    packet, start, stop, clock, at
):
    start("97110", at=at("09:30"))
    clock.advance(minutes=1)
    stop()
    start("97112")
    clock.advance(minutes=10)
    stop(at=at("10:09"))

    (visit,) = packet().visits
    assert [said(time.about) for time in visit.times] == [
        ["start typed, 2026-11-23 10:00:00"],
        ["end typed, 2026-11-23 10:11:00"],
    ]


def test_the_last_word_on_an_end_says_whether_it_was_typed(packet, clinic, start, stop, clock, at):
    start("97110", at=at("09:30"))
    clock.advance(minutes=10)
    undoing.undo(clinic, stop(at=at("10:09")).press_id)
    clock.advance(minutes=2)
    stop()

    (visit,) = packet().visits
    assert said(visit.times[0].about) == ["start typed, 2026-11-23 10:00:00"]


def test_a_time_that_runs_says_so_and_counts_up_to_now(packet, start, clock):
    start("97110")
    clock.advance(minutes=20)

    (visit,) = packet().visits
    assert said(visit.times[0].about) == ["still running when this packet was made"]
    assert (visit.times[0].minutes, visit.totals.timed_minutes) == ("20:00", 20)


def test_supervision_and_assistance_stand_with_each_time(packet, timed):
    timed("97110", clinician="Sam", role="student", supervisor="Kim")

    (visit,) = packet().visits
    assert "supervised by Kim" in said(visit.times[0].about)
    assert facts(visit.facts)["Treated by"] == "Sam, student, supervised by Kim"


def test_skilled_parts_and_ticks_are_told(packet, clinic, timed):
    visit_id = timed("97112").visit_id
    skilled.write(clinic, visit_id, "97112", {Part.COMPONENT: ("balance",)})
    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True)

    (visit,) = packet().visits
    assert said(visit.skilled)[0] == "97112 · What was worked on: balance"
    assert said(visit.skilled)[-1].startswith("In the chart: ")
    written = next(each for each in visit.changes if str(each.done).endswith("written"))
    assert str(written.after) == "component balance"


def test_a_cancelled_visit_is_told_with_its_reason_and_counts_nothing(packet, clinic, open_visit):
    visit_marks.mark(clinic, open_visit(), Mark.CANCELLED, "called in sick")
    found = packet()

    (visit,) = found.visits
    assert visit.away
    assert found.held == ()
    assert "called in sick" in facts(visit.facts)["Mark"]
    assert visit.lines == ()
    assert visit.missing == ()


def test_a_record_that_was_changed_around_the_program_is_not_called_as_signed(
    packet, clinic, timed, sign
):
    segment = timed("97110", minutes=20)
    sign(segment.visit_id)
    for (name,) in clinic.connection.execute(
        "select name from sqlite_schema where type = 'trigger'"
    ).fetchall():
        clinic.connection.execute(f"drop trigger {name}")
    clinic.connection.execute("update segments set ended_at = ended_at + 600000")
    clinic.connection.commit()

    (visit,) = packet().visits
    assert visit.checked is False


def test_only_the_patients_own_visits_of_the_days_and_discipline_are_in_it(packet, timed, clock):
    timed("97110", "Ann")
    timed("97110", "Anna")
    clock.advance(hours=48)
    timed("97110", "Ann", discipline="PT")
    timed("97110", "Ann", discipline="OT")
    later = DAY + timedelta(days=2)

    assert [visit.day for visit in packet().visits] == [DAY, later, later]
    assert [visit.day for visit in packet(last=DAY).visits] == [DAY]
    assert [visit.discipline for visit in packet(first=later, discipline="pt").visits] == ["PT"]
    with pytest.raises(Misused, match="Bob has no recorded visit"):
        packet("Bob")


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (PacketWish("Ann", DAY + timedelta(days=1)), "2026-11-24 is in the future"),
        (PacketWish("Ann", DAY, DAY + timedelta(days=1)), "2026-11-24 is in the future"),
        (PacketWish("Ann", DAY, DAY - timedelta(days=1)), "lies before the first"),
        (PacketWish("Ann", DAY, None, "XT"), "XT"),
        (PacketWish("  ", DAY), "patient id is empty"),
        (PacketWish("Ann", DAY, None, "SLP"), "no recorded SLP visit"),
    ],
)
def test_what_makes_no_packet_is_told(clinic, timed, wish, says):
    timed("97110")

    for ask in (auditing.packet, auditing.count):
        with pytest.raises(Misused, match=says):
            ask(clinic, wish)


def test_a_visit_that_holds_nothing_makes_no_packet(packet, open_visit):
    open_visit()

    with pytest.raises(Misused, match="proves nothing"):
        packet()
