"""How does a command make pages? With Qt, which is imported only where pages are wanted."""

from collections.abc import Sequence
from pathlib import Path

from ptimer.cli import session as cli
from ptimer.cli.session import Session
from ptimer.operations import named_files
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.page_files import save_pages
from ptimer.reports.paper import Block
from ptimer.wording import say

STDOUT = Path("-")


def target(session: Session, output: Path) -> Path | None:
    """Return where pages go, looked at before anything is done; None is stdout.

    Raises:
        Misused: no file can be written there, or stdout is wanted for two things.
    """
    if output != STDOUT:
        return named_files.new_file(output, session.folder)
    if session.json:
        raise Misused(say("--json needs -o FILE: the PDF itself would take stdout"))
    return None


def write(
    clinic: Clinic, path: Path | None, blocks: Sequence[Block], title: str, edges: tuple[str, str]
) -> int:
    """Write pages as a PDF file, whole or not at all, and return how many they are.

    `edges` are what stands at the top and at the bottom of each page.

    Raises:
        Problem: the file can't be written; what was there stays as it was.
    """
    from ptimer.paper import application, page_painter  # Qt: no other command waits for it

    application.be_ready()
    top, foot = edges
    made = page_painter.pdf_of(blocks, title, page_painter.Frame(foot, top))
    if path is None:
        cli.out_bytes(made.content)
    else:
        save_pages(clinic, path, made.content)
    return made.pages
