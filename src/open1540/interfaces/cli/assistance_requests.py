"""``open1540 assist request``: list, show, form, read, file, check, step."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from open1540 import reference
from open1540.assistance.clarity import Advice
from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import ReasonOption, RoleOption, not_one_of, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.request_advice import advice_words
from open1540.interfaces.reports.request_form import form_docx, form_pdf
from open1540.reference.request_parts import request_part
from open1540.workflows import assistance_reading as reading
from open1540.workflows import assistance_requests as flow
from open1540.workflows.assistance_requests import Asked
from open1540.workflows.facts import as_day

group = typer.Typer(name="request", help="Requests for assistance and their procedure.", no_args_is_help=True)
RequestArgument = Annotated[str, typer.Argument(metavar="REQUEST", help="Id of a request, such as MYS-2026-1.")]
FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A filled form (DOCX), a letter, a note verbale; or a request as JSON.")
]
LanguageOption = Annotated[str, typer.Option("--lang", help="Language of the words: ar zh en fr ru es.")]


def add_to(parent: typer.Typer) -> None:
    """Add the group to the desk's own."""
    parent.add_typer(group, name="request")


@group.command("list")
def listed(
    state: Annotated[str, typer.Option(help="Code of a State.")] = "",
    theme: Annotated[str, typer.Option(help="Id of a theme.")] = "",
    kind: Annotated[str, typer.Option("--type", help="Id of a kind of assistance.")] = "",
    standing: Annotated[
        str, typer.Option(help="draft, submitted, circulated, posted, or the step that ended it.")
    ] = "",
    words: Annotated[str, typer.Option(help="Words of the request.")] = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """List the requests the role is shown."""
    code = reference.state(state).iso3 if state else ""
    asked = Asked(state=code, theme=theme, type=kind, standing=standing, words=words)
    found = flow.requests(database_url=database_url, who=who(role), asked=asked)
    if as_json:
        emit_whole({"requests": found})
        return
    console.show_table(
        counted(len(found), "request"),
        ["id", "state", "title", "stands", "last step"],
        (
            [
                one.request.id,
                one.request.state,
                one.request.title,
                one.progress.ended or one.progress.standing,
                f"{one.progress.steps[-1].step} {one.progress.steps[-1].on}" if one.progress.steps else "",
            ]
            for one in found
        ),
    )


@group.command("show")
def show(
    request: RequestArgument,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show a request with its steps, what may follow, and what would make it clearer."""
    found = flow.request(request, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(found)
        return
    told = found.shown.request
    console.say(f"{told.id} {told.title} ({told.state or told.requester})")
    console.say(f"stands at: {found.shown.progress.ended or found.shown.progress.standing}")
    for taken in found.shown.progress.entered:
        console.say(f"  {taken.on}  {taken.step}{f' {taken.offer}' if taken.offer else ''}  {taken.by}  {taken.reason}")
    for one in found.next:
        wait = f", not before {one.earliest}" if one.earliest > flow.today() else ""
        due = f", due by {one.due}" if one.due else ""
        console.say(f"  open: {one.step} ({', '.join(one.by)}){wait}{due}")
    _say_advice(found.advice, "en")


@group.command("form")
def form(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .docx or .pdf.")],
    request: Annotated[str | None, typer.Option(help="Id of a request; default: a blank form.")] = None,
    language: LanguageOption = "en",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Write the form of a request, blank or filled."""
    if out.suffix not in (".docx", ".pdf"):
        raise not_one_of("ending", out.suffix, (".docx", ".pdf"), "--out")
    told = flow.request(request, database_url=database_url, who=who(role)).shown.request if request else None
    console.write_whole(out, form_docx(told, language) if out.suffix == ".docx" else form_pdf(told, language))
    if as_json:
        emit_whole({"file": str(out), "request": request})


@group.command("read")
def read(file: FileArgument, language: LanguageOption = "en", as_json: JsonOption = False) -> None:
    """Read a request from a file, with where each part stands and what would make it clearer; nothing is kept."""
    found = reading.read_file(file)
    advice = flow.advice(found.request)
    if as_json:
        emit_whole({"request": found.request, "doubts": found.doubts, "advice": advice})
        return
    for one in found.request.read:
        console.say(f"{request_part(one.part).labels[language]}: {one.value}  [{one.start}:{one.end}]")
    _say_advice(advice, language)


@group.command("file")
def keep(
    file: FileArgument,
    submit: Annotated[
        bool, typer.Option("--submit", help="Send it to the Committee at once, where nothing is missing.")
    ] = False,
    on: OnOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Keep a request read from a file as a draft; a JSON file with an id and a number changes the one that is kept."""
    person = who(role)
    kept = flow.keep_request(reading.read_file(file).request, database_url=database_url, who=person, note=file.name)
    if submit:
        flow.take_step(kept.id, flow.SUBMIT, database_url=database_url, who=person, on=_day(on))
    if as_json:
        emit_whole(kept)
        return
    typer.echo(f"{kept.id} kept as number {kept.number}{', and sent to the Committee' if submit else ' (a draft)'}")
    _say_advice(flow.advice(kept), "en")


@group.command("step")
def step(
    request: RequestArgument,
    name: Annotated[
        str, typer.Argument(metavar="STEP", help="submit, authenticate, acknowledge, notify, circulate ...")
    ],
    on: OnOption = None,
    offer: Annotated[str | None, typer.Option(help="Id of the offer the step concerns.")] = None,
    reason: ReasonOption = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Enter a step of the procedure; nothing is sent by it."""
    taken = flow.take_step(
        request, name, database_url=database_url, who=who(role), on=_day(on), reason=reason, offer=offer
    )
    if as_json:
        emit_whole(taken)
    else:
        typer.echo(f"{taken.request}: {taken.step} entered as of {taken.on}")


def _day(on: str | None) -> dt.date | None:
    return as_day(on) if on else None


def _say_advice(advice: Iterable[Advice], language: str) -> None:
    for one in advice:
        mark = "needed before it is sent" if one.weight == "must" else "would help"
        console.say(
            f"- {request_part(one.part).labels[language]} ({mark}): {' '.join(advice_words(one, Translator(language)))}"
        )
