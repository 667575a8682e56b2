"""``open1540 state`` and ``open1540 facts``: what is known, from where, as of when."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import JsonOption, OnOption
from open1540.workflows import facts


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("state")(state)
    group = typer.Typer(help="The facts the program rests on, with their sources.", no_args_is_help=True)
    group.command("list")(list_facts)
    group.command("show")(show)
    group.command("check")(check)
    app.add_typer(group, name="facts")


def state(
    code: Annotated[str, typer.Argument(help="ISO code, M49 code or name in any of the six languages.")],
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a State: its names, its groups, and what it has joined, each with source and date."""
    profile = facts.state_profile(code, on)
    if as_json:
        console.emit_json(profile)
        return
    known = profile.state
    asked = f" as of {profile.on}" if profile.on else ""
    lines = [
        f"{profile.names['en']} ({known.iso3}, {known.iso2}, {known.m49}){asked}",
        " · ".join(profile.names[language] for language in ("ar", "zh", "fr", "ru", "es")),
        f"{known.un_status} of the United Nations since {known.admitted_on or 'unknown'}; "
        f"{known.regional_group or 'no regional group'}; {known.m49_subregion or known.m49_region}",
        *(f"formerly {name}" for name in profile.former_names),
    ]
    for line in lines:
        console.out().print(line, markup=False)
    console.show_table(
        "Instruments",
        ["instrument", "status", "since", "source", "as of", "why this one"],
        (
            [
                s.instrument,
                s.value,
                s.shown.since if s.shown else None,
                s.shown.source if s.shown else None,
                s.shown.as_of if s.shown else None,
                s.why,
            ]
            for s in profile.instruments
        ),
    )


def list_facts(
    kind: Annotated[
        str | None, typer.Argument(help="topics, obligations, resolutions, instruments, actors, states ...")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the tables of the facts with their number of rows; or the ids of everything of a kind."""
    found: Mapping[str, object] = facts.listed(kind) if kind else facts.tables()
    if as_json:
        console.emit_json(found)
    elif kind:
        console.show_table(f"{len(found)} {kind}", ["id", "what it is called"], found.items())
    else:
        console.show_table("Facts", ["table", "rows"], found.items())


def show(
    fact: Annotated[str, typer.Argument(help="An id: OP3(d), 1540, CWC, proliferation-financing, IAEA, FRA ...")],
    as_json: JsonOption = False,
) -> None:
    """Show one fact with the sources it rests on."""
    shown = facts.show(fact)
    if as_json:
        console.emit_json(shown)
        return
    values = msgspec.to_builtins(shown.fact)
    console.show_table(shown.kind, ["attribute", "value"], ((name, value) for name, value in values.items()))
    console.show_table(
        "Sources",
        ["source", "kind", "title", "where", "read", "note"],
        ([s.id, s.kind, s.title, s.locator, s.retrieved, s.note] for s in shown.sources),
    )


def check(as_json: JsonOption = False) -> None:
    """Check the facts: unknown keys, missing sources and languages, duplicates, impossible dates."""
    tables = facts.check()
    if as_json:
        console.emit_json({"sound": True, "tables": tables})
    else:
        typer.echo(f"sound: {sum(tables.values())} rows in {len(tables)} tables")
