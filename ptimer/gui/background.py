"""How is slow work done while the window goes on? In a thread, with progress and cancel."""

import gc
from collections.abc import Callable
from threading import Event
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal

from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.operations.errors import Problem
from ptimer.wording import say

Result = TypeVar("Result")


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


class _News(QObject):
    """What a thread has to tell; it owns no widget and calls none."""

    done = Signal(object)
    failed = Signal(object)
    broke = Signal(object)
    progressed = Signal(int, int)
    ended = Signal(object)


class _AtWork(QObject):
    """Which threads are at work? While any is, no garbage is collected.

    Python collects in whatever thread makes the next object, and what it collects may be a
    widget that was left in a circle of references: to destroy one outside the window's thread
    crashes the program.
    """

    def __init__(self) -> None:
        super().__init__()
        self._news: set[_News] = set()
        self._was_on = False

    def begin(self, news: _News) -> None:
        """Note a job, before its thread is started."""
        if not self._news:
            self._was_on = gc.isenabled()
            gc.disable()
        self._news.add(news)
        news.ended.connect(self._end)

    def _end(self, news: _News) -> None:
        """Note, on the window's thread, that a job's thread has nothing more to do."""
        self._news.discard(news)
        if not self._news and self._was_on:
            gc.enable()
            # What has heaped up is collected here, and not by the thread in its last step.
            gc.collect(0)


class _Work(QRunnable):
    """A job on its way through a thread of the pool."""

    def __init__(self, job: Callable[[Progress], object], progress: Progress, news: _News) -> None:
        super().__init__()
        self._job = job
        self._progress = progress
        self._news = news

    def run(self) -> None:
        try:
            self._work()
        finally:
            self._news.ended.emit(self._news)

    def _work(self) -> None:
        try:
            result = self._job(self._progress)
        except Cancelled:
            return
        except Problem as problem:
            self._news.failed.emit(problem)
        except Exception as error:  # noqa: BLE001  (raised again, where it is written down and told)
            self._news.broke.emit(error)
        else:
            self._news.done.emit(result)


class Handle(QObject):
    """A job that was started. After `cancel` none of its callbacks is called.

    It goes with its parent: a screen that is no more is told nothing.
    """

    def __init__(
        self,
        parent: QObject,
        news: _News,
        done: Callable[[object], None],
        failed: Callable[[Problem], None],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Listen to what the thread tells; use `run`."""
        super().__init__(parent)
        self.running = True
        self.progress = Progress(news.progressed.emit)
        self._on_done = done
        self._on_failed = failed
        self._on_progress = progress
        # Bound methods of an object of this thread: Qt queues what another thread emits.
        news.done.connect(self._finish)
        news.failed.connect(self._fail)
        news.broke.connect(self._break)
        news.progressed.connect(self._go_on)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._quit)

    def cancel(self) -> None:
        """Call the work off, and hear nothing more of it."""
        if self.running:
            self._end()
            self.progress.call_off()

    def _end(self) -> None:
        self.running = False
        self.deleteLater()

    def _finish(self, result: object) -> None:
        if self.running:
            self._end()
            self._on_done(result)

    def _fail(self, problem: Problem) -> None:
        if self.running:
            self._end()
            self._on_failed(problem)

    def _break(self, error: Exception) -> None:
        """Let the screen go on, then raise ptimer's own mistake where it is written down."""
        self._fail(Problem(say("Something went wrong inside ptimer: this was not done")))
        raise error

    def _go_on(self, done: int, total: int) -> None:
        if self.running and self._on_progress is not None:
            self._on_progress(done, total)

    def _quit(self) -> None:
        """Wait for the thread: it can't outlive the program that it is part of."""
        self.cancel()
        QThreadPool.globalInstance().waitForDone()


_AT_WORK = _AtWork()


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

    news = _News()
    handle = Handle(parent, news, finish, failed, progress)
    _AT_WORK.begin(news)
    QThreadPool.globalInstance().start(_Work(job, handle.progress, news))
    return handle


def on_record(clinic: Clinic, work: Callable[[Clinic, Progress], Result]) -> Job[Result]:
    """Return a job that does its work on the same record, opened by the thread for itself."""
    folder, clock, actor = clinic.folder, clinic.clock, clinic.actor

    def job(progress: Progress) -> Result:
        own = open_clinic(folder, clock)
        try:
            own.clock = clock  # a demo day's is moved already, and is not to be moved twice
            own.actor = actor
            return work(own, progress)
        finally:
            own.close()

    return job
