"""Each command of cli.md's table, with each exit status that it can end with.

A row: what was done before, the command, its status, what its JSON holds (for a refusal, what
`error` holds), and what a person reads on stderr. All times are of Monday, 23 November 2026.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

SIGN_OFF = {"rule": "sign-off"}
RUNNING = ("start 97112 --patient P-1 --discipline PT --clinician Ana --at 09:00",)
STOPPED = (*RUNNING, "stop --at 09:24")
SIGNED = (*STOPPED, "sign --patient P-1 --credentials PT")


@dataclass(frozen=True)
class Row:
    command: str
    exit: int
    holds: dict[str, Any] = field(default_factory=dict)
    says: str = ""
    before: tuple[str, ...] = ()


ROWS = [
    Row("units 97112=24 97110=23", 0, {"rule": "cms", "total_units": 3}),
    Row("units 97112=10 97112=14", 0, {"total_minutes": 24}),
    Row("units 97110=20 97140=20 --rule midpoint", 0, {"rule": "midpoint", "total_units": 2}),
    Row("units 97110=20 --payer commercial(midpoint)", 2, says="There is no payer"),
    Row("units 97597=20 --area 97597=2", 0, {"total_units": 2}),
    Row("units 97110=20 --area 97110=2", 2, says="--area is for codes by area"),
    Row("units 99999=10", 2, says="99999 is not in the code book"),
    Row("units 97111=10", 2, says="Did you mean 97110 or 97112"),
    Row("units 97130=10", 2, says="time 97129"),
    Row("units 98975=10", 2, says="billed by the month"),
    Row("units 97110=1441", 2, says="0 to 1440"),
    Row("units 97110=1.5", 2, says="97110=1.5 is not a code and its minutes"),
    Row("units 97110", 2, says="97110 is not a code and its minutes"),
    Row("units", 2, says="Missing argument"),
    Row("units 97110=10 --rule ama", 2, says="'ama' is not one of"),
    Row("conflict 97110 G0283", 0, {"allowed": True}),
    Row("conflict 97110 97110", 0, {"allowed": True, "already": True}),
    Row("conflict 97112 97110", 3, {"rule": "billed-alone"}, "97112 is billed alone"),
    Row("conflict 97112 97112 --other-patient", 3, {"rule": "one-clinician-one-service"}),
    Row("conflict 97110 97150", 3, {"rule": "group-apart"}, "97150 can't run beside 97110"),
    Row("conflict 97110 97161", 3, {"rule": "evaluation-apart"}),
    Row("conflict 97110 REST", 3, {"rule": "rest-apart"}),
    Row("conflict G0283 97110 --role aide", 3, {"rule": "qualified-only"}),
    Row("conflict G0283 97110 --role student --supervisor Bo", 0, {"allowed": True}),
    Row("conflict G0283 92507 --role assistant --payer Medicare", 3, {"rule": "qualified-only"}),
    Row("conflict 97112 99999", 2, says="99999 is not in the code book"),
    Row("conflict 97112 97110 --payer Nobody", 2, says="There is no payer Nobody"),
    Row("conflict 97112", 2, says="Missing argument 'B'"),
    Row("codes", 0),
    Row("codes balance", 0),
    Row("codes nothing-of-that-name", 0, {"codes": []}),
    Row("codes a b", 2, says="unexpected extra argument"),
    Row("payers", 0),
    Row("payers --frob", 2, says="No such option"),
    Row("start 97112 --patient P-1", 0, {"already": False}),
    Row("start 97112 --patient P-1", 0, {"already": True}, before=RUNNING),
    Row("start 97110 --patient P-1 --switch", 0, before=RUNNING),
    Row("start 92507 --patient P-1 --discipline PT", 0, says="92507 is not a code that PT usual"),
    Row("start 97112", 2, says="Missing option '--patient'"),
    Row("start --patient P-1", 2, says="Missing argument 'CODE'"),
    Row("start 9711 --patient P-1", 2, says="Did you mean"),
    Row("start 97130 --patient P-1", 2, says="time 97129"),
    Row("start 98975 --patient P-1", 2, says="billed by the month"),
    Row("start G0541 --patient P-1 --at 2024-12-31T09:00", 2, says="only from 2025-01-01"),
    Row("start 97112 --patient P-1 --payer Nobody", 2, says="There are: Medicare"),
    Row("start 97112 --patient P-1 --discipline MD", 2, says="PT, OT or SLP"),
    Row("start 97112 --patient P-1 --role boss", 2, says="'boss' is not one of"),
    Row("start 97112 --patient P-1 --at 10:01", 2, says="10:01 is in the future"),
    Row("start 97112 --patient P-1 --at noon", 2, says="'noon' is not a time"),
    Row("start 97112 --patient P-1 --patient P-2", 2, says="only a group code takes several"),
    Row("start 97110 --patient P-1", 3, {"rule": "billed-alone"}, "--switch ends 97112", RUNNING),
    Row(
        "start 97110 --patient P-2",
        3,
        {"rule": "one-clinician-one-service"},
        "97112 of P-1 needs Ana alone",
        RUNNING,
    ),
    Row(
        "start 97112 --patient P-1 --clinician Bo",
        3,
        {"rule": "one-patient-one-service"},
        "P-1 already has 97112",
        RUNNING,
    ),
    Row(
        "start 97112 --patient P-1 --payer Commercial",
        2,
        says="There is no payer Commercial.",
        before=RUNNING,
    ),
    Row("start 97112 --patient P-1 --role aide", 3, {"rule": "qualified-only"}),
    Row("start 97110 --patient P-1", 3, {"rule": "visit-signed"}, "ptimer amend", SIGNED),
    Row("stop", 0, {"stopped": []}),
    Row("stop", 0, before=RUNNING),
    Row("stop 97112 --patient P-1 --clinician Ana --at 09:30", 0, before=RUNNING),
    Row("stop 97110", 0, {"stopped": []}, "97112 of P-1 runs since", RUNNING),
    Row("stop 99999", 2, says="99999 is not in the code book"),
    Row("stop --at 08:59", 2, says="it can't end before that", before=RUNNING),
    Row("stop --at 10:01", 2, says="10:01 is in the future", before=RUNNING),
    Row("stop --units 2", 2, says="97112 is counted by ptimer", before=RUNNING),
    Row("stop --units two", 2, says="two is no number of units"),
    Row("status", 0, {"running": [], "visits": []}),
    Row("status --clinician", 2, says="requires an argument"),
    Row("summary", 0, {"date": "2026-11-23", "clinician": None, "visits": []}),
    Row("summary --date 2026-11-22 --clinician Ana", 0, {"date": "2026-11-22", "clinician": "Ana"}),
    Row("summary --date yesterday", 2, says="'yesterday' is not a date"),
    Row("import missing.csv", 2, says="There is no file missing.csv"),
    Row("import", 2, says="Missing argument 'FILE'"),
    Row("sign --patient P-1 --credentials PT", 0, {"closed": True}, before=STOPPED),
    Row("sign --patient P-1", 3, SIGN_OFF, "--credentials TEXT", STOPPED),
    Row("sign --patient P-1 --credentials PT", 3, SIGN_OFF, "97112 still runs", RUNNING),
    Row("sign --patient P-1 --clinician Bo", 3, SIGN_OFF, "Bo treated nothing", STOPPED),
    Row("sign --patient P-1 --credentials PT", 3, {"rule": "visit-signed"}, before=SIGNED),
    Row("sign --patient P-1", 2, says="P-1 has no visit"),
    Row("sign --patient P-1 --choose 97112", 2, says="97112 is not a choice", before=STOPPED),
    Row("sign --patient P-1 --choose 97112=9", 2, says="not one of the ways", before=STOPPED),
    Row(
        "sign --patient P-1 --credentials PT",
        2,
        says="name one with --discipline (OT, PT)",
        before=(*STOPPED, "start 97530 --patient P-1 --discipline OT --at 09:30", "stop"),
    ),
    Row("amend --patient P-1 --why slip", 0, {"patient": "P-1", "status": "open"}, before=SIGNED),
    Row("amend --patient P-1 --why slip", 2, says="there is nothing to amend", before=STOPPED),
    Row("amend --patient P-1", 2, says="Missing option '--why'", before=SIGNED),
    Row("amend --patient P-7 --why slip", 2, says="P-7 has no visit", before=SIGNED),
    Row("export -o lines.csv", 0, {"rows": 0}, "held back, not signed: P-1", STOPPED),
    Row("export -o lines.csv --include-unsigned", 0, {"rows": 1, "units": 2}, before=STOPPED),
    Row("export -o lines.csv", 0, {"rows": 1, "visits": 1, "held_back": []}, before=SIGNED),
    Row("export -o lines.csv --layout segments", 0, {"rows": 1}, before=SIGNED),
    Row("export", 2, says="--json needs -o FILE"),
    Row("export -o missing/lines.csv", 2, says="There is no folder missing for lines.csv"),
    Row("export -o . --date 2026-11-23", 2, says=". is a folder"),
    Row("export -o lines.csv --date 2026-11-23 --to 2026-11-23", 2, says="not both"),
    Row("export -o lines.csv --from 2026-11-23 --to 2026-11-22", 2, says="lies before --from"),
    Row("export -o lines.csv --to 2026-11-23", 2, says="needs --from: name the first day"),
    Row("export -o lines.csv --delimiter ab", 2, says="'ab' can't separate cells"),
    Row("backup kept.db", 0, {"visits": 1, "segments": 1}, before=STOPPED),
    Row("backup .", 2, says=". is a folder"),
    Row("restore kept.db", 0, {"visits": 0}, before=("backup kept.db", *STOPPED)),
    Row("restore missing.db", 2, says="There is no file missing.db"),
    Row("check", 0, {"ok": True, "visits": 1, "segments": 1}, before=STOPPED),
    Row("check --deep", 2, says="No such option"),
    Row("demo", 0, {"date": "2026-11-23", "visits": 9}),
    Row("demo here", 2, says="unexpected extra argument"),
    Row("frobnicate", 2, says="ptimer --help says more"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.command} -> {row.exit}")
def test_each_command_ends_with_its_exit_status(row, ptimer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ptimer.do(*row.before)
    before = ptimer.recorded()

    result = ptimer("--json", *row.command.split())

    assert result.exit == row.exit, result.err
    told = result.json if result.exit == 0 else result.error
    assert told | row.holds == told, "what the row names is in the document"
    assert row.says in result.err
    if result.exit:
        assert ptimer.recorded() == before, "what is refused changes nothing"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.command} -> {row.exit}")
def test_without_json_a_person_reads_the_same(row, ptimer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ptimer.do(*row.before)

    result = ptimer(*row.command.split())

    if row.command == "export":
        assert result.exit == 0, "the CSV itself goes to stdout"
        return
    assert result.exit == row.exit
    assert row.says in result.err
    assert bool(result.out.strip()) is (result.exit == 0), "there is always an answer"
