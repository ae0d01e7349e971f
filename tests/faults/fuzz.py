"""Whatever is typed, and whatever a file holds: told, no traceback, no hang, nothing changed.

Every word with all its options, as the command line itself lists them, and every file that ptimer
reads, made by hypothesis. Alone: `python -m tests.faults.fuzz RUNS [SEED]` tells what came of it.
"""

import contextlib
import json
import os
import shlex
import shutil
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import click
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from ptimer.cli.main import Words
from ptimer.operations import unsaved_csv
from tests import cms_samples
from tests.cli.command_line import COLUMNS, NOW, Ptimer, at
from tests.faults.outcome import Outcome

HANGS_AFTER_S = 5
CHUNK = 40
"""Inputs that are made in one go; a failure ends the go, and the next one begins."""

SHARED = {"json", "data_dir"}
"""Given by the bench itself."""

NUMBERS = ["0", "7", "24", "-1", "1e3", "٣", "99999999999999999999", "0.5", "NaN", "1,000"]
CODES = ["97112", "97110", "97130", "98975", "G0283", "97150", "97597", "REST", "NB", "x", ""]
NAMES = ["P-1", "P-2", "Ana", "Bo", "Medicare", "Own Payer", "Layout", "student", "OT", "cms"]
TIMES = [
    "09:00",
    "2026-11-22T23:50",
    "23:59",
    "2026-11-23",
    "noon",
    "1999-01-01T00:00",
    "2026-13-1",
]
HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "'; drop table visits; --",
    '" or 1=1 --',
    "<b>x</b><img src='file:///etc/passwd'>",
    "../../../etc/passwd",
    "..\\..\\x",
    "{0} {patient} {",
    "%s%n%x",
    "a\nb\r\nc\td",
    "\u202eevil\u0000",
    "\ud800",
    "نص 漢字 🦄" * 3,
    "x" * 5000,
]
FILES = [
    "in.csv",
    "in.zip",
    "in.xlsx",
    "in.db",
    "out.csv",
    "no/where",
    "record/ptimer.db",
    ".",
    "-",
]
WORDS = st.one_of(
    st.sampled_from([*NUMBERS, *CODES, *NAMES, *TIMES, *HOSTILE, *FILES]),
    st.builds("{}={}".format, st.sampled_from(CODES), st.sampled_from(NUMBERS)),
    st.builds(
        "{}={}:{}".format, st.sampled_from(CODES), st.sampled_from(NUMBERS), st.just("cut:x")
    ),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Cs"]), max_size=5),
)
LIKELY = {
    "--patient": st.sampled_from(["P-1", "P-2", *HOSTILE[:4]]),
    "--clinician": st.sampled_from(["Ana", "Bo", *HOSTILE[:4]]),
    "--payer": st.sampled_from(["Medicare", "Own Payer", "x"]),
    "--discipline": st.sampled_from(["PT", "OT", "SLP", "x"]),
    **dict.fromkeys(
        ("--date", "--from", "--to"), st.sampled_from(["2026-11-23", "2026-11-22", "x"])
    ),
    "--file": st.sampled_from(FILES),
    "--output": st.sampled_from(FILES),
    "--export": st.sampled_from(FILES),
}


class Hanging(BaseException):
    """An input that took longer than anybody waits; no handler of ours may swallow it."""


@contextlib.contextmanager
def watched():
    """End what hangs; where the system knows no such alarm, the run as a whole is waited for."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def over(*_):
        raise Hanging

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, HANGS_AFTER_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# -- words -----------------------------------------------------------------------------------------


def commands_of(group, before=()):
    """Every command with the words that lead to it, and its options."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from commands_of(command, (*before, name))


def _option(option):
    """Make an option as it may be typed: with one of its choices, or with anything."""
    name = st.sampled_from([*option.opts, *option.secondary_opts])
    if option.is_flag:
        return name.map(lambda typed: [typed])
    value = LIKELY.get(max(option.opts, key=len), WORDS)
    if isinstance(option.type, click.Choice):
        value = st.one_of(st.sampled_from(list(option.type.choices)), WORDS)
    return st.one_of(
        st.tuples(name, st.one_of(value, WORDS)).map(list),
        name.map(lambda typed: [typed]),
    )


def _words_of(path, command):
    options = [p for p in command.params if isinstance(p, click.Option) and p.name not in SHARED]
    needed = [_option(p) for p in options if p.required]
    free = st.lists(st.one_of(*map(_option, options), WORDS.map(lambda word: [word])), max_size=5)
    return st.builds(
        lambda first, rest: [*path, *(word for part in (*first, *rest) for word in part)],
        st.tuples(*needed),
        free,
    )


ANY_WORDS = st.one_of(
    [_words_of(path, command) for path, command in commands_of(Words(name="ptimer"))]
)


# -- files -----------------------------------------------------------------------------------------


