"""What assistance is asked about: kinds of help, themes, weapons, languages, precise matrix fields, how many people."""

import re
from collections.abc import Callable, Iterable, Iterator

from open1540 import reference
from open1540.assistance.request_text import ASIDE, CLAUSE, SHORT, Found, Piece, RequestText
from open1540.documents.lexicon import Hit
from open1540.reference.request_parts import request_form

Find = Callable[[Piece], list[Found]]
# How far before a noun its number stands; how many rows a topic may mean and still be precise.
_NUMBER_REACH, _PRECISE = 45, 2
_NUMBER = re.compile(r"(?<![A-Za-z\d.,/-])\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|(?<![A-Za-z\d.,/-])\d{1,6}(?!\d)")
_FIELD = re.compile(r"OP\d[\w.-]*\w")


def beneficiaries(asking: RequestText) -> int | None:
    """How many people are to benefit; nothing where different numbers are named."""
    found: dict[int, tuple[int, int]] = {}
    for piece in asking.around:
        for hit in asking.hits.within(piece.start, piece.end):
            if hit.kind == "people":
                numbers = list(
                    _NUMBER.finditer(asking.text, max(piece.start, hit.start - _NUMBER_REACH), hit.start + 1)
                )
                if numbers and not CLAUSE.search(asking.text, numbers[-1].end(), hit.start):
                    found.setdefault(int(re.sub(r"\D", "", numbers[-1].group())), (numbers[-1].start(), hit.end))
    if len(found) != 1:
        return None
    ((number, span),) = found.items()
    asking.note("beneficiaries", number, *span, "people")
    return number


def subject(asking: RequestText) -> dict[str, tuple[str, ...]]:
    """Kinds of help, themes, weapons, languages and precise matrix fields, each where it was first named."""
    asked = asking.asked or [p for p in asking.pieces if not p.part and len(asking.text) <= SHORT]
    types = _all(asking, asked, asking.types) or _all(asking, asking.around, asking.types)
    known = [*asked, *asking.of("outcome")]
    themes = (
        _all(asking, known, asking.themes)
        or _all(asking, asking.around, asking.themes)
        or _all(asking, known, lambda piece: asking.themes(piece, faint=True))
    )
    told = [piece for piece in asking.pieces if piece.part not in (*ASIDE, "heading", "greeting")]
    weapons = _all(asking, told if asked else [], lambda piece: _weapons(asking, piece))
    languages = _all(asking, told, lambda piece: asking.cued(piece, "language"))
    found = {
        "types": _in_order(types, (known.id for known in reference.assistance_types())),
        "themes": _in_order(themes, (theme.id for theme in reference.themes())),
        "weapons": _in_order(weapons, ("NW", "CW", "BW")),
        "languages": _in_order(languages, (*request_form().languages, "pt")),
    }
    for part, hits in (("types", types), ("themes", themes), ("weapons", weapons), ("languages", languages)):
        for key, (start, end) in hits.items():
            asking.note(part, key, start, end, part)
    return found | {"fields": _fields(asking, asked, found)}


def _all(asking: RequestText, pieces: Iterable[Piece], find: Find) -> dict[str, tuple[int, int]]:
    """Where each id is first found outside the names of authorities."""
    found: dict[str, tuple[int, int]] = {}
    for piece in pieces:
        for key, start, end in find(piece):
            if not any(first <= start and end <= last for first, last in asking.named):
                found.setdefault(key, (start, end))
    return found


def _weapons(asking: RequestText, piece: Piece) -> list[Found]:
    return asking.cued(piece, "weapon") + asking.told_by_topics(piece, dict(request_form().topics.weapons))


def _fields(asking: RequestText, asked: Iterable[Piece], said: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The matrix fields named by their codes; where one theme is asked for, those of topics that mean one row."""
    found: dict[str, tuple[int, int]] = {}
    for piece in asked:
        for code in _FIELD.finditer(asking.text, piece.start, piece.end):
            if code.group() in reference.field_ids():
                found.setdefault(code.group(), code.span())
        for hit in asking.topics.within(piece.start, piece.end) if len(said["themes"]) == 1 else ():
            for field in _precise_fields(asking, hit, said["weapons"], said["types"]):
                found.setdefault(field, (hit.start, hit.end))
    meant = frozenset[str]().union(*(reference.theme(theme).matching() for theme in said["themes"]))
    found = {field: span for field, span in found.items() if field in asking.text or field in meant}
    for field, span in found.items():
        asking.note("fields", field, *span, "fields")
    return tuple(sorted(found))


def _precise_fields(asking: RequestText, hit: Hit, weapons: tuple[str, ...], types: tuple[str, ...]) -> Iterator[str]:
    if hit.value in request_form().topics.faint or not (weapons and types):
        return
    fields = [reference.matrix_field(field) for field in reference.fields_matching(reference.topic(hit.value).fields)]
    if not fields or len({field.row_id for field in fields}) > _PRECISE:
        return
    legal = set(types) & {"legal-advice", "legal-drafting"}
    practical = set(types) - legal
    aspects = (
        {"legal"}
        if legal and not practical
        else {"enforcement"}
        if practical and not legal
        else {"legal", "enforcement"}
    )
    yield from (field.field for field in fields if field.weapon in weapons and field.aspect in aspects)


def _in_order(found: dict[str, tuple[int, int]], order: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in order if key in found)
