"""`import`: all of a file or none of it, and each bad line named (cli.md, Files)."""

import pytest

from tests.cli.command_line import COLUMNS, segments_file

REQUIRED = "patient,payer,discipline,clinician,role,code,start,end,note"


def line(
    patient="P-1",
    code="97110",
    start="08:00",
    end="08:30",
    *,
    payer="Medicare",
    discipline="PT",
    clinician="Ana",
    role="therapist",
    more="",
):
    """Return a line of Monday's file; `more` stands behind the end: note, supervisor, units."""
    times = (f"2026-11-23T{time}" if len(time) == 5 else time for time in (start, end))
    return ",".join((patient, payer, discipline, clinician, role, code, *times)) + more


@pytest.fixture
def bring_in(ptimer, tmp_path):
    """Import a file of some lines, and see that a refused one leaves nothing behind."""

    def bring_in(*lines, columns=COLUMNS, words=()):
        name = segments_file(tmp_path / "in.csv", *lines, columns=columns)
        before = ptimer.recorded()
        result = ptimer("import", name, "--json", *words)
        if result.exit or "--dry-run" in words:
            assert ptimer.recorded() == before
        return result

    return bring_in


def test_what_came_in_is_counted(bring_in, ptimer):
    result = bring_in(line(), line(code="97112", start="08:30", end="08:53"), line("P-2", "G0283"))

    assert result.json == {"segments": 3, "visits": 2, "dry_run": False, "warnings": []}
    assert ptimer.summary()["totals"]["timed_minutes"] == 53
    assert ptimer("import", "--help").exit == 0


def test_one_segment_is_told_as_one(ptimer, tmp_path):
    name = segments_file(tmp_path / "in.csv", line())

    assert ptimer("import", name).out == "1 segment came in, 1 new visit\n"


def test_a_dry_run_checks_all_and_records_nothing(bring_in, ptimer):
    assert bring_in(line(), words=["--dry-run"]).json["segments"] == 1
    assert bring_in(line(code="x"), words=["--dry-run"]).exit == 4
    assert bring_in(line(role="aide"), words=["--dry-run"]).exit == 3
    assert ptimer.summary()["visits"] == []


BAD_LINES = {
    "unknown code": (line(code="97111"), "Did you mean 97110 or 97112?"),
    "add-on": (line(code="97130"), "time 97129"),
    "monthly": (line(code="98975"), "billed by the month"),
    "not in force": (
        line(code="G0541", start="2024-12-30T09:00", end="2024-12-30T09:30"),
        "only from 2025-01-01",
    ),
    "no code": (line(code=""), "'' is not in the code book"),
    "unknown payer": (line(payer="Nobody"), "There is no payer Nobody. There are: Medicare"),
    "unknown discipline": (line(discipline="MD"), "MD is not a discipline: PT, OT or SLP"),
    "unknown role": (line(role="boss"), "boss is not a role: therapist, assistant"),
    "end before start": (line(end="07:59"), "ends at 2026-11-23T07:59, not after its start"),
    "end at start": (line(end="08:00"), "not after its start"),
    "bad time": (line(start="eight"), "eight' is not a time"),
    "future": (line(end="10:01"), "2026-11-23T10:01 is in the future"),
    "no patient": (line(patient=""), "The patient id is empty"),
    "patient too long": (line(patient="P" * 300), "has 300 characters: use at most 100"),
    "patient unseen": (line(patient="P\u200b"), "can't be seen"),
    "clinician not printable": (line(clinician="A\x07"), "can't be printed"),
    "note too long": (line(more="," + "n" * 2001), "use at most 2000"),
    "note of two lines": (line(more=',"a\nb"'), "can't be printed"),
    "units of a timed code": (line(more=",,,3"), "units are typed only by area"),
    "units that are none": (line(code="97597", more=",,,-3"), "-3 is no number of units"),
    "too few cells": ('P-1,"Medicare"\n', "it has 2 cells, the header 11"),
    "too many cells": (line(more=",,,,over"), "it has 12 cells, the header 11"),
    "unquoted comma": (line(more=",sat, stood, walked, ran"), "put quotation marks around a text"),
}


