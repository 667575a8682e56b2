"""Tells hyphens that only break a word at the end of a line from those that belong to it.

The document itself is the dictionary: a word it writes elsewhere in one piece was broken, one it writes elsewhere with
a hyphen was not. What it never repeats goes with the majority.
"""

import re

SOFT = "\u00ad"
_LINE_END = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-\u2010\u00ad])(\n[ ]?)([^\W\d_]+)")
# Before a page's foot the rest of the word is not the next one. Nobody types this sign; typesetters put it.
_TYPESET = re.compile(r"(?<=[^\W\d_])\u2010(?=\n(?!\w))")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
# A text in which this share of lines ends in the middle of a word was hyphenated by its typesetter.
HYPHENATING = 0.02
FEWEST = 2


def told_apart(text: str) -> str:
    """The text with a soft hyphen (U+00AD) where a line end broke a word; its length is unchanged."""
    ends = list(_LINE_END.finditer(text))
    if not ends:
        return _TYPESET.sub(SOFT, text)
    words = {word.lower() for word in _WORD.findall(text)}
    joined = {re.sub("[\u2010\u2011]", "-", word.lower()) for word in _HYPHENATED.findall(text)}
    broken = sum((end[1] + end[4]).lower() in words for end in ends)
    own_sign = any(end[2] != "-" for end in ends)
    usual = not own_sign and broken >= FEWEST and len(ends) > HYPHENATING * text.count("\n")

    def decided(end: re.Match[str]) -> str:
        before, sign, gap, after = end.groups()
        whole = (before + after).lower() in words
        kept = any(one.startswith(f"{before}-{after}".lower()) for one in joined) if not whole else False
        soft = after[0].islower() and (whole or (not kept and (usual or sign != "-")))
        return f"{before}{SOFT if soft else sign}{gap}{after}"

    return _TYPESET.sub(SOFT, _LINE_END.sub(decided, text))
