"""Which files were made for a biller, and how is one of them made again, byte for byte?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ptimer.operations import named_files
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import BadData, Misused, shown
from ptimer.operations.writing_files import write_whole
from ptimer.operations.written_bytes import raw_bytes
from ptimer.storage import export_files
from ptimer.storage.export_files import BatchRow
from ptimer.wording import Sentence, say

Batch = BatchRow
"""A file for the biller: what it came to, who made it and when."""

_SHORTEST_START = 4


@dataclass(frozen=True)
class MadeAgain:
    """A file that stands once more as it was."""

    batch: Batch
    content: bytes


def newest_first(clinic: Clinic, *, most: int | None = None) -> tuple[Batch, ...]:
    """Return the files that were made, the newest first, at most so many."""
    with clinic.reading():
        return tuple(export_files.batches(clinic.connection, most=most))


def find(clinic: Clinic, batch_id: str) -> Batch:
    """Return the batch of an id, or of the beginning of one.

    Raises:
        Misused: there is none, or several begin so.
    """
    wanted = batch_id.strip().casefold()
    found = [each for each in newest_first(clinic) if each.id.startswith(wanted)]
    if not found or len(wanted) < _SHORTEST_START:
        raise Misused(
            say("There is no batch {id}: ptimer batches lists them", id=shown(batch_id, 40))
        )
    if len(found) > 1:
        raise Misused(
            say(
                "{count} batches begin with {id}: write more of it",
                count=len(found),
                id=shown(batch_id, 40),
            )
        )
    return found[0]


def again(clinic: Clinic, batch_id: str) -> MadeAgain:
    """Return a file's bytes as they were written.

    Raises:
        Misused: there is no such batch, or it was made by a ptimer that kept no files.
        BadData: what is kept is no longer what was written.
    """
    batch = find(clinic, batch_id)
    if not batch.sha256:
        raise Misused(
            say(
                "The file of batch {id} was not kept: an earlier version of ptimer made it",
                id=batch.id,
            )
        )
    content = _content(clinic, batch)
    if content is None:
        raise BadData(_not_as_written(batch))
    return MadeAgain(batch, content)


def offered_name(batch: Batch) -> str:
    """Return a name for a file that is made again: its own, where it had one; never a path."""
    name = batch.file_name
    if name.endswith(".csv") and name.isprintable() and not set(name) & set('/\\:<>"|?*'):
        return name
    first, last = batch.date_from, batch.date_to
    return f"biller-{first}.csv" if first == last else f"biller-{first}-to-{last}.csv"


def write_again(
    clinic: Clinic, batch_id: str, path: Path, told: Callable[[], None] | None = None
) -> MadeAgain:
    """Write a file once more, whole or not at all; `told` may raise just before to end it.

    Raises:
        Problem: as for `again`, or the file can't be written.
    """
    named_files.new_file(path, clinic.folder)
    made = again(clinic, batch_id)
    if told is not None:
        told()
    write_whole(path, made.content)
    return made


def broken(clinic: Clinic) -> Iterable[Sentence]:
    """Say of each file that was kept and is no longer as it was written."""
    for batch in newest_first(clinic):
        if batch.sha256 and _content(clinic, batch) is None:
            yield _not_as_written(batch)


def _content(clinic: Clinic, batch: Batch) -> bytes | None:
    """Return a file's bytes; None where they are not what was written."""
    with clinic.reading():
        kept = export_files.file_of(clinic.connection, batch.id)
    content = None if kept is None else raw_bytes(kept.content)
    if content is None or sha256(content).hexdigest() != batch.sha256:
        return None
    return content


def _not_as_written(batch: Batch) -> Sentence:
    return say(
        "the file of batch {id} ({file}) is kept otherwise than it was written",
        id=batch.id,
        file=shown(batch.file_name),
    )
