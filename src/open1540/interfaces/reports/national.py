"""The papers of the national side: a draft report on resolution 1540 (2004) and a draft voluntary action plan."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.paper import Block, Cell, Heading, Line, Paper, Paragraph, Table
from open1540.matrix import national
from open1540.matrix.national import Citation, Doubt, Measure, Part, PlanLine
from open1540.reference import Field
from open1540.reference.national import TREATIES, question, suggestions
from open1540.vocabulary import Entry, Evidence
from open1540.workflows.national import Draft, NationalPlan, NationalReport

COMMAS = {"zh": "、", "ar": "، "}


class Known(msgspec.Struct, frozen=True):
    """What the builders of a paper look things up in: numbers of citations, fields by id and by row, the draft."""

    draft: Draft
    numbers: dict[tuple[str, str, str | None, str], int]
    fields: dict[str, Field]
    rows: dict[str, Field]


def report_paper(report: NationalReport, t: Translator) -> Paper:
    """The paper of a report in the translator's language."""
    known = _known(report.draft, report.citations)
    blocks: list[Block] = [Heading(1, t("Instruments, organizations and arrangements"))]
    blocks += _instruments(report.instruments, known, t)
    for obligation, parts in groupby(report.parts, key=lambda part: part.obligation):
        blocks.append(Heading(1, _obligation(obligation, t)))
        for part in parts:
            blocks += _part(part, known, t)
    blocks += _annex(report.citations, known, t)
    return Paper(
        language=t.language,
        direction=t.direction,
        title=t("National report on the implementation of resolution 1540 (2004): draft"),
        subtitle=reference.state(report.draft.state).name(t.language),
        facts=tuple(_head(report.draft, t)),
        blocks=tuple(blocks),
        caveat=t(
            "This draft is made from the record by open1540. It is no statement of the State until the State adopts it. "
            "A blank means that nothing is recorded, never that there is no measure. Nothing here claims or measures compliance."
        ),
    )