def _changed(content, changes):
    """Return bytes with some taken out, put in, turned over or said twice."""
    made = bytearray(content)
    for kind, place, piece in changes:
        here = place % (len(made) + 1)
        if kind == "put in":
            made[here:here] = piece
        elif kind == "write over":
            made[here : here + len(piece)] = piece
        elif kind == "cut off":
            del made[here:]
        elif kind == "take out":
            del made[here : here + 1 + len(piece) ** 2]
        elif kind == "say twice":
            made[here:here] = made[max(here - 200, 0) : here]
        elif made:
            made[min(here, len(made) - 1)] ^= 1 << (place % 8)
    return bytes(made)


PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([*HOSTILE, *NUMBERS, *CODES, *TIMES, "\n", ",", ";", '"', "\t", "\ufeff"]).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["put in", "write over", "cut off", "take out", "say twice", "turn"]),
        st.integers(0, 1 << 20),
        PIECES,
    ),
    max_size=6,
)

SEGMENTS = "\r\n".join(
    [
        COLUMNS,
        "P-3,Medicare,PT,Ana,therapist,97110,2026-11-23T07:00,2026-11-23T07:05,,,",
        "P-4,Medicare,OT,Bo,student,97112,2026-11-23T07:00,2026-11-23T07:20,'=1,Ana,",
        "P-4,,OT,Bo,assistant,G0283,2026-11-22T07:00,2026-11-22T07:20,a note,,",
        "",
    ]
).encode()
FEES = b"code,fee\r\n97112,36.50\r\n97110,30\r\n"
PRESSES = "\r\n".join(
    [
        ",".join(unsaved_csv.COLUMNS),
        "01a207da-0b60-7c22-9976-1ee010e8fce5,2026-11-23T08:40:00.000+00:00,start,P-7,Medicare,OT,"
        "Ana,therapist,,,97112,",
        "01a207da-0b60-7c22-9976-1ee010e8fce6,2026-11-23T08:50:00.000+00:00,stop,P-7,,,Ana,"
        "therapist,,,97112,",
        "",
    ]
).encode()


def _samples(folder):
    """Make one good file of each kind that ptimer reads; return its bytes, and how it is read."""
    rows = cms_samples.pair_rows()[:40]
    ptp = cms_samples.ptp_file(folder, rows)
    mue = cms_samples.mue_file(folder)
    sheet = cms_samples.ptp_sheet(folder / f"{cms_samples.PTP_NAME}.xlsx", rows)
    units = folder / f"{cms_samples.MUE_NAME}.csv"
    units.write_bytes(cms_samples.mue_text())
    pairs = folder / f"{cms_samples.PTP_NAME}.txt"
    pairs.write_bytes(cms_samples.ptp_text(rows))
    found = [
        ("in.csv", SEGMENTS, ["import"]),
        ("in.csv", SEGMENTS, ["import", "--dry-run"]),
        ("in.csv", FEES, ["fees", "--payer", "Medicare", "--file"]),
        ("in.csv", PRESSES, ["import"]),
    ]
    for each in (ptp, mue, sheet, units, pairs):
        found += [(each.name, each.read_bytes(), ["rules", "import"])]
    return found


