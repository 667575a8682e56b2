"""Arguments and options that the commands of the matrix share, and what they mean."""

from collections.abc import Iterable
from typing import Annotated

import typer

from open1540.vocabulary import BadInput
from open1540.workflows.database import user_name
from open1540.workflows.permissions import Person, person

StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="Code or name of a State, such as FRA.")]
FieldArgument = Annotated[str, typer.Argument(metavar="FIELD", help="Field id, such as OP2.CW.finance.legal.")]
RoleOption = Annotated[
    str,
    typer.Option("--as", "--role", help="expert, contact (or contact:FRA), committee, administrator or reader."),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, in your words.")]
SectionOption = Annotated[str | None, typer.Option(help="A section or paragraph: I, III-CW, OP2, OP3ab.BW.")]
FromOption = Annotated[
    int | None,
    typer.Option("--from", min=1, help="Number of the version you have seen; refused where it was changed since."),
]
VersionOption = Annotated[str | None, typer.Option("--version", help="Number of a version, such as 3 or v3.")]


def who(role: str) -> Person:
    """Whoever runs the command, in the role given."""
    return person(user_name(), role)


def number(written: str | None, where: str = "--version") -> int | None:
    """``3`` or ``v3`` as the number of a version."""
    if written is None:
        return None
    digits = written.strip().lower().removeprefix("v")
    if not (digits.isascii() and digits.isdecimal()) or int(digits) == 0:
        raise not_one_of("version", written, ("a number such as 3 or v3",), where)
    return int(digits)


def not_one_of(what: str, given: str, words: Iterable[str], where: str = "command line") -> BadInput:
    """The error for a word that is none of those there are."""
    expected = ", ".join(words)
    return BadInput(f"{what} {given!r}", expected=expected, where=where, remedy=f"give {expected}")
