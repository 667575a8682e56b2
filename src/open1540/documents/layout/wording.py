"""How the parts of a document are recognised in one language: ``facts/language/<code>/layout.yaml``."""

import re
from collections.abc import Callable
from functools import cache, cached_property

import msgspec

from open1540.documents.lexicon import fold
from open1540.reference.facts import tree

TITLES = ("resolution_title", "letter_title", "other_title", "presidential_statement", "draft")


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

    @cached_property
    def frame(self) -> "_Finder":
        """Finds what frames a document: a title, the formulas of adoption and enacting, a signature."""
        return _any_of(*[getattr(self, part) for part in ("enacting", "adoption", "signed", "offices", *TITLES)])

    @cached_property
    def annex(self) -> "_Finder":
        """Finds the title of an annex."""
        return _any_of(self.annex_alone, self.annex_title)

    @cached_property
    def landmark(self) -> "_Finder":
        """Finds a line that is a paragraph of its own wherever it stands."""
        return _any_of(self.enacting, self.annex_alone, self.signed, self.adoption)


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


def _any_of(*patterns: str) -> _Finder:
    """Looks for any of the patterns: at once for all that open a text, and at once for all others."""
    plain = {pattern: f"(?:{_NAMED_GROUP.sub('(?:', pattern)})" for pattern in patterns}
    opening = _finder("^(?:" + "|".join(plain[one] for one in patterns if _is_opening(one)) + ")")
    others = "|".join(plain[one] for one in patterns if not _is_opening(one))
    if not others:
        return opening
    elsewhere = _finder(others)
    return lambda text: opening(text) or elsewhere(text)


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
