"""Webhooks: who is told of what, how it is signed, when a failed delivery is tried again.

What is sent carries ids and addresses only; what a record says is asked for with the receiver's own rights. The log is the
one place that tells of events, so that what happens at the command line or on another server is told as well.
"""

import asyncio
import datetime as dt
import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Literal, get_args

import msgspec

from open1540.backends import hooks as network
from open1540.store import Account, AuditRow, Delivery, Hook, Sending, Store
from open1540.vocabulary import BadInput, UnknownCode
from open1540.workflows.accounts import account_of, person_as
from open1540.workflows.database import opened
from open1540.workflows.log import seen
from open1540.workflows.permissions import Person, check_open, may

__all__ = ["Delivery", "Hook"]

Event = Literal["proposals.made", "version.published"]
EVENTS: tuple[Event, ...] = get_args(Event)
TEST = "test"
MOST = 10
# After the first try at once: 10 s, 40 s, 3 min, 11 min, 43 min, 3 h, 11 h; then it is given up.
TRIES, FIRST_WAIT, FACTOR = 8, dt.timedelta(seconds=10), 4
LEASE = dt.timedelta(minutes=2)
AT_ONCE, LINES_AT_ONCE = 20, 500
_PROPOSE = ("document kept", "document read again", "claims proposed")
_PUBLISH = "matrix step: published"


class NewHook(msgspec.Struct, frozen=True):
    """A webhook with the secret that signs what it is sent, which is shown once."""

    hook: Hook
    secret: str


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a receiver is sent.

    Attributes:
        event: proposals.made, version.published, or test.
        at: when it happened; change: number of the line of the log that tells of it.
        document: id, with how many claims await judgement in it; state, version: of a matrix.
        page, api: addresses of the page and of the API's answer.
    """

    event: str
    at: str
    change: int = 0
    document: str | None = None
    awaiting: int | None = None
    state: str | None = None
    version: int | None = None
    page: str | None = None
    api: str | None = None


def add(url: str, events: tuple[str, ...], *, database_url: str | None, who: Person, private: bool = False) -> NewHook:
    """Tell a receiver of events from now on.

    Arguments:
        private: whether the server may send into private networks.

    Raises NotAllowed where the role may not, BadInput for an address that must not be sent to, events nobody knows, or too many.
    """
    check_open(who, "hooks")
    if not events or not set(events) <= set(EVENTS):
        raise BadInput(
            f"events {' '.join(events) or 'none'}",
            expected="one or more of " + ", ".join(EVENTS),
            where="webhook",
            remedy="choose among these",
        )
    asyncio.run(network.addresses(url, private=private))
    secret = secrets.token_urlsafe(32)
    with opened(database_url) as store:
        account = account_of(store, who)
        if len(store.hooks(account.id)) >= MOST:
            raise BadInput(
                f"more than {MOST} webhooks",
                expected=f"at most {MOST} for an account",
                where="webhooks",
                remedy="take one back first",
            )
        made_at = _now().isoformat(timespec="milliseconds")
        chosen = tuple(event for event in EVENTS if event in events)
        hook = store.add_hook(Hook(secrets.token_hex(8), account.id, url, chosen, made_at, 0), secret, who.name)
    return NewHook(hook, secret)


def own(*, database_url: str | None, who: Person) -> tuple[Hook, ...]:
    """A person's own webhooks."""
    check_open(who, "hooks")
    with opened(database_url) as store:
        return tuple(store.hooks(account_of(store, who).id))


def deliveries(hook_id: str, *, database_url: str | None, who: Person) -> tuple[Hook, tuple[Delivery, ...]]:
    """One of a person's webhooks with what was sent to it, latest first. Raises UnknownCode for another's."""
    check_open(who, "hooks")
    with opened(database_url) as store:
        hook = _own(store, who, hook_id)
        return hook, tuple(store.deliveries(hook.id))


def test(hook_id: str, *, database_url: str | None, who: Person) -> None:
    """Send a message that tells of nothing, to see whether it arrives."""
    check_open(who, "hooks")
    with opened(database_url) as store:
        hook = _own(store, who, hook_id)
        now = _now()
        message = Message(TEST, now.isoformat(timespec="milliseconds"))
        store.add_delivery(hook.id, TEST, msgspec.json.encode(message).decode(), now)


def drop(hook_id: str, *, database_url: str | None, who: Person) -> None:
    """Tell a receiver no more."""
    check_open(who, "hooks")
    with opened(database_url) as store:
        store.drop_hook(hook_id, account_of(store, who).id, who.name)


