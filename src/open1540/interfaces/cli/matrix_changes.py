"""``open1540 matrix set``, ``refresh`` and ``carry``: changes that do not come from a document."""

from typing import Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import (
    FieldArgument,
    FromOption,
    ReasonOption,
    RoleOption,
    StateArgument,
    who,
)
from open1540.interfaces.cli.matrix_shown import counted, emit_whole, say_versions, show_differences
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.vocabulary import BadInput
from open1540.workflows import matrix as desk
from open1540.workflows import matrix_changes


def add_to(group: typer.Typer) -> None:
    """Add the commands of this file to the group ``matrix``."""
    group.command("set")(set_entry)
    group.command("refresh")(refresh)
    group.command("carry")(carry)


def set_entry(
    state: StateArgument,
    field: FieldArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="X, ?, NA or blank.")],
    citation: Annotated[str, typer.Option(help="The law, article or record it rests on.")] = "",
    remark: Annotated[str | None, typer.Option(help="As printed in the last column.")] = None,
    reason: ReasonOption = "",
    made_from: FromOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Record a person's word on a field; it goes before what the evidence alone would give."""
    made = matrix_changes.set_entry(
        state,
        field,
        code,
        database_url=database_url,
        who=who(role),
        reason=reason,
        citation=citation,
        remark=remark,
        made_from=made_from,
    )
    if as_json:
        emit_whole(made)
    else:
        say_versions([made])


def refresh(
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="Code or name of a State.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All Member States.")] = False,
    on: OnOption = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take the differences over into a new version.")] = False,
    field: Annotated[list[str] | None, typer.Option(help="Only this field; may be repeated.")] = None,
    reason: ReasonOption = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Compare section I with what the facts say now; --accept takes the difference over."""
    if (state is None) == (not every):
        raise BadInput(
            "neither a State nor --all" if state is None else "both a State and --all",
            expected="a State, or --all",
            where="command line",
            remedy="give one of the two",
        )
    if every and field:
        raise BadInput(
            "--field beside --all",
            expected="fields of one State",
            where="command line",
            remedy="name the State, or leave --field out",
        )
    asking = who(role)
    found: tuple[matrix_changes.Refreshed, ...]
    if state is not None:
        found = (
            matrix_changes.refresh(
                state, database_url=database_url, who=asking, on=on, accept=accept, reason=reason, only=field or ()
            ),
        )
    else:
        with console.progress("section I", len(desk.members())) as advance:
            found = matrix_changes.refresh_all(
                database_url=database_url, who=asking, on=on, accept=accept, reason=reason, advance=advance
            )
    if as_json:
        emit_whole({"states": found})
        return
    for one in found:
        if one.differences and (state or one.version):
            _show(one)
    say_versions(one.made for one in found if one.made)
    typer.echo(_summary(found, accept))


def carry(
    state: StateArgument,
    template: Annotated[str, typer.Argument(help="Id of the template to carry the entries to.")],
    accept: Annotated[bool, typer.Option("--accept", help="Keep the result as a new version.")] = False,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Carry the latest version to another generation of the template, and list what has no certain place in it."""
    found = matrix_changes.carried(state, template, database_url=database_url, who=who(role), accept=accept)
    if as_json:
        emit_whole(found)
        return
    console.show_table(
        f"{counted(len(found.entries), 'field')} carried to {found.template}, {len(found.left)} left behind",
        ["field", "code", "why", "candidates"],
        ([one.entry.field, one.entry.code, one.why, " ".join(one.candidates)] for one in found.left),
    )


def _show(one: matrix_changes.Refreshed) -> None:
    before = f"v{one.version}" if one.version else "no version"
    show_differences(f"{one.state}: {before} to the facts of {one.on}", one.differences)
    if one.held:
        typer.echo(f"set by a person, left alone unless named with --field: {' '.join(one.held)}")


def _summary(found: tuple[matrix_changes.Refreshed, ...], accept: bool) -> str:
    """How many States have a version that differs from the facts, and how many have none to compare."""
    differing = sum(1 for one in found if one.version and one.differences)
    without = sum(1 for one in found if one.version is None)
    told = [f"{differing} of {len(found) - without} States with a version differ from the facts"]
    if without:
        told.append(f"{without} without a version have section I from the facts")
    return "; ".join(told if accept else [*told, "nothing was changed"])
