"""Texts as recognisers get them: annotated paragraphs of the reference material, and invented ones."""

import json
from pathlib import Path
from typing import Any

from open1540.documents import statements
from open1540.documents.flow import Flow, Piece, plain
from open1540.documents.reading import Actor, Mention, Paragraph, ParagraphKind, Statement
from open1540.vocabulary import Reason

BY_HAND = Reason("annotated")


def written(text: str, kind: ParagraphKind = "body", number: str | None = None) -> tuple[Flow, list[Paragraph]]:
    """A text of whole lines, each a paragraph of one kind."""
    flow = plain(text)
    spans = (flow.paragraph_span(index) for index in range(len(flow.paragraph_starts)))
    return flow, [Paragraph(kind, number, text[a:b], a, b, None, BY_HAND) for a, b in spans]


def said(text: str, language: str, speaker: str | None = "KEN", kind: ParagraphKind = "body") -> tuple[Statement, ...]:
    """The statements of an invented text."""
    flow, paragraphs = written(text, kind)
    return statements.find(flow, language, paragraphs=paragraphs, speaker_of=lambda _: speaker)


def french_letter(shared: Path) -> tuple[dict[str, Any], tuple[Statement, ...]]:
    """The annotation of the letter of 1 May 2020 and the statements found in its annotated paragraphs."""
    gold = json.loads((shared / "documents/gold/france-2020-05-01.zh.json").read_text("utf-8"))
    raw = (shared / "documents" / gold["source"].removeprefix("documents/")).read_bytes().decode("utf-8")
    flow = Flow(_pieces(raw, one["start"], one["text"]) for one in gold["paragraphs"])
    kinds: dict[str, ParagraphKind] = {
        "letter_title": "title",
        "signature": "signature",
        "annex_title": "annex_title",
        "bullet": "bullet",
    }
    paragraphs = [
        Paragraph(kinds.get(one["kind"], "body"), None, one["text"], one["start"], one["end"], None, BY_HAND)
        for one in gold["paragraphs"]
    ]
    actors = [_actor(one) for one in gold["actors"]]
    found = statements.find(flow, "zh", paragraphs=paragraphs, actors=actors, speaker_of=lambda _: "FRA")
    return gold, found


def _pieces(raw: str, start: int, text: str) -> list[Piece]:
    """Each character of the unwrapped text at its raw place."""
    found = []
    for character in text:
        start = raw.index(character, start)
        found.append((start, character))
        start += 1
    return found


def _actor(one: dict[str, Any]) -> Actor:
    mentions = tuple(Mention(m["surface"], m["start"], m["end"], BY_HAND) for m in one["mentions"])
    return Actor(one["id"], one["type"], mentions)
