"""``open1540 report`` and ``open1540 plan``: drafts for a State from its own record."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.vocabulary import BadInput
from open1540.workflows import national
from open1540.workflows.database import user_name
from open1540.workflows.permissions import person

StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="Code or name of a State, such as FRA.")]
LanguageOption = Annotated[str, typer.Option(help="Language of the draft: ar zh en fr ru es.")]
RoleOption = Annotated[
    str, typer.Option("--as", "--role", help="expert, contact (or contact:FRA), committee, administrator or reader.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Where to write; default: STATE-report or STATE-plan here.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("report")(report)
    app.command("plan")(plan)


def report(
    state: StateArgument,
    to: Annotated[str | None, typer.Option(help="docx, pdf, html or json; default: docx.")] = None,
    lang: LanguageOption = "en",
    out: OutOption = None,
    on: OnOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Draft a State's report on resolution 1540 (2004): what is recorded with its sources, the rest as questions to fill."""
    from open1540.interfaces.language import Translator
    from open1540.interfaces.reports import national as model
    from open1540.interfaces.reports import paper, paper_docx

    translator = Translator(lang)
    form = _form(to, out, ("docx", "pdf", "html", "json"))
    made = national.report(state, database_url=database_url, who=person(user_name(), role), on=on)
    page = model.report_paper(made, translator)
    record = {"language": lang, "report": made, "paper": page}
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: paper_docx.as_docx(page),
        "pdf": lambda: paper.as_pdf(page),
        "html": lambda: paper.as_html(page).encode(),
        "json": lambda: msgspec.json.encode(record),
    }
    _hand_over(record, writers[form], out or _default(made.draft.state, "report", form), as_json, bool(to or out))


def plan(
    state: StateArgument,
    to: Annotated[str | None, typer.Option(help="docx, pdf, html, xlsx or json; default: docx.")] = None,
    lang: LanguageOption = "en",
    out: OutOption = None,
    on: OnOption = None,
    start: Annotated[str | None, typer.Option(metavar="DATE", help="First day of the plan (YYYY-MM-DD).")] = None,
    years: Annotated[int | None, typer.Option(help="How many years it runs, 1 to 20; default 3.")] = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Draft a voluntary national action plan: what, who and by when, from what the record leaves blank or unclear."""
    from open1540.interfaces.language import Translator
    from open1540.interfaces.reports import national as model
    from open1540.interfaces.reports import national_xlsx, paper, paper_docx

    translator = Translator(lang)
    form = _form(to, out, ("docx", "pdf", "html", "xlsx", "json"))
    made = national.plan(
        state, database_url=database_url, who=person(user_name(), role), on=on, start=start, years=years
    )
    page = model.plan_paper(made, translator)
    record = {"language": lang, "plan": made, "paper": page}
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: paper_docx.as_docx(page),
        "pdf": lambda: paper.as_pdf(page),
        "html": lambda: paper.as_html(page).encode(),
        "xlsx": lambda: national_xlsx.as_xlsx(made, translator),
        "json": lambda: msgspec.json.encode(record),
    }
    _hand_over(record, writers[form], out or _default(made.draft.state, "plan", form), as_json, bool(to or out))


def _form(to: str | None, out: Path | None, forms: tuple[str, ...]) -> str:
    """The form asked for: by name, else by the ending of the file, else a Word document."""
    wanted = (to or (out.suffix.removeprefix(".") if out else "") or "docx").casefold()
    if wanted not in forms:
        raise BadInput(
            f"the form {wanted!r}",
            expected="one of " + " ".join(forms),
            where="--to" if to else "--out",
            remedy="choose one of these with --to",
        )
    return wanted


def _default(state: str, kind: str, form: str) -> Path:
    return Path(f"{state}-{kind}.{form}")


def _hand_over(record: dict[str, Any], write: Callable[[], bytes], path: Path, as_json: bool, wanted: bool) -> None:
    """Write the file; with ``--json`` print the record, and write a file only where one was asked for."""
    if wanted or not as_json:
        console.write_whole(path, write())
    if as_json:
        console.emit_json(record)
