"""``open1540 matrix``: the desk on which a State's matrix is proposed, judged, negotiated and compared."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, get_args

import msgspec
import typer

from open1540.interfaces.cli import console, matrix_files
from open1540.interfaces.cli.options import DatabaseOption, DocumentLanguage, JsonOption, OnOption
from open1540.matrix.differences import FieldDifference
from open1540.matrix.proposals import Proposal
from open1540.matrix.record import VersionRow
from open1540.vocabulary import BadInput, Verdict
from open1540.vocabulary.claims import Strength
from open1540.workflows import matrix as desk
from open1540.workflows import matrix_changes, matrix_proposals, matrix_steps
from open1540.workflows.database import user_name
from open1540.workflows.permissions import Person, person

group = typer.Typer(
    name="matrix",
    help="Each State's matrix, field by field with its evidence: propose, judge, negotiate, compare.",
    no_args_is_help=True,
)

StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="Code or name of a State, such as FRA.")]
FieldArgument = Annotated[str, typer.Argument(metavar="FIELD", help="Field id, such as OP2.CW.finance.legal.")]
RoleOption = Annotated[
    str,
    typer.Option("--as", "--role", help="expert, contact (or contact:FRA), committee, administrator or reader."),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, in your words.")]
SectionOption = Annotated[str | None, typer.Option(help="A section or paragraph: I, III-CW, OP2, OP3ab.BW.")]
FromOption = Annotated[
    int | None,
    typer.Option("--from", min=1, help="Number of the version you have seen; refused where it was changed since."),
]
VersionOption = Annotated[str | None, typer.Option("--version", help="Number of a version, such as 3 or v3.")]


def register(app: typer.Typer) -> None:
    """Add the group of this file, with the commands for files."""
    matrix_files.add_to(group)
    app.add_typer(group, name="matrix")


@group.command("show")
def show(
    state: StateArgument,
    on: OnOption = None,
    section: SectionOption = None,
    version: VersionOption = None,
    role: RoleOption = "expert",
    everything: Annotated[bool, typer.Option("--all", help="List blank fields too.")] = False,
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show a State's matrix with its evidence; without a version, section I from the facts and blanks."""
    shown = desk.show(state, database_url=database_url, who=_who(role), on=on, section=section, number=_number(version))
    if as_json:
        console.emit_json(_matrix(shown))
        return
    entries = [one for one in shown.entries if everything or section or one.entry.code or one.entry.remarks]
    console.show_table(
        f"{shown.name} ({shown.state}), {_standing(shown.version)}, as of {shown.on}",
        ["field", "code", "citations", "remarks", "sources"],
        (
            [
                one.field,
                one.entry.code,
                "; ".join(one.entry.citations),
                "; ".join((*filter(None, [one.entry.remarks]), *(f"[{c.kind}] {c.text}" for c in one.comments))),
                " ".join(one.sources),
            ]
            for one in entries
        ),
    )
    typer.echo(f"{len(shown.entries) - len(entries)} further fields are blank: unknown, not absent.")


