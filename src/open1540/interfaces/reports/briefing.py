"""The page model of a briefing: every text already in the reader's language, quotations in their own.

Text, HTML and PDF are three renderings of this one model, so that they cannot say different things.
"""

from collections.abc import Iterable, Iterator

import msgspec

from open1540 import reference
from open1540.documents.reading import Party
from open1540.interfaces.language import RIGHT_TO_LEFT, Translator
from open1540.interfaces.reports.told import told
from open1540.vocabulary import UnknownCode
from open1540.workflows.brief import CALLS_TO_ACT, Briefing, ClaimToJudge, Resolved, Said, Service


class Fact(msgspec.Struct, frozen=True):
    """A labelled line, or several lines below each other."""

    label: str
    value: str


class Item(msgspec.Struct, frozen=True):
    """A quotation with what is known about it, label by label."""

    heading: str
    quotation: str
    facts: tuple[Fact, ...]


class Section(msgspec.Struct, frozen=True):
    """A heading with its items, or with the sentence that says why there are none."""

    title: str
    note: str
    items: tuple[Item, ...]
    empty: str


class Page(msgspec.Struct, frozen=True):
    """A whole report. ``quoted`` is the language of the quotations, which keep their own direction."""

    language: str
    direction: str
    quoted: str
    quoted_direction: str
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    caveat: str


def page(briefing: Briefing, t: Translator) -> Page:
    """The page model of a briefing in the translator's language."""
    quoted = briefing.document.language
    return Page(
        language=t.language,
        direction=t.direction,
        quoted=quoted,
        quoted_direction="rtl" if quoted in RIGHT_TO_LEFT else "ltr",
        title=t("Briefing"),
        subtitle=briefing.document.title or briefing.name,
        facts=tuple(_heading(briefing, t)),
        sections=(
            _calls(briefing, t),
            _others(briefing, t),
            _references(briefing, t),
            _upcoming(briefing, t),
            _claims(briefing, t),
        ),
        caveat=t(
            "Made by rules from the text itself. It is a reading aid: every item shows where it stands, "
            "claims await a person’s judgement, and no item measures a State’s compliance."
        ),
    )


def _heading(briefing: Briefing, t: Translator) -> Iterator[Fact]:
    head = briefing.document
    yield Fact(t("Kind"), t(head.kind))
    yield Fact(t("Symbol"), head.symbol or t("none of its own"))
    yield Fact(t("Date"), t.date(head.date))
    for label, party in (("From", head.sender), ("To", head.recipient), ("Signed", head.signatory)):
        if party:
            yield Fact(t(label), _party(party, t))
    for annex in briefing.annexes:
        yield Fact(t("Annex"), f"{annex.title} ({_actor(annex.speaker, t)})")
    yield Fact(t("File"), _ltr(f"{briefing.name} · sha256 {briefing.sha256[:16]}…", t))
    yield Fact(t("Read by"), _ltr(f"open1540 {briefing.version}", t))
    for warning in briefing.warnings:
        yield Fact(t("Warning"), told(warning, t))


def _party(party: Party, t: Translator) -> str:
    return f"{party.text} ({_actor(party.actor, t)})" if party.actor else party.text


def _calls(briefing: Briefing, t: Translator) -> Section:
    calls = [said for said in briefing.said if said.statement.kind in CALLS_TO_ACT]
    return Section(
        t("Proposals, demands and requests"),
        t("What is asked, of whom, and the part of open1540 that serves it."),
        tuple(_said(said, t) for said in calls),
        t("The document asks nothing that the rules recognise."),
    )


def _others(briefing: Briefing, t: Translator) -> Section:
    others = [said for said in briefing.said if said.statement.kind not in CALLS_TO_ACT]
    return Section(
        t("Measures, commitments, concerns and assessments"),
        t("What the speaker says of itself and of others."),
        tuple(_said(said, t) for said in others),
        t("The document says nothing of this kind that the rules recognise."),
    )


def _said(said: Said, t: Translator) -> Item:
    statement = said.statement
    addressees = ", ".join(_actor(actor, t) for actor in statement.to)
    speaker = _actor(statement.speaker, t)
    facts = [
        Fact(t("Who"), f"{speaker} → {addressees}" if addressees else speaker),
        Fact(t("Obligations"), "; ".join(_obligation(o, t) for o in statement.obligations)),
        Fact(t("Topics"), "; ".join(_topic(topic, t) for topic in statement.topics)),
        Fact(t("Served by"), "; ".join(_service(s, t) for s in said.services)),
        Fact(t("Where"), _where(said.number, statement.start, statement.end, t)),
        Fact(t("Confidence"), f"{statement.reason.confidence:.2f}"),
    ]
    return Item(t(statement.kind), statement.text, tuple(fact for fact in facts if fact.value))


