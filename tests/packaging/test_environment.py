import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import environment
import pytest
import stamp
from checkout import Checkout
from console import SetupError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stand-ins are shell scripts")

# A Python as far as the set-up needs one: makes a .venv whose python is this script
# again, and installs. A file `die` or `fail` beside it ends its next pip.
BASE_PYTHON = """
case "$*" in
"-m venv "*)
    mkdir -p "$3/bin" "$3/lib/python3.11/site-packages/PySide6"
    cp "$0" "$3/bin/python"
    touch "$3/lib/python3.11/site-packages/PySide6/QtCore.abi3.so"
    echo "home = {folder}" > "$3/pyvenv.cfg" ;;
*" pip install "*)
    if [ -e "{folder}/die" ]; then rm "{folder}/die"; kill -9 $$; fi
    if [ -e "{folder}/fail" ]; then rm "{folder}/fail"; exit 1; fi
    case "$*" in *--editable*) touch "${{0%/*}}/ptimer" ;; esac ;;
esac
"""


@pytest.fixture
def base(stand_ins, monkeypatch):
    """The stand-in for the machine's Python. Its log tells what the set-up did."""
    python = stand_ins.add("python", BASE_PYTHON.format(folder=stand_ins.folder))
    monkeypatch.setattr(sys, "_base_executable", str(python))
    stand_ins.add("ldd")
    monkeypatch.setenv("PATH", f"{stand_ins.folder}:/usr/bin:/bin")
    return stand_ins


@pytest.fixture
def did(base):
    """Return what was done since the last time it was asked, in a word each."""
    seen = 0

    def did():
        nonlocal seen
        new, seen = base.calls()[seen:], len(base.calls())
        return [word for call in new for word in [_word(call)] if word]

    return did


def _word(call):
    words = {
        "-m venv": "venv",
        "lock-run": "run lock",
        "lock-dev": "dev lock",
        "--editable": "ptimer",
    }
    return next((word for mark, word in words.items() if mark in call), None)


def test_a_second_start_starts_nothing(base, checkout, did):
    environment.ensure(checkout, "run")
    assert did() == ["venv", "run lock", "ptimer"]

    environment.ensure(checkout, "run")
    assert did() == []
    assert checkout.script("ptimer").exists()


def test_what_is_installed_is_hashed_and_built_by_nobody(base, checkout):
    environment.ensure(checkout, "dev")

    pips = [call for call in base.calls() if " pip install " in call]
    assert len(pips) == 2
    assert "--require-hashes" in pips[0]
    assert "--only-binary=:all:" in pips[0]
    assert "--no-deps --no-build-isolation --editable" in pips[1]


def test_from_run_to_test_and_back_installs_once_each(base, checkout, did):
    environment.ensure(checkout, "run")
    did()

    environment.ensure(checkout, "dev")
    assert did() == ["dev lock", "ptimer"]
    for kind in ("run", "dev", "run"):
        environment.ensure(checkout, kind)
    assert did() == []


def test_a_new_lock_is_installed_over_the_old(base, checkout, did):
    environment.ensure(checkout, "run")
    did()
    checkout.lock("run").write_text("click==9\n", "utf-8")

    environment.ensure(checkout, "run")
    assert did() == ["run lock", "ptimer"]


def test_a_change_of_the_project_alone_installs_ptimer_alone(base, checkout, did):
    environment.ensure(checkout, "dev")
    did()
    checkout.project.write_text("# changed\n", "utf-8")

    environment.ensure(checkout, "run")
    environment.ensure(checkout, "dev")
    assert did() == ["ptimer"]


def test_a_set_up_that_was_killed_is_made_anew(base, checkout, did, stand_ins):
    environment.ensure(checkout, "run")
    did()
    (stand_ins.folder / "die").touch()

    with pytest.raises(SetupError):
        environment.ensure(checkout, "dev")
    assert did() == ["dev lock"]
    assert not checkout.stamp.exists(), "nobody knows what pip left behind"

    environment.ensure(checkout, "run")
    assert did() == ["venv", "run lock", "ptimer"]


def test_without_a_network_one_sentence_says_what_to_do(base, checkout, did, stand_ins):
    (stand_ins.folder / "fail").touch()
    with pytest.raises(SetupError, match="Without a network: connect, then start again"):
        environment.ensure(checkout, "run")
    did()

    environment.ensure(checkout, "run")
    assert did() == ["run lock", "ptimer"], "pip gave up by itself: .venv is kept"


def test_a_folder_that_was_moved_gets_its_own_venv(base, checkout, did, tmp_path):
    environment.ensure(checkout, "run")
    did()
    moved = Checkout(checkout.root.rename(tmp_path / "moved"))

    environment.ensure(moved, "run")
    assert did() == ["venv", "run lock", "ptimer"]


def test_a_venv_of_another_python_is_made_anew(base, checkout, did):
    environment.ensure(checkout, "run")
    did()
    stamp.write(checkout, {**stamp.read(checkout), "python": "cpython-27"})

    environment.ensure(checkout, "run")
    assert did() == ["venv", "run lock", "ptimer"]


@pytest.mark.parametrize("gone", ["bin/python", "pyvenv.cfg"])
def test_a_venv_without_its_python_is_made_anew(base, checkout, did, gone):
    environment.ensure(checkout, "run")
    did()
    (checkout.venv / gone).unlink()

    environment.ensure(checkout, "run")
    assert did() == ["venv", "run lock", "ptimer"]


def test_a_venv_whose_home_is_gone_is_made_anew(base, checkout, did, tmp_path):
    environment.ensure(checkout, "run")
    did()
    (checkout.venv / "pyvenv.cfg").write_text(f"home = {tmp_path / 'gone'}\n", "utf-8")

    environment.ensure(checkout, "run")
    assert did() == ["venv", "run lock", "ptimer"]


def test_a_command_that_somebody_removed_comes_back(base, checkout, did):
    environment.ensure(checkout, "run")
    did()
    checkout.script("ptimer").unlink()

    environment.ensure(checkout, "run")
    assert did() == ["ptimer"]


def test_two_starts_at_once_set_up_once(base, checkout, did):
    together = Barrier(2)

    def start(kind):
        together.wait()
        environment.ensure(checkout, kind)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, ["run", "run"]))
    assert did() == ["venv", "run lock", "ptimer"]


@pytest.mark.parametrize("text", ["", "{", "[1]"])
def test_a_stamp_that_cannot_be_read_is_none(base, checkout, text):
    environment.ensure(checkout, "run")
    checkout.stamp.write_text(text, "utf-8")

    assert stamp.read(checkout) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves libraries to the system")
def test_libraries_that_stay_missing_are_looked_for_at_each_start(base, checkout, stand_ins):
    stand_ins.add("ldd", "echo '\tlibnewer.so.3 => not found'")
    stand_ins.add("apt-get")
    environment.ensure(checkout, "run")
    stand_ins.add("ldd")
    assert not stamp.is_complete(checkout, "run")

    environment.ensure(checkout, "run")
    assert stamp.is_complete(checkout, "run")


def test_changed_sources_are_compiled_where_python_keeps_no_bytecode(base, checkout, monkeypatch):
    environment.ensure(checkout, "run")
    source = checkout.root / "ptimer" / "new.py"
    source.write_text("answer = 42\n", "utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    environment.ensure(checkout, "run")
    assert list((checkout.root / "ptimer" / "__pycache__").glob("new.*.pyc"))
