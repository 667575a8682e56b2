"""Two to four States side by side, cell by cell with what each cites, and the gaps they share."""

from typing import Annotated

from fastapi import Query, Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import Column, Table
from open1540.interfaces.reports import matrix_forms, review_flat, review_group
from open1540.interfaces.reports.review_words import Words as ReviewWords
from open1540.interfaces.web.pages.states.place import Asked, desk, states_by_name
from open1540.interfaces.web.pages.states.words import Words
from open1540.review import Table as Answer
from open1540.vocabulary import BadInput, UnknownCode
from open1540.workflows import review
from open1540.workflows.permissions import seen_with_others

Several = Annotated[list[str], Query(max_length=8)]
MOST = 4
# Rows of a table shown on the page; its export has all.
SHOWN = 40
# Shown in their own way, or in the files alone.
APART = ("side-by-side", "shared-gaps", "legislation-by-field")


@desk.page("/states/compare", "read", table=True)
def side_by_side(ask: Asking, state: Several = [], on: Asked = "", rows: Asked = "") -> Response:  # noqa: B006
    """The States chosen, side by side; the form to choose them."""
    chosen = _chosen(state)
    made = _group(ask, chosen, on) if len(chosen) > 1 else None
    words = ReviewWords(ask.t, reference.template(made.asked.template), made.asked.on) if made else None
    tables = {table.id: table for table in made.tables} if made else {}
    return desk.show(
        ask,
        "compare.html",
        title=ask.t("States side by side"),
        crumbs=[(ask.t("States"), "/states")],
        table=_exported(tables["side-by-side"], words) if words else None,
        chosen=chosen,
        on=on,
        made=made,
        words=words,
        codes=Words(ask.t),
        states=[(one.iso3, one.name(ask.language)) for one in states_by_name(ask.language)],
        places=range(MOST),
        grid=_grid(tables["side-by-side"], len(chosen), everything=rows == "all") if made else [],
        everything=rows == "all",
        gaps=_gaps(tables["shared-gaps"], words) if words else [],
        others=[(table, _rows(table, words)) for table in tables.values() if words and table.id not in APART],
        most=SHOWN,
        file_forms=review_group.FORMS,
        query=f"?{ask.request.url.query}",
    )


@desk.answers("/states/compare/pack.{form}", "read")
def pack(ask: Asking, form: str, state: Several = [], on: Asked = "") -> Response:  # noqa: B006
    """The same as a document for a peer review, a workbook or tables."""
    if form not in review_group.FORMS:
        raise UnknownCode(
            f"form {form!r}", expected="one of " + ", ".join(review_group.FORMS), where="address", remedy="choose one"
        )
    chosen = _chosen(state)
    made = _group(ask, chosen, on)
    headers = {"Content-Disposition": f'attachment; filename="{"-".join(chosen)}.{form}"'}
    return Response(review_group.single(made, ask.t, form), media_type=matrix_forms.MEDIA[form], headers=headers)


def _chosen(state: list[str]) -> list[str]:
    chosen = sorted({reference.state(code).iso3 for code in state if code.strip()})
    if len(chosen) > MOST:
        raise BadInput(f"{len(chosen)} States", expected="two to four", where="state", remedy="leave some out")
    return chosen


def _group(ask: Ask, chosen: list[str], on: str) -> review.Grouped:
    return review.compare(chosen, database_url=ask.database_url, who=seen_with_others(ask.who), on=on or None)


def _exported(table: Answer, words: ReviewWords) -> Table:
    headings = [str(heading) for heading in review_flat.headings(table, words)]
    return Table(
        table.id,
        words.title(table),
        tuple(Column(heading, heading) for heading in headings),
        tuple(tuple(row) for row in review_flat.rows(table, words)),
        notes=tuple(words.note(note) for note in table.notes),
    )


def _grid(table: Answer, number: int, *, everything: bool) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Each field with code, citation and remarks of each State; only those of which one State records something, or all."""
    found = []
    for row in table.rows:
        told = [str(cell or "") for cell in row[1:]]
        if everything or any(told):
            found.append((str(row[0]), [(told[3 * at], told[3 * at + 1], told[3 * at + 2]) for at in range(number)]))
    return found


def _rows(table: Answer, words: ReviewWords) -> list[list[str]]:
    kinds = [column.kind for column in table.columns]
    return [[words.cell(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in table.rows[:SHOWN]]


def _gaps(table: Answer, words: ReviewWords) -> list[tuple[str, list[str]]]:
    """The names of the fields blank in all, by section."""
    fields = {field.field: field for known in reference.templates() for field in known.fields}
    found: dict[str, list[str]] = {}
    for row in table.rows:
        section = words.name("section", fields[str(row[0])].section)
        found.setdefault(section, []).append(words.name("field", str(row[0])))
    return list(found.items())
