"""Is there a screen to open a window on?"""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

X11_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108  (every X server's place, not a file of ours)
X11_TCP_PORT = 6000
SCREENLESS = ("offscreen", "minimal", "minimalegl")
SERVED = ("xcb", "wayland")  # Qt's names for what a server draws; wayland-egl is one, too
ANSWER_TIMEOUT_S = 1.0


def why_no_display(
    environ: Mapping[str, str], *, platform: str = sys.platform, x11_sockets: Path = X11_SOCKETS
) -> str | None:
    """Return why no window can be opened here, or None when one can.

    A QT_QPA_PLATFORM that the person has set is their choice: offscreen asks for no
    screen; eglfs, vnc and the like need neither X nor Wayland.
    """
    chosen = environ.get("QT_QPA_PLATFORM") or "wayland;xcb"
    names = [part.partition(":")[0] for part in chosen.split(";")]  # Qt tries one by one
    if names[0] in SCREENLESS:
        return f"QT_QPA_PLATFORM={chosen} asks for none"
    if platform in ("win32", "darwin") or not all(name.startswith(SERVED) for name in names):
        return None
    refusals = []
    if "xcb" in names:
        refusals.append(_why_no_x11(environ.get("DISPLAY", ""), x11_sockets))
    if any(name.startswith("wayland") for name in names):
        refusals.append(_why_no_wayland(environ))
    return None if None in refusals else "; ".join(filter(None, refusals))


def _why_no_x11(display: str, sockets: Path) -> str | None:
    if not display:
        return "DISPLAY is not set"
    return None if _x_server_answers(display, sockets) else f"DISPLAY={display} does not answer"


def _why_no_wayland(environ: Mapping[str, str]) -> str | None:
    name = environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return "WAYLAND_DISPLAY is not set"
    # An absolute name stands alone: joining drops the folder before it.
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / name
    if path.is_absolute() and _listens_at(str(path)):
        return None
    return f"WAYLAND_DISPLAY={name} does not answer"


def _x_server_answers(display: str, sockets: Path) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = str(sockets / f"X{number}")
        return _listens_at(path) or _listens_at(f"\0{path}")
    try:
        with socket.create_connection((host, X11_TCP_PORT + int(number)), ANSWER_TIMEOUT_S):
            return True
    except (OSError, OverflowError):  # nobody there, or no such port
        return False


def _listens_at(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(ANSWER_TIMEOUT_S)
        try:
            client.connect(address)
        except OSError:  # no such socket, or one that a dead server left behind
            return False
    return True
