"""Any command may be the first: a writing one makes the record, a reading one makes nothing."""

import pytest

from ptimer.cli.main import COMMANDS
from tests import cms_samples
from tests.cli.command_line import segments_file

MAKES_NOTHING = {
    "units": ("units 97112=24", 0, "97112     24 min    2 u"),
    "conflict": ("conflict 97112 97110", 3, ""),
    "codes": ("codes stim", 0, "G0283"),
    "payers": ("payers", 0, "Medicare"),
    "rules": ("rules", 0, "extract of 2024-07-01"),
    "stop": ("stop", 0, "nothing was running"),
    "status": ("status", 0, "nothing is running, no visits today"),
    "skilled": ("skilled --patient P-1 --outcome well", 2, ""),
    "goals": ("goals --patient P-1", 0, "P-1 has no goals"),
    "sign": ("sign --patient P-1 --credentials PT", 2, ""),
    "amend": ("amend --patient P-1 --why slip", 2, ""),
    "versions": ("versions --patient P-1", 0, "P-1 has no visit"),
    "clinicians": ("clinicians", 0, "no clinician is known yet"),
    "education": ("education --clinician Ana", 0, "nothing is recorded of Ana"),
    "attest": ("attest --patient P-1", 2, ""),
    "fees": ("fees", 0, "no fees are known"),
    "why": ("why --patient P-1", 0, "P-1 has no visit"),
    "summary": ("summary", 0, "2026-11-23: no visits"),
    "day-proof": ("day-proof", 0, "2026-11-23: nothing is recorded yet"),
    "audit-packet": ("audit-packet --patient P-1 --from 2026-11-01 -o a.pdf", 0, "no visit"),
    "export": ("export", 0, "line_id,encounter_id,line_status"),
    "batches": ("batches", 0, "no file was made yet"),
    "layouts": ("layouts", 0, "standard (1): dates YYYY-MM-DD"),
    "backup": ("backup", 0, "there is nothing to back up"),
    "backups": ("backups", 0, "there is no backup of"),
    "salvage": ("salvage -o new.db", 2, ""),
    "check": ("check", 0, "there is nothing to check"),
}

MAKES_A_RECORD = ("start", "import", "restore")

ONLY_READS = [
    "units 97112=24 --payer Medicare",
    "conflict 97110 G0283",
    "codes",
    "payers",
    "rules",
    "rules import 2026q3.txt --dry-run",
    "stop 97112 --patient P-1 --clinician Ana --at 09:00",
    "status --clinician Ana",
    "summary --date 2026-01-01 --clinician Ana",
    "day-proof --date 2026-01-01 --clinician Ana",
    "export --layout segments",
    "export -o lines.csv",
    "export -o segments.csv --layout segments --include-unsigned",
    "batches",
    "layouts",
    "goals --patient P-1",
    "fees --year 2026",
    "why --patient P-1",
    "backup kept.db",
    "backups",
    "check --json",
    "import good.csv --dry-run",
]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "2026q3.txt").write_bytes(cms_samples.ptp_text(cms_samples.pair_rows()))
    segments_file(
        here / "good.csv", "P-1,Medicare,PT,Ana,therapist,97110,2026-11-23T08:00,2026-11-23T08:30"
    )


def test_every_command_is_told_apart():
    apart = {"demo"}  # has a folder of its own
    assert {*MAKES_NOTHING, *MAKES_A_RECORD, *apart} == set(COMMANDS)


@pytest.mark.parametrize("word", MAKES_NOTHING)
def test_a_command_that_records_nothing_makes_nothing(word, first):
    words, status, says = MAKES_NOTHING[word]

    result = first(*words.split())

    assert result.exit == status, result.err
    assert says in result.out
    assert not first.folder.exists()


@pytest.mark.parametrize("words", ONLY_READS)
def test_reading_an_empty_folder_ends_with_0_and_leaves_it_empty(words, first):
    first.folder.mkdir()

    assert first(*words.split()).exit == 0
    assert list(first.folder.iterdir()) == []


@pytest.mark.parametrize(
    "words", ["stop 9711", "stop --at noon", "stop --units x", "stop --at 11:00"]
)
def test_a_slip_in_a_stop_is_told_also_where_nothing_was_recorded(words, first):
    assert first(*words.split()).exit == 2
    assert not first.folder.exists()


def test_a_start_makes_the_record_and_the_folders_above_it(first):
    first.folder = first.folder / "deeper" / "still"

    first.do("start 97112 --patient P-1")

    assert [file.name for file in first.folder.iterdir()] == ["ptimer.db"]
    assert first("check").exit == 0


def test_an_import_makes_the_record(first):
    first.do("import good.csv", "check")

    assert first.summary()["totals"]["units"] == 2


def test_a_dry_run_says_what_would_come_in(first):
    result = first("import", "good.csv", "--dry-run", "--json")

    assert result.json == {"segments": 1, "visits": 1, "dry_run": True, "warnings": []}


def test_a_restore_makes_the_record(first, signed, tmp_path):
    signed.do("backup kept.db")
    first.folder = tmp_path / "new"

    result = first("restore", "kept.db", "--json")

    assert (result.json["kept"], result.json["visits"]) == (None, 2)
    assert first.summary()["totals"]["visits"] == 2


def test_the_demo_has_a_folder_of_its_own_and_leaves_the_record_alone(signed):
    before = signed.recorded()

    made = signed("demo", "--json").json

    assert signed.recorded() == before
    assert made["folder"] == str(signed.folder / "demo")
    assert made["folder"] in signed("demo").out, "the folder is printed"
    signed.folder = signed.folder / "demo"
    assert signed.summary()["totals"]["visits"] == 9


def test_the_header_of_an_empty_record_ends_as_rfc_4180_says(first):
    assert first("export").out.endswith("layout_version\r\n")
    assert first("export", "--layout", "segments").out == (
        "patient,payer,discipline,clinician,role,code,start,end,note,supervisor,units\r\n"
    )
