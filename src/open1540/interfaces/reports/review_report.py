"""The page model of the review's report: what is asked, what stands out, method and caveats, then a chapter for each question.

Figures are the charts, rows those of the tables; a long table is cut with a word on the file that has all of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from open1540 import reference
from open1540.interfaces.reports.review_words import NUMBERS, Words
from open1540.interfaces.reports.typeset import typeset
from open1540.review import Cell, Column, Kind, Table
from open1540.workflows.review import Day, Reviewed

# Rows of a table the report prints beside or instead of its chart; all of one that is not named here. The files have every row.
ROWS = {
    "recorded-by-obligation": 0,
    "recorded-by-theme": 0,
    "recorded-by-region": 0,
    "recorded-over-time": 0,
    "changes-by-field": 15,
    "changes-by-region": 10,
    "evidence-by-basis": 0,
    "assistance-against-gaps": 0,
    "sensitivity-of-themes": 0,
    "priority-of-fields": 20,
    "sensitivity-of-fields": 0,
    "pathways-by-region": 0,
    "most-recorded": 20,
    "least-recorded": 20,
}
NO_CHART = frozenset(("recorded-by-section", "recorded-by-weapon", "recorded-by-aspect", "evidence-by-age"))
ONLY_IN_FILES = frozenset(("recorded-by-field",))
# The columns a page has room for, of tables with more.
_COLUMNS = {
    "recorded-by-section": ("section", "recorded", "unclear", "not applicable", "unknown", "share recorded"),
    "pathways-by-stage": (
        "pathway",
        "stage",
        "share recorded",
        "resting on a law",
        "resting on a self-declaration",
        "resting on other records",
        "least recorded fields",
    ),
    "pathways-and-sources": ("pathway", "obligations", "sources"),
}
_SHOWN = 2
# Tables whose first rows are those with the most of something.
_BY = {"changes-by-field": "newly recorded"}
MANY_STATES = 12
_WIDTH = re.compile(r'<svg [^>]*?width="(\d+)')
_WIDTHS: dict[Kind, int] = {
    "fields": 8,
    "states": 5,
    "field": 4,
    "sources": 5,
    "citation": 5,
    "regions": 3,
    "pathway": 3,
    "stage": 2,
}


class Figure(msgspec.Struct, frozen=True, tag="figure"):
    """A chart or a map; ``title`` is told to who cannot see it."""

    svg: str
    title: str
    width: int


class Heading(msgspec.Struct, frozen=True):
    """A heading of a printed column; ``width`` is a share of what the numbers leave."""

    text: str
    numeric: bool
    width: int


class Printed(msgspec.Struct, frozen=True, tag="table"):
    """A table as it is printed; the title is empty where its figure has it, ``more`` tells of rows left out."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    notes: tuple[str, ...]
    more: str


class Lines(msgspec.Struct, frozen=True, tag="lines"):
    """Sentences below each other."""

    lines: tuple[str, ...]


Item = Figure | Printed | Lines


class Chapter(msgspec.Struct, frozen=True):
    """A chapter with what stands in it."""

    title: str
    items: tuple[Item, ...]


class Report(msgspec.Struct, frozen=True):
    """The whole report, every text in the reader's language."""

    language: str
    direction: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    glance: Lines
    chapters: tuple[Chapter, ...]
    labels: dict[str, str]


