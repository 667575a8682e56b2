"""The log and the figures as each reader is shown them, receivers and deliveries; on both engines."""

import datetime as dt

import pytest
from samples import letter

from open1540.assistance.records import Activity, Feedback, Offer, Request, Taken
from open1540.store import Hook, LogAsked, Seen, Store
from open1540.store.accounts import Account
from open1540.vocabulary import UnknownCode

ALL_STEPS = ("draft", "with the State", "agreed", "approved", "published")
EVERYTHING = Seen("admin", None, ALL_STEPS, comments=True, notes=True, accounts=True, everything=True)
EXPERT = Seen("expert", None, ALL_STEPS, comments=True, notes=True, assistance=True)
COMMITTEE = Seen("committee", ("everyone", "members"), ("agreed", "approved", "published"), assistance=True)
MEMBER = Seen("member", ("everyone", "members"), ("published",))
VISITOR = Seen("visitor", ("everyone",), ("published",))
CONTACT = Seen("contact", ("everyone", "members", "FRA"), ("published",), own="FRA")
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def keep(kept: Store, shown_to: str, language: str) -> str:
    data, reading = letter(language)
    return kept.save_reading(data, reading, by="expert", shown_to=shown_to).document_id


def subjects(kept: Store, seen: Seen, **asked: str) -> set[str]:
    rows = kept.log(LogAsked(**asked), seen, limit=100)
    assert kept.log_size(LogAsked(**asked), seen) == len(rows)
    return {row.subject for row in rows}


def account(kept: Store, name: str = "expert") -> Account:
    made = Account(f"id-{name}", name, "expert", None, True, NOW.isoformat())
    kept.add_account(made, "admin")
    return made


def test_a_line_on_a_document_is_shown_to_whom_the_document_is(kept: Store) -> None:
    public, members, own = keep(kept, "everyone", "en"), keep(kept, "members", "fr"), keep(kept, "FRA", "es")
    other = keep(kept, "ITA", "zh")
    assert subjects(kept, VISITOR) == {public}
    assert subjects(kept, MEMBER) == {public, members}
    assert subjects(kept, CONTACT) == {public, members, own}
    assert subjects(kept, EXPERT) == subjects(kept, EVERYTHING) == {public, members, own, other}


def test_what_was_done_with_accounts_is_the_administrators_and_ones_own(kept: Store) -> None:
    account(kept, "expert")
    kept.add_session("key", account(kept, "reader"), NOW)
    assert subjects(kept, EVERYTHING) == {"expert", "reader"}
    assert subjects(kept, EXPERT) == set()
    assert subjects(kept, Seen("reader", (), ())) == {"reader"}


def test_the_log_is_narrowed_and_paged(kept: Store) -> None:
    first, second = keep(kept, "everyone", "en"), keep(kept, "everyone", "fr")
    account(kept)
    assert subjects(kept, EVERYTHING, by="admin") == {"expert"}
    assert subjects(kept, EVERYTHING, action="document kept") == {first, second}
    assert subjects(kept, EVERYTHING, words=first[:8].upper()) == {first}
    assert subjects(kept, EVERYTHING, words="100%") == set()
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert len(subjects(kept, EVERYTHING, since=today, until=today)) == 3
    assert subjects(kept, EVERYTHING, until="2004-04-28") == set()
    assert [row.number for row in kept.log(LogAsked(), EVERYTHING, limit=1, offset=1)] == [2]
    assert kept.log_names(EVERYTHING) == (["admin", "expert"], ["account made", "document kept"])


def test_figures_count_only_what_is_shown(kept: Store) -> None:
    keep(kept, "everyone", "en"), keep(kept, "FRA", "fr")
    assert kept.figures(VISITOR).documents == 1
    everything = kept.figures(EVERYTHING)
    assert everything.documents == 2
    assert everything.awaiting == everything.claims >= kept.figures(VISITOR).claims
    assert [one.name for one in kept.reading_sizes(VISITOR)] == ["invented.en.txt"]


def test_a_receiver_is_told_of_lines_behind_the_one_it_was_made_at(kept: Store) -> None:
    owner = account(kept)
    hook = kept.add_hook(
        Hook("h1", owner.id, "https://example.org/", ("proposals.made",), NOW.isoformat(), 0), "s", "expert"
    )
    assert kept.untold(hook, kept.last_line(), EVERYTHING, 10) == []
    document = keep(kept, "FRA", "en")
    assert [row.subject for row in kept.untold(hook, kept.last_line(), EXPERT, 10)] == [document]
    assert kept.untold(hook, kept.last_line(), VISITOR, 10) == []


