"""``open1540 brief``: a document read, kept and explained."""

from pathlib import Path
from typing import Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import DatabaseOption, DocumentLanguage, FileArgument, JsonOption, StateOption
from open1540.workflows.assistant import configured
from open1540.workflows.brief import brief as make_briefing
from open1540.workflows.database import user_name


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("brief")(brief)


def brief(
    file: FileArgument,
    lang: Annotated[str, typer.Option(help="Language of the briefing: ar zh en fr ru es.")] = "en",
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write an HTML page.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write a PDF.")] = None,
    as_json: JsonOption = False,
    document_lang: DocumentLanguage = None,
    state: StateOption = None,
    assistant: Annotated[
        bool, typer.Option("--assistant", help="Let the configured assistant propose claims.")
    ] = False,
    shown_to: Annotated[
        str, typer.Option(help="Who is shown the document on a server: members, everyone, or the State it belongs to.")
    ] = "members",
    database_url: DatabaseOption = None,
) -> None:
    """Read a document, keep it, and brief it: who asks what of whom, by when, and what serves it."""
    # The writers pull in the typesetting compiler; a command that only reads need not wait for it.
    from open1540.interfaces.language import Translator
    from open1540.interfaces.reports import briefing as model
    from open1540.interfaces.reports import render

    translator = Translator(lang)
    made = make_briefing(
        file,
        database_url=database_url,
        by=user_name(),
        language=document_lang,
        state=state,
        shown_to=shown_to,
        assistant=configured() if assistant else None,
    )
    page = model.page(made, translator)
    # Whatever may fail comes before the answer, so that there is one answer or one error.
    files = [(html, render.as_html(page).encode())] if html else []
    files += [(pdf, render.as_pdf(page))] if pdf else []
    for path, content in files:
        console.write_whole(path, content)
    if as_json:
        console.emit_json(made)
    else:
        console.say(render.as_text(page))
