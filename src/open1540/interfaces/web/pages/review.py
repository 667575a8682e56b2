"""The comprehensive review: asked for, seen table by table with its charts, downloaded; priorities by one's own weights; regions."""

from collections.abc import Callable, Sequence
from threading import Lock

from cachetools import LRUCache
from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.reviewing import Asked, Several, Wanted, Wanting
from open1540.interfaces.http.safety import DRAWING
from open1540.interfaces.http.tables import Column, Table, Value
from open1540.interfaces.reports import (
    review_charts,
    review_files,
    review_flat,
    review_group,
    review_map,
    review_report,
)
from open1540.interfaces.reports.archives import packed
from open1540.interfaces.reports.review_words import CODED, NUMBERS, Words
from open1540.interfaces.web.desk import Desk
from open1540.review import Table as Answer
from open1540.review import checked, regions
from open1540.vocabulary import UnknownCode
from open1540.workflows import review
from open1540.workflows.permissions import seen_with_others

desk = Desk("review", "Review", "/review")
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PACKS = {"pdf": "application/pdf", "docx": _WORD, "xlsx": _BOOK, "csv": "text/csv; charset=utf-8"}
ARCHIVE = "review.zip"
FILES = {
    "review.pdf": "application/pdf",
    "review.xlsx": _BOOK,
    review_files.MANIFEST: "application/json",
    ARCHIVE: "application/zip",
}


_drawings: LRUCache[object, bytes] = LRUCache(200)
_folders: LRUCache[object, dict[str, bytes]] = LRUCache(4)
_one_at_a_time = Lock()


@desk.page("/review", "read")
def index(ask: Asking, wanted: Wanting) -> Response:
    """The questions of the review, each leading to its answer, and the form to ask anew."""
    made = wanted.made
    chapters: dict[str, list[Answer]] = {}
    for table in made.tables:
        chapters.setdefault(table.chapter, []).append(table)
    return desk.show(
        ask,
        "index.html",
        title=ask.t("Review"),
        wanted=wanted,
        made=made,
        words=wanted.words,
        chapters=chapters,
        regions=sorted(_regions(ask)),
        templates=reference.templates(),
        caveats=list(review_report.caveats(wanted.words)),
        highlights=list(review_report.glance(made, wanted.words)),
    )


@desk.page("/review/tables/{table}", "read", table=True)
def one_table(ask: Asking, wanted: Wanting, table: str) -> Response:
    """One answer of the review: its chart, its rows, how the figures came about."""
    found = wanted.table(table)
    ids = [one.id for one in wanted.made.tables]
    at = ids.index(found.id)
    return desk.show(
        ask,
        "table.html",
        title=wanted.words.title(found),
        crumbs=[(ask.t("Review"), f"/review{wanted.query}")],
        table=shown(found, wanted.words),
        wanted=wanted,
        words=wanted.words,
        answer=found,
        numbers=NUMBERS,
        chart=found.id in review_charts.CHARTS,
        before=wanted.made.tables[at - 1] if at else None,
        after=wanted.made.tables[at + 1] if at + 1 < len(ids) else None,
    )


@desk.answers("/review/charts/{name}.svg", "read")
def chart(ask: Asking, wanted: Wanting, name: str) -> Response:
    """The chart of a table."""
    found = wanted.table(name)
    return _drawn(wanted, name, lambda: review_charts.as_svg(_spec(found, wanted)))


@desk.answers("/review/maps/{name}.svg", "read")
def world(ask: Asking, wanted: Wanting, name: str) -> Response:
    """The map of an instrument or a field."""
    layer = next((layer for layer in wanted.made.layers if layer.id == name), None)
    if layer is None:
        raise UnknownCode(
            f"map {name!r}", expected="a map of this review", where="review", remedy="add &map= to its address"
        )
    return _drawn(wanted, f"map {name}", lambda: review_map.as_svg(review_map.spec(layer, wanted.words)))


@desk.page("/review/priorities", "read")
def priorities(ask: Asking, wanted: Wanting) -> Response:
    """Fields and themes in an order by weights one may move, with every component and how stable the order is."""
    return desk.show(
        ask,
        "priorities.html",
        title=ask.t("Where to strengthen"),
        crumbs=[(ask.t("Review"), "/review")],
        wanted=wanted,
        words=wanted.words,
        weights=checked(wanted.weights),
        definitions=dict(
            zip(*(wanted.table("priority-weights").column(c) for c in ("component", "definition")), strict=True)
        ),
        tables=[wanted.table(one) for one in ("priority-of-themes", "sensitivity-of-themes", "priority-of-fields")],
        numbers=NUMBERS,
    )


