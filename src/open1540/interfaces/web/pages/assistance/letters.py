"""Drafts of the letters of the procedure on a page, and as files to be completed and signed; nothing is sent."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.letter_files import FORMS, as_file
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.language import RIGHT_TO_LEFT
from open1540.interfaces.reports import letter as paper
from open1540.interfaces.web.pages.assistance.place import Asked, Words, crumbs, desk
from open1540.reference.letters import BRIEFING
from open1540.vocabulary import BadInput
from open1540.workflows import assistance_letters as flow
from open1540.workflows import assistance_matching as matching
from open1540.workflows import assistance_requests as requests


@desk.answers("/assistance/requests/{request}/letters/{letter}.{form}", "letter")
def download(
    ask: Asking, request: str, letter: str, form: str, offer: Asked = "", to: Asked = "", language: Asked = ""
) -> Response:
    """The draft of a letter as a file."""
    facts = flow.facts(request, letter, database_url=ask.database_url, who=ask.who, offer=offer or None)
    return as_file(letter, facts, form, language or ask.language, to, name=f"{request}-{letter}")


@desk.page("/assistance/requests/{request}/letters/{letter}", "letter", keep=False)
def draft(ask: Asking, request: str, letter: str, offer: Asked = "", to: Asked = "", language: Asked = "") -> Response:
    """The draft of a letter to read, with what is still open, and the choice of its language."""
    rule = reference.letter_rule(letter)
    chosen = language or ask.language
    words, t = Words(ask.t), ask.t
    written, error = None, None
    try:
        facts = flow.facts(request, letter, database_url=ask.database_url, who=ask.who, offer=offer or None)
        written = paper.letter(letter, facts, chosen, to)
    except BadInput as wrong:
        if not flow.is_about_offer(letter):
            raise
        error = wrong if offer else None
    return desk.show(
        ask,
        "letter.html",
        title=rule.titles[ask.language],
        crumbs=crumbs(ask, (t("Requests for assistance"), "/assistance/requests"), (request, f"/assistance/requests/{request}")),
        written=written,
        error=error,
        address=f"/assistance/requests/{request}/letters/{letter}",
        offers=_offers(ask, request) if flow.is_about_offer(letter) else None,
        offer=offer,
        to=to,
        language=chosen,
        right_to_left=RIGHT_TO_LEFT,
        tables=(),
        forms=FORMS,
        words=words,
        status=status_of(error) if error else 200,
    )  # fmt: skip


@desk.answers("/assistance/briefing.{form}", "letter")
def briefing_file(ask: Asking, form: str, language: Asked = "") -> Response:
    """The briefing note of the Committee as a file."""
    made = flow.briefing(database_url=ask.database_url, who=ask.who)
    return as_file(BRIEFING, made.facts, form, language or ask.language, counts=made.counts, name="briefing")


@desk.page("/assistance/briefing", "letter")
def briefing(ask: Asking, language: Asked = "") -> Response:
    """The note with which the experts brief the Committee on requests every two months."""
    made, chosen = flow.briefing(database_url=ask.database_url, who=ask.who), language or ask.language
    return desk.show(
        ask,
        "letter.html",
        title=reference.letter_rule(BRIEFING).titles[ask.language],
        crumbs=crumbs(ask, (ask.t("What is due"), "/assistance/due")),
        written=paper.letter(BRIEFING, made.facts, chosen),
        error=None,
        address="/assistance/briefing",
        offers=None,
        offer="",
        to="",
        language=chosen,
        right_to_left=RIGHT_TO_LEFT,
        tables=paper.letter_tables(made.counts, chosen),
        forms=FORMS,
        words=Words(ask.t),
    )


def _offers(ask: Ask, request: str) -> list[tuple[str, str]]:
    """The offers a letter may be about: those passed on, and those that match."""
    found = requests.request(request, database_url=ask.database_url, who=ask.who)
    passed = {one.id: one.provider for one in found.offers}
    matched = matching.of_request(request, database_url=ask.database_url, who=ask.who)
    return list((passed | {one: offer.provider for one, offer in matched.offers.items()}).items())
