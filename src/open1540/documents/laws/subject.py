"""What a law is about: trade, chemicals, pathogens, nuclear energy; and the weapon classes it means throughout."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.laws.concepts import flat, said
from open1540.documents.laws.units import Unit, is_heading
from open1540.documents.provisions import WEAPONS
from open1540.documents.reading import Paragraph

# A law says what it is within its first lines; further front matter is its list of contents.
_TITLES = 4
_FIRST_ARTICLES = 3
_TRADE = frozenset({"export", "transit", "transshipment", "re-export", "brokering"})
_CONTROLLED = _TRADE | {"import"}
_BOUND = frozenset({"licence", "prohibition", "licence-regime", "applies"})
_THINGS = frozenset({"weapon", "material", "item", "delivery", "listed", "technology", "unlisted"})
_LAW_OF = {"NW": "nuclear-law", "CW": "chemical-law", "BW": "biological-law"}
_RARE = 12
# Parts and chapters of a law; what their headings name, their provisions mean.
_DIVISION = re.compile(
    r"\W*(?:(?P<word>part|partie|parte|chapter|chapitre|capítulo|title|titre|título|раздел|глава|الباب|الفصل)\b|第[一二三四五六七八九十]{1,3}(?P<sign>[编章]))",
    re.IGNORECASE,
)


class Division(NamedTuple):
    """Where a part or chapter of a law begins, the first letters it is called by, and the weapon classes it is headed by."""

    start: int
    word: str
    classes: tuple[str, ...]


class Subject(NamedTuple):
    """What a law is about.

    Attributes:
        about: kinds of law it is.
        classes: weapon classes it means where a provision names none; titled: the title itself names them.
        named: classes whose weapons, or materials under their own treaty, the law names.
        by_delivery: classes are meant only because means of delivery serve them all.
        divisions: its parts and chapters.
        foreign: it is titled after something else, such as drug precursors, and speaks of no weapon.
    """

    about: frozenset[str]
    classes: tuple[str, ...]
    titled: bool
    named: frozenset[str]
    by_delivery: bool
    foreign: bool = False
    divisions: tuple[Division, ...] = ()

    @property
    def general(self) -> bool:
        """Whether it is a code of crimes of every kind."""
        return "general-code" in self.about

    def meant(self, near: tuple[str, ...]) -> tuple[str, ...]:
        """Weapon classes a provision means, given those named near it."""
        own = tuple(weapon for weapon in near if not self.titled or weapon in self.classes)
        return own or self.classes

    def headed(self, at: int) -> tuple[str, ...]:
        """Weapon classes the headings of the parts and chapters around a place name; the innermost that names any."""
        around = dict[str, Division]()
        for one in self.divisions:
            if one.start > at:
                break
            around[one.word] = one
        named = [one for one in around.values() if one.classes]
        return max(named, key=lambda one: one.start).classes if named else ()

    def together(self, one: int, other: int, word: str) -> bool:
        """Whether two places stand in the same part or chapter, as called by the first letters of its word."""
        between = sorted((one, other))
        return not any(between[0] < part.start <= between[1] for part in self.divisions if part.word == word)

    def narrowed(self, named: frozenset[str]) -> frozenset[str]:
        """Concepts without the classes a law on one class names in passing."""
        if not self.titled:
            return named
        return named - {weapon for weapon in WEAPONS if weapon not in self.classes and f"weapon-{weapon}" not in named}

    def names(self, field: str) -> bool:
        """Whether the law names the weapon class of a field."""
        parts = field.split(".")
        if len(parts) < 3 or parts[1] not in WEAPONS:
            return True
        if self.by_delivery:
            return parts[2] == "means-of-delivery"
        return parts[1] in self.named


def of(flow: Flow, language: str, paragraphs: Sequence[Paragraph], units: Sequence[Unit], hits: Hits) -> Subject:
    """What a law is about, from its title, its first articles, its definitions and what it regulates."""
    title = _title(flow, language, paragraphs, hits)
    every = [flat(unit.own) | unit.own.aim for unit in units if not unit.annexed]
    counted = Counter(weapon for named in every for weapon in WEAPONS if weapon in named)
    named = frozenset(weapon for weapon in WEAPONS if weapon in title or any(_names(weapon, one) for one in every))
    titled = provisions.weapons(title)
    if titled and not _headed(flow, language, paragraphs, hits) <= set(titled):
        titled = ()
    delivery = sum(1 for one in every if "delivery" in one)
    common = tuple(weapon for weapon in WEAPONS if counted[weapon] * _RARE >= max(counted.values(), default=0) > 0)
    by_delivery = not titled and delivery > sum(counted.values()) // 2 and delivery > 2
    classes = titled or common or WEAPONS
    about = _about(title, units, titled or common)
    return Subject(
        about=about,
        classes=WEAPONS if by_delivery else classes,
        titled=bool(titled),
        named=named,
        by_delivery=by_delivery,
        foreign="foreign-object" in title and "weapon-law" not in about and title.isdisjoint({"NW", "BW"}),
        divisions=tuple(_divisions(flow, language, paragraphs, hits)),
    )


def _divisions(flow: Flow, language: str, paragraphs: Sequence[Paragraph], hits: Hits) -> Iterator[Division]:
    """Parts and chapters with what they are headed by, in the same line or the next."""
    for index, paragraph in enumerate(paragraphs):
        opened = _DIVISION.match(paragraph.text) if paragraph.kind == "heading" else None
        if opened is None:
            continue
        start, end = flow.paragraph_span(index)
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if after and after.kind == "heading" and not after.reason.rule.startswith("layout.article"):
            end = flow.paragraph_span(index + 1)[1]
        named = flat(said(hits.within(start, end), flow.text, end, language))
        classes = () if named.isdisjoint({"weapon", "material"}) else provisions.weapons(named)
        yield Division(start, (opened["word"] or opened["sign"])[:4].casefold(), classes)


def _names(weapon: str, named: frozenset[str]) -> bool:
    return weapon in named and not named.isdisjoint({"weapon", "for-weapons", "scheduled", "material"})


def _title(flow: Flow, language: str, paragraphs: Sequence[Paragraph], hits: Hits) -> frozenset[str]:
    """Concepts of what stands before the first article: titles and the long title, no list of contents."""
    first = next((i for i, paragraph in enumerate(paragraphs) if paragraph.kind == "article"), 0)
    shown = [*range(min(first, _TITLES))]
    found = frozenset[str]()
    for index in shown:
        start, end = flow.paragraph_span(index)
        titles = hits.within(start, end)
        found |= flat(said(titles, flow.text, end, language))
        # "A law on nuclear safety" names the class without any weapon or material.
        found |= {name for hit in titles if "class" in (named := hit.value.split()) for name in named[1:]}
    return found


def _headed(flow: Flow, language: str, paragraphs: Sequence[Paragraph], hits: Hits) -> frozenset[str]:
    """Weapon classes whose weapons or materials a heading among the articles names: several laws may stand in one text."""
    found = frozenset[str]()
    first = next((i for i, paragraph in enumerate(paragraphs) if paragraph.kind == "article"), len(paragraphs))
    for index in range(first, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.kind == "heading" or (paragraph.kind == "article" and is_heading(paragraph.text)):
            start, end = flow.paragraph_span(index)
            named = flat(said(hits.within(start, end), flow.text, end, language))
            if not named.isdisjoint({"weapon", "material"}):
                found |= {weapon for weapon in WEAPONS if weapon in named}
    return found


def _about(title: frozenset[str], units: Sequence[Unit], classes: tuple[str, ...]) -> frozenset[str]:
    first = frozenset[str]().union(*(flat(unit.own) for unit in units[:_FIRST_ARTICLES]))
    ruled = [flat(unit.named) for unit in units if not unit.annexed]
    licensed = [named for named in ruled if "licence" in named]
    trading = sum(1 for named in licensed if not named.isdisjoint(_TRADE))
    about = set[str]()
    if 4 * trading > len(licensed) > 0 or not title.isdisjoint(_TRADE):
        about.add("trade-law")
    if any(not named.isdisjoint(_CONTROLLED) and not named.isdisjoint(_BOUND) for named in ruled):
        about.add("licensed-trade")
    about |= title & {"general-code"}
    if not title.isdisjoint({"customs"}):
        about |= {"customs-law", "trade-law"}
    if any(not named.isdisjoint({"weapon", "for-weapons", "proliferation"}) for named in [title, first, *ruled]):
        about.add("weapon-law")
    about |= {_LAW_OF[weapon] for weapon in classes} if len(classes) < len(WEAPONS) else set()
    if "list" in title:
        about.add("list-law")
    return frozenset(about)
