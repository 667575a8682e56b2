"""``open1540 matrix propose``, ``proposals`` and ``judge``: what documents propose for the matrix, and what a person decides."""

from pathlib import Path
from typing import Annotated, get_args

import msgspec
import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.matrix_options import FromOption, ReasonOption, RoleOption, not_one_of, who
from open1540.interfaces.cli.matrix_shown import counted, emit_whole, say_versions, show_proposals
from open1540.interfaces.cli.options import DatabaseOption, DocumentLanguage, JsonOption
from open1540.vocabulary import Verdict
from open1540.vocabulary.claims import Strength
from open1540.workflows import matrix_proposals

VERDICTS = get_args(Verdict)
_FORCE = {
    True: "in force, as its text tells",
    False: "a bill, not a law in force",
    None: "the text does not tell whether it is in force",
}
DocumentOption = Annotated[str | None, typer.Option(help="All proposals of this document (id).")]
FieldOption = Annotated[str | None, typer.Option(help="All proposals for these fields, such as OP2.CW.*.")]
StrengthOption = Annotated[str | None, typer.Option(help="explicit or implied.")]
StateOption = Annotated[str | None, typer.Option(help="Proposals for this State.")]


def add_to(group: typer.Typer) -> None:
    """Add the commands of this file to the group ``matrix``."""
    group.command("propose")(propose)
    group.command("proposals")(proposals)
    group.command("judge")(judge)


def propose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A law, report or letter.")],
    state: Annotated[str | None, typer.Option(help="The State whose law or report it is.")] = None,
    document_lang: DocumentLanguage = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Read a document and propose entries with their articles; nothing is recorded before a person has judged."""
    found = matrix_proposals.propose(
        file, database_url=database_url, who=who(role), state=state, language=document_lang
    )
    if as_json:
        record = msgspec.structs.asdict(found)
        record["document"], record["entries"] = record.pop("document_id"), record.pop("proposals")
        emit_whole(record)
        return
    law = any(one.basis == "law" for one in found.proposals)
    told = f"document {found.document_id}, {found.language}, {counted(len(found.proposals), 'proposal')}"
    show_proposals(f"{found.name}: {told}{f'; {_FORCE[found.in_force]}' if law else ''}", found.proposals)
    for warning in found.warnings:
        console.err().print(warning, markup=False)


def proposals(
    document: DocumentOption = None,
    field: FieldOption = None,
    strength: StrengthOption = None,
    state: StateOption = None,
    awaiting: Annotated[bool, typer.Option("--awaiting", help="Only those nobody has judged.")] = False,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """List the proposals of the documents kept, each with its latest judgement."""
    found = matrix_proposals.kept_proposals(
        database_url=database_url,
        who=who(role),
        document=document,
        field=field,
        strength=_strength(strength),
        state=state,
        awaiting=awaiting,
    )
    if as_json:
        emit_whole({"entries": found})
        return
    show_proposals(counted(len(found), "proposal"), found)


def judge(
    verdict: Annotated[str, typer.Argument(help="accepted, rejected or unsure.")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[PROPOSAL]...", help="Ids, as `matrix proposals` lists them.")
    ] = None,
    reason: ReasonOption = "",
    document: DocumentOption = None,
    field: FieldOption = None,
    strength: StrengthOption = None,
    state: StateOption = None,
    again: Annotated[bool, typer.Option("--again", help="In bulk, judge anew what has been judged before.")] = False,
    made_from: FromOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Judge proposals, one by one or in bulk; judge again to undo, nothing is overwritten."""
    # The verdict may stand before or after the ids.
    words = [verdict, *(ids or [])]
    said = next((word for word in words if word in VERDICTS), None)
    if said is None:
        raise not_one_of("verdict", verdict, VERDICTS)
    words.remove(said)
    decided: Verdict = said  # type: ignore[assignment]
    judged = matrix_proposals.judge(
        words,
        decided,
        reason,
        database_url=database_url,
        who=who(role),
        document=document,
        field=field,
        strength=_strength(strength),
        state=state,
        again=again,
        made_from=made_from,
    )
    if as_json:
        emit_whole(
            {
                "verdict": judged.verdict,
                "proposals": [proposal.id for proposal in judged.proposals],
                "versions": judged.versions,
            }
        )
        return
    typer.echo(f"{counted(len(judged.proposals), 'proposal')} {judged.verdict}")
    say_versions(judged.versions)


def _strength(written: str | None) -> Strength | None:
    if written is not None and written not in get_args(Strength):
        raise not_one_of("strength", written, get_args(Strength), "--strength")
    known: Strength | None = written  # type: ignore[assignment]
    return known
