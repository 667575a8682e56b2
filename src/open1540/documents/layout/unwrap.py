"""The pieces of one paragraph, joined as its language joins them."""

import re
from collections.abc import Iterator, Sequence

from open1540.documents.flow import Piece
from open1540.documents.layout.lines import Line

_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f"
# Blanks beside Chinese characters are artefacts of extraction, except after a bullet; elsewhere runs become one blank.
_CHINESE_BLANK = re.compile(
    rf"(?<=[{_CJK}])[ \t\u00a0\u3000]+(?=[{_CJK}\w(（\[“《)）])|(?<=[\w)）\]”》%])[ \t\u00a0\u3000]+(?=[{_CJK}])"
)
_ANY_BLANK = re.compile(r"[ \t\r\u00a0\u3000]")
_RUN = re.compile(r"[ \t\r\u3000]{2,}|\t")
_IS_CJK = re.compile(rf"[{_CJK}]")
_WORDLIKE = re.compile(r"[A-Za-z0-9]")


def pieces(lines: Sequence[Line], skip: int, language: str) -> list[Piece]:
    """Pieces of a paragraph's text without its first ``skip`` characters (its number or sign)."""
    found: list[Piece] = []
    for index, line in enumerate(lines):
        start = skip if index == 0 else 0
        if found:
            if found[-1][1].endswith("\u00ad") and line.text[start : start + 1].isalpha():
                found[-1] = found[-1][0], found[-1][1][:-1]
            elif joint := _joint(found[-1][1], line.text[start:], language):
                found.append((-1, joint))
        found.extend(_inner(line.text, start, line.start, language))
    return found


def _joint(before: str, after: str, language: str) -> str:
    if language == "zh" and not (_WORDLIKE.match(before[-1:]) and _WORDLIKE.match(after[:1])):
        return ""
    if language == "zh" and (before[-1:].isdigit() and after[:1].isdigit()):
        return ""
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha() and after[:1].islower():
        return ""
    return " "


def _inner(text: str, start: int, raw: int, language: str) -> Iterator[Piece]:
    pattern, filler = (_CHINESE_BLANK, "") if language == "zh" else (_RUN, " ")
    at = start
    if _ANY_BLANK.search(text, start) and pattern.search(text, start):
        for gap in pattern.finditer(text, start):
            if gap.start() > at:
                yield raw + at, text[at : gap.start()]
            if filler:
                yield -1, filler
            at = gap.end()
    if at < len(text):
        yield raw + at, text[at:]
