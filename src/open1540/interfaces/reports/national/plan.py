"""The paper of a voluntary national action plan: what, who and by when, and the assistance on record."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.national.frame import annex, head, origin_of
from open1540.interfaces.reports.national.words import (
    Known,
    citation_text,
    doubt_texts,
    isolated,
    known_of,
    numbered,
    obligation_title,
    row_title,
    theme_title,
    weapon_names,
)
from open1540.interfaces.reports.paper import Block, Cell, Heading, Line, Paper, Paragraph, Table
from open1540.matrix.national import Citation, PlanLine
from open1540.reference.national import TREATIES, suggestions
from open1540.workflows.national import NationalPlan


def plan_paper(plan: NationalPlan, t: Translator) -> Paper:
    """The paper of a plan in the translator's language."""
    known = known_of(plan.draft, plan.citations)
    blocks: list[Block] = []
    for obligation, lines in groupby(plan.lines, key=lambda line: line.obligation):
        blocks.append(Heading(1, obligation_title(obligation, t)))
        for theme, own in groupby(lines, key=lambda line: line.theme):
            blocks += _theme_of_plan(theme, list(own), known, t)
    if not plan.lines:
        blocks.append(Paragraph((Line(t("The record leaves no measure blank or unclear.")),)))
    blocks += _assistance(plan, t)
    cited = tuple(citation for citation in plan.citations if _cited(citation, plan.lines))
    blocks += annex(cited, known, t) if cited else ()
    return Paper(
        language=t.language,
        direction=t.direction,
        title=t("Voluntary national implementation action plan: draft"),
        subtitle=reference.state(plan.draft.state).name(t.language),
        facts=(*head(plan.draft, t), *_span(plan, t)),
        blocks=tuple(blocks),
        caveat=t(
            "A plan is voluntary. Its lines follow the paragraphs of the resolution and not a score; who acts, by when and with which "
            "help are suggestions of the editors, for the State to keep, change or strike out. A blank means that nothing is recorded, "
            "never that there is no measure."
        ),
        wide=True,
    )


def plan_rows(plan: NationalPlan, t: Translator) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The plan as one flat table: its headings and rows, with empty cells where the State is to write."""
    known = known_of(plan.draft, plan.citations)
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
        obligation_title(line.obligation, t),
        theme_title(line.theme, t),
        row_title(line.row, known, t),
        weapon_names(line.weapons, t),
        _task(line, t),
        ", ".join(line.fields),
        " ".join(doubt_texts(doubt, t)[0] for doubt in line.doubts),
        "; ".join(citation_text(item, t) for item in line.existing),
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


def _span(plan: NationalPlan, t: Translator) -> Iterator[tuple[str, Cell]]:
    start = (Line(t.date(plan.start)),) if plan.start else (Line(t("Start and end of the plan"), "blank"),)
    yield t("First day of the plan"), start
    if plan.start:
        yield t("Length in years"), (Line(str(plan.years)),)
    yield t("Adopted by"), (Line(t("Authority, date"), "blank"),)


def _theme_of_plan(theme: str, lines: Sequence[PlanLine], known: Known, t: Translator) -> Iterator[Block]:
    said, first = suggestions(), lines[0]
    yield Heading(2, theme_title(theme, t))
    told: list[tuple[str, str]] = [
        (t("Usually acts"), "; ".join(said.authorities[one][t.language] for one in first.authorities)),
        (t("Usual steps"), "; ".join(said.steps[one][t.language] for one in first.steps)),
        (t("Done when"), said.indicators[first.indicator][t.language]),
        (t("Assistance that may be asked for"), ", ".join(isolated(name) for name in first.offers)),
        (t("Requests on record"), "; ".join(isolated(subject) for subject in first.requested)),
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
    weapons = weapon_names(line.weapons, t)
    offered = f"{t.date(line.since)} – {t.date(line.until)}" if line.since and line.until else ""
    return (
        (Line(str(line.number)),),
        (
            Line(row_title(line.row, known, t)),
            *((Line(weapons, "note"),) if weapons else ()),
            Line(isolated(line.row), "note"),
        ),
        (
            Line(_task(line, t)),
            *_aspect(line, known, t),
            *(Line(text, "note") for doubt in line.doubts for text in doubt_texts(doubt, t)),
        ),
        tuple(Line(numbered(item, known, t, True)) for item in line.existing) or (Line(t("none on record"), "note"),),
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
            tuple(
                ((Line(isolated(p.provider)),), (Line(isolated(p.content)),), origin_of(p.source)) for p in providers
            ),
        )
    if plan.requests:
        yield Heading(1, t("Requests on record"))
        yield Table(
            (t("Date"), t("Subject"), t("Source")),
            (2, 6, 6),
            tuple(
                ((Line(t.date(r.requested_on)),), (Line(isolated(r.subject)),), origin_of(r.source))
                for r in plan.requests
            ),
        )


def _cited(citation: Citation, lines: Iterable[PlanLine]) -> bool:
    return any(citation.evidence in line.existing for line in lines)
