"""Accounts: who signs in, by password or through OpenID Connect, with which role; one-time links and API tokens.

Passwords are kept as argon2id hashes (RFC 9106); every other secret as its sha256, since it is random and long. Rules follow NIST
SP 800-63B: length, not composition; attempts are counted; a session ends by itself.
"""

import datetime as dt
import hashlib
import re
import secrets
import unicodedata

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from open1540 import reference
from open1540.store import Account, Store, Token
from open1540.vocabulary import BadInput, NotAllowed, UnknownCode
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, check_open, table

__all__ = ["Account", "Token"]

SHORTEST, LONGEST = 12, 256
LINK_HOLDS = dt.timedelta(days=3)
SESSION_HOLDS = dt.timedelta(days=14)
SESSION_RESTS = dt.timedelta(hours=12)
TOUCHED_EVERY = dt.timedelta(minutes=5)
ATTEMPTS_COUNT = dt.timedelta(minutes=15)
ATTEMPTS_OF_NAME, ATTEMPTS_FROM_ADDRESS = 5, 30
TOKEN_DAYS = 365
SCOPES = ("read", "write")
NEEDS_STATE = frozenset({"contact"})
NOT_FOR_ACCOUNTS = frozenset({"visitor"})
VISITOR = Person("visitor", "visitor")
_NAME = re.compile(r"[\w.@+-]{2,120}")
_HASHER = PasswordHasher()
# Checked where no account has the name, so that an answer takes as long as for one that has.
_NOBODYS = _HASHER.hash(secrets.token_urlsafe())


class SignedIn(msgspec.Struct, frozen=True):
    """A session begun: the secret the browser holds, and whose it is."""

    secret: str
    person: Person


class NewToken(msgspec.Struct, frozen=True):
    """A token with its secret, which is shown once and kept nowhere."""

    token: Token
    secret: str


def first_link(*, database_url: str | None) -> str | None:
    """The secret of a link that makes the first administrator; None where there is an account already."""
    secret = secrets.token_urlsafe(32)
    with opened(database_url) as store:
        if store.accounts():
            return None
        store.add_key(_hashed(secret), None, _now() + LINK_HOLDS)
    return secret


def link_is_for(secret: str, *, database_url: str | None) -> str | None:
    """The name a one-time link is for; None where it makes the first administrator. Raises BadInput where it holds no more."""
    with opened(database_url) as store:
        found = store.key(_hashed(secret), _now())
        if found is None or (found[0] is None and store.accounts()):
            raise _spent_link()
    return found[0].name if found[0] else None


def use_link(secret: str, password: str, *, database_url: str | None, name: str = "") -> SignedIn:
    """Set the password a one-time link is for, and sign in.

    Arguments:
        name: of the first administrator, where the link makes one.

    Raises BadInput for a link that holds no more, a name that is none, a password that is too short or too long.
    """
    wanted = link_is_for(secret, database_url=database_url)
    hashed = _HASHER.hash(_acceptable(password))
    with opened(database_url) as store:
        known = store.sign_in_name(wanted) if wanted else None
        account = known[0] if known else _new_account(name, "administrator", None)
        store.use_key(_hashed(secret), account, hashed, new=known is None)
        return _begin(store, account)


def invite(
    name: str, role: str, *, database_url: str | None, who: Person, state: str | None = None
) -> tuple[Account, str]:
    """Make an account, with the secret of the link by which its owner sets a password.

    Raises NotAllowed for anyone but an administrator, BadInput for a name that is taken, UnknownCode for a role or State
    nobody knows.
    """
    check_open(who, "accounts")
    account = _new_account(name, role, state)
    secret = secrets.token_urlsafe(32)
    with opened(database_url) as store:
        store.add_account(account, who.name)
        store.add_key(_hashed(secret), account.id, _now() + LINK_HOLDS)
    return account, secret


def new_link(account_id: str, *, database_url: str | None, who: Person) -> tuple[Account, str]:
    """A further link for somebody who has lost the password or the first link."""
    check_open(who, "accounts")
    secret = secrets.token_urlsafe(32)
    with opened(database_url) as store:
        account = store.account(account_id)
        store.add_key(_hashed(secret), account.id, _now() + LINK_HOLDS)
    return account, secret


