"""``open1540 matrix export``, ``matrix import`` and ``matrix template import``: matrices as files."""

from pathlib import Path
from typing import Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import RoleOption, StateArgument, VersionOption, number, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole, show_differences
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.interfaces.reports import matrix_forms
from open1540.matrix.sheet_reading import Problem
from open1540.vocabulary import BadInput
from open1540.workflows import matrix_files

TemplateOption = Annotated[str | None, typer.Option("--template", metavar="ID", help="Template its rows are of.")]


def add_to(group: typer.Typer) -> None:
    """Add the commands of this file to the group ``matrix``."""
    group.command("export")(export)
    group.command("import")(import_matrix)
    templates = typer.Typer(help="Templates of the matrix.", no_args_is_help=True)
    templates.command("import")(import_template)
    group.add_typer(templates, name="template")


def export(
    state: StateArgument,
    to: Annotated[
        str | None, typer.Option("--to", help="xlsx, docx, pdf, csv or json; default: as the file's name ends.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of labels: ar zh en fr ru es.")] = "en",
    version: VersionOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Default: FRA-v3.xlsx and the like.")
    ] = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Write a State's matrix in the Committee's layout. Only JSON keeps evidence and its passages."""
    form = _form(to, out)
    data = matrix_files.exported(state, database_url=database_url, who=who(role), number=number(version), language=lang)
    content = matrix_forms.written(data, form)
    path = out or Path(matrix_forms.file_name(data, form))
    console.write_whole(path, content)
    if as_json:
        emit_whole({"file": str(path), "bytes": len(content), "heading": data.heading, "entries": len(data.entries)})


def import_matrix(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A matrix as PDF, DOCX, XLSX, CSV or JSON.")],
    state: Annotated[str | None, typer.Option(help="Whose matrix it is, where the file does not say.")] = None,
    template: TemplateOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    leave_problems: Annotated[
        bool, typer.Option("--leave-problems", help="Keep what was understood; other fields stay as they are.")
    ] = False,
    share: Annotated[
        bool, typer.Option("--share", help="Text of a shared cell without marks is that of every field with a code.")
    ] = False,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Make the next version of a State's matrix from a file; what is not surely understood is listed, never guessed."""
    found = matrix_files.import_file(
        file,
        database_url=database_url,
        who=who(role),
        state=state,
        template_id=template,
        dry_run=dry_run,
        leave_problems=leave_problems,
        share=share,
    )
    if as_json:
        emit_whole(found)
        return
    _show_problems(found.problems)
    if found.differences:
        before = f"v{found.compared_with}" if found.compared_with else "no version"
        show_differences(f"{found.state}: {before} to {found.file}", found.differences)
    done = f"version {found.made.number} made" if found.made else "nothing kept" if dry_run else "nothing differs"
    typer.echo(
        f"{found.state}, {found.template}: {counted(found.read, 'field')} read, {len(found.differences)} differ; {done}"
    )


def import_template(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A printed matrix, such as an official copy.")],
    template: TemplateOption = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help="Write a draft of template and crosswalk there.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Id of the draft; default: from the file's name.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show where the rows of a printed matrix differ from a template: new, missing, relabelled, renumbered ones."""
    found = matrix_files.import_template(file, template_id=template, save=save, name=name)
    if as_json:
        emit_whole(found)
        return
    differing = found.differences
    console.show_table(
        f"{differing.recognised} rows recognised as rows of {differing.template}",
        ["what", "section", "row", "template", "printed", "where"],
        [
            *(["new", r.section, r.number, None, r.label, r.where] for r in differing.new),
            *(["missing", r.section, r.number, r.label, None, None] for r in differing.missing),
            *(
                ["relabelled" if r.certain else "relabelled?", r.section, r.number, r.ours, r.printed, r.where]
                for r in differing.relabelled
            ),
            *(["renumbered", r.section, r.ours, r.row_id, r.printed, r.where] for r in differing.renumbered),
        ],
    )
    _show_problems(found.problems)
    for path in found.written:
        console.err().print(f"wrote {path}", markup=False)


def _form(to: str | None, out: Path | None) -> str:
    """The form asked for: by name, else by the ending of the file."""
    wanted = (to or (out.suffix.removeprefix(".") if out else "")).casefold()
    if wanted not in matrix_forms.FORMS:
        raise BadInput(
            f"form {to or wanted!r}" if wanted else "no form to write",
            expected="one of " + ", ".join(matrix_forms.FORMS),
            where="--out" if out and not to else "--to",
            remedy="choose one of these with --to",
        )
    return wanted


def _show_problems(problems: tuple[Problem, ...]) -> None:
    if problems:
        console.show_table(
            f"{counted(len(problems), 'place')} not surely understood",
            ["where", "found", "expected"],
            ([one.where, one.found, one.expected] for one in problems),
        )
