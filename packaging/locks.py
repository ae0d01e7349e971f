"""Which versions and hashes get installed? This makes the lock files anew, with uv.

The locks hold names, versions and hashes: no address of any registry or machine.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checkout import Checkout
from console import SetupError, say

OPTIONS = (
    *("pip", "compile"),
    *("--quiet", "--no-config", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header"),
)
SOURCES = ("pyproject.toml", "-")  # from its standard input: what builds the editable install
NO_UV = "uv could not be installed; pip's words are above. Connect, or install uv yourself."


def make(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Write both locks; pins stay unless pyproject.toml or `arguments` (--upgrade) move them."""
    with checkout.project.open("rb") as file:
        build_tools = tomllib.load(file)["build-system"]["requires"]
    run, dev = (checkout.lock(kind).relative_to(checkout.root) for kind in ("run", "dev"))
    with _uv() as uv:
        # The same pins in both, so that .venv can go from one to the other and back.
        for target, more in ((run, []), (dev, ["--group", "dev", "--constraints", str(run)])):
            say(f"resolving {target}")
            done = subprocess.run(
                [uv, *OPTIONS, *arguments, *more, "--output-file", str(target), *SOURCES],
                check=False,
                cwd=checkout.root,
                input="\n".join(build_tools),
                stdout=subprocess.DEVNULL,  # it repeats the file
                text=True,
            )
            if done.returncode != 0:
                raise SetupError(f"uv could not resolve {target}; its words are above.")


@contextmanager
def _uv() -> Iterator[str]:
    """Give uv's path: the one on PATH, else one that is thrown away afterwards."""
    installed = shutil.which("uv")
    if installed is not None:
        yield installed
        return
    with tempfile.TemporaryDirectory() as folder:
        say("no uv on PATH: installing one for this run only")
        venv.create(folder, with_pip=True)
        scripts = Path(folder, "Scripts" if os.name == "nt" else "bin")
        install_uv = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "uv"]
        if subprocess.run(install_uv, check=False, stdout=sys.stderr).returncode != 0:
            raise SetupError(NO_UV)
        yield str(scripts / "uv")
