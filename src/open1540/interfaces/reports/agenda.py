"""The agenda of a meeting as a paper in one of its working languages: who meets whom on what, with where that is written."""

from collections.abc import Iterator

from open1540.assistance.agenda import Agenda, SharedGap
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import paper
from open1540.interfaces.reports.paper import Block, Cell, Heading, Line, Paper, Paragraph, Table
from open1540.interfaces.reports.paper_docx import as_docx
from open1540.reference.request_parts import request_form
from open1540.vocabulary import UnknownCode


def agenda_paper(told: Agenda, title: str, language: str) -> Paper:
    """The agenda in a working language of the meeting. Raises UnknownCode for a language it does not have."""
    if language not in told.languages:
        raise UnknownCode(
            f"language {language!r}",
            expected="a working language of the meeting: " + ", ".join(told.languages),
            where=f"agenda of {told.event}",
            remedy="choose one of these",
        )
    t = Translator(language)
    return Paper(
        language=language,
        direction=t.direction,
        title=f"{told.type_titles[language]}: {title}",
        subtitle=t("Implementation of Security Council resolution 1540 (2004)"),
        facts=tuple(_facts(told, t)),
        blocks=tuple(_blocks(told, t)),
        caveat=t(
            "A proposal worked out from the record; nobody has been invited by it. What the record leaves blank is unknown, no finding on a State."
        ),
    )


def agenda_docx(told: Agenda, title: str, language: str) -> bytes:
    """The agenda as a Word document to be completed."""
    return as_docx(agenda_paper(told, title, language))


def agenda_pdf(told: Agenda, title: str, language: str) -> bytes:
    """The agenda as a tagged PDF. Raises JobFailed where this machine lacks a font for one of its scripts."""
    return paper.as_pdf(agenda_paper(told, title, language))


def _facts(told: Agenda, t: Translator) -> Iterator[tuple[str, Cell]]:
    names, languages = told.states, request_form().languages
    yield t("When"), (Line(f"{t.date(told.since)} – {t.date(told.until)}"),)
    yield t("Host"), (Line(names[told.host][t.language]),)
    yield t("Working languages"), (Line(t("; ").join(languages[one][t.language] for one in told.languages)),)
    yield t("Who takes part"), (Line(t("; ").join(sorted(name[t.language] for name in names.values()))),)


def _blocks(told: Agenda, t: Translator) -> Iterator[Block]:
    for part in told.parts:
        yield Heading(1, part.titles[t.language])
        match part.id:
            case "shared-gaps":
                yield from _gaps(told, t)
            case "good-practices":
                yield from _practices(told, t)
            case "providers":
                yield from _provider(told, t)
            case "outcome":
                yield Paragraph((Line(told.outcomes[t.language]), Line(t("What each State takes home"), "blank")))
            case _:
                yield Paragraph((Line(t("Chair, place and hour"), "blank"),))


def _gaps(told: Agenda, t: Translator) -> Iterator[Block]:
    rows = tuple(
        (
            (Line(gap.titles[t.language], "strong"),),
            (Line(t("; ").join(told.states[code][t.language] for code in gap.states)),),
            tuple(Line(text, "note") for text in _sources(gap)),
        )
        for gap in (*told.gaps, *told.single)
    )
    yield Table((t("Subject"), t("States that share it"), t("Where that is written")), (3, 4, 3), rows)


def _sources(gap: SharedGap) -> list[str]:
    return list(dict.fromkeys(need.source for need in gap.needs))


def _practices(told: Agenda, t: Translator) -> Iterator[Block]:
    rows = tuple(
        (
            (Line(gap.titles[t.language], "strong"),),
            (Line(told.states[one.state][t.language]),),
            (Line(one.citation, "note"),),
        )
        for gap in (*told.gaps, *told.single)
        for one in gap.practices
    )
    if rows:
        yield Table((t("Subject"), t("State"), t("Citation")), (3, 2, 5), rows)
    else:
        yield Paragraph((Line(t("None of the participants has practice on record under these subjects."), "note"),))


def _provider(told: Agenda, t: Translator) -> Iterator[Block]:
    if told.giver is None:
        return
    lines = [Line(f"{told.giver.provider}: {told.giver.title} ({told.giver.offer})")]
    lines += [Line(told.giver.conditions)] if told.giver.conditions else []
    questions = {
        "types": t("Is this format among what is offered?"),
        "languages": t("In which working languages?"),
        "capacity": t("Is there room for it?"),
    }
    lines += [Line(questions[one], "blank") for one in told.giver.to_ask if one in questions]
    yield Paragraph(tuple(lines))
