"""Exports all segments of a record, or writes its rows with `csv.writer` alone.

python child_export.py {ptimer|floor} FOLDER OUT; prints seconds and the KiB that it took on top.
"""

import csv
import json
import resource
import sqlite3
import sys
import time
from datetime import date
from pathlib import Path


def main() -> int:
    kind, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    export = _ptimer(folder) if kind == "ptimer" else _floor(folder)
    before = memory("VmRSS:")
    started = time.perf_counter()
    with out.open("w", encoding="utf-8", newline="") as file:
        export(file)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "memory": memory("VmHWM:") - before}))
    return 0


def memory(kind: str) -> int:
    """Return the memory now (VmRSS) or at most so far (VmHWM), in KiB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind))


def _ptimer(folder: Path):
    from ptimer.operations import exporting, segments_exporting
    from ptimer.operations.clinic import open_clinic
    from ptimer.timing.clock import SystemClock

    clinic = open_clinic(folder, SystemClock())
    span = exporting.Span(date(1900, 1, 1), date(2100, 1, 1))
    return lambda file: segments_exporting.write_segments(clinic, span, file)


def _floor(folder: Path):
    connection = sqlite3.connect(folder / "ptimer.db")

    def export(file):
        rows = connection.execute(
            "select patient, code, clinician, role, started_at, ended_at, note, supervisor, "
            "typed_units, attendance, origin from segments where voided_at is null"
        )
        csv.writer(file).writerows(rows)

    return export


if __name__ == "__main__":
    sys.exit(main())
