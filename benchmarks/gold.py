"""Compares a reading with the hand-made annotations of the reference material."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from open1540.documents.reading import Reading, Statement

FAMILIES = {
    "proposals": {"proposal", "recommendation"},
    "demands": {"demand", "recommendation", "proposal", "request", "concern"},
    "measures": {"measure", "commitment"},
}
GOLD_LISTS = {
    "proposals": "proposals",
    "demands": "demands_and_recommendations",
    "measures": "national_measures_and_commitments",
}


@dataclass(frozen=True)
class Score:
    """How many were right, found and wanted."""

    right: int
    found: int
    wanted: int

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} ({self.right}/{self.wanted}, {self.found} found)"


def load(path: Path) -> dict[str, Any]:
    """A gold file."""
    annotation: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return annotation


def counted(found: Iterable[Any], wanted: Iterable[Any]) -> Score:
    """Compare two multisets."""
    left, right = Counter(found), Counter(wanted)
    return Score((left & right).total(), left.total(), right.total())


def squeezed(text: str) -> str:
    """Text without any white space, hyphens of all kinds folded: what must agree when layout is compared."""
    return re.sub(r"\s+", "", text.replace("\u2011", "-").replace("\u00ad", ""))


# A resolution's gold: ``preamble`` and ``body`` lists with ``text`` and ``refs``.


def operative(reading: Reading, gold: dict[str, Any]) -> Score:
    """Operative paragraphs whose text is exactly the gold's, letter for letter apart from white space."""
    wanted = [squeezed(item["text"]) for item in gold["body"]]
    ours = [squeezed(p.text) for p in reading.paragraphs if p.kind == "operative" and p.annex is None]
    # Some annotations list the headings between operative paragraphs as paragraphs too.
    ours += [text for p in reading.paragraphs if p.kind == "heading" and (text := squeezed(p.text)) in wanted]
    return counted(ours, wanted)


def preambular(reading: Reading, gold: dict[str, Any]) -> Score:
    """The same for preambular paragraphs."""
    ours = [squeezed(p.text) for p in reading.paragraphs if p.kind == "preambular"]
    return counted(ours, [squeezed(i["text"]) for i in gold["preamble"] if i["kind"] == "preambular"])


def resolution_references(reading: Reading, gold: dict[str, Any]) -> Score:
    """References to documents within the text, by symbol."""
    text_kinds = {"preambular", "operative", "enacting", "body", "bullet", "heading", "annex_title", "table"}
    spans = [(p.start, p.end) for p in reading.paragraphs if p.kind in text_kinds]
    ours = [
        reference.symbol
        for reference in reading.references
        if reference.type in {"resolution", "document"} and _inside(reference.start, spans)
    ]
    return counted(ours, list(_gold_symbols(gold)))


def _gold_symbols(gold: Any) -> Iterator[str]:
    if isinstance(gold, dict):
        yield from (r["symbol"].replace(" ", "") for r in gold.get("refs", []) if isinstance(r, dict))
        for key, value in gold.items():
            if key in {"preamble", "body", "conclusions", "attachments"} or (isinstance(value, list) and key != "refs"):
                yield from _gold_symbols(value)
    elif isinstance(gold, list):
        for item in gold:
            yield from _gold_symbols(item)


def _inside(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


# The French letter's gold.


def letter_paragraphs(reading: Reading, gold: dict[str, Any]) -> Score:
    """Paragraphs with the same place and the same text."""
    return counted(
        [(p.start, p.end, p.text) for p in reading.paragraphs],
        [(p["start"], p["end"], p["text"]) for p in gold["paragraphs"]],
    )


def letter_references(reading: Reading, gold: dict[str, Any]) -> Score:
    """References with the same place and symbol."""
    return counted(
        [(r.start, r.end, r.symbol) for r in reading.references],
        [(r["start"], r["end"], r["symbol"]) for r in gold["references"]],
    )


def letter_dates(reading: Reading, gold: dict[str, Any]) -> Score:
    """Dates of the same value that start at the same place."""
    return counted([(d.value, d.start) for d in reading.dates], [(d["value"], d["start"]) for d in gold["dates"]])


def letter_actors(reading: Reading, gold: dict[str, Any]) -> Score:
    """Mentions with the same actor and place."""
    return counted(
        [(a.id, m.start, m.end) for a in reading.actors for m in a.mentions],
        [(a["id"], m["start"], m["end"]) for a in gold["actors"] for m in a["mentions"]],
    )


def letter_statements(reading: Reading, gold: dict[str, Any], family: str) -> list[tuple[dict[str, Any], Statement]]:
    """Gold statements of a family with the reading's statement that covers them best."""
    pairs = []
    for wanted in gold[GOLD_LISTS[family]]:
        fitting = [s for s in reading.statements if s.kind in FAMILIES[family] and _overlap(s, wanted) >= 0.5]
        if fitting:
            pairs.append((wanted, max(fitting, key=lambda s: _overlap(s, wanted))))
    return pairs


def letter_obligations(reading: Reading, gold: dict[str, Any]) -> Score:
    """Obligations of all matched statements together."""
    total = Score(0, 0, 0)
    for family in GOLD_LISTS:
        for wanted, statement in letter_statements(reading, gold, family):
            total += counted(statement.obligations, [o for o in wanted["ops"] if not o.startswith("implementation")])
    return total


def _overlap(statement: Statement, wanted: dict[str, Any]) -> float:
    common = min(statement.end, wanted["end"]) - max(statement.start, wanted["start"])
    union = max(statement.end, wanted["end"]) - min(statement.start, wanted["start"])
    return max(common, 0) / union
