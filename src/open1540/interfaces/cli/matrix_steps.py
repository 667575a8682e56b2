"""``open1540 matrix step``, ``comment``, ``note``, ``comments`` and ``consent``: the way from a draft to what is published."""

from typing import Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import (
    FieldArgument,
    FromOption,
    ReasonOption,
    RoleOption,
    StateArgument,
    VersionOption,
    not_one_of,
    number,
    who,
)
from open1540.interfaces.cli.matrix_shown import counted, emit_whole, say_versions
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.matrix.record import Comment, VersionRow
from open1540.workflows import matrix as desk
from open1540.workflows import matrix_changes, matrix_steps


def add_to(group: typer.Typer) -> None:
    """Add the commands of this file to the group ``matrix``."""
    for name, command in (
        ("step", step),
        ("comment", comment),
        ("note", note),
        ("comments", comments),
        ("consent", consent),
    ):
        group.command(name)(command)


def step(
    state: StateArgument,
    verb: Annotated[str, typer.Argument(metavar="send|agree|approve|publish")],
    version: VersionOption = None,
    reason: ReasonOption = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Send a version to the State (expert), agree (contact), approve (committee) or publish it (committee)."""
    made = matrix_steps.take_step(
        state, verb, database_url=database_url, who=who(role), number=number(version), reason=reason
    )
    _say_version(made, as_json)


def comment(
    state: StateArgument,
    field: FieldArgument,
    text: Annotated[str, typer.Argument(help="What is to be said of the field.")],
    version: VersionOption = None,
    role: RoleOption = "contact",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Comment on a field of the version that is with the State."""
    said = matrix_steps.comment(
        state, field, text, database_url=database_url, who=who(role), kind="comment", number=number(version)
    )
    _say_comment(said, as_json)


def note(
    state: StateArgument,
    field: FieldArgument,
    text: Annotated[str, typer.Argument(help="What the experts should know; the State never sees it.")],
    version: VersionOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Keep a note of the experts on a field."""
    said = matrix_steps.comment(
        state, field, text, database_url=database_url, who=who(role), kind="note", number=number(version)
    )
    _say_comment(said, as_json)


def comments(
    state: StateArgument, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """List what was said of a State's matrix, as far as the role is shown it."""
    found = desk.comments(state, database_url=database_url, who=who(role))
    if as_json:
        emit_whole({"comments": found})
        return
    notes = sum(1 for one in found if one.kind == "note")
    console.show_table(
        f"{counted(len(found) - notes, 'comment')}, {counted(notes, 'note')}",
        ["version", "field", "kind", "by", "role", "text"],
        ([f"v{c.number}", c.field, c.kind, c.by, c.role, c.text] for c in found),
    )


def consent(
    state: StateArgument,
    field: FieldArgument,
    answer: Annotated[str, typer.Argument(metavar="yes|no", help="Whether others may be shown it.")],
    made_from: FromOption = None,
    role: RoleOption = "contact",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Record whether the State agrees that entries (OP2.*) be shown to others than itself and the experts."""
    if answer not in ("yes", "no"):
        raise not_one_of("answer", answer, ("yes", "no"))
    made = matrix_changes.consent(
        state, field, answer == "yes", database_url=database_url, who=who(role), made_from=made_from
    )
    _say_version(made, as_json)


def _say_version(row: VersionRow, as_json: bool) -> None:
    if as_json:
        emit_whole(row)
    else:
        say_versions([row])


def _say_comment(said: Comment, as_json: bool) -> None:
    if as_json:
        emit_whole(said)
    else:
        typer.echo(f"{said.kind} on {said.field} of {said.state} v{said.number} kept")
