"""Every file that ptimer writes of a record that holds anything: whatever stands in it is text.

What a person types is looked at before it is kept (test_hostile_words.py). Here the record itself
holds what nobody may type, as one does that another program wrote or that was damaged.
"""

import csv
import io
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from ptimer.operations import corrections, signing, typed_text, unsaved_files, visiting
from ptimer.operations.clinic import open_clinic
from ptimer.operations.corrections import NewTime
from ptimer.operations.signing import SignWish
from ptimer.operations.unsaved import Action, Unsaved
from ptimer.operations.unsaved_csv import Kept
from ptimer.reports.cells import as_typed
from ptimer.timing.clock import MINUTE
from tests.cli.command_line import NOW, Ptimer, at

HOSTILE = {
    "a sum": "=1+1",
    "a command": "+cmd|' /C calc'!A0",
    "a minus": "-2+3",
    "a function": "@SUM(A1)",
    "a tab": "\t=1+1",
    "a line's end": "\r=1+1",
    "two lines": "P\r\n=1+1,x\n@y",
    "wide": "\uff1d1",
    "markup": "<b>bold</b>&amp;<script>",
    "a picture": "<img src='file:///etc/passwd'>",
    "a folder above": "../../../x",
    "a device": "CON",
    "quotes": '"\'`;--""',
    "a null": "P\0Q",
    "a terminal's": "\x1b]0;x\x07",
    "right to left": "\u202egnp.exe\u202c",
    "a PDF's": ") /URI (http://x) <</S /JavaScript>>",
    "long": "W" * 10_000,
}
DAY = "2026-11-23"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A record of a day with a visit of each, by a clinician of each, signed, amended, exported."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_name", "_line"):
            patch.setattr(typed_text, name, lambda text, *_: text)
        ptimer = Ptimer(tmp_path_factory.mktemp("hostile"), at(NOW))
        clinic = open_clinic(ptimer.folder, at(NOW))
        for number, text in enumerate(HOSTILE.values(), start=1):
            _record(clinic, text, clinic.clock.now() - number * 20 * MINUTE)
        clinic.close()
        result = ptimer("layouts", "--save", HOSTILE["a sum"], "--columns", "patient_id==MRN")
        assert result.exit == 0, result.err
    return ptimer


def _record(clinic, text, began):
    visit = visiting.open_visit(clinic, text, payer="Medicare", discipline="OT").id
    time = NewTime(visit, "97110", began, began + 15 * MINUTE, text, note=text)
    corrections.add(clinic, time, text)
    signing.sign(clinic, visit, SignWish(text, text))
    signing.amend(clinic, visit, text)


@pytest.fixture
def ptimer(kept, tmp_path, monkeypatch):
    """The command line on a copy of it, which takes any words, too."""
    for name in ("_name", "_line"):
        monkeypatch.setattr(typed_text, name, lambda text, *_: text)
    shutil.copytree(kept.folder, tmp_path / "record")
    return Ptimer(tmp_path / "record", at(NOW))


def _printed(*words):
    return lambda ptimer, _: ptimer(*words)


def _salvaged(ptimer, file):
    """Salvage a record in which each time stands twice."""
    with closing(sqlite3.connect(ptimer.database)) as connection, connection:
        for (name,) in connection.execute(
            "select name from sqlite_schema where type = 'trigger' and sql like '%on segments%'"
        ).fetchall():
            connection.execute(f"drop trigger {name}")
        named = connection.execute("select name from pragma_table_info('segments')")
        names = [name for (name,) in named if name != "id"]
        connection.execute(
            f"insert into segments (id, {', '.join(names)}) "  # noqa: S608
            f"select substr(id, 1, 35) || (substr(id, -1) = '0'), {', '.join(names)} from segments"
        )
    return ptimer("salvage", "-o", str(file.with_name("new.db")))


def _presses(ptimer, file):
    now = at(NOW).now()
    presses = [
        Unsaved(f"p-{number}", now, Action.START, "97110", (text,), text, payer=text)
        for number, text in enumerate(HOSTILE.values())
    ]
    unsaved_files.save_copy(ptimer.folder, file, Kept(tuple(presses), now))


TABLES = {
    "a biller's": _printed("export", "--include-unsigned"),
    "a biller's, semicolons": _printed("export", "--include-unsigned", "--delimiter", ";"),
    "a biller's own": _printed("export", "--include-unsigned", "--mapping", HOSTILE["a sum"]),
    "segments": _printed("export", "--include-unsigned", "--layout", "segments"),
    "clinicians": lambda ptimer, file: ptimer("clinicians", "--export", str(file)),
    "what a salvage leaves over": _salvaged,
    "presses that wait": _presses,
}


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_of_a_table_is_run_and_each_says_what_is_recorded(ptimer, tmp_path, table):
    file = tmp_path / "out.csv"
    made = TABLES[table](ptimer, file)
    assert made is None or made.exit == 0, made.err
    written = tmp_path / "new-left-over.csv" if table.startswith("what a salvage") else file
    text = written.read_bytes().decode() if written.exists() else made.out

    delimiter = ";" if "semicolons" in table else ","
    cells = [
        c for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for c in row
    ]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n\uff1d")] == []
    assert set(HOSTILE.values()) - {as_typed(cell) for cell in cells} == set()


PAPERS = {
    "audit packet": ("audit-packet", "--patient", "{text}", "--from", DAY),
    "day's proof": ("day-proof", "--clinician", "{text}"),
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "what", ["markup", "a picture", "a null", "right to left", "a PDF's", "two lines", "long"]
)
def test_nothing_on_paper_is_a_link_or_a_script(ptimer, tmp_path, paper, what):
    text, file = HOSTILE[what], tmp_path / "out.pdf"
    made = ptimer(*(word.replace("{text}", text) for word in PAPERS[paper]), "-o", str(file))

    assert made.exit == 0, made.err
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    assert re.search(rb"/(URI|JavaScript|JS|Launch|OpenAction|EmbeddedFile)\b", content) is None
    if text.isprintable() and text.isascii() and shutil.which("pdftotext"):
        assert "".join(text.split())[:60] in "".join(_words_of(content).split())


def _words_of(content):
    words = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(words, input=content, capture_output=True, check=True).stdout.decode()


def test_no_file_appears_but_where_it_was_named(ptimer, tmp_path):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    for text in HOSTILE.values():
        assert ptimer("why", "--patient", text).exit in (0, 2)
    for words in ("summary", "status", "clinicians", "batches"):
        assert ptimer(*words.split()).exit == 0
    after = {path for path in tmp_path.rglob("*") if path.is_file()}

    assert {path.name for path in after - before} <= {"ptimer.db-wal", "ptimer.db-shm"}
    assert ptimer("check").exit == 0
