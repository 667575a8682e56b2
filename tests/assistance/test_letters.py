"""Drafts of letters: what is known stands in them, what is not stays a question, in six languages."""

import datetime as dt
import io
from collections.abc import Iterator

import msgspec
import pypdfium2
import pytest
from docx import Document

from open1540.assistance.calendar import entries
from open1540.assistance.letters import awaited, briefing_facts, draft, facts_of, letters_for
from open1540.assistance.procedure import Due, Progress, open_steps, progress
from open1540.assistance.records import Feedback, Offer, Request, Subject, Taken
from open1540.assistance.statistics import counts
from open1540.interfaces.reports.letter import letter, letter_docx, letter_pdf, letter_text
from open1540.reference import LANGUAGES, letters
from open1540.reference import check_letters as checking
from open1540.reference.letters import names_in
from open1540.vocabulary import UnknownCode

NOW = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
TODAY = NOW.date()
REQUEST = Request(
    id="MYS-2026-1",
    state="MYS",
    requester="Invented Ministry of Trade",
    title="Training of licensing officers",
    subject=Subject(themes=("export-licensing",), types=("training",), weapons=("NW", "CW"), languages=("en",)),
    need="Nobody has been trained to read control lists.",
    receiver="Invented Licensing Office",
    consent=True,
)
OFFER = Offer(
    id="OFF-2026-1", provider="Invented Institute", kind="other", title="Course on control lists", text="Five days."
)


def went(*steps: tuple[str, int] | tuple[str, int, str]) -> Progress:
    """An invented request with steps on days of November 2026."""
    taken = [
        Taken(
            REQUEST.id, at, step, dt.date(2026, 11, day), NOW, "somebody", "expert", offer=offer[0] if offer else None
        )
        for at, (step, day, *offer) in enumerate(steps, 1)
    ]
    return progress(REQUEST.id, taken)


UNTIL_CIRCULATED = (("submit", 2), ("authenticate", 3), ("acknowledge", 3), ("notify", 9), ("circulate", 17))
DONE = went(
    *UNTIL_CIRCULATED, ("pass-offer", 18, "OFF-2026-1"), ("accept", 19, "OFF-2026-1"), ("deliver", 25, "OFF-2026-1")
)


def every() -> Iterator[tuple[str, str]]:
    yield from ((rule.id, language) for rule in letters().letters for language in LANGUAGES)


@pytest.mark.parametrize(("letter_id", "language"), list(every()))
def test_a_letter_of_which_nothing_is_known_asks_for_all_of_it(letter_id: str, language: str) -> None:
    empty = draft(letter_id, language, {})
    assert len(empty.missing) >= 3
    whole = "\n".join((empty.addressee, empty.subject, *empty.paragraphs))
    assert "{" not in whole
    for missing in empty.missing:
        assert f"[? {missing.question}]" in whole


@pytest.mark.parametrize(("letter_id", "language"), list(every()))
def test_a_letter_with_all_values_has_no_question(letter_id: str, language: str) -> None:
    values = {name: f"«{name}»" for name in letters().questions}
    full = draft(letter_id, language, values)
    assert not full.missing
    assert "[?" not in "".join((full.addressee, full.subject, *full.paragraphs))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_names_the_day_until_which_the_state_may_object(language: str) -> None:
    facts = facts_of(REQUEST, went(("submit", 2), ("authenticate", 3), ("notify", 19)), None, TODAY)
    # Friday 20, Monday 23, 24, 25; Thanksgiving on Thursday 26 is no working day; Friday 27.
    assert facts.until == dt.date(2026, 11, 27)
    text = letter_text("notification", facts, language)
    assert "27" in text
    assert "2026" in text
    assert letters().caveat[language] in text
    assert not letter("notification", facts, language).missing


def test_before_the_notice_the_days_are_counted_from_today() -> None:
    facts = facts_of(REQUEST, went(("submit", 2), ("authenticate", 3)), None, dt.date(2026, 11, 19))
    assert (facts.notified, facts.until) == (None, dt.date(2026, 11, 27))


def test_a_day_of_a_year_without_a_list_is_marked() -> None:
    facts = facts_of(REQUEST, went(("submit", 2)), None, dt.date(2031, 3, 3))
    assert facts.certainty is None
    assert letters().words["days-unknown"]["es"] in letter_text("notification", facts, "es")
    worked_out = msgspec.structs.replace(facts, certainty="medium")
    assert letters().words["days-worked-out"]["es"] in letter_text("notification", worked_out, "es")
    sure = msgspec.structs.replace(facts, certainty="high")
    assert letters().words["days-worked-out"]["es"] not in letter_text("notification", sure, "es")
    assert letters().words["days-unknown"]["es"] not in letter_text("notification", sure, "es")


def test_what_a_provider_does_not_say_is_asked_and_not_invented() -> None:
    passed = went(*UNTIL_CIRCULATED, ("pass-offer", 18, "OFF-2026-1"))
    written = letter("offer", facts_of(REQUEST, passed, OFFER, TODAY), "en")
    assert [one.name for one in written.missing] == ["languages", "period", "conditions"]
    assert "[? under which conditions?]" in "".join(written.paragraphs)
    assert "Five days." in "".join(written.paragraphs)


