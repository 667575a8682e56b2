"""The layout of a printed matrix: header, sections, columns, and one row of text cells for each row of the template.

Writers draw a ``Sheet``, readers read one back, so the two cannot drift apart. What round-trips by it: State, template,
header dates, codes, citations and remarks. Passages and other evidence are in no printed matrix; only JSON keeps them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from open1540 import reference
from open1540.matrix import sheet_text
from open1540.matrix.record import Header, Step
from open1540.matrix.sheet_words import HEADER, step_word, tag, word
from open1540.reference import Field, Template
from open1540.vocabulary import Entry

# What a row carries after its label that no public copy of the matrix showed.
RECONSTRUCTED = " *"
# Sections of one code for each row, which has its own column of what was signed and when.
SINGLE = ("I", "V")


class Heading(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands at the head of a matrix.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        template: id of the template.
        dates: of the report, its addenda and the Committee's approval.
        as_of: the day the record speaks of.
        step: where the version stands.
        number: of the version; 0 for section I by the facts alone, of which none is kept; None in a copy that says none.
        language: of labels and headings.
    """

    state: str
    template: str
    dates: Header = Header()
    as_of: dt.date | None = None
    step: Step = "draft"
    number: int | None = None
    language: str = "en"


class Column(msgspec.Struct, frozen=True):
    """A column: what it holds, its heading, the heading above it that it shares, and its width in parts."""

    key: str
    heading: str
    above: str = ""
    width: int = 10


class SheetRow(msgspec.Struct, frozen=True):
    """A row as text cells, in the order of the columns; ``row_id`` is that of the template."""

    row_id: str
    cells: tuple[str, ...]


class SheetSection(msgspec.Struct, frozen=True):
    """A section: its id, title and question, its columns and rows."""

    id: str
    title: str
    question: str
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]


class Sheet(msgspec.Struct, frozen=True):
    """A whole matrix as text.

    Attributes:
        facts: label and value of each header line.
        legend: code and meaning.
        notes: the Committee's caveats and what else a reader must know.
    """

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sections: tuple[SheetSection, ...]


def sheet(
    entries: Iterable[Entry],
    heading: Heading,
    legend: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
) -> Sheet:
    """The sheet of a matrix.

    Arguments:
        entries: of one State; a field without one is blank.
        legend, notes: texts in the heading's language.

    Raises UnknownCode for a State, template, field or language nobody knows.
    """
    template = reference.template(heading.template)
    by_field = {template.field(entry.field).field: entry for entry in entries}
    blank = Entry(heading.state, "")
    return Sheet(
        title=word("title", heading.language),
        language=heading.language,
        facts=_facts(heading),
        legend=tuple(legend),
        notes=tuple(notes),
        sections=tuple(_section(section, template, by_field, blank, heading.language) for section in template.sections),
    )


def rows(template: Template, section: str) -> list[tuple[int, tuple[Field, ...]]]:
    """Number and fields of each row of a section, in printed order."""
    own = [field for field in template.fields if field.section == section]
    return [(number, tuple(fields)) for number, fields in groupby(own, key=lambda field: field.row)]


def weapons(template: Template, section: str) -> tuple[str, ...]:
    """The weapon classes a section sets side by side; none in sections that do not part them."""
    return tuple(dict.fromkeys(f.weapon for f in template.fields if f.section == section and f.weapon))


def keys(template: Template, section: str) -> tuple[str, ...]:
    """What each column of a section holds: ``number``, ``measure``, ``NW.legal``, ``source.legal`` ..."""
    if section in SINGLE:
        return ("number", "measure", "yes", "information", "remarks")
    parts = [
        (*(f"{weapon}.{aspect}" for weapon in weapons(template, section)), f"source.{aspect}")
        for aspect in ("legal", "enforcement")
    ]
    return ("number", "measure", *parts[0], *parts[1], "remarks")


def columns(template: Template, section: str, language: str) -> tuple[Column, ...]:
    """The columns of a section with their headings."""
    return tuple(_column(key, language, section) for key in keys(template, section))


def fields_of(key: str, fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields of a row that speak in a column."""
    what, _, aspect = key.partition(".")
    if what in ("NW", "CW", "BW"):
        return tuple(f for f in fields if (f.weapon, f.aspect) == (what, aspect))
    if what == "source":
        return tuple(f for f in fields if f.aspect == aspect)
    return tuple(fields) if what in ("yes", "information", "remarks") else ()


def marks(key: str, fields: Sequence[Field], language: str) -> list[str]:
    """The mark of each of the fields that share a cell; one empty mark where only one field speaks there."""
    if len(fields) == 1:
        return [""]
    several_weapons = len({field.weapon for field in fields}) > 1
    several_aspects = len({field.aspect for field in fields}) > 1
    return [
        tag(field.weapon if several_weapons else None, field.aspect if several_aspects else None, language)
        for field in fields
    ]


def _facts(heading: Heading) -> tuple[tuple[str, str], ...]:
    language, dates = heading.language, heading.dates
    values = {
        "state": f"{reference.state(heading.state).name(language)} ({heading.state})",
        "reported": _day(dates.reported),
        "addenda": ", ".join(_day(day) for day in dates.addenda),
        "approved": _day(dates.approved),
        "as-of": _day(heading.as_of),
        "step": step_word(heading.step, language),
        "version": "" if heading.number is None else str(heading.number),
        "template": heading.template,
        "language": language,
    }
    return tuple((word(name, language), values[name]) for name in HEADER)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _section(section: str, template: Template, entries: dict[str, Entry], blank: Entry, language: str) -> SheetSection:
    named = columns(template, section, language)
    return SheetSection(
        id=section,
        title=f"{section}. {template.section_title(section, language)}",
        question=template.section_question(section, language),
        columns=named,
        rows=tuple(
            SheetRow(
                fields[0].row_id,
                tuple(_cell(column.key, number, fields, entries, blank, language) for column in named),
            )
            for number, fields in rows(template, section)
        ),
    )


def _column(key: str, language: str, section: str) -> Column:
    what, _, aspect = key.partition(".")
    if what == "number":
        return Column(key, word("number", language), width=3)
    if what in ("NW", "CW", "BW"):
        return Column(key, word(f"{what.lower()}-short", language), word(aspect, language), 3)
    if what == "source":
        return Column(key, word("source", language), word(aspect, language), 18)
    if what == "yes":
        return Column(key, word("yes", language), width=3)
    if what == "information":
        return Column(key, word("relevant-information" if section == "I" else "source", language), width=26)
    return Column(key, word(what, language), width=11)


def _cell(
    key: str, number: int, fields: Sequence[Field], entries: dict[str, Entry], blank: Entry, language: str
) -> str:
    if key == "number":
        return str(number)
    if key == "measure":
        return fields[0].title(language) + (RECONSTRUCTED if fields[0].reconstructed else "")
    own = fields_of(key, fields)
    said = [entries.get(field.field, blank) for field in own]
    if key == "yes" or key[:2] in ("NW", "CW", "BW"):
        return said[0].code if said else ""
    texts = [_text(key, entry) for entry in said]
    if len(own) == 1:
        return texts[0]
    return sheet_text.shared(list(zip(marks(key, own, language), texts, strict=True)))


def _text(key: str, entry: Entry) -> str:
    if key != "remarks":
        return sheet_text.joined(entry.citations)
    return sheet_text.written(entry.remarks, "|") if entry.remarks else ""
