"""The program as a person calls it: a process of its own, on a copy of the repository."""

import ast
import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import dev
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stand-ins are shell scripts")


@pytest.fixture
def start(ready_checkout):
    """Call dev.py with arguments; variables of a display come from the test alone."""

    def start(*arguments, **environ):
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        return subprocess.run(
            [sys.executable, ready_checkout.root / "packaging" / "dev.py", *arguments],
            capture_output=True,
            check=False,
            env={**kept, **environ},
            text=True,
            timeout=60,
        )

    return start


def test_run_opens_the_window_and_hands_on_arguments_and_exit_status(
    start, stand_ins, ready_checkout
):
    stand_ins.add("ptimer", "exit 7", folder=ready_checkout.python.parent)
    with socket.create_server(("127.0.0.1", 0)) as x_server:
        display = f"127.0.0.1:{x_server.getsockname()[1] - 6000}"
        done = start("run", "--demo", "a b", DISPLAY=display)

    assert done.returncode == 7
    assert stand_ins.calls() == ["ptimer --demo a b"]
    assert done.stdout == "", "stdout is ptimer's"


def test_run_without_a_display_says_so_and_plays_a_day_instead(start, stand_ins, ready_checkout):
    (ready_checkout.root / "packaging" / "tour.py").touch()

    done = start("run")

    (call,) = stand_ins.calls()
    tour, folder = call.removeprefix("python ").split(" day --out ")
    assert Path(tour) == ready_checkout.root / "packaging" / "tour.py"
    assert list(Path(folder).iterdir()) == []
    Path(folder).rmdir()
    assert "no display (DISPLAY is not set; WAYLAND_DISPLAY is not set)" in done.stderr
    assert folder in done.stderr
    assert done.stdout == "platform=offscreen\n"
    assert done.returncode == 0


def test_test_runs_every_step_though_one_fails_and_ends_with_a_table(
    start, stand_ins, ready_checkout
):
    stand_ins.add("ruff", "exit 1", folder=ready_checkout.python.parent)

    done = start("test", "-k", "units", QT_QPA_PLATFORM="xcb")

    names = [call.split()[0] for call in stand_ins.calls()]
    assert names == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert stand_ins.calls()[-1].endswith(" -k units")
    assert "platform=offscreen\n" in done.stdout
    rows = [line.split()[:2] for line in done.stdout.splitlines()[-6:]]
    assert rows == [
        ["step", "result"],
        ["lint", "FAILED"],
        ["format", "FAILED"],
        ["types", "ok"],
        ["imports", "ok"],
        ["tests", "ok"],
    ]
    assert done.returncode == 1


def test_lint_runs_no_tests_and_passes_when_its_steps_do(start, stand_ins):
    done = start("lint")

    assert [call.split()[0] for call in stand_ins.calls()][-1] == "lint-imports"
    assert done.returncode == 0


def test_setup_of_what_is_set_up_says_and_starts_nothing(start, stand_ins):
    done = start("setup", "dev")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stand_ins.calls() == []


@pytest.mark.parametrize("command", ["bench", "faults"])
def test_a_script_gets_the_arguments_and_no_screen(start, stand_ins, ready_checkout, command):
    folder = {"bench": "benchmarks", "faults": "faults"}[command]
    script = ready_checkout.root / "tests" / folder / "run.py"

    missing = start(command, "--quick")
    assert missing.returncode == 1
    assert f"tests/{folder}/run.py is not in this checkout" in missing.stderr

    script.parent.mkdir(parents=True)
    script.touch()
    done = start(command, "--quick")
    assert stand_ins.calls() == [f"python {script} --quick"]
    assert done.stdout == "platform=offscreen\n"


def test_screenshots_are_the_tours(start, stand_ins, ready_checkout):
    tour = ready_checkout.root / "packaging" / "tour.py"
    tour.touch()

    start("screenshots", "--out", "pictures")

    assert stand_ins.calls() == [f"python {tour} screenshots --out pictures"]


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["bogus"], 2), (["--help"], 0)])
def test_without_a_command_all_are_listed(start, arguments, status):
    done = start(*arguments)

    assert done.returncode == status
    for command in ("run", "test", "setup", "lint", "bench", "screenshots", "lock", "faults"):
        assert f"\n  {command} " in done.stderr


def test_an_old_python_gets_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    with pytest.raises(SystemExit) as end:
        runpy.run_path(dev.__file__)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("ptimer needs Python 3.11 or later, and this is 3.9")


def test_an_old_python_can_read_as_far_as_that_sentence():
    ast.parse(Path(dev.__file__).read_text("utf-8"), feature_version=(3, 7))
