"""From a document to proposals, and from judged proposals to the next version of the matrix."""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from open1540 import documents, reference
from open1540.documents.reading import Reading
from open1540.matrix.proposals import Origin, Proposal, chosen, proposals, with_proposal, without_proposal
from open1540.matrix.record import (
    VersionRow,
)
from open1540.store import Store, claim_id
from open1540.vocabulary import BadInput, Claim, Entry, Judgement, UnknownCode, Verdict
from open1540.vocabulary.claims import Strength
from open1540.workflows.database import opened
from open1540.workflows.matrix import now_utc
from open1540.workflows.matrix_changes import changed, check_reason
from open1540.workflows.permissions import Person, check
from open1540.workflows.reading import load

# A shorter heading before the articles of a law is a part of its page, not its name.
_WORDS_OF_A_TITLE = 3


class Proposed(msgspec.Struct, frozen=True):
    """The proposals of one document, kept for a person to judge."""

    document_id: str
    name: str
    language: str
    state: str | None
    in_force: bool | None
    proposals: tuple[Proposal, ...]
    warnings: tuple[str, ...]


class Judged(msgspec.Struct, frozen=True):
    """What a judgement did: the proposals judged, and the versions that came of it."""

    verdict: Verdict
    proposals: tuple[Proposal, ...]
    versions: tuple[VersionRow, ...]


def propose(
    path: Path,
    *,
    database_url: str | None,
    who: Person,
    state: str | None = None,
    language: str | None = None,
) -> Proposed:
    """Read a document, keep it, and give what it proposes for the fields of the matrix.

    Arguments:
        path: a txt, PDF, DOCX, HTML or Akoma Ntoso file.
        state: the State whose law or report it is; only its proposals are given.
        language: of the document, where the detected one would be wrong.

    Nothing is recorded before a person has judged. Raises BadInput where the file cannot be read.
    """
    own = reference.state(state).iso3 if state else None
    check(who, "propose", own or "any State")
    data = load(path)
    reading = documents.read(data, path.name, lang=language, state=own)
    with opened(database_url) as store:
        saved = store.save_reading(data, reading, by=who.name)
        if not saved.new:
            # It may have been read before without the State it is of.
            store.add_claims(saved.document_id, reading.claims, by=who.name)
        judged = store.latest_judgements()
    claims = [(claim_id(reading.sha256, claim), claim) for claim in reading.claims if own in (None, claim.state)]
    origin = _origin(saved.document_id, reading)
    return Proposed(
        document_id=saved.document_id,
        name=origin.name,
        language=reading.document.language,
        state=own,
        in_force=origin.in_force,
        proposals=proposals(claims, origin, judged),
        warnings=reading.warnings,
    )


def kept_proposals(
    *,
    database_url: str | None,
    who: Person,
    document: str | None = None,
    field: str | None = None,
    strength: Strength | None = None,
    state: str | None = None,
    awaiting: bool = False,
) -> tuple[Proposal, ...]:
    """Proposals of the documents kept, each with its latest judgement; in the order of the documents and their texts.

    Arguments:
        document, field, strength, state: of the proposals meant; ``field`` may be a pattern such as ``OP2.CW.*``.
        awaiting: only those nobody has judged.

    Raises UnknownCode for a document or State nobody knows.
    """
    own = reference.state(state).iso3 if state else None
    check(who, "propose", own or "any State")
    with opened(database_url) as store:
        found = chosen(_kept(store, document, own), field=field, strength=strength, state=own)
    return tuple(one for one in found if not (awaiting and one.judgement))


