"""The words of the national papers: titles, citations and doubts in the reader's language."""

from collections.abc import Callable, Sequence

import msgspec

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.matrix import national
from open1540.matrix.national import Citation, Doubt
from open1540.reference import Field
from open1540.reference.national import TREATIES
from open1540.vocabulary import Evidence
from open1540.workflows.national import Draft

COMMAS = {"zh": "、", "ar": "، "}


class Known(msgspec.Struct, frozen=True):
    """What the builders of a paper look things up in: numbers of citations, fields by id and by row, the draft."""

    draft: Draft
    numbers: dict[tuple[str, str, str | None, str], int]
    fields: dict[str, Field]
    rows: dict[str, Field]


def known_of(draft: Draft, citations: Sequence[Citation]) -> Known:
    """What the builders of a paper look up, for a draft and its citations."""
    fields = reference.template(draft.template).fields
    return Known(
        draft,
        {national.key(citation.evidence): citation.number for citation in citations},
        {field.field: field for field in fields},
        {field.row_id: field for field in reversed(fields)},
    )


def doubt_texts(doubt: Doubt, t: Translator) -> tuple[str, str]:
    """Why an entry is unclear, and what would make it clear."""
    return {
        "sources disagree": (
            t("Equally good sources say different things."),
            t("The act itself, or the depositary’s notice, with its date would settle it."),
        ),
        "planned": (
            t("The measure is planned, or a bill not yet in force."),
            t("The published text with its date of entry into force would make it clear."),
        ),
        "signed only": (
            t("The record shows a signature, without consent to be bound."),
            t("The date of ratification, acceptance, approval or accession would make it clear."),
        ),
        "self-declared": (
            t("It is stated without the law on which it rests."),
            t("The title, date and article of the law would make it clear."),
        ),
        "implied": (
            t("The passage cited says it by implication only."),
            t("The article that states it, or a decision that applies it so, would make it clear."),
        ),
        "incomplete": (
            t("The references on record are incomplete, or may not be directly relevant."),
            t("A full reference with title, date and article would make it clear."),
        ),
    }[doubt]


def status_words(t: Translator) -> dict[str, str]:
    """The words of ``facts/status_codes.yaml`` for a State's status, in the reader's language."""
    return {
        "party": t("party"),
        "member": t("member"),
        "in force": t("in force"),
        "subscribing State": t("subscribing State"),
        "participant": t("participant"),
        "participating Government": t("participating Government"),
        "participating State": t("participating State"),
        "signed without consent to be bound on record": t("signed without consent to be bound on record"),
        "signed, entry into force not on record": t("signed, entry into force not on record"),
        "signed, not in force": t("signed, not in force"),
        "takes part without being a full member": t("takes part without being a full member"),
        "associate member": t("associate member"),
        "candidate for membership": t("candidate for membership"),
        "observer": t("observer"),
        "partner": t("partner"),
        "unilateral adherent": t("unilateral adherent"),
        "membership suspended": t("membership suspended"),
        "excluded from participation": t("excluded from participation"),
        "withdrawn": t("withdrawn"),
        "sources disagree": t("sources disagree"),
        "none in force": t("none in force"),
        "no consent on record": t("no consent on record"),
        "no consent on record on that day": t("no consent on record on that day"),
    }


def confidence(item: Evidence, t: Translator) -> str:
    """How sure a piece of evidence is, in words."""
    words: dict[str, Callable[[], str]] = {
        "high": lambda: t("high"),
        "medium": lambda: t("medium"),
        "low": lambda: t("low"),
    }
    return words[item.confidence]()


def obligation_title(obligation: str, t: Translator) -> str:
    """A paragraph of the resolution with its title."""
    title = reference.obligation(obligation).title(t.language)
    return f"{isolated(obligation)} · {title[:1].upper()}{title[1:]}"


def theme_title(theme: str, t: Translator) -> str:
    """A theme of the matrix by its title."""
    return t("Treaties") if theme == TREATIES else reference.theme(theme).title(t.language)


def row_title(row: str, known: Known, t: Translator) -> str:
    """A row of the matrix by its label."""
    return known.rows[row].title(t.language)


def weapon_names(weapons: Sequence[str], t: Translator) -> str:
    """One weapon class by its name, several by their short names."""
    if len(weapons) == 1:
        return reference.matrix_word(weapons[0], t.language)
    names = (reference.matrix_word(f"{weapon}-short", t.language) for weapon in weapons)
    return COMMAS.get(t.language, ", ").join(names)


def isolated(text: str) -> str:
    """A text in a language of its own, kept from mixing its order with what stands around it (first strong isolate)."""
    return f"\u2068{text}\u2069" if text and any("a" <= letter.lower() <= "z" for letter in text) else text


def numbered(item: Evidence, known: Known, t: Translator, with_dates: bool) -> str:
    """A citation with its number in the annex, and where wanted its date."""
    number = known.numbers[national.key(item)]
    date = f" ({t.date(item.as_of)})" if with_dates and item.as_of else ""
    return f"{citation_text(item, t)}{date} [{number}]"


def citation_text(item: Evidence, t: Translator) -> str:
    """A citation as it stands; one that open1540 wrote for section I in the reader's language."""
    consent = national.consent(item.citation)
    if consent is None:
        return isolated(item.citation)
    title = instrument_title(consent.instrument, t)
    since = f", {t.date(consent.since)}" if consent.since else ""
    return f"{title}: {status_words(t).get(consent.words, consent.words)}{since}"


def instrument_title(instrument: str, t: Translator) -> str:
    """An instrument by its preferred name in the reader's language."""
    labels = {one: label for label, one, kind in reference.instrument_labels(t.language) if kind == "preferred"}
    return labels.get(instrument) or isolated(reference.instrument(instrument).title)


def source_title(item: Evidence, known: Known) -> str:
    """The title of what a piece of evidence comes from, a source of the facts or a kept document."""
    if item.source in known.draft.sources:
        return known.draft.sources[item.source].title
    document = known.draft.documents.get(item.source)
    return " · ".join(part for part in (document.symbol, document.name) if part) if document else item.source
