"""The ``open1540`` command: registers the command files and turns errors into exit codes."""

import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

import open1540
from open1540.interfaces.cli import (
    assistance,
    briefing,
    console,
    facts,
    matrix,
    national,
    reading,
    records,
    review,
    serving,
    upkeep,
)
from open1540.vocabulary import BadInput, JobFailed, Open1540Error

app = typer.Typer(
    name="open1540",
    help="The open system for implementing Security Council resolution 1540 (2004).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for commands in (reading, briefing, facts, matrix, national, records, review, assistance, serving, upkeep):
    commands.register(app)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 job failed, 2 bad input, 130 interrupted."""
    as_json = "--json" in arguments
    try:
        result = app(_texts(arguments), standalone_mode=False)
    except Open1540Error as error:
        console.show_error(error, as_json=as_json)
        return error.exit_code
    except TyperException as wrong:
        console.show_error(_as_bad_input(wrong), as_json=as_json)
        return BadInput.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) left; there is nobody to tell.
        sys.stderr.close()
        return 0
    except Exception as fault:
        console.show_error(_as_failed(fault), as_json=as_json)
        return JobFailed.exit_code
    return result if isinstance(result, int) else 0


def _texts(arguments: Sequence[str]) -> list[str]:
    """The arguments, which must be text; a file may have any name."""
    for argument in arguments:
        if not argument.isascii() and argument != _readable(argument) and not Path(argument).exists():
            raise BadInput(
                f"an argument that is no text: {_readable(argument)}",
                expected="text in UTF-8",
                where="command line",
                remedy="set the terminal to UTF-8 and write it again",
            )
    return list(arguments)


def _readable(argument: str) -> str:
    return argument.encode("utf-8", "replace").decode()


def _as_bad_input(error: TyperException) -> BadInput:
    return BadInput(
        error.format_message() or "no command",
        expected="a command line as the help shows it",
        where="command line",
        remedy="run `open1540 --help`, or the command itself with `--help`",
    )


def _as_failed(fault: Exception) -> JobFailed:
    """A fault nobody foresaw, told like any other; with ``python -X dev -m open1540`` also with its traceback."""
    if sys.flags.dev_mode:
        traceback.print_exception(fault)
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    return JobFailed(
        f"a fault nobody foresaw ({type(fault).__name__}: {fault})",
        expected="the command to do its work or to say what is wrong with what it was given",
        where=f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name}",
        remedy="tell those who keep open1540 the command, the version (`open1540 --version`) and these lines",
    )


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"open1540 {open1540.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """The open system for implementing Security Council resolution 1540 (2004)."""


def main() -> None:
    """Entry point of the ``open1540`` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # An old terminal that lacks a letter shows its number instead of failing.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
