"""Units (rules.md): `cms-8-minute` and `midpoint`, ties, add-ons, untimed codes, areas."""

import csv
import io
from datetime import date

import pytest

ANN = "Ann,Medicare,PT,Kim,therapist"


@pytest.fixture
def counted(ptimer):
    """Count minutes on the command line: `counted("97112=24", "97110=23")`."""

    def counted(*words):
        result = ptimer("units", *words, "--json")
        assert result.exit == 0, result.err
        return result.json

    return counted


def at(code, start, end):
    return f"{ANN},{code},2026-11-23T{start},2026-11-23T{end}"


def _units(counted):
    return {each["code"]: each["units"] for each in counted["codes"]}


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (0, 0),
        (7, 0),
        (8, 1),
        (22, 1),
        (23, 2),
        (37, 2),
        (38, 3),
        (52, 3),
        (53, 4),
        (67, 4),
        (68, 5),
    ],
)
@pytest.mark.parametrize("rule", ["cms", "midpoint"])
def test_cms_8_minute_and_midpoint_of_one_code(counted, rule, minutes, units):
    assert counted(f"97110={minutes}", "--rule", rule)["total_units"] == units


def test_cms_8_minute_each_code_gets_its_full_15s_and_the_rest_goes_to_the_largest(counted):
    found = counted("97110=33", "97140=7")

    assert _units(found) == {"97110": 2, "97140": 1}, "a remainder below 8 may win"
    assert found["choices"] == [{"97110": 2, "97140": 1}]


def test_cms_8_minute_a_code_of_8_or_more_may_lose(counted):
    found = counted("97110=18", "97140=13", "97116=10", "97035=8")

    assert _units(found) == {"97110": 1, "97140": 1, "97116": 1, "97035": 0}


def test_cms_8_minute_a_tie_offers_all_ways(counted):
    assert counted("97110=20", "97140=20")["choices"] == [
        {"97110": 2, "97140": 1},
        {"97110": 1, "97140": 2},
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param(("97112=69", "97140=39"), {"97112": 4, "97140": 3}, id="not-what-is-cut"),
        pytest.param(("97110=22", "97140=7"), {"97110": 1, "97140": 1}, id="no-unit-yet"),
        pytest.param(("97110=23", "97140=38"), {"97110": 1, "97140": 3}, id="more-minutes"),
        pytest.param(("97140=20", "97110=20"), {"97140": 2, "97110": 1}, id="first-given"),
    ],
)
def test_cms_8_minute_until_the_clinician_chooses_a_tie_goes_in_this_order(counted, words, shown):
    assert _units(counted(*words)) == shown


def test_cms_8_minute_the_clinicians_choice_is_stored(ptimer, comes_in, visit):
    comes_in(at("97110", "08:00", "08:20"), at("97140", "08:20", "08:40"))
    sign = "sign --patient Ann --clinician Kim --credentials PT"
    assert ptimer(*sign.split()).exit == 3, "a tie waits for the clinician"
    ptimer.do(f"{sign} --choose 97110=1,97140=2")

    assert {line["code"]: line["units"] for line in visit()["lines"]} == {"97110": 1, "97140": 2}


def test_midpoint_each_code_alone(counted):
    found = counted("97110=7", "97140=8", "97116=23", "--rule", "midpoint")

    assert _units(found) == {"97110": 0, "97140": 1, "97116": 2}
    assert found["next_unit_at"] is None
    assert [each["next_unit_at"] for each in found["codes"]] == [8, 23, 38]


def test_midpoint_or_cms_the_visits_payer_decides(counted):
    words = ("97110=8", "97140=8")

    assert counted(*words, "--payer", "Medicare")["total_units"] == 1
    assert counted(*words, "--payer", "Commercial (midpoint)")["total_units"] == 2


def test_timed_are_pooled_and_own_count_codes_and_pooled_minutes_stand_beside(counted):
    found = counted("97110=20", "97550=30", "97161=20")

    assert (found["timed_minutes"], found["pooled_minutes"]) == (50, 20)


def test_untimed_codes_are_one_a_visit_outside_the_pool_also_with_0_minutes(counted):
    assert _units(counted("G0283=0", "97161=40", "97110=7")) == {
        "G0283": 1,
        "97161": 1,
        "97110": 0,
    }


def test_area_codes_have_the_number_that_the_clinician_types(counted):
    assert _units(counted("97597=20", "--area", "97597=3")) == {"97597": 1, "97598": 2}


def test_monthly_codes_can_not_be_started(ptimer):
    result = ptimer("start", "98980", "--patient", "Ann", "--json")

    assert result.exit == 2
    assert "98980" in result.error["reason"]


@pytest.mark.parametrize(("minutes", "units"), [(30, 0), (31, 1), (90, 1), (91, 2)])
def test_own_count_a_step_is_earned_at_more_than_its_half_and_never_pooled(counted, minutes, units):
    found = counted(f"96105={minutes}", "97110=7")

    assert _units(found) == {"96105": units, "97110": 0}


def test_base_and_add_on_are_timed_once_and_printed_as_two_lines(counted):
    found = counted("97129=38")

    assert _units(found) == {"97129": 1, "97130": 2}
    assert [each["minutes"] for each in found["codes"]] == [38, 0]
    assert found["timed_minutes"] == 38


def test_an_add_on_is_not_started_by_itself_and_the_error_names_its_base(ptimer):
    result = ptimer("start", "97130", "--patient", "Ann", "--json")

    assert result.exit == 2
    assert "97129" in result.error["reason"]


def test_every_add_on_of_the_book_has_steps_of_its_own_or_its_bases_count(rulebook):
    book = rulebook.codes.on(date(2026, 11, 23))
    for code in book:
        if code.add_on_to:
            assert code.count is book[code.add_on_to].count
            assert book[code.add_on_to].add_on_to is None


@pytest.mark.parametrize(("wants", "lines"), [("--no-zero-lines", 1), ("--zero-lines", 2)])
def test_a_code_without_a_unit_stays_in_the_record_and_goes_out_only_where_it_is_wanted(
    ptimer, comes_in, visit, wants, lines
):
    ptimer("payers", "--add", "Acme", wants, "--why", "contract")
    comes_in(
        *(
            line.replace("Medicare", "Acme")
            for line in (at("97110", "08:00", "08:18"), at("97140", "08:18", "08:21"))
        )
    )

    assert {line["code"]: (line["minutes"], line["units"]) for line in visit()["lines"]} == {
        "97110": (18, 1),
        "97140": (3, 0),
    }
    out = ptimer("export", "--include-unsigned").out
    assert len(list(csv.DictReader(io.StringIO(out)))) == lines
