"""The analysis of a region and the pack of a few States side by side: Word document, PDF, workbook and CSV of the same tables."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import paper, paper_docx, review_flat, review_report, review_xlsx
from open1540.interfaces.reports.paper import Block, Heading, Line, Paper, Paragraph
from open1540.interfaces.reports.review_files import MANIFEST, manifest
from open1540.interfaces.reports.review_words import NUMBERS, Words
from open1540.review import Cell, Table
from open1540.workflows.review import Grouped

FORMS = ("pdf", "docx", "xlsx", "csv")
# Rows of a table that a page prints; the workbook and the CSV files have all.
MOST_ROWS = 60
ONLY_IN_FILES = frozenset(("legislation-by-field",))
_WIDTHS = {"citation": 6, "field": 4, "theme": 3, "states": 3, "remark": 4, "sources": 4}


def folder(made: Grouped, translator: Translator, forms: Sequence[str] = FORMS) -> dict[str, bytes]:
    """The files of a group by path: the forms asked for, and the manifest. The same group gives the same bytes."""
    words = _words(made, translator)
    found: dict[str, bytes] = {}
    for form in forms:
        if form == "csv":
            found |= {f"tables/{table.id}.csv": review_flat.as_csv(table, words) for table in made.tables}
        else:
            found[f"{made.kind}.{form}"] = _WRITERS[form](made, words)
    return {**found, MANIFEST: manifest(made, words.language, found)}


def single(made: Grouped, translator: Translator, form: str) -> bytes:
    """One file of a group. Raises JobFailed where this machine lacks a font for a PDF."""
    return _WRITERS[form](made, _words(made, translator))


def group_paper(made: Grouped, words: Words) -> Paper:
    """The page model of Word document and PDF."""
    t, day = words.t, made.days[-1]
    facts = (
        (t("Regions"), words.listed([t(name) for name in made.asked.regions])),
        (t("States"), words.listed([words.state(code) for code in made.asked.states])),
        (t("Record as shown to"), t(made.asked.role)),
        (
            t("States of which section I alone is known"),
            words.listed([words.state(code) for code in day.from_facts]) or t("none"),
        ),
    )
    return Paper(
        language=words.language,
        direction="rtl" if words.right_to_left else "ltr",
        title=t(_TITLES[made.kind]),
        subtitle=t("The record as of {day}").format(day=t.date(made.asked.on)),
        facts=tuple((label, (Line(told),)) for label, told in facts if told),
        blocks=tuple(block for table in made.tables for block in _blocks(table, words)),
        caveat=" ".join(review_report.caveats(words)),
        wide=True,
    )


_TITLES = {
    "region": "Matrix analysis of States together",
    "compare": "States side by side, for a peer review",
}


def _words(made: Grouped, translator: Translator) -> Words:
    return Words(translator, reference.template(made.asked.template), made.asked.on)


def _blocks(table: Table, words: Words) -> Iterator[Block]:
    yield Heading(1, words.title(table))
    notes = [Line(words.note(note), "note") for note in table.notes]
    rows: Sequence[Sequence[Cell]] = table.rows
    if table.id in ONLY_IN_FILES:
        rows = ()
    drawn = _DRAWN.get(table.id, _plain)(table, rows[:MOST_ROWS] if table.id not in _DRAWN else rows, words)
    if drawn.rows:
        yield drawn
    shown = len(table.rows) if table.id in _DRAWN else min(len(rows), MOST_ROWS)
    if not table.rows:
        notes.append(Line(words.t("Nothing is on record."), "strong"))
    elif shown < len(table.rows):
        more = words.t("{shown} of {all} rows; all are in {file}.")
        notes.append(
            Line(
                more.format(
                    shown=words.number(shown), all=words.number(len(table.rows)), file=f"tables/{table.id}.csv"
                ),
                "note",
            )
        )
    yield Paragraph(tuple(notes))


def _plain(table: Table, rows: Sequence[Sequence[Cell]], words: Words) -> paper.Table:
    kinds = [column.kind for column in table.columns]
    return paper.Table(
        tuple(words.heading(column) for column in table.columns),
        tuple(1 if kind in NUMBERS else _WIDTHS.get(kind, 2) for kind in kinds),
        tuple(tuple((Line(words.cell(kind, cell)),) for kind, cell in zip(kinds, row, strict=True)) for row in rows),
    )


def _side_by_side(table: Table, rows: Sequence[Sequence[Cell]], words: Words) -> paper.Table:
    """A column for each State: its code, what it cites, its remarks. Rows blank in all are among the shared gaps."""
    states = list(dict.fromkeys(column.state for column in table.columns if column.state))
    filled = [row for row in rows if any(row[1:])]
    return paper.Table(
        (words.heading(table.columns[0]), *(words.state(code) for code in states)),
        (3, *(4 for _ in states)),
        tuple(
            (
                (Line(words.cell("field", row[0])), Line(str(row[0]), "note")),
                *(_of_state(row[1 + 3 * at : 4 + 3 * at], words) for at in range(len(states))),
            )
            for row in filled
        ),
    )


def _of_state(told: Sequence[Cell], words: Words) -> tuple[Line, ...]:
    code, citation, remarks = (str(one or "") for one in told)
    lines = [Line(code or words.t("unknown"), "strong" if code else "note"), Line(citation), Line(remarks, "note")]
    return tuple(line for line in lines if line.text)


def _gaps(table: Table, rows: Sequence[Sequence[Cell]], words: Words) -> paper.Table:
    """The fields of a section in one row."""
    fields = {field.field: field for known in reference.templates() for field in known.fields}
    sections = groupby((str(row[0]) for row in rows), lambda field: fields[field].section)
    return paper.Table(
        (words.t("section"), words.t("fields")),
        (2, 9),
        tuple(
            (
                (Line(words.name("section", section)),),
                (Line("; ".join(words.name("field", field) for field in found)),),
            )
            for section, found in sections
        ),
    )


_DRAWN: dict[str, Callable[[Table, Sequence[Sequence[Cell]], Words], paper.Table]] = {
    "side-by-side": _side_by_side,
    "shared-gaps": _gaps,
}


def _xlsx(made: Grouped, words: Words) -> bytes:
    model = group_paper(made, words)
    head = [*((label, cell[0].text) for label, cell in model.facts), (words.t("Caveat"), model.caveat)]
    return review_xlsx.as_xlsx(made.tables, head, f"{model.title}: {model.subtitle}", words)


_WRITERS: dict[str, Callable[[Grouped, Words], bytes]] = {
    "pdf": lambda made, words: paper.as_pdf(group_paper(made, words)),
    "docx": lambda made, words: paper_docx.as_docx(group_paper(made, words)),
    "xlsx": _xlsx,
    "csv": lambda made, words: review_flat.all_as_csv(made.tables, words),
}
