"""The command line, run as a program would run it: words in; exit status, stdout, stderr out."""

import io
import json
import shlex
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from ptimer.cli.main import run
from ptimer.timing.clock import ManualClock

NOW = "2026-11-23T10:00:00"

STATUSES = {0, 2, 3, 4, 5}

COLUMNS = "patient,payer,discipline,clinician,role,code,start,end,note,supervisor,units"

OF_ITSELF = ("clock_mark", "rulebook_cache", "sqlite_sequence")
"""Tables that tell nothing of what a person did."""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    exit: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def error(self):
        return self.json["error"]


def check_manners(result, as_json):
    """Check what cli.md promises of every command, whatever it was asked."""
    assert result.exit in STATUSES
    assert "Traceback" not in result.err
    if as_json:
        assert result.out.count("\n") == 1, "one document on one line, and nothing else"
        document = json.loads(result.out)
        if result.exit:
            assert document["error"]["exit"] == result.exit
            assert document["error"]["reason"] in result.err, "the sentence stands there, too"
    elif result.exit:
        assert result.out == "", "what went wrong is no result"
    if result.exit:
        assert result.err.strip(), "a person is told"


class Ptimer:
    """Runs commands on one folder, on a clock that stands still until it is moved."""

    def __init__(self, folder: Path, clock: ManualClock):
        self.folder = folder
        self.clock = clock

    @property
    def database(self) -> Path:
        return self.folder / "ptimer.db"

    def __call__(self, *words: str, as_json: bool | None = None) -> Result:
        """Run one command, and see in passing that it has manners."""
        return self.bare("--data-dir", str(self.folder), *words, as_json=as_json)

    def bare(self, *words: str, as_json: bool | None = None) -> Result:
        """Run one command that is not told where the record is.

        `as_json` says whether a document is asked for, where the words alone do not tell.
        """
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            status = run(words, self.clock)
        result = Result(status, _text(out), _text(err))
        check_manners(result, "--json" in words if as_json is None else as_json)
        return result

    def do(self, *commands: str) -> list[Result]:
        """Run commands that must succeed, each given as one text; return what came of each."""
        results = []
        for words in commands:
            results.append(self(*shlex.split(words)))
            assert results[-1].exit == 0, f"ptimer {words}: {results[-1].err}"
        return results

    def summary(self, day: str | None = None):
        """Return a day as the summary's JSON has it."""
        return self("summary", "--json", *(("--date", day) if day else ())).json

    def recorded(self) -> list[tuple[object, ...]]:
        """Return every row that a person's doing left, to see that nothing changed."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(self.database)) as connection:
            tables = connection.execute("select name from sqlite_schema where type = 'table'")
            names = sorted(name for (name,) in tables if not name.startswith(OF_ITSELF))
            return [
                (name, *row)
                for name in names
                for row in connection.execute(f"select * from {name}")  # noqa: S608
            ]


def at(text: str, zone=UTC) -> ManualClock:
    """Return a clock that stands at a local time."""
    return ManualClock.at_local(text, zone)


def segments_file(path: Path, *lines: str, columns: str = COLUMNS) -> str:
    """Write a segments file and return its name; lines may leave out what stands last."""
    width = columns.count(",")
    filled = [line + "," * (width - line.count(",")) for line in lines]
    path.write_text("\r\n".join([columns, *filled, ""]), encoding="utf-8", newline="")
    return str(path)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")
