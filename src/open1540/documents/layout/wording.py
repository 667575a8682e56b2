"""How the parts of a document are recognised in one language: ``facts/language/<code>/layout.yaml``."""

import re
from collections.abc import Callable
from functools import cache, cached_property

import msgspec

from open1540.documents.lexicon import fold
from open1540.reference.facts import tree


class LayoutWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Names and patterns of the parts of a document; patterns are regular expressions on whole unwrapped lines."""

    masthead: tuple[str, ...]
    distribution: tuple[str, ...]
    original: tuple[str, ...]
    language_names: tuple[str, ...]
    resolution_title: str
    adoption: str
    enacting: str
    presidential_statement: str
    draft: str
    report: str
    matrix: str
    letter_title: str
    letter_opening: str
    unfinished: str
    other_title: str
    note_verbale: str
    annex_title: str
    annex_alone: str
    nested: tuple[str, ...]
    signed: str
    offices: str
    statement_by: str
    article: str
    article_form: str
    law_annex: str
    law_title: str
    law_body: str
    article_bare: str = "(?!)"
    article_forms: dict[str, str] = {}
    bill: str = "(?!)"

    @cached_property
    def mast_lines(self) -> frozenset[str]:
        """Folded lines that belong to the masthead wherever they stand there."""
        return frozenset(fold(line) for line in (*self.masthead, *self.language_names))

    @cached_property
    def mast_openings(self) -> tuple[str, ...]:
        """Folded openings of masthead lines."""
        return tuple(fold(line) for line in (*self.distribution, *self.original))

    @cached_property
    def annex_inline(self) -> str:
        """Pattern of an annex word followed by the annex's own text on the same line."""
        return self.annex_alone.removesuffix("$") + r"(?=[\s:：])"

    def search(self, part: str, text: str) -> "re.Match[str] | None":
        """The match of the named part's pattern in a text, or None."""
        return _finder(getattr(self, part))(text)

    def is_any(self, parts: tuple[str, ...], text: str) -> bool:
        """Whether a text matches the pattern of any of the named parts: cheaper than to ask for each."""
        return any(finder(text) for finder in _finders(tuple([getattr(self, part) for part in parts])))


_Finder = Callable[[str], "re.Match[str] | None"]
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_ESCAPED = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")
_GROUP = re.compile(r"\([^()]*\)")
_TYPED = re.compile(r"\[[^\]]*\]|’| ")


@cache
def _finder(pattern: str) -> _Finder:
    """How to look for a pattern: one that only a line's opening can match is looked for nowhere else."""
    compiled = _compiled(pattern)
    return compiled.match if _is_opening(pattern) else compiled.search


@cache
def _is_opening(pattern: str) -> bool:
    """Whether each alternative of a pattern begins with the beginning of the text."""
    outside, inside = _ESCAPED.sub("", pattern), 1
    while inside:
        outside, inside = _GROUP.subn("", outside)
    return all(one.startswith("^") for one in outside.split("|"))


@cache
def _finders(patterns: tuple[str, ...]) -> tuple[_Finder, ...]:
    """One search for all patterns that open a text, one for all others."""
    plain = [f"(?:{_NAMED_GROUP.sub('(?:', one)})" for one in patterns]
    opening = "|".join(one for one, pattern in zip(plain, patterns, strict=True) if _is_opening(pattern))
    others = "|".join(one for one, pattern in zip(plain, patterns, strict=True) if not _is_opening(pattern))
    return tuple(_finder(one) for one in (opening and f"^(?:{opening})", others) if one)


def _compiled(pattern: str) -> re.Pattern[str]:
    # Apostrophes are typed straight or curly, blanks may forbid a line break: all are meant.
    return re.compile(_TYPED.sub(_as_typed, pattern), re.IGNORECASE)


def _as_typed(match: re.Match[str]) -> str:
    found = match.group()
    if found.startswith("["):
        return found.replace("’", "’'").replace(" ", r" \u00a0\u202f")
    return "[’']" if found == "’" else r"[ \u00a0\u202f]"


@cache
def wording(language: str) -> LayoutWording:
    """The layout wording of a language."""
    return tree(f"language/{language}/layout.yaml", LayoutWording)
