"""What does the made-up clinic day hold, and how is it played?

It goes through the same operations as a real day, on a clock of its own, in a folder of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Any

from ptimer import resources
from ptimer.operations import (
    backing_up,
    coming,
    people,
    signing,
    stopping,
    stopwatch,
    visiting,
    watching,
)
from ptimer.operations.clinic import DEMO_SHIFT, Clinic, open_clinic
from ptimer.operations.recording import FROM_WINDOW
from ptimer.storage import database, settings, visits, window_lock
from ptimer.storage.errors import StorageError
from ptimer.timing.clock import Clock, Instant, ManualClock
from ptimer.timing.service_date import read_time, service_date

END_OF_DAY = time(17, 42)
MID_MORNING = time(10, 36, 7)
"""97112 runs for P-1042 since 24 minutes."""

FOLDER = "demo"

Event = Mapping[str, Any]


@dataclass(frozen=True)
class DemoDay:
    """A demo day that was played, and where it lies."""

    folder: Path
    date: date
    until: Instant


def make(parent: Path, clock: Clock, *, until: time = END_OF_DAY) -> DemoDay:
    """Play today as a demo day up to a time, in a new folder below `parent`.

    Who opens that folder finds it at that time of day, going on from there.
    """
    folder = _free_folder(parent)
    day = service_date(clock.now(), clock.zone)
    played = play(folder, day, until=until, zone=clock.zone)
    clinic = open_clinic(folder, clock)
    try:
        with clinic.writing():
            settings.put(clinic.connection, DEMO_SHIFT, played.until - clock.now())
    finally:
        clinic.close()
    return played


def play(folder: Path, day: date, *, until: time, zone: tzinfo | None) -> DemoDay:
    """Play the demo day of a date up to a time into a folder."""
    clock = ManualClock(_instant(day, time(7, 45), zone), zone)
    clinic = open_clinic(folder, clock)
    try:
        for step in steps(clinic, day):
            if step.at > until:
                break
            _move_to(clock, _instant(day, step.at, zone))
            step.do()
        _move_to(clock, _instant(day, until, zone))
        watching.leave(clinic)
    finally:
        clinic.close()
    end = _instant(day, until, zone)
    return DemoDay(folder, day, end)


@dataclass(frozen=True)
class Step:
    """One thing that happens at a time of the demo day."""

    at: time
    do: Callable[[], None]


def steps(clinic: Clinic, day: date) -> list[Step]:
    """Return the steps of the day, in order; each one presses as a person would."""
    script = _script()
    player = _Player(clinic, script["clinician"], script["credentials"], day)
    first = Step(time(7, 46), lambda: player.introduce(script))
    return [
        first,
        *(
            Step(time.fromisoformat(event["at"]), _bound(player, event))
            for event in script["event"]
        ),
    ]


def _bound(player: "_Player", event: Event) -> Callable[[], None]:
    return lambda: player.play(event)


class _Player:
    """Presses what the script says."""

    def __init__(self, clinic: Clinic, clinician: str, credentials: str, day: date) -> None:
        self._clinic = clinic
        self._clinician = clinician
        self._credentials = credentials
        self._day = day

    def introduce(self, script: Event) -> None:
        """Answer the questions of the first start."""
        people.answer_first_start(
            self._clinic,
            people.FirstAnswers(
                script["clinician"], script["credentials"], script["discipline"], script["payer"]
            ),
        )

    def play(self, event: Event) -> None:
        """Do what an event says."""
        {
            "visits": self._visits,
            "backup": lambda _: backing_up.back_up(self._clinic),
            "arrive": lambda e: coming.arrive(self._clinic, self._visit(e)),
            "depart": lambda e: coming.depart(self._clinic, self._visit(e)),
            "start": self._start,
            "stop": lambda _: stopping.stop(self._clinic, stopping.StopWish()),
            "sign": self._sign,
        }[event["do"]](event)

    def _visits(self, event: Event) -> None:
        for visit in event["visits"]:
            visiting.open_visit(
                self._clinic, visit["patient"], payer=visit["payer"], planned=visit["planned"]
            )

    def _start(self, event: Event) -> None:
        stopwatch.start(
            self._clinic,
            stopwatch.StartWish(
                event["code"],
                tuple(event.get("patients", ())) or (event["patient"],),
                clinician=self._clinician,
                switch=True,
                origin=FROM_WINDOW,
            ),
        )

    def _sign(self, event: Event) -> None:
        signing.sign(
            self._clinic,
            self._visit(event),
            signing.SignWish(clinician=self._clinician, credentials=self._credentials),
        )

    def _visit(self, event: Event) -> str:
        with self._clinic.reading():
            found = visits.of_patient(self._clinic.connection, event["patient"], self._day)
        return found[0].id


def _script() -> Event:
    import tomllib  # only the demo day is written in a file of its own

    return tomllib.loads(resources.text("demo", "day.toml"))


def _move_to(clock: ManualClock, at: Instant) -> None:
    clock.advance(seconds=(at - clock.now()) / 1000)


def _instant(day: date, at: time, zone: tzinfo | None) -> Instant:
    written = datetime.combine(day, at).isoformat()
    return read_time(written, today=day, zone=zone).instant


def _free_folder(parent: Path) -> Path:
    """Return the demo's folder, emptied of an earlier demo, or the next one if that is open."""
    number = 1
    while True:
        folder = parent / (FOLDER if number == 1 else f"{FOLDER}-{number}")
        try:
            if not database.database_file(folder).exists():
                return folder
        except OSError:  # which opening it will tell
            return folder
        if not window_lock.window_is_open(folder) and _is_demo(folder):
            _empty(folder)
            return folder
        number += 1


def _is_demo(folder: Path) -> bool:
    try:
        connection = database.open_for_reading(folder)
        if connection is None:
            return True
        try:
            with database.reading(connection):
                return settings.get(connection, DEMO_SHIFT) is not None
        finally:
            connection.close()
    except StorageError:  # damaged, or no ptimer's: it is left alone
        return False


def _empty(folder: Path) -> None:
    for name in ("", "-wal", "-shm"):
        path = database.database_file(folder)
        path.with_name(path.name + name).unlink(missing_ok=True)
    for copy in (folder / "backups").glob("ptimer-*.db"):
        copy.unlink()
