"""What each paragraph is: title, preamble, operative, body, bullet, signature, annex, article of a law."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from open1540.documents.layout.articles import Articles
from open1540.documents.layout.lines import Line
from open1540.documents.layout.numbering import Mark, Path, bullet_length, mark_of
from open1540.documents.layout.setting import is_terminal
from open1540.documents.layout.wording import TITLES, LayoutWording
from open1540.documents.reading import ParagraphKind

_HASHES = re.compile(r"#{1,6}\s*")
_INLINE_FIRST = re.compile(r"[:,：，،]\s+1\s?[.．-]\s*\w")
_SPEECH = '“«"„'
HEADING_LENGTH = 110


class Shaped(msgspec.Struct, frozen=True):
    """A block with its kind, number, the characters in front that are no text, and the rule that decided."""

    lines: Sequence[Line]
    kind: ParagraphKind
    number: str | None
    skip: int
    annex: int | None
    rule: str


class Opened(NamedTuple):
    """An annex as it opens: its title's block, number word and whether it is nested in the one before."""

    block: int
    number: str | None
    nested: bool


class Shaper:
    """Reads blocks in order and tells what each is; what came before decides about what comes now.

    Arguments:
        words: the language's layout wording.
        law: reads the document as a national law, cut into articles; None where it is none.
    """

    def __init__(self, words: LayoutWording, law: Articles | None) -> None:
        self._words = words
        self._law = law
        self._path = Path()
        self._enacted = False
        self._operative = False
        self._title_seen = False
        self._signed = False
        self._annex_title_open = False
        self.annexes: list[Opened] = []

    def shape(self, index: int, block: Sequence[Line]) -> Shaped:
        """What the block at this place is."""
        text = " ".join(line.text for line in block) if len(block) > 1 else block[0].text
        kind, number, skip, rule = self._told(index, text)
        annex = len(self.annexes) - 1 if self.annexes else None
        return Shaped(block, kind, number, skip, annex, rule)

    def _told(self, index: int, text: str) -> tuple[ParagraphKind, str | None, int, str]:
        if self._law and not self.annexes:
            return self._law.tell(text)
        opening = self._annex(index, text)
        if opening:
            return opening
        if len(text) < 400:
            framed = self._frame(text)
            if framed:
                return framed
        return self._content(text)

    def _annex(self, index: int, text: str) -> tuple[ParagraphKind, str | None, int, str] | None:
        if self._operative and self._words.search("annex_inline", text[:40]):
            self._open_annex(index, None, nested=False)
            return "body", None, 0, "layout.annex.inline"
        if len(text) > 600:
            return None
        if not self._words.annex(text):
            return None
        alone = self._words.search("annex_alone", text)
        titled = alone or self._words.search("annex_title", text)
        if not titled:
            return None
        found = titled.groupdict()
        nested = bool(self.annexes) and found["word"].casefold() in {w.casefold() for w in self._words.nested}
        self._open_annex(index, found.get("number"), nested)
        self._annex_title_open = bool(alone)
        return "annex_title", found.get("number"), 0, "layout.annex"

    def _open_annex(self, index: int, number: str | None, nested: bool) -> None:
        self.annexes.append(Opened(index, number, nested))
        self._path, self._enacted, self._operative = Path(), False, False

    def _frame(self, text: str) -> tuple[ParagraphKind, str | None, int, str] | None:
        words = self._words
        if not (self._signed or self._annex_title_open or words.frame(text)):
            return None
        if words.search("enacting", text):
            self._enacted, self._title_seen = True, True
            return "enacting", None, 0, "layout.enacting"
        if not self._enacted and words.search("adoption", text):
            return "adoption", None, 0, "layout.adoption"
        if words.search("signed", text):
            self._signed = True
            return "signature", None, 0, "layout.signature"
        if self._signed and words.search("offices", text) and not is_terminal(text):
            return "signature", None, 0, "layout.signature.office"
        self._signed = False
        for part in TITLES:
            if not self._enacted and words.search(part, text):
                self._title_seen = True
                return "title", None, 0, f"layout.{part}"
        if self._annex_title_open and not is_terminal(text) and not bullet_length(text) and not mark_of(text):
            return "annex_title", None, 0, "layout.annex.title"
        self._annex_title_open = False
        if words.search("offices", text) and not is_terminal(text) and len(text) < 70 and self._title_seen:
            return "signature", None, 0, "layout.signature.office_first"
        return None

    def _content(self, text: str) -> tuple[ParagraphKind, str | None, int, str]:
        hashes = _HASHES.match(text)
        if hashes:
            return "heading", None, hashes.end(), "layout.heading.marked"
        if bullet_length(text):
            return "bullet", None, 0, "layout.bullet"
        mark = mark_of(text, self._path.letter)
        if mark and self._counts(mark):
            return self._numbered(mark.length, self._path.next(mark))
        return self._unnumbered(text)

    def _counts(self, mark: Mark) -> bool:
        """Whether a mark is a number here, and not a year or a list inside the preamble."""
        if mark.level == "main":
            return not self._enacted or self._path.expects(mark)
        return self._operative or not self._enacted

    def _unnumbered(self, text: str) -> tuple[ParagraphKind, str | None, int, str]:
        short = len(text) <= HEADING_LENGTH and not is_terminal(text) and not text.startswith(tuple(_SPEECH))
        if self._operative and text.endswith((":", "：")):
            return "operative", self._path.infer(), 0, "layout.operative.list"
        if self._enacted and not self._operative:
            # Some extracts lost the line break between the last recital and the first paragraph.
            self._operative = bool(_INLINE_FIRST.search(text))
            return ("heading", None, 0, "layout.heading") if short else ("preambular", None, 0, "layout.preamble")
        if short:
            kind: ParagraphKind = "heading" if self._title_seen else "title"
            self._title_seen = True
            return kind, None, 0, "layout.heading"
        self._title_seen = True
        return ("operative" if self._operative else "body"), None, 0, "layout.body"

    def _numbered(self, length: int, number: str) -> tuple[ParagraphKind, str | None, int, str]:
        if self._enacted:
            self._operative = True
            return "operative", number, length, "layout.operative"
        self._title_seen = True
        return "body", number, length, "layout.numbered"
