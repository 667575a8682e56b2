"""The analysis of a region and the pack of a few States side by side: PDF, Word document, workbook and CSV of the same tables."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import paper, paper_docx, review_flat, review_report, review_xlsx
from open1540.interfaces.reports.paper import Block, Line, Paper, Paragraph
from open1540.interfaces.reports.review_files import MANIFEST, manifest
from open1540.interfaces.reports.review_report import Chapter, Heading, Lines, Printed, Report
from open1540.interfaces.reports.review_words import Words
from open1540.review import Cell, Table
from open1540.workflows.review import Grouped

FORMS = ("pdf", "docx", "xlsx", "csv")
# Rows of a table that a page prints; the workbook and the CSV files have all.
MOST_ROWS = 40
ONLY_IN_FILES = frozenset(("legislation-by-field",))
_TITLES = {
    "region": "Matrix analysis of States together",
    "compare": "States side by side, for a peer review",
}


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


def group_report(made: Grouped, words: Words) -> Report:
    """The page model of PDF and Word document."""
    t, day = words.t, made.days[-1]
    alone = words.listed([words.state(code) for code in day.from_facts]) or t("none")
    facts = (
        (t("Regions"), words.listed([t(name) for name in made.asked.regions])),
        (t("States"), words.listed([words.state(code) for code in made.asked.states])),
        (t("States of which section I alone is known"), alone),
        (t("Format of the matrix"), t(reference.template(made.asked.template).title)),
        (t("Record as shown to"), t(made.asked.role)),
    )
    tables = [table for table in made.tables if table.id not in ONLY_IN_FILES]
    left = [words.title(table) for table in made.tables if table.id in ONLY_IN_FILES]
    rests = (
        t("Not printed here for its length: {tables}.").format(tables=words.listed(left)),
        t(
            "manifest.json beside this report names every version and every file of facts with its SHA-256, and every file written."
        ),
    )
    return Report(
        language=words.language,
        direction="rtl" if words.right_to_left else "ltr",
        title=t(_TITLES[made.kind]),
        subtitle=t("The record as of {day}").format(day=t.date(made.asked.on)),
        facts=tuple(fact for fact in facts if fact[1]),
        caveats=tuple(review_report.caveats(words)),
        glance=Lines(()),
        chapters=(
            *(Chapter(words.title(table), (_printed(table, words),)) for table in tables),
            Chapter(t("What this report rests on"), (Lines(rests),)),
        ),
        labels={"glance": "", "caveats": t("What this is, and is not"), "contents": t("Contents")},
    )


def group_paper(drawn: Report) -> Paper:
    """The same pages as a Word document takes them."""
    return Paper(
        language=drawn.language,
        direction=drawn.direction,
        title=drawn.title,
        subtitle=drawn.subtitle,
        facts=tuple((label, (Line(told),)) for label, told in drawn.facts),
        blocks=tuple(block for chapter in drawn.chapters for block in _blocks(chapter)),
        caveat=" ".join(drawn.caveats),
        wide=True,
    )


def _blocks(chapter: Chapter) -> Iterator[Block]:
    yield paper.Heading(1, chapter.title)
    for item in chapter.items:
        if isinstance(item, Lines):
            yield Paragraph(tuple(Line(line) for line in item.lines))
        elif isinstance(item, Printed):
            if item.rows:
                yield paper.Table(
                    tuple(heading.text for heading in item.headings),
                    tuple(1 if heading.numeric else heading.width for heading in item.headings),
                    tuple(tuple(tuple(Line(line) for line in cell) for cell in row) for row in item.rows),
                )
            yield Paragraph(tuple(Line(note, "note") for note in (item.more, *item.notes) if note))


def _words(made: Grouped, translator: Translator) -> Words:
    return Words(translator, reference.template(made.asked.template), made.asked.on)


def _printed(table: Table, words: Words) -> Printed:
    notes = tuple(words.note(note) for note in table.notes)
    if not table.rows:
        return Printed("", (), (), notes, words.t("Nothing is on record."))
    if table.id in _DRAWN:
        headings, rows = _DRAWN[table.id](table, words)
        return Printed("", headings, rows, notes, "")
    more = ""
    if len(table.rows) > MOST_ROWS:
        more = words.t("{shown} of {all} rows; all are in {file}.").format(
            shown=words.number(MOST_ROWS), all=words.number(len(table.rows)), file=f"tables/{table.id}.csv"
        )
    return review_report.printed(table, table.rows[:MOST_ROWS], words, "", notes, more)


_Row = tuple[tuple[str, ...], ...]


def _side_by_side(table: Table, words: Words) -> tuple[tuple[Heading, ...], tuple[_Row, ...]]:
    """A column for each State: its code, what it cites, its remarks. Rows blank in all are among the shared gaps."""
    states = list(dict.fromkeys(column.state for column in table.columns if column.state))
    headings = (
        Heading(words.heading(table.columns[0]), False, 3),
        *(Heading(words.state(code), False, 4) for code in states),
    )
    rows = tuple(
        (
            tuple(words.brief("field", str(row[0]))),
            *(_of_state(row[1 + 3 * at : 4 + 3 * at]) for at in range(len(states))),
        )
        for row in table.rows
        if any(row[1:])
    )
    return headings, rows


def _of_state(told: Sequence[Cell]) -> tuple[str, ...]:
    code, citation, remarks = (str(one or "") for one in told)
    return tuple(line for line in (" ".join(part for part in (code, citation) if part), remarks) if line)


def _gaps(table: Table, words: Words) -> tuple[tuple[Heading, ...], tuple[_Row, ...]]:
    """The fields of a section in one row."""
    sections = groupby((str(row[0]) for row in table.rows), words.section_of)
    rows = tuple(
        ((words.name("section", section),), ("; ".join(words.brief("fields", ";".join(found))),))
        for section, found in sections
    )
    return (Heading(words.t("section"), False, 2), Heading(words.t("fields"), False, 9)), rows


_DRAWN: dict[str, Callable[[Table, Words], tuple[tuple[Heading, ...], tuple[_Row, ...]]]] = {
    "side-by-side": _side_by_side,
    "shared-gaps": _gaps,
}


def _xlsx(made: Grouped, words: Words) -> bytes:
    model = group_report(made, words)
    head = [*model.facts, *((words.t("Caveat"), told) for told in model.caveats)]
    return review_xlsx.as_xlsx(made.tables, head, f"{model.title}: {model.subtitle}", words)


_WRITERS: dict[str, Callable[[Grouped, Words], bytes]] = {
    "pdf": lambda made, words: review_report.as_pdf(group_report(made, words)),
    "docx": lambda made, words: paper_docx.as_docx(group_paper(group_report(made, words))),
    "xlsx": _xlsx,
    "csv": lambda made, words: review_flat.all_as_csv(made.tables, words),
}
