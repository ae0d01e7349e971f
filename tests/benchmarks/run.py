"""How fast is ptimer, held against floors measured in the same run? Prints a table at its end.

python tests/benchmarks/run.py [WHAT ...]   WHAT: window press start sizes search export check rules
idle
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import loads
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import measuring  # noqa: E402
from measuring import Figure, in_turn, milliseconds, process_seconds  # noqa: E402
from records import make_record  # noqa: E402

PYTHON = sys.executable
PTIMER = str(Path(PYTHON).with_name("ptimer"))
IDLE_SECONDS = 60
MEBIBYTE_IN_KIB = 1024


class Bench:
    """The records that the measurements share, each made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._records: dict[int, Path] = {}

    def record(self, segments: int) -> Path:
        if segments not in self._records:
            say(f"making a record of {segments:,} segments")
            self._records[segments] = make_record(self.folder / f"record-{segments}", segments)
        return self._records[segments]

    def window(self) -> list[Figure]:
        folder = self.record(100_000)
        fill_today(folder)
        child = [PYTHON, str(HERE / "child_window.py")]
        ours, bare = in_turn(
            lambda: process_seconds([*child, "ptimer", str(folder), "painted"]),
            lambda: process_seconds([*child, "bare", str(folder), "painted"]),
        )
        return [
            Figure(
                "window with today, 100,000 segments",
                milliseconds(ours),
                f"bare window {milliseconds(bare)}",
                measuring.ratio(ours, bare),
                1.5,
            )
        ]

    def press(self) -> list[Figure]:
        from press import measure_presses

        folder = self.record(100_000)
        presses = measure_presses(folder)
        commits = measure_commits(self.folder / "commits.db")
        over = (median(presses) - 2 * median(commits)) * 1000
        return [
            Figure(
                "a press, from click to committed and painted",
                milliseconds(presses),
                f"commit {milliseconds(commits)}",
                over,
                16.0,
                "ms over 2 commits",
            )
        ]

    def start(self) -> list[Figure]:
        folder = self.record(1_000)
        ours, floor = in_turn(
            starter(folder), lambda: process_seconds([PYTHON, "-c", "import sqlite3"]), runs=31
        )
        return [
            Figure(
                "ptimer start, the whole process",
                milliseconds(ours),
                f"import sqlite3 {milliseconds(floor)}",
                measuring.ratio(ours, floor),
                5.0,
            )
        ]

    def sizes(self) -> list[Figure]:
        small, large = self.record(1_000), self.record(1_000_000)
        figures = []
        for what, large_run, small_run in (
            ("ptimer start", starter(large), starter(small)),
            ("ptimer summary", summarizer(large), summarizer(small)),
        ):
            larges, smalls = in_turn(large_run, small_run, runs=31)
            figures.append(
                Figure(
                    f"{what} at 1,000,000 segments",
                    milliseconds(larges),
                    f"at 1,000 {milliseconds(smalls)}",
                    measuring.ratio(larges, smalls),
                    1.1,
                )
            )
        return figures

    def search(self) -> list[Figure]:
        import search

        clinic = search.opened(self.record(1_000_000))
        figures = []
        for name, wanted in search.searches().items():
            ours, bare = in_turn(
                search.answer(clinic, wanted), search.bare(clinic, wanted), search.RUNS
            )
            figures.append(
                Figure(
                    f"search of 1,000,000 segments for {name}",
                    f"{milliseconds(ours)}, seen "
                    f"after {milliseconds([search.first_page(clinic, wanted)])}",
                    f"bare queries {milliseconds(bare)}",
                    measuring.ratio(ours, bare),
                    2.0,
                )
            )
        clinic.close()
        return figures

    def export(self) -> list[Figure]:
        folder = self.record(1_000_000)
        out = self.folder / "out.csv"
        memory: list[float] = []

        def one(kind: str) -> float:
            told = loads(
                output([PYTHON, str(HERE / "child_export.py"), kind, str(folder), str(out)])
            )
            if kind == "ptimer":
                memory.append(told["memory"])
            return float(told["seconds"])

        ours, floor = in_turn(lambda: one("ptimer"), lambda: one("floor"))
        return [
            Figure(
                "export of 1,000,000 segments",
                f"{median(ours):.2f} s",
                f"csv.writer {median(floor):.2f} s",
                measuring.ratio(ours, floor),
                3.0,
            ),
            Figure(
                "memory of that export over its start",
                f"{median(memory) / MEBIBYTE_IN_KIB:.1f} MiB",
                "",
                median(memory) / MEBIBYTE_IN_KIB,
                40.0,
                "MiB",
            ),
        ]

    def check(self) -> list[Figure]:
        import check
        import signed

        folder = check.with_history(self.record(1_000_000))
        before = _check_figure("1,000,000 segments, 2,000,000 rows of history", folder)
        say("signing 333,000 visits")
        signed.sign_all(folder)
        return [before, _check_figure("the same once 333,000 visits are signed", folder)]

    def rules(self) -> list[Figure]:
        import rules

        folder = self.record(1_000)
        parts, sheet = rules.tables(self.folder)
        ours, floor = in_turn(
            lambda: rules.imported(folder, parts), lambda: rules.split(parts), rules.RUNS
        )
        of_sheet = rules.imported(folder, sheet)
        return [
            Figure(
                "import of 1,000,000 rows of CMS's text",
                f"{median(ours):.2f} s",
                f"unzipped and split {median(floor):.2f} s",
                measuring.ratio(ours, floor),
                3.0,
            ),
            Figure(
                "import of 1,000,000 rows of CMS's sheets",
                f"{of_sheet:.1f} s",
                "",
                of_sheet,
                60.0,
                "s",
            ),
        ]

    def idle(self) -> list[Figure]:
        """Run all windows side by side: each one's processor time is its own."""
        template = self.record(1_000)
        processes = []
        for number in range(measuring.RUNS):
            folder = self.folder / f"idle-{number}"
            shutil.copytree(template, folder)
            output([PTIMER, "--data-dir", str(folder), "start", "97110", "--patient", "P-1"])
            for kind in ("ptimer", "bare"):
                command = [PYTHON, str(HERE / "child_window.py"), kind, str(folder), "idle"]
                child = subprocess.Popen([*command, str(IDLE_SECONDS)], stdout=subprocess.PIPE)
                processes.append((kind, child))
        told: dict[str, list[dict[str, float]]] = {"ptimer": [], "bare": []}
        for kind, child in processes:
            told[kind].append(loads(child.communicate()[0]))
        return [
            _idle_figure("processor in 60 s with a running stopwatch", told, "processor", 2.0),
            _idle_figure("memory after it", told, "memory", 1.4),
        ]


