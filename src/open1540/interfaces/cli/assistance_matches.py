"""``open1540 assist match``: offers for a request or a State, requests for an offer, what nobody offers; with reasons."""

from collections.abc import Iterable
from typing import Annotated

import typer

from open1540 import reference
from open1540.assistance.matching import Match
from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import RoleOption, not_one_of, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.vocabulary import BadInput
from open1540.workflows import assistance_matching as flow
from open1540.workflows.permissions import Person

WeightOption = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="CRITERION=N", help="How much a criterion counts, such as theme=7; several times."),
]  # fmt: skip


def add_to(parent: typer.Typer) -> None:
    """Add the command to the desk's own."""
    parent.command("match")(match)


def match(
    request: Annotated[str | None, typer.Argument(metavar="[REQUEST]", help="Id of a request: offers for it.")] = None,
    state: Annotated[str | None, typer.Option(help="A State: offers for what its matrix leaves without a record.")] = None,
    offer: Annotated[str | None, typer.Option(help="Id of an offer: requests it may serve.")] = None,
    unmet: Annotated[bool, typer.Option("--unmet", help="What nobody offers, by theme.")] = False,
    doubled: Annotated[bool, typer.Option("--doubled", help="Offers and activities that may be on record twice.")] = False,
    weight: WeightOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:  # fmt: skip
    """Compare what is asked for with what is offered, and tell the reasons for and against."""
    asked = [bool(request), bool(state), bool(offer), unmet, doubled]
    if sum(asked) != 1:
        raise BadInput(
            "nothing to match" if not any(asked) else "several things to match at once",
            expected="one of REQUEST, --state, --offer, --unmet, --doubled",
            where="assist match",
            remedy="give one, such as --state SEN",
        )
    person, weights = who(role), _weights(weight or ())
    if request:
        _of_request(request, database_url, person, weights, as_json)
    elif state:
        _of_state(state, database_url, person, weights, as_json)
    elif offer:
        _of_offer(offer, database_url, person, weights, as_json)
    elif unmet:
        _unmet(database_url, person, weights, as_json)
    else:
        _doubled(database_url, person, as_json)


def _weights(written: Iterable[str]) -> dict[str, float]:
    pairs = dict[str, str]()
    for one in written:
        criterion, sign, number = one.partition("=")
        if not sign:
            raise not_one_of("weight", one, ("a criterion and a number, such as theme=7",), "--weight")
        pairs[criterion] = number
    return flow.weights_named(pairs)


def _of_request(request: str, url: str | None, person: Person, weights: dict[str, float], as_json: bool) -> None:
    found = flow.of_request(request, database_url=url, who=person, weights=weights)
    if as_json:
        emit_whole(found)
        return
    console.say(f"{request}: {counted(len(found.matches), 'offer')} may fit, as of {found.on}")
    for one in found.matches:
        _say(one, f"{one.offer} {found.offers[one.offer].provider}: {found.offers[one.offer].title}")
    for near in found.overlaps:
        console.say(f"planned or held nearby: {near.activity} {near.title} ({near.status})")


def _of_state(state: str, url: str | None, person: Person, weights: dict[str, float], as_json: bool) -> None:
    found = flow.of_gaps(state, database_url=url, who=person, weights=weights)
    if as_json:
        emit_whole(found)
        return
    version = f"version {found.version}" if found.version else "section I from public facts; nothing else is recorded"
    console.say(f"{found.state}, {version}. A field without a record is unknown, not a finding on the State.")
    for gap in found.gaps:
        title = reference.theme(gap.theme).title("en")
        console.say(f"{title}: {len(gap.fields)} of {gap.of} fields without a record")
        for one in gap.matches:
            _say(one, f"{one.offer} {found.offers[one.offer].provider}: {found.offers[one.offer].title}")
        if not gap.matches:
            console.say("  no offer on record")


def _of_offer(offer: str, url: str | None, person: Person, weights: dict[str, float], as_json: bool) -> None:
    found = flow.of_offer(offer, database_url=url, who=person, weights=weights)
    if as_json:
        emit_whole(found)
        return
    console.say(f"{offer}: may serve {counted(len(found.matches), 'request')}, as of {found.on}")
    for one in found.matches:
        _say(one, f"{one.wanted} {found.requests[one.wanted].title}")


def _unmet(url: str | None, person: Person, weights: dict[str, float], as_json: bool) -> None:
    found = flow.unmet(database_url=url, who=person, weights=weights)
    if as_json:
        emit_whole(found)
        return
    console.show_table(
        f"{counted(found.requests, 'request')} going on, {counted(found.offers, 'offer')}",
        ["theme", "requests", "good match", "partial alone", "none", "asked for by those with none"],
        (
            [
                reference.theme(one.theme).title("en"),
                one.wanted,
                one.good,
                one.partial,
                one.none,
                ", ".join(f"{kind} ({number})" for kind, number in one.types),
            ]
            for one in found.themes
        ),
    )


def _doubled(url: str | None, person: Person, as_json: bool) -> None:
    found = flow.doubled(database_url=url, who=person)
    if as_json:
        emit_whole(found)
        return
    for one in (*found.offers, *found.activities):
        console.say(f"{one.kind} {one.first} and {one.second}: one {' and '.join(one.alike)}; {', '.join(one.themes)}")
    if not found.offers and not found.activities:
        console.say("nothing seems to be on record twice")


def _say(one: Match, title: str) -> None:
    console.say(f"  {one.verdict}: {title}")
    criteria = {known.id: known.titles["en"] for known in reference.criteria()}
    for says in ("for", "against", "unknown"):
        told = [
            criteria[ground.criterion] + (f" ({', '.join(ground.shared)})" if ground.shared else "")
            for ground in one.grounds
            if ground.says == says
        ]
        if told:
            console.say(f"    {says}: {'; '.join(told)}")
