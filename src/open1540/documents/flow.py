"""The running text of a document: paragraphs unwrapped, each character still knowing its raw place.

Printed lines break words, names and numbers apart; every recogniser therefore reads the flow and
answers in flow offsets, which are turned into raw offsets once, at the end.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

Piece = tuple[int, str]
"""Raw offset and characters taken over unchanged from there."""


class Flow:
    """Paragraph texts joined by a line feed, with the raw offset of every character.

    Arguments:
        paragraphs: for each paragraph its pieces in order. A piece of raw offset -1 is a joint
            (the blank put between two printed lines) that has no place of its own in the raw text.
    """

    def __init__(self, paragraphs: Iterable[Iterable[Piece]]) -> None:
        """Join the paragraphs; cost is linear in their length."""
        self._flow_starts: list[int] = []
        self._raw_starts: list[int] = []
        self.paragraph_starts: list[int] = []
        parts: list[str] = []
        at = 0
        for pieces in paragraphs:
            self.paragraph_starts.append(at)
            for raw, characters in pieces:
                if raw >= 0 and characters:
                    self._flow_starts.append(at)
                    self._raw_starts.append(raw)
                parts.append(characters)
                at += len(characters)
            parts.append("\n")
            at += 1
        self.text = "".join(parts)

    def paragraph_at(self, position: int) -> int:
        """Index of the paragraph that holds a flow position."""
        return bisect_right(self.paragraph_starts, position) - 1

    def paragraph_span(self, index: int) -> tuple[int, int]:
        """Flow offsets of a paragraph's text, without the closing line feed."""
        starts = self.paragraph_starts
        end = starts[index + 1] - 1 if index + 1 < len(starts) else len(self.text) - 1
        return starts[index], end

    def raw(self, position: int) -> int:
        """Raw offset of the character at a flow position."""
        piece = max(bisect_right(self._flow_starts, position) - 1, 0)
        return self._raw_starts[piece] + position - self._flow_starts[piece]

    def position(self, raw: int) -> int:
        """Flow position of the character at a raw offset; the inverse of ``raw`` for characters kept."""
        piece = max(bisect_right(self._raw_starts, raw) - 1, 0)
        return self._flow_starts[piece] + raw - self._raw_starts[piece]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw half-open span of a non-empty flow span."""
        after = max(bisect_right(self._flow_starts, start), 1)
        shift = self._raw_starts[after - 1] - self._flow_starts[after - 1]
        if after == len(self._flow_starts) or end <= self._flow_starts[after]:
            return start + shift, end + shift
        return start + shift, self.raw(end - 1) + 1


def plain(text: str) -> Flow:
    """The flow of a text whose lines are whole paragraphs; raw and flow offsets are the same."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return Flow([(start, line)] for start, line in zip(starts, lines, strict=False))