@desk.page("/review/region", "read")
def region(ask: Asking, region: Several = [], states: Asked = "", on: Asked = "") -> Response:  # noqa: B006
    """The matrices of a region's States together: shared gaps, practice to exchange, requests."""
    made = _group(ask, region, states, on) if any(region) or states else None
    words = Words(ask.t, reference.template(made.asked.template), made.asked.on) if made else None
    return desk.show(
        ask,
        "region.html",
        title=ask.t("A region together"),
        crumbs=[(ask.t("Review"), "/review")],
        made=made,
        words=words,
        regions=sorted(_regions(ask)),
        chosen=region,
        states=states,
        on=on,
        numbers=NUMBERS,
    )


@desk.answers("/review/region/pack.{form}", "read")
def region_pack(ask: Asking, form: str, region: Several = [], states: Asked = "", on: Asked = "") -> Response:  # noqa: B006
    """The same as a document, a workbook or tables."""
    if form not in PACKS:
        raise UnknownCode(f"form {form!r}", expected="one of " + ", ".join(PACKS), where="address", remedy="choose one")
    made = _group(ask, region, states, on)
    return _download(review_group.single(made, ask.t, form), f"region.{form}", PACKS[form])


@desk.answers("/review/files/{name}", "read")
def files(ask: Asking, wanted: Wanting, name: str) -> Response:
    """The report, the workbook, the manifest, or everything as one archive."""
    if name not in FILES:
        raise UnknownCode(
            f"file {name!r}", expected="one of " + ", ".join(FILES), where="review", remedy="choose one of these"
        )
    key = wanted.key, ask.language
    with _one_at_a_time:
        if key not in _folders:
            every = review_files.files(wanted.made, ask.t)
            _folders[key] = {one: every[one] for one in FILES if one in every} | {ARCHIVE: packed(every)}
        content = _folders[key][name]
    return _download(content, name, FILES[name])


def shown(table: Answer, words: Words) -> Table:
    """An answer as the table a page exports: ids with their names beside them."""
    keys: list[str] = []
    for column in table.columns:
        key = f"{column.state} {column.heading}".strip() if column.state else column.name
        keys += [key, f"{key} name"] if column.kind in CODED else [key]
    headings = review_flat.headings(table, words)
    rows: tuple[tuple[Value, ...], ...] = tuple(tuple(row) for row in review_flat.rows(table, words))
    return Table(
        table.id,
        words.title(table),
        tuple(Column(key.replace(" ", "_"), str(heading)) for key, heading in zip(keys, headings, strict=True)),
        rows,
        notes=tuple(words.note(note) for note in table.notes),
    )


def _spec(table: Answer, wanted: Wanted) -> review_charts.Spec:
    found = review_charts.specs(wanted.made.tables, wanted.words).get(table.id)
    if found is None:
        raise UnknownCode(
            f"chart {table.id!r}", expected="a table with a chart", where="review", remedy="see its table"
        )
    return found


def _drawn(wanted: Wanted, name: str, draw: Callable[[], str]) -> Response:
    key = wanted.key, wanted.ask.language, name
    with _one_at_a_time:
        if key not in _drawings:
            _drawings[key] = draw().encode()
        content = _drawings[key]
    headers = {"Content-Security-Policy": DRAWING, "Cache-Control": "private, no-cache"}
    return Response(content, media_type="image/svg+xml", headers=headers)


def _group(ask: Ask, chosen: Sequence[str], states: str, on: str) -> review.Grouped:
    return review.region(
        database_url=ask.database_url,
        who=seen_with_others(ask.who),
        regions=[name for name in chosen if name],
        states=[code.strip() for code in states.split(",") if code.strip()],
        on=on or None,
    )


def _regions(ask: Ask) -> list[tuple[str, str]]:
    members = [state.iso3 for state in reference.states() if state.un_status == "member"]
    return [(ask.t(one.name), one.name) for one in regions(members)]


def _download(content: bytes, name: str, media: str) -> Response:
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
