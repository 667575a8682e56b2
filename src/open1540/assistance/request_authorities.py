"""Who asks for assistance, and who would receive it: names of authorities beside the verbs that tell."""

import re

from open1540.assistance.cues import cues
from open1540.assistance.request_text import CLAUSE, Piece, RequestText, stripped
from open1540.documents.lexicon import Hit, fold
from open1540.reference.request_words import request_words

# How far a name reaches.
_NAME = 120
_NAME_END = re.compile(r"[,،，.;；。:：()（）]| [–—-] ")


def requester(asking: RequestText) -> str | None:
    """The authority that is said to ask, else the mission that writes."""
    if behalf := _spoken_for(asking):
        return behalf
    writing = [piece for piece in asking.pieces if piece.part not in ("heading", "existing", "elsewhere")]
    for piece in asking.of("need"):
        if piece.rule == "kind" and (name := _name_to_state(asking, piece)):
            return asking.take("requester", name, "requester.state")
    for pieces, meant in ((asking.of("need"), "need"), (writing, "greeting"), (asking.of("undecided"), "undecided")):
        for hit in (hit for piece in pieces for hit in asking.hits.within(piece.start, piece.end)):
            if hit.kind == "sentence" and hit.value == meant:
                piece = next(piece for piece in pieces if piece.start <= hit.start < piece.end)
                name = _subject_of(asking, hit, piece)
                if name:
                    return asking.take("requester", name, "requester")
    return None


def _subject_of(asking: RequestText, verb: Hit, piece: Piece) -> tuple[int, int] | None:
    """The authority that is the subject of a verb: before it, in Arabic mostly after it."""
    if asking.language != "ar":
        return _name_before(asking, piece.start, verb.start)
    if name := _name_after(asking, verb.end, piece.end):
        return name
    clauses = [
        hit for hit in asking.hits.within(piece.start, verb.start) if (hit.kind, hit.value) == ("clause", "that")
    ]
    nouns = [hit for hit in asking.hits.within(piece.start, verb.start) if hit.kind == "institution"]
    if nouns and clauses and not asking.text[clauses[-1].end : verb.start].strip():
        return _name_after(asking, _word_start(asking.text, nouns[0].start), clauses[-1].start)
    return None


def _name_to_state(asking: RequestText, piece: Piece) -> tuple[int, int] | None:
    """The name of an authority that opens a sentence and ends with its State: the Ministry of Health of ..."""
    for first, last, _ in asking.states:
        if piece.start <= first and last <= piece.end and last - piece.start <= _NAME:
            return _name(asking, piece.start, last)
    return None


def _spoken_for(asking: RequestText) -> str | None:
    """The authority on whose behalf a sentence asks or announces the asking."""
    for piece in asking.pieces:
        for hit in asking.hits.within(piece.start, piece.end) if piece.part != "heading" else ():
            if (hit.kind, hit.value) == ("clause", "behalf"):
                verb = next((h.start for h in asking.hits.within(hit.end, piece.end) if h.value == "need"), piece.end)
                if name := _name_after(asking, hit.end, verb):
                    return asking.take("requester", name, "behalf")
    return None


def receiver(asking: RequestText) -> str | None:
    """The authority that is said to receive the help."""
    for piece in asking.pieces:
        if piece.part in ("existing", "elsewhere", "heading"):
            continue
        for hit in asking.hits.within(piece.start, piece.end):
            if hit.kind == "receives":
                before = hit.value == "before"
                name = (
                    _name_before(asking, piece.start, hit.start) if before else _name_after(asking, hit.end, piece.end)
                )
                if name:
                    return asking.take("receiver", name, f"receiver.{hit.value}")
    return None


def _name_before(asking: RequestText, start: int, end: int) -> tuple[int, int] | None:
    """The name of an authority that ends where the verb begins."""
    for clause in CLAUSE.finditer(asking.text, start, end):
        if clause.end() < end:
            start = clause.end()
    for hit in asking.hits.within(start, end):
        if hit.kind == "clause" and hit.end < end:
            start = hit.end
    return _name(asking, max(start, end - _NAME), end) if end - start <= _NAME else None


def _name_after(asking: RequestText, start: int, end: int) -> tuple[int, int] | None:
    start, end = stripped(asking.text, start, end)
    stop = _NAME_END.search(asking.text, start, end)
    end = min(stop.start() if stop else end, start + _NAME)
    if asking.language == "ar":
        end = _arabic_name_end(asking, start, end)
    return _name(asking, start, end)


def _arabic_name_end(asking: RequestText, start: int, end: int) -> int:
    """In Arabic the object follows the subject without a sign: a name is its noun and the words with the article after it."""
    words = list(re.finditer(r"\S+", asking.text[start:end]))
    last = 0
    for at, word in enumerate(words):
        if at and not re.match(r"و?(?:ال|لل)", word.group()) and not _is_arabic_name_noun(words[at - 1].group()):
            break
        last = word.end()
    return start + last


def _name(asking: RequestText, start: int, end: int) -> tuple[int, int] | None:
    """The span without articles and blanks, if it holds a word that names an authority."""
    articles = sorted(request_words(asking.language).articles, key=len, reverse=True)
    start, end = stripped(asking.text, start, end)
    folded = fold(asking.text[start:end])
    for article in map(fold, articles):
        if folded.startswith(article) and (
            article[-1] == "'" or asking.language == "zh" or folded[len(article) : len(article) + 1] == " "
        ):
            start, _ = stripped(asking.text, start + len(article), end)
            break
    holds = any(hit.kind == "institution" for hit in asking.hits.within(start, end))
    return (start, end) if start < end and holds else None


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isalpha():
        at -= 1
    return at


def _is_arabic_name_noun(word: str) -> bool:
    """A noun without the article that the next word goes on with, as in "directorate of laboratories"."""
    return not word.startswith(("ال", "وال")) and any(hit.kind == "institution" for hit in cues("ar").find(word))
