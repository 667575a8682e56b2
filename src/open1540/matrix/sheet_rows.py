"""Which section a line of a printed matrix begins, what its columns hold, and which row of the template a label names."""

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import cache

from open1540 import reference
from open1540.documents.tables import Row
from open1540.matrix.sheet import RECONSTRUCTED, SINGLE, rows
from open1540.matrix.sheet_words import columns_by_word, plain
from open1540.reference import Template

# A label is taken for a known one where it is this like it, and so much more than any other row of its section.
ALIKE = 0.85
AHEAD = 0.1
# How the Committee's own copies name the parts of the matrix: by paragraphs of the resolution and classes of weapons.
_PARAGRAPHS = (
    (re.compile(r"\bOP\s*1\b"), "I"),
    (re.compile(r"\bOP\s*2\b"), "II"),
    (re.compile(r"\bOP\s*3\s*\(\s*a\s*\)"), "III"),
    (re.compile(r"\bOP\s*3\s*\(\s*c\s*\)"), "IV"),
    (re.compile(r"\bOP\s*6\b"), "V"),
)
_WEAPONS = {"NW": re.compile(r"\bNW\b|nuclear", re.I), "CW": re.compile(r"\bCW\b|chemical", re.I)}
_WEAPONS["BW"] = re.compile(r"\bBW\b|biological", re.I)


def bare(label: str) -> str:
    """A label without the mark of a reconstructed row."""
    return label.removesuffix(RECONSTRUCTED.strip()).strip()


@cache
def incidental() -> frozenset[str]:
    """Texts that stand alone in a row and mean no measure: questions of the sections, the title."""
    texts = [reference.matrix_word("title", language) for language in reference.LANGUAGES]
    for template in reference.templates():
        texts += [template.section_question(s, language) for s in template.sections for language in reference.LANGUAGES]
    return frozenset(plain(text) for text in texts)


@cache
def _titles(template_id: str) -> dict[str, str]:
    template = reference.template(template_id)
    named = [
        (section, template.section_title(section, lang))
        for section in template.sections
        for lang in reference.LANGUAGES
    ]
    return {_letters(form): section for section, title in named for form in (title, f"{section}. {title}")}


def _letters(title: str) -> str:
    """A title by its letters alone: a page may part them anywhere, and tell words of two directions in another order."""
    return "".join(sorted(plain(title).replace(" ", "")))


def section_of(line: str, template: Template) -> str | None:
    """The section a line is the title of: by the template's own titles, else by paragraphs and weapon classes."""
    known = _titles(template.id).get(_letters(line))
    if known:
        return known
    for pattern, part in _PARAGRAPHS:
        found = pattern.search(line)
        if found and found.start() < 12:
            if part in template.sections:
                return part
            classes = [weapon for weapon, word in _WEAPONS.items() if word.search(line)]
            section = f"{part}-{classes[0]}" if len(classes) == 1 else ""
            return section if section in template.sections else None
    return None


@cache
def _columns() -> dict[str, str]:
    return {name.replace(" ", ""): column for name, column in columns_by_word().items()}


def column_of(heading: str) -> str | None:
    """What a heading says its column holds, wherever its lines part it; None for a heading nobody knows."""
    return _columns().get(plain(heading).replace(" ", ""))


def keys_of(headings: Sequence[Row], template: Template, section: str | None) -> tuple[str, ...]:
    """What each column holds, by the headings above it; empty for a column nobody knows."""
    width = max(len(row.cells) for row in headings)
    words: list[list[str]] = [[] for _ in range(width)]
    for row in headings:
        last: str | None = None
        for at in range(width):
            cell = row.cells[at] if at < len(row.cells) else None
            if cell is not None and cell.strip():
                last = column_of(cell) or ""
                words[at].append(last)
            elif cell is None and last and row is headings[0]:
                # A merged heading covers the columns beside it; further down, the one above covers them.
                words[at].append(last)
    return tuple(_keys_in_turn(words, section))


def _keys_in_turn(words: Sequence[Sequence[str]], section: str | None) -> Iterator[str]:
    """Keys by the words above each column; the first of two alike speaks of laws, the second of penalties."""
    used: set[str] = set()
    for above in words:
        known = [word for word in above if word]
        own = next((word for word in reversed(known) if word not in ("legal", "enforcement")), "")
        aspect = next((word for word in known if word in ("legal", "enforcement")), "")
        if section in SINGLE:
            yield {"source": "information", "relevant-information": "information"}.get(own, own)
        elif own in ("NW", "CW", "BW", "source"):
            key = f"{own}.{aspect or ('legal' if f'{own}.legal' not in used else 'enforcement')}"
            used.add(key)
            yield key
        else:
            yield own


@cache
def _labels(section: str, template_id: str) -> dict[str, str]:
    """Row id by the plain wording of every known label of a section's rows."""
    template = reference.template(template_id)
    own = {fields[0].row_id for _, fields in rows(template, section)}
    named = [pair for language in reference.LANGUAGES for pair in reference.row_names(language)]
    return {plain(wording): row_id for wording, row_id in named if row_id in own}


def recognised(label: str, number: int | None, section: str, template_id: str) -> tuple[str | None, bool]:
    """The row a label names: by its wording; by a like one only with the row's own number and no rival."""
    known, written = _labels(section, template_id), plain(bare(label))
    if not written:
        return None, False
    if written in known:
        return known[written], True
    best: dict[str, float] = {}
    for wording, row_id in known.items():
        likeness = difflib.SequenceMatcher(None, written, wording).ratio()
        best[row_id] = max(best.get(row_id, 0.0), likeness)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    numbers = {fields[0].row_id: n for n, fields in rows(reference.template(template_id), section)}
    if ranked and ranked[0][1] >= ALIKE and numbers[ranked[0][0]] == number:
        rival = ranked[1][1] if len(ranked) > 1 else 0.0
        if ranked[0][1] - rival >= AHEAD:
            return ranked[0][0], False
    return None, False
