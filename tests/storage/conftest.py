"""A record on disk of its own for each test, opened as the operations open it."""

from datetime import date

import pytest

from ptimer.storage import database
from tests.storage import tables

DAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path):
    """A data folder that is not there yet."""
    return tmp_path / "record"


@pytest.fixture
def connection(folder):
    """A new and empty record."""
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
