"""How the matrix is shown in a terminal: rows as they are printed, each field with what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from open1540 import reference
from open1540.interfaces.cli import console
from open1540.matrix.differences import FieldDifference
from open1540.matrix.proposals import Proposal
from open1540.matrix.record import Header, VersionRow
from open1540.vocabulary import Entry, Evidence
from open1540.workflows.matrix import ShownEntry, ShownMatrix

# A passage is shown as far as one takes in at a glance; the whole of it is under --json.
GLANCE = 320
INDENT = 3


def counted(number: int, thing: str) -> str:
    """``1 field``, ``2 fields``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def show_matrix(shown: ShownMatrix, entries: Sequence[ShownEntry]) -> None:
    """Print these entries of a matrix beneath their sections and rows, then the sources they rest on."""
    _print(f"Matrix of {shown.name} ({shown.state})", style="bold")
    _print(f"{_standing(shown.version)}, as of {shown.on}; template {shown.template}")
    if dates := _dates(shown.header):
        _print(dates)
    template = reference.template(shown.template)
    rows = {field.field: (field.row, field.title("en")) for field in template.fields}
    for section, of_section in groupby(entries, key=lambda one: one.section):
        _print(f"\n{section}. {template.section_title(section, 'en')}", style="bold")
        told = list(of_section)
        width = max(len(one.field) for one in told)
        for (row, title), own in groupby(told, key=lambda one: rows[one.field]):
            several = list(own)
            _print(f"{row:2}. {title}{' *' if several[0].reconstructed else ''}")
            lines = ((one.field, one.entry.code, tuple(_lines(one, before))) for one, before in _after(several))
            _print_fields(lines, width)
    _print("")
    for source in shown.sources.values():
        _print(f"[{source.id}] {source.title} ({source.kind})", style="dim")
    blank = len(shown.entries) - len(entries)
    if blank:
        _print(f"{counted(blank, 'further field')} blank: unknown, not absent; --all shows them.")
    if any(one.reconstructed for one in entries):
        _print(f"* {reference.matrix_word('reconstructed', 'en')}")
    for caveat in shown.caveats[:1]:
        _print(caveat)


def show_proposals(title: str, found: Sequence[Proposal]) -> None:
    """Print proposals passage by passage: where it stands, what it says, which fields it is proposed for."""
    _print(title, style="bold")
    for claim, own in groupby(found, key=claim_of):
        several = list(own)
        first = several[0]
        _print(f"\n{claim}  {first.article or 'no article'}; {first.strength}, {first.grade}", style="bold")
        _print(f"“{_glance(first.text)}”", indent=INDENT)
        _print_fields((one.field, one.code, ("; ".join(_judged(one)),)) for one in several)
    if found:
        _print("\nJudge a passage for all its fields by the id above it, for one field by ID:FIELD.", style="dim")


def show_differences(title: str, found: Sequence[FieldDifference]) -> None:
    """Print what differs, field by field; a sign tells what was added and what is gone."""
    _print(title, style="bold")
    _print_fields(((one.field, _change_of_code(one), tuple(_changes(one))) for one in found), sign="")


def emit_whole(value: Any) -> None:
    """Print one JSON document in which every key of a record is there, whatever it holds, so that programs can rely on them."""
    console.emit_json(_whole(value))


def say_versions(rows: Iterable[VersionRow]) -> None:
    """Say of each version made or moved where it stands."""
    for row in rows:
        typer.echo(f"{row.state} v{row.number}: {row.step}")


def claim_of(proposal: Proposal) -> str:
    """Id of the claim a proposal was made from; one claim speaks for several fields."""
    return proposal.id.partition(":")[0]


