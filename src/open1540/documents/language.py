"""Which of the six official languages a text is in."""

import re
from typing import NamedTuple

import py3langid

from open1540.vocabulary import UnknownCode, UnreadableDocument

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
SAMPLE = 6000
# The model named 105 of 105 reference documents rightly; short letters deserve some doubt.
MODEL_CONFIDENCE = 0.97
ENOUGH_LETTERS = 12
_SCRIPTS = {
    "ar": re.compile(r"[\u0621-\u064a]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[а-яёА-ЯЁ]"),
    "latin": re.compile(r"[^\W\d_\u0250-\uffff]"),
}
# One Chinese character says about as much as three letters.
_WEIGHT = {"ar": 1, "zh": 3, "ru": 1, "latin": 1}


class Detected(NamedTuple):
    """A language code and how sure the detection is, between 0 and 1."""

    code: str
    confidence: float


def detect(text: str, given: str | None = None) -> Detected:
    """The language of a text.

    The script decides for Arabic, Chinese and Russian, whose mastheads are partly English; a language model trained
    on n-grams (py3langid) decides among languages in Latin script.

    Arguments:
        given: the user's word, which always wins.

    Raises UnknownCode for a given language that is none of the six; UnreadableDocument where another language is
    found, or the text is too short to tell.
    """
    if given:
        if given not in LANGUAGES:
            raise UnknownCode(
                f"language {given!r}",
                expected="one of " + " ".join(LANGUAGES),
                where="--lang",
                remedy="give one of the six official languages of the United Nations",
            )
        return Detected(given, 1.0)
    sample = _sample(text)
    counts = {script: len(pattern.findall(sample)) * _WEIGHT[script] for script, pattern in _SCRIPTS.items()}
    if sum(counts.values()) < ENOUGH_LETTERS:
        raise _undecided("too little text to tell its language")
    script, most = max(counts.items(), key=lambda item: item[1])
    if script != "latin":
        return Detected(script, most / sum(counts.values()))
    code = str(py3langid.classify(sample)[0])
    if code not in LANGUAGES:
        raise _undecided(f"a text that seems to be in another language ({code})")
    return Detected(code, MODEL_CONFIDENCE)


def _sample(text: str) -> str:
    """The beginning and the middle: the one holds the masthead, the other surely the language."""
    middle = len(text) // 2
    return text[:SAMPLE] if len(text) <= 2 * SAMPLE else text[: SAMPLE // 2] + text[middle : middle + SAMPLE]


def _undecided(found: str) -> UnreadableDocument:
    return UnreadableDocument(
        found,
        expected="a document in Arabic, Chinese, English, French, Russian or Spanish",
        where="language detection",
        remedy="if it is in one of the six, say which with --lang",
    )
