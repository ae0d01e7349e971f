"""Each bullet of the billing rules by what a person sees of it: the command line on a record."""

import pytest

from tests.cli.command_line import segments_file
from tests.cli.conftest import blank, clock, first, ptimer

__all__ = ["blank", "clock", "first", "ptimer"]


@pytest.fixture
def refuses(ptimer):
    """Run a command that a rule refuses; return the rule, and see that a source is named."""

    def refuses(words):
        result = ptimer(*words.split(), "--json")
        assert result.exit == 3, (words, result.out, result.err)
        assert result.error["source"]
        return result.error["rule"]

    return refuses


@pytest.fixture
def allows(ptimer):
    """Return whether a command is done."""
    return lambda words: ptimer(*words.split()).exit == 0


@pytest.fixture
def comes_in(ptimer, tmp_path):
    """Import segments of today: `comes_in("Ann,Medicare,PT,Kim,therapist,97110,08:00,08:15")`."""

    def comes_in(*lines):
        file = segments_file(tmp_path / "times.csv", *lines)
        ptimer.do(f"import {file}")

    return comes_in


@pytest.fixture
def visit(ptimer):
    """Return one visit of today as the summary has it."""

    def visit(patient="Ann", discipline=None):
        found = [
            each
            for each in ptimer.summary()["visits"]
            if each["patient"] == patient and discipline in (None, each["discipline"])
        ]
        assert len(found) == 1
        return found[0]

    return visit
