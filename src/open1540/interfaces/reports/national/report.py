"""The paper of a State's report on resolution 1540 (2004): what is recorded, and blanks under questions."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.national.frame import annex, head
from open1540.interfaces.reports.national.words import (
    Known,
    doubt_texts,
    instrument_title,
    isolated,
    known_of,
    numbered,
    obligation_title,
    source_title,
    status_words,
    theme_title,
    weapon_names,
)
from open1540.interfaces.reports.paper import Block, Cell, Heading, Line, Paper, Paragraph, Table
from open1540.matrix import national
from open1540.matrix.national import Measure, Part
from open1540.reference.national import TREATIES, question
from open1540.vocabulary import Entry
from open1540.workflows.national import NationalReport


def report_paper(report: NationalReport, t: Translator) -> Paper:
    """The paper of a report in the translator's language."""
    known = known_of(report.draft, report.citations)
    blocks: list[Block] = [Heading(1, t("Instruments, organizations and arrangements"))]
    blocks += _instruments(report.instruments, known, t)
    for obligation, parts in groupby(report.parts, key=lambda part: part.obligation):
        blocks.append(Heading(1, obligation_title(obligation, t)))
        for part in parts:
            blocks += _part(part, known, t)
    blocks += annex(report.citations, known, t)
    return Paper(
        language=t.language,
        direction=t.direction,
        title=t("National report on the implementation of resolution 1540 (2004): draft"),
        subtitle=reference.state(report.draft.state).name(t.language),
        facts=tuple(head(report.draft, t)),
        blocks=tuple(blocks),
        caveat=t(
            "This draft is made from the record by open1540. It is no statement of the State until the State adopts it. "
            "A blank means that nothing is recorded, never that there is no measure. Nothing here claims or measures compliance."
        ),
    )


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
    yield Heading(2, theme_title(part.theme, t))
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
                (Line(weapon_names(weapons, t) or "—"),),
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
    cited = [numbered(item, known, t, with_dates) for item in entry.evidence] or [isolated(c) for c in entry.citations]
    if not entry.code:
        return (*(Line(text, "note") for text in cited), *_remark(entry, t), Line(ask, "blank"))
    lead = t("The State has stated:") if national.stated_by_the_state(entry) else t("The record shows:")
    unclear = (Line(t("Unclear; see below the table."), "note"),) if entry.code == "?" else ()
    return (Line(lead, "note"), *(Line(text) for text in cited), *_remark(entry, t), *unclear)


def _remark(entry: Entry, t: Translator) -> Cell:
    # Remarks the desk writes for section I repeat what the citations say; a person's own stay.
    written = entry.remarks and not (entry.field.startswith("OP1.") and entry.evidence)
    text = _status_remark(entry.remarks, t) if entry.field.startswith("OP1.") else isolated(entry.remarks)
    return (Line(text, "note"),) if written else ()


def _status_remark(remark: str, t: Translator) -> str:
    """A remark open1540 wrote for section I in the reader's language, with the source it names as it stands."""
    words = status_words(t)
    told = []
    for piece in remark.split("; "):
        named = national.named_first(piece)
        known = max((word for word in words if named and named[1].startswith(word)), key=len, default=None)
        if named is None or known is None:
            told.append(isolated(piece))
            continue
        rest = named[1].removeprefix(known)
        later = rest.removeprefix(", consent followed on ")
        tail = f", {t('consent followed on')} {t.date(later)}" if later != rest else isolated(rest)
        told.append(f"{instrument_title(named[0], t)}: {words[known]}{tail}")
    return "; ".join(told)


def _sources(entry: Entry, known: Known, t: Translator) -> Cell:
    return tuple(
        Line(f"{isolated(source_title(item, known))}{f', {t.date(item.as_of)}' if item.as_of else ''}", "note")
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
