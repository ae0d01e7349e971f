"""Opens ptimer's window, or a bare one, and ends: once it is mapped and painted, or after a while.

python child_window.py {ptimer|bare} FOLDER {painted|idle} [SECONDS]
"""

import json
import resource
import sys
from pathlib import Path


def main() -> int:
    kind, folder, until = sys.argv[1:4]
    window = ptimer_window(Path(folder)) if kind == "ptimer" else bare_window(tick=until == "idle")
    if until == "painted":
        return _until_painted(window)
    return _idle(float(sys.argv[4]))


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


def ptimer_window(folder: Path):
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    application.setStyle("Fusion")
    from ptimer.gui.start import build_window
    from ptimer.operations.clinic import open_clinic
    from ptimer.timing.clock import SystemClock

    window = build_window(open_clinic(folder, SystemClock()))
    window.show()
    window.desk.ticker.start()
    return window


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


def _idle(seconds: float) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    usage = {}

    def begin():
        usage["start"] = _processor()

    def end():
        print(json.dumps({"processor": _processor() - usage["start"], "memory": _memory()}))
        QApplication.quit()

    QTimer.singleShot(2000, begin)
    QTimer.singleShot(2000 + round(seconds * 1000), end)
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
