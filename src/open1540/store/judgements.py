"""Judgements on claims and on the proposals they make, as the database keeps them."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, Engine, insert, select

from open1540.store import audit, schema
from open1540.vocabulary import Claim, Judgement, UnknownCode


class Judgements:
    """What the store does with judgements; a part of ``Store``."""

    _engine: Engine
    _writer: Engine

    def judge(self, judgement: Judgement) -> None:
        """Add a judgement on a claim, or on a proposal (``<claim id>:<field>``). Raises UnknownCode for another id."""
        self.judge_all([judgement])

    def judge_all(self, judgements: Iterable[Judgement]) -> None:
        """Add several judgements, all or none."""
        with self._writer.begin() as connection:
            add_judgements(connection, judgements)

    def judgements(self, subject: str) -> list[Judgement]:
        """All judgements on a claim or proposal, first to last."""
        query = select(schema.judgements.c.judgement).where(schema.judgements.c.subject == subject)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(schema.judgements.c.id)).scalars()
            return [msgspec.json.decode(row, type=Judgement) for row in rows]

    def latest_judgements(self) -> dict[str, Judgement]:
        """The latest judgement on every claim and proposal that has one."""
        with self._engine.connect() as connection:
            return latest_judgements(connection)


def latest_judgements(connection: Connection) -> dict[str, Judgement]:
    """The latest judgement on every subject."""
    rows = connection.execute(select(schema.judgements).order_by(schema.judgements.c.id))
    return {row.subject: msgspec.json.decode(row.judgement, type=Judgement) for row in rows}


def add_judgements(connection: Connection, judgements: Iterable[Judgement]) -> None:
    """Add judgements within a transaction. Raises UnknownCode where a subject is neither a claim nor a proposal."""
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
