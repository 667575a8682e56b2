"""Matrix versions, their steps and comments, as the database keeps them."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, Select, and_, func, insert, select

from open1540.matrix.record import Comment, Header, Step, StepTaken, Version, VersionRow
from open1540.store import audit, schema
from open1540.store.characters import storable
from open1540.store.judgements import add_judgements
from open1540.vocabulary import Conflict, Entry, Judgement, UnknownCode

_ENTRIES = msgspec.json.Decoder(tuple[Entry, ...])
_HEADER = msgspec.json.Decoder(Header)
_versions, _steps, _comments = schema.matrix_versions, schema.matrix_steps, schema.matrix_comments


class Matrices:
    """What the store does with matrices; a part of ``Store``."""

    _engine: Engine
    _writer: Engine

    def add_version(
        self,
        version: Version,
        expected_latest: int | None,
        judgements: Sequence[Judgement] = (),
        role: str = "expert",
        seen: Mapping[str, int] | None = None,
    ) -> Version:
        """Keep the next version of a State's matrix, together with the judgements it follows from.

        Arguments:
            version: what to keep; its number, step and ``made_from`` are given by the store.
            expected_latest: number of the version it was made from; None where there was none.
            judgements: on proposals, kept in the same transaction: all or nothing.
            role: the role of whoever made it.
            seen: how many judgements the judge saw on each claim.

        Returns the version as it is kept. Raises Conflict where another version was made meanwhile.
        """
        with self._writer.begin() as connection:
            audit.take_turn(connection)
            latest = _latest_row(connection, version.state)
            if (latest.number if latest else None) != expected_latest:
                raise _made_meanwhile(version.state, expected_latest, latest)
            number = (expected_latest or 0) + 1
            kept = msgspec.structs.replace(version, number=number, step="draft", made_from=expected_latest)
            connection.execute(insert(_versions).values(**_columns(kept)))
            _insert_step(connection, StepTaken(kept.state, number, "draft", kept.made_at, kept.by, role, kept.note))
            add_judgements(connection, judgements, seen)
            audit.record(connection, kept.by, "matrix version made", f"{kept.state} v{number}", kept.note)
        return kept

    def version(self, state: str, number: int | None = None) -> Version | None:
        """A version of a State's matrix, the latest without a number; None where the State has none at all.

        Raises UnknownCode where the State has versions, but none of this number.
        """
        query = _with_steps(_versions.c.state == state).order_by(_versions.c.number.desc())
        if number is not None:
            query = query.where(_versions.c.number == number)
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).first()
            latest = _latest_row(connection, state) if row is None and number is not None else None
        if row is None and latest is not None:
            raise _no_version(state, number, latest.number)
        return _version(row) if row else None

    def versions(self, state: str | None) -> list[VersionRow]:
        """All versions of a State's matrix, or of every State's, without their entries; the latest first."""
        of_state = () if state is None else (_versions.c.state == state,)
        query = _with_steps(*of_state, entries=False).order_by(_versions.c.state, _versions.c.number.desc())
        with self._engine.connect() as connection:
            return [
                VersionRow(
                    row.state,
                    row.number,
                    row.template,
                    dt.date.fromisoformat(row.as_of),
                    row.step,
                    dt.datetime.fromisoformat(row.made_at),
                    row.by,
                    row.note,
                    row.made_from,
                )
                for row in connection.execute(query)
            ]

    def latest_versions(
        self, on: dt.date | None = None, published_only: bool = False, states: Iterable[str] | None = None
    ) -> list[Version]:
        """Of each State the version that speaks of the latest day, not after ``on``; in the order of their codes.

        Arguments:
            on: the day asked for; None for the latest there is.
            published_only: leave out versions that have not been published, and of the others what the State has
                not agreed to show, there or in its latest version.
            states: ISO codes; None for all.
        """
        newest = func.row_number().over(
            partition_by=_versions.c.state, order_by=(_versions.c.as_of.desc(), _versions.c.number.desc())
        )
        ranked = select(_versions.c.state, _versions.c.number, newest.label("place"))
        best = ranked.where(*_conditions(on, published_only, states)).subquery()
        is_best = select(best.c.state).where(
            best.c.place == 1, best.c.state == _versions.c.state, best.c.number == _versions.c.number
        )
        query = _with_steps(is_best.exists()).order_by(_versions.c.state)
        with self._engine.connect() as connection:
            withheld = _withheld(connection) if published_only else {}
            return [
                _version(row, withheld.get(row.state, frozenset()) if published_only else None)
                for row in connection.execute(query)
            ]

    def versions_standing(
        self, on: dt.date, steps: Sequence[Step], *, withheld: bool, states: Iterable[str] | None = None
    ) -> Iterator[tuple[Version, str]]:
        """Of each State the version of the latest day not after ``on`` that has come to one of the steps, one by one.

        Arguments:
            steps: a role's, up to the last step there is.
            withheld: whether what a State has not agreed to show is among the entries.
            states: ISO codes; None for all.

        Each comes with the SHA-256 of its entries as they are kept, withheld ones too, in the order of the codes.
        """
        newest = func.row_number().over(
            partition_by=_versions.c.state, order_by=(_versions.c.as_of.desc(), _versions.c.number.desc())
        )
        came = select(_steps.c.id).where(
            _steps.c.state == _versions.c.state, _steps.c.number == _versions.c.number, _steps.c.step.in_(steps)
        )
        standing = [came.exists(), *_conditions(on, False, states)]
        best = select(_versions.c.state, _versions.c.number, newest.label("place")).where(*standing).subquery()
        is_best = select(best.c.state).where(
            best.c.place == 1, best.c.state == _versions.c.state, best.c.number == _versions.c.number
        )
        query = _with_steps(is_best.exists()).order_by(_versions.c.state)
        with self._engine.connect() as connection:
            hidden = {} if withheld else _withheld(connection)
            for row in connection.execute(query):
                digest = hashlib.sha256(zlib.decompress(row.entries)).hexdigest()
                yield _version(row, None if withheld else hidden.get(row.state, frozenset())), digest

    def withheld(self, state: str) -> frozenset[str]:
        """The fields of a State that nobody but the State and the experts is shown, by its latest version."""
        with self._engine.connect() as connection:
            return _withheld(connection, state).get(state, frozenset())

    def take_step(self, taken: StepTaken, expected: Step) -> None:
        """Keep a step of a version that stands at ``expected``. Raises Conflict where somebody took one meanwhile."""
        with self._writer.begin() as connection:
            audit.take_turn(connection)
            last = _last_step(connection, taken.state, taken.number)
            if last is None or last.step != expected:
                raise _stands_elsewhere(taken, expected, last)
            _insert_step(connection, taken)
            subject = f"{taken.state} v{taken.number}"
            audit.record(connection, taken.by, f"matrix step: {taken.step}", subject, taken.reason)

    def steps(self, state: str, number: int | None = None) -> list[StepTaken]:
        """The steps taken by the versions of a State, or by one of them, first to last."""
        query = select(_steps).where(_steps.c.state == state).order_by(_steps.c.id)
        if number is not None:
            query = query.where(_steps.c.number == number)
        with self._engine.connect() as connection:
            return [_step(row) for row in connection.execute(query)]

    def add_comment(self, comment: Comment) -> None:
        """Keep a comment or a note on a field of a version. Raises UnknownCode where there is no such version."""
        with self._writer.begin() as connection:
            latest = _latest_row(connection, comment.state)
            if latest is None or not 1 <= comment.number <= latest.number:
                raise _no_version(comment.state, comment.number, latest.number if latest else None)
            connection.execute(
                insert(_comments).values(
                    state=comment.state, number=comment.number, comment=msgspec.json.encode(comment).decode()
                )
            )
            subject = f"{comment.state} v{comment.number} {comment.field}"
            audit.record(connection, comment.by, f"matrix {comment.kind}", subject)

    def comments(self, state: str | None, number: int | None = None) -> list[Comment]:
        """Comments and notes on the versions of a State, on one of them, or on those of every State; first to last."""
        query = select(_comments.c.comment).order_by(_comments.c.id)
        if state is not None:
            query = query.where(_comments.c.state == state)
        if number is not None:
            query = query.where(_comments.c.number == number)
        with self._engine.connect() as connection:
            return [msgspec.json.decode(row, type=Comment) for row in connection.execute(query).scalars()]


def _conditions(on: dt.date | None, published_only: bool, states: Iterable[str] | None) -> list[Any]:
    conditions: list[Any] = [] if on is None else [_versions.c.as_of <= on.isoformat()]
    if published_only:
        published = select(_steps.c.id).where(
            _steps.c.state == _versions.c.state, _steps.c.number == _versions.c.number, _steps.c.step == "published"
        )
        conditions.append(published.exists())
    return conditions if states is None else [*conditions, _versions.c.state.in_(list(states))]


def _with_steps(*conditions: Any, entries: bool = True) -> Select[Any]:
    """Versions, each with the last step it has taken."""
    return _every_version(entries).where(*conditions)


@cache
def _every_version(entries: bool) -> Select[Any]:
    last = select(_steps.c.state, _steps.c.number, func.max(_steps.c.id).label("id"))
    last_id = last.group_by(_steps.c.state, _steps.c.number).subquery()
    columns = [column for column in _versions.c if entries or column.name not in ("entries", "header")]
    of_version = and_(last_id.c.state == _versions.c.state, last_id.c.number == _versions.c.number)
    approval = _steps.alias("approval")
    of_approval = and_(
        approval.c.state == _versions.c.state, approval.c.number == _versions.c.number, approval.c.step == "approved"
    )
    joined = _versions.join(last_id, of_version).join(_steps, _steps.c.id == last_id.c.id)
    joined = joined.outerjoin(approval, of_approval)
    return select(*columns, _steps.c.step, approval.c.at.label("approved_at")).select_from(joined)


def _withheld(connection: Connection, state: str | None = None) -> dict[str, frozenset[str]]:
    """By State the fields its latest version withholds; of all, or of one."""
    latest = select(_versions.c.state, func.max(_versions.c.number).label("number")).group_by(_versions.c.state)
    last = (latest if state is None else latest.where(_versions.c.state == state)).subquery()
    of_last = and_(last.c.state == _versions.c.state, last.c.number == _versions.c.number)
    query = select(_versions.c.state, _versions.c.withheld).join(last, of_last)
    return {row.state: frozenset(msgspec.json.decode(row.withheld)) for row in connection.execute(query)}


def _version(row: Row[Any], withheld: frozenset[str] | None = None) -> Version:
    """The version of a row; with a set of fields to withhold, without these and without its own withheld ones."""
    entries = _ENTRIES.decode(zlib.decompress(row.entries))
    if withheld is not None:
        entries = tuple(e for e in entries if e.consented is not False and e.field not in withheld)
    header = _HEADER.decode(row.header)
    if row.approved_at:
        header = msgspec.structs.replace(header, approved=dt.datetime.fromisoformat(row.approved_at).date())
    return Version(
        state=row.state,
        number=row.number,
        template=row.template,
        as_of=dt.date.fromisoformat(row.as_of),
        entries=entries,
        made_at=dt.datetime.fromisoformat(row.made_at),
        by=row.by,
        header=header,
        step=row.step,
        note=row.note,
        made_from=row.made_from,
    )


def _columns(version: Version) -> dict[str, Any]:
    return {
        "state": version.state,
        "number": version.number,
        "template": version.template,
        "as_of": version.as_of.isoformat(),
        "made_at": version.made_at.isoformat(),
        "by": version.by,
        "note": storable(version.note),
        "made_from": version.made_from,
        "header": msgspec.json.encode(version.header).decode(),
        "withheld": msgspec.json.encode([e.field for e in version.entries if e.consented is False]).decode(),
        "entries": zlib.compress(msgspec.json.encode(version.entries), 6),
    }


def _insert_step(connection: Connection, taken: StepTaken) -> None:
    values = msgspec.structs.asdict(taken) | {"at": taken.at.isoformat(), "reason": storable(taken.reason)}
    connection.execute(insert(_steps).values(**values))


def _step(row: Row[Any]) -> StepTaken:
    at = dt.datetime.fromisoformat(row.at)
    return StepTaken(row.state, row.number, row.step, at, row.by, row.role, row.reason)


def _latest_row(connection: Connection, state: str) -> Any:
    columns = (_versions.c.number, _versions.c.by, _versions.c.made_at, _versions.c.note)
    query = select(*columns).where(_versions.c.state == state).order_by(_versions.c.number.desc())
    return connection.execute(query.limit(1)).first()


def _last_step(connection: Connection, state: str, number: int) -> StepTaken | None:
    query = select(_steps).where(_steps.c.state == state, _steps.c.number == number).order_by(_steps.c.id.desc())
    row = connection.execute(query.limit(1)).first()
    return _step(row) if row else None


def _made_meanwhile(state: str, expected: int | None, latest: Any) -> Conflict:
    started = f"version {expected}" if expected else "no version"
    if latest is None:
        return Conflict(
            f"a change made from {started} of {state}, which has no version",
            expected="a change made from the latest version",
            where=f"matrix of {state}",
            remedy=f"run `open1540 matrix versions {state}` and make the change anew",
        )
    made_at = dt.datetime.fromisoformat(latest.made_at)
    why = f": {latest.note}" if latest.note else ""
    return Conflict(
        f"version {latest.number} of {state}, made by {latest.by} on {made_at:%Y-%m-%d at %H:%M:%S} UTC{why}; "
        f"this change was made from {started}",
        expected="a change made from the latest version",
        where=f"matrix of {state}",
        remedy=f"nothing of this change was kept; look at `open1540 matrix diff {state} v{expected} v{latest.number}` "
        "and make it anew"
        if expected
        else f"nothing of this change was kept; look at `open1540 matrix show {state}` and make it anew",
    )


def _stands_elsewhere(taken: StepTaken, expected: Step, last: StepTaken | None) -> Conflict:
    stands = f"{last.step}, by {last.by} on {last.at:%Y-%m-%d at %H:%M:%S} UTC" if last else "not on record"
    return Conflict(
        f"version {taken.number} of {taken.state}: {stands}",
        expected=f"a version at the step {expected!r}",
        where=f"matrix of {taken.state}",
        remedy=f"look at `open1540 matrix versions {taken.state}` before taking a step",
    )


def _no_version(state: str, number: int | None, latest: int | None) -> UnknownCode:
    return UnknownCode(
        f"version {number} of the matrix of {state}",
        # How many there are is not told: some may not be shown to whoever asks.
        expected="the number of a version you are shown" if latest else "a State whose matrix has a version",
        where="matrix version",
        remedy=f"run `open1540 matrix versions {state}` for what there is",
    )
