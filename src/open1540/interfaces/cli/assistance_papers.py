"""``open1540 assist request letter``, ``assist briefing`` and ``assist statistics``: drafts that a person sends, and figures."""

from pathlib import Path
from typing import Annotated

import typer

from open1540.assistance.letters import Facts
from open1540.interfaces.cli import console
from open1540.interfaces.cli.assistance_requests import LanguageOption, RequestArgument
from open1540.interfaces.cli.assistance_requests import group as requests
from open1540.interfaces.cli.matrix_options import RoleOption, not_one_of, who
from open1540.interfaces.cli.matrix_shown import emit_whole
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.interfaces.reports import letter as paper
from open1540.interfaces.reports.letter import Counts
from open1540.reference.letters import BRIEFING
from open1540.workflows import assistance_letters, assistance_statistics
from open1540.workflows.facts import as_day

ENDINGS = (".docx", ".pdf", ".txt")
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="File to write: .docx, .pdf or .txt; the text is printed without it.")
]


def add_to(parent: typer.Typer) -> None:
    """Add the commands to the desk's own, and to those of requests."""
    requests.command("letter")(letter)
    parent.command("briefing")(briefing)
    parent.command("statistics")(statistics)


def letter(
    request: RequestArgument,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[LETTER]", help="Such as acknowledgement; those that go with the request are listed without it."),
    ] = None,
    language: LanguageOption = "en",
    offer: Annotated[str | None, typer.Option(help="Id of the offer the letter is about.")] = None,
    to: Annotated[str, typer.Option(help="state, organisation or provider, where the letter may go to several.")] = "",
    out: OutOption = None,
    on: OnOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:  # fmt: skip
    """Draft a letter of the procedure; nothing is sent."""
    person = who(role)
    if name is None:
        _say_offered(request, database_url, role, as_json)
        return
    day = as_day(on) if on else None
    facts = assistance_letters.facts(request, name, database_url=database_url, who=person, offer=offer, on=day)
    _give(name, facts, language, to, None, out, as_json)


def briefing(
    language: LanguageOption = "en",
    out: OutOption = None,
    on: OnOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Draft the note with which the experts brief the Committee on requests every two months; nothing is sent."""
    day = as_day(on) if on else None
    made = assistance_letters.briefing(database_url=database_url, who=who(role), on=day)
    _give(BRIEFING, made.facts, language, "", made.counts, out, as_json)


def statistics(
    on: OnOption = None, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """Show figures on requests; where a role sees what everyone sees, those that would single somebody out are withheld."""
    person, day = who(role), as_day(on) if on else None
    found = assistance_statistics.figures(database_url=database_url, who=person, on=day)
    if as_json:
        since = assistance_statistics.recorded_since(database_url=database_url, who=person, on=day)
        emit_whole({"figures": found, "recorded_since": since})
        return
    console.say(f"{found.requests} requests sent, as of {found.on}")
    for by, counts in found.counts.items():
        rows = [[one.key, "withheld" if one.requests is None else one.requests] for one in counts if one.requests != 0]
        if rows:
            console.show_table(f"by {by}", [by, "requests"], rows)
    if found.durations:
        console.show_table(
            "working days in each step",
            ["step", "went on", "still there", "a quarter within", "half within", "three quarters within"],
            (
                [one.step, "withheld"]
                if one.withheld
                else [one.step, one.finished, one.open, one.lower, one.median, one.upper]
                for one in found.durations
            ),
        )


def _say_offered(request: str, database_url: str | None, role: str, as_json: bool) -> None:
    found = assistance_letters.offered(request, database_url=database_url, who=who(role))
    if as_json:
        emit_whole({"letters": found})
        return
    for one in found:
        about = f", on {one.offer}" if one.offer else ""
        console.say(f"{one.letter}: {one.titles['en']} (step {one.step}, to {' or '.join(one.to)}{about})")


def _give(
    name: str, facts: Facts, language: str, to: str, counts: Counts | None, out: Path | None, as_json: bool
) -> None:
    if out is not None and out.suffix not in ENDINGS:
        raise not_one_of("ending", out.suffix, ENDINGS, "--out")
    if out is not None:
        write = {".docx": paper.letter_docx, ".pdf": paper.letter_pdf}.get(out.suffix)
        made = write(name, facts, language, to, counts) if write else b""
        console.write_whole(out, made or paper.letter_text(name, facts, language, to, counts).encode())
    if as_json:
        emit_whole({"file": str(out) if out else None, "letter": paper.letter(name, facts, language, to)})
    elif out is None:
        console.say(paper.letter_text(name, facts, language, to, counts).rstrip("\n"))
