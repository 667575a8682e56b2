"""One document read from beginning to end: the recognisers in their order."""

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from open1540.documents import actors, claims, dates, formats, head, laws, references, statements
from open1540.documents.language import detect
from open1540.documents.layout import Layout, lay_out
from open1540.documents.reading import Actor, Annex, Head, RawText, Reading, Statement
from open1540.vocabulary import Claim

SURE_ENOUGH = 0.8


def read(data: bytes, name: str, lang: str | None = None, state: str | None = None) -> Reading:
    """Read a document.

    Arguments:
        data: the file's bytes: txt, PDF, DOCX, HTML or Akoma Ntoso XML.
        name: the file's name, for messages and for the record.
        lang: ISO 639-1 code of the language where the detected one would be wrong.
        state: ISO 3166-1 alpha-3 code of the State a national law is of, where its text does not tell.

    Raises UnreadableDocument where the file cannot become text, UnknownCode for a language that is none of the six.
    """
    raw = formats.open_document(data, name)
    language, confidence = detect(raw.text, lang)
    sha256 = hashlib.sha256(data).hexdigest()
    with _no_search_for_cycles():
        layout = lay_out(raw, language)
        return _recognise(raw, layout, language, name, sha256, _warnings(raw, confidence), state)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """What is found in a text are trees: to look for cycles among a million fresh records only costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _recognise(
    raw: RawText,
    layout: Layout,
    language: str,
    name: str,
    sha256: str,
    warnings: tuple[str, ...],
    state: str | None,
) -> Reading:
    flow = layout.flow
    found_dates = (
        *dates.of_furniture(layout.furniture, language),
        *dates.find(flow, language, layout.paragraphs),
    )
    document = head.of(layout, found_dates, language)
    annexes = head.speakers(layout, document, language)
    speaker_of = _speakers(layout, document, annexes)
    own = [
        flow.paragraph_span(i) for i, p in enumerate(layout.paragraphs) if p.reason.rule == "layout.resolution_title"
    ]
    cited = references.find(flow, language, own)
    named = actors.find(flow, language, cited, speaker_of)
    said = statements.find(
        flow,
        language,
        paragraphs=layout.paragraphs,
        speaker_of=speaker_of,
        actors=named,
        references=cited,
    )
    return Reading(
        name=name,
        sha256=sha256,
        text=raw.text,
        format=raw.format,
        encoding=raw.encoding,
        pages=len(raw.page_starts),
        document=document,
        annexes=annexes,
        paragraphs=layout.paragraphs,
        references=cited,
        actors=named,
        dates=tuple(sorted(found_dates, key=lambda d: d.start)),
        statements=said,
        claims=_claims(layout, document, said, named, language, state),
        footnotes=layout.footnotes,
        furniture=layout.furniture,
        repairs=raw.repairs,
        warnings=warnings,
    )


def _speakers(layout: Layout, document: Head, annexes: tuple[Annex, ...]) -> Callable[[int], str | None]:
    """Whose words each paragraph is: the Council's, the annex's speaker's, the sender's."""
    sender = head.speaker(document)

    def speaker_of(index: int) -> str | None:
        annex = layout.paragraphs[index].annex
        return sender if annex is None else (annexes[annex].speaker or sender)

    return speaker_of


def _claims(
    layout: Layout,
    document: Head,
    said: tuple[Statement, ...],
    named: tuple[Actor, ...],
    language: str,
    state: str | None,
) -> tuple[Claim, ...]:
    if document.kind in head.DECIDED_BY_COUNCIL:
        return ()
    if document.kind == "national law":
        # A law speaks of its own State more than of any other, if it names one at all.
        states = [actor for actor in named if actor.type == "State"]
        own = state or (max(states, key=lambda actor: len(actor.mentions)).id if states else None)
        return laws.of_law(layout.flow, language, layout.paragraphs, own)
    return claims.of_statements(said, language, named)


def _warnings(raw: RawText, confidence: float) -> tuple[str, ...]:
    found = []
    if confidence < SURE_ENOUGH:
        found.append(f"the language is a guess (confidence {confidence:.2f}); give --lang if it is wrong")
    if raw.repairs:
        found.append(f"{len(raw.repairs)} places of the extracted text were put right; see repairs")
    return tuple(found)
