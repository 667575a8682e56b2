"""Offers and activities in from tables kept elsewhere, shown before anything is kept, and out to files for others."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

import msgspec

from open1540.assistance import exchange, exchange_files
from open1540.assistance.exchange import Heads, ReadRow, Record
from open1540.assistance.exchange_iati import as_iati
from open1540.assistance.records import Activity, Kept, Offer
from open1540.documents.tables import Tables, read_tables
from open1540.reference import LANGUAGES
from open1540.reference.offer_columns import Exchanged
from open1540.store import Store
from open1540.vocabulary import BadInput, UnknownCode
from open1540.workflows import assistance_offers
from open1540.workflows.assistance_requests import today
from open1540.workflows.database import opened
from open1540.workflows.matrix import now_utc
from open1540.workflows.permissions import Person, check_open
from open1540.workflows.reading import load

Form = Literal["csv", "xlsx", "json", "xml"]
FORMS: tuple[Form, ...] = get_args(Form)
_KINDS: dict[Exchanged, type[Offer] | type[Activity]] = {"offer": Offer, "activity": Activity}
_SHOWN = 5


class Preview(msgspec.Struct, frozen=True):
    """What a file would bring; nothing of it is kept.

    Attributes:
        heads: the headings and what they were guessed to mean; mapping: what was read by, the guess or as corrected.
        rows: each as a record or with its problems.
        known: by number of the row, what says the same already: the id of a record that is kept, or a row above such as ``row 2``.
    """

    file: str
    kind: Exchanged
    heads: Heads
    mapping: dict[int, str]
    rows: tuple[ReadRow, ...]
    known: dict[int, str]

    @property
    def sound(self) -> tuple[int, ...]:
        """Numbers of the rows that may be kept and are not on record yet."""
        return tuple(row.number for row in self.rows if row.record and row.number not in self.known)


def file_headings(data: bytes, name: str, kind: Exchanged, *, who: Person, table: int | None = None) -> Heads:
    """The headings of a table and what they are taken for, to be corrected before a preview. Raises as ``preview`` does."""
    check_open(who, kind)
    return exchange.heads(_tables(data, name), kind, table)


def preview(
    data: bytes,
    name: str,
    kind: Exchanged,
    *,
    database_url: str | None,
    who: Person,
    mapping: Mapping[int, str] | None = None,
    table: int | None = None,
    provider: str = "",
) -> Preview:
    """What a CSV or XLSX file would bring.

    Arguments:
        mapping: ids of columns by number of the column in the file, from 1; what is guessed from the headings when left out.
        table: number of the sheet; the one with most headings known when left out.
        provider: whose offers these are, where the file does not say.

    Raises UnreadableDocument for a file that is hostile, damaged or none of these, BadInput and UnknownCode for a mapping that cannot be,
    NotAllowed for who may not offer.
    """
    check_open(who, kind)
    tables = _tables(data, name)
    heads = exchange.heads(tables, kind, table)
    chosen = dict(heads.mapping if mapping is None else mapping)
    rows = exchange.read_rows(tables, kind, heads, chosen, provider)
    with opened(database_url) as store:
        known = _known(store, kind, rows)
    return Preview(name, kind, heads, chosen, rows, known)


def preview_file(
    path: Path,
    kind: Exchanged,
    *,
    database_url: str | None,
    who: Person,
    mapping: Mapping[int, str] | None = None,
    table: int | None = None,
    provider: str = "",
) -> Preview:
    """What a file on disk would bring, as ``preview``."""
    return preview(
        load(path), path.name, kind, database_url=database_url, who=who, mapping=mapping, table=table, provider=provider
    )


def keep_rows(
    shown: Preview, chosen: Iterable[int], *, database_url: str | None, who: Person, note: str = ""
) -> tuple[Record, ...]:
    """Keep the rows chosen from a preview as new records, all or none.

    Arguments:
        chosen: numbers of rows as the preview shows them.

    Raises BadInput where none is chosen, a row has a problem, or one is on record already; UnknownCode for a row the file does not have.
    """
    check_open(who, shown.kind)
    records = [_chosen(shown, number) for number in dict.fromkeys(chosen)]
    if not records:
        raise BadInput(
            "no row",
            expected="the numbers of the rows to keep",
            where=shown.file,
            remedy="choose some, such as " + (", ".join(map(str, shown.sound[:_SHOWN])) or "none: mend the file first"),
        )
    why = note.strip() or f"from {shown.file}"
    written = [msgspec.structs.replace(record, by=who.name, at=now_utc(), note=why) for record in records]
    with opened(database_url) as store:
        return tuple(store.add_records(written))


def exported(
    kind: Exchanged,
    form: Form,
    *,
    database_url: str | None,
    who: Person,
    asked: assistance_offers.Asked = assistance_offers.Asked(),  # noqa: B008 - a frozen value
    language: str = "en",
    at: dt.datetime | None = None,
) -> bytes:
    """Offers or activities as a file, as the person is shown them.

    Arguments:
        asked: which ones; language: of headings and names; at: the moment of writing, in UTC, now when left out.

    CSV and XLSX read back the same; XML is a subset of the IATI Activity Standard. Raises UnknownCode for a language or form there is
    none of, BadInput where there is nothing to write.
    """
    _check(form, FORMS, "form")
    _check(language, LANGUAGES, "language")
    records: Sequence[Record]
    if kind == "offer":
        records = assistance_offers.offers(database_url=database_url, who=who, asked=asked)
    else:
        records = assistance_offers.activities(database_url=database_url, who=who, asked=asked)
    match form:
        case "csv":
            return exchange_files.as_csv(records, kind, language)
        case "xlsx":
            return exchange_files.as_xlsx(records, kind, language)
        case "json":
            return exchange_files.as_json(records, kind, today())
        case "xml":
            return as_iati(records, language, at or now_utc())


def _tables(data: bytes, name: str) -> Tables:
    found = read_tables(data, name)
    if found.format not in ("csv", "xlsx"):
        raise BadInput(
            f"a table in a {found.format.upper()} file",
            expected="CSV in UTF-8, or XLSX",
            where=name,
            remedy="copy the table into a workbook and save it as XLSX",
        )
    return found


def _known(store: Store, kind: Exchanged, rows: Iterable[ReadRow]) -> dict[int, str]:
    said = {_says(one): one.id for one in store.records(_KINDS[kind])}
    found = {}
    for row in rows:
        if row.record:
            first = said.setdefault(_says(row.record), f"row {row.number}")
            if first != f"row {row.number}":
                found[row.number] = first
    return found


def _says(record: Record) -> Record:
    """All a record says, without what the store adds."""
    return msgspec.structs.replace(record, **msgspec.structs.asdict(Kept()))


def _chosen(shown: Preview, number: int) -> Record:
    row = next((row for row in shown.rows if row.number == number), None)
    if row is None:
        raise UnknownCode(
            f"row {number}",
            expected="one of " + ", ".join(str(row.number) for row in shown.rows[:_SHOWN]) + " ...",
            where=shown.file,
            remedy="choose a row the preview shows",
        )
    if row.record is None:
        problem = row.problems[0]
        raise BadInput(problem.found, expected=problem.expected, where=problem.where, remedy=problem.remedy)
    if number in shown.known:
        raise BadInput(
            f"row {number}, which says what {shown.known[number]} says",
            expected="rows that are not on record yet",
            where=shown.file,
            remedy="leave the row out, or change the record that is kept",
        )
    return row.record


def _check(given: str, known: Sequence[str], what: str) -> None:
    if given not in known:
        raise UnknownCode(
            f"{what} {given!r}", expected="one of " + ", ".join(known), where=what, remedy="choose one of these"
        )