@group.command("fields")
def fields(
    section: SectionOption = None,
    template: Annotated[str | None, typer.Option(help="Id of a template; default: the one in use here.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the fields of the matrix; rows not read in a public copy say that they are reconstructed."""
    found = desk.fields(section, template)
    if as_json:
        console.emit_json(
            {"fields": [msgspec.structs.asdict(one) | {"reconstructed": one.reconstructed} for one in found]}
        )
        return
    console.show_table(
        f"{len(found)} fields",
        ["field", "section", "label", "reconstructed"],
        ([one.field, one.section, one.label, "yes" if one.reconstructed else ""] for one in found),
    )


@group.command("propose")
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
        file, database_url=database_url, who=_who(role), state=state, language=document_lang
    )
    if as_json:
        console.emit_json(
            {
                "document": found.document_id,
                "name": found.name,
                "language": found.language,
                "state": found.state,
                "in_force": found.in_force,
                "entries": [msgspec.structs.asdict(one) for one in found.proposals],
                "warnings": found.warnings,
            }
        )
        return
    _show_proposals(f"{found.name}: document {found.document_id}", found.proposals)


@group.command("judge")
def judge(
    verdict: Annotated[str, typer.Argument(help="accepted, rejected or unsure.")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[PROPOSAL]...", help="Ids, as `matrix propose` lists them.")
    ] = None,
    reason: ReasonOption = "",
    document: Annotated[str | None, typer.Option(help="All proposals of this document (id).")] = None,
    field: Annotated[str | None, typer.Option(help="All proposals for these fields, such as OP2.CW.*.")] = None,
    strength: Annotated[str | None, typer.Option(help="explicit or implied.")] = None,
    state: Annotated[str | None, typer.Option(help="Proposals for this State.")] = None,
    again: Annotated[bool, typer.Option("--again", help="In bulk, judge anew what has been judged before.")] = False,
    made_from: FromOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Judge proposals, one by one or in bulk; judge again to undo, nothing is overwritten."""
    # The verdict may stand before or after the ids.
    words = [verdict, *(ids or [])]
    said = next((word for word in words if word in ("accepted", "rejected", "unsure")), None)
    if said is None:
        raise _not_one_of("verdict", verdict, ("accepted", "rejected", "unsure"))
    words.remove(said)
    if strength is not None and strength not in get_args(Strength):
        raise _not_one_of("strength", strength, get_args(Strength))
    decided: Verdict = said  # type: ignore[assignment]
    known: Strength | None = strength  # type: ignore[assignment]
    judged = matrix_proposals.judge(
        words,
        decided,
        reason,
        database_url=database_url,
        who=_who(role),
        document=document,
        field=field,
        strength=known,
        state=state,
        again=again,
        made_from=made_from,
    )
    if as_json:
        console.emit_json(
            {
                "verdict": judged.verdict,
                "proposals": [proposal.id for proposal in judged.proposals],
                "versions": [_row(row) for row in judged.versions],
            }
        )
        return
    typer.echo(f"{len(judged.proposals)} proposals {judged.verdict}")
    _say_versions(judged.versions)


@group.command("set")
def set_entry(
    state: StateArgument,
    field: FieldArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="X, ?, NA or blank.")],
    citation: Annotated[str, typer.Option(help="The law, article or record it rests on.")] = "",
    remark: Annotated[str | None, typer.Option(help="As printed in the last column.")] = None,
    reason: ReasonOption = "",
    made_from: FromOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Record a person's word on a field; it goes before what the evidence alone would give."""
    made = matrix_changes.set_entry(
        state,
        field,
        code,
        database_url=database_url,
        who=_who(role),
        reason=reason,
        citation=citation,
        remark=remark,
        made_from=made_from,
    )
    _say_version(made, as_json)


@group.command("consent")
def consent(
    state: StateArgument,
    field: FieldArgument,
    answer: Annotated[str, typer.Argument(metavar="yes|no", help="Whether others may be shown it.")],
    made_from: FromOption = None,
    role: RoleOption = "contact",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Record whether the State agrees that entries (OP2.*) be shown to others than itself and the experts."""
    if answer not in ("yes", "no"):
        raise _not_one_of("answer", answer, ("yes", "no"))
    made = matrix_changes.consent(
        state, field, answer == "yes", database_url=database_url, who=_who(role), made_from=made_from
    )
    _say_version(made, as_json)


@group.command("step")
def step(
    state: StateArgument,
    verb: Annotated[str, typer.Argument(metavar="send|agree|approve|publish")],
    version: VersionOption = None,
    reason: ReasonOption = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Send a version to the State (expert), agree (contact), approve (committee) or publish it (committee)."""
    made = matrix_steps.take_step(
        state, verb, database_url=database_url, who=_who(role), number=_number(version), reason=reason
    )
    _say_version(made, as_json)


@group.command("comment")
def comment(
    state: StateArgument,
    field: FieldArgument,
    text: Annotated[str, typer.Argument(help="What is to be said of the field.")],
    version: VersionOption = None,
    role: RoleOption = "contact",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Comment on a field of the version that is with the State."""
    _say(state, field, text, "comment", version, role, as_json, database_url)


@group.command("note")
def note(
    state: StateArgument,
    field: FieldArgument,
    text: Annotated[str, typer.Argument(help="What the experts should know; the State never sees it.")],
    version: VersionOption = None,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Keep a note of the experts on a field."""
    _say(state, field, text, "note", version, role, as_json, database_url)


@group.command("comments")
def comments(
    state: StateArgument, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """List what was said of a State's matrix, as far as the role is shown it."""
    found = desk.comments(state, database_url=database_url, who=_who(role))
    if as_json:
        console.emit_json({"comments": found})
        return
    console.show_table(
        f"{len(found)} comments and notes",
        ["version", "field", "kind", "by", "role", "text"],
        ([f"v{c.number}", c.field, c.kind, c.by, c.role, c.text] for c in found),
    )


@group.command("versions")
def versions(
    state: StateArgument, role: RoleOption = "expert", as_json: JsonOption = False, database_url: DatabaseOption = None
) -> None:
    """List the versions of a State's matrix and where each stands."""
    rows, taken = desk.versions(state, database_url=database_url, who=_who(role))
    if as_json:
        console.emit_json({"versions": [_row(row) for row in rows], "steps": taken})
        return
    console.show_table(
        f"{len(rows)} versions",
        ["version", "step", "as of", "made", "by", "from", "what"],
        (
            [
                f"v{row.number}",
                row.step,
                row.as_of,
                f"{row.made_at:%Y-%m-%d %H:%M}",
                row.by,
                f"v{row.made_from}" if row.made_from else "",
                row.note,
            ]
            for row in rows
        ),
    )


@group.command("diff")
def diff(
    state: StateArgument,
    before: Annotated[str, typer.Argument(metavar="V3")],
    after: Annotated[str, typer.Argument(metavar="V4")],
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Show in which fields two versions differ."""
    first, second = _number(before), _number(after)
    assert first is not None and second is not None
    found = desk.diff(state, first, second, database_url=database_url, who=_who(role))
    if as_json:
        console.emit_json(
            {
                "state": found.state,
                "before": found.before,
                "after": found.after,
                "template": found.template,
                "differences": [_difference(one) for one in found.differences],
                "not_carried": found.not_carried,
            }
        )
        return
    _show_differences(f"{found.state}: v{found.before} to v{found.after}", found.differences)
    if found.not_carried:
        typer.echo("without a place in the newer template: " + " ".join(found.not_carried))


@group.command("refresh")
def refresh(
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="Code or name of a State.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All Member States.")] = False,
    on: OnOption = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take the differences over into a new version.")] = False,
    field: Annotated[list[str] | None, typer.Option(help="Only this field; may be repeated.")] = None,
    reason: ReasonOption = "",
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Compare section I with what the facts say now; --accept takes the difference over."""
    if (state is None) == (not every):
        raise BadInput(
            "neither a State nor --all" if state is None else "both a State and --all",
            expected="a State, or --all",
            where="command line",
            remedy="give one of the two",
        )
    who = _who(role)
    found: tuple[matrix_changes.Refreshed, ...]
    if state is not None:
        found = (
            matrix_changes.refresh(
                state, database_url=database_url, who=who, on=on, accept=accept, reason=reason, only=field or ()
            ),
        )
    else:
        with console.progress("section I", len(desk.members())) as advance:
            found = matrix_changes.refresh_all(
                database_url=database_url, who=who, on=on, accept=accept, reason=reason, advance=advance
            )
    if as_json:
        console.emit_json({"states": [_refreshed(one) for one in found]})
        return
    for one in found:
        if one.differences and (state or one.version):
            _show_differences(f"{one.state}: v{one.version or 0} to the facts of {one.on}", one.differences)
    _say_versions(one.made for one in found if one.made)
    differing = sum(1 for one in found if one.differences)
    typer.echo(
        f"{differing} of {len(found)} States differ from the facts" + ("" if accept else "; nothing was changed")
    )


@group.command("carry")
def carry(
    state: StateArgument,
    template: Annotated[str, typer.Argument(help="Id of the template to carry the entries to.")],
    accept: Annotated[bool, typer.Option("--accept", help="Keep the result as a new version.")] = False,
    role: RoleOption = "expert",
    as_json: JsonOption = False,
    database_url: DatabaseOption = None,
) -> None:
    """Carry the latest version to another generation of the template, and list what has no certain place in it."""
    found = matrix_changes.carried(state, template, database_url=database_url, who=_who(role), accept=accept)
    if as_json:
        console.emit_json(found)
        return
    console.show_table(
        f"{len(found.entries)} entries carried to {found.template}, {len(found.left)} left behind",
        ["field", "code", "why", "candidates"],
        ([one.entry.field, one.entry.code, one.why, " ".join(one.candidates)] for one in found.left),
    )


def _who(role: str) -> Person:
    return person(user_name(), role)


def _number(written: str | None) -> int | None:
    """``3`` or ``v3`` as a number."""
    if written is None:
        return None
    digits = written.strip().removeprefix("v").removeprefix("V")
    if not digits.isdecimal() or int(digits) == 0:
        raise _not_one_of("version", written, ("a number such as 3 or v3",))
    return int(digits)


def _not_one_of(what: str, given: str, words: Iterable[str]) -> BadInput:
    expected = ", ".join(words)
    return BadInput(f"{what} {given!r}", expected=expected, where="command line", remedy=f"give {expected}")


def _say(
    state: str,
    field: str,
    text: str,
    kind: Any,
    version: str | None,
    role: str,
    as_json: bool,
    database_url: str | None,
) -> None:
    said = matrix_steps.comment(
        state, field, text, database_url=database_url, who=_who(role), kind=kind, number=_number(version)
    )
    if as_json:
        console.emit_json(said)
    else:
        typer.echo(f"{said.kind} on {said.field} of {said.state} v{said.number} kept")


def _say_version(row: VersionRow, as_json: bool) -> None:
    if as_json:
        console.emit_json(_row(row))
    else:
        _say_versions([row])


def _say_versions(rows: Iterable[VersionRow]) -> None:
    for row in rows:
        typer.echo(f"{row.state} v{row.number}: {row.step}")


def _standing(row: VersionRow | None) -> str:
    return f"version {row.number}, {row.step}" if row else "no version: section I from the facts"


def _show_proposals(title: str, found: Iterable[Proposal]) -> None:
    console.show_table(
        title,
        ["id", "field", "code", "article", "strength", "grade", "judgement", "passage"],
        (
            [
                one.id,
                one.field,
                one.code,
                one.article,
                one.strength,
                one.grade,
                one.judgement.verdict if one.judgement else "awaiting",
                one.text,
            ]
            for one in found
        ),
    )


def _show_differences(title: str, found: Iterable[FieldDifference]) -> None:
    console.show_table(
        title,
        ["field", "code", "added", "removed", "remarks"],
        (
            [
                one.field,
                one.code[1] if one.code[0] == one.code[1] else f"{one.code[0] or 'blank'} → {one.code[1] or 'blank'}",
                "; ".join(one.citations_added),
                "; ".join(one.citations_removed),
                one.remarks[1] if one.remarks[0] != one.remarks[1] else "",
            ]
            for one in found
        ),
    )


def _matrix(shown: desk.ShownMatrix) -> dict[str, Any]:
    return {
        "state": shown.state,
        "name": shown.name,
        "on": shown.on,
        "template": shown.template,
        "version": _row(shown.version) if shown.version else None,
        "header": msgspec.structs.asdict(shown.header),
        "entries": [_entry(one) for one in shown.entries],
        "sources": shown.sources,
        "caveats": shown.caveats,
    }


def _entry(one: desk.ShownEntry) -> dict[str, Any]:
    entry = one.entry
    return {
        "field": one.field,
        "section": one.section,
        "label": one.label,
        "reconstructed": one.reconstructed,
        "code": entry.code,
        "citations": entry.citations,
        "remarks": entry.remarks,
        "sources": one.sources,
        "evidence": [msgspec.structs.asdict(item) for item in entry.evidence],
        "basis": entry.basis,
        "as_of": entry.as_of,
        "validity": entry.validity,
        "disputed": entry.disputed,
        "consented": entry.consented,
        "comments": [msgspec.structs.asdict(said) for said in one.comments],
    }


def _row(row: VersionRow) -> dict[str, Any]:
    return msgspec.structs.asdict(row)


def _difference(one: FieldDifference) -> dict[str, Any]:
    return msgspec.structs.asdict(one) | {
        "evidence_added": [msgspec.structs.asdict(item) for item in one.evidence_added],
        "evidence_removed": [msgspec.structs.asdict(item) for item in one.evidence_removed],
    }


def _refreshed(one: matrix_changes.Refreshed) -> dict[str, Any]:
    return msgspec.structs.asdict(one) | {
        "differences": [_difference(difference) for difference in one.differences],
        "made": _row(one.made) if one.made else None,
    }
