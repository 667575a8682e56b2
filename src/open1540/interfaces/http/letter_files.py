"""Drafts of letters as files, for pages and programs alike."""

from fastapi import Response

from open1540.assistance.letters import Facts
from open1540.interfaces.http.documents import attached
from open1540.interfaces.reports import letter as paper
from open1540.interfaces.reports.letter import Counts
from open1540.vocabulary import BadInput

MEDIA: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
FORMS = tuple(MEDIA)


def as_file(
    letter: str, facts: Facts, form: str, language: str, to: str = "", *, name: str, counts: Counts | None = None
) -> Response:
    """A draft as Word document, PDF or text. Raises BadInput for any other form."""
    match form:
        case "docx":
            content = paper.letter_docx(letter, facts, language, to, counts)
        case "pdf":
            content = paper.letter_pdf(letter, facts, language, to, counts)
        case "txt":
            content = paper.letter_text(letter, facts, language, to, counts).encode()
        case _:
            raise BadInput(
                f"the ending {form!r}", expected=", ".join(FORMS), where="address", remedy="choose one of these"
            )
    return attached(content, f"{name}.{language}.{form}", MEDIA[form])
