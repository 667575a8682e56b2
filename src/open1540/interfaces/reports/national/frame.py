"""What the national papers have in common: their head, and the annex of citations."""

from collections.abc import Iterator, Sequence

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.national.words import Known, citation_text, confidence, isolated, source_title
from open1540.interfaces.reports.paper import Block, Cell, Heading, Line, Paragraph, Table
from open1540.matrix.national import Citation
from open1540.vocabulary import Evidence
from open1540.workflows.national import Draft


def head(draft: Draft, t: Translator) -> Iterator[tuple[str, Cell]]:
    """The lines at the head of a paper: the State, the day of the record, the resolution, blanks for the point of contact."""
    yield t("State"), (Line(reference.state(draft.state).name(t.language)),)
    yield t("Record as of"), (Line(t.date(draft.on)),)
    yield t("Resolution"), (Line(t("Security Council resolution 1540 (2004), adopted on 28 April 2004")),)
    mandate = (
        f"{isolated(draft.mandate)}, {t.date(draft.mandate_until)}" if draft.mandate and draft.mandate_until else ""
    )
    committee = t("Security Council Committee established pursuant to resolution 1540 (2004)")
    yield (
        t("Addressed to"),
        (
            Line(committee),
            *((Line(f"{t('Mandate under and until')}: {mandate}", "note"),) if mandate else ()),
        ),
    )
    if draft.first_report:
        yield t("First report on record"), (Line(t.date(draft.first_report)),)
    yield (
        t("Matrix version"),
        (
            Line(
                str(draft.version)
                if draft.version
                else t("none yet; treaties and memberships come from the status facts")
            ),
        ),
    )
    yield t("Point of contact"), (Line(t("Name, office"), "blank"), Line(t("Telephone, electronic mail"), "blank"))


def annex(citations: Sequence[Citation], known: Known, t: Translator) -> Iterator[Block]:
    """Every citation with its number, passage, origin and day."""
    yield Heading(1, t("Annex: citations"))
    if not citations:
        yield Paragraph((Line(t("Nothing is cited: the record holds no evidence for the fields above.")),))
        return
    rows = tuple(
        (
            (Line(str(citation.number)),),
            (
                Line(citation_text(citation.evidence, t)),
                *_passage(citation.evidence),
            ),
            _origin(citation.evidence, known, t),
            (
                Line(t.date(citation.evidence.as_of)),
                Line(f"{t('Confidence')}: {confidence(citation.evidence, t)}", "note"),
            ),
        )
        for citation in citations
    )
    yield Table((t("No."), t("Citation"), t("Source"), t("Date")), (1, 7, 7, 3), rows)


def _passage(item: Evidence) -> Cell:
    """The passage as it stands, in quotation marks; what open1540 itself notes on a source stands without."""
    if not item.text:
        return ()
    return (Line(isolated(f"“{item.text}”" if item.start is not None else item.text), "note"),)


def _origin(item: Evidence, known: Known, t: Translator) -> Cell:
    source = known.draft.sources.get(item.source)
    if source is None:
        place = f"{item.start}–{item.end}" if item.start is not None else ""
        return tuple(Line(isolated(text)) for text in (source_title(item, known), item.article or "", place) if text)
    read = (Line(f"{t('Read on')}: {t.date(source.retrieved)}", "note"),) if source.retrieved else ()
    return (Line(isolated(source.title)), Line(isolated(source.locator), "note"), *read)


def origin_of(source_id: str) -> Cell:
    """Title and place of a source of the facts."""
    source = reference.source(source_id)
    return Line(isolated(source.title)), Line(isolated(source.locator), "note")
