"""Opens ptimer's window, or a bare one, and ends: once it is mapped and painted, or after a while.

python child_window.py {ptimer|bare} FOLDER {painted|idle} [SECONDS]
"""

import gc
import json
import resource
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ptimer.gui.frame.main_window import MainWindow


SETTLED = 10_000
"""Milliseconds until all the windows that are opened side by side have been started."""


def main() -> int:
    kind, folder, until = sys.argv[1:4]
    watched = _until_painted if until == "painted" else partial(_idle, float(sys.argv[4]))
    if kind == "ptimer":
        return ptimer_window(Path(folder), watched)
    return watched(bare_window(tick=until == "idle"))


def bare_window(*, tick: bool):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication([])
    application.setStyle("Fusion")
    window = QMainWindow()
    label = QLabel("0:00")
    window.setCentralWidget(label)
    window.resize(1280, 800)
    window.show()
    if tick:
        font = label.font()
        font.setPointSize(40)
        label.setFont(font)
        window.timer = QTimer()
        window.seconds = 0

        def count():
            window.seconds += 1
            label.setText(f"{window.seconds // 60}:{window.seconds % 60:02d}")

        window.timer.timeout.connect(count)
        window.timer.start(1000)
    return window


def ptimer_window(folder: Path, watched: "Callable[[MainWindow], int]") -> int:
    """Start ptimer as `ptimer` does, and watch its window where it would wait for presses."""
    gc.disable()  # as `ptimer.app` does it, before there is any Qt
    from ptimer.gui.start import open_window

    return open_window(folder, stay=watched)


def _until_painted(window) -> int:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, QApplication.quit)
            return False

    watch = Watch()
    window.installEventFilter(watch)
    return QApplication.exec()


def _idle(seconds: float, _window) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    usage = {}

    def begin():
        usage["start"] = _processor()

    def end():
        print(json.dumps({"processor": _processor() - usage["start"], "memory": _memory()}))
        QApplication.quit()

    QTimer.singleShot(SETTLED, begin)
    QTimer.singleShot(SETTLED + round(seconds * 1000), end)
    return QApplication.exec()


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _memory() -> int:
    """Return the resident memory in KiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
