"""A database on a network, or in a folder that is synchronized, is warned about; no other one."""

from pathlib import Path

import pytest

from ptimer.operations.whereabouts import Kind, System, warned_about

LINUX = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /scratch tmpfs rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ann/local ext4 rw 0 0
//nas/share /mnt/the\\040share cifs rw,vers=3.0 0 0
ann@pc:/x /mnt/ssh fuse.sshfs rw 0 0
portal /run/user/1000/doc fuse.portal rw 0 0
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ann@nas._smb._tcp.local/clinic on /Volumes/clinic (smbfs, nodev, nosuid, mounted by ann)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
server:/export on /Volumes/the share (1) (nfs, asynchronous)
"""


def of(platform, *, mounts="", drives=None, there=(), environ=None):
    return System(
        platform=f"{platform}-tested" if platform == "linux" else platform,
        environ=environ or {},
        mounts=lambda: mounts,
        drive_type=lambda root: (drives or {}).get(root, 3),
        is_there=lambda path: path in there,
    )


ON_A_NETWORK = {
    "/home/ann/.local/share/ptimer": "nfs4",
    "/mnt/the share/ptimer": "cifs",
    "/mnt/ssh/ptimer": "fuse.sshfs",
}


@pytest.mark.parametrize(("folder", "by"), ON_A_NETWORK.items())
def test_a_linux_mount_of_another_computer_is_a_network(folder, by):
    found = warned_about(Path(folder), of("linux", mounts=LINUX))

    assert (found.kind, found.by) == (Kind.NETWORK, by)
    assert str(found.sentence).startswith(f"The database lies on a network folder ({by}). A netw")
    assert folder in str(found.sentence)


@pytest.mark.parametrize(
    "folder",
    ["/srv/ptimer", "/scratch/ptimer", "/home/ann/local/ptimer", "/run/user/1000/doc/x"],
)
def test_what_is_mounted_nearest_counts_and_a_local_disk_is_fine(folder):
    assert warned_about(Path(folder), of("linux", mounts=LINUX)) is None


@pytest.mark.parametrize(
    ("folder", "by"),
    [("/Volumes/clinic/ptimer", "smbfs"), ("/Volumes/the share (1)/ptimer", "nfs")],
)
def test_a_macs_mount_of_another_computer_is_a_network(folder, by):
    assert warned_about(Path(folder), of("darwin", mounts=MAC)).by == by


def test_a_macs_own_disk_is_fine():
    place = Path("/Users/ann/Library/Application Support/ptimer")

    assert warned_about(place, of("darwin", mounts=MAC)) is None


@pytest.mark.parametrize(
    ("folder", "by"), [(r"Z:\ptimer", "Z:"), (r"\\nas\clinic\ptimer", r"\\nas\clinic")]
)
def test_a_drive_of_another_computer_is_a_network_on_windows(folder, by):
    found = warned_about(Path(folder), of("win32", drives={"Z:\\": 4}))

    assert (found.kind, found.by) == (Kind.NETWORK, by)


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 5, 6])
def test_no_other_drive_of_windows_is(kind):
    place = Path(r"C:\Users\Ann\AppData\Local\ptimer")

    assert warned_about(place, of("win32", drives={"C:\\": kind})) is None


SYNCED = {
    r"C:\Users\Ann\OneDrive\ptimer": "OneDrive",
    r"C:\Users\Ann\OneDrive - Clinic Inc\Documents\ptimer": "OneDrive",
    r"C:\Users\Ann\Dropbox\ptimer": "Dropbox",
    r"C:\Users\Ann\Dropbox (Clinic)\ptimer": "Dropbox",
    r"G:\My Drive\ptimer": "Google Drive",
    r"C:\Users\Ann\iCloudDrive\ptimer": "iCloud Drive",
    r"C:\Users\Ann\Nextcloud2\ptimer": "Nextcloud",
}


@pytest.mark.parametrize(("folder", "by"), SYNCED.items())
def test_a_sync_clients_folder_is_known_by_its_name_on_windows(folder, by):
    found = warned_about(Path(folder), of("win32"))

    assert (found.kind, found.by) == (Kind.SYNCED, by)
    assert f"{by} copies it while it is written" in str(found.sentence)


def test_a_folder_that_onedrive_took_over_is_known_by_windows_own_word():
    environ = {"OneDriveCommercial": r"D:\Work"}

    assert warned_about(Path(r"D:\Work\ptimer"), of("win32", environ=environ)).by == "OneDrive"
    assert warned_about(Path(r"D:\Workshop\ptimer"), of("win32", environ=environ)) is None


@pytest.mark.parametrize(
    ("folder", "by"),
    [
        ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/ptimer", "iCloud Drive"),
        ("/Users/ann/Library/CloudStorage/OneDrive-Clinic/ptimer", "OneDrive"),
        ("/Users/ann/Library/CloudStorage/GoogleDrive-a@b.org/My Drive/x", "Google Drive"),
        ("/Users/ann/Library/CloudStorage/Dropbox/ptimer", "Dropbox"),
    ],
)
def test_a_macs_synced_folders_are_known_by_their_names(folder, by):
    assert warned_about(Path(folder), of("darwin", mounts=MAC)).by == by


@pytest.mark.parametrize(
    ("name", "by"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
    ],
)
def test_a_folder_of_any_name_is_known_by_what_the_client_leaves_there(name, by):
    system = of("linux", there=[f"/srv/shared/{name}"])

    assert warned_about(Path("/srv/shared/a/ptimer"), system).by == by
    assert warned_about(Path("/srv/other/ptimer"), system) is None


@pytest.mark.parametrize("folder", ["/srv/dropboxes/x", "/srv/boxes/x", "/srv/one drive/x"])
def test_a_name_that_only_sounds_like_one_is_fine(folder):
    assert warned_about(Path(folder), of("linux")) is None


def test_this_computers_own_folder_is_asked_about_for_real(tmp_path):
    (tmp_path / "s").mkdir()
    assert warned_about(tmp_path / "s") is None
    (tmp_path / ".stfolder").mkdir()

    assert warned_about(tmp_path / "s").by == "Syncthing"


def test_a_link_into_a_synced_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox")

    assert warned_about(tmp_path / "link" / "ptimer").by == "Dropbox"


def test_mounts_that_cannot_be_read_are_no_reason_to_warn():
    assert warned_about(Path("/x"), of("linux", mounts="nonsense\n\n one two\n")) is None
    assert warned_about(Path("/x"), of("darwin", mounts="nonsense\n on (\n")) is None
