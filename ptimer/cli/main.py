"""Which command is meant, and with which exit status does it end?"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, TextIO

import click

from ptimer import __version__
from ptimer.cli import session
from ptimer.operations.errors import Problem, shown
from ptimer.timing.clock import Clock

COMMANDS = {
    "units": "counting",
    "conflict": "counting",
    "codes": "books",
    "payers": "payers",
    "start": "stopwatch",
    "stop": "stopwatch",
    "status": "day",
    "import": "files",
    "rules": "rules",
    "skilled": "skilled",
    "goals": "skilled",
    "sign": "signing",
    "amend": "signing",
    "versions": "versions",
    "clinicians": "clinicians",
    "education": "clinicians",
    "attest": "attesting",
    "fees": "fees",
    "why": "why",
    "summary": "day",
    "day-proof": "proving",
    "audit-packet": "auditing",
    "export": "exports",
    "batches": "billers",
    "layouts": "billers",
    "backup": "keeping",
    "backups": "keeping",
    "restore": "keeping",
    "salvage": "salvaging",
    "check": "keeping",
    "demo": "demo",
}

USAGE = 2
INTERRUPTED = 130
"""By Ctrl+C: nothing of what was under way is recorded."""


class Words(click.Group):
    """Imports a command's file only when its word is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a word."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"ptimer.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command if isinstance(command, click.Command) else None


@click.command(cls=Words, add_help_option=False)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda context, _, value: _version(context) if value else None,
    help="Show the version and exit.",
)
@session.shared
def words() -> None:
    """Time therapy sessions and count what their minutes may be billed as.

    Without a command, ptimer opens its window.
    """


def run(arguments: Sequence[str], clock: Clock | None = None) -> int:
    """Run the command line and return its exit status (cli.md); `clock` None is the computer's."""
    session.prepare_streams()
    kept: dict[str, Any] = {"clock": clock, "json_wanted": _wants_json(arguments)}
    try:
        status = words.main(
            args=list(arguments), prog_name="ptimer", standalone_mode=False, obj=kept
        )
    except click.ClickException as error:
        return _told(_usage_values(error), _usage_text(error), kept["json_wanted"], USAGE)
    except Problem as problem:
        values = session.problem_values(problem)
        as_json = bool(kept.get("json"))
        text = _problem_text(problem, arguments)
        return _told(values, text, as_json, problem.exit_status)
    except click.Abort:
        return INTERRUPTED
    except session.NobodyReads:
        _give_up(sys.stdout)
        return 0
    return status if isinstance(status, int) else 0


def _version(context: click.Context) -> None:
    session.about(context, f"ptimer {__version__}", {"version": __version__})


def _wants_json(arguments: Sequence[str]) -> bool:
    """Return whether `--json` is given, for where the arguments can't be read in order."""
    given = list(arguments)
    return "--json" in (given[: given.index("--")] if "--" in given else given)


def _told(values: dict[str, object], text: str, as_json: bool, status: int) -> int:
    session.say_aside([text])
    if as_json:
        import json

        try:
            session.out(json.dumps(values))
        except (Problem, session.NobodyReads):
            _give_up(sys.stdout)
    return status


def _give_up(stream: TextIO) -> None:
    """Let Python not complain, when it ends, about what nobody could be given."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _usage_values(error: click.ClickException) -> dict[str, object]:
    return {"error": {"exit": USAGE, "reason": _plain(error)}}


def _usage_text(error: click.ClickException) -> str:
    context: click.Context | None = getattr(error, "ctx", None)
    command = context.command_path if context else "ptimer"
    return f"{_plain(error)}\n{command} --help says more"


def _plain(error: click.ClickException) -> str:
    """Return click's sentence with what was typed cut short and made printable."""
    return "\n".join(shown(line, 300) for line in error.format_message().expandtabs().split("\n"))


def _problem_text(problem: Problem, arguments: Sequence[str]) -> str:
    from ptimer.cli.next_steps import next_step  # where nothing is wrong, nothing is needed

    text = str(problem.sentence)
    if problem.rule:
        source = f"; {problem.source}" if problem.source else ""
        between = "\n" if "\n" in text else " "  # behind the last of many lines it would be its own
        text = f"{text}{between}[{problem.rule}{source}]"
    step = next_step(problem, arguments)
    return f"{text}\n{step}" if step else text