def accounts(*, database_url: str | None, who: Person) -> tuple[Account, ...]:
    """Every account."""
    check_open(who, "accounts")
    with opened(database_url) as store:
        return tuple(store.accounts())


def change(
    account_id: str, *, database_url: str | None, who: Person, role: str, state: str | None = None, active: bool = True
) -> Account:
    """Give an account another role, or close or reopen it. Raises BadInput where no administrator would be left."""
    check_open(who, "accounts")
    with opened(database_url) as store:
        before = store.account(account_id)
        title, own = _role(role, state)
        after = msgspec.structs.replace(before, role=title, state=own, active=active)
        others = [a for a in store.accounts() if a.active and a.role == "administrator" and a.id != account_id]
        if not others and not (after.active and after.role == "administrator"):
            raise BadInput(
                "the last administrator",
                expected="at least one account that can manage accounts",
                where="accounts",
                remedy="make another administrator first",
            )
        store.change_account(after, who.name)
    return after


def sign_in(name: str, password: str, address: str, *, database_url: str | None) -> SignedIn:
    """Begin a session by name and password.

    Raises NotAllowed where they do not fit, without saying which of the two, and where there were too many attempts.
    """
    now, called = _now(), _folded(name)
    with opened(database_url) as store:
        of_name, from_address = store.attempts(called, address, now - ATTEMPTS_COUNT)
        if of_name >= ATTEMPTS_OF_NAME or from_address >= ATTEMPTS_FROM_ADDRESS:
            raise _too_many()
        found = store.sign_in_name(called)
        account, kept = found or (None, None)
        if not _fits(kept or _NOBODYS, password) or account is None or kept is None or not account.active:
            store.add_attempt(called, address, now, now - ATTEMPTS_COUNT)
            raise NotAllowed(
                "a name and password that do not fit",
                expected="the name and password of an account in use",
                where="name and password",
                remedy="try again, or ask an administrator for a new link",
            )
        if _HASHER.check_needs_rehash(kept):
            store.set_password(account, _HASHER.hash(password))
        return _begin(store, account)


def sign_in_subject(subject: str, name: str, *, database_url: str | None, role: str = "reader") -> SignedIn:
    """Begin a session for whom an OpenID Connect provider knows; one seen for the first time gets an account.

    Arguments:
        subject: issuer and subject, which never change; name: what the provider calls the person.
        role: of new accounts.
    """
    with opened(database_url) as store:
        account = store.sign_in_subject(subject)
        if account is None:
            account = _new_account(name, role, None)
            taken = store.sign_in_name(account.name) is not None
            if taken:
                account = msgspec.structs.replace(account, name=f"{account.name}-{account.id[:6]}")
            store.add_account(account, account.name, subject=subject)
        if not account.active:
            raise NotAllowed(
                f"the account {account.name}, which is closed",
                expected="an account in use",
                where="account",
                remedy="ask an administrator",
            )
        return _begin(store, account)


def person_of(secret: str, *, database_url: str | None) -> Person | None:
    """Who holds the secret of a session that is not over."""
    now = _now()
    with opened(database_url) as store:
        account = store.session(_hashed(secret), now - SESSION_HOLDS, now - SESSION_RESTS)
        if account:
            store.touch_session(_hashed(secret), now, now - TOUCHED_EVERY)
    return person_as(account) if account else None


def sign_out(secret: str, *, database_url: str | None) -> None:
    """End a session."""
    with opened(database_url) as store:
        store.end_session(_hashed(secret))


