"""Who is told of what, once and signed, tried again with longer waits; what a receiver must not learn."""

import asyncio
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the optional part `web` is not installed")

from receiving import Receiver, receiving

from open1540.vocabulary import BadInput, NotAllowed, UnknownCode
from open1540.workflows import accounts, hooks, matrix_changes, matrix_proposals, matrix_steps
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person

LAW = Path(__file__).resolve().parents[2] / "examples" / "laws" / "invented.en.txt"
PASSWORD = "a long enough password"
ADMINISTRATOR, EXPERT = Person("administrator", "administrator"), Person("expert", "expert")
BOTH = ("proposals.made", "version.published")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store with an administrator and an expert."""
    url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    link = accounts.first_link(database_url=url)
    accounts.use_link(link or "", PASSWORD, database_url=url, name="administrator")
    accounts.invite("expert", "expert", database_url=url, who=ADMINISTRATOR)
    return url


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def round_of(url: str, address: str = "https://open1540.example") -> int:
    hooks.tell(database_url=url, address=address)
    return asyncio.run(hooks.send(database_url=url, private=False))


def publish(url: str) -> None:
    """A version of a matrix from its first entry to its publication."""
    matrix_changes.set_entry("FRA", "OP2.CW.use.legal", "?", reason="a reason", database_url=url, who=EXPERT)
    steps = (("send", EXPERT), ("agree", Person("c", "contact", "FRA")), ("approve", Person("k", "committee")))
    for verb, who in (*steps, ("publish", Person("k", "committee"))):
        matrix_steps.take_step("FRA", verb, database_url=url, who=who)


def test_a_document_with_claims_is_told_of_by_ids_and_addresses_only(url: str, receiver: Receiver) -> None:
    hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    kept = matrix_proposals.propose(LAW, database_url=url, who=EXPERT, state="FRA")
    assert round_of(url) >= 1
    _, headers, body = receiver.messages[0]
    message = json.loads(body)
    assert headers["Open1540-Event"] == message["event"] == "proposals.made"
    assert message["document"] == kept.document_id
    assert message["awaiting"] > 0
    assert message["page"] == f"https://open1540.example/documents/{kept.document_id}"
    assert set(message) == {"event", "at", "change", "document", "awaiting", "page", "api"}
    assert LAW.name not in body.decode()


def test_a_published_matrix_is_told_of(url: str, receiver: Receiver) -> None:
    hooks.add(f"{receiver.address}/take", ("version.published",), database_url=url, who=EXPERT)
    publish(url)
    round_of(url)
    told = [json.loads(body) for _, _, body in receiver.messages]
    assert [(one["event"], one["state"], one["version"]) for one in told] == [("version.published", "FRA", 1)]


def test_every_event_is_told_once(url: str, receiver: Receiver) -> None:
    hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    publish(url)
    for _ in range(3):
        round_of(url)
    assert len(receiver.messages) == 1


def test_what_was_before_is_not_told(url: str, receiver: Receiver) -> None:
    publish(url)
    hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    assert round_of(url) == 0


def test_only_the_events_asked_for_are_told(url: str, receiver: Receiver) -> None:
    hooks.add(f"{receiver.address}/take", ("proposals.made",), database_url=url, who=EXPERT)
    publish(url)
    assert round_of(url) == 0


def test_an_account_that_is_closed_or_lost_the_role_is_told_nothing(url: str, receiver: Receiver) -> None:
    hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    expert = next(one for one in accounts.accounts(database_url=url, who=ADMINISTRATOR) if one.name == "expert")
    accounts.change(expert.id, database_url=url, who=ADMINISTRATOR, role="reader")
    publish(url)
    assert round_of(url) == 0


def test_a_delivery_that_fails_waits_and_is_tried_again(url: str, receiver: Receiver) -> None:
    receiver.failing = True
    made = hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    hooks.test(made.hook.id, database_url=url, who=EXPERT)
    assert round_of(url) == 1
    _, (first,) = hooks.deliveries(made.hook.id, database_url=url, who=EXPERT)
    assert (first.delivered, first.tries, first.told) == (False, 1, "503")
    assert first.next_try is not None
    assert round_of(url) == 0, "its turn has not come"
    receiver.failing = False
    with opened(url) as store:
        store.end_try(first.id, "503", delivered=False, next_try=dt.datetime.now(dt.UTC))
    assert round_of(url) == 1
    _, (second,) = hooks.deliveries(made.hook.id, database_url=url, who=EXPERT)
    assert (second.delivered, second.tries, second.next_try) == (True, 2, None)


def test_waits_grow_and_end() -> None:
    now = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    waits = [hooks.next_try(now, tries) for tries in range(1, hooks.TRIES + 1)]
    seconds = [(one - now).total_seconds() for one in waits if one]
    assert seconds == [10 * 4**n for n in range(hooks.TRIES - 1)]
    assert waits[-1] is None


def test_two_servers_do_not_send_the_same_delivery(url: str, receiver: Receiver) -> None:
    made = hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    hooks.test(made.hook.id, database_url=url, who=EXPERT)
    now = dt.datetime.now(dt.UTC)
    with opened(url) as one, opened(url) as other:
        assert len(one.take_deliveries(now, hooks.LEASE, 10)) == 1
        assert other.take_deliveries(now, hooks.LEASE, 10) == []


def test_a_webhook_into_a_private_network_is_refused_unless_allowed(url: str) -> None:
    with pytest.raises(BadInput, match="private"):
        hooks.add("https://10.0.0.7/hook", BOTH, database_url=url, who=EXPERT)
    assert hooks.add("https://10.0.0.7/hook", BOTH, database_url=url, who=EXPERT, private=True).secret


@pytest.mark.parametrize("events", [(), ("documents.deleted",), ("proposals.made", "x")])
def test_events_nobody_knows_are_refused(url: str, events: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        hooks.add("http://127.0.0.1:9/", events, database_url=url, who=EXPERT)


def test_a_webhook_is_its_owners_alone(url: str) -> None:
    made = hooks.add("http://127.0.0.1:9/", BOTH, database_url=url, who=EXPERT)
    for act in (hooks.deliveries, hooks.test, hooks.drop):
        with pytest.raises(UnknownCode):
            act(made.hook.id, database_url=url, who=ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        hooks.own(database_url=url, who=Person("r", "reader"))


def test_an_account_has_no_more_than_ten(url: str) -> None:
    for _ in range(hooks.MOST):
        hooks.add("http://127.0.0.1:9/", BOTH, database_url=url, who=EXPERT)
    with pytest.raises(BadInput, match="10"):
        hooks.add("http://127.0.0.1:9/", BOTH, database_url=url, who=EXPERT)


def test_a_webhook_taken_back_is_sent_nothing(url: str, receiver: Receiver) -> None:
    made = hooks.add(f"{receiver.address}/take", BOTH, database_url=url, who=EXPERT)
    hooks.test(made.hook.id, database_url=url, who=EXPERT)
    hooks.drop(made.hook.id, database_url=url, who=EXPERT)
    assert round_of(url) == 0
    assert receiver.messages == []