def _references(briefing: Briefing, t: Translator) -> Section:
    return Section(
        t("Documents cited"),
        t("Resolved against the facts of this version."),
        tuple(_reference(resolved, t) for resolved in briefing.references),
        t("The document cites no other."),
    )


def _reference(resolved: Resolved, t: Translator) -> Item:
    known = t("not in the facts")
    if resolved.symbol and resolved.subject:
        known = f"{reference.resolution(resolved.symbol).subject_in(t.language)} ({t.date(resolved.adopted_on)})"
    facts = [
        Fact(t("Known as"), known if resolved.symbol else ""),
        Fact(t("Paragraphs"), ", ".join(resolved.pinpoints)),
        Fact(t("Mentions"), str(resolved.mentions)),
        Fact(t("Note"), "; ".join(told(note, t) for note in resolved.notes)),
    ]
    return Item(resolved.symbol or t(resolved.type), resolved.surface, tuple(f for f in facts if f.value))


def _upcoming(briefing: Briefing, t: Translator) -> Section:
    items = (Item(t.date(date.value), date.surface, (Fact(t("Role"), t(date.role)),)) for date in briefing.upcoming)
    return Section(
        t("Deadlines and planned events"),
        t("Dates as the document gives them."),
        tuple(items),
        t("The document sets no date."),
    )


def _claims(briefing: Briefing, t: Translator) -> Section:
    return Section(
        t("Claims for the matrix"),
        t("Each awaits a person’s judgement unless one is shown. “No evidence found” never means that no law exists."),
        tuple(_claim(claim, t) for claim in briefing.claims),
        t("The document claims no national measure that the rules recognise."),
    )


def _claim(claim: ClaimToJudge, t: Translator) -> Item:
    facts = [
        Fact(t("Matrix fields"), "\n".join(_rows(claim.fields, t))),
        Fact(t("Grade"), t(claim.grade)),
        Fact(t("Article"), claim.article or ""),
        Fact(t("Where"), _where("", claim.start, claim.end, t)),
        Fact(t("Confidence"), f"{claim.confidence:.2f}"),
        Fact(t("Claim"), claim.id),
        Fact(t("Proposed by"), "" if claim.proposed_by == "rules" else _ltr(claim.proposed_by, t)),
        Fact(t("Judged"), t(claim.verdict) if claim.verdict else ""),
    ]
    return Item(_actor(claim.state, t), claim.text, tuple(fact for fact in facts if fact.value))


def _rows(fields: Iterable[str], t: Translator) -> Iterator[str]:
    """The rows of the matrix by their labels, each with its fields."""
    by_row: dict[str, list[str]] = {}
    for field in fields:
        by_row.setdefault(reference.matrix_field(field).title(t.language), []).append(field)
    comma = "، " if t.direction == "rtl" else ", "
    return (f"{label} ({comma.join(_ltr(field, t) for field in ids)})" for label, ids in by_row.items())


def _where(number: str, start: int, end: int, t: Translator) -> str:
    return _ltr(f"{number} [{start}–{end}]".strip(), t)


def _ltr(text: str, t: Translator) -> str:
    """Codes and places keep their own direction in a right-to-left page."""
    return f"\u2066{text}\u2069" if t.direction == "rtl" else text


def _actor(actor: str | None, t: Translator) -> str:
    if actor is None:
        return t("unknown")
    return reference.actor_name(actor, t.language) or actor


def _obligation(obligation: str, t: Translator) -> str:
    try:
        return f"{obligation} {reference.obligation(obligation).title(t.language)}"
    except UnknownCode:
        return t(obligation)


def _topic(topic: str, t: Translator) -> str:
    return reference.topic(topic).label(t.language)


def _service(service: Service, t: Translator) -> str:
    described = reference.service(service.room).label(t.language)
    return described if service.built else f"{described} ({t('not yet in this version')})"


def texts(model: Page) -> Iterable[str]:
    """Every text of a page, to know which scripts its fonts must have."""
    yield from (model.title, model.subtitle, model.caveat)
    for fact in model.facts:
        yield from (fact.label, fact.value)
    for section in model.sections:
        yield from (section.title, section.note, section.empty)
        for item in section.items:
            yield from (item.heading, item.quotation)
            yield from (part for fact in item.facts for part in (fact.label, fact.value))
