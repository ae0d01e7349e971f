"""What screens and reports are shown: the day, what runs, what earlier days left, the minutes."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from ptimer.operations import corrections, one_window, preferences, snapshots
from ptimer.operations.clinic import open_clinic_to_read
from ptimer.operations.errors import Busy
from ptimer.operations.summarizing import summary_of
from ptimer.reports import day_summary
from ptimer.timing.clock import ManualClock

DAY = date(2026, 11, 23)


def _patients(views):
    return [view.visit.patient for view in views]


def test_today_shows_the_days_visits_in_the_order_they_are_expected(
    clinic, open_visit, timed, clock
):
    open_visit("Late", planned="15:00")
    open_visit("Early", planned="11:00")
    timed("97110", "Now")
    clock.advance(minutes=5)
    open_visit("Walk-in")

    assert _patients(snapshots.today(clinic).visits) == ["Now", "Walk-in", "Early", "Late"]


def test_a_time_typed_for_earlier_puts_its_visit_earlier(clinic, open_visit, add, clock):
    open_visit("Ann")
    clock.advance(minutes=5)
    add(open_visit("Bob"), "97110", "08:00", "08:15")

    assert _patients(snapshots.today(clinic).visits) == ["Bob", "Ann"]


def test_unsigned_visits_of_earlier_days_are_shown_the_newest_first(
    clinic, timed, sign, open_visit, clock
):
    for patient in ("Ann", "Bob", "Cem"):
        timed("97110", patient)
        clock.advance(hours=24)
    sign(timed("97110", "Dia").visit_id)
    open_visit("Empty")
    clock.advance(hours=24)
    timed("97110", "Eve")

    today = snapshots.today(clinic)
    assert _patients(today.visits) == ["Eve"]
    assert _patients(today.earlier) == ["Cem", "Bob", "Ann"], "signed and empty ones are not"


def test_of_very_many_earlier_visits_the_newest_are_shown(clinic, timed, clock):
    for number in range(snapshots.MOST_EARLIER + 3):
        timed("97110", f"P-{number}", minutes=1)
    clock.advance(hours=24)

    earlier = _patients(snapshots.today(clinic).earlier)
    assert len(earlier) == snapshots.MOST_EARLIER
    assert earlier[0] == f"P-{snapshots.MOST_EARLIER + 2}"


def test_what_runs_is_shown_whatever_its_day(clinic, start, clock):
    segment = start("97110", discipline="OT")
    clock.advance(hours=24)

    today = snapshots.today(clinic)
    assert [each.id for each in today.running] == [segment.id]
    assert today.discipline_of(today.running[0]) == "OT"
    assert today.visit(segment.visit_id).minutes_of("97110") == 24 * 60
    assert today.visit("no such visit") is None


def test_the_last_commit_is_told(clinic, start, clock):
    assert snapshots.today(clinic).recorded_at is None
    start("97110")
    pressed_at = clock.now()
    clock.advance(minutes=5)

    assert snapshots.today(clinic).recorded_at == pressed_at
    assert snapshots.today(clinic).now == clock.now()


def test_minutes_are_rounded_down_once_per_code_and_visit(timed, view, clock):
    for seconds in (330, 300, 300):
        segment = timed("97110", minutes=seconds / 60)
    timed("97140", minutes=7.5)

    visit = view(segment.visit_id)
    assert visit.minutes_of("97110") == 15, "5:30 + 5:00 + 5:00"
    assert visit.minutes_of("97140") == 7
    assert visit.timed_minutes == 22, "the paper adds up"
    assert visit.reckoning.total_units == 1, "22 minutes are one unit, not two"


def test_minutes_treated_count_each_moment_once_and_rest_not_at_all(start, stop, clock, view):
    segment = start("97110")
    start("G0283")
    clock.advance(minutes=20)
    stop()
    start("REST")
    clock.advance(minutes=10)
    stop()

    visit = view(segment.visit_id)
    assert visit.timed_minutes == 20
    assert visit.total_minutes == 20, "20 minutes of G0283 beside 20 of 97110 are 20"


def test_a_view_can_be_looked_at_from_another_moment(start, view, clock):
    segment = start("97110")
    later = ManualClock(clock.now())
    later.advance(minutes=25)

    assert view(segment.visit_id).minutes_of("97110") == 0
    assert view(segment.visit_id).at(later.now()).minutes_of("97110") == 25


def test_a_day_holds_the_visits_with_times_and_says_what_a_filter_hides(clinic, timed, open_visit):
    timed("97110", "Ann", clinician="Kim")
    timed("97110", "Bob", clinician="Lee")
    timed("97140", "Cem", clinician="Stu", role="student", supervisor="Kim")
    open_visit("Empty")

    day = snapshots.day(clinic, DAY)
    assert (_patients(day.visits), day.hidden) == (["Ann", "Bob", "Cem"], 0)
    kims = snapshots.day(clinic, clinician="Kim")
    assert (_patients(kims.visits), kims.hidden) == (["Ann", "Cem"], 1)
    assert snapshots.day(clinic, date(2026, 11, 22)).visits == ()


def test_a_days_totals_are_those_of_its_visits(clinic, timed):
    timed("97110", "Ann", minutes=23)
    timed("G0283", "Ann", minutes=10)
    timed("97140", "Bob", minutes=15)

    day = snapshots.day(clinic)
    assert (day.timed_minutes, day.total_minutes) == (38, 48)
    assert (day.timed_units, day.units) == (3, 4)
    summary = day_summary.as_values(summary_of(day))
    assert summary["totals"] == {
        "visits": 2,
        "timed_minutes": 38,
        "total_minutes": 48,
        "timed_units": 3,
        "units": 4,
    }


def test_a_summary_says_what_each_visit_came_to(clinic, timed, start, clock):
    timed("97110", minutes=16)
    timed("NB", minutes=5)
    start("97140")
    clock.advance(minutes=5)

    (visit,) = day_summary.as_values(summary_of(snapshots.day(clinic)))["visits"]
    assert (visit["patient"], visit["payer"], visit["discipline"]) == ("Ann", "Medicare", "PT")
    assert (visit["rule"], visit["status"], visit["clinicians"]) == ("cms", "open", ["Kim"])
    assert visit["lines"][0] == {
        "code": "97110",
        "minutes": 16,
        "units": 1,
        "timed": True,
        "modifiers": ["GP"],
        "segments": [["10:00:00", "10:16:00"]],
    }
    assert visit["lines"][1]["segments"] == [["10:21:00", None]]
    assert visit["not_treatment"] == [{"code": "NB", "minutes": 5}]
    assert visit["to_fix"] == [{"rule": "still-running", "text": "97140 still runs: stop it"}]
    text = day_summary.as_text(summary_of(snapshots.day(clinic)))
    assert "97110    16 min   1 u  GP     10:00:00-10:16:00" in text
    assert "10:21:00-now" in text


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Honolulu", date(2026, 11, 22)),
        ("UTC", date(2026, 11, 23)),
        ("Pacific/Kiritimati", date(2026, 11, 24)),
    ],
)
def test_the_date_of_service_is_the_clinics_own(clinic, timed, view, zone, day, clock):
    clinic.clock.zone = ZoneInfo(zone)
    clock.advance(hours={"Pacific/Honolulu": -1}.get(zone, 0.5))

    assert view(timed("97110").visit_id).visit.service_date == day


@pytest.mark.parametrize(
    ("evening", "minutes"),
    [("2026-03-28T23:30", 120), ("2026-10-24T23:30", 240)],
    ids=["an hour is left out", "an hour comes twice"],
)
def test_minutes_over_a_change_of_the_clocks_are_those_that_passed(
    clinic, timed, view, clock, evening, minutes
):
    zone = clinic.clock.zone = ZoneInfo("Europe/Berlin")
    clock.set_by_hand(ManualClock.at_local(evening, zone).now())

    visit = view(timed("97110", minutes=minutes).visit_id)
    assert visit.minutes_of("97110") == minutes
    assert f"{visit.visit.service_date}" == evening[:10]


def test_what_was_voided_is_nowhere(clinic, timed, folder, clock):
    corrections.void(clinic, timed("97110").id, "never happened")

    assert snapshots.day(clinic).visits == ()
    assert snapshots.running(clinic) == ()
    reader = open_clinic_to_read(folder, clock)
    assert snapshots.today(reader).visits[0].record.segments == ()
    reader.close()


def test_a_window_remembers_its_place_and_writes_it_once(clinic, dump):
    assert preferences.read(clinic, preferences.WINDOW) == ""
    preferences.write(clinic, preferences.WINDOW, "10,20")
    before = dump()
    preferences.write(clinic, preferences.WINDOW, "10,20")

    assert dump() == before
    assert preferences.read(clinic, preferences.WINDOW) == "10,20"


def test_a_folder_has_one_window(folder, tmp_path):
    first = one_window.take(folder)
    assert one_window.take(folder) is None
    first.release()

    (tmp_path / "no folder").write_text("a file")
    with pytest.raises(Busy, match="Nothing can be recorded in"):
        one_window.take(tmp_path / "no folder")
