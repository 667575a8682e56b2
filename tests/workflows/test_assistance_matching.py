"""Matches as each person is shown them: of requests, of offers, of what a matrix leaves unknown, and what nobody offers."""

import datetime as dt
from pathlib import Path

import pytest

from open1540.assistance.matching import Match
from open1540.assistance.overlap import Meant
from open1540.assistance.records import Activity, Contact, Feedback, Met, Offer, Request, Subject, Taken
from open1540.vocabulary import BadInput, NotAllowed, UnknownCode
from open1540.workflows import assistance_matching as matching
from open1540.workflows import matrix_changes
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person

NOW = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
DAY = dt.date(2027, 1, 15)
EXPERT, COMMITTEE = Person("expert", "expert"), Person("chair", "committee")
KENYA, PROVIDER = Person("kenya", "contact", "KEN"), Person("institute", "provider")
CUSTOMS = Subject(
    themes=("border-controls",),
    types=("training",),
    languages=("en",),
    since=dt.date(2027, 3, 1),
    until=dt.date(2027, 9, 30),
)
CIRCULATED = ("submit", "authenticate", "acknowledge", "notify", "circulate")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite3'}"


def _request(
    url: str, state: str | None = "KEN", subject: Subject = CUSTOMS, steps: tuple[str, ...] = CIRCULATED
) -> str:
    with opened(url) as kept:
        made = Request(
            state=state, requester="Customs (invented)", title="Training", subject=subject, by="ministry", at=NOW,
            contact=Contact(name="A. Invented"), existing="two scanners",
        )  # fmt: skip
        return kept.add_record(made, steps=[_taken(step) for step in steps]).id


def _taken(step: str, request: str = "", offer: str | None = None) -> Taken:
    return Taken(request, 0, step, NOW.date(), NOW, "somebody", "expert", offer=offer)


def _steps(url: str, request: str, *steps: tuple[str, str | None]) -> None:
    with opened(url) as kept:
        for step, offer in steps:
            kept.take_request_step(_taken(step, request, offer), len(kept.request_steps([request])))


def _offer(
    url: str, title: str = "Courses", *, withdrawn: bool = False, capacity: int | None = None, **parts: object
) -> str:
    subject = Subject(**({"themes": ("border-controls",), "types": ("training",), "languages": ("en",)} | parts))  # type: ignore[arg-type]
    made = Offer(
        provider="Academy (invented)", kind="other", title=title, subject=subject, capacity=capacity, withdrawn=withdrawn,
        contact=Contact(email="academy@example.org"), by="institute", at=NOW,
    )  # fmt: skip
    with opened(url) as kept:
        return kept.add_record(made).id


def _says(match: Match, criterion: str) -> str:
    return next(ground.says for ground in match.grounds if ground.criterion == criterion)


def test_a_request_is_matched_with_offers_and_what_is_planned_already(url: str) -> None:
    request, fitting = _request(url), _offer(url)
    _offer(url, "Seminars on outreach", themes=("outreach",))
    _offer(url, "Withdrawn courses", withdrawn=True)
    with opened(url) as kept:
        kept.add_record(
            Activity(provider="Other (invented)", title="Course", subject=CUSTOMS, states=("KEN",), by="x", at=NOW)
        )
    found = matching.of_request(request, database_url=url, who=EXPERT, on=DAY)
    assert [(one.offer, one.verdict) for one in found.matches] == [(fitting, "good")]
    assert found.offers[fitting].contact.email == "academy@example.org"
    assert [(one.title, one.degree) for one in found.overlaps] == [("Course", "same")]


def test_an_offer_the_state_declined_is_no_match_until_it_accepts_it_after_all(url: str) -> None:
    request, offer = _request(url), _offer(url)
    _steps(url, request, ("pass-offer", offer), ("decline", offer))
    assert matching.of_request(request, database_url=url, who=EXPERT, on=DAY).matches == ()
    assert matching.of_offer(offer, database_url=url, who=EXPERT, on=DAY).matches == ()
    _steps(url, request, ("accept", offer))
    (match,) = matching.of_request(request, database_url=url, who=EXPERT, on=DAY).matches
    assert match.offer == offer