def new_token(
    name: str, scopes: tuple[str, ...], *, database_url: str | None, who: Person, days: int = TOKEN_DAYS
) -> NewToken:
    """A token for programs that ask in a person's name, with that person's role.

    Arguments:
        scopes: ``read``, or ``read`` and ``write``.
        days: after which it ends, at most a year.
    """
    check_open(who, "account")
    if not name.strip() or not scopes or not set(scopes) <= set(SCOPES) or not 1 <= days <= TOKEN_DAYS:
        raise BadInput(
            f"a token named {name!r} for {' '.join(scopes) or 'nothing'}, {days} days",
            expected=f"a name, scopes out of {' and '.join(SCOPES)}, 1 to {TOKEN_DAYS} days",
            where="tokens",
            remedy="mend it, then try again",
        )
    secret, now = secrets.token_urlsafe(32), _now()
    with opened(database_url) as store:
        account = account_of(store, who)
        ends = (now + dt.timedelta(days=days)).isoformat(timespec="milliseconds")
        token = Token(
            secrets.token_hex(8), account.id, name.strip(), scopes, now.isoformat(timespec="milliseconds"), ends
        )
        store.add_token(token, _hashed(secret), who.name)
    return NewToken(token, secret)


def tokens(*, database_url: str | None, who: Person) -> tuple[Token, ...]:
    """A person's own tokens, without their secrets."""
    check_open(who, "account")
    with opened(database_url) as store:
        return tuple(store.tokens(account_of(store, who).id))


def drop_token(token_id: str, *, database_url: str | None, who: Person) -> None:
    """Take one of a person's own tokens back."""
    check_open(who, "account")
    with opened(database_url) as store:
        store.drop_token(token_id, account_of(store, who).id, who.name)


def holder(secret: str, *, database_url: str | None) -> tuple[Person, tuple[str, ...]] | None:
    """Who made a token that holds, and what it may be used for."""
    with opened(database_url) as store:
        found = store.token(_hashed(secret), _now())
    return (person_as(found[0]), found[1].scopes) if found else None


def account_of(store: Store, who: Person) -> Account:
    """The account of a person who has signed in. Raises UnknownCode where there is none."""
    found = store.sign_in_name(who.name)
    if found is None:
        raise UnknownCode(
            f"account {who.name!r}", expected="an account on record", where="accounts", remedy="sign in again"
        )
    return found[0]


def _begin(store: Store, account: Account) -> SignedIn:
    secret = secrets.token_urlsafe(32)
    store.add_session(_hashed(secret), account, _now())
    return SignedIn(secret, person_as(account))


def person_as(account: Account) -> Person:
    """Whoever holds an account, as one who asks."""
    return Person(account.name, account.role, account.state)


def _new_account(name: str, role: str, state: str | None) -> Account:
    called = _folded(name)
    if not _NAME.fullmatch(called):
        raise BadInput(
            f"the name {name!r}",
            expected="2 to 120 letters, figures or signs out of . @ + - _",
            where="accounts",
            remedy="choose a name such as an address of electronic mail",
        )
    title, own = _role(role, state)
    return Account(secrets.token_hex(8), called, title, own, True, _now().isoformat(timespec="milliseconds"))


def _role(role: str, state: str | None) -> tuple[str, str | None]:
    known = [title for title in table().roles if title not in NOT_FOR_ACCOUNTS]
    if role not in known:
        raise UnknownCode(
            f"role {role!r}", expected="one of " + ", ".join(known), where="accounts", remedy="choose one"
        )
    if role in NEEDS_STATE and not state:
        raise BadInput(
            f"{table().roles[role].title} without a State",
            expected="the State the account acts for",
            where="accounts",
            remedy="choose the State",
        )
    return role, reference.state(state).iso3 if state and role in NEEDS_STATE else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _acceptable(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            f"a password of {len(password)} characters",
            expected=f"{SHORTEST} to {LONGEST} characters, any of them",
            where="password",
            remedy="choose a longer one: a few words together are easy to keep in mind",
        )
    return password


def _fits(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _spent_link() -> BadInput:
    return BadInput(
        "a link that was used, has ended, or was never given",
        expected=f"a link that sets a password, not older than {LINK_HOLDS.days} days",
        where="accounts",
        remedy="ask an administrator for a new one; the first one is printed by `open1540 serve`",
    )


def _too_many() -> NotAllowed:
    minutes = int(ATTEMPTS_COUNT.total_seconds() // 60)
    return NotAllowed(
        "too many failed attempts to sign in",
        expected=f"at most {ATTEMPTS_OF_NAME} for a name within {minutes} minutes",
        where="name and password",
        remedy=f"wait {minutes} minutes, then try again",
    )
