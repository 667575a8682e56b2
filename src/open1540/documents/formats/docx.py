"""Word documents: paragraphs with their numbers, tables as rows, footnotes; deletions and headers left out.

The parts are read straight from the archive with the hardened XML parser, and inflated no further than a limit.
"""

import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from open1540.documents.formats import xml
from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted text bears another name than text; moved text does not. Old programs' drawings repeat the new ones'.
_UNSEEN = frozenset(
    {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
# The largest text part any real report had is a tenth of this.
MAX_PART = 80_000_000
MAX_RATIO = 200
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Numbers of lists stay below a hundred thousand; larger ones are damage.
DIGITS = 6
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def read(data: bytes, name: str) -> RawText:
    """The text of a Word document, one paragraph a line."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = xml.parse(part(archive, "word/document.xml", name), name)
        numbering = Numbering(archive, name)
        notes = _notes(archive, name)
    lines = [line for block in blocks(body) for line in shown_lines(block, numbering)]
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise UnreadableDocument(
            "a Word document without text",
            expected="paragraphs",
            where=name,
            remedy="check that this is the right file",
        )
    if notes:
        text += "\n__________________\n" + "\n".join(notes)
    return RawText(text=text + "\n", format="docx", whole_lines=True)


def part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """The bytes of a part of the archive. Raises UnreadableDocument where it is damaged or swells beyond the limits."""
    info = archive.getinfo(part)
    packed = max(info.compress_size, 1)
    if info.file_size > MAX_PART or (info.file_size / packed > MAX_RATIO and info.file_size > 5_000_000):
        raise bomb(info.file_size, packed, name)
    try:
        with archive.open(info) as handle:
            content = handle.read(MAX_PART + 1)
    except (zipfile.BadZipFile, ValueError, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableDocument(
            f"a damaged or protected part ({error})",
            expected="a complete Word document without a password",
            where=f"{name}: {part}",
            remedy="open it in an office program and save it again",
        ) from error
    if len(content) > MAX_PART:
        raise bomb(len(content), packed, name)
    return content


def bomb(size: int, packed: int, name: str) -> UnreadableDocument:
    """The refusal of an archive that swells when it is unpacked."""
    return UnreadableDocument(
        f"a part that unpacks from {packed:,} to {size:,} bytes",
        expected=f"at most {MAX_PART:,} bytes, and {MAX_RATIO} times the packed size",
        where=name,
        remedy="do not open this file; ask its sender for another copy",
    )


def blocks(body: etree._Element) -> list[etree._Element]:
    """Paragraphs and tables that stand in no other one."""
    return [
        element
        for element in body.iter(f"{W}p", f"{W}tbl")
        if next(element.iterancestors(f"{W}tbl", f"{W}p"), None) is None
    ]


def shown_lines(block: etree._Element, numbering: "Numbering") -> list[str]:
    """The lines of a paragraph, or the rows of a table."""
    if block.tag == f"{W}tbl":
        return [_row(row, numbering) for row in block.iterfind(f"{W}tr")]
    label = numbering.label(block)
    return [f"{label} {line}".strip() if i == 0 else line for i, line in enumerate(_text(block).split("\n"))]


def _row(row: etree._Element, numbering: "Numbering") -> str:
    """A table's row; a cell's own paragraphs, and tables within it, on the same line."""
    cells = (
        " ".join(" ".join(f"{numbering.label(p)} {_text(p)}".split()) for p in cell.iter(f"{W}p"))
        for cell in row.iter(f"{W}tc")
        if next(cell.iterancestors(f"{W}tr"), None) is row
    )
    return " | ".join(cells)


def _shown(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What a reader sees: no text moved elsewhere, and one of two drawings of the same text box."""
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN:
            continue
        yield element
        waiting.extend(reversed(element))


def _text(paragraph: etree._Element) -> str:
    return typed(paragraph, " ").strip()


def typed(paragraph: etree._Element, tab: str = "\t") -> str:
    """The text of a paragraph as it was typed, with the blanks at its ends.

    Arguments:
        tab: what stands for a typed tab.
    """
    parts: list[str] = []
    for element in _shown(paragraph):
        if element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag == f"{W}tab":
            # Tab stops of the paragraph's settings bear the same name as a typed tab.
            parent = element.getparent()
            parts.append(tab if parent is not None and parent.tag == f"{W}r" else "")
        elif element.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif element.tag == f"{W}noBreakHyphen":
            parts.append("\u2011")
        elif element.tag == f"{W}p" and element is not paragraph:
            parts.append("\n")
    return "".join(parts)


def _notes(archive: zipfile.ZipFile, name: str) -> list[str]:
    if "word/footnotes.xml" not in archive.namelist():
        return []
    root = xml.parse(part(archive, "word/footnotes.xml", name), name)
    notes = []
    for note in root.iter(f"{W}footnote"):
        text = " ".join(_text(p) for p in note.iter(f"{W}p")).strip()
        if text:
            notes.append(f"{note.get(f'{W}id')} {text}")
    return notes


class Numbering:
    """Automatic numbers of lists, which a Word document keeps apart from its text."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._formats: dict[tuple[str, str], tuple[str, str]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._starts: dict[tuple[str, str], int] = {}
        self._styles: dict[str, etree._Element] = {}
        if "word/numbering.xml" in archive.namelist():
            self._load(xml.parse(part(archive, "word/numbering.xml", name), name))
        if "word/styles.xml" in archive.namelist():
            styles = xml.parse(part(archive, "word/styles.xml", name), name)
            for style in styles.iter(f"{W}style"):
                numbered = style.find(f"{W}pPr/{W}numPr")
                if numbered is not None:
                    self._styles[style.get(f"{W}styleId", "")] = numbered

    def _load(self, root: etree._Element) -> None:
        levels: dict[str, dict[str, etree._Element]] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            levels[abstract.get(f"{W}abstractNumId", "")] = {
                level.get(f"{W}ilvl", "0"): level for level in abstract.iter(f"{W}lvl")
            }
        for number in root.iter(f"{W}num"):
            for depth, level in levels.get(_value(number, "abstractNumId"), {}).items():
                key = number.get(f"{W}numId", ""), depth
                self._formats[key] = _value(level, "numFmt"), _value(level, "lvlText")
                self._starts[key] = _whole(_value(level, "start"))
            for override in number.iter(f"{W}lvlOverride"):
                if start := _value(override, "startOverride"):
                    self._starts[number.get(f"{W}numId", ""), override.get(f"{W}ilvl", "0")] = _whole(start)

    def label(self, paragraph: etree._Element) -> str:
        """The number or bullet Word would print before a paragraph."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if properties is None and style is not None:
            properties = self._styles.get(style.get(f"{W}val", ""))
        if properties is None:
            return ""
        number, level = _value(properties, "numId"), _value(properties, "ilvl") or "0"
        if number == "0":
            return ""
        kind, pattern = self._formats.get((number, level), ("bullet", ""))
        if kind in ("bullet", "none", ""):
            return "•" if kind == "bullet" else ""
        counts = self._counts[number]
        depth = _whole(level)
        counts[depth] = counts.get(depth, self._starts.get((number, level), 1) - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        for one in range(depth + 1):
            form = self._formats.get((number, str(one)), ("decimal", ""))[0]
            reached = counts.get(one, self._starts.get((number, str(one)), 1))
            pattern = pattern.replace(f"%{one + 1}", _written(reached, form))
        return pattern


def _whole(number: str) -> int:
    """A number of a list, 1 where the file gives none that a list can have."""
    return int(number) if number.isdecimal() and len(number) < DIGITS else 1


def _value(element: etree._Element, child: str) -> str:
    found = element.find(f"{W}{child}")
    return found.get(f"{W}val", "") if found is not None else ""


def _written(number: int, form: str) -> str:
    if form.endswith("Letter"):
        letter = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman.upper() if form.startswith("upper") else roman
    return str(number)