def test_a_request_of_an_organisation_is_answered_to_it() -> None:
    asked = msgspec.structs.replace(REQUEST, state=None, requester="Invented Regional Secretariat")
    written = letter("acknowledgement", facts_of(asked, went(("submit", 2)), None, TODAY), "fr")
    assert "Invented Regional Secretariat" in written.addressee
    assert "Mission" not in written.addressee


def test_a_letter_goes_to_no_other_than_it_is_meant_for() -> None:
    with pytest.raises(UnknownCode, match="committee"):
        draft("outcome", "en", {}, to="committee")
    with pytest.raises(UnknownCode, match="farewell"):
        draft("farewell", "en", {})
    with pytest.raises(UnknownCode, match="pt"):
        draft("outcome", "pt", {})


def test_letters_are_offered_at_their_step() -> None:
    def offered(found: Progress) -> list[str]:
        return [rule.id for rule in letters_for(found, [one.step for one in open_steps(found, consent=True)])]

    assert offered(went(("submit", 2))) == []
    assert offered(went(("submit", 2), ("authenticate", 3))) == ["acknowledgement", "notification"]
    assert "offer" in offered(went(*UNTIL_CIRCULATED))
    assert "reminder" not in offered(went(*UNTIL_CIRCULATED))
    assert {"thanks", "reminder", "outcome"} <= set(offered(DONE))
    assert "withdrawal" not in offered(DONE)
    assert "withdrawal" in offered(went(("submit", 2), ("withdraw", 4)))


def test_feedback_is_awaited_of_each_side_that_said_nothing() -> None:
    assert awaited(DONE, []) == (("OFF-2026-1", "requester"), ("OFF-2026-1", "provider"))
    said = Feedback(request=REQUEST.id, side="requester", met="yes", offer="OFF-2026-1")
    assert awaited(DONE, [said]) == (("OFF-2026-1", "provider"),)
    assert awaited(went(*UNTIL_CIRCULATED), []) == ()


def test_the_briefing_counts_requests_and_names_no_state() -> None:
    found = [went(*UNTIL_CIRCULATED), DONE, went(("submit", 2), ("withdraw", 4))]
    facts = briefing_facts(found, overdue=2, on=TODAY)
    assert facts.since == dt.date(2026, 10, 1)
    assert facts.counts == {"requests": 3, "going": 2, "new": 3, "unanswered": 1, "overdue": 2}
    rows = {"theme": counts([(REQUEST, found[0])], "theme", public=False)}
    text = letter_text("briefing", facts, "en", counts=rows)
    assert "Export licensing" in text
    assert "Malaysia" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_written_as_word_and_pdf(language: str) -> None:
    facts = facts_of(REQUEST, went(*UNTIL_CIRCULATED), None, TODAY)
    document = Document(io.BytesIO(letter_docx("circulation", facts, language)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Nobody has been trained to read control lists." in text
    assert letters().caveat[language] in text
    assert ("w:bidi/" in document.element.xml) == (language == "ar")
    pages = pypdfium2.PdfDocument(letter_pdf("circulation", facts, language))
    shown = "".join(page.get_textpage().get_text_range() for page in pages)
    # In a line that runs from right to left the words are read back in another order.
    assert "Nobody" in shown
    assert "control" in shown
    assert shown.count("?" if language != "ar" else "؟") >= 1


def test_the_check_finds_a_letter_without_a_language_or_with_other_places() -> None:
    rule = letters().letters[0]
    broken = msgspec.structs.replace(
        rule,
        subject={**rule.subject, "fr": "Demande {titre}"},
        paragraphs={language: texts for language, texts in rule.paragraphs.items() if language != "ru"},
    )
    told = "\n".join(checking.letter_problems(broken))
    assert "paragraphs is not worded in ru" in told
    assert "subject has other places for values in fr" in told
    assert "no question for 'titre'" in told


def test_every_question_is_asked_somewhere() -> None:
    told = letters()
    texts = [told.opening["en"], *(one["en"] for one in told.addressees.values())]
    for rule in told.letters:
        texts += [rule.subject["en"], *rule.paragraphs["en"]]
    assert {name for text in texts for name in names_in(text)} == set(told.questions)


def test_what_is_due_becomes_entries_of_a_calendar() -> None:
    due = [
        Due(dt.date(2026, 11, 30), "circulate", ("committee",), REQUEST.id, 0),
        Due(dt.date(2026, 12, 31), "briefing", ("expert",), None, 0),
        Due(dt.date(2031, 12, 31), "ask-outcome", ("expert",), "hidden", 0),
    ]
    first, second, third = entries(due, {REQUEST.id: REQUEST.title})
    assert (first.title, first.titles["en"], first.certainty) == (REQUEST.title, "Sent to possible providers", "medium")
    assert second.titles["en"] == "Experts brief the Committee on requests"
    assert (third.title, third.certainty) == ("", None)
