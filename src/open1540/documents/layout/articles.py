"""What each paragraph of a national law is: heading, article with its number, paragraph of an article, list annexed."""

import itertools
import re
from collections.abc import Iterable, Sequence

from open1540.documents.layout.numbering import mark_of
from open1540.documents.layout.setting import is_terminal
from open1540.documents.layout.wording import LayoutWording
from open1540.documents.reading import Paragraph, ParagraphKind

Told = tuple[ParagraphKind, str | None, int, str]

ENOUGH = 3
HEADING = 60
FRONT = 110
LINES_OF_FRONT = 14
LINE_OF_FRONT = 200
_HASHES = re.compile(r"#{1,6}\s*")
_EMPHASIS = re.compile(r"[*_]+")
_PARAGRAPH = re.compile(r"[*_]*[(（](?P<n>\d{1,3}[A-Z]?)[)）]")
# Swiss and some other laws number the paragraphs of an article by a small figure alone.
_FIGURE = re.compile(r"(?P<n>\d{1,2}[a-z]{0,3})\s+(?=(?-i:[A-ZÀ-Þ]))")
# The words an article is headed by may stand before its first paragraph: "8. Prohibitions.—(1) No person shall ...".
_HEADED = re.compile(r"[^.—–:;]{3,160}\.\s?[—–-]{1,2}\s?(?:\((?P<n>\d{1,3}[A-Z]?)\))?")
_FIRST_PARAGRAPH = re.compile(r"\s*\((?P<n>1)\)\s")
_LETTERED = re.compile(r"[*_]*\((?P<n>[a-z])\)")
_BARE_NUMBER = re.compile(r"(\d+)")
# How many numbers may be missing between two articles that bear nothing but a number: repealed or lost.
_MISSING = 6
# How far back a row of numbers may go on from, and how much of an opening tells it from others.
_BACK = 400
_KEPT = 48
# "Section 2 does not apply", "Article 5 of this Law": a printed line may begin with the article it speaks of.
_NAMES_ANOTHER = re.compile(r"\s*(?-i:[a-zа-я]\w*\s+[a-zа-я(])")
_LEADS_ON = ("—", "–", "—_", "-")
_LEADS_IN = (":", "：")
_FIRST = frozenset({"premier", "primero", "1er"})


def count(openings: Sequence[str], words: LayoutWording) -> tuple[int, int]:
    """How many paragraphs open as articles by a word (Section 3), and how many by a number alone (3.)."""
    worded = sum(1 for text in openings if words.search("article", text))
    return worded, sum(1 for text in openings if words.search("article_bare", text))


def is_bill(paragraphs: Iterable[Paragraph], words: LayoutWording) -> bool:
    """Whether what stands before the first article says that the text is a bill or draft, not a law in force."""
    front = itertools.islice(itertools.takewhile(lambda one: one.kind != "article", paragraphs), LINES_OF_FRONT)
    return any(words.search("bill", one.text) for one in front if len(one.text) <= LINE_OF_FRONT)


