"""Offers and activities as files in the form others can import, for pages and programs alike."""

from fastapi import Response

from open1540.interfaces.http.asking import Ask
from open1540.interfaces.http.documents import attached
from open1540.reference.offer_columns import Exchanged
from open1540.vocabulary import BadInput
from open1540.workflows import assistance_exchange as exchange
from open1540.workflows.assistance_offers import Asked

# A list of offers has a few hundred kilobytes; the form that keeps it carries the file once more.
LARGEST = 4_000_000
LISTED: dict[Exchanged, str] = {"offer": "offers", "activity": "activities"}
MEDIA: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "xml": "application/xml",
}


def as_file(ask: Ask, kind: Exchanged, form: str, asked: Asked) -> Response:
    """Offers or activities as a file. Raises UnknownCode for a form there is none of."""
    known = next((one for one in exchange.FORMS if one == form), None)
    if known is None:
        raise BadInput(
            f"the ending {form!r}", expected=", ".join(exchange.FORMS), where="address", remedy="choose one of these"
        )
    content = exchange.exported(
        kind, known, database_url=ask.database_url, who=ask.who, asked=asked, language=ask.language
    )
    return attached(content, f"{LISTED[kind]}.{form}", MEDIA[form])
