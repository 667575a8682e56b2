"""From printed lines to blocks: which lines are one paragraph.

A printer breaks a line where the next word no longer fits. A line into which the next word would still have fitted
therefore ends its paragraph; a full line goes on unless its sentence is over and the next line is set apart.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from open1540.documents.layout.lines import Line
from open1540.documents.layout.setting import LOOSE, TIGHT, Setting, is_terminal, learn
from open1540.documents.layout.wording import LayoutWording

TITLE_LINES = 4
ADOPTION_LINES = 2
LANDMARK = 120
_NUMBER_ALONE = re.compile(r"\d{1,3}\s?[.．]|[A-Z]\.|[IVX]{1,5}\.|[•·●]")
_YEAR_LAST = re.compile(r"(?:19|20)\d\d\D{0,12}$")
# The heading of a part or chapter ends where an article begins, though no word more fitted into its line.
_HEADING = re.compile(
    r"#{1,6}\s|(?:part|chapter|title|partie|titre|chapitre|parte|título|capítulo|раздел|глава)\s[\dIVXivx]"
    r"|(?:الباب|الفصل)\s|第[一二三四五六七八九十]{1,3}[编章节]",
    re.IGNORECASE,
)
# Items of a list go on from one another by such an end, or by a letter with a point.
_CONJUNCTIONS = (" et", " ou", " and", " or", " y", " o", " u", " e", " и", " или")
_JOINED = re.compile(r"[,;]\s(?:et|ou|and|or|y|o|u|e|и|или)$")
_LETTER = re.compile(r"[a-z]{1,2}\.\s")
# A figure alone, without a point, before a sentence: "2 This Act binds the State".
_FIGURE = re.compile(r"(\d{1,3})[a-zA-Z]{0,3}\s+(?=[A-ZÀ-ÞА-Я(])")
FIGURES = 5
NEXT = 6
COUNTED = 0.8
_DASHES = ("—", "–")
_COMMAS = ",，،"
MARKER = re.compile(
    r"[•·●▪◦‣∙–—][ \t\u00a0]"
    r"|\d{1,3}\s?[.．、](?!\d)"
    r"|\d{1,3}\s?[-–](?=\s)"
    r"|[(（](?:[a-zA-Zа-яء-ي]{1,4}|[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|[a-zа-я]{1,4}\)\s|[’'‘]\d{1,2}[’'‘]|[㈠-㈩]|\d{1,2}°\s"
    r"|#{1,6}\s|\*\*\d"
)


def blocks(lines: Sequence[Line], words: LayoutWording, whole_lines: bool, printed: bool) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs, in order.

    Arguments:
        lines: without furniture.
        whole_lines: each line is a paragraph already.
        printed: the lines were read from a printed page (PDF) with its gaps and indents.
    """
    setting = learn(lines, printed)
    if whole_lines or not setting.measure:
        yield from ([line] for line in lines)
        return
    current: list[Line] = []
    figured = _is_figured(lines)
    for line in lines:
        if (
            current
            and not _goes_on(current, line, setting, words)
            and ((figured and _opens_with_figure(current[-1], line)) or _breaks(current, line, setting, words))
        ):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _goes_on(current: Sequence[Line], after: Line, setting: Setting, words: LayoutWording) -> bool:
    """Whether what was begun cannot end here: a number without its text, half a title, an article without its noun."""
    before = current[-1].text
    if len(current) == 1 and _NUMBER_ALONE.fullmatch(before):
        return True
    if len(before) > LANDMARK or after.gap > setting.gap + 1:
        return False
    if len(current) <= ADOPTION_LINES and words.search("adoption", current[0].text):
        return not _YEAR_LAST.search(before) and bool(_YEAR_LAST.search(after.text))
    if is_terminal(before):
        return False
    if words.search("unfinished", before):
        return not (_is_landmark(after.text, words) or _next_item(before, after))
    title = len(current) <= TITLE_LINES and words.search("letter_opening", current[0].text)
    return bool(title) and not words.search("letter_title", " ".join(line.text for line in current))


