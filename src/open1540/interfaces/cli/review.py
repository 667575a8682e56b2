"""``open1540 review``: the comprehensive review of many matrices, the analysis of a region, States side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from open1540.interfaces.cli import console, folders
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.vocabulary import BadInput
from open1540.workflows.database import user_name
from open1540.workflows.permissions import person

if TYPE_CHECKING:
    from open1540.interfaces.language import Translator
    from open1540.workflows.review import Grouped

group = typer.Typer(
    name="review",
    help="The comprehensive review of the record; the analysis of a region; States side by side.",
    invoke_without_command=True,
)
FORMS = ("pdf", "docx", "xlsx", "csv")
LanguageOption = Annotated[str, typer.Option("--lang", help="Language of all that is written: ar zh en fr ru es.")]
TemplateOption = Annotated[
    str | None,
    typer.Option("--template", metavar="ID", help="Format to tell all matrices in; default: the one in use here."),
]
RoleOption = Annotated[
    str, typer.Option("--as", "--role", help="expert, contact (or contact:FRA), committee, administrator or reader.")
]
StatesOption = Annotated[
    list[str] | None, typer.Option("--states", metavar="A,B,C", help="Codes or names of States; may be repeated.")
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for all files; or one file: .pdf, .docx, .xlsx or .csv."),
]
ToOption = Annotated[list[str] | None, typer.Option("--to", help="pdf, docx, xlsx or csv; default: all of them.")]


def register(app: typer.Typer) -> None:
    """Add the group of this file."""
    app.add_typer(group, name="review")


@group.callback()
def review(
    context: typer.Context,
    on: OnOption = None,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="DATE", help="An earlier day to compare with; may be repeated."),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option("--region", metavar="NAME", help="A regional group or M49 region; may be repeated."),
    ] = None,
    states: StatesOption = None,
    lang: LanguageOption = "en",
    template: TemplateOption = None,
    weights: Annotated[
        list[str] | None,
        typer.Option("--weights", metavar="NAME=VALUE", help="Weight of a component, or a YAML or JSON file of them."),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="ID", help="Instrument or field to show on a world map; default: BWC."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for all files.")] = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Review the record of all States as of a day: tables, workbook, charts, map and a report in one of six languages."""
    if context.invoked_subcommand is not None:
        _nothing_before(context)
        return
    # Arrays, charts and typesetting take a moment to load; other commands need not wait for them.
    from open1540.interfaces.language import Translator
    from open1540.interfaces.reports import review_files
    from open1540.workflows import review as flow

    translator = Translator(lang)
    if out is None and not as_json:
        raise BadInput(
            "no folder to write to", expected="--out DIR, or --json", where="--out", remedy="add --out review"
        )
    if out is not None:
        folders.check_folder(out, {}, manifest=review_files.MANIFEST, kind=review_files.KIND)
    days = 1 + len(against or ())
    with console.progress("reading matrices", days * flow.number_of_states(region or (), _listed(states))) as advance:
        made = flow.comprehensive(
            database_url=database_url,
            who=person(user_name(), role),
            on=on,
            against=against or (),
            regions=region or (),
            states=_listed(states),
            template=template,
            weights=flow.weights_from(weights or ()),
            maps=maps or flow.DEFAULT_MAP,
            advance=advance,
        )
    files: dict[str, bytes] = {}
    if out is not None:
        with console.progress("drawing", review_files.steps(made)) as advance:
            files = review_files.files(made, translator, advance)
        folders.write_folder(out, files, manifest=review_files.MANIFEST, kind=review_files.KIND)
    if as_json:
        console.emit_json(
            {
                "asked": made.asked,
                "days": made.days,
                "facts": made.facts,
                "tables": made.tables,
                "maps": made.layers,
                "files": list(review_files.written(files)),
            }
        )