def plan_paper(plan: NationalPlan, t: Translator) -> Paper:
    """The paper of a plan in the translator's language."""
    known = _known(plan.draft, plan.citations)
    blocks: list[Block] = []
    for obligation, lines in groupby(plan.lines, key=lambda line: line.obligation):
        blocks.append(Heading(1, _obligation(obligation, t)))
        for theme, own in groupby(lines, key=lambda line: line.theme):
            blocks += _theme_of_plan(theme, list(own), known, t)
    if not plan.lines:
        blocks.append(Paragraph((Line(t("The record leaves no measure blank or unclear.")),)))
    blocks += _assistance(plan, t)
    cited = tuple(citation for citation in plan.citations if _cited(citation, plan.lines))
    blocks += _annex(cited, known, t) if cited else ()
    return Paper(
        language=t.language,
        direction=t.direction,
        title=t("Voluntary national implementation action plan: draft"),
        subtitle=reference.state(plan.draft.state).name(t.language),
        facts=(*_head(plan.draft, t), *_span(plan, t)),
        blocks=tuple(blocks),
        caveat=t(
            "A plan is voluntary. Its lines follow the paragraphs of the resolution and not a score; who acts, by when and with which "
            "help are suggestions of the editors, for the State to keep, change or strike out. A blank means that nothing is recorded, "
            "never that there is no measure."
        ),
        wide=True,
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


def plan_rows(plan: NationalPlan, t: Translator) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The plan as one flat table: its headings and rows, with empty cells where the State is to write."""
    known = _known(plan.draft, plan.citations)
    heads = (
        t("No."), t("Paragraph"), t("Theme"), t("Measure"), t("Weapon class"), t("What to do"), t("Fields of the matrix"),
        t("Why it is unclear"), t("Existing evidence"), t("Usually acts"), t("Responsible authority"), t("Start"), t("By when"),
        t("Usual steps"), t("Done when"), t("Assistance that may be asked for"), t("Requests on record"), t("Progress"),
    )  # fmt: skip
    return heads, tuple(_plan_row(line, known, t) for line in plan.lines)


def _plan_row(line: PlanLine, known: Known, t: Translator) -> tuple[str, ...]:
    said = suggestions()
    return (
        str(line.number),
        _obligation(line.obligation, t),
        _theme(line.theme, t),
        _row_title(line.row, known, t),
        _weapons(line.weapons, t),
        _task(line, t),
        ", ".join(line.fields),
        " ".join(doubt_texts(doubt, t)[0] for doubt in line.doubts),
        "; ".join(_citation(item, t) for item in line.existing),
        "; ".join(said.authorities[one][t.language] for one in line.authorities),
        "",
        line.since.isoformat() if line.since else "",
        line.until.isoformat() if line.until else "",
        "; ".join(said.steps[one][t.language] for one in line.steps),
        said.indicators[line.indicator][t.language],
        ", ".join(line.offers),
        "; ".join(line.requested),
        "",
    )


def _known(draft: Draft, citations: Sequence[Citation]) -> Known:
    fields = reference.template(draft.template).fields
    return Known(
        draft,
        {national.key(citation.evidence): citation.number for citation in citations},
        {field.field: field for field in fields},
        {field.row_id: field for field in reversed(fields)},
    )


def _head(draft: Draft, t: Translator) -> Iterator[tuple[str, Cell]]:
    yield t("State"), (Line(reference.state(draft.state).name(t.language)),)
    yield t("Record as of"), (Line(t.date(draft.on)),)
    yield t("Resolution"), (Line(t("Security Council resolution 1540 (2004), adopted on 28 April 2004")),)
    mandate = f"{_own(draft.mandate)}, {t.date(draft.mandate_until)}" if draft.mandate and draft.mandate_until else ""
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


def _span(plan: NationalPlan, t: Translator) -> Iterator[tuple[str, Cell]]:
    start = (Line(t.date(plan.start)),) if plan.start else (Line(t("Start and end of the plan"), "blank"),)
    yield t("First day of the plan"), start
    if plan.start:
        yield t("Length in years"), (Line(str(plan.years)),)
    yield t("Adopted by"), (Line(t("Authority, date"), "blank"),)


def _instruments(part: Part, known: Known, t: Translator) -> Iterator[Block]:
    yield Paragraph((Line(question(TREATIES, t.language), "strong"),))
    rows = tuple(
        (
            (Line(known.rows[measure.row].title(t.language)),),
            _told(measure.entries[0], known, t, t("Bound, or a member, since")),
            _sources(measure.entries[0], known, t),
        )
        for measure in part.measures
    )
    yield Table((t("Instrument or body"), t("What the record shows"), t("Source and date")), (3, 4, 3), rows)
    yield from _doubts(part, known, t)


def _part(part: Part, known: Known, t: Translator) -> Iterator[Block]:
    yield Heading(2, _theme(part.theme, t))
    yield Paragraph((Line(question(part.theme, t.language), "strong"),))
    armed = any(measure.weapon for measure in part.measures)
    law = t("Law and article, authority, practice")
    if not armed:
        rows = tuple(
            ((Line(known.rows[m.row].title(t.language)),), _cell(m.legal, known, t, t("Your answer, with its source")))
            for m in part.measures
        )
        yield Table((t("Measure"), t("What the record shows")), (1, 2), rows)
    else:
        columns = (t("Measure"), t("Weapon class"), t("Legal framework and measures"), t("Penalties and enforcement"))
        table = tuple(
            (
                (Line(known.rows[row].title(t.language)),),
                (Line(_weapons(weapons, t) or "—"),),
                _cell(measure.legal, known, t, law),
                _cell(measure.enforcement, known, t, t("Penalty and article")),
            )
            for row, weapons, measure in _merged(part.measures)
        )
        yield Table(columns, (3, 2, 4, 4), table)
    yield from _doubts(part, known, t)


def _merged(measures: Iterable[Measure]) -> Iterator[tuple[str, tuple[str, ...], Measure]]:
    """Measures, those of one row of which nothing is recorded for any class put together."""
    for row, own in groupby(measures, key=lambda measure: measure.row):
        group = list(own)
        blanks = [measure for measure in group if measure.blank]
        yield from ((row, (m.weapon,) if m.weapon else (), m) for m in group if not m.blank)
        if blanks:
            yield row, tuple(m.weapon for m in blanks if m.weapon), blanks[0]


def _cell(entry: Entry | None, known: Known, t: Translator, ask: str) -> Cell:
    return (Line("—"),) if entry is None else _told(entry, known, t, ask, with_dates=True)


def _told(entry: Entry, known: Known, t: Translator, ask: str, with_dates: bool = False) -> Cell:
    """What is recorded in a field, and a blank where nothing is."""
    if entry.code == "NA":
        return (Line(t("Does not apply, as recorded.")), *_remark(entry, t))
    cited = [_numbered(item, known, t, with_dates) for item in entry.evidence] or [_own(c) for c in entry.citations]
    if not entry.code:
        return (*(Line(text, "note") for text in cited), *_remark(entry, t), Line(ask, "blank"))
    lead = t("The State has stated:") if national.stated_by_the_state(entry) else t("The record shows:")
    unclear = (Line(t("Unclear; see below the table."), "note"),) if entry.code == "?" else ()
    return (Line(lead, "note"), *(Line(text) for text in cited), *_remark(entry, t), *unclear)


def _remark(entry: Entry, t: Translator) -> Cell:
    # Remarks the desk writes for section I repeat what the citations say; a person's own stay.
    written = entry.remarks and not (entry.field.startswith("OP1.") and entry.evidence)
    text = _status_remark(entry.remarks, t) if entry.field.startswith("OP1.") else _own(entry.remarks)
    return (Line(text, "note"),) if written else ()


def _status_remark(remark: str, t: Translator) -> str:
    """A remark open1540 wrote for section I in the reader's language, with the source it names as it stands."""
    words = status_words(t)
    told = []
    for piece in remark.split("; "):
        named = national.named_first(piece)
        known = max((word for word in words if named and named[1].startswith(word)), key=len, default=None)
        if named is None or known is None:
            told.append(_own(piece))
            continue
        rest = named[1].removeprefix(known)
        later = rest.removeprefix(", consent followed on ")
        tail = f", {t('consent followed on')} {t.date(later)}" if later != rest else _own(rest)
        told.append(f"{_instrument(named[0], t)}: {words[known]}{tail}")
    return "; ".join(told)


def _sources(entry: Entry, known: Known, t: Translator) -> Cell:
    return tuple(
        Line(f"{_own(_source_title(item, known))}{f', {t.date(item.as_of)}' if item.as_of else ''}", "note")
        for item in entry.evidence
    )


def _doubts(part: Part, known: Known, t: Translator) -> Iterator[Block]:
    unclear = [entry for measure in part.measures for entry in measure.entries if entry.code == "?"]
    if not unclear:
        return
    rows = tuple(
        (
            (Line(known.fields[entry.field].caption(t.language)),),
            tuple(Line(text) for doubt in national.doubts(entry) for text in doubt_texts(doubt, t)),
            (Line(t("Your answer, with its source"), "blank"),),
        )
        for entry in unclear
    )
    yield Table(
        (t("What is unclear"), t("Why, and what would make it clear"), t("Answer of the State")), (3, 5, 3), rows
    )


def _annex(citations: Sequence[Citation], known: Known, t: Translator) -> Iterator[Block]:
    yield Heading(1, t("Annex: citations"))
    if not citations:
        yield Paragraph((Line(t("Nothing is cited: the record holds no evidence for the fields above.")),))
        return
    rows = tuple(
        (
            (Line(str(citation.number)),),
            (
                Line(_citation(citation.evidence, t)),
                *_passage(citation.evidence),
            ),
            _origin(citation.evidence, known, t),
            (
                Line(t.date(citation.evidence.as_of)),
                Line(f"{t('Confidence')}: {_confidence(citation.evidence, t)}", "note"),
            ),
        )
        for citation in citations
    )
    yield Table((t("No."), t("Citation"), t("Source"), t("Date")), (1, 7, 7, 3), rows)


def _passage(item: Evidence) -> Cell:
    """The passage as it stands, in quotation marks; what open1540 itself notes on a source stands without."""
    if not item.text:
        return ()
    return (Line(_own(f"“{item.text}”" if item.start is not None else item.text), "note"),)


def _origin(item: Evidence, known: Known, t: Translator) -> Cell:
    source = known.draft.sources.get(item.source)
    if source is None:
        place = f"{item.start}–{item.end}" if item.start is not None else ""
        return tuple(Line(_own(text)) for text in (_source_title(item, known), item.article or "", place) if text)
    read = (Line(f"{t('Read on')}: {t.date(source.retrieved)}", "note"),) if source.retrieved else ()
    return (Line(_own(source.title)), Line(_own(source.locator), "note"), *read)


def _source_title(item: Evidence, known: Known) -> str:
    if item.source in known.draft.sources:
        return known.draft.sources[item.source].title
    document = known.draft.documents.get(item.source)
    return " · ".join(part for part in (document.symbol, document.name) if part) if document else item.source


def _theme_of_plan(theme: str, lines: Sequence[PlanLine], known: Known, t: Translator) -> Iterator[Block]:
    said, first = suggestions(), lines[0]
    yield Heading(2, _theme(theme, t))
    told: list[tuple[str, str]] = [
        (t("Usually acts"), "; ".join(said.authorities[one][t.language] for one in first.authorities)),
        (t("Usual steps"), "; ".join(said.steps[one][t.language] for one in first.steps)),
        (t("Done when"), said.indicators[first.indicator][t.language]),
        (t("Assistance that may be asked for"), ", ".join(_own(name) for name in first.offers)),
        (t("Requests on record"), "; ".join(_own(subject) for subject in first.requested)),
    ]
    yield Paragraph(tuple(Line(f"{label}: {words}", "note") for label, words in told if words))
    columns = (
        t("No."),
        t("Measure"),
        t("What to do, and why"),
        t("Existing evidence"),
        t("Responsible authority"),
        t("By when"),
    )
    yield Table(columns, (1, 5, 6, 5, 4, 4), tuple(_plan_cells(line, known, t) for line in lines))


def _plan_cells(line: PlanLine, known: Known, t: Translator) -> tuple[Cell, ...]:
    weapons = _weapons(line.weapons, t)
    offered = f"{t.date(line.since)} – {t.date(line.until)}" if line.since and line.until else ""
    return (
        (Line(str(line.number)),),
        (
            Line(_row_title(line.row, known, t)),
            *((Line(weapons, "note"),) if weapons else ()),
            Line(_own(line.row), "note"),
        ),
        (
            Line(_task(line, t)),
            *_aspect(line, known, t),
            *(Line(text, "note") for doubt in line.doubts for text in doubt_texts(doubt, t)),
        ),
        tuple(Line(_numbered(item, known, t, True)) for item in line.existing) or (Line(t("none on record"), "note"),),
        (Line(t("Name of the authority"), "blank"),),
        (*((Line(f"{t('Offered')}: {offered}", "note"),) if offered else ()), Line(t("Date"), "blank")),
    )


def _aspect(line: PlanLine, known: Known, t: Translator) -> Cell:
    """Whether only law, or only its enforcement, is open; nothing where both are or the row does not part them."""
    open_aspects = {known.fields[field].aspect for field in line.fields}
    words = {"legal": t("Legal framework and measures"), "enforcement": t("Penalties and enforcement")}
    return tuple(Line(words[aspect], "note") for aspect in open_aspects if aspect) if len(open_aspects) == 1 else ()


def _task(line: PlanLine, t: Translator) -> str:
    if line.kind == "clarify":
        return t("Make clear what is recorded.")
    if line.theme == TREATIES:
        return t("State whether the instrument binds the State, or consider joining it.")
    if line.doubts:
        return t("State the measures for what is still blank, or adopt them, and make clear what is unclear.")
    if line.existing:
        return t("State the measures for what is still blank, or adopt them.")
    return t("State the measure in force with its source, or adopt one.")


def _assistance(plan: NationalPlan, t: Translator) -> Iterator[Block]:
    named = {name for line in plan.lines for name in line.offers}
    providers = [provider for provider in reference.assistance_providers() if provider.provider in named]
    if providers:
        yield Heading(1, t("Providers of assistance on record"))
        yield Paragraph(
            (Line(t("Which of them can help with a line is a question to ask them; their own words follow."), "note"),)
        )
        yield Table(
            (t("Provider"), t("What the source says"), t("Source")),
            (3, 5, 6),
            tuple(((Line(_own(p.provider)),), (Line(_own(p.content)),), _origin_of(p.source)) for p in providers),
        )
    if plan.requests:
        yield Heading(1, t("Requests on record"))
        yield Table(
            (t("Date"), t("Subject"), t("Source")),
            (2, 6, 6),
            tuple(
                ((Line(t.date(r.requested_on)),), (Line(_own(r.subject)),), _origin_of(r.source)) for r in plan.requests
            ),
        )


def _origin_of(source_id: str) -> Cell:
    source = reference.source(source_id)
    return Line(_own(source.title)), Line(_own(source.locator), "note")


def _cited(citation: Citation, lines: Iterable[PlanLine]) -> bool:
    return any(citation.evidence in line.existing for line in lines)


def _numbered(item: Evidence, known: Known, t: Translator, with_dates: bool) -> str:
    number = known.numbers[national.key(item)]
    date = f" ({t.date(item.as_of)})" if with_dates and item.as_of else ""
    return f"{_citation(item, t)}{date} [{number}]"


def _citation(item: Evidence, t: Translator) -> str:
    """A citation as it stands; one that open1540 wrote for section I in the reader's language."""
    consent = national.consent(item.citation)
    if consent is None:
        return _own(item.citation)
    title = _instrument(consent.instrument, t)
    since = f", {t.date(consent.since)}" if consent.since else ""
    return f"{title}: {status_words(t).get(consent.words, consent.words)}{since}"


def _instrument(instrument: str, t: Translator) -> str:
    labels = {one: label for label, one, kind in reference.instrument_labels(t.language) if kind == "preferred"}
    return labels.get(instrument) or _own(reference.instrument(instrument).title)


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


def _confidence(item: Evidence, t: Translator) -> str:
    words: dict[str, Callable[[], str]] = {
        "high": lambda: t("high"),
        "medium": lambda: t("medium"),
        "low": lambda: t("low"),
    }
    return words[item.confidence]()


def _obligation(obligation: str, t: Translator) -> str:
    title = reference.obligation(obligation).title(t.language)
    return f"{_own(obligation)} · {title[:1].upper()}{title[1:]}"


def _theme(theme: str, t: Translator) -> str:
    return t("Treaties") if theme == TREATIES else reference.theme(theme).title(t.language)


def _row_title(row: str, known: Known, t: Translator) -> str:
    return known.rows[row].title(t.language)


def _weapons(weapons: Sequence[str], t: Translator) -> str:
    """One weapon class by its name, several by their short names."""
    if len(weapons) == 1:
        return reference.matrix_word(weapons[0], t.language)
    names = (reference.matrix_word(f"{weapon}-short", t.language) for weapon in weapons)
    return COMMAS.get(t.language, ", ").join(names)


def _own(text: str) -> str:
    """A text in a language of its own, kept from mixing its order with what stands around it (first strong isolate)."""
    return f"\u2068{text}\u2069" if text and any("a" <= letter.lower() <= "z" for letter in text) else text
