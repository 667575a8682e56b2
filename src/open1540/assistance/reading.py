"""What a document asks for: the parts of a request, each with its place in the text, as claims a person then corrects.

Nothing is made up: what the document does not say stays empty, and what was not surely understood is left to the reader.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from open1540 import reference
from open1540.assistance.cues import line_openings
from open1540.assistance.form import FormRead, understood, value, with_values
from open1540.assistance.records import Read, Request
from open1540.assistance.request_authorities import receiver, requester
from open1540.assistance.request_period import period
from open1540.assistance.request_subject import beneficiaries, subject
from open1540.assistance.request_text import CLAUSE, RequestText, stripped
from open1540.documents.reading import Reading
from open1540.reference.request_parts import request_part

TEXTS = ("need", "existing", "outcome", "elsewhere")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+|00)\d[\d ()./-]{6,}\d")


def read_request(reading: Reading, filled: FormRead | None = None, state: str | None = None) -> Request:
    """The request in a document.

    Arguments:
        reading: what the documents room read of a note verbale, a letter, a memorandum or a form.
        filled: what the form in the document's tables says, where it holds one; nothing is then guessed beside it.
        state: ISO 3166-1 code of the State that asks, where it is known from elsewhere and the text does not tell.
    """
    if filled:
        return msgspec.structs.replace(filled.request, read=tuple(_located(filled, reading.text)))
    return _request(RequestText(reading), state)


def _request(asking: RequestText, state: str | None) -> Request:
    """The request, with everything read; names of authorities first, so that their words tell no theme."""
    values: dict[str, Any] = {"state": _state(asking) or state}
    values |= {"requester": requester(asking), "receiver": receiver(asking), "title": _title(asking)}
    values |= {part: _texts(asking, part) for part in TEXTS}
    values |= {"consent": _consent(asking), "beneficiaries": beneficiaries(asking)}
    values |= subject(asking) | period(asking) | _contact(asking) | _lines(asking)
    _undecided(asking)
    said = {part: found for part, found in values.items() if found is not None}
    request = with_values(Request(state=None, requester="", title=""), said)
    read = sorted(set(asking.read), key=lambda one: (one.start, one.end, one.part, one.value))
    return msgspec.structs.replace(request, read=tuple(read))


def _texts(asking: RequestText, part: str) -> str | None:
    """The passages about a part, one a line, as they stand."""
    passages = []
    for piece in asking.of(part):
        start, end = stripped(asking.text, piece.start, piece.end)
        if start < end:
            passages.append(asking.text[start:end])
            asking.note(part, asking.text[start:end], start, end, piece.rule)
    return "\n".join(passages) or None


def _undecided(asking: RequestText) -> None:
    for piece in asking.of("undecided"):
        start, end = stripped(asking.text, piece.start, piece.end)
        asking.note("need", "", start, end, "undecided")


def _title(asking: RequestText) -> str | None:
    for piece in asking.of("title"):
        start, end = stripped(asking.text, piece.start, piece.end)
        if start < end:
            asking.note("title", asking.text[start:end], start, end, "line")
            return asking.text[start:end]
    if len(asking.flow.paragraph_starts) == 1 and asking.is_subject_line(asking.pieces):
        start, end = stripped(asking.text, 0, len(asking.text))
        asking.note("title", asking.text[start:end], start, end, "short")
        return asking.text[start:end]
    return None


def _state(asking: RequestText) -> str | None:
    """The State that sends the document, else the first one a sentence of asking or greeting names."""
    codes = {state.iso3 for state in reference.states()}
    mentions = asking.states
    sender = asking.reading.document.sender
    if sender and sender.actor in codes:
        own = next(((start, end) for start, end, code in mentions if code == sender.actor), None)
        if own:
            asking.note("state", sender.actor, *own, "sender")
        return sender.actor
    for parts in (("greeting",), ("need",), ("heading", "title", "consent", "undecided")):
        for piece in asking.of(*parts):
            for start, end, code in mentions:
                if piece.start <= start and end <= piece.end:
                    asking.note("state", code, start, end, f"state.{piece.part}")
                    return code
    if len({code for _, _, code in mentions}) == 1:
        start, end, code = mentions[0]
        asking.note("state", code, start, end, "state.only")
        return code
    return None


def _consent(asking: RequestText) -> bool | None:
    for piece in asking.of("consent", "elsewhere", "need", "outcome"):
        said = [hit for hit in asking.hits.within(piece.start, piece.end) if hit.kind == "consent"]
        agreed = [hit for hit in said if hit.value == "yes"]
        # "Does not object" holds the words "object", which alone would say no.
        denied = any(hit.value == "no" and not any(one.start < hit.start < one.end for one in agreed) for hit in said)
        if piece.rule == "line" or not (agreed or denied) or not any(hit.value == "about" for hit in said):
            continue
        start, end = stripped(asking.text, piece.start, piece.end)
        asking.note("consent", "no" if denied else "yes", start, end, "consent")
        return not denied
    return None


def _contact(asking: RequestText) -> dict[str, str]:
    found = {}
    for part, pattern in (("contact.email", _EMAIL), ("contact.phone", _PHONE)):
        if match := pattern.search(asking.text):
            found[part] = match.group()
            asking.note(part, match.group(), *match.span(), part)
    for piece in asking.of("contact.name"):
        names = [n.strip() for n in CLAUSE.split(asking.text[piece.start : piece.end])]
        names = [n.strip(" .。\n") for n in names if n and not _EMAIL.search(n) and not _PHONE.search(n)]
        names = [n for n in names if not any(h.start == 0 for h in line_openings(asking.language).find_all(n))]
        for part, name in zip(("contact.name", "contact.office"), names, strict=False):
            at = asking.text.index(name, piece.start)
            found[part] = name
            asking.note(part, name, at, at + len(name), "line")
        break
    return found


def _lines(asking: RequestText) -> dict[str, Any]:
    """What lines with a label say of parts other than passages; the form's own way to answer is understood, too."""
    found: dict[str, Any] = {}
    for piece in asking.pieces:
        if piece.rule != "line" or piece.part in ("", *TEXTS, "title", "period") or piece.part.startswith("contact"):
            continue
        start, end = stripped(asking.text, piece.start, piece.end)
        if start < end and piece.part not in found:
            given, _ = understood(request_part(piece.part), asking.text[start:end], asking.language)
            if given is not None:
                found[piece.part] = given
                asking.note(piece.part, given, start, end, "line")
    return found


def _located(filled: FormRead, text: str) -> Iterator[Read]:
    """Where the answers of a form stand in the document's text: after their labels, else where they first stand."""
    for part_id, answer in filled.answers.items():
        given = value(filled.request, part_id)
        if given in (None, "", ()):
            continue
        first = re.sub(r"\s+", " ", answer.split("\n")[0].strip())
        at = text.find(first)
        label = request_part(part_id).labels[filled.language]
        after = text.find(first, max(text.find(label), 0))
        at = after if after >= 0 else at
        if at >= 0 and first:
            yield Read(part_id, str(given), at, at + len(first), first, "form.answer")
