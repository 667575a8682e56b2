"""Finds phrases whose words may be given by their beginning: ``manufactur* … weapon*``.

A word ending in ``*`` stands for every word that begins so; ``…`` stands for up to five words of the same sentence, and
what stands there can still be found. For languages written with blanks; Arabic words are compared without the letters
that are written together with them (and, by, to, the).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from open1540.documents.lexicon import ARABIC_PREFIXES, Hit, fold

GAP = "…"
REACH = 5
MUTING = ("formula", "finance", "funds-available")
SHORTEST_STEM = 2
_MARKS = "\u0640\u064b-\u0652\u0670"
_TOKEN = re.compile(rf"[\w{_MARKS}]+|[^\w\s]")
_WRITTEN = re.compile(rf"[\w{_MARKS}]+\*?|[^\w\s]")
_SILENT = re.compile(f"[{_MARKS}]")
_SENTENCE_ENDS = frozenset(".;؛:")
_VALUES = ""
_BETWEEN = "\x00"


class End(NamedTuple):
    """Where a phrase ends: the token after its last, whether it has a gap, and what it stands for."""

    last: int
    gapped: bool
    values: list[str]


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
        phrases = list(labels)
        # Folded together, because to fold a short text takes as long as to fold a long one.
        folded = _SILENT.sub("", fold(_BETWEEN.join(phrase for phrase, _ in phrases))).split(_BETWEEN)
        for written, (_, value) in zip(folded, phrases, strict=True):
            node = self._root
            for word in _WRITTEN.findall(written):
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
        begins = self._root.keys()
        while at < len(tokens):
            if begins.isdisjoint(forms[at]):
                at += 1
                continue
            ends = list(self._ends(self._root, forms, tokens, at))
            if not ends:
                at += 1
                continue
            for last, values in _told(ends):
                found += [Hit(tokens[at][0], tokens[last - 1][1], value, "law") for value in values]
            at = max((end.last for end in ends if not end.gapped), default=at + 1)
        return found

    def _ends(
        self,
        node: dict[str, Any],
        forms: list[tuple[str, ...]],
        tokens: list[tuple[int, int, str]],
        at: int,
        gapped: bool = False,
    ) -> Iterator[End]:
        """Where the phrases that go on from a node at a token end."""
        if _VALUES in node:
            yield End(at, gapped, node[_VALUES])
        if at >= len(tokens):
            return
        for form in forms[at]:
            if form in node:
                yield from self._ends(node[form], forms, tokens, at + 1, gapped)
        if GAP not in node:
            return
        for skipped in range(at, min(at + REACH + 1, len(tokens))):
            yield from self._ends(node[GAP], forms, tokens, skipped, True)
            if tokens[skipped][2] in _SENTENCE_ENDS:
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


def _told(ends: list[End]) -> Iterator[tuple[int, dict[str, None]]]:
    """Of the phrases that begin at a word the longest without a gap, and all with one: last token and values.

    A set phrase with a gap, whose words mean nothing by themselves, stands for all that begins there.
    """
    gapped = [end for end in ends if end.gapped]
    whole = [end for end in ends if not end.gapped]
    if any(value.startswith(MUTING) for end in gapped for value in end.values):
        whole = []
    last = max((end.last for end in whole), default=0)
    yield last, dict.fromkeys(value for end in whole if end.last == last for value in end.values)
    reach = {value: end.last for end in sorted(gapped) for value in end.values}
    for value, last in reach.items():
        yield last, {value: None}