def _check_figure(what: str, folder: Path) -> Figure:
    import check

    ours, floor = in_turn(
        lambda: check.checked(folder), lambda: check.read_once(folder), check.RUNS
    )
    return Figure(
        f"check of {what}",
        f"{median(ours):.2f} s",
        f"all rows read {median(floor):.2f} s",
        measuring.ratio(ours, floor),
        4.0,
    )


def _idle_figure(
    what: str, told: dict[str, list[dict[str, float]]], key: str, bound: float
) -> Figure:
    ours, bare = ([each[key] for each in told[kind]] for kind in ("ptimer", "bare"))
    if key == "processor":
        shown = [f"{median(values):.3f} s" for values in (ours, bare)]
    else:
        shown = [f"{median(values) / MEBIBYTE_IN_KIB:.0f} MiB" for values in (ours, bare)]
    return Figure(what, shown[0], f"bare window {shown[1]}", measuring.ratio(ours, bare), bound)


def starter(folder: Path) -> Callable[[], float]:
    """Return a run of `ptimer start` that starts something new each time."""
    patients = iter(f"B-{number}" for number in range(10_000))
    last: list[str] = []

    def run() -> float:
        if last:
            output([PTIMER, "--data-dir", str(folder), "stop", "--patient", last.pop()])
        last.append(next(patients))
        command = [PTIMER, "--data-dir", str(folder), "start", "G0283", "--patient", last[0]]
        return process_seconds([*command, "--clinician", "Clinician 1"])

    return run


def summarizer(folder: Path) -> Callable[[], float]:
    """Return a run of `ptimer summary` of yesterday, a day with visits."""
    newest = sqlite3.connect(folder / "ptimer.db").execute(
        "select max(service_date) from visits where status = 'signed'"
    )
    day = newest.fetchone()[0]
    return lambda: process_seconds([PTIMER, "--data-dir", str(folder), "summary", "--date", day])


def fill_today(folder: Path) -> None:
    """Give today nine visits, one of them running."""
    for number in range(9):
        command = [PTIMER, "--data-dir", str(folder), "start", "97110", "--patient", f"T-{number}"]
        output([*command, "--clinician", "Clinician 1", "--switch"])


def measure_commits(path: Path) -> list[float]:
    """Return the times of bare inserts with a durable commit, on the same disk."""
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("create table if not exists presses (id integer primary key, at integer)")
    times = []
    for number in range(200):
        started = time.perf_counter()
        connection.execute("insert into presses (at) values (?)", (number,))
        connection.commit()
        times.append(time.perf_counter() - started)
    return times


def output(command: list[str]) -> str:
    """Return what a command prints.

    Raises:
        RuntimeError: it failed.
    """
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode()


@contextmanager
def screen() -> Iterator[None]:
    """Have windows mapped on a virtual screen where there is one to be had, else offscreen."""
    server = shutil.which("Xvfb")
    if os.environ.get("DISPLAY") or server is None:
        if not os.environ.get("DISPLAY"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        yield
        return
    reading, writing = os.pipe()
    child = subprocess.Popen(
        [
            server,
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1600x1000x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        os.environ["DISPLAY"] = f":{told.readline().strip()}"
    try:
        yield
    finally:
        child.terminate()
        child.wait()


def say(text: str) -> None:
    """Print how far it is."""
    print(text, file=sys.stderr, flush=True)


def main(wanted: list[str]) -> int:
    names = ["window", "press", "start", "sizes", "search", "export", "check", "rules", "idle"]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="ptimer-bench-") as folder, screen():
        bench = Bench(Path(folder))
        for name in wanted or names:
            say(f"measuring: {name}")
            figures += getattr(bench, name)()
    print(measuring.table(figures))
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