def test_of_two_servers_one_keeps_what_is_to_be_sent(kept: Store) -> None:
    owner = account(kept)
    hook = kept.add_hook(Hook("h1", owner.id, "https://example.org/", ("test",), NOW.isoformat(), 0), "s", "expert")
    assert kept.enqueue(hook, 5, [("test", "{}")], NOW)
    assert not kept.enqueue(hook, 5, [("test", "{}")], NOW)
    assert len(kept.deliveries("h1")) == 1


def test_a_delivery_is_taken_once_until_its_lease_ends(kept: Store) -> None:
    owner = account(kept)
    kept.add_hook(Hook("h1", owner.id, "https://example.org/", ("test",), NOW.isoformat(), 0), "s", "expert")
    kept.add_delivery("h1", "test", "{}", NOW)
    lease = dt.timedelta(minutes=2)
    (sending,) = kept.take_deliveries(NOW, lease, 10)
    assert (sending.url, sending.secret, sending.delivery.tries) == ("https://example.org/", "s", 1)
    assert kept.take_deliveries(NOW, lease, 10) == []
    assert len(kept.take_deliveries(NOW + lease, lease, 10)) == 1
    kept.end_try(sending.delivery.id, "200", delivered=True, next_try=None)
    assert kept.take_deliveries(NOW + dt.timedelta(days=1), lease, 10) == []
    assert kept.deliveries("h1")[0].delivered


def test_a_receiver_taken_back_takes_its_deliveries_along(kept: Store) -> None:
    owner = account(kept)
    kept.add_hook(Hook("h1", owner.id, "https://example.org/", ("test",), NOW.isoformat(), 0), "s", "expert")
    kept.add_delivery("h1", "test", "{}", NOW)
    with pytest.raises(UnknownCode):
        kept.drop_hook("h1", "another account", "expert")
    kept.drop_hook("h1", owner.id, "expert")
    assert kept.hooks() == [] and kept.deliveries("h1") == []


def ask(kept: Store, state: str, *steps: str) -> str:
    """A request of a State that took these steps."""
    taken = [Taken("", 0, step, NOW.date(), NOW, "writer", "contact") for step in steps]
    made = Request(state=state, requester="Invented Ministry", title="Training", by="writer", at=NOW)
    return kept.add_record(made, steps=taken).id


def test_lines_on_a_request_are_shown_to_its_state_and_once_sent_to_experts_and_committee(kept: Store) -> None:
    draft, sent = ask(kept, "FRA"), ask(kept, "FRA", "submit")
    other, withdrawn = ask(kept, "ITA", "submit"), ask(kept, "ITA", "submit", "withdraw")
    assert subjects(kept, CONTACT) == {draft, sent}
    assert subjects(kept, EXPERT) == subjects(kept, COMMITTEE) == {sent, other, withdrawn}
    assert subjects(kept, EVERYTHING) == {draft, sent, other, withdrawn}
    assert subjects(kept, MEMBER) == subjects(kept, VISITOR) == set()
    assert subjects(kept, Seen("writer", (), ())) == {draft, sent, other, withdrawn}


def test_a_state_is_known_by_its_whole_code(kept: Store) -> None:
    ask(kept, "FRA", "submit")
    assert subjects(kept, Seen("other", (), (), own="FR")) == set()
    assert subjects(kept, Seen("other", (), (), own="F%A")) == set()
    assert subjects(kept, Seen("other", (), (), own="")) == set()


def test_lines_on_offers_activities_and_feedback_are_for_those_who_work_with_them(kept: Store) -> None:
    offer = kept.add_record(Offer(provider="Invented Institute", kind="other", title="Courses", by="giver", at=NOW))
    held = kept.add_record(Activity(provider="Invented Institute", title="Seminar", by="giver", at=NOW))
    said = kept.add_record(Feedback(request="FRA-2026-1", side="provider", met="yes", by="giver", at=NOW))
    assert subjects(kept, EXPERT) == subjects(kept, COMMITTEE) == {offer.id, held.id, said.id}
    assert subjects(kept, CONTACT) == subjects(kept, MEMBER) == subjects(kept, VISITOR) == set()
