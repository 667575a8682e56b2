"""Accounts, their sessions, one-time links and tokens, as the database keeps them; secrets are kept as hashes only."""

import datetime as dt

import msgspec
from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from open1540.store import audit, schema
from open1540.vocabulary import BadInput, UnknownCode

_accounts, _sessions, _keys = schema.accounts, schema.sessions, schema.keys
_tokens, _attempts = schema.tokens, schema.attempts
SIGNED_IN = "signed in"


class Account(msgspec.Struct, frozen=True):
    """Who may sign in.

    Attributes:
        name: as typed to sign in, in small letters.
        role: id in ``facts/permissions.yaml``; state: of a point of contact.
        active: whether the account may be used.
        local: whether it has a password here.
    """

    id: str
    name: str
    role: str
    state: str | None
    active: bool
    made_at: str
    local: bool = True


class Token(msgspec.Struct, frozen=True):
    """An API token without its secret; ``scopes`` are what it may be used for."""

    id: str
    account_id: str
    name: str
    scopes: tuple[str, ...]
    made_at: str
    ends: str


class Accounts:
    """What the store does with accounts; a part of ``Store``. Keys and tokens come in as their hashes."""

    _engine: Engine
    _writer: Engine

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(select(_accounts).order_by(_accounts.c.name))]

    def account(self, account_id: str) -> Account:
        """The account with this id. Raises UnknownCode where there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_accounts).where(_accounts.c.id == account_id)).first()
        if row is None:
            raise _unknown(account_id)
        return _account(row)

    def add_account(self, account: Account, by: str, *, subject: str | None = None) -> None:
        """Keep a new account, without a password yet. Raises BadInput where the name is taken."""
        with self._writer.begin() as connection:
            _insert_account(connection, account, by, subject=subject)

    def change_account(self, account: Account, by: str) -> None:
        """Keep the role, State and standing of an account; whoever is signed in with it is signed out."""
        with self._writer.begin() as connection:
            values = {"role": account.role, "state": account.state, "active": account.active}
            changed = connection.execute(update(_accounts).where(_accounts.c.id == account.id).values(**values))
            if not changed.rowcount:
                raise _unknown(account.id)
            connection.execute(delete(_sessions).where(_sessions.c.account_id == account.id))
            told = _in_role(account.role, account.state) if account.active else "closed"
            audit.record(connection, by, "account changed", account.name, told)

    def sign_in_name(self, name: str) -> tuple[Account, str | None] | None:
        """The account of a name with the hash of its password."""
        return self._with_password(_accounts.c.name == name)

    def sign_in_subject(self, subject: str) -> Account | None:
        """The account of a subject of OpenID Connect."""
        found = self._with_password(_accounts.c.subject == subject)
        return found[0] if found else None

    def _with_password(self, condition: object) -> tuple[Account, str | None] | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(_accounts).where(condition)).first()  # type: ignore[arg-type]
        return (_account(row), row.password) if row else None

    def add_session(self, key: str, account: Account, now: dt.datetime) -> None:
        """Begin a session."""
        with self._writer.begin() as connection:
            values = {"key": key, "account_id": account.id, "began": at(now), "seen": at(now)}
            connection.execute(insert(_sessions).values(**values))
            audit.record(connection, account.name, SIGNED_IN, account.name)

    def session(self, key: str, began_after: dt.datetime, seen_after: dt.datetime) -> Account | None:
        """The account of a session that is not over: begun and last seen after these moments."""
        query = (
            select(_accounts)
            .join(_sessions, _sessions.c.account_id == _accounts.c.id)
            .where(_sessions.c.key == key, _accounts.c.active)
            .where(_sessions.c.began > at(began_after), _sessions.c.seen > at(seen_after))
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _account(row) if row else None

    def touch_session(self, key: str, now: dt.datetime, since: dt.datetime) -> None:
        """Keep that a session was in use, where that was not kept ``since``."""
        stale = and_(_sessions.c.key == key, _sessions.c.seen < at(since))
        with self._engine.connect() as connection:
            if connection.execute(select(_sessions.c.key).where(stale)).first() is None:
                return
        with self._writer.begin() as connection:
            connection.execute(update(_sessions).where(stale).values(seen=at(now)))

    def end_session(self, key: str) -> None:
        """End a session."""
        with self._writer.begin() as connection:
            connection.execute(delete(_sessions).where(_sessions.c.key == key))

    def add_key(self, key: str, account_id: str | None, ends: dt.datetime) -> None:
        """Keep a one-time link; those before it of the same account no longer work."""
        with self._writer.begin() as connection:
            same = _keys.c.account_id.is_(None) if account_id is None else _keys.c.account_id == account_id
            connection.execute(delete(_keys).where(same))
            connection.execute(insert(_keys).values(key=key, account_id=account_id, ends=at(ends)))

    def key(self, key: str, now: dt.datetime) -> tuple[Account | None] | None:
        """The account a one-time link is for, None within for the first administrator; None where it does not hold."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_keys).where(_keys.c.key == key, _keys.c.ends > at(now))).first()
        if row is None:
            return None
        return (self.account(row.account_id) if row.account_id else None,)

    def use_key(self, key: str, account: Account, password: str, *, new: bool = False) -> None:
        """Set the password a one-time link is for, of an account kept or of a ``new`` one; the link works only once.

        Raises BadInput where it was used meanwhile; then nothing is kept.
        """
        with self._writer.begin() as connection:
            if not connection.execute(delete(_keys).where(_keys.c.key == key)).rowcount:
                raise BadInput(
                    "a link that was used before",
                    expected="a link that sets a password once",
                    where="accounts",
                    remedy="ask an administrator for a new one",
                )
            if new:
                _insert_account(connection, account, account.name)
            connection.execute(update(_accounts).where(_accounts.c.id == account.id).values(password=password))
            connection.execute(delete(_sessions).where(_sessions.c.account_id == account.id))
            audit.record(connection, account.name, "password set", account.name)

    def set_password(self, account: Account, password: str) -> None:
        """Keep a new password, or the same one hashed anew; other sessions of the account go on."""
        with self._writer.begin() as connection:
            connection.execute(update(_accounts).where(_accounts.c.id == account.id).values(password=password))

    def add_attempt(self, name: str, address: str, now: dt.datetime, forget_before: dt.datetime) -> None:
        """Keep a failed attempt to sign in; those before a moment are forgotten."""
        with self._writer.begin() as connection:
            connection.execute(delete(_attempts).where(_attempts.c.at < at(forget_before)))
            connection.execute(insert(_attempts).values(at=at(now), name=name, address=address))

    def attempts(self, name: str, address: str, since: dt.datetime) -> tuple[int, int]:
        """Failed attempts since a moment: under this name, and from this address."""
        counted = select(func.count()).select_from(_attempts).where(_attempts.c.at > at(since))
        with self._engine.connect() as connection:
            of_name = connection.execute(counted.where(_attempts.c.name == name)).scalar() or 0
            of_address = connection.execute(counted.where(_attempts.c.address == address)).scalar() or 0
        return of_name, of_address

    def add_token(self, token: Token, key: str, by: str) -> None:
        """Keep a token by the hash of its secret."""
        with self._writer.begin() as connection:
            values = msgspec.structs.asdict(token) | {"scopes": " ".join(token.scopes), "key": key}
            connection.execute(insert(_tokens).values(**values))
            audit.record(connection, by, "token made", token.name, " ".join(token.scopes))

    def tokens(self, account_id: str) -> list[Token]:
        """The tokens of an account, latest first."""
        query = select(_tokens).where(_tokens.c.account_id == account_id).order_by(_tokens.c.made_at.desc())
        with self._engine.connect() as connection:
            return [_token(row) for row in connection.execute(query)]

    def token(self, key: str, now: dt.datetime) -> tuple[Account, Token] | None:
        """The account and the token of a secret that holds now."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_tokens).where(_tokens.c.key == key, _tokens.c.ends > at(now))).first()
            if row is None:
                return None
            own = select(_accounts).where(_accounts.c.id == row.account_id, _accounts.c.active)
            account = connection.execute(own).first()
        return (_account(account), _token(row)) if account else None

    def drop_token(self, token_id: str, account_id: str, by: str) -> None:
        """Take a token of an account back. Raises UnknownCode where it has none of this id."""
        with self._writer.begin() as connection:
            of_account = and_(_tokens.c.id == token_id, _tokens.c.account_id == account_id)
            if not connection.execute(delete(_tokens).where(of_account)).rowcount:
                raise _unknown(token_id)
            audit.record(connection, by, "token taken back", token_id)


def at(moment: dt.datetime) -> str:
    """A moment as it is kept: UTC, to the millisecond, so that later ones sort behind."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")


def _insert_account(connection: Connection, account: Account, by: str, *, subject: str | None = None) -> None:
    values = {name: getattr(account, name) for name in ("id", "name", "role", "state", "active", "made_at")}
    try:
        connection.execute(insert(_accounts).values(**values, subject=subject))
    except IntegrityError as error:
        raise BadInput(
            f"the name {account.name!r}, which another account has",
            expected="a name of its own",
            where="accounts",
            remedy="choose another name",
        ) from error
    audit.record(connection, by, "account made", account.name, _in_role(account.role, account.state))


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(row.id, row.name, row.role, row.state, bool(row.active), row.made_at, row.password is not None)


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(row.id, row.account_id, row.name, tuple(row.scopes.split()), row.made_at, row.ends)


def _in_role(role: str, state: str | None) -> str:
    return f"{role}:{state}" if state else role


def _unknown(key: str) -> UnknownCode:
    return UnknownCode(
        f"{key!r}",
        expected="the id of an account or token on record",
        where="accounts",
        remedy="choose one that is listed",
    )
