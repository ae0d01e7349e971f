"""How do presses that are not recorded yet stand in a CSV file, and how are they read back?"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ptimer.billing.conflicts import Role
from ptimer.operations import named_files, typed_text
from ptimer.operations.errors import BadData, Problem, shown
from ptimer.operations.unsaved import TIMED, Action, Unsaved
from ptimer.reports.cells import as_typed, harmless
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import BadTime, read_time
from ptimer.wording import Sentence, quoted, say

COLUMNS = (
    *("press_id", "pressed_at", "action", "patient", "payer", "discipline", "clinician"),
    *("role", "supervisor", "assisted_by", "code", "switch", "planned_at"),
)
_BEFORE = COLUMNS[:-1]
"""What an earlier ptimer wrote, which kept no visits."""
ALIVE = "alive"
"""The action of the line that says when the window that kept the presses was last alive."""
_SIGN = COLUMNS[0].encode()
_MOST_BYTES = 1_000_000
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Kept:
    """What a file of presses holds; `alive` None: nobody says how long what runs was seen."""

    presses: tuple[Unsaved, ...]
    alive: Instant | None = None


def text_of(kept: Kept) -> str:
    """Return presses as the file has them: a line for each patient of each press."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    if kept.alive is not None:
        writer.writerow(["", _written(kept.alive), ALIVE, *[""] * (len(COLUMNS) - 3)])
    for press in kept.presses:
        writer.writerows(_rows(press))
    return out.getvalue()


def are_in(path: Path) -> bool:
    """Return whether a file that is there begins as a file of presses does."""
    try:
        with path.open("rb") as file:
            return file.read(len(COLUMNS[0]) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_SIGN)
    except OSError:
        return False


def read(path: Path) -> Kept:
    """Read a file of presses.

    Raises:
        Misused: there is no such file.
        BadData: it is no such file, or some of its lines are wrong; the first is named.
    """
    named_files.existing_file(path)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        why = quoted(error.strerror or str(error))
        raise BadData(say("{file} can't be read: {why}", file=path.name, why=why)) from error
    if len(content) > _MOST_BYTES:
        raise BadData(say("{file} is too long to be a file of presses", file=shown(path.name)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadData(
            say("{file} is not UTF-8 text: save it as CSV UTF-8", file=shown(path.name))
        ) from None
    return _read(text, path.name)


def _read(text: str, name: str) -> Kept:
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        if sorted(header) not in (sorted(COLUMNS), sorted(_BEFORE)):
            columns = ",".join(COLUMNS)
            raise _bad(1, say("the header must be {columns}", columns=columns))
        return _kept(header, reader)
    except csv.Error as error:
        raise BadData(
            say("{file}: {why}", file=shown(name), why=str(error)), lines=(reader.line_num or 1,)
        ) from None


def _kept(header: list[str], rows: Iterable[list[str]]) -> Kept:
    found: dict[str, Unsaved] = {}
    alive: Instant | None = None
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise _bad(number, say("it has not as many cells as the header"))
        cell = {name: as_typed(text).strip() for name, text in zip(header, cells, strict=True)}
        if cell["action"] == ALIVE:
            alive = _instant(cell["pressed_at"], number)
            continue
        press = _press(cell, number)
        known = found.get(press.id)
        if known is not None:
            if replace(known, patients=press.patients) != press:
                raise _bad(number, say("its press is another one than in the line before"))
            press = replace(known, patients=(*known.patients, *press.patients))
        found[press.id] = press
    presses = tuple(found.values())
    return Kept(presses, alive)


def _press(cell: dict[str, str], number: int) -> Unsaved:
    try:
        if not _ID.fullmatch(cell["press_id"]):
            raise BadData(say("{text} is no press id", text=shown(cell["press_id"])))
        if cell["action"] not in set(Action):
            raise BadData(
                say(
                    "{text} is none of {actions}",
                    text=shown(cell["action"]),
                    actions=", ".join(Action),
                )
            )
        if cell["role"] not in set(Role):
            raise BadData(say("{text} is not a role", text=shown(cell["role"])))
        if cell["switch"] not in ("", "yes"):
            raise BadData(say("switch is yes or empty"))
        action = Action(cell["action"])
        planned = cell.get("planned_at", "")
        return Unsaved(
            cell["press_id"],
            _instant(cell["pressed_at"], number),
            action,
            typed_text.code_number(cell["code"]) if action in TIMED else "",
            (typed_text.patient_id(cell["patient"]),),
            _name(cell["clinician"]),
            payer=cell["payer"],
            discipline=cell["discipline"],
            role=Role(cell["role"]),
            supervisor=_name(cell["supervisor"]),
            assisted_by=_name(cell["assisted_by"]),
            switch=bool(cell["switch"]),
            planned=_instant(planned, number) if planned else None,
        )
    except Problem as problem:
        if problem.lines:
            raise
        raise _bad(number, problem.sentence) from None


def _instant(text: str, number: int) -> Instant:
    try:
        return read_time(text, today=datetime.fromtimestamp(0, UTC).date(), zone=UTC).instant
    except BadTime as error:
        raise _bad(number, error.sentence) from None


def _name(text: str) -> str:
    return typed_text.clinician_name(text) if text else ""


def _rows(press: Unsaved) -> Iterable[Sequence[str]]:
    for patient in press.patients:
        values = (
            *(press.id, _written(press.at), press.action.value, patient, press.payer),
            *(press.discipline, press.clinician, press.role.value, press.supervisor),
            *(press.assisted_by, press.code, "yes" if press.switch else ""),
            "" if press.planned is None else _written(press.planned),
        )
        yield [harmless(value) for value in values]


def _written(instant: Instant) -> str:
    return datetime.fromtimestamp(instant / 1000, UTC).isoformat(timespec="milliseconds")


def _bad(number: int, what: Sentence) -> BadData:
    return BadData(say("line {number}: {what}", number=number, what=what), lines=(number,))
