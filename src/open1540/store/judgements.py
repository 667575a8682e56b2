"""Judgements on claims and on the proposals they make, as the database keeps them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, Engine, insert, select

from open1540.store import audit, schema
from open1540.vocabulary import Claim, Conflict, Judgement, UnknownCode

# So many values a query may name on either engine.
_AT_ONCE = 900


class Judgements:
    """What the store does with judgements; a part of ``Store``."""

    _engine: Engine
    _writer: Engine

    def judge(self, judgement: Judgement) -> None:
        """Add a judgement on a claim, or on a proposal (``<claim id>:<field>``). Raises UnknownCode for another id."""
        self.judge_all([judgement])

    def judge_all(self, judgements: Iterable[Judgement], seen: Mapping[str, int] | None = None) -> None:
        """Add several judgements, all or none.

        Arguments:
            seen: how many judgements the judge saw on each claim and its fields; more of them by now raise Conflict.
        """
        with self._writer.begin() as connection:
            add_judgements(connection, judgements, seen)

    def judgements(self, subject: str) -> list[Judgement]:
        """All judgements on a claim or proposal, first to last."""
        query = select(schema.judgements.c.judgement).where(schema.judgements.c.subject == subject)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(schema.judgements.c.id)).scalars()
            return [msgspec.json.decode(row, type=Judgement) for row in rows]

    def judgements_on(self, subjects: Sequence[str]) -> list[Judgement]:
        """All judgements on some claims and proposals; on each of them first to last."""
        with self._engine.connect() as connection:
            return list(judgements_on(connection, subjects))

    def latest_judgements(self) -> dict[str, Judgement]:
        """The latest judgement on every claim and proposal that has one."""
        with self._engine.connect() as connection:
            return latest_judgements(connection)


def latest_judgements(connection: Connection, subjects: Sequence[str] | None = None) -> dict[str, Judgement]:
    """The latest judgement on every subject, or on those asked for."""
    return {judgement.subject: judgement for judgement in judgements_on(connection, subjects)}


def judgements_on(connection: Connection, subjects: Sequence[str] | None) -> Iterator[Judgement]:
    """All judgements on some subjects, or on every one; on each subject first to last."""
    query = select(schema.judgements.c.judgement).order_by(schema.judgements.c.id)
    parts = (
        [query]
        if subjects is None
        else [
            query.where(schema.judgements.c.subject.in_(subjects[at : at + _AT_ONCE]))
            for at in range(0, len(subjects), _AT_ONCE)
        ]
    )
    for part in parts:
        for row in connection.execute(part).scalars():
            yield msgspec.json.decode(row, type=Judgement)


def add_judgements(
    connection: Connection, judgements: Iterable[Judgement], seen: Mapping[str, int] | None = None
) -> None:
    """Add judgements within a transaction.

    Raises UnknownCode where a subject is neither a claim nor a proposal, Conflict where a claim was judged since it was ``seen``.
    """
    _check_seen(connection, seen or {})
    for judgement in judgements:
        claim_id, _, field = judgement.subject.partition(":")
        claim = connection.execute(select(schema.claims.c.claim).where(schema.claims.c.id == claim_id)).scalar()
        if claim is None or (field and field not in msgspec.json.decode(claim, type=Claim).fields):
            raise UnknownCode(
                f"{'proposal' if field else 'claim'} {judgement.subject!r}",
                expected=f"the id of a kept {'proposal' if field else 'claim'}",
                where="store",
                remedy=f"run `open1540 {'matrix propose' if field else 'claims'}` for the ids",
            )
        connection.execute(
            insert(schema.judgements).values(
                subject=judgement.subject, judgement=msgspec.json.encode(judgement).decode()
            )
        )
        what = f"{'proposal' if field else 'claim'} {judgement.verdict}"
        audit.record(connection, judgement.by, what, judgement.subject, judgement.reason)


def _check_seen(connection: Connection, seen: Mapping[str, int]) -> None:
    if seen:
        # Nobody else may judge between the count and what is added.
        audit.take_turn(connection)
    for claim_id, known in seen.items():
        packed = connection.execute(select(schema.claims.c.claim).where(schema.claims.c.id == claim_id)).scalar()
        fields = msgspec.json.decode(packed, type=Claim).fields if packed else ()
        held = list(judgements_on(connection, [claim_id, *(f"{claim_id}:{field}" for field in fields)]))
        if len(held) != known:
            last = max(held, key=lambda judgement: judgement.at, default=None)
            raise Conflict(
                f"a claim judged meanwhile{f' by {last.by}: {last.verdict} ({last.reason})' if last else ''}",
                expected=f"a claim with {known} judgements, as the page showed it",
                where=f"claim {claim_id}",
                remedy="look at the claim as it stands now, then judge it again if you still would",
            )