def test_accepted_offers_take_room_until_their_requests_end(store_url: str) -> None:
    first, second, offer = _request(store_url), _request(store_url, "UGA"), _offer(store_url, capacity=1)
    _steps(store_url, first, ("pass-offer", offer), ("accept", offer), ("accept", offer))
    (match,) = matching.of_request(second, database_url=store_url, who=EXPERT, on=DAY).matches
    assert (match.verdict, _says(match, "capacity")) == ("partial", "against")
    (own,) = matching.of_request(first, database_url=store_url, who=EXPERT, on=DAY).matches
    assert _says(own, "capacity") == "for"
    _steps(store_url, first, ("close", None))
    (match,) = matching.of_request(second, database_url=store_url, who=EXPERT, on=DAY).matches
    assert (match.verdict, _says(match, "capacity")) == ("good", "for")


@pytest.mark.parametrize(
    ("said", "names_offer", "told"),
    [
        (("no",), True, "against"),
        (("no", "yes"), True, "for"),
        (("yes",), False, "for"),
        (("too early",), True, "unknown"),
    ],
)
def test_feedback_of_requesters_counts_and_the_latest_word_of_each(
    url: str, said: tuple[Met, ...], names_offer: bool, told: str
) -> None:
    before, now, offer = _request(url, "UGA"), _request(url), _offer(url)
    _steps(url, before, ("pass-offer", offer), ("accept", offer), ("close", None))
    with opened(url) as kept:
        for met in said:
            about = offer if names_offer else None
            kept.add_record(Feedback(request=before, side="requester", met=met, offer=about, by="uganda", at=NOW))
        kept.add_record(Feedback(request=before, side="provider", met="no", offer=offer, by="institute", at=NOW))
    (match,) = matching.of_request(now, database_url=url, who=EXPERT, on=DAY).matches
    assert _says(match, "experience") == told


def test_a_withdrawn_request_counts_nowhere(url: str) -> None:
    request, offer = _request(url), _offer(url)
    _steps(url, request, ("pass-offer", offer), ("accept", offer))
    with opened(url) as kept:
        kept.add_record(Feedback(request=request, side="requester", met="no", offer=offer, by="kenya", at=NOW))
    _steps(url, request, ("withdraw", None))
    with opened(url) as kept:
        standing = matching.standing_of(kept)
    assert (standing.taken, standing.feedback) == ({}, {})
    assert matching.of_offer(offer, database_url=url, who=COMMITTEE, on=DAY).matches == ()
    assert matching.unmet(database_url=url, who=COMMITTEE, on=DAY).requests == 0


def test_an_offer_is_shown_the_requests_its_provider_may_see(url: str) -> None:
    circulated, with_committee, offer = _request(url), _request(url, "UGA", steps=("submit",)), _offer(url)
    seen = matching.of_offer(offer, database_url=url, who=PROVIDER, on=DAY)
    assert [one.wanted for one in seen.matches] == [circulated]
    both = matching.of_offer(offer, database_url=url, who=COMMITTEE, on=DAY)
    assert {one.wanted for one in both.matches} == {circulated, with_committee} == set(both.requests)
    withdrawn = _offer(url, withdrawn=True)
    assert matching.of_offer(withdrawn, database_url=url, who=EXPERT, on=DAY).matches == ()


def test_a_posted_summary_is_matched_without_what_is_private(url: str) -> None:
    request, offer = _request(url, "UGA", steps=(*CIRCULATED, "post")), _offer(url)
    found = matching.of_offer(offer, database_url=url, who=KENYA, on=DAY)
    assert found.requests[request].contact == Contact()
    assert found.requests[request].existing == ""