def report(
    made: Reviewed, charts: Mapping[str, str], maps: Sequence[tuple[str, str, list[str]]], words: Words
) -> Report:
    """The report of a review.

    Arguments:
        charts: SVG by id of the table it draws.
        maps: title, SVG and disclaimers of each map.
    """
    t = words.t
    chapters = [
        Chapter(t(title), tuple(_chapter(tables, charts, words)))
        for title, tables in groupby(made.tables, lambda table: table.chapter)
    ]
    shown = [item for title, svg, said in maps for item in (_figure(svg, title), Printed("", (), (), tuple(said), ""))]
    return Report(
        language=words.language,
        direction="rtl" if words.right_to_left else "ltr",
        title=title(made, words),
        subtitle=subtitle(made, words),
        facts=tuple(facts(made, words)),
        caveats=tuple(caveats(words)),
        glance=Lines(tuple(glance(made, words))),
        chapters=(
            Chapter(t("Method"), (Lines(tuple(_method(made, words))), _codes(words))),
            chapters[0],
            *([Chapter(t("On the map"), tuple(shown))] if shown else []),
            *chapters[1:],
            Chapter(t("What this report rests on"), (_versions(made.days, words), Lines(tuple(_rest(made, words))))),
        ),
        labels={"glance": t("At a glance"), "caveats": t("What this is, and is not"), "contents": t("Contents")},
    )


def as_pdf(drawn: Report) -> bytes:
    """The report as a tagged PDF, the same bytes each time. Raises JobFailed where this machine lacks a font."""
    return typeset("review", "report", drawn, _texts(drawn))


def title(made: Reviewed, words: Words) -> str:
    """The title of the report."""
    return words.t("Comprehensive review of the implementation of resolution 1540 (2004)")


def subtitle(made: Reviewed, words: Words) -> str:
    """The day reviewed, and the days it is compared with."""
    day = words.t.date(made.asked.on)
    if not made.asked.against:
        return words.t("The record as of {day}").format(day=day)
    days = words.listed([words.t.date(one) for one in made.asked.against])
    return words.t("The record as of {day}, compared with {days}").format(day=day, days=days)


def facts(made: Reviewed, words: Words) -> Iterator[tuple[str, str]]:
    """Label and text of what was asked."""
    t, asked, latest = words.t, made.asked, made.days[-1]
    if asked.regions:
        yield t("Regions"), words.listed([t(name) for name in asked.regions])
    named = [words.state(code) for code in asked.states] if len(asked.states) <= MANY_STATES else []
    number = words.number(len(made.review.states))
    yield t("States"), f"{number}: {words.listed(named)}" if named else number
    yield t("States with a matrix on record"), words.number(len(latest.versions))
    yield t("States of which section I alone is known"), words.number(len(latest.from_facts))
    yield t("Format of the matrix"), t(reference.template(asked.template).title)
    yield t("Record as shown to"), t(asked.role)
    yield t("Status facts as of"), next((one.as_of or "" for one in made.facts if one.path == "states/status.csv"), "")


def caveats(words: Words) -> Iterator[str]:
    """The Committee's caveats on the matrix, and the house's own."""
    yield from (words.t(one.text) for one in reference.caveats())
    yield words.t("Blank means unknown, never that there is no measure. No State is scored or ranked here.")
    yield words.t("Made with open1540. It is no document of the Committee and does not speak for it.")


def glance(made: Reviewed, words: Words) -> Iterator[str]:
    """What stands out, in sentences drawn from the tables."""
    t, review = words.t, made.review
    by_section = review.table("recorded-by-section")
    recorded, unclear, unknown = (_sum(by_section, name) for name in ("recorded", "unclear", "unknown"))
    whole = recorded + unclear + unknown
    yield t(
        "{recorded} of {whole} applicable entries ({share}) are recorded, {unclear} are unclear and {unknown} are unknown."
    ).format(
        recorded=words.number(recorded),
        whole=words.number(whole),
        share=words.percent(recorded / whole if whole else None),
        unclear=words.number(unclear),
        unknown=words.number(unknown),
    )
    yield from _since(made, words)
    bases = review.table("evidence-by-basis")
    count = {basis: sum(int(row[2] or 0) for row in bases.rows if row[1] == basis) for basis in bases.column("basis")}
    filled = sum(number for basis, number in count.items() if basis != "none")
    yield t(
        "Of the entries that rest on evidence, {law} rest on a law, {declared} on a self-declaration and {other} on other records."
    ).format(
        law=words.number(count["law"]),
        declared=words.number(count["self-declaration"]),
        other=words.number(filled - count["law"] - count["self-declaration"]),
    )
    stages = review.table("pathways-by-stage")
    thin = sum(1 for told in stages.column("thin") if told)
    yield t("Of {all} stages at which measures answer a pathway, the record is thin for {thin}.").format(
        all=words.number(len(stages.rows)), thin=words.number(thin)
    )
    first = review.table("sensitivity-of-themes").rows
    if first:
        yield t(
            "By the weights given, strengthening would begin with: {theme}. Under weights near these its place lies between {low} and {high}."
        ).format(theme=words.cell("theme", first[0][0]), low=first[0][2], high=first[0][3])


