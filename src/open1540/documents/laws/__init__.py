"""National laws: which provision supports which field of the matrix, and how strongly.

A law is read as a row of sentences (``units``) with the concepts of each (``concepts``), what its defined terms bring
along (``terms``) and which other provisions it names (``citing``). Rules (``documents.provisions``) turn concepts into
fields (``reader``), and of each field the provision that states it most directly is cited (``choice``). A definition
alone supports nothing, nor does a heading or a list of contents.
"""

from collections.abc import Iterable, Iterator, Sequence

from open1540.documents import provisions
from open1540.documents.flow import Flow
from open1540.documents.hits import Hits
from open1540.documents.laws import subject, terms
from open1540.documents.laws.choice import chosen
from open1540.documents.laws.concepts import flat
from open1540.documents.laws.reader import THINGS, Found, Reader
from open1540.documents.laws.subject import Subject
from open1540.documents.laws.units import Unit, concept_hits, units
from open1540.documents.layout.articles import is_bill
from open1540.documents.layout.wording import wording
from open1540.documents.reading import Paragraph
from open1540.documents.sentences import trimmed
from open1540.vocabulary import Claim, Reason
from open1540.vocabulary.claims import Grade, Strength


def of_law(flow: Flow, language: str, paragraphs: Sequence[Paragraph], state: str | None) -> tuple[Claim, ...]:
    """Claims of a national law, each citing the provision that supports its fields most directly; a bill only plans.

    Arguments:
        flow: the running text; paragraphs: its paragraphs, cut into articles by the layout.
        state: the State whose law it is, None where the text does not tell.
    """
    hits = concept_hits(flow, language)
    every = units(flow, language, paragraphs, hits)
    defined = {**terms.shortened(flow.text, language), **terms.terms(every, flow.text, language)}
    lexicon = terms.lexicon(defined, language)
    uses = Hits(lexicon.find(flow.text)) if lexicon else Hits(())
    law = subject.of(flow, language, paragraphs, every, hits)
    if law.foreign:
        return ()
    reader = Reader(flow, language, law)
    for unit in every:
        if not terms.defines(unit) and not unit.annexed:
            reader.read(unit, provisions.concepts(hit.value for hit in uses.within(unit.start, unit.end)))
    found = [*reader.found, *reader.reached(), *_annexed(every, law)]
    grade: Grade = "planned" if is_bill(paragraphs, wording(language)) else "cites law"
    return tuple(_claims(flow, chosen(found), state, grade))


def _annexed(every: Sequence[Unit], law: Subject) -> Iterator[Found]:
    """A list of controlled items annexed to a law on trade is itself in the text."""
    first = next((unit for unit in every if unit.annexed and not flat(unit.own).isdisjoint(THINGS)), None)
    if first is None or law.about.isdisjoint({"trade-law", "list-law"}):
        return
    yield Found(first, "OP678.lists-items", "laws.annexed-list", 0.8, "explicit", 0.8)
    technical = next((unit for unit in every if unit.annexed and "technology" in unit.own.main), None)
    for weapon in law.meant(()):
        yield Found(first, f"OP3cd.{weapon}.control-lists.legal", "laws.annexed-list", 0.6, "implied", 0.4)
        if technical:
            yield Found(technical, f"OP3cd.{weapon}.technologies.legal", "laws.annexed-list", 0.7, "implied", 0.85)


def _claims(flow: Flow, found: Iterable[Found], state: str | None, grade: Grade) -> Iterator[Claim]:
    """One claim for each sentence and strength."""
    grouped = dict[tuple[int, int, Strength, str], list[Found]]()
    for one in found:
        grouped.setdefault((one.unit.start, one.unit.end, one.strength, one.article), []).append(one)
    for (begin, stop, strength, article), members in sorted(grouped.items(), key=lambda item: item[0]):
        first, last = trimmed(flow.text, begin, stop)
        start, end = flow.raw_span(first, max(last, first + 1))
        yield Claim(
            state=state,
            fields=tuple(dict.fromkeys(one.field for one in members)),
            grade=grade,
            article=article or None,
            text=flow.text[first:last],
            start=start,
            end=end,
            reason=Reason(members[0].rule, "", max(one.confidence for one in members)),
            strength=strength,
        )