def test_nobody_matches_a_request_they_are_not_shown_or_without_the_right(url: str) -> None:
    draft = _request(url, steps=())
    with pytest.raises(UnknownCode):
        matching.of_request(draft, database_url=url, who=PROVIDER)
    with pytest.raises(UnknownCode):
        matching.of_request("KEN-1999-1", database_url=url, who=EXPERT)
    for ask in (matching.unmet, matching.doubled):
        with pytest.raises(NotAllowed):
            ask(database_url=url, who=Person("anyone", "reader"))


def test_what_nobody_offers_is_summed_over_requests_going_on(url: str) -> None:
    _request(url)
    _request(url, "UGA", Subject(themes=("outreach",), types=("seminar",)))
    _request(url, "TZA", Subject(themes=("outreach",), types=("seminar",)), steps=())
    _offer(url)
    told = matching.unmet(database_url=url, who=COMMITTEE, on=DAY)
    themes = {one.theme: (one.wanted, one.good, one.none) for one in told.themes}
    assert (told.requests, told.offers) == (2, 1)
    assert themes == {"border-controls": (1, 1, 0), "outreach": (1, 0, 1)}


def test_gaps_are_those_of_the_version_the_person_may_see(store_url: str) -> None:
    # Nobody but the experts is shown a draft.
    _offer(store_url)
    before = matching.of_gaps("Kenya", database_url=store_url, who=EXPERT, on=DAY)
    assert before.version is None
    gap = next(one for one in before.gaps if one.theme == "border-controls")
    field = gap.fields[0]
    assert (len(gap.fields), [one.verdict for one in gap.matches]) == (gap.of, ["partial"])
    assert _says(gap.matches[0], "type") == "unknown"
    assert _says(gap.matches[0], "language") == "for"
    matrix_changes.set_entry(
        "KEN", field, "X", citation="Act 1, s. 2", reason="read", database_url=store_url, who=EXPERT
    )
    after = matching.of_gaps("KEN", database_url=store_url, who=EXPERT)
    assert after.version is not None
    assert field not in next(one for one in after.gaps if one.theme == "border-controls").fields
    for person in (PROVIDER, Person("u", "contact", "UGA")):
        hidden = matching.of_gaps("KEN", database_url=store_url, who=person)
        assert hidden.version is None
        assert field in next(one for one in hidden.gaps if one.theme == "border-controls").fields


def test_weights_are_taken_as_written_and_refused_where_they_mean_nothing(url: str) -> None:
    request = _request(url)
    _offer(url, languages=())
    usual = matching.of_request(request, database_url=url, who=EXPERT, on=DAY).matches[0].balance
    weights = matching.weights_named({"theme": "7,5", "type": " "})
    assert weights == {"theme": 7.5}
    found = matching.of_request(request, database_url=url, who=EXPERT, on=DAY, weights=weights)
    assert found.matches[0].balance == usual + 2.5
    with pytest.raises(BadInput):
        matching.weights_named({"theme": "much"})
    with pytest.raises(BadInput):
        matching.of_request(request, database_url=url, who=EXPERT, weights={"colour": 1.0})


def test_events_and_doubles_are_told_to_those_who_match(url: str) -> None:
    first, second = _offer(url), _offer(url)
    (double,) = matching.doubled(database_url=url, who=EXPERT).offers
    assert (double.first, double.second, double.alike) == (first, second, ("provider", "title"))
    with opened(url) as kept:
        kept.add_record(
            Activity(provider="Other (invented)", title="Course", subject=CUSTOMS, states=("UGA",), by="x", at=NOW)
        )
    event = Meant("EVENT-1", "Seminar", CUSTOMS, frozenset({"KEN"}))
    (near,) = matching.overlaps_of(event, database_url=url, who=COMMITTEE)
    assert near.regions == ("Eastern Africa",)
