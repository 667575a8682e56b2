"""Sentences in which the readers tell what they met, in the language of whoever reads the report."""

import re

from open1540.interfaces.language import Translator


def told(sentence: str, t: Translator) -> str:
    """The sentence in the translator's language; one of an unknown form as it stands."""
    for form, text in _forms(t):
        if known := form.fullmatch(sentence):
            return text.format(**known.groupdict())
    return sentence


def _forms(t: Translator) -> tuple[tuple[re.Pattern[str], str], ...]:
    return (
        (
            re.compile(r"the language is a guess \(confidence (?P<confidence>[\d.]+)\).*"),
            t("The language is a guess (confidence {confidence}); name it if it is wrong."),
        ),
        (
            re.compile(r"(?P<count>\d+) places of the extracted text were put right.*"),
            t("{count} places of the extracted text were put right."),
        ),
        (
            re.compile(r"assistant: (?P<why>.*)", re.DOTALL),
            t("A proposal of the assistant was turned away: {why}"),
        ),
        (
            re.compile(r"the Security Council adopted no resolution (?P<number>\d+) in (?P<year>\d+)"),
            t("The Security Council adopted no resolution {number} in {year}."),
        ),
    )
