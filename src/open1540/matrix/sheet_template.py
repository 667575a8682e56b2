"""How the rows of a printed matrix differ from those of a template, and a draft of the template it was printed from."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

import msgspec

from open1540.matrix.sheet import rows
from open1540.matrix.sheet_reading import PrintedRow, SheetRead
from open1540.matrix.sheet_words import plain
from open1540.reference import Field, Template
from open1540.vocabulary import Confidence

_PARTS = {"I": "OP1", "II": "OP2", "III": "OP3ab", "IV": "OP3cd", "V": "OP678"}
_SLUG_WORDS = 5
TEMPLATE_COLUMNS = ("field", "section", "row", "weapon", "aspect", "label", "provenance", "source")
CROSSWALK_COLUMNS = (
    "from_template",
    "from_field",
    "to_template",
    "to_field",
    "relation",
    "note",
    "source",
    "as_of",
    "confidence",
)


class Relabelled(msgspec.Struct, frozen=True):
    """A row whose label differs; ``certain`` where only its wording does, not which row it is."""

    row_id: str
    section: str
    number: int
    ours: str
    printed: str
    where: str
    certain: bool


class Renumbered(msgspec.Struct, frozen=True):
    """A row that stands at another number."""

    row_id: str
    section: str
    ours: int
    printed: int | None
    where: str


class MissingRow(msgspec.Struct, frozen=True):
    """A row of the template the file does not have."""

    row_id: str
    section: str
    number: int
    label: str


class TemplateDifferences(msgspec.Struct, frozen=True):
    """What differs between a printed matrix and a template.

    Attributes:
        recognised: number of rows taken for rows of the template.
        new: rows printed that are none of the template's.
        missing: rows of the template that are not printed, nor anything in their place.
    """

    template: str
    recognised: int
    new: tuple[PrintedRow, ...]
    missing: tuple[MissingRow, ...]
    relabelled: tuple[Relabelled, ...]
    renumbered: tuple[Renumbered, ...]


def compared(read: SheetRead, template: Template, language: str) -> TemplateDifferences:
    """What differs between the rows a file prints and those of a template.

    A row nobody knows, at the number of a row of the same section that is printed nowhere, may be that row under another
    label: it is listed as relabelled, uncertain, for a person to decide.
    """
    known = {
        (s, fields[0].row_id): (number, fields[0]) for s in template.sections for number, fields in rows(template, s)
    }
    printed = {(row.section or "", row.row_id): row for row in read.rows if row.row_id}
    places = {(s, number): row_id for (s, row_id), (number, _) in known.items() if (s, row_id) not in printed}
    relabelled: list[Relabelled] = []
    renumbered: list[Renumbered] = []
    new: list[PrintedRow] = []
    taken: set[tuple[str, str]] = set()
    for row in read.rows:
        section = row.section or ""
        row_id = row.row_id or places.get((section, row.number or 0))
        if row_id is None or (section, row_id) in taken:
            new.append(row)
            continue
        taken.add((section, row_id))
        number, field = known[section, row_id]
        ours = field.title(language)
        if plain(row.label) not in (plain(ours), plain(field.label)):
            relabelled.append(Relabelled(row_id, section, number, ours, row.label, row.where, row.row_id is not None))
        if row.number != number:
            renumbered.append(Renumbered(row_id, section, number, row.number, row.where))
    missing = tuple(
        MissingRow(row_id, section, number, field.title(language))
        for (section, row_id), (number, field) in known.items()
        if (section, row_id) not in taken
    )
    return TemplateDifferences(template.id, len(printed), tuple(new), missing, tuple(relabelled), tuple(renumbered))


def draft_template(read: SheetRead, template: Template, source: str) -> list[tuple[str, ...]]:
    """The rows of the file as a table of a template, for a person to review; ids of new rows are made from their labels.

    Arguments:
        source: id under which the file is to be listed among the sources of the facts.
    """
    found: list[tuple[str, ...]] = [TEMPLATE_COLUMNS]
    for row in read.rows:
        section = row.section or ""
        for field in _fields(row, template):
            parts = (field.field, section, str(row.number or ""), field.weapon or "", field.aspect or "")
            found.append((*parts, row.label, "sourced", source))
    return found


def draft_crosswalk(found: TemplateDifferences, to_template: str, source: str, as_of: dt.date) -> list[tuple[str, ...]]:
    """One line for each row that does not simply stay, for a person to review; relations are guesses marked low."""
    confidence: Confidence = "low"
    tail = (source, as_of.isoformat(), confidence)
    lines: list[tuple[str, ...]] = [CROSSWALK_COLUMNS]
    for row in found.relabelled:
        note = f"review: printed as “{row.printed}”"
        lines.append((found.template, row.row_id, to_template, row.row_id, "same", note, *tail))
    for gone in found.missing:
        note = "review: no such row is printed"
        lines.append((found.template, gone.row_id, to_template, "", "", note, *tail))
    for new in found.new:
        note = f"review: a new row, {new.label}"
        lines.append((found.template, "", to_template, _row_id(new), "", note, *tail))
    return lines


def _fields(row: PrintedRow, template: Template) -> Sequence[Field]:
    """The fields of a printed row: those of the template's row, or of a neighbour's shape under a new id."""
    section = row.section or next(iter(template.sections))
    shapes = [fields for _, fields in rows(template, section)]
    known = next((fields for fields in shapes if fields[0].row_id == row.row_id), None)
    if known:
        return known
    part, _, name = _row_id(row).partition(".")
    return [
        msgspec.structs.replace(field, field=".".join(filter(None, (part, field.weapon, name, field.aspect))))
        for field in shapes[0]
    ]


def _row_id(row: PrintedRow) -> str:
    section = (row.section or "").partition("-")[0]
    folded = unicodedata.normalize("NFKD", row.label).encode("ascii", "ignore").decode().casefold()
    words = re.findall("[a-z0-9]+", folded)[:_SLUG_WORDS]
    return f"{_PARTS.get(section, 'OP')}.{'-'.join(words) or f'row-{row.number or 0}'}"
