"""How do printed pages become a file? Whole, and never in the place of the record itself."""

from pathlib import Path

from ptimer.operations import named_files
from ptimer.operations.clinic import Clinic
from ptimer.operations.writing_files import write_whole


def save_pages(clinic: Clinic, path: Path, content: bytes) -> Path:
    """Write pages that were made already, and return where they are.

    Raises:
        Problem: the file can't be written; what was there stays as it was.
    """
    named_files.new_file(path, clinic.folder)
    write_whole(path, content)
    return path
