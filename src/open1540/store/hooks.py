"""Who is told of changes by HTTP, and what was sent: one delivery for each event and receiver, tried until it succeeds."""

import datetime as dt

import msgspec
from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, select, update
from sqlalchemy.sql import Select

from open1540.store import audit, schema
from open1540.store.accounts import at
from open1540.store.audit import AuditRow
from open1540.store.log import Seen, shown
from open1540.vocabulary import UnknownCode

_hooks, _deliveries, _log, _accounts = schema.hooks, schema.deliveries, schema.audit, schema.accounts
KEPT = 200


class Hook(msgspec.Struct, frozen=True):
    """A receiver without its secret; ``after`` is the number of the last line of the log it was told of."""

    id: str
    account_id: str
    url: str
    events: tuple[str, ...]
    made_at: str
    after: int


class Delivery(msgspec.Struct, frozen=True):
    """Something sent, or to be sent; ``next_try`` is None where it was delivered or given up."""

    id: int
    hook_id: str
    event: str
    body: str
    at: str
    tries: int
    next_try: str | None
    delivered: bool
    told: str


class Sending(msgspec.Struct, frozen=True):
    """A delivery whose turn it is, with where it goes and what signs it."""

    delivery: Delivery
    url: str
    secret: str


class Hooks:
    """What the store does with receivers and deliveries; a part of ``Store``."""

    _engine: Engine
    _writer: Engine

    def add_hook(self, hook: Hook, secret: str, by: str) -> Hook:
        """Keep a receiver; it is told of what is on the log from now on."""
        with self._writer.begin() as connection:
            audit.record(connection, by, "webhook made", hook.id, " ".join(hook.events))
            kept = msgspec.structs.replace(
                hook, after=connection.execute(select(func.max(_log.c.number))).scalar() or 0
            )
            values = msgspec.structs.asdict(kept) | {"events": " ".join(hook.events), "secret": secret}
            connection.execute(insert(_hooks).values(**values))
        return kept

    def hooks(self, account_id: str | None = None) -> list[Hook]:
        """The receivers of an account, or all; the first made first."""
        query = select(_hooks).order_by(_hooks.c.made_at)
        if account_id is not None:
            query = query.where(_hooks.c.account_id == account_id)
        with self._engine.connect() as connection:
            return [_hook(row) for row in connection.execute(query)]

    def drop_hook(self, hook_id: str, account_id: str, by: str) -> None:
        """Tell a receiver of an account no more. Raises UnknownCode where it has none of this id."""
        with self._writer.begin() as connection:
            of_account = and_(_hooks.c.id == hook_id, _hooks.c.account_id == account_id)
            connection.execute(
                delete(_deliveries).where(_deliveries.c.hook_id.in_(select(_hooks.c.id).where(of_account)))
            )
            if not connection.execute(delete(_hooks).where(of_account)).rowcount:
                raise _unknown(hook_id)
            audit.record(connection, by, "webhook taken back", hook_id)

    def untold(self, hook: Hook, last: int, seen: Seen, limit: int) -> list[AuditRow]:
        """The next lines of the log a receiver was not told of, up to a last one, as far as its owner is shown them."""
        span = _log.c.number.between(hook.after + 1, last)
        query = select(_log).where(span, shown(seen)).order_by(_log.c.number).limit(limit)
        with self._engine.connect() as connection:
            return [AuditRow(**row._mapping) for row in connection.execute(query)]

    def last_line(self) -> int:
        """Number of the last line of the log, whatever it tells of."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(_log.c.number))).scalar() or 0

    def enqueue(self, hook: Hook, told_up_to: int, deliveries: list[tuple[str, str]], now: dt.datetime) -> bool:
        """Keep what is to be sent to a receiver, and up to which line of the log that tells it everything.

        Arguments:
            deliveries: event and body of each.

        Returns False, and keeps nothing, where another server has done so meanwhile.
        """
        with self._writer.begin() as connection:
            moved = update(_hooks).where(_hooks.c.id == hook.id, _hooks.c.after == hook.after).values(after=told_up_to)
            if not connection.execute(moved).rowcount:
                return False
            for event, body in deliveries:
                _add(connection, hook.id, event, body, now)
        return True

    def add_delivery(self, hook_id: str, event: str, body: str, now: dt.datetime) -> None:
        """Keep one more delivery to be sent at once."""
        with self._writer.begin() as connection:
            _add(connection, hook_id, event, body, now)

    def take_deliveries(self, now: dt.datetime, lease: dt.timedelta, limit: int) -> list[Sending]:
        """Deliveries whose turn it is; until the lease ends no other server takes them."""
        due = and_(_deliveries.c.next_try.is_not(None), _deliveries.c.next_try <= at(now))
        with self._engine.connect() as connection:
            if connection.execute(select(_deliveries.c.id).where(due).limit(1)).first() is None:
                return []
        taken = []
        with self._writer.begin() as connection:
            query = (
                select(_deliveries, _hooks.c.url, _hooks.c.secret).join(_hooks).where(due).order_by(_deliveries.c.id)
            )
            for row in connection.execute(query.limit(limit)).all():
                same = and_(_deliveries.c.id == row.id, _deliveries.c.next_try == row.next_try)
                values = {"next_try": at(now + lease), "tries": row.tries + 1}
                if connection.execute(update(_deliveries).where(same).values(**values)).rowcount:
                    delivery = msgspec.structs.replace(_delivery(row), tries=row.tries + 1)
                    taken.append(Sending(delivery, row.url, row.secret))
        return taken

    def end_try(self, delivery_id: int, told: str, *, delivered: bool, next_try: dt.datetime | None) -> None:
        """Keep what came of a try: delivered, to be tried again at a moment, or given up."""
        values = {"told": told, "delivered": delivered, "next_try": at(next_try) if next_try else None}
        with self._writer.begin() as connection:
            connection.execute(update(_deliveries).where(_deliveries.c.id == delivery_id).values(**values))

    def deliveries(self, hook_id: str, limit: int = KEPT) -> list[Delivery]:
        """What was sent, or is to be sent, to a receiver, latest first."""
        with self._engine.connect() as connection:
            return [_delivery(row) for row in connection.execute(_of_hook(hook_id).limit(limit))]


def _add(connection: Connection, hook_id: str, event: str, body: str, now: dt.datetime) -> None:
    values = {"hook_id": hook_id, "event": event, "body": body, "at": at(now), "next_try": at(now)}
    connection.execute(insert(_deliveries).values(**values, tries=0, delivered=False, told=""))
    # What is over long ago is not kept for ever.
    old = connection.execute(_of_hook(hook_id).offset(KEPT)).all()
    over = [row.id for row in old if row.next_try is None]
    if over:
        connection.execute(delete(_deliveries).where(_deliveries.c.id.in_(over)))


def _of_hook(hook_id: str) -> Select[tuple[object, ...]]:
    return select(_deliveries).where(_deliveries.c.hook_id == hook_id).order_by(_deliveries.c.id.desc())


def _hook(row: Row[tuple[object, ...]]) -> Hook:
    return Hook(row.id, row.account_id, row.url, tuple(row.events.split()), row.made_at, row.after)


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
    values = {name: getattr(row, name) for name in Delivery.__struct_fields__}
    return Delivery(**values | {"delivered": bool(row.delivered)})


def _unknown(hook_id: str) -> UnknownCode:
    return UnknownCode(
        f"webhook {hook_id!r}",
        expected="the id of a webhook of this account",
        where="webhooks",
        remedy="choose one that is listed",
    )