def judge(
    ids: Sequence[str],
    verdict: Verdict,
    reason: str,
    *,
    database_url: str | None,
    who: Person,
    document: str | None = None,
    field: str | None = None,
    strength: Strength | None = None,
    state: str | None = None,
    again: bool = False,
    made_from: int | None = None,
    seen: Mapping[str, int] | None = None,
    correction: str | None = None,
) -> Judged:
    """Judge proposals, one by one or in bulk; accepted ones become evidence of the next version of the matrix.

    Arguments:
        ids: of proposals, or of claims for all their fields; empty to choose by what follows.
        reason: one for all.
        document, field, strength, state: of the proposals meant; ``field`` may be a pattern such as ``OP2.CW.*``.
        again: in bulk, judge those anew that have been judged before.
        made_from: number of the version the judge has seen; refused where another was made since.
        seen: how many judgements the judge has seen on each claim; refused where there are more by now.
        correction: the corrected claim as JSON text, where the verdict is ``corrected``.

    A later rejection takes the evidence away again. Raises BadInput where nothing is chosen, UnknownCode for an id
    nobody knows, Conflict where a State's matrix was changed meanwhile: then nothing of it is kept for that State.
    """
    own = reference.state(state).iso3 if state else None
    check_reason(reason)
    if not ids and not (document or field or strength or own):
        raise _nothing_chosen("no proposal named, and nothing to choose them by")
    with opened(database_url) as store:
        known = _kept(store, document, own)
        _check_ids(ids, known)
        meant = [p for p in chosen(known, ids=ids, field=field, strength=strength, state=own) if p.state]
        if not ids and not again:
            meant = [p for p in meant if p.judgement is None]
        if not meant:
            raise _nothing_chosen("no proposal of a known State that fits and awaits a judgement")
        by_state: dict[str, list[Proposal]] = {}
        for proposal in meant:
            by_state.setdefault(proposal.state or "", []).append(proposal)
        for code in by_state:
            check(who, "judge", code)
        judged = [
            (code, one, tuple(Judgement(p.id, verdict, who.name, now_utc(), reason, correction) for p in one))
            for code, one in by_state.items()
        ]
        made = [_judge_state(store, who, *one, made_from, seen) for one in judged]
    return Judged(verdict, tuple(meant), tuple(row for row in made if row))


def _kept(store: Store, document: str | None, state: str | None = None) -> tuple[Proposal, ...]:
    """The proposals of a document, or of all; of one State where it is named, so that no other's documents are opened."""
    stored = [
        one
        for one in store.claims(document)
        if one.claim.fields and one.claim.state and state in (None, one.claim.state)
    ]
    judged = store.latest_judgements()
    if document is not None and not stored:
        # A document nobody knows is another thing than one that proposes nothing.
        store.reading(document)
    by_document: dict[str, list[tuple[str, Claim]]] = {}
    for one in stored:
        by_document.setdefault(one.document_id, []).append((one.id, one.claim))
    found: list[Proposal] = []
    for document_id, claims in by_document.items():
        found += proposals(claims, _origin(document_id, store.reading(document_id)), judged)
    return tuple(found)


def _origin(document_id: str, reading: Reading) -> Origin:
    head = reading.document
    return Origin(
        document=document_id,
        name=_title(reading),
        is_law=head.kind == "national law",
        in_force=getattr(head, "in_force", None),
        date=head.date,
    )


def _title(reading: Reading) -> str:
    """The document's title, else the first heading of some words before its articles, else the name of its file."""
    front = itertools.takewhile(lambda paragraph: paragraph.kind != "article", reading.paragraphs)
    named = (p.text.strip("_*# ") for p in front if len(p.text.split()) >= _WORDS_OF_A_TITLE and ":" not in p.text)
    told = reading.document.title or ""
    if any(letter.isalpha() for letter in told):
        return told
    return next(named, Path(reading.name).stem)


def _judge_state(
    store: Store,
    who: Person,
    state: str,
    judged: Sequence[Proposal],
    judgements: tuple[Judgement, ...],
    made_from: int | None,
    seen: Mapping[str, int] | None,
) -> VersionRow | None:
    verdict, reason = judgements[0].verdict, judgements[0].reason
    apply = with_proposal if verdict == "accepted" else without_proposal

    def change(entries: dict[str, Entry]) -> None:
        for proposal in judged:
            before = entries.get(proposal.field) or Entry(state, proposal.field)
            entries[proposal.field] = apply(before, proposal)

    note = f"{len(judged)} proposal{'s' if len(judged) > 1 else ''} {verdict}: {reason}"
    touched = tuple(proposal.field for proposal in judged) if verdict == "accepted" else ()
    return changed(store, who, state, change, note, made_from, touched, judgements, seen=seen)


def _check_ids(ids: Sequence[str], known: Sequence[Proposal]) -> None:
    there = {proposal.id for proposal in known} | {proposal.id.partition(":")[0] for proposal in known}
    for one in ids:
        if one not in there:
            raise UnknownCode(
                f"proposal {one!r}",
                expected="the id of a proposal of a known State",
                where="matrix judge",
                remedy="run `open1540 matrix proposals` for the ids",
            )


def _nothing_chosen(found: str) -> BadInput:
    return BadInput(
        found,
        expected="ids of proposals, or --document, --field, --strength or --state",
        where="matrix judge",
        remedy="run `open1540 matrix proposals` for what there is; add --again to judge judged ones anew",
    )