def tell(*, database_url: str | None, address: str) -> int:
    """Keep a delivery for every event on the log no receiver was told of yet. Returns how many.

    Arguments:
        address: of the server, for the addresses within the messages.

    A receiver hears of what its owner is shown, as long as the owner's account is in use and the role may have webhooks.
    """
    kept = 0
    with opened(database_url) as store:
        last = store.last_line()
        for hook in store.hooks():
            if hook.after >= last:
                continue
            owner = store.account(hook.account_id)
            lines = store.untold(hook, last, seen(person_as(owner)), LINES_AT_ONCE) if _holds(owner) else []
            told_up_to = lines[-1].number if len(lines) == LINES_AT_ONCE else last
            messages = [message for line in lines for message in _messages(store, line, address)]
            wanted = [
                (message.event, msgspec.json.encode(message).decode())
                for message in messages
                if message.event in hook.events
            ]
            if store.enqueue(hook, told_up_to, wanted, _now()):
                kept += len(wanted)
    return kept


async def send(*, database_url: str | None, private: bool) -> int:
    """Send every delivery whose turn it is, each once. Returns how many were tried."""
    taken = await asyncio.to_thread(_take, database_url)
    await asyncio.gather(*(_try(sending, database_url, private) for sending in taken))
    return len(taken)


@asynccontextmanager
async def telling(*, database_url: str | None, address: str, private: bool = False) -> AsyncIterator[None]:
    """Tell and send as long as the block runs."""
    working = asyncio.create_task(keep_telling(database_url=database_url, address=address, private=private))
    try:
        yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def keep_telling(*, database_url: str | None, address: str, private: bool = False, every: float = 2.0) -> None:
    """Tell and send for as long as a server runs.

    Arguments:
        every: seconds between two looks at the log.
    """
    while True:
        # A database that does not answer for a while stops no server; the next round finds what was left.
        try:
            await asyncio.to_thread(tell, database_url=database_url, address=address)
            while await send(database_url=database_url, private=private) == AT_ONCE:
                pass
        except Exception:
            logging.getLogger("open1540").exception("telling webhooks failed; tried again in a moment")
        await asyncio.sleep(every)


def _take(database_url: str | None) -> list[Sending]:
    with opened(database_url) as store:
        return store.take_deliveries(_now(), LEASE, AT_ONCE)


async def _try(sending: Sending, database_url: str | None, private: bool) -> None:
    now = _now()
    delivery = sending.delivery
    answer = await network.deliver(
        sending.url,
        delivery.body.encode(),
        event=delivery.event,
        delivery=delivery.id,
        secret=sending.secret,
        moment=int(now.timestamp()),
        private=private,
    )
    again = None if answer.taken else next_try(now, delivery.tries)
    await asyncio.to_thread(_end, database_url, delivery.id, answer, again)


def next_try(now: dt.datetime, tries: int) -> dt.datetime | None:
    """When a delivery that failed so many times is tried again; None where it is given up."""
    return now + FIRST_WAIT * FACTOR ** (tries - 1) if tries < TRIES else None


def _end(database_url: str | None, delivery_id: int, answer: network.Answer, again: dt.datetime | None) -> None:
    with opened(database_url) as store:
        store.end_try(delivery_id, answer.told, delivered=answer.taken, next_try=again)


def _messages(store: Store, line: AuditRow, address: str) -> Iterator[Message]:
    if line.action in _PROPOSE:
        awaiting = store.awaiting(line.subject)
        if awaiting:
            yield Message(
                "proposals.made",
                line.at,
                line.number,
                document=line.subject,
                awaiting=awaiting,
                page=f"{address}/documents/{line.subject}",
                api=f"{address}/api/v1/documents/{line.subject}",
            )
    elif line.action == _PUBLISH:
        state, _, number = line.subject.partition(" v")
        yield Message(
            "version.published",
            line.at,
            line.number,
            state=state,
            version=int(number),
            page=f"{address}/states/{state}",
            api=f"{address}/api/v1/states/{state}",
        )


def _holds(owner: Account) -> bool:
    return owner.active and may(person_as(owner), "hooks")


def _own(store: Store, who: Person, hook_id: str) -> Hook:
    found = next((hook for hook in store.hooks(account_of(store, who).id) if hook.id == hook_id), None)
    if found is None:
        raise UnknownCode(
            f"webhook {hook_id!r}",
            expected="the id of one of your webhooks",
            where="webhooks",
            remedy="choose one that is listed",
        )
    return found


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
