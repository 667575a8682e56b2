"""Finds phrases whose words may be given by their beginning: ``manufactur* … weapon*``.

A word ending in ``*`` stands for every word that begins so; ``…`` stands for up to five words of the same sentence, and
what stands there can still be found. For languages written with blanks; Arabic words are compared without the letters
that are written together with them (and, by, to, the).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from open1540.documents.lexicon import ARABIC_PREFIXES, Hit, fold

GAP = "…"
REACH = 5
MUTED = ("formula", "finance", "funds-available")
SHORTEST_STEM = 2
_MARKS = "\u0640\u064b-\u0652\u0670"
_TOKEN = re.compile(rf"[\w{_MARKS}]+|[^\w\s]")
_WRITTEN = re.compile(rf"[\w{_MARKS}]+\*?|[^\w\s]")
_SILENT = re.compile(f"[{_MARKS}]")
_SENTENCE_ENDS = frozenset(".;؛:")
_VALUES = ""


class Stems:
    """A vocabulary of one language.

    Arguments:
        labels: (phrase, value); a phrase may stand for several values.
        language: decides about letters written together with a word.
    """

    def __init__(self, labels: Iterable[tuple[str, str]], language: str) -> None:
        """Build the tree of phrases, word by word."""
        self._arabic = language == "ar"
        self._stems = set[str]()
        self._root: dict[str, Any] = {}
        for phrase, value in labels:
            node = self._root
            for word in _WRITTEN.findall(_SILENT.sub("", fold(phrase))):
                node = node.setdefault(self._key(word), {})
            if node is not self._root and value not in node.setdefault(_VALUES, []):
                node[_VALUES].append(value)
        self._forms = lru_cache(maxsize=65536)(self._read)

    def find(self, text: str) -> list[Hit]:
        """Hits in text order: of whole phrases the longest at each word and none inside another, of others all."""
        tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(fold(text))]
        forms = [self._forms(word) for _, _, word in tokens]
        found: list[Hit] = []
        at = 0
        while at < len(tokens):
            ends = list(self._ends(self._root, forms, tokens, at, at)) if forms[at] else []
            for last, values in _told(ends, at):
                found += [Hit(tokens[at][0], tokens[last - 1][1], value, "law") for value in values]
            whole = [last for head, last, _ in ends if head == last]
            at = max(whole, default=at + 1)
        return found

    def _ends(
        self,
        node: dict[str, Any],
        forms: list[tuple[str, ...]],
        tokens: list[tuple[int, int, str]],
        at: int,
        covers: int,
    ) -> Iterator[tuple[int, int, list[str]]]:
        """Where phrases end: the token after their first words without a gap, the one after the last, their values."""
        if _VALUES in node:
            yield covers, at, node[_VALUES]
        if at >= len(tokens):
            return
        for form in forms[at]:
            if form in node:
                yield from self._ends(node[form], forms, tokens, at + 1, at + 1 if covers == at else covers)
        if GAP in node:
            for skipped in range(REACH + 1):
                if at + skipped >= len(tokens):
                    return
                yield from self._ends(node[GAP], forms, tokens, at + skipped, covers)
                if tokens[at + skipped][2] in _SENTENCE_ENDS:
                    return

    def _key(self, word: str) -> str:
        if self._arabic and word.startswith("ال") and len(word) > SHORTEST_STEM + 2:
            word = word[2:]
        if word.endswith("*"):
            self._stems.add(word)
        return word

    def _read(self, word: str) -> tuple[str, ...]:
        """The ways a word of a text may stand in a phrase."""
        word = _SILENT.sub("", word)
        bare = [word]
        if self._arabic:
            bare += [word[len(p) :] for p in ARABIC_PREFIXES if word.startswith(p) and len(word) > len(p) + 1]
        ways = list(bare)
        for one in bare:
            ways += [stem for end in range(SHORTEST_STEM, len(one) + 1) if (stem := f"{one[:end]}*") in self._stems]
        return tuple(ways)


def _told(ends: list[tuple[int, int, list[str]]], at: int) -> Iterator[tuple[int, dict[str, None]]]:
    """The longest phrase without a gap and the longest with one that begin at a word, as last token and values.

    A set phrase with a gap, whose words mean nothing by themselves, stands for all that begins there.
    """
    gapped = [end for end in ends if end[0] < end[1]]
    whole = [end for end in ends if end[0] == end[1]]
    if any(value.startswith(MUTED) for _, _, values in gapped for value in values):
        whole = []
    for group in (whole, gapped):
        last = max((end[1] for end in group), default=at)
        if group:
            yield last, dict.fromkeys(value for _, reach, values in group if reach == last for value in values)
