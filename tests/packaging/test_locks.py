import re
import tomllib

import pytest
from packaging.requirements import Requirement

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[0-9][^ ]*)")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@pytest.fixture(params=["run", "dev"])
def lock(request, root):
    return (root / "packaging" / f"lock-{request.param}.txt").read_text("utf-8")


@pytest.fixture
def read_pins(root):
    def read(kind):
        text = (root / "packaging" / f"lock-{kind}.txt").read_text("utf-8")
        return {name: version for name, version, _ in requirements(text)}

    return read


@pytest.fixture
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def requirements(lock):
    """Return (name, version, lines that follow) of each requirement."""
    found = []
    for line in lock.splitlines():
        pin = PIN.match(line)
        if pin:
            found.append((pin["name"], pin["version"], []))
        else:
            found[-1][2].append(line)
    return found


def test_a_lock_names_no_address_and_no_option_but_hashes(lock):
    for line in lock.splitlines():
        assert PIN.match(line) or HASH.match(line) or line.startswith("    #"), line
    assert not re.search(r"https?:|://|file:|\bwww\.|\.(com|org|io|net|dev)\b", lock)
    assert not re.search(r"index|find-links|trusted|(^|\s)/", lock, re.MULTILINE)


def test_each_requirement_has_a_hash(lock):
    assert len(requirements(lock)) > 10
    for name, _, lines in requirements(lock):
        assert any(HASH.match(line) for line in lines), name


def test_both_locks_pin_the_same_so_that_one_venv_serves_both(read_pins):
    assert read_pins("run").items() <= read_pins("dev").items()


def test_qt_stays_below_the_version_that_aborts_on_python_3_11(read_pins):
    for kind in ("run", "dev"):
        pins = read_pins(kind)
        assert (6, 10) <= tuple(map(int, pins["pyside6-essentials"].split("."))) < (6, 12)
        assert pins["shiboken6"] == pins["pyside6-essentials"]


def test_the_locks_hold_what_pyproject_asks_for(project, read_pins):
    for_run = project["project"]["dependencies"] + project["build-system"]["requires"]
    for_dev = for_run + project["dependency-groups"]["dev"]

    for asked, pins in ((for_run, read_pins("run")), (for_dev, read_pins("dev"))):
        for requirement in map(Requirement, asked):
            version = pins.get(requirement.name.lower().replace("_", "-"))
            assert version is not None, f"{requirement} is not locked: dev.py lock"
            assert requirement.specifier.contains(version), f"{requirement}: dev.py lock"
