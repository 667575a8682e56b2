"""The ``open1540`` command: registers the command files and turns errors into exit codes."""

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from open1540.interfaces.cli import (
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
from open1540.vocabulary import BadInput, Open1540Error

app = typer.Typer(
    name="open1540",
    help="The open system for implementing Security Council resolution 1540 (2004).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for commands in (reading, briefing, facts, matrix, national, records, review, serving, upkeep):
    commands.register(app)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 job failed, 2 bad input, 130 interrupted."""
    as_json = "--json" in arguments
    try:
        result = app(_texts(arguments), standalone_mode=False)
    except NoArgsIsHelpError as help_text:
        # Typer has shown the help; a program that asked for JSON gets its one document.
        error = _as_bad_input(help_text, "no command")
        if as_json:
            console.show_error(error, as_json=True)
        return error.exit_code
    except Open1540Error as error:
        console.show_error(error, as_json=as_json)
        return error.exit_code
    except TyperException as wrong:
        error = _as_bad_input(wrong, wrong.format_message())
        console.show_error(error, as_json=as_json)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) left; there is nobody to tell.
        sys.stderr.close()
        return 0
    except Exception as fault:
        error = _as_failed(fault)
        console.show_error(error, as_json=as_json)
        return error.exit_code
    return result if isinstance(result, int) else 0


def _as_bad_input(error: TyperException) -> BadInput:
    return BadInput(
        error.format_message(),
        expected="a command line as the help shows it",
        where="command line",
        remedy="run `open1540 --help`, or the command itself with `--help`",
    )


def main() -> None:
    """Entry point of the ``open1540`` command."""
    sys.exit(run(sys.argv[1:]))
