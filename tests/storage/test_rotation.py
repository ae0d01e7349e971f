"""Which backups stay: the newest of so many hours, days and months; nothing by its age."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ptimer.storage.rotation import Bounds, Dated, staying

USUAL = Bounds(hours=24, days=31, months=84)
NOW = datetime(2026, 11, 23, 18)  # noqa: DTZ001  (local, as the names of backups are)

bounds = st.builds(Bounds, *[st.integers(1, 6)] * 3)
moments = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 15))  # noqa: DTZ001  (as above)
kinds = st.sampled_from(["", "", "", "import"])


@st.composite
def many(draw):
    made = draw(st.lists(st.tuples(moments, kinds), min_size=1, max_size=40, unique=True))
    return [Dated(f"{number}", at, before) for number, (at, before) in enumerate(made)]


def hourly(first, hours):
    return [Dated(f"{n}", first + timedelta(hours=n)) for n in range(hours)]


def of(backups, names):
    return [backup for backup in backups if backup.name in names]


@given(many(), moments, bounds)
def test_the_newest_one_always_stays_and_so_does_what_was_made_just_now(backups, now, bounds):
    made = min(backups, key=lambda backup: backup.made_at)
    stay = staying(backups, now, bounds, made.name)

    assert max(backups, key=lambda backup: (backup.made_at, backup.name)).name in stay
    assert made.name in stay
    past = [backup for backup in backups if backup.made_at <= now]
    if past:
        assert max(past, key=lambda backup: (backup.made_at, backup.name)).name in stay


@given(many(), moments, bounds)
def test_never_more_stay_than_the_bounds_say(backups, now, bounds):
    past = [backup for backup in backups if backup.made_at <= now]
    stay = staying(past, now, bounds)

    assert len(stay) <= bounds.most
    assert len(staying(backups, now, bounds)) <= 2 * bounds.most


@given(many(), moments, bounds)
def test_what_stays_stays_when_it_is_asked_again(backups, now, bounds):
    stay = staying(backups, now, bounds)

    assert staying(of(backups, stay), now, bounds) == stay


@given(many(), moments, bounds)
def test_each_of_the_last_days_and_months_keeps_its_last(backups, now, bounds):
    past = [backup for backup in backups if backup.made_at <= now]
    stay = staying(past, now, bounds)

    for period, most in ((datetime.date, bounds.days), (lambda at: at.month, bounds.months)):
        last = {}
        for backup in sorted(past, key=lambda each: (each.made_at, each.name)):
            last[period(backup.made_at)] = backup.name
        newest = sorted(last.values(), key=lambda name: past_of(past, name), reverse=True)
        assert set(newest[:most]) <= stay


def past_of(backups, name):
    return next((each.made_at, each.name) for each in backups if each.name == name)


def test_a_year_of_hourly_backups_leaves_a_day_of_hours_a_month_of_days_and_every_month():
    stay = []
    for backup in hourly(datetime(2025, 11, 23), 24 * 365):  # noqa: DTZ001
        stay.append(backup)
        if backup.made_at.hour % 6 == 0:
            stay = of(stay, staying(stay, backup.made_at, USUAL, backup.name))
    stay = of(stay, staying(stay, stay[-1].made_at, USUAL))

    newest = stay[-1].made_at
    ages = [newest - backup.made_at for backup in stay]
    assert sum(age < timedelta(days=1) for age in ages) == 24
    days = {each.made_at.date() for each in stay if newest - each.made_at < timedelta(days=31)}
    assert len(days) >= 31
    assert len({(backup.made_at.year, backup.made_at.month) for backup in stay}) == 13
    assert len(stay) <= USUAL.most


def test_two_imports_of_one_hour_each_keep_what_was_before():
    backups = [
        Dated("wrong", NOW.replace(minute=1), "import"),
        Dated("right", NOW.replace(minute=5), "import"),
        Dated("hourly", NOW.replace(minute=40)),
    ]

    assert staying(backups, NOW + timedelta(hours=1), USUAL) == {"wrong", "right", "hourly"}


def test_a_clock_that_stood_in_another_year_takes_nothing_away():
    real = hourly(datetime(2026, 10, 20), 24 * 30)  # noqa: DTZ001
    stay = staying(real, NOW, USUAL)
    wrong = [Dated(f"2040-{n}", datetime(2040, 1, 1, n)) for n in range(3)]  # noqa: DTZ001

    while_wrong = staying([*of(real, stay), *wrong], datetime(2040, 1, 1, 5), USUAL)  # noqa: DTZ001
    assert len(stay - while_wrong) <= 5, "one of each kind is pushed out by each that is made"
    again = staying([*of(real, stay), *wrong], NOW, USUAL, "0")
    assert stay <= again, "set right, the future is counted by itself"


def test_the_hour_that_a_dst_night_repeats_keeps_its_last():
    first, again = datetime(2026, 11, 1, 1, 10), datetime(2026, 11, 1, 1, 50)  # noqa: DTZ001
    backups = [Dated("before", first), Dated("after", again)]

    assert staying(backups, again, USUAL) == {"after"}
    assert "after" in staying(backups, first, USUAL, "before"), "made later, named earlier"
