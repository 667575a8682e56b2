"""The form of a request: a request as answers to its parts in a language, and answers in a file's tables back as a request.

A form filled by hand is taken as it comes: words typed around a label, merged cells, rows added, parts left empty. What an
answer does not surely say stays empty and is told as a doubt.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from open1540 import reference
from open1540.assistance.records import Contact, Request, Subject
from open1540.documents import dates
from open1540.documents.lexicon import Lexicon, fold
from open1540.documents.tables import Row, Table, Tables
from open1540.reference import LANGUAGES
from open1540.reference.matrix_words import matrix_word
from open1540.reference.request_parts import RequestPart, request_form, request_part

EMPTY, CHECKED = "☐", "☒"
_BOX = re.compile(r"[☐□▢☑☒■✓✔✗✘]|\[\s?[xX✓✔]?\s?\]")
_UNCHECKED = re.compile(r"[☐□▢]|\[\s*\]")
_MARK = re.compile(r"(?<!\w)[xXхХ✓✔✗✘](?!\w)")
_NUMBERED = re.compile(r"[\W_]*(?:\d{1,2}\s*[.)、．]\s*)?[^\w]*")
_AROUND = " \t\n\r:：.…-–—_*"
_NUMBER = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?!\d)|\d+")
_LARGEST = 999_999
_CODE_IN_BRACKETS = re.compile(r"[(（\[]\s*([A-Z]{3})\s*[)）\]]")
_FIELD = re.compile(r"OP\d[\w.-]*\w")
_TWO_LETTERS = re.compile(r"[a-z]{2}(?:[\s,;]+[a-z]{2})*")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
# What XML cannot hold.
_UNPRINTABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LATEST = dt.date(2199, 12, 31)


class Answer(msgspec.Struct, frozen=True):
    """A part of the form with its answer.

    Attributes:
        part: of the form; label, help: in the form's language; lines: the answer, none where it is left empty.
    """

    part: RequestPart
    label: str
    help: tuple[str, ...]
    lines: tuple[str, ...]


class Doubt(msgspec.Struct, frozen=True):
    """An answer that was not surely understood: the part, and the words that stand there."""

    part: str
    text: str


class FormRead(msgspec.Struct, frozen=True):
    """What a filled form says.

    Attributes:
        language: of the form's labels; answers: the words of each part that has some.
    """

    request: Request
    language: str
    answers: dict[str, str]
    doubts: tuple[Doubt, ...] = ()


def value(request: Request, part_id: str) -> Any:
    """What a request says in one part; empty, or None, where it says nothing."""
    room, _, name = part_id.rpartition(".")
    if room == "contact":
        return getattr(request.contact, name)
    return getattr(request.subject if name in Subject.__struct_fields__ else request, name)


def says(request: Request, part_id: str) -> bool:
    """Whether a request says anything in one part; consent denied is said, too."""
    found = value(request, part_id)
    return found is not None and found not in ("", ())


def with_values(request: Request, values: dict[str, Any]) -> Request:
    """The request with other values of some parts, each named by the id of its part."""
    contact = {part.removeprefix("contact."): given for part, given in values.items() if part.startswith("contact.")}
    subject = {part: given for part, given in values.items() if part in Subject.__struct_fields__}
    rest = {part: given for part, given in values.items() if part not in subject and not part.startswith("contact.")}
    return msgspec.structs.replace(
        request,
        contact=msgspec.structs.replace(request.contact, **contact),
        subject=msgspec.structs.replace(request.subject, **subject),
        **rest,
    )


def answers(request: Request | None, language: str) -> tuple[Answer, ...]:
    """The form in a language, part by part: with what a request says, or blank."""
    form = request_form()
    found = []
    for part in form.parts:
        notes = [part.help[language]]
        if part.example:
            notes.append(f"{form.form['example'][language]}: {part.example[language]}")
        if part.required:
            notes.append(f"({form.form['required'][language]})")
        lines = tuple(_lines(part, value(request, part.id) if request else None, language))
        found.append(Answer(part, part.labels[language], tuple(notes), lines))
    return tuple(found)


def read_form(tables: Tables) -> FormRead | None:
    """The request in the tables of a file, or None where no table is a form of a request."""
    said: dict[str, list[str]] = {}
    languages: list[str] = []
    for table in tables.tables:
        for part, language, text in _parts(table):
            languages += [language] if language else []
            said.setdefault(part, []).extend([text] if text else [])
    if len(said) < 3:
        return None
    language = max(LANGUAGES, key=languages.count)
    texts = {part: "\n".join(lines) for part, lines in said.items() if lines}
    values: dict[str, Any] = {}
    doubts = []
    for part_id, text in texts.items():
        given, sure = understood(request_part(part_id), text, language)
        values |= {part_id: given} if given is not None else {}
        doubts += [] if sure else [Doubt(part_id, text)]
    blank = Request(state=None, requester="", title="", subject=Subject(), contact=Contact())
    return FormRead(with_values(blank, values), language, texts, tuple(doubts))


def option_titles(part_id: str) -> dict[str, dict[str, str]]:
    """The options of a choice with their titles by language, in the order of the form."""
    match part_id:
        case "themes":
            return {theme.id: theme.titles for theme in reference.themes()}
        case "types":
            return {known.id: known.titles for known in reference.assistance_types()}
        case "weapons":
            return {code: {lang: matrix_word(code, lang) for lang in LANGUAGES} for code in ("NW", "CW", "BW")}
        case _:
            return request_form().languages


def _lines(part: RequestPart, given: Any, language: str) -> Iterator[str]:
    words = request_form().form
    match part.kind:
        case "choice":
            options = option_titles(part.id)
            chosen = given or ()
            yield from (f"{CHECKED if key in chosen else EMPTY} {titles[language]}" for key, titles in options.items())
            yield from (f"{CHECKED} {key}" for key in chosen if key not in options)
        case "yes-no":
            yield from (
                f"{CHECKED if given is meant else EMPTY} {words[word][language]}"
                for word, meant in (("yes", True), ("no", False))
            )
        case "state" if given:
            yield f"{reference.state(given).name(language)} ({given})"
        case "fields":
            yield from (f"{field} · {reference.matrix_field(field).caption(language)}" for field in given or ())
        case "day" if given:
            yield given.isoformat()
        case "number" if given is not None:
            yield str(given)
        case "text" if given:
            yield from printable(given).split("\n")


def printable(text: str) -> str:
    """The text without signs a Word document cannot hold, its line ends one kind."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\t\n" or unicodedata.category(sign) != "Cc").strip()


