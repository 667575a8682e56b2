"""How much there is of everything, as far as somebody is shown it, counted by the database."""

import msgspec
from sqlalchemy import Engine, func, select

from open1540.store import schema
from open1540.store.log import Seen, documents_shown, versions_shown

_documents, _claims, _judgements = schema.documents, schema.claims, schema.judgements
# A proposal is judged under the id of its claim, a colon and a field.
_ID = 16


class Figures(msgspec.Struct, frozen=True):
    """Numbers of records.

    Attributes:
        awaiting: claims nobody has judged, wholly or for one of their fields.
        versions: of matrices, by the step at which they stand now.
        published: States whose matrix is published.
    """

    documents: int
    claims: int
    awaiting: int
    versions: dict[str, int]
    published: int


class ReadingSize(msgspec.Struct, frozen=True):
    """A document with the size of what was read from it, which changes where it is read otherwise."""

    id: str
    name: str
    title: str | None
    symbol: str | None
    reader: str
    size: int


class Counting:
    """What the store does to count its records; a part of ``Store``."""

    _engine: Engine

    def figures(self, seen: Seen) -> Figures:
        """How much there is of what somebody is shown."""
        documents = select(func.count()).select_from(_documents).where(documents_shown(seen))
        claims = (
            select(func.count())
            .select_from(_claims.join(_documents, _documents.c.id == _claims.c.document_id))
            .where(documents_shown(seen))
        )
        judged = select(func.substr(_judgements.c.subject, 1, _ID))
        versions = versions_shown(seen).subquery()
        by_step = select(versions.c.step, func.count()).group_by(versions.c.step)
        published = select(func.count(versions.c.state.distinct())).where(versions.c.step == "published")
        with self._engine.connect() as connection:
            return Figures(
                connection.execute(documents).scalar() or 0,
                connection.execute(claims).scalar() or 0,
                connection.execute(claims.where(_claims.c.id.not_in(judged))).scalar() or 0,
                dict(connection.execute(by_step).tuples().all()),
                connection.execute(published).scalar() or 0,
            )

    def awaiting(self, document_id: str) -> int:
        """How many claims of a document, that name a State and fields, nobody has judged."""
        judged = select(func.substr(_judgements.c.subject, 1, _ID))
        query = select(func.count()).where(
            _claims.c.document_id == document_id, _claims.c.state.is_not(None), _claims.c.id.not_in(judged)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def reading_sizes(self, seen: Seen) -> list[ReadingSize]:
        """The documents somebody is shown, with the size of what was read from each."""
        columns = [_documents.c[name] for name in ("id", "name", "title", "symbol", "reader")]
        size = func.length(_documents.c.reading).label("size")
        query = select(*columns, size).where(documents_shown(seen)).order_by(_documents.c.kept_at.desc())
        with self._engine.connect() as connection:
            return [ReadingSize(**row._mapping) for row in connection.execute(query)]
