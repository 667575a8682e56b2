"""Offers for what a State's matrix leaves unknown, what nobody offers, and what may be on record twice."""

from fastapi import Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.tables import Table, table
from open1540.interfaces.http.weighing import Weighed
from open1540.interfaces.web.pages.assistance.place import Asked, Words, crumbs, desk, states
from open1540.workflows import assistance_matching as flow
from open1540.workflows.assistance_matching import GapMatches, Unanswered

# The best of each theme; the API gives more.
MOST = 5


@desk.page("/assistance/matching", "match", table=True)
def matching(ask: Asking, weighed: Weighed, state: Asked = "") -> Response:
    """Offers for the gaps of a State; without one, what nobody offers and what may be on record twice."""
    words = Words(ask.t)
    return _of_state(ask, weighed, state, words) if state.strip() else _of_all(ask, weighed, words)


def _of_state(ask: Ask, weighed: Weighed, state: str, words: Words) -> Response:
    found = flow.of_gaps(state, database_url=ask.database_url, who=ask.who, weights=weighed.numbers, most=MOST)
    name = reference.state(found.state).name(ask.language)
    captions = {one.field: one.caption(ask.language) for one in reference.template(found.template).fields}
    return desk.show(
        ask,
        "gaps.html",
        title=ask.t("Offers for {state}").format(state=name),
        crumbs=crumbs(ask, (ask.t("Matching"), "/assistance/matching")),
        table=_gaps_table(ask, found, words),
        found=found,
        words=words,
        weighed=weighed,
        criteria=reference.criteria(),
        captions=captions,
        states=states(ask),
    )


def _of_all(ask: Ask, weighed: Weighed, words: Words) -> Response:
    found = flow.unmet(database_url=ask.database_url, who=ask.who, weights=weighed.numbers)
    return desk.show(
        ask,
        "matching.html",
        title=ask.t("Matching"),
        crumbs=crumbs(ask),
        table=_unmet_table(ask, found, words),
        found=found,
        doubled=flow.doubled(database_url=ask.database_url, who=ask.who),
        words=words,
        weighed=weighed,
        criteria=reference.criteria(),
        states=states(ask),
    )


def _gaps_table(ask: Ask, found: GapMatches, words: Words) -> Table:
    t = ask.t
    return table(
        f"offers-for-{found.state}",
        t("Offers for {state}").format(state=reference.state(found.state).name(ask.language)),
        [
            ("theme", words.label("themes")),
            ("not_recorded", t("Fields without a record")),
            ("fields", t("Of how many")),
            ("offer", t("Offer")),
            ("provider", t("Provider")),
            ("title", t("Title")),
            ("verdict", t("How it fits")),
            ("for", t("Speaks for it")),
            ("against", t("Speaks against it")),
            ("unknown", t("Not known")),
        ],
        (
            (
                words.named("themes", [gap.theme]),
                len(gap.fields),
                gap.of,
                match.offer if match else None,
                found.offers[match.offer].provider if match else None,
                found.offers[match.offer].title if match else None,
                words.verdict(match.verdict) if match else None,
                *(words.criteria(match, says) if match else None for says in ("for", "against", "unknown")),
            )
            for gap in found.gaps
            for match in gap.matches or (None,)
        ),
        notes=[t("A field without a record is unknown; that is no finding on what the State has done.")],
    )


def _unmet_table(ask: Ask, found: Unanswered, words: Words) -> Table:
    t = ask.t
    return table(
        "what-nobody-offers",
        t("What nobody offers"),
        [
            ("theme", words.label("themes")),
            ("requests", t("Requests")),
            ("good", t("With a good match")),
            ("partial", t("With a partial match alone")),
            ("none", t("With none")),
            ("types", t("Asked for by those with none")),
        ],
        (
            (
                words.named("themes", [one.theme]),
                one.wanted,
                one.good,
                one.partial,
                one.none,
                words.counted_types(one.types),
            )
            for one in found.themes
        ),
        notes=[
            t(
                "Counts requests going on that your role is shown; no State is named. A request of several themes counts in each."
            )
        ],
    )
