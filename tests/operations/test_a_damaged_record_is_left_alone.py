"""A damaged record and the log beside it stay byte for byte as they are, until a person restores.

SQLite's last connection that closes writes the log into the file and removes it.
"""

from contextlib import suppress
from shutil import copy

import pytest

from ptimer.operations import backups, keeping, salvaging, snapshots
from ptimer.operations.backing_up import back_up
from ptimer.operations.books import load_with_own
from ptimer.operations.clinic import open_clinic, open_clinic_to_read
from ptimer.operations.errors import BadData
from ptimer.operations.stopwatch import StartWish, start

PAGE = 4096


def _over(content, begin, end):
    content[begin:end] = b"\xa5" * (end - begin)


DAMAGES = {
    "its first words": lambda content, _: _over(content, 0, 16),
    "what it says of itself": lambda content, _: _over(content, 16, 56),
    "the page that names the tables": lambda content, _: _over(content, 100, PAGE),
    "its rule book": lambda content, roots: _over(
        content, (roots["rulebook_cache"] - 1) * PAGE, roots["rulebook_cache"] * PAGE
    ),
    "an index": lambda content, roots: _over(
        content, (roots["export_lines_by_visit"] - 1) * PAGE, roots["export_lines_by_visit"] * PAGE
    ),
    "the half of it": lambda content, _: content.__delitem__(slice(len(content) // 2, None)),
    "all of it": lambda content, _: content.clear(),
    "all but its beginning": lambda content, _: content.__delitem__(slice(PAGE, None)),
}


@pytest.fixture
def backup_of_it(clinic, timed):
    timed("97110")
    return back_up(clinic).path


@pytest.fixture
def damaged(clinic, backup_of_it, timed, folder, file, request):
    """A record whose log holds presses that its file lacks, damaged; return both files' bytes."""
    clinic.connection.execute("pragma wal_checkpoint(truncate)")
    roots = dict(clinic.connection.execute("select name, rootpage from sqlite_schema"))
    timed("97140", "Bob")
    for end in ("", "-wal"):
        copy(f"{file}{end}", folder.parent / f"kept{end}")
    clinic.close()
    content = bytearray((folder.parent / "kept").read_bytes())
    DAMAGES[request.param](content, roots)
    file.write_bytes(content)
    copy(folder.parent / "kept-wal", f"{file}-wal")
    return files(file)


def files(file):
    """Return the bytes of a file and of the log beside it."""
    return [(file.with_name(f"{file.name}{end}")).read_bytes() for end in ("", "-wal")]


def _read(folder, clock):
    clinic = open_clinic_to_read(folder, clock)
    try:
        snapshots.day(clinic, None)
    finally:
        clinic.close()


def _start(folder, clock):
    clinic = open_clinic(folder, clock)
    try:
        start(clinic, StartWish("97110", ("P-9",), clinician="Kim"))
    finally:
        clinic.close()


def _back_up(folder, clock):
    clinic = open_clinic(folder, clock)
    try:
        back_up(clinic)
    finally:
        clinic.close()


ROADS = {
    "opened to write": lambda folder, clock: open_clinic(folder, clock).close(),
    "opened to read": lambda folder, clock: open_clinic_to_read(folder, clock).close(),
    "a start": _start,
    "its books": lambda folder, _: load_with_own(folder),
    "its second folder": lambda folder, _: backups.second_folder_of(folder),
    "checked": keeping.check,
    "backed up": _back_up,
}


@pytest.mark.parametrize("damaged", DAMAGES, indirect=True)
def test_on_every_road_that_finds_the_damage_file_and_log_stay_as_they_are(
    damaged, folder, clock, file
):
    told = []
    for road, go in ROADS.items():
        for end, content in zip(("", "-wal"), damaged, strict=True):
            file.with_name(f"{file.name}{end}").write_bytes(content)
        try:
            go(folder, clock)
        except BadData:
            told.append(road)
        if road in told:
            assert files(file) == damaged, road

    assert {"checked", "backed up"} <= set(told)


@pytest.mark.parametrize("damaged", DAMAGES, indirect=True)
def test_what_is_offered_for_it_only_reads_it(damaged, backup_of_it, folder, clock, file):
    assert backups.newest_proven(folder, clock).path == backup_of_it
    assert backups.preview(folder, backup_of_it, clock).record_problem is not None
    assert files(file) == damaged
    with suppress(BadData):  # of some damages nothing is left
        salvaging.build(folder, file, folder.parent / "new.db", clock)
    assert files(file) == damaged
    with suppress(BadData):
        salvaging.build_by_window(folder, clock)
    assert files(file) == damaged


@pytest.mark.parametrize("damaged", DAMAGES, indirect=True)
def test_a_restore_keeps_the_log_with_the_damaged_file(damaged, backup_of_it, folder, clock, file):
    with suppress(BadData):
        open_clinic(folder, clock).close()
    for end, content in zip(("", "-wal"), damaged, strict=True):
        file.with_name(f"{file.name}{end}").write_bytes(content)

    done = keeping.restore(folder, backup_of_it)

    assert done.kept.name == "damaged.db"
    assert files(done.kept) == damaged
    open_clinic(folder, clock).close()
    assert keeping.check(folder, clock).segments == 1
    assert not file.with_name(f"{file.name}-wal").exists(), "a whole record's log is merged"


@pytest.mark.parametrize("damaged", ["an index"], indirect=True)
def test_who_only_reads_changes_nothing_although_it_sees_no_damage(damaged, folder, clock, file):
    for road in ("opened to read", "its books", "its second folder"):
        ROADS[road](folder, clock)
        assert files(file) == damaged, road


@pytest.mark.parametrize("damaged", DAMAGES, indirect=True)
def test_a_backup_that_is_refused_leaves_the_damaged_record_as_it_is(damaged, folder, file):
    poor = folder.parent / "poor.db"
    poor.write_bytes(damaged[0])

    with pytest.raises(BadData):
        keeping.restore(folder, poor)
    assert files(file) == damaged
    assert poor.read_bytes() == damaged[0]


@pytest.mark.parametrize("damaged", ["an index"], indirect=True)
@pytest.mark.parametrize("finder", ["checked", "backed up"])
def test_damage_that_is_found_in_the_middle_of_use_keeps_the_file_from_then_on(
    damaged, another, folder, clock, file, finder
):
    used = another()
    used.connection.execute("pragma wal_autocheckpoint = 1")
    with pytest.raises(BadData):
        ROADS[finder](folder, clock)

    start(used, StartWish("G0283", ("P-7",), clinician="Lee"))
    used.reconnect()
    used.close()

    main, log = files(file)
    assert main == damaged[0]
    assert log.startswith(damaged[1]), "what was recorded since stands behind it"
    assert len(log) > len(damaged[1])


@pytest.mark.parametrize("damaged", ["its rule book"], indirect=True)
def test_a_whole_record_in_its_place_is_closed_as_ever(damaged, backup_of_it, folder, clock, file):
    with pytest.raises(BadData):
        keeping.check(folder, clock)
    keeping.restore(folder, backup_of_it)

    clinic = open_clinic(folder, clock)
    start(clinic, StartWish("97110", ("P-9",), clinician="Lee"))
    clinic.close()

    assert not file.with_name(f"{file.name}-wal").exists()
