"""The command line on a record of its own, on Monday, 23 November 2026, at ten o'clock UTC."""

from shutil import copy

import pytest

from tests.cli.command_line import NOW, Ptimer, at


@pytest.fixture(scope="session", autouse=True)
def _application(qapp):
    """Qt's own, which is one a program: a command that makes pages must not make a lesser one."""
    return qapp


@pytest.fixture
def clock():
    return at(NOW)


@pytest.fixture
def first(tmp_path, clock):
    """The command line where nothing was recorded: there is no folder yet."""
    return Ptimer(tmp_path / "record", clock)


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """The file of an empty record, made once; a copy is quicker than another one."""
    ptimer = Ptimer(tmp_path_factory.mktemp("blank"), at(NOW))
    header = ptimer.folder / "header.csv"
    header.write_text("patient,payer,discipline,clinician,role,code,start,end,note\n", "utf-8")
    ptimer.do(f"import {header}")
    return ptimer.database


@pytest.fixture
def ptimer(first, blank):
    """The command line on a record that holds nothing yet."""
    first.folder.mkdir()
    copy(blank, first.folder)
    return first


@pytest.fixture(scope="session")
def half_signed(tmp_path_factory):
    """The file of the record that `signed` begins with."""
    ptimer = Ptimer(tmp_path_factory.mktemp("half-signed"), at(NOW))
    ptimer.do(
        "start 97110 --patient P-1 --payer Medicare --discipline PT --clinician Ana --at 08:00",
        "stop --at 08:30",
        "sign --patient P-1 --credentials PT",
        "start 97140 --patient P-2 --at 09:00",
        "stop --at 09:20",
    )
    return ptimer.database


@pytest.fixture
def signed(first, half_signed):
    """The command line on a record with a signed visit, P-1's, and one that is not, P-2's."""
    first.folder.mkdir()
    copy(half_signed, first.folder)
    return first
