"""How lists and things of the reference desk are shown, with their search, choices and exports."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from fastapi import Response
from markupsafe import escape

from open1540.interfaces.http.asking import Ask
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.language import Translator
from open1540.interfaces.web.desk import Desk
from open1540.interfaces.web.pages.reference.words import kinds

desk = Desk("reference", "Reference", "/reference")
Rows = Sequence[tuple["Cell", ...]]


class Cell(msgspec.Struct, frozen=True):
    """Words of a table or of a thing's page, with where they lead."""

    text: str
    address: str | None = None
    lang: str | None = None
    unknown: bool = False

    def __html__(self) -> str:
        """As a page shows it; made here since tables hold thousands."""
        lang = f' lang="{escape(self.lang)}" dir="auto"' if self.lang else ""
        if self.address:
            return f'<a href="{escape(self.address)}"{lang}>{escape(self.text)}</a>'
        known = ' class="unknown"' if self.unknown else ""
        return f"<span{lang}{known}>{escape(self.text)}</span>"


class Choice(msgspec.Struct, frozen=True):
    """What a list can be narrowed by: name in the address, words, and (value, words) of each option."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


class Part(msgspec.Struct, frozen=True):
    """A line of a thing's page; ``together`` where its words stand in one row."""

    label: str
    cells: tuple[Cell, ...]
    together: bool = False


def show_list(
    ask: Ask,
    title: str,
    name: str,
    columns: Sequence[tuple[str, str]],
    rows: Rows,
    *,
    words: str | None = None,
    on: str | None = None,
    kind: str | None = None,
    choices: Sequence[Choice] = (),
    numbers_from: int | None = None,
    notes: Sequence[str] = (),
    template: str = "list.html",
    **context: Any,
) -> Response:
    """A list of things, with its search, its choices and its exports.

    Arguments:
        name: of the exported file; words, on: what the list was searched for, None where it cannot be.
        kind: of which the list shows a part; numbers_from: the first column of numbers.
    """
    crumbs = [(ask.t("Reference"), "/reference")] + ([(kinds(ask.t)[kind], f"/reference/{kind}")] if kind else [])
    return desk.show(
        ask,
        template,
        title=title,
        crumbs=crumbs,
        table=table_of(name, title, columns, rows, (), notes),
        columns=[heading for _, heading in columns],
        rows=rows,
        words=words,
        on=on,
        choices=choices,
        numbers_from=len(columns) if numbers_from is None else numbers_from,
        notes=notes,
        **context,
    )


def show_item(ask: Ask, title: str, kind: str, parts: Sequence[Part]) -> Response:
    """The page of one thing; parts with nothing in them are left out."""
    told = [part for part in parts if part.cells]
    return desk.show(ask, "item.html", title=title, crumbs=crumbs_to(ask.t, kind), parts=told)


def table_of(
    name: str,
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Rows,
    sources: Iterable[str],
    notes: Iterable[str] = (),
) -> Table:
    """The rows of a page as its exports want them."""
    return table(name, title, columns, ([cell.text for cell in row] for row in rows), sources=sources, notes=notes)


def crumbs_to(t: Translator, kind: str) -> list[tuple[str, str]]:
    """The way down to a thing of a kind."""
    return [(t("Reference"), "/reference"), (kinds(t)[kind], f"/reference/{kind}")]


def choice_of(name: str, label: str, options: dict[str, str], chosen: str, *, every: bool = True) -> Choice:
    """What a list can be narrowed by; with ``every``, also not at all."""
    return Choice(name, label, tuple(([("", "")] if every else []) + list(options.items())), chosen)


def by_parent(pairs: Iterable[tuple[str | None, Any]]) -> dict[str, list[Any]]:
    """Things by what they are a part of."""
    found: dict[str, list[Any]] = {}
    for parent, child in pairs:
        if parent:
            found.setdefault(parent, []).append(child)
    return found
