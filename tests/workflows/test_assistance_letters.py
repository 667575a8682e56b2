"""Letters and figures over a real database: who may draft what, and what everyone is shown of the figures. All invented."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from open1540 import store
from open1540.assistance.records import Feedback, Offer, Request, Subject, Taken
from open1540.interfaces.reports.letter import letter, letter_text
from open1540.matrix.record import Version
from open1540.vocabulary import BadInput, Entry, NotAllowed, UnknownCode
from open1540.workflows import assistance_letters, assistance_statistics
from open1540.workflows.permissions import Person

EXPERT, CHAIR = Person("expert"), Person("chair", "committee")
CONTACT, READER = Person("contact", "contact", "MYS"), Person("reader", "reader")
MADE = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 26)
CIRCULATED = [("submit", 2), ("authenticate", 3), ("acknowledge", 3), ("notify", 9), ("circulate", 17)]
DONE = [*CIRCULATED, ("post", 18), ("pass-offer", 18), ("accept", 19), ("deliver", 25)]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite3'}"


def keep(url: str, state: str, steps: list[tuple[str, int]], offer: str | None = None) -> str:
    """A request of a State that took steps on days of November 2026."""
    kept = store.open(url)
    request = Request(
        state=state,
        requester="Invented Ministry of Trade",
        title="Training of licensing officers",
        need="Nobody has been trained to read control lists.",
        subject=Subject(themes=("export-licensing",), types=("training",)),
        consent=True,
        by="writer",
        at=MADE,
    )
    concerned = ("pass-offer", "accept", "deliver")
    taken = [
        Taken(
            "", 0, step, dt.date(2026, 11, day), MADE, "somebody", "expert", offer=offer if step in concerned else None
        )
        for step, day in steps
    ]
    made = kept.add_record(request, steps=taken)
    kept.close()
    return made.id


def keep_offer(url: str) -> str:
    kept = store.open(url)
    made = kept.add_record(
        Offer(provider="Invented Institute", kind="other", title="Course", text="Five days.", by="giver", at=MADE)
    )
    kept.close()
    return made.id


def names(url: str, request: str, who: Person = EXPERT) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(one.letter, one.to, one.offer) for one in assistance_letters.offered(request, database_url=url, who=who)]


def test_a_draft_is_made_of_what_is_kept(url: str) -> None:
    known = keep(url, "MYS", CIRCULATED[:4])
    facts = assistance_letters.facts(known, "notification", database_url=url, who=CHAIR, on=ON)
    assert (facts.reference, facts.until) == (known, dt.date(2026, 11, 16))
    written = letter("notification", facts, "fr")
    assert written.addressee.endswith("Malaisie")
    assert "16 novembre 2026" in "".join(written.paragraphs)
    assert not written.missing


def test_letters_follow_the_request(url: str) -> None:
    offer = keep_offer(url)
    assert names(url, keep(url, "MYS", CIRCULATED[:2])) == [
        ("acknowledgement", ("state",), None),
        ("notification", ("state",), None),
    ]
    done = names(url, keep(url, "MYS", DONE, offer))
    assert ("thanks", ("provider",), offer) in done
    assert ("reminder", ("state",), offer) in done
    assert ("reminder", ("provider",), offer) in done


def test_who_has_given_feedback_is_not_reminded(url: str) -> None:
    offer = keep_offer(url)
    known = keep(url, "MYS", DONE, offer)
    kept = store.open(url)
    kept.add_record(Feedback(request=known, side="requester", met="yes", offer=offer, by="contact", at=MADE))
    kept.close()
    assert [to for name, to, _ in names(url, known) if name == "reminder"] == [("provider",)]


@pytest.mark.parametrize("who", [CONTACT, READER, Person("giver", "provider"), Person("root", "administrator")])
def test_letters_of_the_committee_are_drafted_for_it_alone(url: str, who: Person) -> None:
    known = keep(url, "MYS", DONE, keep_offer(url))
    for draft in (
        lambda: assistance_letters.offered(known, database_url=url, who=who),
        lambda: assistance_letters.facts(known, "outcome", database_url=url, who=who),
        lambda: assistance_letters.briefing(database_url=url, who=who),
    ):
        with pytest.raises(NotAllowed):
            draft()


def test_no_letter_tells_of_a_draft_of_a_state(url: str) -> None:
    known = keep(url, "MYS", [])
    with pytest.raises(UnknownCode, match=known):
        assistance_letters.facts(known, "acknowledgement", database_url=url, who=EXPERT)
    withdrawn_unseen = keep(url, "MYS", [("submit", 2), ("withdraw", 3)])
    assert names(url, withdrawn_unseen) == [("withdrawal", ("state",), None)]


def test_a_withdrawal_is_confirmed_to_the_state(url: str) -> None:
    known = keep(url, "MYS", [*CIRCULATED, ("withdraw", 20)])
    facts = assistance_letters.facts(known, "withdrawal", database_url=url, who=CHAIR, on=ON)
    assert "20 November 2026" in letter_text("withdrawal", facts, "en")


def test_a_letter_about_one_of_several_offers_must_name_it(url: str) -> None:
    first, second = keep_offer(url), keep_offer(url)
    known = keep(url, "MYS", DONE, first)
    assert assistance_letters.facts(known, "thanks", database_url=url, who=EXPERT).offer_reference == first
    with pytest.raises(BadInput, match=second):
        assistance_letters.facts(known, "thanks", database_url=url, who=EXPERT, offer=second)
    with pytest.raises(BadInput, match="no offer"):
        assistance_letters.facts(keep(url, "MYS", CIRCULATED), "offer", database_url=url, who=EXPERT)
    fresh = assistance_letters.facts(known, "offer", database_url=url, who=EXPERT, offer=second)
    assert fresh.offer_reference == second
    with pytest.raises(BadInput, match="briefing"):
        assistance_letters.facts(known, "briefing", database_url=url, who=EXPERT)


def test_the_briefing_speaks_of_what_was_sent_and_of_no_state(url: str) -> None:
    keep(url, "MYS", [])
    keep(url, "MYS", CIRCULATED[:4])
    keep(url, "KEN", CIRCULATED)
    made = assistance_letters.briefing(database_url=url, who=CHAIR, on=ON)
    assert made.facts.counts == {"requests": 2, "going": 2, "new": 2, "unanswered": 1, "overdue": 1}
    text = letter_text("briefing", made.facts, "es", counts=made.counts)
    assert "Licencias de exportación | 2" in text
    assert "Kenya" not in text
    assert "KEN" not in text


def test_everyone_is_shown_no_figure_that_singles_a_state_out(url: str) -> None:
    for state in ("MYS", "KEN", "CHL"):
        keep(url, state, DONE[:6])
    keep(url, "FRA", CIRCULATED)
    public = assistance_statistics.figures(database_url=url, who=READER, on=ON)
    assert (public.public, public.requests, public.standings) == (True, 3, ())
    assert {one.key: one.requests for one in public.counts["theme"] if one.requests != 0} == {"export-licensing": 3}
    assert {one.requests for one in public.counts["region"]} == {None}
    full = assistance_statistics.figures(database_url=url, who=CHAIR, on=ON)
    assert (full.public, full.requests, len(full.standings)) == (False, 4, 4)
    assert {one.key: one.requests for one in full.counts["region"]} == {
        "Africa": 1,
        "Americas": 1,
        "Asia": 1,
        "Europe": 1,
    }


def test_a_point_of_contact_sees_its_own_request_in_full(url: str) -> None:
    keep(url, "MYS", CIRCULATED[:2])
    keep(url, "KEN", DONE[:6])
    own = assistance_statistics.figures(database_url=url, who=CONTACT, on=ON)
    assert (own.public, own.requests) == (True, 2)
    assert [one.state for one in own.standings] == ["MYS"]


def test_what_the_matrix_records_since_is_told_as_far_as_it_is_shown(url: str) -> None:
    field, other = "OP3cd.NW.general-licensing.legal", "OP2.CW.finance.legal"
    known = keep(url, "MYS", CIRCULATED)
    kept = store.open(url)
    for number, (day, codes) in enumerate(((2, {}), (20, {field: "X", other: "X"}))):
        entries = tuple(Entry("MYS", one, code, ("Invented Act, s. 1",), basis="law") for one, code in codes.items())
        as_of = dt.date(2026, 11, day)
        kept.add_version(Version("MYS", 0, "revised_2017_onwards", as_of, entries, MADE, "tester"), number or None)
    kept.close()
    (seen,) = assistance_statistics.recorded_since(database_url=url, who=EXPERT, on=ON)
    assert (seen.request, seen.then, seen.now) == (known, 1, 2)
    assert (seen.changes.then, seen.changes.now, seen.changes.newly) == (0, 1, 1)
    # The Committee is not shown drafts, so the record tells it of no change.
    (hidden,) = assistance_statistics.recorded_since(database_url=url, who=CHAIR, on=ON)
    assert (hidden.now, hidden.changes.now) == (None, 0)
    assert msgspec.structs.asdict(hidden.changes)["fields"] == seen.changes.fields
