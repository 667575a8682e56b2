"""What belongs to the page and not to the text: masthead, running heads, page and job numbers.

The masthead is read as an unordered set of cues in the first lines, because every way of extracting text from a page
puts its parts in another order.
"""

import re
from collections.abc import Sequence

from open1540.documents.layout.lines import Line
from open1540.documents.layout.wording import LayoutWording
from open1540.documents.lexicon import fold
from open1540.documents.reading import FurnitureKind

MAST_LINES = 18
SYMBOL_LINE = re.compile(r"(?:(?:A|S|E|ST|GOV|GC)/[A-Z0-9./()\- ]*\d[A-Za-z0-9./()\- ]*\*?)", re.IGNORECASE)
_DATE_LINE = re.compile(r"\d{1,2}(?:er)?(?: de)? [^\W\d]+(?: de)? (?:19|20)\d\d", re.IGNORECASE)
_KINDS: tuple[tuple[FurnitureKind, re.Pattern[str]], ...] = (
    (
        "job_number",
        re.compile(r"(?:\d{2}-\d{5}(?: ?\([ACEFRS]\))?)(?:[ \t]+\d{1,3}/\d{1,3})?(?:[ \t]+\d{6}){0,2}"),
    ),
    (
        "job_number",
        re.compile(r"\d{2}-\d{5}\d{1,3}/\d{1,3}|\d{1,3}/\d{1,3}[ \t]+\d{2}-\d{5}(?: ?\([ACEFRS]\))?"),
    ),
    ("job_number", re.compile(r"\d{2}-\d{5} \d{4}[a-z] \([ACEFRS]\)")),
    (
        "page_number",
        re.compile(r"\d{1,3}/\d{1,3}|(?:Page|page) \d{1,3}|- ?\d{1,3} ?-|\d{1,3} _\w+_|_[\w ]+_ \d{1,3}"),
    ),
    ("barcode", re.compile(r"\*\d{6,9}\*|\d{6}(?: \d{6}){0,2}")),
    (
        "recycle",
        re.compile(
            r"Please recycle.*|Merci de recycler.*|Se ruega reciclar.*|请回收.*|Просьба отправить на вторичную.*"
        ),
    ),
    ("rule", re.compile(r"_{5,}|-{5,}|\*{3,}|<!--.*-->")),
)
_WIDE_BLANK = re.compile(r"[ \u00a0]{3,}|\t+")
_CANDIDATE = re.compile(r"[\d*_P\-ASEGM<SП请p]")


def furniture(lines: Sequence[Line], words: LayoutWording) -> dict[int, FurnitureKind]:
    """Index of each furniture line with its kind."""
    found: dict[int, FurnitureKind] = {}
    symbols = _own_symbols(lines)
    for index, line in enumerate(lines):
        kind = _of_page(line.text, symbols, index)
        if kind:
            found[index] = kind
    for index in range(min(MAST_LINES, len(lines))):
        if (index in found and found[index] == "running_head") or _of_masthead(lines[index].text, words):
            found[index] = "masthead"
        elif index not in found:
            break
    return found


def _own_symbols(lines: Sequence[Line]) -> frozenset[str]:
    """Symbols that stand alone on a line: every page bears its document's. A note that names one ends in a stop."""
    return frozenset(
        line.text
        for line in lines
        if len(line.text) < 40 and SYMBOL_LINE.fullmatch(line.text) and not line.text.endswith(".")
    )


def _of_page(text: str, symbols: frozenset[str], index: int) -> FurnitureKind | None:
    if len(text) > 90 or not _CANDIDATE.match(text):
        return None
    if text in symbols:
        return "running_head"
    if text.isdigit() and len(text) < 6:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), None)


def cells(text: str) -> list[tuple[int, int]]:
    """Places of what stands side by side on a line, set apart by wide blanks as in a printed masthead."""
    gaps = [gap.span() for gap in _WIDE_BLANK.finditer(text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    return list(zip(starts, ends, strict=True))


def _of_masthead(text: str, words: LayoutWording) -> bool:
    return all(_is_mast_cell(text[start:end], words) for start, end in cells(text))


def _is_mast_cell(text: str, words: LayoutWording) -> bool:
    if len(text) > 80:
        return False
    folded = fold(text).replace("\u0640", "")
    return (
        folded in words.mast_lines
        or folded.startswith(words.mast_openings)
        or bool(_DATE_LINE.fullmatch(text))
        or bool(SYMBOL_LINE.fullmatch(text))
    )
