"""How do Debian's and Ubuntu's own packages get onto this machine?"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from console import SetupError, say

OS_RELEASE = Path("/etc/os-release")
APT_LISTS = Path("/var/lib/apt/lists")
# A machine that has just started often holds the lock itself, for its own updates.
APT_GET = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")


def is_debian(os_release: Path = OS_RELEASE) -> bool:
    """Tell whether apt-get rules here: Debian, Ubuntu or one of their children."""
    if shutil.which("apt-get") is None or not os_release.exists():
        return False
    fields = dict(
        line.split("=", 1) for line in os_release.read_text("utf-8").splitlines() if "=" in line
    )
    families = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    return "debian" in families or "ubuntu" in families


def install(packages: Sequence[str], *, why: str) -> None:
    """Install `packages` as root, in one call of apt-get.

    Raises:
        SetupError: not root (the text holds the exact command), or apt-get failed.
    """
    command = ["install", "-y", "--no-install-recommends", *packages]
    by_hand = f"apt-get update && sudo apt-get {shlex.join(command)}"
    if os.geteuid() != 0:
        raise SetupError(f"{why} Run this, then start again:\n\n    sudo {by_hand}\n")
    say(f"{why} Installing {len(packages)} packages with apt-get: {' '.join(packages)}")
    if not any(APT_LISTS.glob("*_Packages*")):
        _run([*APT_GET, "update"])
    if _run([*APT_GET, *command]) == 0:
        return
    # Lists too old for the mirror, or a dpkg that was killed half-way: mend both, once.
    _run(["dpkg", "--configure", "-a"])
    _run([*APT_GET, "update"])
    if _run([*APT_GET, *command]) != 0:
        raise SetupError(f"apt-get failed; its words are above. To try by hand: sudo {by_hand}")


def _run(command: Sequence[str]) -> int:
    """Run `command`, and show what it wrote only if it failed."""
    done = subprocess.run(
        command,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        say(f"{shlex.join(command)} ended with status {done.returncode}:\n{done.stdout.rstrip()}")
    return done.returncode
