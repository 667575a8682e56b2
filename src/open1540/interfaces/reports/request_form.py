"""The form of a request for assistance as a paper, blank or filled; Word, PDF and HTML are renderings of that one model."""

from collections.abc import Iterable

from open1540.assistance.clarity import Advice
from open1540.assistance.form import answers, option_titles
from open1540.assistance.records import Request
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import paper
from open1540.interfaces.reports.paper import Line, Paper
from open1540.interfaces.reports.paper_docx import as_docx
from open1540.reference import matrix_field
from open1540.reference.request_advice import advice_rule
from open1540.reference.request_parts import request_form

_COMMAS = {"ar": "، ", "zh": "、"}


def form_paper(request: Request | None, language: str) -> Paper:
    """The form in a language: with what a request says, or blank where there is none.

    Raises UnknownCode for a language that is none of the six.
    """
    direction = Translator(language).direction
    words = {key: texts[language] for key, texts in request_form().form.items()}
    rows = tuple(
        (
            (Line(answer.label, "strong"), *(Line(note, "note") for note in answer.help)),
            tuple(Line(line) for line in answer.lines),
        )
        for answer in answers(request, language)
    )
    return Paper(
        language=language,
        direction=direction,
        title=words["title"],
        subtitle=words["subtitle"],
        facts=((words["to"], (Line(words["chair"]),)),),
        blocks=(paper.Table((words["asked"], words["answer"]), (2, 3), rows),),
        caveat=words["caveat"],
    )


def form_docx(request: Request | None, language: str) -> bytes:
    """The form as a Word document that can be filled by hand and read back."""
    return as_docx(form_paper(request, language))


def form_pdf(request: Request | None, language: str) -> bytes:
    """The form as a tagged PDF. Raises JobFailed where this machine lacks a font for one of its scripts."""
    return paper.as_pdf(form_paper(request, language))


def advice_words(advice: Advice, language: str) -> tuple[str, str]:
    """What a piece of advice says and suggests, in words of a language."""
    rule, translator = advice_rule(advice.id), Translator(language)
    values = {name: _shown(name, given, translator) for name, given in advice.values.items()}
    return rule.says[language].format_map(values), rule.suggest[language]


def _shown(name: str, given: tuple[str, ...], translator: Translator) -> str:
    match name:
        case "since" | "until":
            return translator.date(given[0])
        case "types" | "themes":
            titles = option_titles(name)
            return _joined(translator, [titles[key][translator.language] for key in given])
        case "fields":
            return _joined(translator, [matrix_field(field).caption(translator.language) for field in given])
        case _:
            return _joined(translator, given)


def _joined(translator: Translator, texts: Iterable[str]) -> str:
    return _COMMAS.get(translator.language, ", ").join(texts)
