"""What `export --layout segments` writes, `import` brings into an empty folder as it was."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ptimer.reports.cells import as_typed, harmless
from ptimer.reports.segments_csv import REQUIRED
from tests.cli.command_line import Ptimer, at, segments_file

NOW = "2026-11-23T18:00:00"
MONDAY, SUNDAY = "2026-11-23", "2026-11-22"
RUNS_AS_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

RICH_DAY = (
    # over midnight
    "start 97110 --patient P-0 --discipline PT --clinician Ana --at 2026-11-22T23:50",
    "stop --at 2026-11-23T00:13",
    # three codes, rest and a modality beside, one of another payer's rule
    "start 97110 --patient P-1 --payer Medicare --discipline PT --clinician Ana --at 08:00",
    "start REST --patient P-1 --switch --at 08:10",
    "start 97112 --patient P-1 --switch --at 08:15:30",
    "start 97140 --patient P-1 --switch --at 08:39:29",
    "stop --at 08:50",
    "start G0283 --patient P-1 --at 09:00",
    "start 97530 --patient P-2 --payer 'Commercial (midpoint)' --discipline OT --at 09:05",
    "stop G0283 --at 09:20",
    "stop --at 09:31",
    # a second discipline of the same patient
    "start 97530 --patient P-1 --discipline OT --clinician Bo --at 09:40",
    "stop --at 10:10",
    # a group, and a group of one
    "start 97150 --patient P-2 --patient P-3 --clinician Ana --at 10:30",
    "stop --at 11:00",
    "start 97150 --patient P-4 --clinician Ana --at 11:10",
    "stop --at 11:30",
    # a student under a therapist, and an assistant
    "start 97110 --patient P-5 --clinician Cy --role student --supervisor Ana --at 12:00",
    "stop --at 12:20",
    "start 97116 --patient P-5 --clinician Di --role assistant --at 12:20",
    "stop --at 12:41",
    # by area, an add-on's base, an evaluation, a code outside the discipline
    "start 97597 --patient P-6 --discipline PT --clinician Ana --at 13:00",
    "stop --units 3 --at 13:20",
    "start 97129 --patient P-7 --discipline OT --clinician Bo --at 13:00",
    "stop --at 13:38",
    "start 97161 --patient P-8 --discipline PT --clinician Ana --at 14:00",
    "stop --at 14:30",
    "start 92507 --patient P-8 --clinician Ana --at 14:30",
    "stop --at 14:50",
    # so long that its limit cuts, and a reason is missing
    "start 97112 --patient P-9 --payer Medicare --discipline PT --clinician Ana --at 15:00",
    "stop --at 16:23",
)


@pytest.fixture(scope="module")
def new_record(tmp_path_factory, blank):
    """Make the command line of another record that holds nothing."""

    def make():
        folder = tmp_path_factory.mktemp("record")
        copy(blank, folder)
        return Ptimer(folder, at(NOW))

    return make


def carried_over(one, other, *words):
    """Export one record's segments and import them into the other; return the file's rows."""
    path = other.folder / "carried.csv"
    wished = ("--from", SUNDAY, "--include-unsigned", "-o", str(path), *words)
    written = one("export", "--layout", "segments", "--to", MONDAY, *wished, "--json").json
    read = other("import", str(path), "--json").json
    assert read["segments"] == written["rows"]
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "words",
    [(), ("--bom",), ("--delimiter", ";"), ("--delimiter", "tab"), ("--bom", "--delimiter", "|")],
    ids=" ".join,
)
def test_a_rich_day_comes_back_to_the_same_summary(new_record, words):
    one, other = new_record(), new_record()
    one.do(*RICH_DAY)

    carried_over(one, other, *words)

    assert len(one.summary(MONDAY)["visits"]) == 10
    for day in (SUNDAY, MONDAY):
        assert other.summary(day) == one.summary(day)
    assert other("check").exit == 0


def test_notes_and_milliseconds_come_back_too(new_record, tmp_path):
    one, other, third = new_record(), new_record(), new_record()
    one.clock = at("2026-11-23T17:00:00.250")
    one.do("start 97110 --patient P-1 --discipline PT --clinician Ana")
    one.clock.advance(minutes=20, seconds=0.123)
    one.do("stop")
    line = 'P-2,Medicare,PT,Ana,therapist,97140,2026-11-23T08:00,2026-11-23T08:20,\'=sat; "stood"'
    one.do(f"import {segments_file(tmp_path / 'in.csv', line)}")

    there = carried_over(one, other)
    back = carried_over(other, third)

    assert there == back
    assert other.summary() == one.summary()


def test_the_demo_day_comes_back_to_the_same_summary(new_record):
    one, other = new_record(), new_record()
    one.folder = Path(one("demo", "--json").json["folder"])

    carried_over(one, other)

    def said(ptimer):
        # Signatures are not in the file, and who signed has nothing more to fix.
        left_out = ("status", "to_fix")
        days = ptimer.summary(MONDAY)
        visits = sorted(days.pop("visits"), key=lambda visit: visit["patient"])
        return days, [{k: v for k, v in each.items() if k not in left_out} for each in visits]

    assert said(other) == said(one)


MINUTES = st.integers(1, 40)
CODES = st.sampled_from(["97110", "97112", "97140", "97530", "G0283", "97035", "REST", "97161"])
WHO = st.sampled_from(["P-1", "P-2", "P-3"])


@examples(max_examples=12)
@given(st.lists(st.tuples(WHO, CODES, MINUTES, MINUTES), min_size=1, max_size=12))
def test_any_day_of_one_clinician_comes_back(new_record, stretches):
    lines, time = [], datetime(2026, 11, 23, 6)  # noqa: DTZ001  (local times, as typed)
    for patient, code, pause, length in stretches:
        start = time + timedelta(minutes=pause)
        time = start + timedelta(minutes=length, seconds=length)
        if time.hour < 17:
            lines.append(f"{patient},Medicare,PT,Ana,therapist,{code},{start.isoformat()},{time}")
    one, other = new_record(), new_record()
    one.do(f"import {segments_file(one.folder / 'in.csv', *lines)}")

    carried_over(one, other)

    assert other.summary() == one.summary()


@pytest.mark.parametrize("start", RUNS_AS_A_FORMULA)
@pytest.mark.parametrize("before", ["", "'", "''"])
def test_each_start_of_a_formula_is_made_harmless(before, start):
    text = f"{before}{start}1+1"
    cell = harmless(text)

    assert cell == f"'{text}"
    assert as_typed(cell) == text


@given(st.text())
def test_a_cell_is_harmless_and_comes_back_as_it_was(text):
    cell = harmless(text)

    assert not cell.startswith(RUNS_AS_A_FORMULA)
    assert as_typed(cell) == text


TYPED = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\u200d"),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip("\u200d \t") and text.strip() == text)
ODD = st.one_of(
    TYPED, st.builds("{}{}".format, st.sampled_from([*"=+-@'\"|;,\uff1d"]), TYPED)
).filter(str.strip)


@examples(max_examples=15)
@given(patient=ODD, clinician=ODD, note=ODD)
def test_typed_text_is_harmless_in_both_layouts_and_comes_back(
    new_record, patient, clinician, note
):
    one, other = new_record(), new_record()
    cells = [patient, "Medicare", "PT", clinician, "", "97110", f"{MONDAY}T08:00"]
    path = one.folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                REQUIRED,
                [harmless(cell) for cell in (*cells, f"{MONDAY}T08:30", note)],
            ]
        )
    one.do(f"import {path}")

    rows = carried_over(one, other)
    again = carried_over(other, new_record())
    lines = other("export", "--include-unsigned").out

    assert rows == again
    assert other.summary() == one.summary()
    assert one.summary()["visits"][0]["patient"] == normalize("NFC", patient)
    written = [*rows, *csv.reader(io.StringIO(lines, newline=""))]
    assert not [cell for row in written for cell in row if cell.startswith(RUNS_AS_A_FORMULA)]
    assert as_typed(rows[1][8]) == note
