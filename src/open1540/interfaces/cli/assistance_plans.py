"""``open1540 assist plan``: regional programmes worked out, shown, explained, compared; agendas of their meetings."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
import yaml

from open1540 import reference
from open1540.assistance.regional import Contradiction
from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import RoleOption, not_one_of, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.interfaces.reports.agenda import agenda_docx, agenda_pdf
from open1540.vocabulary import BadInput
from open1540.workflows import assistance_plans as flow
from open1540.workflows.assistance_plans import PlanDetail, Wish
from open1540.workflows.reading import load, shown_name

group = typer.Typer(
    name="plan", help="Regional programmes: who meets whom on which shared needs.", no_args_is_help=True
)
PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="Id of a plan, such as PLAN-2026-1.")]
LARGEST = 1_000_000


def add_to(parent: typer.Typer) -> None:
    """Add the group to the desk's own."""
    parent.add_typer(group, name="plan")


@group.command("make")
def make(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What is wished, as YAML or JSON: title, since, until, limits ...")
    ],
    seconds: Annotated[
        float | None, typer.Option(min=1, max=3600, help="Time to work it out; default: as the file says.")
    ] = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Work a programme out from the record and keep it; limits that contradict each other are named."""
    wish = _wish(file)
    asked = msgspec.structs.replace(wish, seconds=seconds) if seconds else wish
    found = flow.work_out(asked, database_url=database_url, who=who(role))
    _say(found, as_json)


@group.command("list")
def listed(role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None) -> None:
    """List the programmes that are kept, the latest first."""
    found = flow.plans(database_url=database_url, who=who(role))
    if as_json:
        emit_whole({"plans": [one.plan for one in found]})
        return
    console.show_table(
        counted(len(found), "programme"),
        ["id", "title", "meetings", "needs met", "gap"],
        ([one.plan.id, one.plan.title, *_figures(one)] for one in found),
    )


@group.command("show")
def show(
    plan: PlanArgument, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """Show a programme with its meetings."""
    _say(flow.one(plan, database_url=database_url, who=who(role)), as_json)


@group.command("why")
def why(
    plan: PlanArgument,
    state: Annotated[str, typer.Argument(metavar="STATE", help="Code or name of a State, such as FRA.")],
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Say why a State is in a programme or not, found by testing each meeting."""
    told = flow.why_in(plan, state, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(told)
        return
    console.say(f"{told.state}: {told.standing} {' '.join(told.events)}".rstrip())
    for need in told.unmet:
        console.say(f"  need left: {need.theme} ({need.source})")
    for tried in told.tried:
        limits = (
            ", ".join(one.limit for one in tried.broken) or "none, but it is not worth its cost and travel as weighed"
        )
        console.say(f"  tried {tried.event or 'one more meeting'}: limits not kept: {limits}")
    for limit in told.lacking:
        console.say(f"  without the limit {limit} some meeting could take it")


@group.command("more")
def more(
    plan: PlanArgument,
    limit: Annotated[
        str, typer.Argument(metavar="LIMIT", help="events, budget, experts, per_state, participants or blocks.")
    ],
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Say what one more of a limit (a tenth more of the budget) would add."""
    told = flow.what_adds(plan, limit, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(told)
    elif isinstance(told, Contradiction):
        console.say("with one more the limits contradict each other: " + ", ".join(told.limits))
    else:
        console.say(f"{told.limit} +{told.step:g}: needs met {told.met:+.2f}, cost {told.cost:+,.0f}")
        console.say(f"by the aims as weighed: at least {told.at_least:.4f}, at most {told.at_most:.4f}")
        console.say("States that would come in: " + (" ".join(told.states) or "none"))


@group.command("compare")
def compare(
    first: PlanArgument,
    second: PlanArgument,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Set two programmes beside each other."""
    told = flow.compared(first, second, database_url=database_url, who=who(role))
    if as_json:
        emit_whole(told)
        return
    rows = {
        "meetings": told.events,
        "States": told.states,
        "needs met": told.met,
        "cost": told.cost,
        "travel": told.travel,
    }
    console.show_table(
        "", ["", first, second], ([name, f"{pair.first:,.1f}", f"{pair.second:,.1f}"] for name, pair in rows.items())
    )


@group.command("agenda")
def agenda(
    plan: PlanArgument,
    event: Annotated[str, typer.Argument(metavar="MEETING", help="Id of a meeting, such as E01.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .docx or .pdf.")],
    language: Annotated[
        str | None, typer.Option("--lang", help="A working language of the meeting; default: its first.")
    ] = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Write the agenda of a meeting: shared gaps, practice and providers, each with where it is written."""
    if out.suffix not in (".docx", ".pdf"):
        raise not_one_of("ending", out.suffix, (".docx", ".pdf"), "--out")
    person = who(role)
    told = flow.agenda_of(plan, event, database_url=database_url, who=person)
    title = flow.one(plan, database_url=database_url, who=person).plan.title
    write = agenda_docx if out.suffix == ".docx" else agenda_pdf
    console.write_whole(out, write(told, title, language or told.languages[0]))
    if as_json:
        emit_whole(told)


def _wish(file: Path) -> Wish:
    data = load(file)
    if len(data) > LARGEST:
        raise BadInput(f"{len(data)} bytes", expected=f"at most {LARGEST}", where=shown_name(file), remedy="shorten it")
    try:
        return msgspec.convert(yaml.safe_load(data), type=Wish)
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadInput(
            f"a file that is no wish for a programme ({' '.join(str(error).split())})",
            expected="YAML or JSON with title, since, until and limits, as docs/tours/assistance.md shows",
            where=shown_name(file),
            remedy="correct the part named",
        ) from error


def _figures(found: PlanDetail) -> tuple[str, str, str]:
    programme = found.worked.programme if found.worked else None
    if programme is None:
        return "", "no plan keeps the limits" if found.worked else "being worked out", ""
    measures = programme.measures
    return str(len(programme.events)), f"{measures.met:.1f} of {measures.needed:.1f}", f"{programme.gap:.2%}"


def _say(found: PlanDetail, as_json: bool) -> None:
    if as_json:
        emit_whole({"plan": found.plan.id, "wish": found.wish, "worked": found.worked})
        return
    console.say(f"{found.plan.id} {found.plan.title}")
    worked = found.worked
    if worked is None:
        console.say("being worked out")
    elif worked.refused:
        console.say(f"{worked.refused['found']}; what to do: {worked.refused['remedy']}")
    elif worked.contradiction:
        console.say("no plan keeps these limits together: " + ", ".join(worked.contradiction.limits))
    elif worked.programme:
        meetings, met, gap = _figures(found)
        cost, share = worked.programme.measures.cost, worked.programme.measures.least_share
        console.say(
            f"{meetings} meetings, needs met {met}, least share of a region {share:.1%}, cost {cost:,.0f}, gap {gap}"
        )
        blocks = {block.id: block for block in worked.asked.blocks}
        for event in worked.programme.events:
            titles = ", ".join(_title(theme) for theme in event.themes)
            console.say(f"{event.id} {event.format} from {blocks[event.block].since} in {event.host}: {titles}")
            console.say(f"    {' '.join(event.states)}; {' '.join(event.languages)}; {event.offer or 'by the States'}")


def _title(theme: str) -> str:
    return reference.theme(theme).title("en")
