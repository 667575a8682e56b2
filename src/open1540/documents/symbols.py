"""Symbols of United Nations and related documents: their grammar and normal form.

Normal form is upper case without blanks: ``S/RES/1540(2004)``, ``S/2020/347``, ``S/AC.44/2004/(02)/14/ADD.1``.
"""

import re

# An organ or series, then parts separated by slashes. A part may hold parentheses, as reports to the 1540 Committee do.
_PART = r"(?:\([0-9A-Z]{1,4}\)|[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)(?:-[A-Za-z0-9]+)?"
_ORGAN = r"(?:A|S|E|ST|T|GOV|GC|CD|NPT|CCW|BWC|C-[IVX]+|EC-\d+|INFCIRC|GC\(\d+\)|HRC|CEDAW|CCPR|DC|SPLOS|FCCC|UNEP)"
SYMBOL = re.compile(
    rf"(?<![\w/.])(?P<symbol>(?:{_ORGAN})(?:/{_PART})+)(?P<year>\s?\((?:19|20)\d\d\))?(?P<star>\*)?(?![\w/])"
)
_DIGIT = re.compile(r"\d")
_NUMBERED_RESOLUTION = re.compile(r"S/RES/\d{1,4}$", re.IGNORECASE)


def normal(symbol: str) -> str:
    """The normal form of a symbol; idempotent. A star that marks a technical reissue is not part of it."""
    return re.sub(r"[\s*]", "", symbol).upper().replace("（", "(").replace("）", ")")


def matched(match: re.Match[str]) -> tuple[str, int] | None:
    """Normal form and end of a symbol found in running text, or None where it has no number.

    A year in parentheses belongs to the symbol of a resolution or meeting, not to other documents.
    """
    body = match["symbol"]
    if not _DIGIT.search(body):
        return None
    if match["year"] and (_NUMBERED_RESOLUTION.match(body) or "/PV." in body.upper()):
        return normal(body + match["year"]), match.end("year")
    return normal(body), match.end("symbol")
