"""Requests, offers, activities, feedback and plans, and the steps requests take, as the database keeps them."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Engine, and_, func, insert, select

from open1540.assistance.records import RECORDS, Kept, Taken
from open1540.store import audit, schema
from open1540.store.characters import storable
from open1540.vocabulary import Conflict, UnknownCode

_records, _steps = schema.assistance_records, schema.assistance_steps
_KINDS = {record: kind for kind, record in RECORDS.items()}
# How an id begins where the record belongs to no State.
_PREFIXES = {"request": "ORG", "offer": "OFF", "activity": "ACT", "feedback": "FB", "plan": "PLAN"}
R = TypeVar("R", bound=Kept)


class Assistance:
    """What the store does with assistance; a part of ``Store``."""

    _engine: Engine
    _writer: Engine

    def add_record(self, record: R, expected: int = 0, steps: Sequence[Taken] = ()) -> R:
        """Keep a new record, or the next number of one.

        Arguments:
            record: without an id where it is new; the store gives one.
            expected: its latest number as whoever changes it saw it; 0 for a new one.
            steps: taken with it, all or nothing; their request and position are given by the store.

        Returns it as it is kept. Raises Conflict where it was changed meanwhile, UnknownCode where there is none of its id.
        """
        with self._writer.begin() as connection:
            return _add(connection, record, expected, steps)

    def add_records(self, records: Sequence[R]) -> list[R]:
        """Keep several new records, all or none."""
        with self._writer.begin() as connection:
            return [_add(connection, record, 0, ()) for record in records]

    def record(self, kind: type[R], record_id: str) -> R:
        """The latest of a record. Raises UnknownCode where there is none of this kind and id."""
        found = self.history(kind, record_id)
        if not found:
            raise _unknown(_KINDS[kind], record_id)
        return found[-1]

    def history(self, kind: type[R], record_id: str) -> list[R]:
        """Every number of a record, the first first; empty where there is none."""
        query = select(_records.c.record).where(_records.c.id == storable(record_id), _records.c.kind == _KINDS[kind])
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(_records.c.number)).scalars()
            return [msgspec.json.decode(row, type=kind) for row in rows]

    def records(self, kind: type[R], state: str | None = None) -> list[R]:
        """The latest of every record of a kind, or of those of one State, in the order in which they were made."""
        newest = select(
            _records.c.id, func.max(_records.c.number).label("number"), func.min(_records.c.at).label("made")
        )
        of_kind = newest.where(_records.c.kind == _KINDS[kind]).group_by(_records.c.id).subquery()
        is_newest = and_(of_kind.c.id == _records.c.id, of_kind.c.number == _records.c.number)
        query = select(_records.c.record).join(of_kind, is_newest).order_by(of_kind.c.made, _records.c.id)
        if state is not None:
            query = query.where(_records.c.state == state)
        decode = msgspec.json.Decoder(kind).decode
        with self._engine.connect() as connection:
            return [decode(row) for row in connection.execute(query).scalars()]

    def take_request_step(self, taken: Taken, expected: int) -> Taken:
        """Keep a step of a request.

        Arguments:
            expected: how many steps whoever takes it saw; more of them by now raise Conflict, so that two do not decide at once.
        """
        with self._writer.begin() as connection:
            audit.take_turn(connection)
            last = _steps_of(connection, [taken.request])
            if len(last) != expected:
                raise _decided_meanwhile(taken, last[-1])
            return _insert_step(connection, taken)

    def request_steps(self, requests: Sequence[str] | None = None) -> list[Taken]:
        """The steps some requests took, or all of them; of each request first to last."""
        with self._engine.connect() as connection:
            return _steps_of(connection, requests)


def _add(connection: Connection, record: R, expected: int, steps: Sequence[Taken]) -> R:
    kind = _KINDS[type(record)]
    audit.take_turn(connection)
    known = record.id or _next_id(connection, kind, _state(record), record.at.year)
    latest = _latest_number(connection, known)
    if record.id and not latest:
        raise _unknown(kind, known)
    if latest != expected:
        raise _changed_meanwhile(kind, known, expected, latest)
    kept = msgspec.structs.replace(record, id=known, number=latest + 1)
    connection.execute(insert(_records).values(kind=kind, **_columns(kept)))
    audit.record(connection, kept.by, f"{kind} {'changed' if latest else 'made'}", known, kept.note)
    for taken in steps:
        _insert_step(connection, msgspec.structs.replace(taken, request=known))
    return kept


def _insert_step(connection: Connection, taken: Taken) -> Taken:
    last = connection.execute(select(func.max(_steps.c.position)).where(_steps.c.request == taken.request)).scalar()
    kept = msgspec.structs.replace(taken, position=(last or 0) + 1)
    connection.execute(
        insert(_steps).values(
            request=kept.request, position=kept.position, step=kept.step, taken=msgspec.json.encode(kept).decode()
        )
    )
    audit.record(connection, kept.by, f"request step: {kept.step}", kept.request, kept.reason)
    return kept


def _steps_of(connection: Connection, requests: Sequence[str] | None) -> list[Taken]:
    query = select(_steps.c.taken).order_by(_steps.c.request, _steps.c.position)
    if requests is not None:
        query = query.where(_steps.c.request.in_([storable(request) for request in requests]))
    return [msgspec.json.decode(row, type=Taken) for row in connection.execute(query).scalars()]


def _next_id(connection: Connection, kind: str, state: str | None, year: int) -> str:
    prefix = f"{state if kind == 'request' and state else _PREFIXES[kind]}-{year}-"
    known = connection.execute(select(_records.c.id).where(_records.c.id.startswith(prefix)).distinct()).scalars()
    return f"{prefix}{max((int(one.removeprefix(prefix)) for one in known), default=0) + 1}"


def _latest_number(connection: Connection, record_id: str) -> int:
    return (
        connection.execute(select(func.max(_records.c.number)).where(_records.c.id == storable(record_id))).scalar()
        or 0
    )


def _state(record: Kept) -> str | None:
    return getattr(record, "state", None)


def _columns(record: Kept) -> dict[str, str | int | None]:
    return {
        "id": record.id,
        "number": record.number,
        "state": _state(record),
        "by": storable(record.by),
        "at": record.at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        "record": msgspec.json.encode(record).decode(),
    }


def _unknown(kind: str, record_id: str) -> UnknownCode:
    return UnknownCode(
        f"{kind} {record_id!r}",
        expected=f"the id of a {kind} that is kept",
        where="assistance",
        remedy="choose one that is listed",
    )


def _changed_meanwhile(kind: str, record_id: str, expected: int, latest: int) -> Conflict:
    return Conflict(
        f"{kind} {record_id} changed meanwhile: number {latest} stands now",
        expected=f"number {expected}, as it was read",
        where=f"{kind} {record_id}",
        remedy="read it again, then make the change once more",
    )


def _decided_meanwhile(taken: Taken, last: Taken) -> Conflict:
    return Conflict(
        f"request {taken.request}, where {last.by} has meanwhile entered the step {last.step!r}",
        expected="the steps as they were when the decision was made",
        where=f"request {taken.request}, step {taken.step}",
        remedy="look at the request again and decide whether the step is still wanted",
    )
