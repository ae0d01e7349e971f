"""What makes `.venv` complete: interpreter, locked packages, ptimer, system libraries."""

import compileall
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

import debian
import stamp
import system_libraries
from checkout import Checkout
from console import SetupError, say

if sys.platform != "win32":
    import fcntl

PACKAGES_FAILED = (
    "pip could not install the packages; its words are above. Without a network: connect,"
    " then start again, and the set-up goes on from there. On Linux the Qt packages need"
    " glibc 2.34 or later (Debian 12, Ubuntu 22.04)."
)
PTIMER_FAILED = "pip could not install ptimer from this folder; its words are above."


def ensure(checkout: Checkout, kind: str) -> None:
    """Make `.venv` complete for `run` or `dev`; do nothing when it is.

    Raises:
        SetupError: something failed, or only the person can do the next step.
    """
    if not stamp.is_complete(checkout, kind):
        with _alone(checkout):
            _complete(checkout, kind)
    if sys.dont_write_bytecode:
        # Python keeps no bytecode here, and compiling at each start would cost more
        # than the start: compile what changed. A broken file shows when it is run.
        compileall.compile_dir(checkout.root / "ptimer", quiet=2)


def _complete(checkout: Checkout, kind: str) -> None:
    """Do what is left to do: nothing, if another start did it while this one waited."""
    started = perf_counter()
    present = stamp.read(checkout)
    if not (stamp.foundation(checkout).items() <= present.items() and stamp.stands(checkout)):
        _make_venv(checkout)
        present = {}
    wanted = stamp.expected(checkout, kind)
    stale = {name for name, value in wanted.items() if present.get(name) != value}
    if stale or not checkout.script("ptimer").exists():
        packages_change = bool(stale & {"run", "dev"})
        _install(checkout, kind if packages_change else None)
        present = wanted if packages_change else {**present, **wanted}
        stamp.write(checkout, present)
    if present.get(stamp.LIBRARIES) != stamp.COMPLETE and _has_system_libraries(checkout):
        stamp.write(checkout, {**present, stamp.LIBRARIES: stamp.COMPLETE})
    say(f"set-up done in {perf_counter() - started:.1f} s")


def _make_venv(checkout: Checkout) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _install_ensurepip()
    if os.path.lexists(checkout.venv):
        say(".venv is incomplete, moved or of another Python: making it anew")
        shutil.rmtree(checkout.venv)
    say(f"making .venv with Python {sys.version.split()[0]}")
    # The base interpreter: this program may run in the .venv that was just removed.
    done = subprocess.run(
        [_base_python(), "-m", "venv", checkout.venv],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        raise SetupError(f"{_base_python()} could not make .venv:\n{done.stdout}")


def _install_ensurepip() -> None:
    """Get the part of Python that Debian packs apart, and Qt's libraries with it."""
    if sys.platform != "linux" or not debian.is_debian():
        raise SetupError(f"{_base_python()} has no ensurepip. Install a complete Python.")
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    debian.install(
        [package, *system_libraries.packages_before_qt()],
        why="Python's venv module and system libraries for the window are missing.",
    )


def _base_python() -> str:
    return str(getattr(sys, "_base_executable", sys.executable))


def _install(checkout: Checkout, kind: str | None) -> None:
    """Install the lock of `kind`, if one is named, and ptimer itself; compile both."""
    checkout.stamp.unlink(missing_ok=True)
    if kind is not None:
        say("installing the locked packages (about 100 MB the first time)")
        # Wheels only: a build would fetch tools that no lock holds.
        hashed = ["--require-hashes", "--only-binary=:all:", "-r", str(checkout.lock(kind))]
        _pip(checkout, hashed, failure=PACKAGES_FAILED)
    here = ["--no-deps", "--no-build-isolation", "--editable", str(checkout.root)]
    _pip(checkout, here, failure=PTIMER_FAILED)
    say("compiling")
    # In one process: more gain little, and need semaphores that a sandbox may not have.
    # Not fatal: a file that does not compile shows when something imports it.
    folders = [*checkout.venv.glob("[Ll]ib"), checkout.root / "ptimer"]
    subprocess.run(
        [checkout.python, "-m", "compileall", "-qq", *folders], check=False, stdout=sys.stderr
    )


def _pip(checkout: Checkout, arguments: Sequence[str], *, failure: str) -> None:
    """Run pip's install, isolated from PYTHONPATH and from the user's own packages."""
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    options = ["--no-input", "--no-user", "--no-compile", "--disable-pip-version-check", *quiet]
    done = subprocess.run(
        [checkout.python, "-I", "-m", "pip", "install", *options, *arguments],
        check=False,
        cwd=checkout.root,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
    )
    if done.returncode > 0:
        # pip itself gave up, and left every package whole or absent: .venv can be
        # kept. Had pip been killed, nothing could be said, and no stamp is written.
        stamp.write(checkout, stamp.foundation(checkout))
    if done.returncode != 0:
        raise SetupError(failure)


def _has_system_libraries(checkout: Checkout) -> bool:
    if sys.platform != "linux":
        return True
    packages = next(checkout.venv.glob("lib/python3*/site-packages"), checkout.venv)
    return system_libraries.ensure(packages / "PySide6")


@contextmanager
def _alone(checkout: Checkout) -> Iterator[None]:
    """Let one set-up at a time work in this checkout; another waits for its end.

    On Windows nothing is locked: a second set-up fails on files that are in use.
    """
    if sys.platform == "win32":
        yield
        return
    folder = os.open(checkout.root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here: waiting for it")
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError as error:  # some network file systems
            say(f"this folder cannot be locked ({error}): start one set-up at a time")
        yield
    finally:
        os.close(folder)
