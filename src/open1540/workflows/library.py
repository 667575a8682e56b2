"""The documents kept, as each person is shown them: found by what they are and by their words, opened, judged, shown to others."""

import datetime as dt
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from open1540.documents.reading import Reading
from open1540.store import DocumentRow, Found, Store
from open1540.vocabulary import Claim, Judgement, NotAllowed, UnknownCode
from open1540.workflows import search
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, check, check_open, is_shown, readers_given

__all__ = ["DocumentRow", "Found"]

SORTS = ("kept", "date", "title", "symbol")
FACETS = ("kind", "language", "year", "author", "shown_to")
MOST_FOUND = 1000
_KEPT_READINGS = 8
# Each some 100 kB for a thousand documents: they share their rows.
_KEPT_LISTS = 64
# What one decision records for a hundred fields is recorded within this time.
_AT_ONCE = dt.timedelta(seconds=2)


class Asked(msgspec.Struct, frozen=True):
    """Which documents are wanted; empty parts want all.

    Attributes:
        words: in any of the six languages; year: of the document's date; author: State or body whose words it carries.
        sort: ``kept`` (latest first), ``date`` (latest first), ``title`` or ``symbol``.
    """

    words: str = ""
    kind: str = ""
    language: str = ""
    year: str = ""
    author: str = ""
    shown_to: str = ""
    sort: str = "kept"


class Library(msgspec.Struct, frozen=True):
    """The documents that fit, and for each facet how many there would be by each of its values, the other filters kept."""

    documents: tuple[DocumentRow, ...]
    facets: dict[str, dict[str, int]]


class Hit(msgspec.Struct, frozen=True):
    """A passage found.

    Attributes:
        topic: whose name in some language was found; None where the words themselves were.
        marked: where the phrase stands in the snippet; None where it cannot be told.
    """

    document: DocumentRow
    found: Found
    topic: str | None
    marked: tuple[int, int] | None


class Act(msgspec.Struct, frozen=True):
    """What a person decided at one time: the judgement, and the fields it was on; none where it was on the claim itself."""

    judgement: Judgement
    fields: tuple[str, ...]


class Hits(msgspec.Struct, frozen=True):
    """Passages found on one page of them, the topics looked for, and whether there are more."""

    hits: tuple[Hit, ...]
    topics: tuple[str, ...]
    more: bool


class Held(msgspec.Struct, frozen=True):
    """A document with what was read from it."""

    row: DocumentRow
    reading: Reading


