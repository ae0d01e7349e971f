"""What do all commands share? The data folder, `--json`, and how a result or problem is told."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from ptimer.operations.clinic import Clinic, open_clinic, open_clinic_to_read
from ptimer.operations.data_folder import FOLDER_VARIABLE, data_folder, holds_record
from ptimer.operations.errors import Busy, Problem
from ptimer.timing.clock import Clock, Instant, SystemClock
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import Sentence, say

Command = TypeVar("Command", bound=Callable[..., Any])

NO_FOLDER = "it names no folder: write one, or leave the option out"


@dataclass
class Session:
    """One run of the command line."""

    folder: Path
    json: bool
    clock: Clock

    @contextmanager
    def record(self, *, scratch: bool = False) -> Iterator[Clinic]:
        """Open the record for writing, made where there is none.

        Where it is made in an unsafe place, and not only as `scratch`, that is said.

        Raises:
            Problem: it can't be opened.
        """
        first = not scratch and not holds_record(self.folder)
        clinic = open_clinic(self.folder, self.clock)
        if first:
            say_aside(place_warnings(self.folder))
        try:
            yield clinic
        finally:
            clinic.close()

    @contextmanager
    def record_to_read(self) -> Iterator[Clinic | None]:
        """Open the record to look at it; None where there is none, and none is made.

        Raises:
            Problem: it can't be opened.
        """
        clinic = open_clinic_to_read(self.folder, self.clock)
        try:
            yield clinic
        finally:
            if clinic is not None:
                clinic.close()

    @contextmanager
    def record_or_scratch(self) -> Iterator[Clinic]:
        """Open the record; where there is none, an empty one that is thrown away afterwards.

        Raises:
            Problem: it can't be opened.
        """
        with self.record_to_read() as found:
            there = found is not None
        if there:
            with self.record() as clinic:
                yield clinic
            return
        from tempfile import TemporaryDirectory  # for a dry run on an empty folder only

        with (
            TemporaryDirectory(prefix="ptimer-") as scratch,
            replace(self, folder=Path(scratch)).record(scratch=True) as clinic,
        ):
            yield clinic

    def tell(self, text: str, values: Mapping[str, object]) -> None:
        """Print a result: for a person, or with `--json` one document."""
        out(json.dumps(values) if self.json else text.rstrip("\n"))


def place_warnings(folder: Path) -> list[Sentence]:
    """Return what is the matter with the place of a record, if anything."""
    from ptimer.operations import whereabouts  # for a first record, and for `check`

    found = whereabouts.warned_about(folder)
    return [] if found is None else [found.sentence]


def moment(clinic: Clinic, instant: Instant) -> str:
    """Return local `HH:MM:SS` of today, or of another day with its date."""
    zone = clinic.clock.zone
    day, today = service_date(instant, zone), service_date(clinic.clock.now(), zone)
    return clock_text(instant, zone) if day == today else f"{day} {clock_text(instant, zone)}"


class NobodyReads(Exception):  # noqa: N818  (no error: `ptimer codes | head` is done)
    """Whoever read stdout has stopped reading."""


@contextmanager
def printing() -> Iterator[None]:
    """Print to stdout within this block.

    Raises:
        NobodyReads: the other end of a pipe was closed.
        Busy: nothing more can be printed there, such as on a full disk.
    """
    try:
        yield
    except BrokenPipeError as error:
        raise NobodyReads from error
    except OSError as error:
        raise Busy(
            say("The result can't be printed: {why}", why=error.strerror or str(error))
        ) from error


def out(text: str) -> None:
    """Print a line to stdout."""
    with printing():
        click.echo(text)


def out_bytes(content: bytes) -> None:
    """Print a file's bytes to stdout as they are.

    Raises:
        Busy: there is no stdout, or nothing more can be printed there.
    """
    if sys.stdout is None:  # closed by whoever started the command
        raise Busy(say("There is no stdout to write to: name a file with -o FILE"))
    with printing():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def say_aside(sentences: Iterable[Sentence | str]) -> None:
    """Print what a person should know besides the result, to stderr."""
    with suppress(OSError):  # that nobody hears it must not keep a command from its work
        for sentence in sentences:
            click.echo(str(sentence), err=True)


def shared(command: Command) -> Command:
    """Give a command the options that may stand before or after its word."""
    command = click.option(
        "-h",
        "--help",
        is_flag=True,
        expose_value=False,
        callback=_help,
        is_eager=True,
        help="Show this message and exit.",
    )(command)
    command = click.option(
        "--data-dir",
        metavar="DIR",
        expose_value=False,
        callback=_keep_folder,
        is_eager=True,
        help=f"Folder of the database (or {FOLDER_VARIABLE}).",
    )(command)
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_keep_json,
        is_eager=True,
        help="One JSON document on stdout, nothing else.",
    )(command)


def about(context: click.Context, text: str, values: Mapping[str, object]) -> None:
    """Print what an option such as `--help` asks for, and end there."""
    kept: dict[str, Any] = context.ensure_object(dict)
    # `--json` may stand behind the option, and then is not read yet.
    out(json.dumps(values) if kept.get("json") or kept.get("json_wanted") else text)
    context.exit()


def session(context: click.Context) -> Session:
    """Return the session of a command that runs."""
    chosen: dict[str, Any] = context.ensure_object(dict)
    return Session(
        folder=data_folder(chosen.get("folder")),
        json=bool(chosen.get("json")),
        clock=chosen.get("clock") or SystemClock(),
    )


def problem_values(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON has it (cli.md, Everywhere)."""
    error: dict[str, object] = {"exit": problem.exit_status}
    if problem.rule:
        error["rule"] = problem.rule
    error["reason"] = str(problem.sentence)
    if problem.source:
        error["source"] = problem.source
    if problem.lines:
        error["lines"] = list(problem.lines)
    missing = getattr(problem, "missing", ())
    if missing:
        error["missing"] = [str(each) for each in missing]
    return {"error": error}


def prepare_streams() -> None:
    """Let a character that the terminal can't show become a question mark, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _keep_folder(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise click.BadParameter(NO_FOLDER)
    context.ensure_object(dict)["folder"] = value


def _help(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        text = context.get_help()
        about(context, text, {"help": text})


def _keep_json(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(dict)["json"] = True
