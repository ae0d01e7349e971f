import re
import sys

import debian
import pytest
import system_libraries
from console import SetupError
from system_libraries import DEBIAN_PACKAGES, missing_sonames, packages_for

LDD = """\
/v/PySide6/QtGui.abi3.so:
	linux-vdso.so.1 (0x00007ffd8b5f2000)
	libQt6Gui.so.6 => /v/PySide6/Qt/lib/libQt6Gui.so.6 (0x00007f3a1c000000)
	libEGL.so.1 => not found
	libglib-2.0.so.0 => not found
	/lib64/ld-linux-x86-64.so.2 (0x00007f3a1d000000)
/v/PySide6/Qt/plugins/platforms/libqxcb.so:
	libEGL.so.1 => not found
	libxcb-cursor.so.0 => not found
	libQt6EglFsKmsGbmSupport.so.6 => not found
	libnewer.so.3 => not found
"""
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="ldd and apt-get are Linux's")


def test_ldd_names_each_missing_library_once_and_qts_own_not_at_all():
    expected = ["libEGL.so.1", "libglib-2.0.so.0", "libnewer.so.3", "libxcb-cursor.so.0"]
    assert missing_sonames(LDD) == expected


def test_nothing_missing_is_nothing_to_install():
    assert missing_sonames("\tlibc.so.6 => /lib/libc.so.6 (0x00007f3a1c000000)\n") == []
    assert packages_for([]) == []


def test_two_libraries_of_one_package_ask_for_it_once():
    assert packages_for(["libglib-2.0.so.0", "libgthread-2.0.so.0"]) == ["libglib2.0-0"]


def test_a_library_that_the_table_does_not_know_asks_for_no_package():
    assert packages_for(["libnewer.so.3"]) == []


def test_the_table_serves_a_screen_and_its_absence():
    assert {"libegl1", "libgl1", "libxcb-cursor0", "libxkbcommon-x11-0", "libwayland-client0"} <= {
        *DEBIAN_PACKAGES.values()
    }
    for soname, package in DEBIAN_PACKAGES.items():
        assert re.fullmatch(r"lib[\w+-]+(\.\d+)?\.so\.\d+", soname), soname
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", package), package


@pytest.fixture
def pyside(tmp_path):
    folder = tmp_path / "PySide6"
    folder.mkdir()
    (folder / "QtCore.abi3.so").touch()
    return folder


@pytest.fixture
def machine(monkeypatch, stand_ins, tmp_path):
    """A Debian without lists of packages; its ldd misses what the file `missing` says."""
    missing = tmp_path / "missing"
    missing.write_text(LDD, "utf-8")
    stand_ins.add("ldd", f'cat "{missing}"')
    stand_ins.add("apt-get", f'case "$*" in *install*) : > "{missing}" ;; esac')
    stand_ins.add("dpkg")
    (tmp_path / "lists").mkdir()
    monkeypatch.setenv("PATH", f"{stand_ins.folder}:/usr/bin:/bin")
    monkeypatch.setattr(debian, "APT_LISTS", tmp_path / "lists")
    monkeypatch.setattr(debian, "is_debian", lambda: True)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    return stand_ins


@needs_linux
def test_root_gets_all_in_one_install_after_fetching_the_lists(machine, pyside):
    assert system_libraries.ensure(pyside)

    apt = [call for call in machine.calls() if call.startswith("apt-get")]
    assert len(apt) == 2
    assert apt[0].endswith(" update")
    assert apt[1].endswith(" libegl1 libglib2.0-0 libxcb-cursor0")


@needs_linux
def test_lists_that_are_there_are_not_fetched_again(machine, pyside, tmp_path):
    (tmp_path / "lists" / "mirror_main_Packages.lz4").touch()

    assert system_libraries.ensure(pyside)
    assert [call.split()[0] for call in machine.calls()] == ["ldd", "apt-get", "ldd"]


@needs_linux
def test_a_failed_install_is_mended_and_tried_once_more(machine, pyside, tmp_path):
    (tmp_path / "lists" / "old_Packages").touch()
    machine.add("apt-get", "echo 'E: no such thing'; exit 100")

    with pytest.raises(SetupError, match="sudo apt-get update && sudo apt-get install"):
        system_libraries.ensure(pyside)
    assert [call.split()[0] for call in machine.calls()] == [
        "ldd", "apt-get", "dpkg", "apt-get", "apt-get",
    ]  # fmt: skip


@needs_linux
def test_without_root_the_exact_command_is_named_and_nothing_is_run(machine, pyside, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(SetupError) as refusal:
        system_libraries.ensure(pyside)
    assert (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "libegl1 libglib2.0-0 libxcb-cursor0\n"
    ) in str(refusal.value)
    assert [call.split()[0] for call in machine.calls()] == ["ldd"]


@needs_linux
def test_elsewhere_the_libraries_are_named_with_ways_to_get_them(machine, pyside, monkeypatch):
    monkeypatch.setattr(debian, "is_debian", lambda: False)

    with pytest.raises(SetupError, match=r"dnf install .*'libxcb-cursor\.so\.0\(\)\(64bit\)'"):
        system_libraries.ensure(pyside)


@needs_linux
def test_what_no_package_mends_is_told_and_does_not_stop_the_set_up(machine, pyside, capsys):
    machine.add("ldd", "echo '\tlibnewer.so.3 => not found'")

    assert not system_libraries.ensure(pyside)
    assert "libnewer.so.3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("os_release", "expected"),
    [
        ("ID=debian\n", True),
        ('PRETTY_NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', False),
        ("ID=arch\n\n", False),
    ],
)
@needs_linux
def test_debian_and_its_children_are_known(monkeypatch, stand_ins, tmp_path, os_release, expected):
    stand_ins.add("apt-get")
    monkeypatch.setenv("PATH", str(stand_ins.folder))
    (tmp_path / "os-release").write_text(os_release, "utf-8")

    assert debian.is_debian(tmp_path / "os-release") is expected
