"""References to resolutions, documents, reports and treaties, with the paragraph they point to.

A number with a year in parentheses is how all six languages cite a resolution; the number must be one the Security
Council can have reached in that year, or a word for resolution must stand near.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from open1540 import reference
from open1540.documents import symbols
from open1540.documents.flow import Flow
from open1540.documents.lexicon import Hit, Lexicon
from open1540.documents.names import NUMBER, YEAR_IN_BRACKETS, near, pattern, small, wording
from open1540.documents.reading import Reference
from open1540.vocabulary import Reason

_NUMBERED = re.compile(r"(?<![\d/.])(?P<n>\d{1,4}),?[\s\u00a0]?[(（)][\s\u00a0]?(?P<y>\d{4})[)）(](?!\d)")
# Right-to-left extraction turns the brackets round, or puts the year first.
_MIRRORED = re.compile(r"[)）](?P<y>(?:19|20)\d\d)[(（][\s\u00a0]?(?P<n>\d{3,4})(?!\d)")
# Session and number (46/182); until 1976 a number with the session in Roman figures (2758 (XXVI)).
_ASSEMBLY = re.compile(
    r"(?<![\d/])(?:\d{2,3}/\d{1,3}(?![\d/])|(?P<early>\d{3,4}) \((?P<roman>[IVXLC]+(?:-[IVXLC]+)?)\))"
)
# What each of them must hold.
_SLASH = re.compile("/")
_SESSION = re.compile(r"\d/\d|\([IVXLC]")
_NEAR = 90
_LETTERS = r"(?: ?(?:[(（][a-zа-яء-ي][)）]|[a-zа-я]\)))+"
_PIN = re.compile(
    rf"(?P<to>[–-]|\bto\b|\bà\b|\ba\b(?!\))|至|到|إلى)|(?P<n>\d{{1,3}})?(?P<letters>{_LETTERS})|(?P<whole>\d{{1,3}})"
)
# Sub-paragraphs are lettered a, b, c in all languages but Arabic; Russian types some of these letters as its own.
_AS_LATIN = str.maketrans("أابجدهасе", "aabcdeace")
_SUB = re.compile(r"([^\W\d])»?[)）]")
_NUMBERS = re.compile(r"\d{3,4}")


def find(flow: Flow, language: str, skip: Iterable[tuple[int, int]] = ()) -> tuple[Reference, ...]:
    """All references of a text, in order.

    Arguments:
        skip: flow spans that name the document itself, such as a resolution's own title.
    """
    text = flow.text
    found = [*_resolutions(text, language), *_documents(text), *_assembly(text, language)]
    found = [item for item in found if not any(a <= item.start < b for a, b in skip)]
    named = sorted(found, key=lambda item: item.start)
    others = [
        *_anaphora(text, language, named),
        *_alone(text, language, named),
        *_named_treaties(text, language),
        *_reports(text, language),
    ]
    everything = _without_overlap(sorted([*named, *others], key=lambda item: (item.start, -item.end)))
    return tuple(_placed(item, flow) for item in everything)


def _resolutions(text: str, language: str) -> Iterator[Reference]:
    for match in near(YEAR_IN_BRACKETS, _NUMBERED, text, 6):
        found = _resolution(match, text, language, "number-and-year")
        if found:
            yield found
    if language == "ar":
        for match in near(YEAR_IN_BRACKETS, _MIRRORED, text):
            found = _resolution(match, text, language, "mirrored")
            if found:
                yield found


def _resolution(match: re.Match[str], text: str, language: str, rule: str) -> Reference | None:
    number, year = int(match["n"]), int(match["y"])
    plausible = reference.plausible_year(number, year)
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if not plausible and not _speaks_of_resolutions(before, text[match.end() : match.end() + 12], language):
        return None
    if any(organ in before[-50:] for organ in wording(language).other_organs) and not plausible:
        return None
    start, end = _whole(match, text, language)
    note = None if plausible else f"the Security Council adopted no resolution {number} in {year}"
    confidence = 0.99 if plausible else 0.5
    return Reference(
        "resolution",
        f"S/RES/{number}({year})",
        _pinpoint(text, start, end, language),
        text[start:end],
        start,
        end,
        Reason(f"{language}.references.{rule}", match.group(), confidence),
        note,
    )


def _alone(text: str, language: str, named: Sequence[Reference]) -> Iterator[Reference]:
    """Resolutions of the Council cited by their number alone.

    Such a number takes up a resolution cited in full before, or else one whose year the facts tell.
    """
    cited: dict[str, Reference] = {}
    for item in reversed(named):
        if item.type == "resolution":
            cited[(item.symbol or "").partition("(")[0]] = item
    for match in near(NUMBER, pattern(language, "resolution_alone"), small(text), 30):
        if any(organ in text[max(0, match.start() - 50) : match.start()] for organ in wording(language).other_organs):
            continue
        for one in _NUMBERS.finditer(text, *match.span("numbers")):
            number, before = int(one[0]), cited.get(f"S/RES/{int(one[0])}")
            taken_up = before is not None and before.start < one.start()
            year = reference.year_of(number)
            symbol = before.symbol if before and taken_up else f"S/RES/{number}({year})" if year else None
            if symbol:
                reason = Reason(f"{language}.references.number-alone", match.group(), 0.8)
                pinpoint = _pinpoint(text, one.start(), one.end(), language)
                kind = "resolution_anaphora" if taken_up else "resolution"
                yield Reference(kind, symbol, pinpoint, one[0], one.start(), one.end(), reason)  # type: ignore[arg-type]


def _speaks_of_resolutions(before: str, after: str, language: str) -> bool:
    words = wording(language).resolution_words
    around = after if language == "zh" else before[-40:].lower()
    return any(word.lower() in around for word in words)


def _whole(match: re.Match[str], text: str, language: str) -> tuple[int, int]:
    """In Chinese the ordinal sign and the head noun belong to the reference."""
    start, end = match.start(), match.end()
    if language != "zh":
        return start, end
    if text[max(0, start - 2) : start].rstrip().endswith("第"):
        start = text.rindex("第", 0, start)
    for head in ("号决议", "号", "决议"):
        if text.startswith(head, end):
            return start, end + len(head)
    return start, end


def _pinpoint(text: str, start: int, end: int, language: str) -> str | None:
    before = pattern(language, "pinpoint_before").search(small(text[max(0, start - _NEAR) : start]))
    after = before or pattern(language, "pinpoint_after").match(small(text[end : end + _NEAR]))
    return _pins(after["pin"], after.groupdict().get("sub")) if after else None


def _pins(written: str, letter: str | None) -> str:
    """Paragraphs in normal form: ``3(c),3(d)`` for "3 (c) and (d)", ``2-5`` for "2 to 5", ``3(d)`` for "d) of 3"."""
    if letter:
        return ",".join(f"{written.strip()}({one})".translate(_AS_LATIN) for one in _SUB.findall(letter))
    number, pins = "", list[str]()
    reaching = False
    for part in _PIN.finditer(written):
        if part["to"]:
            reaching = bool(pins)
            continue
        number = part["whole"] or part["n"] or number
        letters = "".join(f"({one})" for one in re.findall(r"[^\W\d]", part["letters"] or ""))
        pin = number + letters.translate(_AS_LATIN)
        if reaching:
            pins[-1] += f"-{pin}"
        else:
            pins.append(pin)
        reaching = False
    return ",".join(pins)


def _documents(text: str) -> Iterator[Reference]:
    for match in near(_SLASH, symbols.SYMBOL, text, 24):
        found = symbols.matched(match)
        if found:
            symbol, end = found
            kind = "resolution" if symbol.startswith("S/RES/") else "document"
            reason = Reason("references.symbol", match["symbol"], 0.99)
            yield Reference(kind, symbol, None, text[match.start() : end], match.start(), end, reason)  # type: ignore[arg-type]


def _assembly(text: str, language: str) -> Iterator[Reference]:
    """Resolutions of the General Assembly: session and number after a word for resolution."""
    for match in near(_SESSION, _ASSEMBLY, text, 6):
        before, after = (
            text[max(0, match.start() - _NEAR) : match.start()],
            text[match.end() : match.end() + 6],
        )
        if not _speaks_of_resolutions(before, after, language):
            continue
        session = match["roman"]
        symbol = f"A/RES/{match['early']}({session})" if session else f"A/RES/{match.group()}"
        reason = Reason(f"{language}.references.assembly", match.group(), 0.9)
        yield Reference("document", symbol, None, match.group(), match.start(), match.end(), reason)


def _anaphora(text: str, language: str, named: list[Reference]) -> Iterator[Reference]:
    """Words such as "that resolution", which mean the last one named."""
    resolutions = [item for item in named if item.type == "resolution"]
    starts = [item.start for item in resolutions]
    for hit in _pointing_words(language).find(text):
        following = bisect_left(starts, hit.start)
        named_next = following < len(starts) and starts[following] <= hit.end + 12
        if following and not named_next and not text[hit.end : hit.end + 8].strip()[:1].isdigit():
            surface = text[hit.start : hit.end]
            reason = Reason(f"{language}.references.anaphora", surface, 0.85)
            meant = resolutions[following - 1].symbol
            pinpoint = _pinpoint(text, hit.start, hit.end, language)
            yield Reference("resolution_anaphora", meant, pinpoint, surface, hit.start, hit.end, reason)


def _named_treaties(text: str, language: str) -> Iterator[Reference]:
    for hit in _treaty_words(language).find(text):
        kind = "treaty_class" if hit.kind == "class" else "treaty"
        symbol = None if hit.kind == "class" else hit.value
        reason = Reason(f"{language}.references.{kind}", text[hit.start : hit.end], 0.9)
        yield Reference(kind, symbol, None, text[hit.start : hit.end], hit.start, hit.end, reason)  # type: ignore[arg-type]


def _reports(text: str, language: str) -> Iterator[Reference]:
    """A report of a named expert body that is cited without its symbol."""
    for hit in _expert_bodies(language).find(text):
        span = _report_span(text, hit, language)
        if span and not symbols.SYMBOL.search(text, span[1], min(len(text), span[1] + 25)):
            reason = Reason(f"{language}.references.report", text[span[0] : span[1]], 0.8)
            yield Reference("report_unnumbered", None, None, text[span[0] : span[1]], *span, reason)


def _report_span(text: str, hit: Hit, language: str) -> tuple[int, int] | None:
    after = pattern(language, "report_after").match(small(text[hit.end : hit.end + 30]))
    if after and after.group():
        return hit.start, hit.end + after.end()
    before = pattern(language, "report_of").search(small(text[max(0, hit.start - 30) : hit.start]))
    return (hit.start - (min(hit.start, 30) - before.start()), hit.end) if before and before.group() else None


def _without_overlap(items: list[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for item in items:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _placed(item: Reference, flow: Flow) -> Reference:
    start, end = flow.raw_span(item.start, item.end)
    return Reference(item.type, item.symbol, item.pinpoint, item.surface, start, end, item.reason, item.note)


@cache
def _pointing_words(language: str) -> Lexicon:
    return Lexicon(((word, word, "anaphora") for word in wording(language).resolution_anaphora), language)


@cache
def _treaty_words(language: str) -> Lexicon:
    classes = [(word, word, "class") for word in wording(language).treaty_classes]
    treaties = [label for label in reference.instrument_labels(language) if label[1] != "BEIJING_CONVENTION_2010"]
    return Lexicon([*classes, *treaties], language)


@cache
def _expert_bodies(language: str) -> Lexicon:
    words = wording(language)
    panels = words.panels or words.groups
    return Lexicon(((word, word, "body") for word in panels), language)
