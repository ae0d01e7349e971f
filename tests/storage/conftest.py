"""A record on disk of its own for each test, opened as the operations open it."""

import sqlite3
from datetime import date
from shutil import copy

import pytest

from ptimer.storage import database
from ptimer.storage.migrations import migrate
from tests.storage import tables
from tests.storage.quick_disk import quick_folder

DAY = date(2026, 11, 23)


@pytest.fixture
def folder():
    """A data folder that is not there yet."""
    with quick_folder() as parent:
        yield parent / "record"


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """The file of an empty record, made once; a copy is quicker than another one."""
    folder = tmp_path_factory.mktemp("blank")
    database.open_for_writing(folder).close()
    return database.database_file(folder)


@pytest.fixture
def connection(folder, blank):
    """A new and empty record."""
    folder.mkdir()
    copy(blank, folder)
    connection = database.open_for_writing(folder)
    yield connection
    connection.close()


@pytest.fixture
def visit(connection):
    """Add a visit of Ann's, or of another patient's: `visit("Bob", discipline="OT")`."""

    def visit(patient="Ann", **more):
        with database.transaction(connection):
            return tables.add_visit(connection, patient, DAY, **more)

    return visit


@pytest.fixture
def segment(connection):
    """Put a segment in by SQL alone: `segment(visit_id, "97110", 0, 900_000, clinician="Lee")`."""

    def segment(visit_id, code, start, end, *, patient="Ann", **more):
        with database.transaction(connection):
            return tables.add_segment(connection, visit_id, patient, code, start, end, **more)

    return segment


@pytest.fixture(scope="session")
def in_memory():
    """An empty record in memory, for hypothesis: each example is rolled back."""
    connection = sqlite3.connect(":memory:")
    connection.execute("pragma foreign_keys = on")
    migrate(connection)
    yield connection
    connection.close()
