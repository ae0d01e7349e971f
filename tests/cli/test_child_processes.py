"""The command line as other programs meet it: real processes, pipes, encodings, signals."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PTIMER = Path(sys.executable).with_name("ptimer")
HOW = {"ptimer": [str(PTIMER)], "python -m ptimer": [sys.executable, "-m", "ptimer"]}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells are others there")


@pytest.fixture
def child(tmp_path):
    """Run a program to its end, in a folder of its own; the record is in `record`."""

    def child(*command, env=None, **more):
        given = {
            **os.environ,
            "TZ": "UTC",
            "PTIMER_DATA_DIR": str(tmp_path / "record"),
            **(env or {}),
        }
        given = {name: value for name, value in given.items() if value is not None}
        return subprocess.run(
            command, cwd=tmp_path, env=given, capture_output=True, timeout=60, **more
        )

    return child


@pytest.fixture
def ptimer(child):
    """Run ptimer."""
    return lambda *words, **more: child(PTIMER, *words, **more)


@pytest.fixture
def shell(child):
    """Run a line of shell that knows ptimer."""
    return lambda line, **more: child(
        "/bin/bash", "-c", f'set -o pipefail; ptimer() {{ {PTIMER} "$@"; }}; {line}', **more
    )


@pytest.mark.parametrize("how", HOW.values(), ids=HOW)
def test_both_ways_to_call_it_do_the_same(child, how):
    assert child(*how, "start", "97112", "--patient", "P-1").returncode == 0
    refused = child(*how, "start", "97110", "--patient", "P-1", "--json")
    stopped = child(*how, "stop", "--json")

    assert refused.returncode == 3
    assert json.loads(refused.stdout)["error"]["rule"] == "billed-alone"
    assert stopped.returncode == 0
    assert len(json.loads(stopped.stdout)["stopped"]) == 1
    assert stopped.stderr == b""


def test_no_command_imports_qt(child):
    # Where a file is missing or nothing recorded, the command's own file is imported all the same.
    code = """
import sys
from ptimer.app import main
from ptimer.cli.main import COMMANDS
for word in COMMANDS:
    main([word, *sys.argv[1:]])
    main([word, "--help"])
main(["start", "97112", "--patient", "P-1"]); main(["stop"]); main(["export"]); main(["demo"])
qt = sorted(name for name in sys.modules if name.startswith(("PySide6", "shiboken")))
gui = sorted(name for name in sys.modules if name.startswith("ptimer.gui"))
assert not qt and not gui, qt + gui
print("none")
"""
    result = child(sys.executable, "-c", code)

    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith(b"none\n")


def test_a_start_imports_neither_qt_nor_sqlite_utils_nor_what_only_others_need(child):
    child(PTIMER, "start", "97112", "--patient", "P-1", "--at", "00:00")
    code = """
