"""Who is named: States, organisations, bodies, groups, classes, regions, places, persons, with every mention.

A mention inside a longer one counts too, as long as it names another actor: the President of the Security Council is
also a mention of the Council. Bodies are recognised by rule from the resolution that founded them.
"""

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from open1540 import reference
from open1540.documents import anaphora
from open1540.documents.flow import Flow
from open1540.documents.lexicon import Hit, Lexicon, fold
from open1540.documents.named import Named
from open1540.documents.names import NUMBER, YEAR_IN_BRACKETS, near, pattern, small, wording
from open1540.documents.reading import Actor, Mention, Reference
from open1540.vocabulary import Reason

# Expert bodies are called alike in some languages; resolution 1540's is the Group, all others are Panels.
GROUP_OF_EXPERTS = "1540"
# The words of founding stand between a body's name and the number of its resolution.
FOUNDING_REACH = 160


def find(
    flow: Flow,
    language: str,
    references: Sequence[Reference],
    speaker_of: Callable[[int], str | None] = lambda _: None,
) -> tuple[Actor, ...]:
    """All actors of a text, in order of their first mention.

    Arguments:
        references: as found before; a committee spoken of without its number is the one of the last one founded.
        speaker_of: the State whose words paragraph ``i`` is, for "my country".
    """
    text = flow.text
    bodies = [*founded(text, language)]
    numbered = [*_numbered(text, language, bodies)]
    names = [*_names(text, language, [*bodies, *numbered])]
    persons = [*_persons(text, language, names)]
    known = sorted([*bodies, *numbered, *names, *persons])
    pointing = anaphora.find(flow, language, known, references, speaker_of)
    return _actors(sorted({(n.start, n.end, n.actor): n for n in (*known, *pointing)}.values()), flow)


def founded(text: str, language: str) -> Iterator[Named]:
    """Bodies named by the resolution that founded them, such as "the Committee established pursuant to ..."."""
    for match in near(YEAR_IN_BRACKETS, pattern(language, "founding"), small(text), FOUNDING_REACH):
        actor = body_id(match["number"], match["body"], language)
        start, end = match.start(), match.end()
        if language == "zh":
            start, end = _chinese_body(match.start(), match.end(), match.start("body"), text, actor)
        yield Named(start, end, actor, f"{language}.actors.founded", 0.97)


def _chinese_body(start: int, end: int, body: int, text: str, actor: str) -> tuple[int, int]:
    """An expert body is named by its own words; a committee by the resolution in front, not by the Council's name."""
    if actor.endswith("COMMITTEE"):
        for council in ("安全理事会", "安理会"):
            if text.startswith(council, start):
                start += len(council)
        return start, end
    return body, end


def _numbered(text: str, language: str, bodies: Sequence[Named]) -> Iterator[Named]:
    starts = [body.start for body in bodies]
    for match in near(NUMBER, pattern(language, "short_body"), small(text)):
        nearest = bisect_right(starts, match.start()) - 1
        inside = nearest >= 0 and match.start() < bodies[nearest].end
        if not inside and reference.year_of(int(match["number"])):
            actor = body_id(match["number"], match["body"], language)
            yield Named(match.start(), match.end(), actor, f"{language}.actors.numbered", 0.95)


@lru_cache(maxsize=1024)
def body_id(number: str, words: str, language: str) -> str:
    """The id of a body founded or extended by resolution ``number``: ``UN.SC.1540COMMITTEE``, ``UN.SC.2140POE``."""
    number = str(reference.founding_number(int(number)))
    folded = fold(words)
    kinds = sorted(wording(language).bodies.items(), key=lambda item: -len(item[0]))
    suffix = next((kind for name, kind in kinds if fold(name) in folded), "BODY")
    if suffix in ("POE", "GOE"):
        suffix = "GOE" if number == GROUP_OF_EXPERTS else "POE"
    return f"UN.SC.{number}{suffix}"


def _names(text: str, language: str, bodies: Sequence[Named]) -> Iterator[Named]:
    """Names of the lexicon: the longest at each place, and those inside it that name others."""
    outer: list[Named] = []
    waiting = sorted(bodies, reverse=True)
    for hit in lexicon(language).find_all(text):
        while waiting and waiting[-1].start <= hit.start:
            outer.append(waiting.pop())
        around = outer = [name for name in outer if name.end > hit.start]
        if not _typed(text, hit) or (around and any(_covers(name, hit) for name in around)):
            continue
        if _not_meant(text, hit, language) or _needs_a_word_before(text, hit, language):
            continue
        named = Named(hit.start, hit.end, hit.value, f"{language}.actors.{hit.kind}", 0.95)
        outer.append(named)
        yield named


