"""Invented articles as the reader of laws gets them."""

from annotated import BY_HAND

from open1540.documents import laws
from open1540.documents.flow import Flow, plain
from open1540.documents.hits import Hits
from open1540.documents.laws.units import Unit, concept_hits, units
from open1540.documents.reading import Paragraph
from open1540.vocabulary import Claim


def enacted(articles: dict[str, str], language: str) -> tuple[Flow, list[Paragraph]]:
    """Articles by number; lines of one article are its paragraphs."""
    lines = [(number, line) for number, text in articles.items() for line in text.split("\n")]
    flow = plain("\n".join(line for _, line in lines))
    paragraphs = [
        Paragraph("article", number, line, *flow.paragraph_span(index), None, BY_HAND)
        for index, (number, line) in enumerate(lines)
    ]
    return flow, paragraphs


def of_articles(articles: dict[str, str], language: str = "en") -> tuple[Claim, ...]:
    """The claims of a law of some articles."""
    flow, paragraphs = enacted(articles, language)
    return laws.of_law(flow, language, paragraphs, "KEN")


def articles_of(claims: tuple[Claim, ...], field: str) -> set[str | None]:
    """The articles cited for a field."""
    return {claim.article for claim in claims if field in claim.fields}


def units_of(articles: dict[str, str], language: str = "en") -> tuple[Flow, list[Unit], Hits]:
    """The sentences of a law of some articles, with the words of law in it."""
    flow, paragraphs = enacted(articles, language)
    hits = concept_hits(flow, language)
    return flow, units(flow, language, paragraphs, hits), hits
