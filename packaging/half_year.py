"""A made-up half year before the demo day, so that a picture of the history has one to show."""

import csv
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

from ptimer.operations import history_search, importing, signing
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.operations.history_search import Wanted
from ptimer.operations.signing import SignWish
from ptimer.reports.segments_csv import COLUMNS
from ptimer.timing.clock import Clock

WEEKS = 25
CLINICIAN = "Demo Clinician"
PATIENTS = ("P-0866", "P-0981", "P-1013", "P-1042", "P-1077", "P-1095", "P-1150", "P-1204")
CODES = ("97110", "97112", "97530", "97535", "97140")


def record(folder: Path, until: date, clock: Clock) -> None:
    """Record and sign the visits of the weeks before a day, in the record of a folder."""
    file = folder / "half-year.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS, restval="")
        rows.writeheader()
        for back in range(1, 7 * WEEKS):
            day = until - timedelta(days=back)
            if day.isoweekday() <= 5:
                rows.writerows(times(day))
    with closing(open_clinic(folder, clock)) as clinic:
        importing.import_file(clinic, file, dry_run=False)
        sign_all(clinic, until)


def times(day: date) -> list[dict[str, str]]:
    """Return a day's times: other patients, codes and minutes each day, the same on each run."""
    found: list[dict[str, str]] = []
    at = datetime.combine(day, time(8))
    number = day.toordinal()
    for visit in range(3 + number * 7 % 5 - (number % 3 == 0)):
        patient = PATIENTS[(number * 3 + visit * 5) % len(PATIENTS)]
        for place in range(2):
            code = CODES[(number + visit * 2 + place) % len(CODES)]
            found.append(_row(patient, code, at, 11 + (number * 5 + visit * 7 + place * 3) % 19))
            at += timedelta(minutes=30)
        if (number + visit) % 4 == 0:
            found.append(_row(patient, "G0283", at, 15))
            at += timedelta(minutes=20)
    return found


def sign_all(clinic: Clinic, until: date) -> None:
    """Sign every visit before a day that lacks nothing."""
    wish = Wanted(last=until - timedelta(days=1))
    for view in history_search.page(clinic, wish, most=5000).visits:
        if not view.to_fix:
            signing.sign(clinic, view.visit.id, SignWish(credentials="OTR/L"))


def _row(patient: str, code: str, start: datetime, minutes: int) -> dict[str, str]:
    end = start + timedelta(minutes=minutes)
    return {
        "patient": patient,
        "payer": "Medicare",
        "discipline": "OT",
        "clinician": CLINICIAN,
        "role": "therapist",
        "code": code,
        "start": start.isoformat(),
        "end": end.isoformat(),
    }
