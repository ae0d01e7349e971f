"""Slow work leaves the window free, and what it comes to is told on the window's thread."""

import gc
import threading
import weakref
from datetime import UTC, time

import pytest
from PySide6.QtCore import QEventLoop, QObject, QThread

from ptimer.gui import background
from ptimer.gui.background import Cancelled, on_record
from ptimer.operations import demo
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Busy
from ptimer.timing.clock import ManualClock
from ptimer.wording import say

PATIENCE = 10
"""Seconds after which a test gives up; none of them waits so long."""

pytestmark = pytest.mark.usefixtures("no_thread_is_left")


class Told:
    """What was told, and on which thread."""

    def __init__(self):
        self.results = []
        self.problems = []
        self.steps = []
        self.threads = []

    def done(self, result):
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    def failed(self, problem):
        self.problems.append(problem)
        self.threads.append(QThread.currentThread())

    def progressed(self, done, total):
        self.steps.append((done, total))
        self.threads.append(QThread.currentThread())

    @property
    def anything(self):
        return bool(self.results or self.problems)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def owner(qapp):
    """What would be a screen."""
    return QObject()


def test_the_work_is_done_on_another_thread_and_told_on_the_windows(qtbot, owner, told):
    def work(progress):
        return QThread.currentThread(), 42

    background.run(owner, work, told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    [(worked_on, answer)] = told.results
    assert answer == 42
    assert worked_on != owner.thread()
    assert told.threads == [owner.thread()]


def test_nothing_is_told_before_the_window_has_a_moment(qtbot, owner, told):
    background.run(owner, lambda _: 1, told.done, told.failed)
    background.wait_for_done(PATIENCE * 1000)

    assert not told.anything, "the press that started it goes on to its end first"
    qtbot.waitUntil(lambda: told.results == [1])


def test_a_problem_of_the_work_is_told_as_a_problem(qtbot, owner, told):
    def work(progress):
        raise Busy(say("The disk is full"))

    background.run(owner, work, told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    assert [str(problem.sentence) for problem in told.problems] == ["The disk is full"]
    assert told.results == []


def test_a_mistake_of_ptimer_itself_is_raised_where_it_is_written_down(qtbot, owner, told):
    def work(progress):
        return {}["nothing"]

    with qtbot.capture_exceptions() as raised:
        background.run(owner, work, told.done, told.failed)
        qtbot.waitUntil(lambda: bool(raised))

    assert raised[0][0] is KeyError
    assert len(told.problems) == 1, "the screen must not wait for ever"


def test_progress_is_told_in_order_before_the_result(qtbot, owner, told):
    def work(progress):
        for step in (1, 2, 3):
            progress.say(step, 3)

    background.run(owner, work, told.done, told.failed, told.progressed)
    qtbot.waitUntil(lambda: told.anything)

    assert told.steps == [(1, 3), (2, 3), (3, 3)]
    assert set(told.threads) == {owner.thread()}


def test_work_that_is_called_off_ends_at_its_next_step_and_tells_nothing(qtbot, owner, told):
    under_way, may_go_on = threading.Event(), threading.Event()
    ended_by = []

    def work(progress):
        under_way.set()
        may_go_on.wait(PATIENCE)
        try:
            progress.say(1, 2)
        except Cancelled as called_off:
            ended_by.append(called_off)
            raise

    handle = background.run(owner, work, told.done, told.failed, told.progressed)
    assert under_way.wait(PATIENCE)
    handle.cancel()
    may_go_on.set()
    background.wait_for_done(PATIENCE * 1000)
    qtbot.waitUntil(lambda: owner.children() == [])

    assert len(ended_by) == 1
    assert not handle.running
    assert not told.anything
    assert told.steps == []


def test_a_result_that_was_on_its_way_when_the_work_was_called_off_is_not_told(qtbot, owner, told):
    handle = background.run(owner, lambda _: "late", told.done, told.failed)
    background.wait_for_done(PATIENCE * 1000)
    handle.cancel()
    handle.cancel()
    qtbot.waitUntil(lambda: owner.children() == [])

    assert not told.anything


def test_a_screen_that_is_gone_is_told_nothing(qtbot, qapp, told):
    may_go_on = threading.Event()
    owner = QObject()
    background.run(owner, lambda _: may_go_on.wait(PATIENCE), told.done, told.failed)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    may_go_on.set()
    background.wait_for_done(PATIENCE * 1000)
    qapp.processEvents()

    assert not told.anything


@pytest.mark.parametrize("fails", [False, True])
def test_a_screen_that_goes_when_it_is_told_is_held_by_nothing(qapp, fails):
    loop = QEventLoop()

    class Screen(QObject):
        def hear(self, _what):
            loop.quit()

    def work(_progress):
        if fails:
            raise Busy(say("not now"))

    screen = Screen()
    background.run(screen, work, screen.hear, screen.hear)
    loop.exec()
    gone = weakref.ref(screen)

    del screen

    assert gone() is None


def test_many_jobs_leave_nothing_behind(qtbot, owner, told):
    for number in range(200):
        background.run(owner, lambda _, number=number: number, told.done, told.failed)
    qtbot.waitUntil(lambda: len(told.results) == 200)
    qtbot.waitUntil(lambda: owner.children() == [])

    assert sorted(told.results) == list(range(200))


def test_a_window_that_closes_waits_for_the_work_that_it_calls_off(qtbot, qapp, owner, told):
    under_way, ended = threading.Event(), threading.Event()

    def work(progress):
        under_way.set()
        while True:
            try:
                progress.say(1, 2)
            except Cancelled:
                ended.set()
                raise

    background.run(owner, work, told.done, told.failed)
    assert under_way.wait(PATIENCE)
    qapp.aboutToQuit.emit()

    assert ended.is_set()
    assert not told.anything


def test_the_work_reads_the_record_that_the_window_shows_by_a_door_of_its_own(
    qtbot, clinic, owner, told
):
    clinic.actor = "Ann"

    def work(own, progress):
        with own.reading() as now:
            return own.connection is clinic.connection, own.folder, own.actor, now

    background.run(owner, on_record(clinic, work), told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    assert told.results == [(False, clinic.folder, "Ann", clinic.clock.now())]


def test_on_a_demo_day_the_work_has_the_demo_days_time(qtbot, tmp_path, owner, told):
    clock = ManualClock.at_local("2026-11-23T10:00:00", UTC)
    played = demo.make(tmp_path, clock, until=time(8, 30))
    clinic = open_clinic(played.folder, clock)

    def work(own, progress):
        with own.reading() as now:
            return now

    background.run(owner, on_record(clinic, work), told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    assert told.results == [played.until]
    clinic.close()


def test_a_record_that_cannot_be_opened_is_a_problem_and_not_a_crash(
    qtbot, tmp_path, clinic, owner, told
):
    database = next(clinic.folder.glob("*.db"))
    clinic.close()
    for file in clinic.folder.iterdir():
        file.unlink()
    database.write_bytes(b"not a database" * 100)

    background.run(owner, on_record(clinic, lambda *_: None), told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    assert "damaged" in str(told.problems[0].sentence)


def test_work_on_a_record_whose_folder_is_gone_makes_no_empty_one_in_its_place(
    qtbot, clinic, owner, told
):
    away = clinic.folder.with_name("away")
    clinic.folder.rename(away)
    background.run(owner, on_record(clinic, lambda *_: None), told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    assert "not there any more" in str(told.problems[0].sentence)
    assert not clinic.folder.exists()
    away.rename(clinic.folder)


def test_no_work_is_done_on_another_record_that_lies_in_its_place(
    qtbot, clinic, owner, told, clock
):
    away = clinic.folder.with_name("away")
    clinic.folder.rename(away)
    open_clinic(clinic.folder, clock).close()
    background.run(owner, on_record(clinic, lambda *_: None), told.done, told.failed)
    qtbot.waitUntil(lambda: told.anything)

    assert "another database" in str(told.problems[0].sentence)


def test_no_thread_collects_garbage_in_which_a_widget_may_lie(qtbot, owner, told):
    """A widget that is destroyed outside the window's thread takes the program with it."""
    may_go_on = threading.Event()
    qtbot.waitUntil(gc.isenabled)
    background.run(owner, lambda _: may_go_on.wait(PATIENCE), told.done, told.failed)
    background.run(owner, lambda _: gc.isenabled(), told.done, told.failed)
    qtbot.waitUntil(lambda: told.results == [False])
    assert not gc.isenabled(), "one of the two is still at work"

    may_go_on.set()
    qtbot.waitUntil(gc.isenabled)


def test_garbage_is_collected_again_after_work_that_was_called_off(qtbot, owner, told):
    background.run(owner, lambda _: None, told.done, told.failed).cancel()

    qtbot.waitUntil(gc.isenabled)
    assert not told.anything
