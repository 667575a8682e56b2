"""``open1540 search``, ``documents``, ``claims`` and ``judge``: what is kept, and what people decide on it."""

from typing import Annotated, get_args

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import DatabaseOption, JsonOption
from open1540.vocabulary import BadInput, Verdict
from open1540.workflows import judging, search, upkeep
from open1540.workflows.database import user_name


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("search")(find)
    app.command("documents")(documents)
    app.command("claims")(claims)
    app.command("judge")(judge)


def find(
    query: Annotated[str, typer.Argument(help="Words in any of the six languages.")],
    lang: Annotated[list[str] | None, typer.Option(help="Only documents in this language; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most passages shown.")] = 20,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Search the documents kept; a topic is also found under its names in the other languages."""
    answer = search.search(query, database_url=database_url, languages=lang, limit=limit)
    if as_json:
        console.emit_json(answer)
        return
    if answer.topics:
        console.err().print(f"also searched as: {', '.join(answer.topics)}", markup=False)
    console.show_table(
        f"{len(answer.found)} passages" + (f"; there are more, see --limit (now {limit})" if answer.more else ""),
        ["document", "lang", "paragraph", "passage"],
        ([found.name, found.language, found.number, found.snippet] for found in answer.found),
    )


def documents(as_json: JsonOption = False, database_url: DatabaseOption = None) -> None:
    """List the documents kept."""
    kept = upkeep.kept_documents(database_url=database_url)
    if as_json:
        console.emit_json(kept)
        return
    console.show_table(
        f"{len(kept)} documents",
        ["id", "kind", "symbol", "lang", "date", "name", "title"],
        ([d.id, d.kind, d.symbol, d.language, d.date, d.name, d.title] for d in kept),
    )


def claims(
    document: Annotated[str | None, typer.Option(help="Only claims of this document (id).")] = None,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """List claims with their latest judgement."""
    kept = judging.claims(database_url=database_url, document_id=document)
    if as_json:
        console.emit_json(kept)
        return
    console.show_table(
        f"{len(kept)} claims",
        ["id", "State", "fields", "grade", "judgement", "passage"],
        (
            [
                stored.id,
                stored.claim.state,
                " ".join(stored.claim.fields),
                stored.claim.grade,
                stored.judgement.verdict if stored.judgement else "awaiting",
                stored.claim.text,
            ]
            for stored in kept
        ),
    )


def judge(
    claim: Annotated[str, typer.Argument(help="Id of the claim, as `open1540 claims` lists it.")],
    verdict: Annotated[str, typer.Argument(help="accepted, rejected or unsure.")],
    reason: Annotated[str, typer.Option(help="Why, in your words.")],
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Accept or reject a claim, with a reason; judge again to change your mind, nothing is overwritten."""
    decided: Verdict | None = next((word for word in get_args(Verdict) if word == verdict), None)
    if decided is None or decided == "corrected":
        raise BadInput(
            f"verdict {verdict!r}",
            expected="accepted, rejected or unsure",
            where="command line",
            remedy="choose one of the three",
        )
    judgement = judging.judge(claim, decided, reason, database_url=database_url, by=user_name())
    if as_json:
        console.emit_json(judgement)
    else:
        typer.echo(f"{judgement.verdict}: {judgement.subject} by {judgement.by} at {judgement.at:%Y-%m-%d %H:%M} UTC")
