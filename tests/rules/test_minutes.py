"""Minutes (rules.md): which seconds count, once, and for whom."""

import pytest

PT = "Ann,Medicare,PT,Kim,therapist"
ASSISTANT = "Ann,Medicare,PT,Lee,assistant"


def at(code, start, end, who=PT):
    return f"{who},{code},2026-11-23T{start},2026-11-23T{end}"


def _minutes(visit):
    return {line["code"]: line["minutes"] for line in visit["lines"] if not line.get("timed_on")}


def test_minutes_of_all_clinicians_are_pooled_in_one_visit(comes_in, visit):
    comes_in(at("97110", "08:00", "08:10"), at("97110", "08:10", "08:23", ASSISTANT))

    assert (visit()["timed_minutes"], visit()["timed_units"]) == (23, 2)


def test_minutes_of_a_second_arrival_that_day_are_the_same_visit(comes_in, visit):
    comes_in(at("97110", "07:00", "07:08"), at("97110", "09:00", "09:15"))

    assert (visit()["timed_minutes"], visit()["timed_units"]) == (23, 2)


def test_minutes_of_two_disciplines_are_two_visits(comes_in, visit):
    comes_in(at("97110", "07:00", "07:07"), at("97110", "09:00", "09:07", PT.replace("PT", "OT")))

    assert [visit(discipline=each)["timed_units"] for each in ("PT", "OT")] == [0, 0]


def test_minutes_of_a_second_payer_are_refused_with_a_sentence(comes_in, ptimer):
    comes_in(at("97110", "08:00", "08:10"))
    second = ptimer("start", "97110", "--patient", "Ann", "--payer", "Commercial (midpoint)")

    assert second.exit == 3
    assert "one-payer" in second.err


def test_minutes_of_a_code_are_added_up_in_seconds_and_rounded_down_once(comes_in, visit):
    comes_in(
        at("97110", "08:00:00", "08:07:30"),
        at("97110", "08:10:00", "08:17:30"),
        at("97140", "08:20:00", "08:27:59"),
    )

    assert _minutes(visit()) == {"97110": 15, "97140": 7}


def test_timed_minutes_are_the_sum_of_the_codes_whole_minutes(comes_in, visit):
    comes_in(at("97110", "08:00:00", "08:15:30"), at("97140", "08:20:00", "08:27:30"))

    assert (visit()["timed_minutes"], visit()["timed_units"]) == (22, 1)


def test_total_treatment_minutes_are_a_union(comes_in, visit):
    comes_in(at("G0283", "08:00", "08:20"), at("97110", "08:00", "08:20"))

    assert (visit()["total_minutes"], visit()["timed_minutes"]) == (20, 20)


@pytest.mark.parametrize("apart", ["REST", "NB"])
def test_rest_and_not_billable_time_count_as_no_treatment(comes_in, visit, apart):
    comes_in(at("97110", "08:00", "08:15"), at(apart, "08:15", "08:45"))

    assert (visit()["total_minutes"], visit()["timed_minutes"], visit()["units"]) == (15, 15, 1)
    assert apart not in _minutes(visit())


def test_units_without_times_show_the_sum(ptimer):
    counted = ptimer("units", "G0283=20", "97110=20", "--json").json

    assert counted["total_minutes"] == 40


def test_the_measure_is_the_real_minute_and_no_grid_of_quarter_hours(comes_in, visit):
    # Two codes within 08:00 to 08:15; in a grid one of them would lose it.
    comes_in(at("97110", "08:00", "08:08"), at("97140", "08:08", "08:23"))

    assert {line["code"]: line["units"] for line in visit()["lines"]} == {"97110": 1, "97140": 1}
