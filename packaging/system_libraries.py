"""Which shared libraries does Qt miss on this Linux, and what installs them?

The Qt wheels bring Qt alone. What it stands on (glib, fontconfig, X11, GL) is the
system's, and a bare server has none of it: even `import PySide6.QtCore` fails.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import debian
from console import SetupError, say

# Relative to the PySide6 folder. Plugins are opened at run time: ldd sees what they
# need only when they are named. Left out: imageformats and egldeviceintegrations
# (they miss other wheels' Qt), and the GTK theme, which would drag in all of GTK.
QT_PARTS = (
    *(f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg", "SvgWidgets")),
    *(f"Qt{name}.abi3.so" for name in ("PrintSupport", "Test", "Network", "DBus")),
    *(f"Qt/plugins/platforms/libq{name}.so" for name in ("offscreen", "xcb", "wayland")),
    "Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    "Qt/plugins/platforminputcontexts/libcompose*.so",
    "Qt/plugins/platforminputcontexts/libibus*.so",
    "Qt/plugins/iconengines/*.so",
    "Qt/plugins/styles/*.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/wayland-decoration-client/*.so",
    "Qt/plugins/wayland-graphics-integration-client/*.so",
    "Qt/plugins/wayland-shell-integration/*.so",
)

# Debian 12's names. Later releases renamed some (libglib2.0-0t64); there the new
# package provides the old name, and apt-get takes it.
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def ensure(pyside: Path) -> bool:
    """Install what the Qt in `pyside` misses; tell whether nothing is missing now.

    Raises:
        SetupError: something is missing and only the person can install it.
    """
    missing = scan(pyside)
    if missing and not debian.is_debian():
        raise SetupError(_advice_elsewhere(missing))
    packages = packages_for(missing)
    if packages:
        debian.install(packages, why="System libraries for the window are missing.")
        missing = scan(pyside)
    if missing:
        say(f"still missing, going on without: {' '.join(missing)}")
    return not missing


def scan(pyside: Path) -> list[str]:
    """Return the sonames that Qt's libraries and plugins ask for and do not get."""
    parts = [str(path) for pattern in QT_PARTS for path in sorted(pyside.glob(pattern))]
    if not parts:
        raise SetupError(f"There is no Qt in {pyside}. Delete .venv and start again.")
    if shutil.which("ldd") is None:
        say("no ldd here: cannot tell whether system libraries are missing")
        return []
    done = subprocess.run(
        ["ldd", *parts],
        check=False,  # it fails if one file is of another kind, and still prints the rest
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
    )
    return missing_sonames(done.stdout)


def missing_sonames(ldd_output: str) -> list[str]:
    """Return the sonames that ldd says are not found, but for Qt's own.

    Some plugins want parts of Qt from wheels that we do not use; no package mends that.
    """
    lines = (line.strip() for line in ldd_output.splitlines())
    absent = {line.partition(" ")[0] for line in lines if line.endswith("=> not found")}
    return sorted(name for name in absent if not name.startswith("libQt6"))


def packages_for(sonames: Iterable[str]) -> list[str]:
    """Return the Debian packages that hold `sonames`; one that is not known is left out."""
    return sorted({DEBIAN_PACKAGES[name] for name in sonames if name in DEBIAN_PACKAGES})


def packages_before_qt() -> list[str]:
    """Return the Debian packages that Qt will miss, while there is no Qt to ask yet.

    Less exact than `scan`: the loader's cache does not know LD_LIBRARY_PATH.
    """
    ldconfig = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
    if ldconfig is None:
        return []
    done = subprocess.run([ldconfig, "-p"], check=True, capture_output=True, text=True)
    known = {line.split(" ", 1)[0].strip() for line in done.stdout.splitlines()}
    return packages_for(DEBIAN_PACKAGES.keys() - known)


def _advice_elsewhere(missing: Iterable[str]) -> str:
    sonames = " ".join(missing)
    capabilities = " ".join(f"'{name}()(64bit)'" for name in missing)
    return (
        f"System libraries for the window are missing: {sonames}\n"
        "Install the packages that hold them, then start again:\n"
        f"    Fedora and its kin:  sudo dnf install {capabilities}\n"
        f"    openSUSE:            sudo zypper install {capabilities}\n"
        "    Arch and its kin:    pacman -F NAME names each package (qt6-base has nearly all)"
    )
