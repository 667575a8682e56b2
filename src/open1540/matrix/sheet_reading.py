"""Reads a printed matrix back from the tables of a file: header, rows by their labels, codes, citations, remarks.

What is not surely understood is told as a problem with its place, and never guessed; its fields are left out.
"""

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from open1540 import reference
from open1540.documents.tables import Row, Table, Tables
from open1540.matrix import sheet_text
from open1540.matrix.sheet import Heading, fields_of, keys, rows
from open1540.matrix.sheet_flat import COLUMNS
from open1540.matrix.sheet_head import HeadLines
from open1540.matrix.sheet_rows import bare, column_of, incidental, keys_of, recognised, section_of
from open1540.matrix.sheet_words import (
    codes_by_word,
    plain,
    tags_by_word,
)
from open1540.reference import Field, Template
from open1540.vocabulary import Entry, UnknownCode, Validity

_SHOWN = 160
_NUMBER = re.compile(r"(\d{1,3})\s*[.)]?\s*$")


class Problem(msgspec.Struct, frozen=True):
    """Something in a file that was not surely understood: where it stands, what was found, what was expected."""

    where: str
    found: str
    expected: str


class PrintedRow(msgspec.Struct, frozen=True):
    """A row as a file prints it, and the row of the template it was taken for.

    Attributes:
        row_id: of the template; None where none was recognised.
        certain: whether the label is the template's own wording, not only like it.
    """

    where: str
    section: str | None
    number: int | None
    label: str
    row_id: str | None
    certain: bool = False


class SheetRead(msgspec.Struct, frozen=True):
    """What was read from a file.

    Attributes:
        state, number: as the file says; None where it says none.
        heading: the header lines understood, those the file lacks at their defaults.
        entries: of the fields understood that say anything.
        understood: all fields understood, blank ones too; what is not among them is not known from this file.
        rows: every row printed, recognised or not.
        problems: everything else.
    """

    state: str | None
    template: str
    heading: Heading
    entries: tuple[Entry, ...]
    understood: frozenset[str]
    rows: tuple[PrintedRow, ...]
    problems: tuple[Problem, ...]


def read_sheet(
    tables: Tables, *, state: str | None = None, template_id: str | None = None, share: bool = False
) -> SheetRead:
    """A matrix from the tables of a file.

    Arguments:
        state: whose matrix it is, where the file does not say.
        template_id: the template its rows are of; else the one the file names, or the one its rows fit best.
        share: text without marks in a cell of several fields is that of all of them that have a code.

    Raises UnknownCode for a State or template nobody knows.
    """
    own = reference.state(state).iso3 if state else None
    if template_id:
        return _Reader(tables, own, reference.template(template_id), share).read()
    tried = [_Reader(tables, own, template, share).read() for template in reference.templates()]
    named = [found for found in tried if found.heading.template == found.template and _names_template(tables)]
    return named[0] if named else max(tried, key=lambda found: (len(found.understood), -len(found.problems)))


def _names_template(tables: Tables) -> bool:
    ids = {template.id for template in reference.templates()}
    return any(cell in ids for table in tables.tables for row in table.rows for cell in row.cells)


