"""The segments of a file come in all together, or not at all."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ptimer.operations import importing, snapshots
from ptimer.operations.errors import BadData, Refused
from ptimer.storage import audit_log
from tests.operations.files import HEADER, line


@pytest.fixture
def write(tmp_path):
    """Write lines into a file and return it."""

    def write(*lines, header=HEADER, name="times.csv"):
        file = tmp_path / name
        file.write_text("\n".join([header, *lines]), encoding="utf-8", newline="")
        return file

    return write


@pytest.fixture
def bring_in(clinic, write):
    def bring_in(*lines, header=HEADER, dry_run=False):
        return importing.import_file(clinic, write(*lines, header=header), dry_run=dry_run)

    return bring_in


@pytest.fixture
def visits_of_today(clinic):
    return lambda: [view.visit for view in snapshots.today(clinic).visits]


def _log(clinic):
    return clinic.connection.execute(
        "select who, action, after from audit_log order by seq"
    ).fetchall()


def test_a_files_segments_become_visits(bring_in, view, visits_of_today):
    done = bring_in(
        line("97110", "09:00", "09:20"),
        line("97140", "09:20", "09:35"),
        line("97110", "09:00", "09:20", patient="Bob", clinician="Lee"),
    )

    assert (done.segments, done.visits, done.dry_run, done.warnings) == (3, 2, False, ())
    anns, bobs = visits_of_today()
    assert (anns.patient, bobs.patient) == ("Ann", "Bob")
    assert view(anns.id).timed_minutes == 35
    assert {segment.origin for segment in view(anns.id).record.segments} == {"file"}


def test_a_file_leaves_one_row_that_names_it(clinic, write, bring_in):
    file = write(line(), line("97140", "09:20", "09:30"))
    clinic.actor = "Dana"
    importing.import_file(clinic, file)

    ((who, action, after),) = _log(clinic)
    assert (who, action) == ("Dana", "import")
    assert sha256(file.read_bytes()).hexdigest() in after
    assert '"file": "times.csv"' in after
    assert '"segments": 2' in after
    assert audit_log.broken_links(clinic.connection) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows' file names are text")
def test_a_file_whose_name_is_no_text_comes_in(clinic, write, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    write(line()).rename(odd)

    assert importing.import_file(clinic, odd).segments == 1
    assert "caf" in _log(clinic)[0][2]


def test_a_dry_run_tells_all_and_changes_nothing(bring_in, dump):
    lines = [line(), line("92507", "09:20", "09:30", discipline="PT")]
    before = dump()
    dry = bring_in(*lines, dry_run=True)
    assert dump() == before

    wet = bring_in(*lines)
    assert dry.dry_run
    assert (dry.segments, dry.visits, dry.warnings) == (wet.segments, wet.visits, wet.warnings)


def test_a_dry_run_refuses_what_the_import_refuses(bring_in, dump):
    lines = [line("97110", "09:00", "09:20"), line("97140", "09:10", "09:30")]
    before = dump()

    with pytest.raises(Refused) as dry:
        bring_in(*lines, dry_run=True)
    with pytest.raises(Refused) as wet:
        bring_in(*lines)
    assert str(dry.value) == str(wet.value)
    assert dump() == before


def test_what_a_line_leaves_out_is_what_a_start_would_take(
    bring_in, clinic, start, stop, clock, visits_of_today
):
    start("92507", "Bob", clinician="Lee", discipline="SLP", payer="Commercial (midpoint)")
    clock.advance(minutes=10)
    stop()
    bring_in(line("92507", "08:00", "08:10", clinician="", patient="Cem"))

    cems = next(visit for visit in visits_of_today() if visit.patient == "Cem")
    assert (cems.discipline, cems.payer) == ("SLP", "Commercial (midpoint)")
    assert snapshots.visit(clinic, cems.id).record.clinicians == ("Lee",)
    assert snapshots.visit(clinic, cems.id).record.segments[0].role == "therapist"


def test_a_line_goes_to_the_patients_visit_of_that_day(bring_in, open_visit, view):
    visit_id = open_visit("Ann", discipline="OT", payer="Commercial (midpoint)")
    done = bring_in(line("97535"), line("97535", "2026-11-20T09:00", "2026-11-20T09:15"))

    assert done.visits == 1, "the one of the day before"
    assert view(visit_id).minutes_of("97535") == 15


def test_of_several_visits_a_line_goes_to_the_open_one(bring_in, timed, sign, open_visit, view):
    opened = open_visit("Ann", discipline="OT")
    sign(timed("97110", discipline="PT").visit_id)
    bring_in(line("97535", "08:00", "08:15"))

    assert view(opened).minutes_of("97535") == 15


def test_a_code_outside_its_discipline_is_a_warning_on_each_line(bring_in):
    done = bring_in(
        line("97110", "09:00", "09:10", discipline="SLP"),
        line("92507", "09:10", "09:20", discipline="SLP"),
        line("97140", "09:20", "09:30", discipline="SLP"),
    )

    assert [str(each).split(" is not")[0] for each in done.warnings] == [
        "line 2: 97110",
        "line 4: 97140",
    ]


@pytest.mark.parametrize(
    ("lines", "bad", "rule", "words"),
    [
        (
            [line("97110", "09:00", "09:20"), line("97140", "09:10", "09:30")],
            (3,),
            "one-clinician-one-service",
            "line 3: 97140 and 97110 both need Kim one-on-one.*line 2",
        ),
        (
            [line("97110", "09:10", "09:30"), line("97140", "09:00", "09:20")],
            (3,),
            "one-clinician-one-service",
            "line 3: 97140 and 97110 both.*line 2",
        ),
        (
            [line("97112", "09:00", "09:20"), line("97010"), line("G0283", "09:19", "09:30")],
            (3, 4),
            "billed-alone",
            "line 4: 97112 is billed alone: .*G0283 .*line 2",
        ),
        (
            [line("97161", role="aide"), line("97110", "09:20", "09:30", role="student")],
            (2, 3),
            "qualified-only",
            "line 3: A student may time 97110 only with",
        ),
        (
            [line(), line("97140", "09:20", "09:30", payer="Commercial (midpoint)")],
            (3,),
            "one-payer",
            "line 3: Ann's visit of 2026-11-23 is Medicare's",
        ),
    ],
    ids=["the later line", "also where it is earlier", "several", "by itself", "two payers"],
)
def test_lines_that_conflict_are_named_with_what_they_meet(
    bring_in, clinic, dump, lines, bad, rule, words
):
    before = dump()

    with pytest.raises(Refused, match=rf"(?s){words}") as refused:
        bring_in(*lines)
    assert refused.value.lines == bad
    assert refused.value.rule == rule
    assert refused.value.source == clinic.rulebook.rules.source(rule)
    assert refused.value.exit_status == 3
    assert dump() == before


def test_a_line_that_meets_what_is_recorded_names_it(bring_in, timed, dump):
    timed("97110", "Bob")
    before = dump()

    with pytest.raises(Refused, match=r"97110 of Bob, recorded 2026-11-23 10:00:00-10:15:00"):
        bring_in(line(), line("97140", "10:05", "10:10"))
    assert dump() == before


def test_a_line_that_meets_what_runs_is_refused(bring_in, start, clock):
    start("97110", "Bob")
    clock.advance(minutes=30)

    with pytest.raises(Refused, match=r"97110 of Bob, recorded 2026-11-23 10:00:00-\)"):
        bring_in(line("97140", "10:20", "10:25"))


def test_lines_of_a_signed_visit_are_refused(bring_in, timed, sign, dump):
    sign(timed("97110").visit_id)
    before = dump()

    with pytest.raises(Refused, match="is signed: amend it first") as refused:
        bring_in(line("97140", "08:00", "08:10"), line("97140", patient="Bob"))
    assert (refused.value.rule, refused.value.lines) == ("visit-signed", (2,))
    assert dump() == before


def test_the_first_rule_of_the_first_bad_line_is_the_files(bring_in, timed, sign):
    sign(timed("97110").visit_id)

    with pytest.raises(Refused) as refused:
        bring_in(line("97161", "10:05", "10:10", role="aide"))
    assert refused.value.rule == "visit-signed", "the first in the order"


@pytest.mark.parametrize("code", ["97110", "97112", "G0283", "97150", "REST"])
def test_a_file_that_came_in_already_is_told_line_by_line(bring_in, dump, code):
    lines = [line(code), line(code, "09:20", "09:30")]
    bring_in(*lines)
    before = dump()

    with pytest.raises((BadData, Refused)) as told:
        bring_in(*lines)
    assert told.value.lines == (2, 3)
    assert "same" in str(told.value)
    assert dump() == before


def test_a_time_that_stands_twice_in_a_file_is_told(bring_in, dump):
    before = dump()
    with pytest.raises(BadData, match="line 3: it is the same time as line 2") as told:
        bring_in(line("G0283"), line("G0283"))

    assert (told.value.lines, told.value.exit_status) == ((3,), 4)
    assert dump() == before


def test_times_that_touch_and_times_of_other_people_come_in(bring_in):
    done = bring_in(
        line("97112", "09:00", "09:15"),
        line("97110", "09:15", "09:30"),
        line("97110", "09:00", "09:15", patient="Bob", clinician="Lee"),
        line("G0283", "09:15", "09:40", patient="Bob"),
    )
    assert done.segments == 4


def test_a_long_time_meets_what_begins_hours_later(bring_in):
    with pytest.raises(Refused) as refused:
        bring_in(
            line("97112", "2026-11-20T08:00", "2026-11-20T16:00"),
            *(
                line("97110", f"2026-11-20T{h}:00", f"2026-11-20T{h}:10")
                for h in ("08", "12", "15")
            ),
            line("97110", "2026-11-20T16:00", "2026-11-20T16:10"),
        )
    assert refused.value.lines == (3, 4, 5)
