import csv
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "data" / "examples.tsv"


def _numbers(text):
    return {code: int(units) for code, units in (pair.split("=") for pair in text.split())}


def _examples():
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [pytest.param(row, id=row["id"]) for row in rows]


@pytest.mark.parametrize("example", _examples())
def test_a_published_example_is_counted_as_published(count, rulebook, example):
    visit = count(_numbers(example["minutes"]), rule=example["rule"])

    ways = [_numbers(way) for way in example["choices"].split("|")]
    timed = [
        {code: units for code, units in way.items() if rulebook.codes[code].timed} for way in ways
    ]
    assert sorted(map(sorted, map(dict.items, visit.choices))) == sorted(
        sorted(way.items()) for way in timed
    ), "before caps, each way that the rule leaves to the clinician, and no other"
    assert {line.code.code: line.units for line in visit.lines} == _numbers(example["shown"])
    assert visit.timed_minutes == int(example["timed_minutes"])
    assert visit.total_units == int(example["total_units"])
    assert visit.tied == (len(ways) > 1)


def test_no_published_example_is_lost():
    assert len(_examples()) == 50


def test_the_practice_guides_case_of_97112_and_97535_is_one_unit_each(count):
    visit = count({"97112": 15, "97535": 10})

    assert visit.timed_minutes == 25
    assert visit.choices == ({"97112": 1, "97535": 1},)
    assert visit.total_units == 2