def _covers(name: Named, hit: Hit) -> bool:
    """Whether a longer mention leaves no room for this one: the same actor, or a State in the name of a place or group."""
    inside = name.start <= hit.start and hit.end <= name.end and (name.start, name.end) != (hit.start, hit.end)
    if not inside:
        return False
    geographic = len(hit.value) == 3 or hit.value.startswith(("REG:", "PLACE:"))
    return name.actor == hit.value or (geographic and not name.actor.startswith(("UN", "G7")))


def _typed(text: str, hit: Hit) -> bool:
    """Whether a name is typed as one: abbreviations in capitals, names with a capital. Chinese and Arabic have none."""
    if hit.kind == "abbreviation":
        return text[hit.start : hit.end].isupper()
    return hit.kind != "name" or not text[hit.start].islower()


def _not_meant(text: str, hit: Hit, language: str) -> bool:
    """Whether a State's name stands in a phrase that does not mean the State: Lake Chad, developing countries in Chinese."""
    phrases = misleading(language).get(hit.value)
    return phrases is not None and any(
        hit.end - hit.start == length
        and hit.start >= before
        and fold(text[hit.start - before : hit.start - before + len(phrase)]) == phrase
        for before, length, phrase in phrases
    )


def _needs_a_word_before(text: str, hit: Hit, language: str) -> bool:
    """Whether a State's name is also a common word and stands without what would make it a name."""
    if hit.value not in _commonly_meant_otherwise(language):
        return False
    wanted = _only_after(language).get(fold(text[hit.start : hit.end]))
    return wanted is not None and text[max(0, hit.start - 20) : hit.start].rpartition(" ")[0].split()[-1:] not in wanted


@cache
def _commonly_meant_otherwise(language: str) -> frozenset[str]:
    names = reference.ambiguous_names(language)
    return frozenset(reference.state(n.label).iso3 for n in names if n.only_after)


@cache
def _only_after(language: str) -> dict[str, tuple[list[str], ...]]:
    names = reference.ambiguous_names(language)
    return {fold(n.label): tuple([word] for word in n.only_after.split(";")) for n in names if n.only_after}


@cache
def misleading(language: str) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """For a State the phrases that hold its name without meaning it: where the name begins, its length, the phrase."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for name in reference.ambiguous_names(language):
        for phrase in name.not_in.split(";") if name.not_in else ():
            place = fold(phrase).find(fold(name.label))
            found[reference.state(name.label).iso3].append((place, len(name.label), fold(phrase)))
    return {state: tuple(phrases) for state, phrases in found.items()}


@cache
def lexicon(language: str) -> Lexicon:
    """All names of actors in a language; the kind says how a name must be typed."""
    return Lexicon(((label, actor, _typing(label)) for label, actor, _ in reference.actor_labels(language)), language)


def _typing(label: str) -> str:
    if label.isupper() and len(label) <= 8:
        return "abbreviation"
    return "name" if label[0].isupper() else "word"


def _persons(text: str, language: str, names: Sequence[Named]) -> Iterator[Named]:
    taken = [(n.start, n.end) for n in names if n.actor.startswith("PERSON:")]
    for match in pattern(language, "person_title").finditer(text):
        start, end = match.span("name")
        if not any(a < end and start < b for a, b in taken) and (
            language in ("zh", "ar") or match["name"][0].isupper()
        ):
            yield Named(start, end, person_id(match["name"]), f"{language}.actors.person", 0.7)


@lru_cache(maxsize=1024)
def person_id(name: str) -> str:
    """``PERSON:`` and the name in small letters with hyphens; letters of other scripts stay as they are."""
    known = _person_names().get(fold(name).strip())
    words = fold(name).replace("·", " ").replace("'", "").split()
    return known or "PERSON:" + "-".join(_plain(word) for word in words)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _person_names() -> dict[str, str]:
    labels = (label for language in reference.LANGUAGES for label in reference.actor_labels(language))
    return {fold(label): actor for label, actor, _ in labels if actor.startswith("PERSON:")}


def _actors(named: Iterable[Named], flow: Flow) -> tuple[Actor, ...]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for one in named:
        start, end = flow.raw_span(one.start, one.end)
        surface = flow.text[one.start : one.end]
        mentions[one.actor].append(Mention(surface, start, end, Reason(one.rule, surface, one.confidence)))
    return tuple(Actor(actor, reference.actor_type(actor), tuple(found)) for actor, found in mentions.items())
