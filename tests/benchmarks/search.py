"""How long is it until a search over the whole record is answered, its totals included?"""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ptimer.operations import history_search
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.operations.history_search import Wanted
from ptimer.timing.clock import SystemClock

RUNS = 7


def searches() -> dict[str, Wanted]:
    """Return what is looked for, by its name in the table."""
    today = datetime.now(UTC).date()
    return {
        "everything": Wanted(),
        "a patient": Wanted(patient="p-1234"),
        "a code": Wanted(code="97112"),
        "a clinician's half year": Wanted(
            clinician="Clinician 3", first=today - timedelta(days=182), last=today
        ),
    }


def opened(folder: Path) -> Clinic:
    """Return the record, open."""
    return open_clinic(folder, SystemClock())


def answer(clinic: Clinic, wanted: Wanted) -> Callable[[], float]:
    """Return a run of a search: its first page, then what all that was found comes to."""

    def run() -> float:
        started = time.perf_counter()
        history_search.page(clinic, wanted)
        history_search.totals(clinic, wanted, lambda *_: None)
        return time.perf_counter() - started

    return run


def first_page(clinic: Clinic, wanted: Wanted) -> float:
    """Return the seconds until a person sees the first visits."""
    started = time.perf_counter()
    history_search.page(clinic, wanted)
    return time.perf_counter() - started


def bare(clinic: Clinic, wanted: Wanted) -> Callable[[], float]:
    """Return a run of the very same queries, their rows fetched and nothing done to them."""
    asked: list[str] = []
    clinic.connection.set_trace_callback(asked.append)
    answer(clinic, wanted)()
    clinic.connection.set_trace_callback(None)
    queries = [query for query in asked if query.lstrip().startswith("select")]
    connection: sqlite3.Connection = clinic.connection

    def run() -> float:
        started = time.perf_counter()
        for query in queries:
            connection.execute(query).fetchall()
        return time.perf_counter() - started

    return run
