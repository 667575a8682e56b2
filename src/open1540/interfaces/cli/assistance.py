"""``open1540 assist``: the group of the desk's commands; what is due, and feedback."""

import datetime as dt
from typing import Annotated

import typer

from open1540 import reference
from open1540.interfaces.cli import (
    assistance_matches,
    assistance_offers,
    assistance_papers,
    assistance_plans,
    assistance_requests,
    console,
)
from open1540.interfaces.cli.matrix_options import RoleOption, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole
from open1540.interfaces.cli.options import DatabaseOption, JsonOption, OnOption
from open1540.workflows import assistance_requests as flow
from open1540.workflows.facts import as_day

group = typer.Typer(
    name="assist",
    help="Assistance: requests and their procedure, offers, matches with reasons, regional programmes, feedback.",
    no_args_is_help=True,
)
DAYS_AHEAD = 92


def register(app: typer.Typer) -> None:
    """Add the group, with its commands from this file and the others."""
    for commands in (assistance_requests, assistance_offers, assistance_matches, assistance_plans, assistance_papers):
        commands.add_to(group)
    app.add_typer(group, name="assist")


@group.command("due")
def due(
    on: OnOption = None,
    days: Annotated[int, typer.Option(min=0, max=3660, help="How many days ahead to look.")] = DAYS_AHEAD,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """List what falls due, the overdue first, by working days of United Nations Headquarters."""
    day = (as_day(on) if on else None) or flow.today()
    found = flow.due(database_url=database_url, who=who(role), until=day + dt.timedelta(days=days), on=day)
    if as_json:
        emit_whole({"on": day, "due": found})
        return
    steps = {rule.id: rule.titles["en"] for rule in reference.procedure().steps}
    console.show_table(
        f"{counted(len(found), 'thing')} due by {day + dt.timedelta(days=days)}",
        ["day", "overdue", "step", "request", "by"],
        (
            [
                one.day,
                f"{one.overdue} working days" if one.overdue else "",
                steps.get(one.step, reference.procedure().briefing.titles["en"]),
                one.request,
                ", ".join(one.by),
            ]
            for one in found
        ),
    )


@group.command("feedback")
def feedback(
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="Id of a request, such as MYS-2026-1.")],
    side: Annotated[str, typer.Argument(metavar="requester|provider", help="Who speaks.")],
    met: Annotated[str, typer.Argument(metavar="yes|in-part|no|too-early", help="Whether the need was met.")],
    text: Annotated[str, typer.Option(help="In the words of whoever speaks.")] = "",
    offer: Annotated[str | None, typer.Option(help="Id of the offer it concerns.")] = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Keep what the State that asked, or the provider, says of the assistance given."""
    said = flow.give_feedback(
        request,
        flow.side_of(side),
        flow.met_of(met),
        text,
        database_url=database_url,
        who=who(role),
        offer=offer,
    )
    if as_json:
        emit_whole(said)
    else:
        typer.echo(f"feedback of the {said.side} on {said.request} kept: met {said.met}")
