"""The form of a request for assistance as a paper, blank or filled; Word, PDF and HTML are renderings of that one model."""

from open1540.assistance.form import answers
from open1540.assistance.records import Request
from open1540.interfaces.language import Translator
from open1540.interfaces.reports import paper
from open1540.interfaces.reports.paper import Line, Paper
from open1540.interfaces.reports.paper_docx import as_docx
from open1540.reference.request_parts import request_form


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