def _whole(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {name: _whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, tuple | list) else value


def _print(text: str, style: str = "", indent: int = 0) -> None:
    console.out().print(Padding(Text(text, style=style), (0, 0, 0, indent)), soft_wrap=False)


def _print_fields(fields: Iterable[tuple[str, str, tuple[str, ...]]], width: int = 0, sign: str = "–") -> None:
    """One block of fields: id, code, and lines of text that do not run beneath the others.

    Arguments:
        width: of the ids, where several blocks are to stand beneath each other.
        sign: stands before each of several lines.
    """
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, min_width=width)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for field, code, lines in fields:
        named = field, code or "·"
        for line in lines or ("",):
            table.add_row(*map(Text, (*named, sign if len(lines) > 1 else "", line)))
            named = "", ""
    console.out().print(Padding(table, (0, 0, 0, INDENT)), soft_wrap=False)


def _after(entries: Sequence[ShownEntry]) -> Iterator[tuple[ShownEntry, ShownEntry | None]]:
    """Each entry of a row with the one before it, so that what both rest on is told once."""
    return zip(entries, (None, *entries), strict=False)


def _lines(one: ShownEntry, before: ShownEntry | None) -> Iterator[str]:
    entry = one.entry
    same = before is not None and entry.citations and _told(entry) == _told(before.entry)
    if same:
        yield "as above"
    else:
        yield from _citations(entry)
        yield from (f"remark: {line}" for line in filter(None, [entry.remarks]))
    if entry.consented is False:
        yield "the State has not agreed that it be shown to others"
    yield from (f"{said.kind} on v{said.number} ({said.role}): {said.text}" for said in one.comments)


def _told(entry: Entry) -> object:
    return entry.code, entry.citations, entry.remarks, [(e.basis, e.source, e.as_of) for e in entry.evidence]


def _citations(entry: Entry) -> Iterator[str]:
    """Each citation with the evidence that bears it; evidence that is cited by nothing stands alone."""
    borne: dict[str, list[str]] = {citation: [] for citation in entry.citations}
    for item in entry.evidence:
        borne.setdefault(item.citation, []).append(_origin(item))
    for citation, origins in borne.items():
        yield " ".join(filter(None, [citation, *(f"[{origin}]" for origin in dict.fromkeys(origins))]))


def _origin(item: Evidence) -> str:
    place = "document " if item.start is not None else ""
    return f"{item.basis}: {place}{item.source}{f', {item.as_of}' if item.as_of else ''}"


def _standing(row: VersionRow | None) -> str:
    return f"Version {row.number}, {row.step}" if row else "No version: section I from the facts"


def _dates(header: Header) -> str:
    told = {
        "report": header.reported,
        "addenda": ", ".join(map(str, header.addenda)),
        "approved by the Committee": header.approved,
    }
    return "; ".join(f"{name} {day}" for name, day in told.items() if day)


def _glance(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= GLANCE else words[:GLANCE].rstrip() + " […]"


def _judged(proposal: Proposal) -> Iterator[str]:
    judgement = proposal.judgement
    yield f"{judgement.verdict} by {judgement.by}: {judgement.reason}" if judgement else "awaiting a judgement"
    yield from filter(None, [proposal.remark])


def _change_of_code(one: FieldDifference) -> str:
    return " → ".join(code or "blank" for code in dict.fromkeys(one.code))


def _changes(one: FieldDifference) -> Iterator[str]:
    yield from (f"+ {citation}" for citation in one.citations_added)
    yield from (f"- {citation}" for citation in one.citations_removed)
    before, after = one.remarks
    if before != after:
        yield f"remark: {after or 'none'}" + (f" (before: {before})" if before else "")
    if one.consented[0] != one.consented[1]:
        words = {None: "not asked", True: "may be shown", False: "may not be shown"}
        yield f"consent: {words[one.consented[0]]} → {words[one.consented[1]]}"
    if one.disputed[0] != one.disputed[1]:
        yield "sources disagree" if one.disputed[1] else "sources no longer disagree"
    told = {*one.citations_added, *one.citations_removed}
    gone = {(item.citation, _origin(item)) for item in one.evidence_removed}
    come = {(item.citation, _origin(item)) for item in one.evidence_added}
    for sign, items in (("+", come - gone), ("-", gone - come)):
        yield from sorted({f"evidence {sign} {origin}" for citation, origin in items if citation not in told})
    if come & gone:
        yield "evidence read anew: passage, article or confidence"
