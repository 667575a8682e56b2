"""Which font families a text needs, and where the machine lacks one, which Debian package brings it.

A PDF carries its letters in itself: a missing font would print boxes, so none is written without its fonts.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

import typst

from open1540.vocabulary import JobFailed

# Families that can draw a script, best first. The compiler brings Libertinus Serif for Latin and Cyrillic.
FAMILIES = {
    "LATIN": ("Noto Sans", "Libertinus Serif"),
    "CYRILLIC": ("Noto Sans", "Libertinus Serif"),
    "ARABIC": ("Noto Sans Arabic", "Noto Naskh Arabic", "Noto Kufi Arabic"),
    "CJK": ("Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
}
PACKAGES = {
    "LATIN": "fonts-noto-core",
    "CYRILLIC": "fonts-noto-core",
    "ARABIC": "fonts-noto-core",
    "CJK": "fonts-noto-cjk",
}


def scripts(texts: Iterable[str]) -> list[str]:
    """The scripts a set of texts is written in, among those the six languages use."""
    letters = {character for text in texts for character in text if character.isalpha()}
    words = {unicodedata.name(letter, "").split(" ")[0] for letter in letters}
    found = {"CJK" if word.startswith("CJK") else word for word in words}
    return [script for script in FAMILIES if script in found or script == "LATIN"]


def families(texts: Iterable[str]) -> list[str]:
    """Installed font families that can draw all the texts, best first.

    Raises JobFailed naming the Debian package where a script has no font on this machine.
    """
    chosen: list[str] = []
    for script in scripts(texts):
        family = next((name for name in FAMILIES[script] if name in installed()), None)
        if family is None:
            raise JobFailed(
                f"no font for {script.title() if script != 'CJK' else 'Chinese'} letters on this machine",
                expected="one of " + ", ".join(FAMILIES[script]),
                where="PDF output",
                remedy=f"install the Debian package {PACKAGES[script]}, or write --html instead",
            )
        chosen.append(family)
    return list(dict.fromkeys(chosen))


@cache
def installed() -> frozenset[str]:
    """Font families of this machine and those the compiler brings."""
    return frozenset(typst.Fonts().families())