class Articles:
    """Reads the paragraphs of a law in order.

    Arguments:
        words: the language's layout wording.
        openings: how the paragraphs of the law begin: where its articles bear a word, a number alone opens none.
    """

    def __init__(self, words: LayoutWording, openings: Sequence[str]) -> None:
        self._words = words
        worded, bare = count(openings, words)
        self._form = "article" if worded >= ENOUGH or worded >= bare else "article_bare"
        self._article: str | None = None
        self._cites = ""
        self._last = 0
        self._number: str | None = None
        self._figure = 0
        self._itemised = False
        self._led_in = False
        self._contents = self._in_contents(openings)
        self._rising = self._in_order(openings) if self._form == "article_bare" else frozenset[str]()
        self._annexed = False
        self._spoken = False

    def tell(self, text: str) -> Told:
        """Kind, number, characters to skip and rule of the next paragraph."""
        # The list of contents names annexes too, but before anything is said.
        self._spoken = self._spoken or (self._article is not None and len(text) > HEADING and is_terminal(text))
        opened = self._words.search("law_annex", text) if self._spoken and len(text) <= FRONT else None
        if opened:
            self._article = self._cites = opened["word"].strip()
            self._annexed = True
            return "heading", None, 0, "layout.law.annex"
        article = None if self._annexed else self._words.search(self._form, text)
        if article and self._continues(article, text):
            if self._contents:
                self._contents -= 1
                return "heading", None, 0, "layout.law.contents"
            return self._opens(article, text)
        hashes = _HASHES.match(text)
        if hashes:
            self._article = self._article if self._annexed else None
            return "heading", None, hashes.end(), "layout.heading.marked"
        if self._article is None:
            return "heading" if len(text) <= FRONT else "body", None, 0, "layout.law.front"
        return self._of_article(text, self._article)

    def _in_contents(self, openings: Sequence[str]) -> int:
        """How many articles are but named in a list of contents: the numbers begin anew after short lines in order."""
        named = list[str]()
        for text in openings:
            article = self._words.search(self._form, text)
            if article is None:
                continue
            number = _plain(article["number"])
            if len(named) > ENOUGH and number == named[0]:
                return len(named)
            if len(text) > FRONT or number in named:
                return 0
            named.append(number)
        return 0

    def _in_order(self, openings: Sequence[str]) -> frozenset[str]:
        """The openings that bear a number alone and belong to the longest row in which the numbers rise.

        An excerpt leaves articles out, so that the next number may be far ahead; a stray quantity stands in no such row.
        """
        numbered = [
            (_order(opened["number"]), text[:_KEPT])
            for text in openings
            if (opened := self._words.search(self._form, text))
        ]
        rows = list[tuple[int, int]]()
        for at, (number, _) in enumerate(numbered):
            best = max(
                ((rows[i][0], i) for i in range(max(0, at - _BACK), at) if numbered[i][0] < number), default=(0, -1)
            )
            rows.append((best[0] + 1, best[1]))
        at = max(range(len(rows)), key=lambda i: rows[i][0], default=-1)
        kept = list[str]()
        while at >= 0:
            kept.append(numbered[at][1])
            at = rows[at][1]
        return frozenset(kept)

    def _of_article(self, text: str, article: str) -> Told:
        plain = _EMPHASIS.sub("", text[:12])
        mark = mark_of(plain)
        if (mark and (mark.level == "main" or plain[:1] in "(（")) or _PARAGRAPH.match(plain) or self._is_figure(plain):
            number = None if self._annexed else self._paragraph(plain)
            self._led_in = text.rstrip("*_ ").endswith(_LEADS_IN)
            self._cites = f"{article}({number})" if number else self._cites
            return "article", self._cites, 0, "layout.article.paragraph"
        if len(text) <= HEADING and not is_terminal(text) and not text.endswith(_LEADS_ON):
            return "heading", None, 0, "layout.heading"
        self._led_in = text.rstrip("*_ ").endswith(_LEADS_IN)
        return "article", self._cites, 0, "layout.article.body"

    def _paragraph(self, text: str) -> str | None:
        """The number by which a paragraph of an article is cited: ``art. 38(4)``; items are cited by their paragraph."""
        article = self._article or ""
        if article.startswith("第"):
            return None
        if article.startswith("§"):
            lettered = _LETTERED.match(text)
            return lettered["n"] if lettered else None
        numbered = _PARAGRAPH.match(text)
        if numbered:
            self._itemised = True
            return numbered["n"]
        if self._is_figure(text):
            self._figure += 1
            return _FIGURE.match(text)["n"]  # type: ignore[index]
        mark = mark_of(text)
        if mark is None or mark.level != "main":
            return None
        # Numbers with a point below bracketed paragraphs, or below a lead-in, are items of a list.
        self._itemised = self._itemised or (mark.number == "1" and self._led_in)
        return None if self._itemised else mark.number

    def _is_figure(self, text: str) -> bool:
        """Whether a figure alone opens the next paragraph of an article, and no quantity or year does."""
        figure = _FIGURE.match(text) if self._form == "article" else None
        number = _BARE_NUMBER.match(figure["n"]) if figure else None
        return number is not None and 0 <= int(number[1]) - self._figure <= 2

    def _continues(self, article: re.Match[str], text: str) -> bool:
        """Whether an article opens here, and no sentence that names one, nor a quantity, year or page."""
        if self._form == "article":
            return not _NAMES_ANOTHER.match(text, article.end())
        number = _BARE_NUMBER.match(article["number"])
        ahead = int(number[1]) - self._last if number else 0
        # Sections put in later bear a letter: 13C follows 13 or 13B.
        inserted = ahead == 0 and article["number"][-1:].isalpha() and article["number"] > (self._number or "")
        follows = inserted or 0 < ahead <= _MISSING or (ahead > 0 and not self._last)
        follows = follows or (ahead > 0 and text[:_KEPT] in self._rising)
        return article["stop"] is not None or (follows and len(text) > article.end())

    def _opens(self, article: re.Match[str], text: str) -> Told:
        found = article.groupdict()
        number = _plain(found["number"])
        digits = _BARE_NUMBER.match(number)
        self._last = int(digits[1]) if digits else self._last
        self._number = number
        self._figure = 0
        self._itemised = False
        self._led_in = text.rstrip("*_ ").endswith(_LEADS_IN)
        self._article = self._cited(number, found.get("word"))
        paragraph = found.get("paragraph")
        if not paragraph and (first := _FIRST_PARAGRAPH.match(text, article.end())):
            self._itemised = True
            self._cites = cited = f"{self._article}({first['n']})"
            return "article", cited, article.end(), "layout.article"
        headed = _HEADED.match(text, article.end()) if not paragraph else None
        if headed and headed["n"]:
            self._cites = cited = f"{self._article}({headed['n']})"
            return "article", cited, article.end(), "layout.article"
        self._cites = cited = f"{self._article}({paragraph})" if paragraph else self._article
        if article.end() >= len(text.rstrip("* ")) or text.startswith("#"):
            return "heading", None, 0, "layout.article.heading"
        return "article", cited, article.end() if not paragraph else 0, "layout.article"

    def _cited(self, number: str, word: str | None) -> str:
        form = self._words.article_form
        if word:
            form = self._words.article_forms.get(word.casefold().rstrip("s."), form)
        compact = number.replace(" ", "")
        if compact[0].isdigit() or form == "{number}" or not compact[0].isascii():
            return form.format(number=number if compact[0].isdigit() else compact)
        return compact.replace(".", "")


def _order(number: str) -> tuple[int, str]:
    """A number with its letters, as articles follow each other: 30, 30A, 31."""
    digits = _BARE_NUMBER.match(number)
    return (int(digits[1]), number[digits.end() :].strip("*. ")) if digits else (0, number)


def _plain(number: str) -> str:
    """A number without brackets, stars, ordinal endings and the points that close it."""
    number = " ".join(number.strip("*").strip("()（）").replace(") ", " ").replace("）", "").split()).rstrip(".-")
    if number.startswith("第"):
        return number.replace(" ", "")
    return "1" if number.casefold() in _FIRST else number.removesuffix("er")
