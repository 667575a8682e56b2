"""A letter of the procedure as a paper and as text, from the facts of a request; Word and PDF are renderings of that one model."""

from collections.abc import Mapping, Sequence

from open1540 import reference
from open1540.assistance.letters import Facts, Letter, draft
from open1540.assistance.statistics import UNSTATED, Count
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import paper
from open1540.interfaces.reports.national.words import COMMAS, isolated
from open1540.interfaces.reports.paper import Block, Cell, Heading, Line, Paper, Paragraph, Table
from open1540.interfaces.reports.paper_docx import as_docx
from open1540.reference.request_parts import request_form

Counts = Mapping[str, Sequence[Count]]
"""Counts of requests that stand below a briefing, by what they count: theme, type, region."""

_BLANK = "____"


def letter(letter_id: str, facts: Facts, language: str, to: str = "") -> Letter:
    """The draft in a language. Raises UnknownCode for a letter, language or addressee nobody knows."""
    open_to = {"requester", "either"} & {reference.letter_rule(letter_id).to}
    chosen = to or ("organisation" if open_to and facts.state is None else "")
    return draft(letter_id, language, letter_values(facts, Translator(language)), chosen)


def letter_values(facts: Facts, t: Translator) -> dict[str, str]:
    """The facts as they stand in a letter, by the names of its places; empty where nothing is known."""
    state = reference.state(facts.state).name(t.language) if facts.state else ""
    consents = {True: "given", False: "denied"}
    told = reference.letters()
    days = {
        name: t.date(day) if (day := getattr(facts, name)) else ""
        for name in ("sent", "accepted", "delivered", "withdrawn", "since", "until")
    }
    texts = {
        name: _own(getattr(facts, name), t)
        for name in ("title", "reference", "need", "receiver", "provider", "offer", "offer_reference", "description", "conditions")
    }  # fmt: skip
    return (
        days
        | texts
        | {name: t.number(number) for name, number in facts.counts.items()}
        | {
            "state": state,
            "requester": " – ".join(filter(None, (state, _own(facts.requester, t)))),
            "days": t.number(facts.days) if facts.days else "",
            "consent": told.consents[consents[facts.consent]][t.language] if facts.consent is not None else "",
            "themes": _joined([reference.theme(one).title(t.language) for one in facts.themes], t),
            "types": _joined([reference.assistance_type(one).titles[t.language] for one in facts.types], t),
            "weapons": _joined([reference.matrix_word(one, t.language) for one in facts.weapons], t),
            "languages": _joined([_language(one, t) for one in facts.languages], t),
            "period": _period(facts, t),
        }
    )


def letter_paper(letter_id: str, facts: Facts, language: str, to: str = "", counts: Counts | None = None) -> Paper:
    """The draft as a paper: caveat above, what is still open below; ``counts`` stand as tables under a briefing."""
    written, t = letter(letter_id, facts, language, to), Translator(language)
    words = {name: texts[language] for name, texts in reference.letters().words.items()}
    blocks: list[Block] = [Paragraph((Line(text),)) for text in written.paragraphs]
    blocks += letter_tables(counts or {}, language)
    blocks += _doubt(written, facts, words)
    blocks.append(Paragraph((Line(words["signature"], "blank"),)))
    if written.missing:
        blocks.append(Heading(2, words["open"]))
        blocks.append(Paragraph(tuple(Line(one.question) for one in written.missing)))
    return Paper(
        language=language,
        direction=t.direction,
        title=reference.letter_rule(letter_id).titles[language],
        subtitle=written.subject,
        facts=((words["to"], (Line(written.addressee),)), (words["date"], (Line(words["date"], "blank"),))),
        blocks=tuple(blocks),
        caveat=written.caveat,
    )


def letter_tables(counts: Counts, language: str) -> list[Table]:
    """The tables of counts that stand below a briefing."""
    words, t = {name: texts[language] for name, texts in reference.letters().words.items()}, Translator(language)
    return [_table(by, rows, words, t) for by, rows in counts.items()]


def letter_docx(letter_id: str, facts: Facts, language: str, to: str = "", counts: Counts | None = None) -> bytes:
    """The draft as a Word document, to be completed and signed."""
    return as_docx(letter_paper(letter_id, facts, language, to, counts))


def letter_pdf(letter_id: str, facts: Facts, language: str, to: str = "", counts: Counts | None = None) -> bytes:
    """The draft as a tagged PDF. Raises JobFailed where this machine lacks a font for one of its scripts."""
    return paper.as_pdf(letter_paper(letter_id, facts, language, to, counts))


def letter_text(letter_id: str, facts: Facts, language: str, to: str = "", counts: Counts | None = None) -> str:
    """The draft as plain text."""
    page = letter_paper(letter_id, facts, language, to, counts)
    parts = [page.caveat, page.subtitle]
    for label, (line,) in page.facts:
        parts.append(f"{label}: {_BLANK if line.kind == 'blank' else line.text}")
    for block in page.blocks:
        match block:
            case Heading():
                parts.append(block.text)
            case Paragraph():
                parts.append(_plain(block.lines))
            case Table():
                rows = (" | ".join(map(_plain, row)) for row in block.rows)
                parts.append("\n".join((" | ".join(block.columns), *rows)))
    return "\n\n".join(parts) + "\n"


def _plain(cell: Cell) -> str:
    return "\n".join(f"{line.text}: {_BLANK}" if line.kind == "blank" else line.text for line in cell)


def _own(text: str, t: Translator) -> str:
    """Words in a language of their own, kept apart where the letter runs from right to left."""
    return isolated(text) if t.direction == "rtl" else text


def _joined(names: Sequence[str], t: Translator) -> str:
    return COMMAS.get(t.language, ", ").join(names)


def _language(code: str, t: Translator) -> str:
    names = request_form().languages
    return names[code][t.language] if code in names else code


def _period(facts: Facts, t: Translator) -> str:
    days = [t.date(day) for day in (facts.first, facts.last) if day]
    return " – ".join(days)


def _doubt(written: Letter, facts: Facts, words: Mapping[str, str]) -> list[Block]:
    """What is unsure of the day by which an answer is asked, where the letter names one."""
    if reference.letter_rule(written.id).step != "notify" or facts.certainty == "high":
        return []
    return [Paragraph((Line(words["days-worked-out" if facts.certainty else "days-unknown"], "note"),))]


def _table(by: str, rows: Sequence[Count], words: Mapping[str, str], t: Translator) -> Table:
    cells = tuple(((Line(_key(by, row.key, words, t)),), (Line(_number(row, words, t)),)) for row in rows)
    return Table((words[by], words["requests"]), (4, 1), cells)


def _key(by: str, key: str, words: Mapping[str, str], t: Translator) -> str:
    if key == UNSTATED:
        return words["unstated"]
    match by:
        case "theme":
            return reference.theme(key).title(t.language)
        case "type":
            return reference.assistance_type(key).titles[t.language]
        case _:
            return t(key)


def _number(row: Count, words: Mapping[str, str], t: Translator) -> str:
    return t.number(row.requests) if row.requests is not None else words["withheld"]
