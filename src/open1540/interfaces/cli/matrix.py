"""``open1540 matrix``: a State's matrix as it stands, its fields, versions and differences; and the group of all its commands."""

from typing import Annotated, Any

import msgspec
import typer

from open1540.interfaces.cli import console, matrix_changes, matrix_files, matrix_proposals, matrix_steps
from open1540.interfaces.cli.matrix_options import RoleOption, SectionOption, StateArgument, VersionOption, number, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole, show_differences, show_matrix
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.workflows import matrix as desk

group = typer.Typer(
    name="matrix",
    help="Each State's matrix, field by field with its evidence: propose, judge, negotiate, compare.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the group, with its commands from this file and the others."""
    for commands in (matrix_proposals, matrix_changes, matrix_steps, matrix_files):
        commands.add_to(group)
    app.add_typer(group, name="matrix")


@group.command("show")
def show(
    state: StateArgument,
    on: OnOption = None,
    section: SectionOption = None,
    version: VersionOption = None,
    role: RoleOption = "expert",
    everything: Annotated[bool, typer.Option("--all", help="Show blank fields too.")] = False,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show a State's matrix with its evidence; without a version, section I from the facts and blanks."""
    shown = desk.show(state, database_url=database_url, who=who(role), on=on, section=section, number=number(version))
    if as_json:
        emit_whole(msgspec.structs.asdict(shown) | {"entries": [_entry(one) for one in shown.entries]})
        return
    show_matrix(shown, [one for one in shown.entries if everything or one.told])


@group.command("fields")
def fields(
    section: SectionOption = None,
    template: Annotated[str | None, typer.Option(help="Id of a template; default: the one in use here.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the fields of the matrix; rows not read in a public copy say that they are reconstructed."""
    found = desk.fields(section, template)
    if as_json:
        emit_whole({"fields": [msgspec.structs.asdict(one) | {"reconstructed": one.reconstructed} for one in found]})
        return
    console.show_table(
        counted(len(found), "field"),
        ["field", "section", "row", "label", "reconstructed"],
        ([one.field, one.section, one.row, one.label, "yes" if one.reconstructed else ""] for one in found),
    )


@group.command("versions")
def versions(
    state: StateArgument, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """List the versions of a State's matrix and where each stands."""
    rows, taken = desk.versions(state, database_url=database_url, who=who(role))
    if as_json:
        emit_whole({"versions": rows, "steps": taken})
        return
    console.show_table(
        counted(len(rows), "version"),
        ["version", "step", "as of", "made", "by", "from", "what"],
        (
            [
                f"v{row.number}",
                row.step,
                row.as_of,
                f"{row.made_at:%Y-%m-%d %H:%M}",
                row.by,
                f"v{row.made_from}" if row.made_from else "",
                row.note,
            ]
            for row in rows
        ),
    )


@group.command("diff")
def diff(
    state: StateArgument,
    before: Annotated[str, typer.Argument(metavar="V3")],
    after: Annotated[str, typer.Argument(metavar="V4")],
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show in which fields two versions differ."""
    first, second = number(before, "V3"), number(after, "V4")
    assert first is not None and second is not None
    found = desk.diff(state, first, second, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(found)
        return
    differing = counted(len(found.differences), "field")
    show_differences(f"{found.state}: v{found.before} to v{found.after}, {differing}", found.differences)
    if found.not_carried:
        typer.echo("without a place in the newer template: " + " ".join(found.not_carried))


def _entry(one: desk.ShownEntry) -> dict[str, Any]:
    entry = one.entry
    return {
        "field": one.field,
        "section": one.section,
        "label": one.label,
        "reconstructed": one.reconstructed,
        "code": entry.code,
        "citations": entry.citations,
        "remarks": entry.remarks,
        "sources": one.sources,
        "evidence": entry.evidence,
        "basis": entry.basis,
        "as_of": entry.as_of,
        "validity": entry.validity,
        "disputed": entry.disputed,
        "consented": entry.consented,
        "comments": one.comments,
    }