def _parts(table: Table) -> Iterator[tuple[str, str, str]]:
    """Part, language of the label, and words of each row; rows without a label go on with the part above."""
    current = ""
    for row in table.rows:
        labelled = _labelled(row)
        if labelled:
            current, language, around, others = labelled
            yield current, language, "\n".join(text for text in (around, *others) if text)
        elif current:
            yield current, "", "\n".join(cell.strip() for cell in row.cells if cell and cell.strip())


def _labelled(row: Row) -> tuple[str, str, str, tuple[str, ...]] | None:
    """The part a row's first words name, the words around the label, and the other cells; a column of numbers may precede."""
    cells = [cell.strip() for cell in row.cells if cell is not None]
    for at, cell in enumerate(cells):
        if not cell or cell.strip(_AROUND).isdecimal():
            continue
        found = _label_of(cell)
        return (*found, tuple(cells[at + 1 :])) if found else None
    return None


def _label_of(cell: str) -> tuple[str, str, str] | None:
    folded = fold(cell)
    opening = _NUMBERED.match(folded)
    start = opening.end() if opening else 0
    for label, part, language in _labels():
        end = start + len(label)
        if folded.startswith(label, start) and not (folded[end : end + 1].isalnum() and language != "zh"):
            return part, language, _without_notes(cell[end:], part)
    return None