import sys
from ptimer.app import main
assert main(["start", "97112", "--patient", "P-1"]) == 0
assert main(["stop"]) == 0
slow = {"sqlite_utils", "asyncio", "difflib", "tempfile", "csv", "platformdirs", "tomllib"}
assert not slow & set(sys.modules), slow & set(sys.modules)
"""
    result = child(sys.executable, "-c", code)

    assert result.returncode == 0, result.stderr


def test_nothing_is_ever_asked(ptimer):
    for words in (["start", "97112", "--patient", "P-1"], ["sign", "--patient", "P-1"], ["stop"]):
        with_nobody_there = ptimer(*words, stdin=subprocess.DEVNULL)
        assert with_nobody_there.returncode in (0, 3)
    assert ptimer("stop", stdin=None).returncode == 0


def test_a_reader_that_has_enough_is_no_error(shell):
    for line in ("ptimer codes | head -1", "ptimer codes --json | head -c 5", "ptimer demo | true"):
        result = shell(line)
        assert (result.returncode, result.stderr) == (0, b""), line


def test_a_reader_that_has_enough_of_a_csv_is_no_error(shell):
    result = shell("ptimer demo > demo.txt; ptimer --data-dir record/demo export | head -c 20")

    assert (result.returncode, result.stdout) == (0, b"line_id,encounter_id")


@pytest.fixture
def many_segments(shell):
    """Record more segments than a pipe, or a buffer, can hold."""
    minutes = [f"{number // 60:02}:{number % 60:02}" for number in range(1440)]
    rows = "".join(
        f"P-{at},Medicare,PT,Ana,therapist,97110,2020-02-03T{at},2020-02-03T{at}:59,\n"
        for at in minutes
    )
    head = "patient,payer,discipline,clinician,role,code,start,end,note\n"
    assert shell("cat > many.csv; ptimer import many.csv", input=(head + rows).encode()).stdout
    return "ptimer export --layout segments --include-unsigned --from 2020-01-01"


def test_a_reader_that_has_enough_of_many_segments_is_no_error(shell, many_segments):
    result = shell(f"{many_segments} | head -c 7")

    assert (result.returncode, result.stdout, result.stderr) == (0, b"patient", b"")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_full_place_for_many_segments_is_not_taken_for_the_record(shell, many_segments):
    result = shell(f"{many_segments} > /dev/full")

    assert result.returncode == 5
    assert result.stderr == b"The result can't be printed: No space left on device\n"

    result = shell(f"{many_segments} -o out.csv", preexec_fn=_small_files_only)

    assert result.returncode == 5
    assert result.stderr == b"out.csv can't be written: File too large\n"


def _small_files_only():
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (32768, 32768))


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize(
    "line",
    [
        "ptimer codes > /dev/full",
        "ptimer codes --json > /dev/full",
        "ptimer export > /dev/full",
        "ptimer export >&-",
    ],
)
def test_a_stdout_that_takes_nothing_is_told(shell, line):
    result = shell(line)

    assert result.returncode == 5
    assert b"Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("ends", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full", "<&-"])
def test_closed_streams_keep_no_command_from_its_work(shell, ends):
    result = shell(f"ptimer start 97112 --patient P-1 {ends}")

    assert result.returncode == 0
    assert b"97112 of P-1 ran" in shell("ptimer stop").stdout


ENVIRONMENTS = {
    "C": {"LANG": "C", "LC_ALL": "C"},
    "C without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "UTF-8": {"PYTHONUTF8": "1"},
    "no home": {"HOME": None, "LANG": None},
}


@pytest.mark.parametrize("env", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_what_a_terminal_cannot_show_is_no_error(ptimer, tmp_path, env):
    (tmp_path / "in.csv").write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        "Zoë 🙂,Medicare,PT,Ángela,therapist,97110,2025-06-02T08:00,2025-06-02T08:30,→ sat\n",
        "utf-8",
    )
    assert ptimer("import", "in.csv", env=env).returncode == 0
    day = ("--date", "2025-06-02")

    text = ptimer("summary", *day, env=env)
    values = ptimer("summary", *day, "--json", env=env)
    exported = ptimer("export", *day, "--include-unsigned", env=env)

    assert text.returncode == values.returncode == exported.returncode == 0
    assert text.stderr == values.stderr == b""
    assert exported.stderr.rstrip().endswith(b"no NPI on record: 1 line goes out without it")
    assert json.loads(values.stdout)["visits"][0]["patient"] == "Zoë 🙂"
    assert "Zoë 🙂" in exported.stdout.decode("utf-8"), "a CSV is UTF-8, whatever the terminal is"
    assert exported.stdout.count(b"\r\n") == 2


def test_words_that_are_no_utf_8_are_told(ptimer):
    result = ptimer("start", "97112", "--patient", b"P\xff1", "--json")

    assert result.returncode == 2
    assert "can't be printed" in json.loads(result.stdout)["error"]["reason"]


def test_ctrl_c_ends_a_command_and_leaves_nothing_half_done(child, ptimer):
    ptimer("start", "97112", "--patient", "P-1", "--at", "00:00")
    code = f"""
import os, signal
from ptimer.app import main
from ptimer.storage import segments
def pressed(*_, **__):
    os.kill(os.getpid(), {signal.SIGINT:d})
    raise AssertionError("Ctrl+C came first")
segments.end = pressed
raise SystemExit(main(["stop"]))
"""
    result = child(sys.executable, "-c", code)

    assert result.returncode == 130
    assert b"Traceback" not in result.stderr
    assert len(json.loads(ptimer("status", "--json").stdout)["running"]) == 1
    assert ptimer("check").returncode == 0


def test_ctrl_c_before_a_command_began_is_quiet_too(child):
    code = f"""
import os, signal, sys
class Pressed:
    def find_spec(self, name, *_):
        if name == "ptimer.cli.main":
            os.kill(os.getpid(), {signal.SIGINT:d})
sys.meta_path.insert(0, Pressed())
from ptimer.app import main
raise SystemExit(main(["status"]))
"""
    result = child(sys.executable, "-c", code)

    assert (result.returncode, result.stderr) == (130, b"")


def test_a_disk_that_fills_up_is_told(child, ptimer):
    import resource

    ptimer("start", "97112", "--patient", "P-1", "--at", "00:00")

    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    result = child(PTIMER, "stop", "--json", preexec_fn=small_files_only)

    assert result.returncode == 5
    assert "Nothing can be recorded in" in json.loads(result.stdout)["error"]["reason"]
    assert len(json.loads(ptimer("status", "--json").stdout)["running"]) == 1


def test_several_first_commands_at_once_make_one_record(tmp_path, ptimer):
    starts = [
        subprocess.Popen(
            [PTIMER, "--data-dir", tmp_path / "record", *f"start G0283 --patient P-{n}".split()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for n in range(6)
    ]
    ended = [(start.communicate(timeout=60), start.returncode) for start in starts]

    assert [status for _, status in ended] == [0] * 6, ended
    assert len(json.loads(ptimer("status", "--json").stdout)["running"]) == 6
    assert ptimer("check").returncode == 0
    assert [file.name for file in (tmp_path / "record").iterdir()] == ["ptimer.db"]


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is another one elsewhere")
def test_without_a_named_folder_the_record_lies_where_the_system_keeps_a_users_data(
    ptimer, tmp_path
):
    env = {"PTIMER_DATA_DIR": None, "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}

    assert ptimer("start", "97112", "--patient", "P-1", env=env).returncode == 0
    assert (tmp_path / "data" / "ptimer" / "ptimer.db").exists()
