"""ptimer's own window as a process, which a test drives by lines on stdin.

After each line it tells on stdout what it is like.

Words: `advance SECONDS`, `set SECONDS` (the wall clock, by hand), `visit PATIENT`, `new PATIENT`
(typed into its form), `arrive` (of the visit that is looked at), `press CODE`,
`answer ANSWER`, `minimize`, `fill` and `room` (the disk), `again` (what waits), `err`, `close`,
`state`.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer

from ptimer.gui import front, start
from ptimer.operations import answering, visiting
from ptimer.timing.recovery import Answer
from tests.faults.steady import clock_at

STEP_SECONDS = 20


class Driver(QObject):
    """Does what stdin says in the window's own event loop."""

    def __init__(self, window, clock, folder):
        super().__init__(window)
        self.window = window
        self.clock = clock
        self.folder = folder
        self.was_minimized = False
        self.notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.read)
        window.installEventFilter(self)

    def read(self):
        # Unbuffered: a line that waits in a buffer of Python's wakes no notifier.
        line = b""
        while not line.endswith(b"\n"):
            more = os.read(sys.stdin.fileno(), 1)
            if not more:
                self.notifier.setEnabled(False)
                self.window.close()
                return
            line += more
        word, *rest = line.decode().split()
        getattr(self, f"do_{word}")(*rest)
        self.tell()

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.WindowStateChange:
            if self.was_minimized and not self.window.isMinimized():
                QTimer.singleShot(0, self.tell)
            self.was_minimized = self.window.isMinimized()
        return False

    def tell(self):
        desk = self.window.desk
        state = {
            "screen": self.window.body.name,
            "minimized": self.window.isMinimized(),
            "running": [[s.patient, s.code] for s in desk.today.running],
            "footer": self.window.footer.recorded.text(),
            "bar": self.bar(),
            "unsaved": self.unsaved(),
            "question": self.question(),
        }
        sys.stdout.write(json.dumps(state) + "\n")
        sys.stdout.flush()

    def bar(self):
        bar = self.window.bar
        words = f"{bar.title.text()} {bar.text.text()}" if bar.isVisible() else ""
        return words.replace("\u200b", "")  # where a long path may break

    def unsaved(self):
        strip = self.window.unsaved
        if strip is None or not strip.isVisible():
            return ""
        return f"{strip.title.text()} {strip.text.text()}".replace("\u200b", "")

    def question(self):
        if self.window.body.name != "recovery":
            return None
        page = self.window.body.screens["recovery"].page
        return {"facts": dict(page.facts.facts), "sure": page.bar.sure_words}

    def do_state(self):
        pass

    def do_advance(self, seconds):
        left = float(seconds)
        while left > 0:
            self.clock.advance(seconds=min(left, STEP_SECONDS))
            left -= STEP_SECONDS
            self.window.desk.tick()

    def do_set(self, seconds):
        self.clock.set_by_hand(self.clock.at + 1000 * int(seconds))
        self.window.desk.tick()

    def do_visit(self, patient):
        visit = self.window.desk.attempt(
            lambda clinic: visiting.open_visit(clinic, patient, payer="Medicare", discipline="OT")
        )
        self.window.desk.select(visit.id)

    def do_new(self, patient):
        self.window.new_visit()
        form = self.window.today.visits.form
        form.patient.setText(patient)
        form.make.click()

    def do_arrive(self):
        self.window.today.stopwatches.header.arrive.click()

    def do_press(self, code):
        self.window.desk.press(code)

    def do_answer(self, answer):
        (doubt,) = self.window.desk.in_doubt()
        self.window.desk.attempt(
            lambda clinic: answering.answer_doubt(clinic, doubt.segment.id, Answer(answer))
        )

    def do_minimize(self):
        self.window.showMinimized()

    def do_fill(self):
        record = self.folder / "ptimer.db-wal"
        limit_files(record.stat().st_size)

    def do_room(self):
        limit_files(None)

    def do_err(self):
        QTimer.singleShot(0, self, self.fail)

    def fail(self):
        QTimer.singleShot(0, self.tell)
        raise LookupError(self.window.windowTitle())

    def do_again(self):
        self.window.unsaved.again.click()

    def do_close(self):
        self.window.close()


def limit_files(size):
    """Let no file grow past a size; None lifts that."""
    import resource  # not on every system

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if size is None else size, most))


def main():
    folder, now = Path(sys.argv[1]), sys.argv[2]
    if "ACT_AS" in os.environ:
        import ptimer.storage.migrations  # noqa: F401  (read before there is no right to)

        os.setuid(int(os.environ["ACT_AS"]))
    clock = clock_at(now)
    drivers = []
    build = start.build_window

    def build_driven(clinic, look=None):
        window = build(clinic, look)
        drivers.append(Driver(window, clock, folder))
        return window

    class Server(front.FrontServer):
        """The last that a window does at its start."""

        def __init__(self, *given):
            super().__init__(*given)
            QTimer.singleShot(0, drivers[0].tell)

    start.build_window = build_driven
    front.FrontServer = Server
    return start.open_window(folder, clock)


if __name__ == "__main__":
    sys.exit(main())
