"""Does the record lie where SQLite can't keep its promises: on a network, or in a synced folder?

A network's file system may lie about locks and about what is on its disk; a sync client copies
the file while it is written, and may put an older one in its place.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from ptimer.wording import Sentence, say

_NETWORKS = frozenset(
    {
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs"),
        *("9p", "ceph", "glusterfs", "lustre", "webdav", "davfs", "davfs2", "fuse.sshfs", "sshfs"),
        *("fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.ceph"),
        *("fuse.smbnetfs", "fuse.s3fs", "fuse.google-drive-ocamlfuse", "macfuse", "osxfuse"),
        *("vboxsf", "fuse.vmhgfs-fuse", "prl_fs"),
    }
)
"""Types of file systems, as /proc/mounts and `mount` name them, that lie on another computer."""

_REMOTE_DRIVE = 4
"""What Windows' GetDriveType returns for a drive on a network."""

_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync_folder": "Resilio Sync",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
}
"""What a sync client leaves at the top of a folder of its own."""

_FOLDERS = {
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "syncthing": "Syncthing",
}
_FOLDERS_BEGIN = {
    "onedrive": "OneDrive",
    "dropbox (": "Dropbox",
    "googledrive-": "Google Drive",
    "nextcloud": "Nextcloud",
}
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Variables in which Windows names OneDrive's folders."""


class Kind(StrEnum):
    """What is the matter with a place."""

    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True)
class Warned:
    """A place where the record is not safe; `by` names the file system or the sync client."""

    kind: Kind
    by: str
    folder: Path

    @property
    def title(self) -> Sentence:
        """What is the matter."""
        if self.kind is Kind.NETWORK:
            return say("The database lies on a network folder ({by})", by=self.by)
        return say("The database lies in a folder that {by} synchronizes", by=self.by)

    @property
    def advice(self) -> Sentence:
        """Why that matters, and what to do about it."""
        if self.kind is Kind.NETWORK:
            return say(
                "A network that drops can damage it, or lose what was called recorded. Keep it on "
                "this computer (--data-dir or PTIMER_DATA_DIR), and only its backups on the "
                "network. It lies in {folder}",
                folder=str(self.folder),
            )
        return say(
            "{by} copies it while it is written, and may put an older one in its place. Keep it in "
            "a folder that is not synchronized (--data-dir or PTIMER_DATA_DIR), and only its "
            "backups in this one. It lies in {folder}",
            by=self.by,
            folder=str(self.folder),
        )

    @property
    def sentence(self) -> Sentence:
        """All of it, for who reads one line."""
        return say("{title}. {advice}", title=self.title, advice=self.advice)


@dataclass(frozen=True)
class System:
    """What is asked about a place; tests hand in their own answers."""

    platform: str = sys.platform
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    mounts: Callable[[], str] = lambda: _read_mounts(sys.platform)
    drive_type: Callable[[str], int] = lambda root: _drive_type(root)
    is_there: Callable[[str], bool] = os.path.lexists


def warned_about(folder: Path, system: System | None = None) -> Warned | None:
    """Return what is the matter with the place of a record; None where nothing is known to be."""
    asked = system or System()
    real = Path(os.path.realpath(folder)) if asked.platform == sys.platform else folder
    network = _network(real, asked)
    if network:
        return Warned(Kind.NETWORK, network, folder)
    synced = _synced(real, asked) or _synced(folder, asked)
    return Warned(Kind.SYNCED, synced, folder) if synced else None


def _network(folder: Path, system: System) -> str:
    """Return the type of the network's file system, or nothing."""
    if system.platform == "win32":
        path = PureWindowsPath(str(folder))
        if path.drive.startswith("\\\\"):
            return path.drive
        remote = path.drive and system.drive_type(f"{path.drive}\\") == _REMOTE_DRIVE
        return path.drive if remote else ""
    kind = _type_of_mount(PurePosixPath(str(folder)), system.mounts(), system.platform)
    return kind if kind in _NETWORKS else ""


def _type_of_mount(folder: PurePosixPath, mounts: str, platform: str) -> str:
    """Return the type of the file system that is mounted nearest above a folder."""
    parse = _of_mac if platform == "darwin" else _of_proc
    best, kind = -1, ""
    for line in mounts.splitlines():
        found = parse(line)
        if found is None:
            continue
        point, its_kind = found
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), its_kind
    return kind


def _of_proc(line: str) -> tuple[PurePosixPath, str] | None:
    """Read `server:/share /mnt/share nfs4 rw,… 0 0`; a blank in a name is written \\040."""
    parts = line.split(" ")
    if len(parts) < 3:
        return None
    return PurePosixPath(_unescaped(parts[1])), parts[2].casefold()


def _of_mac(line: str) -> tuple[PurePosixPath, str] | None:
    """Read `//ann@server/share on /Volumes/share (smbfs, nodev, nosuid)`."""
    what, sign, rest = line.partition(" on ")
    point, opened, options = rest.rpartition(" (")
    if not (what and sign and opened):
        return None
    return PurePosixPath(point), options.rstrip(")").split(",")[0].strip().casefold()


def _unescaped(text: str) -> str:
    for octal, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, character)
    return text


def _synced(folder: Path, system: System) -> str:
    """Return the sync client whose folder it is, or nothing."""
    pure: PurePath = PurePosixPath(str(folder))
    if system.platform == "win32":
        pure = PureWindowsPath(str(folder))
        for name in _ONEDRIVE:
            root = system.environ.get(name)
            if root and pure.is_relative_to(PureWindowsPath(root)):
                return "OneDrive"
    by_name = next(filter(None, map(_client_named, pure.parts)), "")
    return by_name or next(filter(None, (_marked(each, system) for each in _above(folder))), "")


def _client_named(part: str) -> str:
    name = part.casefold()
    begun = (client for start, client in _FOLDERS_BEGIN.items() if name.startswith(start))
    return _FOLDERS.get(name) or next(begun, "")


def _above(folder: Path) -> list[Path]:
    return [folder, *folder.parents]


def _marked(folder: Path, system: System) -> str:
    """Return the sync client that left its mark in a folder, or nothing."""
    found = (by for name, by in _MARKERS.items() if system.is_there(f"{folder}{os.sep}{name}"))
    return next(found, "")


def _read_mounts(platform: str) -> str:
    if platform == "linux":
        try:
            return Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return ""
    import subprocess  # macOS alone

    try:
        done = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _drive_type(root: str) -> int:
    import ctypes  # Windows alone

    library = getattr(ctypes, "windll", None)
    return 0 if library is None else int(library.kernel32.GetDriveTypeW(root))