class _Reader:
    """One reading of one file by one template."""

    def __init__(self, tables: Tables, state: str | None, template: Template, share: bool) -> None:
        self._tables, self._state, self._template, self._share = tables, state, template, share
        self._said: dict[str, Entry] = {}
        self._unsure: set[str] = set()
        self._rows: list[PrintedRow] = []
        self._head = HeadLines(state, template, self._problem)
        self._problems = [Problem(d.where, d.found, d.expected) for d in tables.doubts]
        self._seen: set[tuple[str, str]] = set()
        self._section: str | None = None
        self._headings: list[Row] = []
        # The fields of the row before, and of all before it that one merged cell reaches over.
        self._above: tuple[Field, ...] = ()
        self._keys: tuple[str, ...] = ()

    def read(self) -> SheetRead:
        for line in self._tables.outside:
            label, value = (*re.split("[:：]", line, maxsplit=1), "")[:2]
            self._head.add(label, value, "text beside the tables")
        for table in self._tables.tables:
            self._table(table)
        heading = self._head.heading()
        self._missing()
        understood = frozenset(self._said) - self._unsure
        kept = [self._said[f.field] for f in self._template.fields if f.field in understood]
        state = self._state or heading.state or None
        entries = tuple(
            msgspec.structs.replace(entry, state=state or "")
            for entry in kept
            if entry != Entry(entry.state, entry.field)
        )
        return SheetRead(
            state,
            self._template.id,
            heading,
            entries,
            understood,
            tuple(self._rows),
            tuple(dict.fromkeys(self._problems)),
        )

    def _problem(self, where: str, found: str, expected: str) -> None:
        shown = " ".join(found.split())
        self._problems.append(Problem(where, shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…", expected))

    def _table(self, table: Table) -> None:
        start = next((row for row in table.rows if any(row.cells)), None)
        if start and {"field", "code"} <= {(cell or "").strip() for cell in start.cells}:
            self._flat(table, start)
            return
        for at in range(len(table.above)):
            # A title may be set in more lines than one.
            any(self._begin(" ".join(table.above[at : at + lines])) for lines in (1, 2, 3))
        for row in table.rows:
            self._row(row, _where(table, row))

    def _row(self, row: Row, where: str) -> None:
        told = [(at, cell.strip()) for at, cell in enumerate(row.cells) if cell and cell.strip()]
        if not told:
            return
        first = told[0][1]
        if len(told) <= 2 and self._head.add(first.rstrip(":："), told[1][1] if len(told) == 2 else "", where):
            return
        if len({text for _, text in told}) == 1:
            if self._begin(first):
                return
            if plain(first) in incidental():
                return
        if self._is_heading([text for _, text in told]):
            self._headings = [*self._headings, row] if not self._keys else [row]
            self._keys = ()
            return
        if self._headings and not self._keys:
            self._keys = keys_of(self._headings, self._template, self._section)
        self._measure(row, where)

    def _begin(self, line: str) -> bool:
        section = section_of(line, self._template)
        if section:
            if section != self._section:
                self._headings, self._keys = [], ()
            self._section = section
        return section is not None

    def _is_heading(self, texts: Sequence[str]) -> bool:
        known = sum(column_of(text) is not None for text in texts)
        return known >= 2 and known * 2 >= len(texts)

    def _measure(self, row: Row, where: str) -> None:
        """A row of a section: which one it is, then what its cells say."""
        names = self._keys or (keys(self._template, self._section) if self._section else ())
        texts = [(cell or "").strip() for cell in row.cells]
        if self._section is None or "measure" not in names or (len(texts) > len(names) and any(texts[len(names) :])):
            self._problem(where, " · ".join(filter(None, texts)), "a row of a section, beneath its title and headings")
            return
        texts += [""] * (len(names) - len(texts))
        number = _NUMBER.match(texts[names.index("number")]) if "number" in names else None
        label = texts[names.index("measure")]
        by_number = int(number[1]) if number else None
        row_id, certain = recognised(label, by_number, self._section, self._template.id)
        self._rows.append(PrintedRow(where, self._section, by_number, bare(label), row_id, certain))
        if row_id is None:
            expected = f"number and label of a row of section {self._section} of {self._template.id}"
            self._problem(where, " · ".join(filter(None, texts)), expected)
            return
        if (self._section, row_id) in self._seen:
            self._problem(where, " · ".join(filter(None, texts)), f"each row once; {row_id} stood there before")
            return
        self._seen.add((self._section, row_id))
        fields = next(own for _, own in rows(self._template, self._section) if own[0].row_id == row_id)
        for field in fields:
            self._said[field.field] = Entry("", field.field)
        for at in sorted(range(len(names)), key=lambda at: names[at].startswith(("source", "info", "remarks"))):
            doubtful = at in row.doubtful
            self._cell(names[at], texts[at], fields, f"{where}, column {at + 1}", doubtful)
        self._merged(row, names, fields, where)
        self._above = (*(self._above if row.from_above else ()), *fields)

    def _merged(self, row: Row, names: Sequence[str], fields: Sequence[Field], where: str) -> None:
        """Merged cells: nobody can tell to which of the columns or rows they cover their text belongs."""
        for at, cell in enumerate(row.cells[: len(names)]):
            own = fields_of(names[at], fields)
            if cell is not None or not own:
                continue
            if at in row.from_above:
                also = fields_of(names[at], self._above)
            else:
                beside = next((n for n in range(at, -1, -1) if row.cells[n] is not None), at)
                also = fields_of(names[beside], fields) if row.cells[beside] else ()
            self._problem(f"{where}, column {at + 1}", "a merged cell", "a cell for each column and row")
            self._unsure.update(field.field for field in (*own, *also))

    def _cell(self, key: str, text: str, fields: Sequence[Field], where: str, doubtful: bool) -> None:
        own = fields_of(key, fields)
        if key in ("number", "measure"):
            return
        if doubtful:
            # A formula has no text of its own, and is told by the reader of tables already.
            if text:
                self._problem(where, text, "text that can be read with certainty")
            self._unsure.update(field.field for field in own)
        elif not own:
            if text:
                self._problem(where, text, "no text: the template has no field here")
        elif key == "yes" or key[:2] in ("NW", "CW", "BW"):
            self._code(text, own[0], where)
        elif text:
            self._texts(key, text, own, where)

    def _code(self, text: str, field: Field, where: str) -> None:
        code = codes_by_word().get(text.casefold())
        if code is None:
            self._problem(where, text, f"X, ?, NA or blank ({field.field})")
            self._unsure.add(field.field)
        else:
            self._change(field, code=code)

    def _texts(self, key: str, text: str, own: Sequence[Field], where: str) -> None:
        """Citations or remarks of the one field, or of the several, that speak in a cell."""
        if len(own) == 1:
            self._say(key, own[0], text)
            return
        told: list[tuple[Field, str]] = []
        for part in sheet_text.parted(text, sheet_text.FIELDS):
            names, said = sheet_text.marked(part)
            meant = [_marked(name, own) for name in names]
            if not meant or not all(meant):
                self._unmarked(key, text, own, where)
                return
            told += [(field, said) for fields in meant for field in fields]
        if len({field.field for field, _ in told}) < len(told):
            self._unmarked(key, text, own, where)
            return
        for field, said in told:
            self._say(key, field, said)

    def _unmarked(self, key: str, text: str, own: Sequence[Field], where: str) -> None:
        coded = [field for field in own if self._said[field.field].code]
        if self._share and coded:
            for field in coded:
                self._say(key, field, text)
            return
        self._problem(
            where, text, f"marks that tell whose text it is, such as NW: ... | CW: ...; {len(own)} fields share it"
        )
        self._unsure.update(field.field for field in own)

    def _say(self, key: str, field: Field, text: str) -> None:
        if key == "remarks":
            self._change(field, remarks=sheet_text.read(text))
        else:
            self._change(field, citations=tuple(sheet_text.read(part) for part in sheet_text.parted(text)))

    def _change(self, field: Field, **what: object) -> None:
        self._said[field.field] = msgspec.structs.replace(self._said[field.field], **what)

    def _missing(self) -> None:
        """Say which rows of the template the file does not have."""
        unseen = [f for f in self._template.fields if f.field not in self._said and f.field not in self._unsure]
        for section, row_id in dict.fromkeys((field.section, field.row_id) for field in unseen):
            number = next(f.row for f in unseen if (f.section, f.row_id) == (section, row_id))
            self._problem(f"section {section}", "no such row", f"row {number}, {row_id}")

    def _flat(self, table: Table, head: Row) -> None:
        """One row for each field."""
        names = [(cell or "").strip() for cell in head.cells]
        for at, name in enumerate(names):
            if name and name not in COLUMNS:
                self._problem(f"{_where(table, head)}, column {at + 1}", name, "one of " + ", ".join(COLUMNS))
        for row in table.rows:
            if row.number > head.number and any(row.cells):
                told = {name: (cell or "").strip() for name, cell in zip(names, row.cells, strict=False) if name}
                self._flat_row(told, _where(table, row), bool(row.doubtful))

    def _flat_row(self, told: dict[str, str], where: str, doubtful: bool) -> None:
        for name, column in _FLAT_FACTS.items():
            if value := told.get(column, ""):
                self._head.add_once(name, value, where)
        try:
            field = self._template.field(told.get("field", ""))
        except UnknownCode as error:
            self._problem(where, " · ".join(filter(None, told.values())), error.expected)
            return
        if field.field in self._said:
            self._problem(where, field.field, "each field once")
            return
        self._said[field.field] = Entry("", field.field)
        self._rows.append(PrintedRow(where, field.section, field.row, told.get("label", ""), field.row_id, True))
        if doubtful:
            self._unsure.add(field.field)
        self._code(told.get("code", ""), field, f"{where}, {field.field}")
        if told.get("citations"):
            self._say("source", field, told["citations"])
        if told.get("remarks"):
            self._say("remarks", field, told["remarks"])
        try:
            since, until = (_whole_day(told.get(name, "")) for name in ("since", "until"))
        except ValueError:
            self._problem(where, f"{told.get('since')} {told.get('until')}", "days as YYYY-MM-DD")
            self._unsure.add(field.field)
        else:
            self._change(field, validity=Validity(since, until), as_of=told.get("as_of") or None)


_FLAT_FACTS = {
    "state": "state",
    "template": "template",
    "version": "version",
    "step": "step",
    "as-of": "information_as_of",
    "language": "language",
    "reported": "reported",
    "addenda": "addenda",
    "approved": "approved",
}


def _whole_day(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _where(table: Table, row: Row) -> str:
    place = f"sheet {table.name}" if table.name and not table.name.startswith("within") else f"table {table.number}"
    page = f"page {row.page}, " if row.page else ""
    within = f" ({table.name})" if table.name.startswith("within") else ""
    return f"{page}{place}{within}, row {row.number}"


def _marked(name: str, own: Sequence[Field]) -> tuple[Field, ...]:
    """The fields of a shared cell that a mark names; none where it names none of them, or not exactly one."""
    weapon, aspect = tags_by_word().get(plain(name), (None, None))
    if not (weapon or aspect):
        return ()
    meant = tuple(f for f in own if weapon in (None, f.weapon) and aspect in (None, f.aspect))
    return meant if len(meant) == 1 else ()