@pytest.mark.parametrize(("bad", "says"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_with_what_is_wrong(bring_in, tmp_path, ptimer, bad, says):
    file = "short.csv" if bad.endswith("\n") else "in.csv"
    if bad.endswith("\n"):  # as it is, not filled up to the header's width
        name = tmp_path / file
        name.write_text(f"{COLUMNS}\n{line()},,,\n{bad}", "utf-8")
        result = ptimer("import", str(name), "--json")
    else:
        result = bring_in(line(), bad, line("P-3", start="09:00", end="09:10"))

    assert (result.exit, result.error["lines"]) == (4, [3])
    assert result.error["reason"].startswith(f"Nothing came in from {file}. line 3: ")
    assert says in result.error["reason"]
    assert ptimer.summary()["visits"] == []


def test_every_bad_line_is_named(bring_in):
    lines = [line(code=f"x{number}") for number in range(60)]

    result = bring_in(*lines)

    assert result.error["lines"] == list(range(2, 62))
    assert result.err.startswith(
        "Nothing came in from in.csv: 60 lines are wrong\nline 2: x0 is not"
    )
    assert [f"line {number}: x{number - 2} " in result.err for number in range(2, 62)] == [
        True
    ] * 60


def test_of_more_than_a_thousand_the_numbers_are_named(bring_in):
    result = bring_in(*[line(code="x") for _ in range(1200)], line(), line(code="x"))

    assert result.error["lines"] == [*range(2, 1202), 1203]
    assert "\nline 1001: x is not" in result.err
    assert result.err.endswith("\nand in the same way lines 1002-1201, 1203\n")


CONFLICTS = {
    "qualified-only": [line(role="aide")],
    "evaluation-apart": [line(), line(code="97161", start="08:10")],
    "group-apart": [line(), line("P-2", "97150", start="08:10")],
    "billed-alone": [line(code="97112"), line(code="G0283", start="08:10", clinician="Bo")],
    "one-clinician-one-service": [line(), line("P-2", "97140", start="08:29")],
    "one-patient-one-service": [line(), line(code="97140", start="08:29", clinician="Bo")],
    "rest-apart": [line(), line(code="REST", start="08:29", clinician="Bo")],
    "one-payer": [line(), line(payer="Commercial (midpoint)", start="08:40", end="08:50")],
}


@pytest.mark.parametrize("rule", CONFLICTS)
def test_a_conflict_names_its_rule_and_the_later_line(bring_in, rule):
    lines = CONFLICTS[rule]
    result = bring_in(*lines)

    assert (result.exit, result.error["rule"]) == (3, rule)
    assert result.error["lines"] == [len(lines) + 1]
    assert result.error["source"]
    if len(lines) > 1 and rule != "one-payer":
        assert "(line 2)" in result.error["reason"], "what it meets"


def test_each_of_several_conflicts_names_its_rule(bring_in):
    result = bring_in(line(), line(code="97112", start="08:10"), line("P-2", start="08:10"))

    heading, second, third, source = result.err.splitlines()
    assert (result.exit, result.error["lines"]) == (3, [3, 4])
    assert heading == "Nothing came in from in.csv: 2 lines are wrong"
    assert second.startswith("line 3: 97112 is billed alone")
    assert second.endswith(" (line 2) [billed-alone]")
    assert third.startswith("line 4: 97110 of P-1 needs Ana alone")
    assert third.endswith(" [one-clinician-one-service]")
    assert source == f"[{result.error['rule']}; {result.error['source']}]"
    assert result.error["rule"] == "billed-alone", "the first line's"


def test_of_several_conflicts_of_a_line_the_first_in_the_rules_order_is_named(bring_in):
    result = bring_in(line(clinician="Bo"), line("P-2"), line(code="97112", start="08:10"))

    assert (result.error["rule"], result.error["lines"]) == ("billed-alone", [4])
    assert "(line 2)" in result.error["reason"], "and not the clinician's other patient"


def test_the_order_of_the_lines_and_not_of_the_times_says_which_is_the_later(bring_in):
    result = bring_in(line(start="08:10"), line("P-2", "97140", start="08:00"))

    assert result.error["lines"] == [3]
    assert "(line 2)" in result.error["reason"]


def test_lines_need_no_order(bring_in, ptimer):
    bring_in(
        line(start="09:00", end="09:10"), line(start="08:00"), line(start="08:40", end="08:50")
    )

    times = ptimer.summary()["visits"][0]["lines"][0]["segments"]
    assert [start for start, _ in times] == ["08:00:00", "08:40:00", "09:00:00"]


def test_all_conflicts_are_named_at_once(bring_in):
    result = bring_in(line(), line("P-2"), line("P-3"), line("P-4", "G0283"))

    assert result.error["lines"] == [3, 4]
    assert "line 3: " in result.err
    assert "line 4: " in result.err


def test_a_line_that_meets_the_record_says_what_it_meets(bring_in, ptimer):
    ptimer.do("start 97140 --patient P-2 --clinician Ana --at 08:20", "stop --at 08:40")

    result = bring_in(line())

    assert (result.exit, result.error["lines"]) == (3, [2])
    assert "(97140 of P-2, recorded 2026-11-23 08:20:00-08:40:00)" in result.error["reason"]


def test_the_same_file_twice_comes_in_once(bring_in, ptimer):
    bring_in(line())

    result = bring_in(line())

    assert result.exit == 3
    assert "which says the same" in result.error["reason"]
    assert ptimer.summary()["totals"]["timed_minutes"] == 30


def test_a_modality_given_twice_is_bad_data(bring_in):
    result = bring_in(line(code="G0283"), line(code="G0283"))

    assert (result.exit, result.error["lines"]) == (4, [3])
    assert "it is the same time as line 2" in result.error["reason"]


def test_a_signed_visit_takes_nothing_from_a_file(bring_in, ptimer):
    bring_in(line())
    ptimer.do("sign --patient P-1 --clinician Ana --credentials PT")

    assert bring_in(line(start="09:00", end="09:10")).error["rule"] == "visit-signed"


def test_a_code_outside_the_discipline_is_a_warning_on_every_such_line(bring_in):
    lines = [line(start=f"08:{m:02d}", end=f"08:{m + 1:02d}", code="92507") for m in range(25)]

    result = bring_in(line(start="07:00", end="07:10"), *lines)

    warnings = result.json["warnings"]
    assert warnings[0].startswith("line 3: 92507 is not a code that PT usually bills")
    assert len(warnings) == 21
    assert warnings[-1] == "and 5 more lines like these"
    assert warnings == result.err.splitlines()


def test_columns_that_are_not_read_are_named(bring_in):
    result = bring_in("x," + line() + ",,y", columns=f"room,{REQUIRED},colour")

    assert result.json["warnings"] == ["Columns that are not read: room, colour"]


def test_supervisor_and_units_may_be_left_out_and_columns_stand_in_any_order(bring_in, ptimer):
    columns = "end,start,note,code,role,clinician,discipline,payer,patient"
    bring_in(
        "2026-11-23T08:20,2026-11-23T08:00,,97110,therapist,Ana,PT,Medicare,P-1", columns=columns
    )

    assert ptimer.summary()["totals"]["timed_minutes"] == 20


def test_everything_a_line_can_say_is_recorded(bring_in, ptimer):
    bring_in(
        line(role="student", more=",first time,Bo"),
        line("P-2", "97597", clinician="Cy", more=",,,4"),
    )

    student, wound = ptimer.summary()["visits"]
    assert student["clinicians"] == ["Ana"]
    assert [(each["code"], each["units"]) for each in wound["lines"]] == [
        ("97597", 1),
        ("97598", 3),
    ]
    signed = ptimer(
        "sign", "--patient", "P-1", "--clinician", "Ana", "--credentials", "SPT", "--json"
    )
    assert signed.json["waiting_for"] == ["Bo"], "who supervised signs, too"
