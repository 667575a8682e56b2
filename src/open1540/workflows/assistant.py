"""An optional assistant proposes further claims; only a person's judgement makes anything of them."""

import hashlib
import re
from importlib.resources import files

import msgspec

from open1540 import reference
from open1540.backends import assistant
from open1540.backends.assistant import Endpoint
from open1540.documents.reading import Reading
from open1540.vocabulary import Claim, Grade, JobFailed, Reason, Span

# A model's wish to please makes its proposals less certain than any rule's.
CONFIDENCE = 0.3


class _Proposal(msgspec.Struct, frozen=True):
    state: str
    fields: tuple[str, ...]
    grade: Grade
    passage: str
    article: str | None = None


class Proposed(msgspec.Struct, frozen=True):
    """Claims an assistant proposed, and a sentence for each proposal that was turned away."""

    claims: tuple[Claim, ...]
    refused: tuple[str, ...]


def configured() -> Endpoint:
    """The endpoint the environment names. Raises BadInput where it names none."""
    return assistant.from_environment()


def instructions() -> tuple[str, str]:
    """The prompt and its version, which is a hash of its text."""
    text = (files("open1540.workflows") / "assistant.md").read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()[:8]


def propose(reading: Reading, endpoint: Endpoint) -> Proposed:
    """Ask the assistant for further claims and keep those that can be checked.

    A proposal is kept only if its State and fields exist and its passage stands in the document word for word.
    """
    prompt, version = instructions()
    answer = assistant.ask(endpoint, prompt, _question(reading))
    maker = f"assistant:{endpoint.model}@{version}"
    claims, refused = [], []
    for proposal in _proposals(answer, endpoint):
        checked = _checked(proposal, reading, maker)
        if isinstance(checked, Claim):
            claims.append(checked)
        else:
            refused.append(checked)
    return Proposed(tuple(claims), tuple(refused))


def _question(reading: Reading) -> str:
    fields = "\n".join(sorted(reference.field_ids()))
    paragraphs = "\n".join(paragraph.text for paragraph in reading.paragraphs)
    return f"Matrix fields:\n{fields}\n\nDocument:\n{paragraphs}"


def _proposals(answer: str, endpoint: Endpoint) -> list[_Proposal]:
    start, end = answer.find("["), answer.rfind("]")
    try:
        return msgspec.json.decode(answer[start : end + 1], type=list[_Proposal])
    except msgspec.DecodeError as error:
        raise JobFailed(
            f"an answer that is no list of claims ({error})",
            expected="the JSON array the prompt asks for",
            where=endpoint.model,
            remedy="try again or use another model; the claims found by rules are kept",
        ) from error


def _checked(proposal: _Proposal, reading: Reading, maker: str) -> Claim | str:
    unknown = set(proposal.fields) - reference.field_ids()
    if not proposal.fields or unknown:
        return f"unknown matrix fields {sorted(unknown)}: {proposal.passage[:80]}"
    if proposal.state not in {state.iso3 for state in reference.states()}:
        return f"unknown State {proposal.state!r}: {proposal.passage[:80]}"
    place = _place(proposal.passage, reading)
    if place is None:
        return f"not in the document word for word: {proposal.passage[:80]}"
    return Claim(
        state=proposal.state,
        fields=proposal.fields,
        grade=proposal.grade,
        article=proposal.article,
        text=proposal.passage,
        start=place.start,
        end=place.end,
        reason=Reason("assistant.proposal", confidence=CONFIDENCE),
        proposed_by=maker,
    )


def _place(passage: str, reading: Reading) -> Span | None:
    """Where the passage stands in the raw text, whose lines may break within it; None where it does not."""
    paragraph = next((one for one in reading.paragraphs if passage.strip() and passage in one.text), None)
    if paragraph is None:
        return None
    broken = r"\s*".join(re.escape(sign) for sign in passage if not sign.isspace())
    found = re.compile(broken).search(reading.text, paragraph.start, paragraph.end)
    # A word torn by a hyphen at a line end is whole in the paragraph only: its place is then the paragraph's.
    return Span(*found.span()) if found else Span(paragraph.start, paragraph.end)
