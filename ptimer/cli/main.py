"""Which command is meant, and with which exit status does it end?"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from ptimer import __version__
from ptimer.cli import session
from ptimer.operations.errors import Problem

COMMANDS = {
    "units": "counting",
    "conflict": "counting",
    "codes": "books",
    "payers": "books",
    "start": "stopwatch",
    "stop": "stopwatch",
    "status": "day",
    "import": "files",
    "sign": "signing",
    "amend": "signing",
    "summary": "day",
    "export": "files",
    "backup": "keeping",
    "restore": "keeping",
    "check": "keeping",
    "demo": "demo",
}

USAGE = 2


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
        command = getattr(module, f"{cmd_name}_command")
        return command if isinstance(command, click.Command) else None


@click.command(cls=Words, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ptimer")
@session.shared
def words() -> None:
    """Time therapy sessions and count what their minutes may be billed as.

    Without a command, ptimer opens its window.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status (cli.md)."""
    session.prepare_streams()
    as_json = "--json" in arguments
    try:
        status = words.main(args=list(arguments), prog_name="ptimer", standalone_mode=False, obj={})
    except click.ClickException as error:
        return _told(_usage_values(error), _usage_text(error), as_json, USAGE)
    except Problem as problem:
        values = session.problem_values(problem)
        return _told(values, _problem_text(problem), as_json, problem.exit_status)
    except click.Abort:
        return 130
    except BrokenPipeError:
        # Whoever read has stopped reading; Python must not complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0


def _told(values: dict[str, object], text: str, as_json: bool, status: int) -> int:
    if as_json:
        import json

        click.echo(json.dumps(values))
    click.echo(text, err=True)
    return status


def _usage_values(error: click.ClickException) -> dict[str, object]:
    return {"error": {"exit": USAGE, "reason": error.format_message()}}


def _usage_text(error: click.ClickException) -> str:
    context: click.Context | None = getattr(error, "ctx", None)
    word = context.info_name if context else None
    hint = f"\nptimer {word} --help says more" if word in COMMANDS else ""
    return f"{error.format_message()}{hint}"


def _problem_text(problem: Problem) -> str:
    text = str(problem.sentence)
    if problem.rule:
        source = f"; {problem.source}" if problem.source else ""
        text = f"{text} [{problem.rule}{source}]"
    return text