def _since(made: Reviewed, words: Words) -> Iterator[str]:
    if not made.asked.against:
        return
    changes = made.review.table("changes-by-section")
    newly, lost, other = (
        words.number(_sum(changes, name)) for name in ("newly recorded", "no longer recorded", "otherwise changed")
    )
    yield words.t(
        "Since {day}, {newly} entries were newly recorded, {lost} are no longer recorded and {other} changed otherwise."
    ).format(day=words.t.date(made.asked.against[0]), newly=newly, lost=lost, other=other)


def _method(made: Reviewed, words: Words) -> Iterator[str]:
    t = words.t
    yield t(
        "Of each State the version of its matrix is taken that speaks of the latest day not after the day asked, among those this role is shown. Where there is none, section I comes from the facts and all else is unknown."
    )
    yield t(
        "Entries of another format of the matrix are carried over where a field means the same, and left out elsewhere: {number} entries."
    ).format(number=words.number(sum(made.days[-1].not_carried.values())))
    yield t(
        "Fields and themes are put in an order by weights that are shown, with a run that tells how stable the order is. States are put in no order."
    )
    yield t("Rows of the format that no public copy shows are reconstructed; {number} of {all} fields are.").format(
        number=words.number(sum(field.reconstructed for field in reference.template(made.asked.template).fields)),
        all=words.number(len(reference.template(made.asked.template).fields)),
    )


def _codes(words: Words) -> Printed:
    rows = tuple(
        ((code.code or words.t("blank"),), (code.labels[words.language],), (words.t(code.meaning),))
        for code in reference.codes()
    )
    headings = ((reference.matrix_word("code", words.language), 1), ("", 2), (words.t("meaning"), 8))
    return Printed("", tuple(Heading(text, False, width) for text, width in headings), rows, (), "")


def _chapter(tables: Iterable[Table], charts: Mapping[str, str], words: Words) -> Iterator[Item]:
    """The items of a chapter; what was said of one table is not said again of the next."""
    said: set[str] = set()
    for table in tables:
        if table.id not in ONLY_IN_FILES:
            notes = tuple(note for told in table.notes if (note := words.note(told)) not in said)
            said.update(notes)
            yield from _items(table, notes, charts, words)


def _items(table: Table, notes: tuple[str, ...], charts: Mapping[str, str], words: Words) -> Iterator[Item]:
    chart = charts.get(table.id) if table.id not in NO_CHART else None
    title = words.title(table)
    if chart:
        yield _figure(chart, title)
    limit = ROWS.get(table.id, len(table.rows))
    rows = _first(table, limit)
    more = ""
    if len(rows) < len(table.rows) and not chart:
        said = (
            words.t("{shown} of {all} rows; all are in {file}.") if rows else words.t("All {all} rows are in {file}.")
        )
        more = said.format(
            shown=words.number(len(rows)), all=words.number(len(table.rows)), file=f"tables/{table.id}.csv"
        )
    if rows:
        yield printed(table, rows, words, "" if chart else title, notes, more)
    elif chart:
        yield Printed("", (), (), notes, "")
    else:
        empty = words.t("Nothing is on record.") if not table.rows else more
        yield Printed(title, (), (), notes, empty)