class JudgedClaim(msgspec.Struct, frozen=True):
    """A claim with every judgement on it and on its fields, first to last.

    ``judged`` is how many there are: a judgement made from an older number is refused.
    """

    id: str
    claim: Claim
    judgements: tuple[Judgement, ...]

    @property
    def judged(self) -> int:
        """How many judgements there are."""
        return len(self.judgements)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The judgements, those made together for several fields as one."""
        made: list[Act] = []
        for one in self.judgements:
            field = one.subject.partition(":")[2]
            last = made[-1] if made else None
            if last and field and field not in last.fields and _together(last.judgement, one):
                made[-1] = Act(one, (*last.fields, field))
            else:
                made.append(Act(one, (field,) if field else ()))
        return tuple(made)

    def latest(self, field: str | None = None) -> Judgement | None:
        """The judgement that holds for the claim, or for one of its fields."""
        subjects = {self.id, f"{self.id}:{field}"} if field else None
        return next((one for one in reversed(self.judgements) if not subjects or one.subject in subjects), None)


def library(asked: Asked, *, database_url: str | None, who: Person) -> Library:
    """The documents a person is shown that fit, with facets."""
    with opened(database_url) as store:
        changes = store.changes()
    # Words narrow the passages, not the documents.
    return _library(msgspec.structs.replace(asked, words=""), database_url, changes, who.role, who.state)


@lru_cache(_KEPT_LISTS)
def _library(asked: Asked, database_url: str | None, changes: int, role: str, own: str | None) -> Library:
    who = Person("", role, own)
    shown = [row for row in _documents(database_url, changes) if is_shown(who, row.shown_to)]
    filters = {facet: wanted for facet in FACETS if (wanted := getattr(asked, facet))}
    fitting = tuple(row for row in shown if _fits(row, filters))
    facets = {facet: _counted(shown, filters, facet) for facet in FACETS}
    return Library(_sorted(fitting, asked.sort), facets)


@lru_cache(2)
def _documents(database_url: str | None, changes: int) -> list[DocumentRow]:
    with opened(database_url) as store:
        return store.documents()


def find(asked: Asked, *, database_url: str | None, who: Person, page: int = 1, size: int = 20) -> Hits:
    """One page of the passages that hold the words, in the documents that fit and the person is shown."""
    rows = {row.id: row for row in library(asked, database_url=database_url, who=who).documents}
    first = (page - 1) * size
    limit = min(first + size, MOST_FOUND)
    answer = search.search(asked.words, database_url=database_url, limit=limit, among=frozenset(rows))
    of_phrase = _topics_of_phrases(answer.topics)
    hits = tuple(
        Hit(
            rows[found.document_id],
            found,
            None if found.phrase == asked.words else of_phrase.get(found.phrase),
            _marked(found.snippet, found.phrase),
        )
        for found in answer.found[first:limit]
    )
    return Hits(hits, answer.topics, answer.more and limit < MOST_FOUND)


def document(document_id: str, *, database_url: str | None, who: Person) -> DocumentRow:
    """A document without its text. Raises UnknownCode where there is none of this id that the person is shown."""
    with opened(database_url) as store:
        return _shown(store, document_id, who)


def open_document(document_id: str, *, database_url: str | None, who: Person) -> Held:
    """A document with what was read from it. Raises UnknownCode where there is none of this id that the person is shown."""
    with opened(database_url) as store:
        row = _shown(store, document_id, who)
        return Held(row, _reading(store, document_id))


def original(document_id: str, *, database_url: str | None, who: Person) -> tuple[DocumentRow, bytes]:
    """The file itself, byte for byte."""
    with opened(database_url) as store:
        row = _shown(store, document_id, who)
        return row, store.raw(document_id)


def versions(row: DocumentRow, *, database_url: str | None, who: Person) -> tuple[DocumentRow, ...]:
    """The other documents of the same symbol that a person is shown, by language."""
    same = _of_symbols([row.symbol] if row.symbol else [], database_url, who)
    return tuple(sorted((one for one in same if one.id != row.id), key=lambda one: one.language))


def kept_under(symbols: Iterable[str], *, database_url: str | None, who: Person) -> dict[str, str]:
    """The id of the document kept under each symbol, the latest of each, as far as the person is shown it."""
    rows = _of_symbols(sorted(set(symbols)), database_url, who)
    return {row.symbol: row.id for row in reversed(rows) if row.symbol}


def aligned(left: Reading, right: Reading) -> Iterator[tuple[int | None, int | None]]:
    """Indices of the paragraphs of two language versions, side by side.

    Paragraphs of the same number in the same part stand beside each other, as far as both number them in the same order;
    those between two such pairs follow in their own order.
    """
    there = _by_number(right)
    done = 0
    waiting: list[int] = []
    for index, key in enumerate(_keys(left)):
        at = there.get(key) if key else None
        if at is None or at < done:
            waiting.append(index)
            continue
        yield from _between(waiting, range(done, at))
        yield index, at
        waiting, done = [], at + 1
    yield from _between(waiting, range(done, len(right.paragraphs)))


def claims(
    document_id: str, *, database_url: str | None, who: Person, start: int = 0, end: int | None = None
) -> tuple[JudgedClaim, ...]:
    """The claims of a document, those that begin within a part of its raw text, with all judgements on them."""
    with opened(database_url) as store:
        _shown(store, document_id, who)
        return _claims(store, document_id, start, end)


def claim(claim_id: str, *, database_url: str | None, who: Person) -> tuple[DocumentRow, JudgedClaim]:
    """A claim with all judgements on it. Raises UnknownCode where its document is not shown to the person."""
    with opened(database_url) as store:
        found = store.document_of_claim(claim_id)
        row = store.document(found) if found else None
        if row is None or not is_shown(who, row.shown_to):
            raise UnknownCode(
                f"claim {claim_id!r}",
                expected="the id of a claim of a document you are shown",
                where="claims",
                remedy="open the document for the ids of its claims",
            )
        return row, next(one for one in _claims(store, row.id) if one.id == claim_id)


def show_to(document_id: str, shown_to: str, *, database_url: str | None, who: Person) -> DocumentRow:
    """Show a document to others from now on.

    Arguments:
        shown_to: ``everyone``, ``members``, or the State it is to belong to.

    What belongs to a State is opened to others only with its consent: by its point of contact, or by the experts who
    record it. A point of contact decides on the State's own documents only. Raises NotAllowed for anybody else.
    """
    check_open(who, "upload")
    with opened(database_url) as store:
        row = _shown(store, document_id, who)
        readers = readers_given(who, shown_to)
        if row.shown_to not in ("everyone", "members"):
            check(who, "consent", row.shown_to)
        elif who.sees.own:
            raise NotAllowed(
                f"{who.sees.title}, about a document that is not the State's own",
                expected="a document that belongs to the State",
                where="who may read it",
                remedy="ask the Group of Experts",
            )
        store.show_document(document_id, readers, who.name)
        return _shown(store, document_id, who)


def _of_symbols(symbols: Sequence[str], database_url: str | None, who: Person) -> list[DocumentRow]:
    if not symbols:
        return []
    with opened(database_url) as store:
        return [row for row in store.documents_with_symbols(symbols) if is_shown(who, row.shown_to)]


def _together(first: Judgement, second: Judgement) -> bool:
    """Whether two judgements on fields of a claim came of one decision."""
    alike = (first.verdict, first.by, first.reason) == (second.verdict, second.by, second.reason)
    return alike and second.at - first.at < _AT_ONCE


def _shown(store: Store, document_id: str, who: Person) -> DocumentRow:
    row = store.document(document_id)
    # Whether a document exists that one is not shown is nobody's business.
    if row is None or not is_shown(who, row.shown_to):
        raise UnknownCode(
            f"document {document_id!r}",
            expected="the id of a document you are shown",
            where="documents",
            remedy="look for it in the library; sign in where it is for members",
        )
    return row


def _fits(row: DocumentRow, filters: Mapping[str, str]) -> bool:
    return all(_value(row, facet) == wanted for facet, wanted in filters.items())


def _value(row: DocumentRow, facet: str) -> str:
    if facet == "year":
        return (row.date or "")[:4]
    value: str | None = getattr(row, facet)
    return value or ""


def _counted(shown: Sequence[DocumentRow], filters: Mapping[str, str], facet: str) -> dict[str, int]:
    others = {name: wanted for name, wanted in filters.items() if name != facet}
    counts = Counter(_value(row, facet) for row in shown if not others or _fits(row, others))
    return {value: count for value, count in counts.most_common() if value}


def _sorted(rows: tuple[DocumentRow, ...], sort: str) -> tuple[DocumentRow, ...]:
    if sort == "date":
        # Those without a date come last.
        return tuple(sorted(rows, key=lambda row: row.date or "", reverse=True))
    if sort in ("title", "symbol"):
        return tuple(
            sorted(rows, key=lambda row: (not getattr(row, sort), (getattr(row, sort) or row.name).casefold()))
        )
    return rows


def _reading(store: Store, document_id: str) -> Reading:
    return _decoded(store.reading_packed(document_id))


@lru_cache(_KEPT_READINGS)
def _decoded(packed: bytes) -> Reading:
    """What was read; decoded once for all who turn its pages."""
    return msgspec.json.decode(zlib.decompress(packed), type=Reading)


def _claims(store: Store, document_id: str, start: int = 0, end: int | None = None) -> tuple[JudgedClaim, ...]:
    stored = [
        one for one in store.claims(document_id) if start <= one.claim.start and (end is None or one.claim.start < end)
    ]
    subjects = [subject for one in stored for subject in (one.id, *(f"{one.id}:{field}" for field in one.claim.fields))]
    judged: dict[str, list[Judgement]] = {}
    for judgement in store.judgements_on(subjects):
        judged.setdefault(judgement.subject.partition(":")[0], []).append(judgement)
    return tuple(JudgedClaim(one.id, one.claim, tuple(judged.get(one.id, ()))) for one in stored)


def _keys(reading: Reading) -> list[tuple[int | None, str] | None]:
    return [(one.annex, one.number) if one.number else None for one in reading.paragraphs]


def _by_number(reading: Reading) -> dict[tuple[int | None, str], int]:
    """Paragraphs by part and number, as far as a number stands there once."""
    keys = _keys(reading)
    counts = Counter(keys)
    return {key: index for index, key in enumerate(keys) if key and counts[key] == 1}


def _between(left: Sequence[int], right: Sequence[int]) -> Iterator[tuple[int | None, int | None]]:
    for index in range(max(len(left), len(right))):
        yield left[index] if index < len(left) else None, right[index] if index < len(right) else None


def _topics_of_phrases(topics: Sequence[str]) -> dict[str, str]:
    return dict(search.labels(topics))


@lru_cache(8192)
def _plain(letter: str) -> str:
    """A letter without case and accents, as the search compares it."""
    return "".join(c for c in unicodedata.normalize("NFKD", letter.casefold()) if not unicodedata.combining(c))


def _marked(snippet: str, phrase: str) -> tuple[int, int] | None:
    plain, places = "", []
    for place, letter in enumerate(snippet):
        folded = _plain(letter)
        plain += folded
        places += [place] * len(folded)
    wanted = "".join(_plain(letter) for letter in phrase)
    at = plain.find(wanted)
    return (places[at], places[at + len(wanted) - 1] + 1) if wanted and at >= 0 else None
