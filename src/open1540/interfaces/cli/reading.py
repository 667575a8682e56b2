"""``open1540 read``: what a document says."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from open1540.documents.reading import Reading
from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import JsonOption, StateOption
from open1540.vocabulary import BadInput, Reason
from open1540.workflows.reading import as_akoma_ntoso, read_file


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("read")(read)


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="txt, PDF, DOCX, HTML or AKN files.")],
    as_json: JsonOption = False,
    lang: Annotated[str | None, typer.Option(help="Language (ar zh en fr ru es); default: detected.")] = None,
    output: Annotated[
        Literal["text", "akn"], typer.Option("--format", help="text for people, akn for Akoma Ntoso XML.")
    ] = "text",
    state: StateOption = None,
    explain: Annotated[bool, typer.Option(help="Show the rule and confidence behind every item.")] = False,
) -> None:
    """Read official documents: structure, references, actors, dates, statements, claims."""
    if output == "akn" and (as_json or len(files) > 1):
        raise BadInput(
            "--format akn together with --json or with several files",
            expected="one file and no --json",
            where="command line",
            remedy="run `open1540 read --format akn FILE` once for each file",
        )
    readings = []
    with console.progress("Reading", len(files)) as advance:
        for path in files:
            readings.append(read_file(path, lang, state))
            advance()
    if as_json:
        console.emit_json(readings[0] if len(readings) == 1 else readings)
    elif output == "akn":
        console.say(as_akoma_ntoso(readings[0]).decode())
    else:
        for reading in readings:
            _show(reading, explain)


def _show(reading: Reading, explain: bool) -> None:
    _show_head(reading)
    why = _why if explain else _nothing
    heading = ["rule", "confidence"] if explain else []
    console.show_table(
        "Paragraphs",
        ["kind", "number", "text", *heading],
        ([p.kind, p.number, p.text, *why(p.reason)] for p in reading.paragraphs),
    )
    console.show_table(
        "References",
        ["symbol", "paragraph", "as written", "note", *heading],
        ([r.symbol or r.type, r.pinpoint, r.surface, r.note, *why(r.reason)] for r in reading.references),
    )
    console.show_table(
        "Dates",
        ["value", "role", "as written", *heading],
        ([d.value, d.role, d.surface, *why(d.reason)] for d in reading.dates),
    )
    console.show_table(
        "Actors",
        ["actor", "type", "mentions", *heading],
        ([a.id, a.type, len(a.mentions), *why(a.mentions[0].reason)] for a in reading.actors),
    )
    console.show_table(
        "Statements",
        ["kind", "speaker", "obligations", "topics", "text", *heading],
        (
            [s.kind, s.speaker, " ".join(s.obligations), " ".join(s.topics), s.text, *why(s.reason)]
            for s in reading.statements
        ),
    )
    console.show_table(
        "Claims awaiting judgement",
        ["State", "fields", "grade", "article", "text", *heading],
        ([c.state, " ".join(c.fields), c.grade, c.article, c.text, *why(c.reason)] for c in reading.claims),
    )


def _show_head(reading: Reading) -> None:
    head = reading.document
    parties = (("from", head.sender), ("to", head.recipient), ("signed", head.signatory))
    lines = [
        f"{reading.name}: {head.kind}, {head.language}, {reading.format}, {len(reading.text)} characters",
        f"symbol {head.symbol or 'none of its own'}; date {head.date or 'unknown'}",
        *(f"{label}: {party.text} ({party.actor or party.person or '?'})" for label, party in parties if party),
        *(f"annex {a.number or ''}: {a.title} (speaker {a.speaker or 'unknown'})" for a in reading.annexes),
        *(f"repaired {r.kind}: {r.before!r} -> {r.after!r}" for r in reading.repairs[:5]),
        *(f"warning: {warning}" for warning in reading.warnings),
    ]
    for line in lines:
        console.say(line)


def _why(reason: Reason) -> list[object]:
    return [f"{reason.rule} {reason.cue!r}" if reason.cue else reason.rule, f"{reason.confidence:.2f}"]


def _nothing(_: Reason) -> list[object]:
    return []