def _breaks(current: Sequence[Line], after: Line, setting: Setting, words: LayoutWording) -> bool:
    before = current[-1]
    if _is_landmark(before.text, words) or _is_landmark(after.text, words):
        return True
    over = is_terminal(before.text)
    if setting.ragged:
        begins = MARKER.match(after.text) or words.search("article", after.text)
        return after.gap > setting.gap or bool(begins and (over or before.text.endswith(_DASHES)))
    full = setting.is_full(before, after, TIGHT)
    if "." in after.text[1:3] and _LETTER.match(after.text) and _leads_to_item(current):
        return True
    if _next_item(before.text, after):
        return True
    if MARKER.match(after.text) and (over or not full or after.indent > before.indent):
        return True
    if over and len(after.text) < LANDMARK and _HEADING.match(after.text) and not is_terminal(after.text):
        return True
    headed = over or _HEADING.match(current[0].text)
    if headed and (after.text.startswith("#") or words.search("article", after.text)):
        return True
    if over and len(after.text) < 60 and not is_terminal(after.text) and words.search("offices", after.text):
        return True
    if not setting.is_full(before, after, LOOSE):
        return True
    return _ends_sentence(current, after, setting, full) if over else _is_set_apart(after, setting)


def _is_figured(lines: Sequence[Line]) -> bool:
    """Whether lines open with figures alone that count up, as the articles of some laws and the paragraphs of others do."""
    figures = [int(opened[1]) for line in lines if line.text[0].isdigit() and (opened := _FIGURE.match(line.text))]
    counted = sum(1 for before, after in itertools.pairwise(figures) if after == 1 or 0 < after - before <= NEXT)
    return len(figures) >= FIGURES and counted >= (len(figures) - 1) * COUNTED


def _opens_with_figure(before: Line, after: Line) -> bool:
    """Whether a line opens a numbered paragraph after a sentence that is over, or after a heading of an article."""
    return bool(_FIGURE.match(after.text)) and (is_terminal(before.text) or after.text.startswith("1 "))


def _next_item(before: str, after: Line) -> bool:
    """Whether an item follows one that ends with its conjunction."""
    if not before.endswith(_CONJUNCTIONS) or not _JOINED.search(before, max(0, len(before) - 6)):
        return False
    return bool(MARKER.match(after.text) or _LETTER.match(after.text))


def _leads_to_item(current: Sequence[Line]) -> bool:
    """Whether a letter with a point may come next: after a colon, or where the item before it ends."""
    before = current[-1].text
    if before.endswith((":", *_DASHES)):
        return True
    return bool(_LETTER.match(current[0].text)) and (is_terminal(before) or bool(_JOINED.search(before)))


def _ends_sentence(current: Sequence[Line], after: Line, setting: Setting, full: bool) -> bool:
    """Whether a paragraph ends at a long line whose sentence is over."""
    if after.torn and current[-1].text[-1] in _COMMAS and MARKER.match(current[0].text):
        # Numbered paragraphs end with a semicolon or full stop; one that stops at a comma goes on overleaf.
        return False
    apart = after.gap > setting.gap or setting.is_indented(after)
    return apart or not (full or setting.indents or setting.printed)


def _is_set_apart(after: Line, setting: Setting) -> bool:
    """Whether a line stands so far from the full, unfinished line before it that it begins something new."""
    if after.gap > setting.gap + 1:
        return True
    if after.gap > setting.gap and not (after.torn or setting.printed or after.text[0].islower()):
        return True
    # A page break leaves a blank before a line that goes on, but none of the usual empty lines above it.
    return setting.is_indented(after) and after.gap >= setting.gap


def _is_landmark(text: str, words: LayoutWording) -> bool:
    if len(text) > LANDMARK:
        return False
    return words.landmark(text) is not None