def _figure(svg: str, title: str) -> Figure:
    found = _WIDTH.search(svg)
    return Figure(svg, title, int(found[1]) if found else 0)


def _first(table: Table, limit: int) -> tuple[tuple[Cell, ...], ...]:
    by = _BY.get(table.id)
    if by is None:
        return table.rows[:limit]
    at = [column.name for column in table.columns].index(by)
    most = sorted(range(len(table.rows)), key=lambda row: (-int(table.rows[row][at] or 0), row))
    return tuple(table.rows[row] for row in most[:limit] if table.rows[row][at])


def printed(
    table: Table, rows: Iterable[Sequence[Cell]], words: Words, title: str, notes: tuple[str, ...] = (), more: str = ""
) -> Printed:
    """A table as a page shows it: names instead of ids, what repeats in the first column told once."""
    wanted = _COLUMNS.get(table.id, tuple(column.name for column in table.columns))
    shown = [(at, column) for at, column in enumerate(table.columns) if column.name in wanted]
    headings = tuple(
        Heading(words.heading(column), column.kind in NUMBERS, _WIDTHS.get(column.kind, 2)) for _, column in shown
    )
    told: list[tuple[tuple[str, ...], ...]] = []
    above: Sequence[Cell] = ()
    for row in rows:
        told.append(
            tuple(_lines(column, row[at], above[at] if above and at == 0 else None, words) for at, column in shown)
        )
        above = row
    return Printed(title, headings, tuple(told), notes, more)


def _lines(column: Column, value: Cell, above: Cell, words: Words) -> tuple[str, ...]:
    if column.kind in NUMBERS:
        return (words.cell(column.kind, value),)
    if value == above and above is not None:
        return ()
    if column.kind in ("field", "fields", "sources", "obligations"):
        return tuple(words.brief(column.kind, str(value or ""))[: _SHOWN if column.kind == "fields" else None])
    return (words.cell(column.kind, value),)


def _versions(days: Sequence[Day], words: Words) -> Printed:
    t = words.t
    rows = tuple(
        ((t.date(day.day),), (t(step),), (words.number(number),))
        for day in days
        for step, number in (
            *(
                (step, sum(1 for used in day.versions if used.step == step))
                for step in dict.fromkeys(u.step for u in day.versions)
            ),
            ("section I from the facts alone", len(day.from_facts)),
        )
        if number
    )
    headings = (
        Heading(t("day"), False, 2),
        Heading(t("where the version stands"), False, 3),
        Heading(t("States"), True, 1),
    )
    return Printed(t("Versions taken in"), headings, rows, (), "")


def _rest(made: Reviewed, words: Words) -> Iterator[str]:
    t = words.t
    yield t(
        "manifest.json beside this report names every version and every file of facts with its SHA-256, and every file written."
    )
    alone = words.listed([words.title(table) for table in made.tables if table.id in ONLY_IN_FILES])
    yield t("Not printed here for its length: {tables}.").format(tables=alone)
    yield t(
        "Every table is in the workbook and as CSV in the folder tables, every chart with its data in the folder charts."
    )


def _sum(table: Table, name: str) -> int:
    return sum(int(cell or 0) for cell in table.column(name))


def _texts(drawn: Report) -> Iterator[str]:
    """Every text of the report, to know which scripts its fonts must have."""
    yield from (drawn.title, drawn.subtitle, *drawn.caveats, *drawn.glance.lines)
    yield from (text for fact in drawn.facts for text in fact)
    for chapter in drawn.chapters:
        yield chapter.title
        for item in chapter.items:
            if isinstance(item, Lines):
                yield from item.lines
            elif isinstance(item, Printed):
                yield from (item.title, item.more, *item.notes, *(heading.text for heading in item.headings))
                yield from (line for row in item.rows for cell in row for line in cell)