@group.command("region")
def region(
    names: Annotated[list[str] | None, typer.Argument(metavar="[REGION]...", help='Such as "Western Africa".')] = None,
    states: StatesOption = None,
    on: OnOption = None,
    lang: LanguageOption = "en",
    template: TemplateOption = None,
    to: ToOption = None,
    out: OutOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Analyse the matrices of the States of a region together: shared gaps, legislation, practice to exchange, requests."""
    from open1540.interfaces.language import Translator
    from open1540.workflows import review as flow

    translator = Translator(lang)
    forms = _forms(to, out, as_json)
    made = flow.region(
        database_url=database_url,
        who=person(user_name(), role),
        regions=names or (),
        states=_listed(states),
        on=on,
        template=template,
    )
    _hand_over(made, translator, out, forms, as_json)


@group.command("compare")
def compare(
    states: Annotated[list[str], typer.Argument(metavar="STATE STATE...", help="Two to four States, such as FRA DEU.")],
    on: OnOption = None,
    lang: LanguageOption = "en",
    template: TemplateOption = None,
    to: ToOption = None,
    out: OutOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Put two to four States side by side for a peer review, each cell with its citation."""
    from open1540.interfaces.language import Translator
    from open1540.workflows import review as flow

    translator = Translator(lang)
    forms = _forms(to, out, as_json)
    made = flow.compare(
        _listed(states), database_url=database_url, who=person(user_name(), role), on=on, template=template
    )
    _hand_over(made, translator, out, forms, as_json)


def _nothing_before(context: typer.Context) -> None:
    """Refuse options that stand before a command of the group: they would be passed over without a word."""
    given = [name for name in context.params if str(context.get_parameter_source(name)).endswith("COMMANDLINE")]
    if given:
        raise BadInput(
            f"an option before `{context.invoked_subcommand}`",
            expected="options behind the name of the command",
            where="review",
            remedy=f"write `open1540 review {context.invoked_subcommand} ...` with its options at the end",
        )


def _listed(written: list[str] | None) -> list[str]:
    """The States of ``A,B,C``; a name that holds a comma itself is written as one."""
    from open1540 import reference
    from open1540.vocabulary import UnknownCode

    found = []
    for one in written or ():
        try:
            found.append(reference.state(one).iso3)
        except UnknownCode:
            found += [part.strip() for part in one.split(",") if part.strip()]
    return found


def _forms(to: list[str] | None, out: Path | None, as_json: bool) -> list[str]:
    """The forms asked for; that of the file's ending where one file is."""
    if out is None and not as_json:
        raise BadInput(
            "no place to write to", expected="--out DIR, --out FILE or --json", where="--out", remedy="add one"
        )
    ending = out.suffix.removeprefix(".").casefold() if out and not out.is_dir() else ""
    wanted = [form for one in to or () for form in one.casefold().replace(",", " ").split()]
    wrong = [form for form in wanted if form not in FORMS or (ending in FORMS and form != ending)]
    if wrong or (ending and ending not in FORMS):
        raise BadInput(
            f"the form {(wrong or [ending])[0]!r}",
            expected="one of " + " ".join(FORMS),
            where="--to" if wrong else "--out",
            remedy="choose one of these; a folder for several",
        )
    return [ending] if ending else wanted or list(FORMS)


def _hand_over(made: "Grouped", translator: "Translator", out: Path | None, forms: list[str], as_json: bool) -> None:
    from open1540.interfaces.reports import review_files, review_group

    files: dict[str, bytes] = {}
    if out is not None and out.suffix and not out.is_dir():
        console.write_whole(out, review_group.single(made, translator, forms[0]))
    elif out is not None:
        files = review_group.folder(made, translator, forms)
        folders.write_folder(out, files, manifest=review_files.MANIFEST, kind=review_files.KIND)
    if as_json:
        console.emit_json(
            {
                "asked": made.asked,
                "days": made.days,
                "facts": made.facts,
                "tables": made.tables,
                "files": list(review_files.written(files)),
            }
        )
