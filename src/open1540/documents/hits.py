"""What was found in a running text, kept by position."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from open1540.documents.lexicon import Hit


class Hits:
    """Hits in text order that can be asked for by span."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._count = len(hits)

    def within(self, start: int, end: int) -> Sequence[Hit]:
        """The hits that begin and end inside the span."""
        first = last = bisect_left(self._starts, start)
        # Few hits lie in a span; to step over them is quicker than to search for the last.
        while last < self._count and self._starts[last] < end:
            last += 1
        while last > first and self._hits[last - 1].end > end:
            last -= 1
        return self._hits[first:last]

    def first(self, start: int, end: int) -> Hit | None:
        """The first hit inside the span."""
        at = bisect_left(self._starts, start)
        while at < self._count and self._starts[at] < end:
            if self._hits[at].end <= end:
                return self._hits[at]
            at += 1
        return None

    def last(self, start: int, end: int) -> Hit | None:
        """The last hit inside the span."""
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._starts[at] >= start:
            if self._hits[at].end <= end:
                return self._hits[at]
            at -= 1
        return None

    def __iter__(self) -> Iterator[Hit]:
        return iter(self._hits)
