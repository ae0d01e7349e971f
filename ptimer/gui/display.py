"""Is there a screen to open a window on? Without one Qt would abort."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_X11_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108  (every X server's place, not a file of ours)
_X11_TCP_PORT = 6000
_PATIENCE_S = 1.0


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether a server of windows answers, or none is needed."""
    if not sys.platform.startswith("linux"):
        return True
    chosen = environ.get("QT_QPA_PLATFORM") or "wayland;xcb"
    names = [part.partition(":")[0] for part in chosen.split(";")]  # Qt tries one by one
    return any(_answers(name, environ) for name in names)


def _answers(name: str, environ: Mapping[str, str]) -> bool:
    if name == "xcb":
        return _x11_answers(environ.get("DISPLAY", ""))
    if name.startswith("wayland"):
        return _wayland_answers(environ)
    return True  # offscreen, vnc, eglfs and the like need no server


def _x11_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host not in ("", "unix"):
        return _port_answers(host, _X11_TCP_PORT + int(number))
    path = str(_X11_SOCKETS / f"X{number}")
    return _socket_answers(path) or _socket_answers(f"\0{path}")


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    # An absolute name stands alone: joining drops the folder before it.
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / environ.get("WAYLAND_DISPLAY", "")
    return path.is_absolute() and _socket_answers(str(path))


def _socket_answers(address: str) -> bool:
    import socket  # only where somebody is to be asked

    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_PATIENCE_S)
        try:
            client.connect(address)
        except OSError:  # no such socket, or one that a dead server left behind
            return False
    return True


def _port_answers(host: str, port: int) -> bool:
    import socket  # as above

    try:
        with socket.create_connection((host, port), _PATIENCE_S):
            return True
    except (OSError, OverflowError, UnicodeError):  # nobody there, no such port, no such name
        return False
