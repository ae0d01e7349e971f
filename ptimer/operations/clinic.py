"""What is a press handed? The record on this PC, the clock, and the rule book: one clinic."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ptimer.operations.errors import problems_told
from ptimer.storage import database, doubts, reopening, rulebook, seals, segments, settings
from ptimer.storage.errors import StorageError
from ptimer.storage.rulebook import Rulebook
from ptimer.timing.clock import DAY, Clock, Instant, ShiftedClock
from ptimer.timing.recovery import doubt_of_command, read

DEMO_SHIFT = "demo-shift"
"""Milliseconds by which a demo day is away from now; a real record has no such setting."""
_MOST_SHIFT = 100_000 * DAY
"""What is further away was not written by ptimer."""


class Clinic:
    """An open record. It belongs to the thread that opened it.

    `actor` is who presses, where a window or an option says so: the audit log names them.
    """

    def __init__(self, connection: database.Connection, clock: Clock, folder: Path) -> None:
        """Take an open connection; use `open_clinic`."""
        self.connection = connection
        shift = settings.get(connection, DEMO_SHIFT)
        self.is_demo = isinstance(shift, int) and abs(shift) < _MOST_SHIFT
        self.clock = clock
        if isinstance(shift, int) and self.is_demo:
            self.clock = ShiftedClock(clock, shift=shift)
        self.folder = folder
        self._mark = reopening.mark_of(connection, database.database_file(folder).absolute())
        self.actor: str | None = None
        self.commits = 0
        """How many times this one has written to the record."""
        self._rulebook_stamp = rulebook.stamp(connection)
        self.rulebook: Rulebook = rulebook.load(connection)

    @contextmanager
    def writing(self) -> Iterator[Instant]:
        """Commit all that the block writes, or none of it; yields the time of the press.

        Both clocks are compared with the last press's first: what runs is in doubt where a person
        has set the clock since.

        Raises:
            Problem: the record can't be written to.
        """
        with problems_told(), self._transaction():
            now = read(self.clock)
            before = doubts.last_reading(self.connection)
            doubt = doubt_of_command(before, now) if before else None
            if doubt:
                for segment in segments.running(self.connection):
                    doubts.add(self.connection, segment.id, doubt, at=now.wall)
            doubts.keep_reading(self.connection, now)
            self._know_own_entries()
            yield now.wall
        self.commits += 1

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._look_for_file()
        with database.transaction(self.connection):
            changed_around_us = seals.noted(self.connection)
            yield
            seals.renew(self.connection, but=changed_around_us)

    def look_for_file(self) -> None:
        """Go on with the record's file where its disk was away, and is back.

        Raises:
            Problem: it is not there, or another record is.
        """
        with problems_told():
            self._look_for_file()

    def _look_for_file(self) -> None:
        self.connection, self._mark = reopening.still_there(self.connection, self._mark)

    def opener(self) -> Callable[[], "Clinic"]:
        """Return what opens this record once more, in another thread; it makes none.

        What is returned raises a `Problem` where the record is gone.
        """
        mark, clock, folder, actor = self._mark, self.clock, self.folder, self.actor

        def opened() -> Clinic:
            with problems_told():
                again = _clinic(reopening.open_beside(mark), clock, folder)
            again.clock = clock  # a demo day's is moved already, and is not to be moved twice
            again.actor = actor
            return again

        return opened

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Do not wait, within this block, for another program that holds the record."""
        with reopening.impatient(self.connection):
            yield

    def reconnect(self) -> None:
        """Open the record anew after it could not be written to: its disk may have come back.

        Raises:
            Problem: it is not there, or another record is.
        """
        with problems_told():
            self.connection, self._mark = reopening.reopen(self.connection, self._mark)

    @contextmanager
    def reading(self) -> Iterator[Instant]:
        """Let all that the block reads be of one moment; yields the time.

        Raises:
            Problem: the record can't be read.
        """
        with problems_told(), database.reading(self.connection):
            self._know_own_entries()
            yield self.clock.now()

    def changed_elsewhere(self) -> int:
        """Return a number that changes when another window or command has written."""
        with problems_told():
            return database.change_counter(self.connection)

    def reload_rulebook(self) -> None:
        """Read the clinic's own codes and payers anew."""
        with problems_told(), database.reading(self.connection):
            self._know_own_entries()

    def _know_own_entries(self) -> None:
        """Read the rule book anew where a code or payer was made, here or elsewhere."""
        stamp = rulebook.stamp(self.connection)
        if stamp != self._rulebook_stamp:
            self.rulebook = rulebook.load(self.connection)
            self._rulebook_stamp = stamp

    def go_on_with(self, other: "Clinic") -> None:
        """Be the record that another one has open, in the same folder; the other is given up.

        Whoever holds this one goes on with it: clock and actor stay.
        """
        self.connection = other.connection
        self._mark = other._mark
        self._rulebook_stamp, self.rulebook = other._rulebook_stamp, other.rulebook

    def close(self) -> None:
        """Close the record."""
        self.connection.close()


def open_clinic(folder: Path, clock: Clock) -> Clinic:
    """Open a folder's record for writing, made where there is none.

    Raises:
        Problem: it can't be opened; the sentence says why and what to do.
    """
    with problems_told():
        connection = database.open_for_writing(folder)
        clinic = _clinic(connection, clock, folder)
        try:
            with database.reading(connection):
                kept = rulebook.is_kept(connection)
            if not kept:
                with database.transaction(connection):
                    rulebook.keep(connection)
        except StorageError:
            connection.close()
            raise
    return clinic


def open_clinic_to_read(folder: Path, clock: Clock) -> Clinic | None:
    """Open a folder's record to look at it; None where there is none, and none is made.

    Raises:
        Problem: it can't be opened.
    """
    with problems_told():
        connection = database.open_for_reading(folder)
        return None if connection is None else _clinic(connection, clock, folder)


def _clinic(connection: database.Connection, clock: Clock, folder: Path) -> Clinic:
    try:
        with database.reading(connection):
            return Clinic(connection, clock, folder)
    except StorageError:
        connection.close()
        raise