def _without_notes(text: str, part: str) -> str:
    """What is left of a label's cell when the form's own words are taken out: what somebody typed there."""
    for note in _notes(part):
        at = fold(text).find(note)
        while at >= 0:
            text = f"{text[:at]}\n{text[at + len(note) :]}"
            at = fold(text).find(note)
    lines = (line.strip(_AROUND) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@cache
def _labels() -> tuple[tuple[str, str, str], ...]:
    """Folded labels in all languages with their parts, the longest first."""
    found = [
        (fold(part.labels[lang]).strip("¿?؟ \u00a0"), part.id, lang)
        for part in request_form().parts
        for lang in LANGUAGES
    ]
    return tuple(sorted(found, key=lambda known: -len(known[0])))


@cache
def _notes(part_id: str) -> tuple[str, ...]:
    """Folded words the form itself puts beside a label, the longest first."""
    part, words = request_part(part_id), request_form().form
    notes = {f"({words['required'][lang]})" for lang in LANGUAGES} | {"?", "؟"} | set(part.help.values())
    notes |= {f"{words['example'][lang]}: {text}" for lang, text in part.example.items()}
    return tuple(sorted(map(fold, notes), key=len, reverse=True))


def understood(part: RequestPart, text: str, language: str) -> tuple[Any, bool]:
    """The value of an answer, None where there is none, and whether all of its words were surely understood."""
    match part.kind:
        case "text":
            return text.strip() or None, True
        case "choice":
            return _chosen(text, part.id)
        case "yes-no":
            return _yes_or_no(text)
        case "state":
            code = _state(text)
            return code, code is not None
        case "fields":
            known = reference.field_ids()
            named = list(dict.fromkeys(_FIELD.findall(text)))
            return tuple(one for one in named if one in known) or None, bool(named) and all(
                one in known for one in named
            )
        case "day":
            day = _day(text, language)
            return day, day is not None
        case "number":
            numbers = [int(re.sub(r"\D", "", found)) for found in _NUMBER.findall(text)]
            sure = len(numbers) == 1 and numbers[0] <= _LARGEST
            return (numbers[0] if sure else None), sure


def _chosen(text: str, part_id: str) -> tuple[tuple[str, ...] | None, bool]:
    order = option_titles(part_id)
    chosen: list[str] = []
    listed: list[str] = []
    sure = True
    for marked, words in _choices(text):
        options = [hit.value for hit in _titles(part_id).find(words)]
        rest = words.strip(_AROUND + ",;")
        if not options and part_id == "languages" and _TWO_LETTERS.fullmatch(rest):
            options = re.findall(r"[a-z]{2}", rest)
        if marked is None and not options:
            sure = False
        chosen += options if marked else []
        listed += options if marked is None else []
    # All options as printed, without a box and without a mark, choose nothing.
    if set(listed) >= set(order):
        listed, sure = [], False
    found = dict.fromkeys((*chosen, *listed))
    known = [key for key in order if key in found]
    return tuple(known + sorted(key for key in found if key not in order)) or None, sure


def _choices(text: str) -> Iterator[tuple[bool | None, str]]:
    """Each option's words, with whether its box is marked; None where it has no box."""
    for line in filter(str.strip, text.split("\n")):
        boxes = list(_BOX.finditer(line))
        opening = line[: boxes[0].start()] if boxes else line
        if not boxes:
            bare = _MARK.sub("", line)
            yield (True if bare != line else None), bare
            continue
        for box, after in zip(boxes, [*(one.start() for one in boxes[1:]), len(line)], strict=True):
            words = line[box.end() : after]
            before = opening if box is boxes[0] else ""
            marked = not _UNCHECKED.fullmatch(box.group()) or bool(_MARK.search(words) or _MARK.search(before))
            yield marked, _MARK.sub("", words)


@cache
def _titles(part_id: str) -> Lexicon:
    """Every title of every option in any language; words are bounded as in Arabic, which all but Chinese share."""
    entries = [(title, key, "") for key, titles in option_titles(part_id).items() for title in titles.values()]
    entries += [(key, key, "") for key in option_titles(part_id) if len(key) > 2 or key.isupper()]
    return Lexicon(entries, "ar")


def _yes_or_no(text: str) -> tuple[bool | None, bool]:
    words = request_form().form
    meanings = {fold(words[word][lang]): meant for word, meant in (("yes", True), ("no", False)) for lang in LANGUAGES}
    marked = {meanings.get(fold(words).strip(_AROUND)) for box, words in _choices(text) if box or box is None} - {None}
    if len(marked) == 1:
        return marked.pop(), True
    return None, not any(box or box is None for box, _ in _choices(text))


def _state(text: str) -> str | None:
    codes = {state.iso3 for state in reference.states()}
    in_brackets = [code for code in _CODE_IN_BRACKETS.findall(text) if code in codes]
    named = {*in_brackets} or {hit.value for hit in _state_names().find(text)}
    named = named or ({text.strip()} & codes)
    return named.pop() if len(named) == 1 else None


@cache
def _state_names() -> Lexicon:
    return Lexicon([(row.label, state.iso3, "") for state in reference.states() for row in state.names()], "ar")


def _day(text: str, language: str) -> dt.date | None:
    """The one day a short text names; None where it names none, several, or one no calendar has."""
    found: set[dt.date] = set()
    for year, month, day in _ISO_DAY.findall(text):
        try:
            found.add(dt.date(int(year), int(month), int(day)))
        except ValueError:
            return None
    found |= {dt.date.fromisoformat(iso) for _, _, iso in dates.days_in(text, language)}
    return found.pop() if len(found) == 1 and max(found) <= _LATEST else None
