"""How is slow work done while the window goes on? In a thread, with progress and cancel."""

import gc
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.wording import say

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")

_THREADS = 4


class Cancelled(Exception):  # noqa: N818  (no error: nobody waits for the work any more)
    """The work was called off."""


class Progress:
    """What a job is handed: it says how far it is, and ends where nobody waits any more."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        """Take whom to tell."""
        self._told = told
        self._called_off = Event()

    def say(self, done: int, total: int) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: it was called off.
        """
        self.check()
        self._told(done, total)

    def check(self) -> None:
        """End the work if it was called off.

        Raises:
            Cancelled: it was.
        """
        if self._called_off.is_set():
            raise Cancelled

    def call_off(self) -> None:
        """Let the work end the next time that it says how far it is."""
        self._called_off.set()


Job = Callable[[Progress], Result]


class _Bell(QObject):
    """What a thread rings; like the post it lives as long as the program."""

    rang = Signal()


class _Post(QObject):
    """Carries what threads have to tell to the window's thread, letter by letter.

    A thread touches nothing of Qt but the bell, and holds nothing that could be a widget by the
    time its last letter is read: a widget, or what listens for one, that is destroyed on another
    thread than the window's, or while another one tells it something, ends the program.

    While any thread is at work no garbage is collected: Python collects in whatever thread makes
    the next object, and what it collects may be a widget left in a circle of references.
    """

    def __init__(self) -> None:
        super().__init__()
        self._letters: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._jobs: dict[int, Job[object]] = {}
        self._handles: dict[int, Handle] = {}
        self._futures: dict[int, Future[None]] = {}
        self._next = 0
        self._was_on = False
        self._pool: ThreadPoolExecutor | None = None
        self._bell = _Bell()
        self._bell.rang.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    def begin(self, job: Job[object], handle: "Handle") -> None:
        """Start a job in a thread."""
        from concurrent.futures import ThreadPoolExecutor  # the first job, and not the start

        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="ptimer")
        if not self._jobs:
            self._was_on = gc.isenabled()
            gc.disable()
        number = self._next
        self._next += 1
        self._jobs[number] = job
        self._handles[number] = handle
        handle.progress = Progress(partial(self._send_progress, number))
        self._futures[number] = self._pool.submit(self._work, number, handle.progress)

    @Slot()
    def deliver(self) -> None:
        """Read one letter, on the window's thread; what it raises keeps back no other."""
        try:
            letter = self._letters.get_nowait()
        except Empty:
            return
        letter()

    def wait(self, milliseconds: int | None = None) -> bool:
        """Wait until no thread is at work; return whether none is."""
        from concurrent.futures import wait

        seconds = None if milliseconds is None else milliseconds / 1000
        return not wait(list(self._futures.values()), seconds).not_done

    def _send(self, letter: Callable[[], None]) -> None:
        self._letters.put(letter)
        self._bell.rang.emit()

    def _send_progress(self, number: int, done: int, total: int) -> None:
        self._send(partial(self._tell, number, "go_on", done, total))

    def _work(self, number: int, progress: Progress) -> None:
        """Do a job, on a thread of its own."""
        try:
            self._send(self._letter_of(number, progress))
        finally:
            self._send(partial(self._end, number))

    def _letter_of(self, number: int, progress: Progress) -> Callable[[], None]:
        try:
            return partial(self._tell, number, "finish", self._jobs[number](progress))
        except Cancelled:
            return _nothing
        except Problem as problem:
            return partial(self._tell, number, "fail", problem)
        except Exception as error:  # noqa: BLE001  (raised again, where it is written down and told)
            return partial(self._tell, number, "break_off", error)

    def _tell(self, number: int, what: str, *values: object) -> None:
        """Tell whoever waits, on the window's thread; a screen that is no more is told nothing."""
        handle = self._handles.get(number)
        if handle is not None and isValid(handle):
            getattr(handle, what)(*values)

    def _end(self, number: int) -> None:
        """Note, on the window's thread, that a job's thread has nothing more to do."""
        del self._jobs[number], self._handles[number], self._futures[number]
        if not self._jobs and self._was_on:
            gc.enable()
            # What has heaped up is collected here, and not by a thread in its last step.
            gc.collect(0)


class Handle(QObject):
    """A job that was started. After `cancel` none of its callbacks is called.

    It goes with its parent: a screen that is no more is told nothing. What it is told comes on
    the window's thread.
    """

    def __init__(
        self,
        parent: QObject,
        done: Callable[[object], None],
        failed: Callable[[Problem], None],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Wait to be told; use `run`."""
        super().__init__(parent)
        self.running = True
        self.progress = Progress(lambda _done, _total: None)
        self._on_done = done
        self._on_failed = failed
        self._on_progress = progress
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._quit)

    def cancel(self) -> None:
        """Call the work off, and hear nothing more of it."""
        if self.running:
            self._end()
            self.progress.call_off()

    def finish(self, result: object) -> None:
        """Hear what the work came to."""
        if self.running:
            done = self._on_done
            self._end()
            done(result)

    def fail(self, problem: Problem) -> None:
        """Hear why the work was not done."""
        if self.running:
            failed = self._on_failed
            self._end()
            failed(problem)

    def break_off(self, error: Exception) -> None:
        """Let the screen go on, then raise ptimer's own mistake where it is written down."""
        self.fail(Problem(say("Something went wrong inside ptimer: this was not done")))
        raise error

    def go_on(self, done: int, total: int) -> None:
        """Hear how far the work is."""
        if self.running and self._on_progress is not None:
            self._on_progress(done, total)

    def _end(self) -> None:
        """Let go of the screen, and go.

        A screen that nothing but this held would be destroyed by the end of this, and this, its
        child, once more by it: that ends the program.
        """
        self.running = False
        self._on_done = self._on_failed = _nothing
        self._on_progress = None
        self.deleteLater()

    def _quit(self) -> None:
        """Wait for the thread: it can't outlive the program that it is part of."""
        self.cancel()
        wait_for_done()


_POST = _Post()


def wait_for_done(milliseconds: int | None = None) -> bool:
    """Wait until no thread is at work, at most so long; return whether none is.

    What the threads have told by then waits for the window's next moment.
    """
    return _POST.wait(milliseconds)


def run(
    parent: QObject,
    job: Job[Result],
    done: Callable[[Result], None],
    failed: Callable[[Problem], None],
    progress: Callable[[int, int], None] | None = None,
) -> Handle:
    """Do a job in a thread; one of `done` and `failed` is called on the window's thread.

    The job touches no widget and no record but its own (`on_record`).
    """

    def finish(result: object) -> None:
        done(cast("Result", result))

    handle = Handle(parent, finish, failed, progress)
    _POST.begin(job, handle)
    return handle


def _nothing(_told: object = None) -> None:
    """Tell nothing: nobody waits any more."""


def on_record(clinic: Clinic, work: Callable[[Clinic, Progress], Result]) -> Job[Result]:
    """Return a job that does its work on the same record, opened by the thread for itself."""
    opened = clinic.opener()

    def job(progress: Progress) -> Result:
        own = opened()
        try:
            return work(own, progress)
        finally:
            own.close()

    return job