class Bench:
    """A record that is made anew for each input, and what is tried on it."""

    def __init__(self, work):
        self.work = Path(work)
        self.kept = self.work / "kept"
        self._make()
        samples = self.work / "samples"
        samples.mkdir()
        self.samples = _samples(samples)

    def _make(self):
        ptimer = Ptimer(self.kept, at(NOW))
        ptimer.do(
            "start 97110 --patient P-1 --payer Medicare --discipline PT --clinician Ana --at 08:00",
            "stop --at 08:30",
            "sign --patient P-1 --credentials PT",
            "start 97140 --patient P-2 --at 09:00",
            "stop --at 09:20",
            f"start 97110 --patient {shlex.quote(HOSTILE[0])} "
            f"--clinician {shlex.quote(HOSTILE[1])} --at 09:30",
            "stop --at 09:50",
            "payers --add 'Own Payer' --why test",
            "layouts --save Layout --columns patient_id=MRN,code=CPT",
            "goals --patient P-2 --add 'walk 10 m'",
        )
        self.content = ptimer.database.read_bytes()

    @contextlib.contextmanager
    def record(self):
        """A copy of the record in a folder of its own, in which the process stands meanwhile."""
        before = Path.cwd()
        with tempfile.TemporaryDirectory(dir=self.work) as name:
            here = Path(name)
            (here / "record").mkdir()
            (here / "record" / "ptimer.db").write_bytes(self.content)
            os.chdir(here)
            try:
                yield Ptimer(here / "record", at(NOW))
            finally:
                os.chdir(before)

    # -- one input of each kind ----------------------------------------------------------------

    def words(self, words, as_json):
        """Type some words."""
        with self.record() as ptimer:
            (ptimer.folder.parent / "in.csv").write_bytes(SEGMENTS)
            (ptimer.folder.parent / "in.db").write_bytes(self.content)
            return self._told(ptimer, [*(["--json"] if as_json else []), *words], as_json=as_json)

    def file(self, sample, changes):
        """Read a file that was good once."""
        name, content, words = sample
        with self.record() as ptimer:
            file = ptimer.folder.parent / name
            file.write_bytes(_changed(content, changes))
            return self._told(ptimer, [*words, str(file)], as_json=False)

    def database(self, word, changes):
        """Read a database that was good once: as the record itself, or as a copy to restore."""
        with self.record() as ptimer:
            content = _changed(self.content, changes)
            if word == "restore":
                file = ptimer.folder.parent / "copy.db"
                file.write_bytes(content)
                return self._told(ptimer, [word, str(file)], as_json=False, whole=False)
            ptimer.database.write_bytes(content)
            result = ptimer(*word.split())
            if result.exit:
                assert ptimer.database.read_bytes() == content, "a damaged file is left as it is"
            return result.exit

    def setting(self, key, value, word):
        """Use a record in which a setting holds anything."""
        with self.record() as ptimer:
            with closing(sqlite3.connect(ptimer.database)) as connection, connection:
                known = [name for (name,) in connection.execute("select key from settings")]
                chosen = (
                    known[key % len(known)] if known and key % 2 else SETTINGS[key % len(SETTINGS)]
                )
                connection.execute(
                    "insert into settings (key, value) values (?, ?) "
                    "on conflict (key) do update set value = excluded.value",
                    (chosen, value),
                )
            return self._told(ptimer, word.split(), as_json=False)

    def _told(self, ptimer, words, *, as_json, whole=True):
        before = ptimer.recorded()
        result = ptimer(*words, as_json=as_json)
        if result.exit:
            assert ptimer.recorded() == before, "what is refused changes nothing"
        elif whole:
            assert ptimer("check").exit == 0, "the record keeps its promises"
        return result.exit


SETTINGS = [
    *("first-payer", "first-discipline", "supervisor-required", "required-fields", "demo-shift"),
    *(
        "place-of-service",
        "closing-time",
        "language",
        "size",
        "colours",
        "note-text",
        "window-place",
    ),
]
VALUES = st.one_of(
    st.sampled_from(
        ['""', "null", "[]", "{}", "0", "-1", "1e999", "9" * 20, '"x"', "true", '["a", 1]', "nope"]
    ),
    st.sampled_from(HOSTILE).map(json.dumps),
    st.text(max_size=12),
)
USES = st.sampled_from(
    [
        "status",
        "summary",
        "export --include-unsigned",
        "start 97112 --patient P-9",
        "sign --patient P-2 --credentials PT",
        "why --patient P-2",
        "payers",
        "clinicians",
        "skilled --patient P-2",
        "fees",
    ]
)


def _inputs(bench):
    """Make an input of any kind: what does it, and what it is given."""
    on_disk = st.sampled_from(["restore", "check", "status", "start 97112 --patient P-9"])
    return st.one_of(
        st.tuples(st.just("words"), ANY_WORDS, st.booleans()),
        st.tuples(st.just("words"), ANY_WORDS, st.booleans()),
        st.tuples(st.just("file"), st.sampled_from(bench.samples), CHANGES),
        st.tuples(st.just("file"), st.sampled_from(bench.samples), CHANGES),
        st.tuples(st.just("database"), on_disk, CHANGES),
        st.tuples(st.just("setting"), st.integers(0, 99), VALUES, USES),
    )


def fuzz(outcome, seeds, work):
    """Try as many inputs as there are seeds; what was refused and what was taken is counted."""
    bench = Bench(work)
    for first in range(seeds[0], seeds[-1] + 1, CHUNK):
        _go(outcome, bench, first, min(CHUNK, seeds[-1] + 1 - first))


def _go(outcome, bench, first, count):
    """Try so many inputs from one seed; the first that goes wrong ends it."""

    @seed(first)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_inputs(bench))
    def tried(given_input):
        kind, *values = given_input
        with watched():
            status = getattr(bench, kind)(*values)
        outcome.came("done" if status == 0 else f"refused ({status})")

    try:
        tried()
    except Hanging:
        outcome.went("wrong", first, f"an input hung for more than {HANGS_AFTER_S} s")
    except Exception as error:  # noqa: BLE001  (told, and the next go begins)
        notes = " ".join(getattr(error, "__notes__", ()))
        outcome.went("wrong", first, f"{type(error).__name__}: {error} {notes}"[:2000])


def main(arguments):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # some of the words paint pages
    runs, first = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
    outcome = Outcome("any input")
    work = tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)  # noqa: S108
    try:
        fuzz(outcome, range(first, first + runs), work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    told = {name: getattr(outcome, name) for name in ("runs", "wrong", "told", "came_back")}
    sys.stdout.write(json.dumps(told))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
