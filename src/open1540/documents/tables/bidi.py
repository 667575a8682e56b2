"""From the order in which letters stand on a page back to every order in which they may have been written.

The Unicode Bidirectional Algorithm (UAX 9) says how what is written in two directions is set; it has no inverse. So every
order that is set to the same picture is sought, and a line is sure only where there is but one.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, product

# Signs set in the other direction, drawn turned round (Unicode's BidiMirroring, those a matrix has).
MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_OPENING = {"(": ")", "[": "]", "{": "}"}
# What stands in pairs without being a bracket to the algorithm.
PAIRS = {**_OPENING, "«": "»", "‹": "›"}
_CLOSING = {close: opening for opening, close in _OPENING.items()}
# Ways to set the levels of one line, and orders of one paragraph, that are tried.
MOST_WAYS = 256
MOST_ORDERS = 64
_LATIN, _ARABIC = "a", "\u0627"
_NEUTRAL = ("WS", "ON", "B", "S", "BN")
_AS_RIGHT = ("R", "EN", "AN")


def classes(signs: Sequence[str]) -> list[str]:
    """The bidirectional class of each sign, of several letters drawn as one that of the first."""
    return [unicodedata.bidirectional(sign[0]) or "L" for sign in signs]


def levels(signs: Sequence[str], base: int) -> list[int]:
    """The level of each sign of a paragraph in order of writing: even from the left, odd from the right.

    Arguments:
        base: 0 for a paragraph that begins at the left, 1 for one that begins at the right.
    """
    start = "R" if base else "L"
    told = list(_weak(classes(signs), start))
    _brackets(signs, told, start)
    _neutral(told, start)
    if base:
        return [1 if kind == "R" else 2 for kind in told]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in told]


def _weak(kinds: list[str], start: str) -> Iterator[str]:
    """Rules W1 to W7: marks, numbers and the signs about them."""
    strong, before = start, start
    told: list[str] = []
    for kind in kinds:
        kind = before if kind == "NSM" else kind
        if kind in ("L", "R", "AL"):
            strong = kind
        told.append("AN" if kind == "EN" and strong == "AL" else kind)
        before = kind
    told = ["R" if kind == "AL" else kind for kind in told]
    for at in range(1, len(told) - 1):
        one, sign, other = told[at - 1 : at + 2]
        if one == other and ((sign == "CS" and one in ("EN", "AN")) or (sign == "ES" and one == "EN")):
            told[at] = one
    done: list[str] = []
    for kind, group in groupby(told):
        run = list(group)
        after = told[len(done) + len(run) : len(done) + len(run) + 1]
        done += ["EN" if kind == "ET" and "EN" in (done[-1:] + after) else kind] * len(run)
    strong = start
    for kind in done:
        strong = kind if kind in ("L", "R") else strong
        yield "ON" if kind in ("ES", "ET", "CS") else "L" if kind == "EN" and strong == "L" else kind


def _brackets(signs: Sequence[str], told: list[str], start: str) -> None:
    """Rule N0: a pair of brackets goes with what is within, or with what stands before."""
    for first, last in _pairs(signs, told):
        within = {"R" if kind in _AS_RIGHT else kind for kind in told[first + 1 : last]} & {"L", "R"}
        if not within:
            continue
        if start not in within:
            before = (kind for kind in reversed(told[:first]) if kind == "L" or kind in _AS_RIGHT)
            found = next(before, start)
            within = {"R" if found in _AS_RIGHT else found} & within or {start}
            told[first] = told[last] = within.pop()
        else:
            told[first] = told[last] = start


def _pairs(signs: Sequence[str], told: Sequence[str]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    pairs = []
    for at, sign in enumerate(signs):
        if told[at] != "ON":
            continue
        if sign in _OPENING:
            waiting.append((sign, at))
        elif sign in _CLOSING:
            for place in range(len(waiting) - 1, -1, -1):
                if waiting[place][0] == _CLOSING[sign]:
                    pairs.append((waiting[place][1], at))
                    del waiting[place:]
                    break
    return sorted(pairs)


def _neutral(told: list[str], start: str) -> None:
    """Rules N1 and N2: blanks and signs go with what stands on both their sides, else with the paragraph."""
    at = 0
    while at < len(told):
        end = at
        while end < len(told) and told[end] in _NEUTRAL:
            end += 1
        if end > at:
            before = told[at - 1] if at else start
            after = told[end] if end < len(told) else start
            sides = {"R" if kind in _AS_RIGHT else kind for kind in (before, after)}
            told[at:end] = [sides.pop() if len(sides) == 1 else start] * (end - at)
        at = end + 1


def orders(lines: Sequence[Sequence[str]], base: int) -> list[list[str]] | None:
    """Every order of writing that is set to these lines; None where there are too many to try.

    Arguments:
        lines: of one paragraph, the signs of each from the left.
        base: as for ``levels``.
    """
    found: dict[tuple[str, ...], str] = {(): ""}
    for number, line in enumerate(lines):
        options: dict[str, list[tuple[str, str]] | None] = {}
        told: dict[tuple[str, ...], str] = {}
        for before, strong in found.items():
            if strong not in options:
                options[strong] = _fitting(tuple(line), base, strong, number == len(lines) - 1)
            ways = options[strong]
            if ways is None:
                return None
            told |= {(*before, text): last or strong for text, last in ways}
        if len(told) > MOST_ORDERS:
            return None
        found = told
    return [list(order) for order in found]


@lru_cache(20_000)
def _fitting(line: tuple[str, ...], base: int, strong: str, last: bool) -> list[tuple[str, str]] | None:
    """Orders in which a line is set as it stands, each with its last strong letter.

    Arguments:
        strong: the last one of the lines before. The line may also begin a paragraph of its own.
        last: whether no line follows; what one's end goes with is else not known.
    """
    ways = _ways(line, base, strong)
    if ways is None:
        return None
    found = {}
    open_ended = any(sign in _OPENING or sign in _CLOSING for sign in line)
    starts = ["", f"{strong} "] if strong else [""]
    ends = [""] if last else ["", f" {_LATIN}", f" {_ARABIC}"]
    if open_ended:
        # A bracket may have its other half on another line.
        starts += [f"{start}{sign}" for start in starts for sign in _open_in(line)]
        ends += [f"{end}{sign}" for end in ends for sign in _open_in(line, closing=True)]
    for told, wanted in ways:
        text = "".join(told)
        if text not in found and any(
            levels([*start, *told, *end], base)[len(start) : len(start) + len(told)] == wanted
            for start in starts
            for end in ends
        ):
            kinds = [kind for kind in classes(told) if kind in ("L", "R", "AL")]
            found[text] = (_LATIN if kinds[-1] == "L" else _ARABIC) if kinds else ""
    return list(found.items())


def _open_in(line: Sequence[str], *, closing: bool = False) -> set[str]:
    """Halves of brackets that a line lacks, whichever way it is read: none where each kind stands in pairs."""
    odd = {pair for pair in ("()", "[]", "{}") if sum(sign in pair for sign in line) % 2}
    return {pair[closing] for pair in odd}


def upright_brackets(line: Sequence[str]) -> tuple[str, ...]:
    """A line with its brackets as they are drawn: some files tell of one how it was written, others how it looks."""
    told = list(line)
    depth = 0
    for at, sign in enumerate(line):
        if sign not in PAIRS and sign not in PAIRS.values():
            continue
        pair = sign + PAIRS[sign] if sign in PAIRS else sign.translate(MIRRORED) + sign
        before = at == 0 or line[at - 1].isspace() or line[at - 1] in PAIRS
        after = at == len(line) - 1 or not line[at + 1][0].isalnum()
        opens = True if before and not after else False if after and not before else depth == 0
        depth = max(depth + (1 if opens else -1), 0)
        told[at] = pair[not opens]
    return tuple(told)


def _ways(line: Sequence[str], base: int, strong: str) -> list[tuple[list[str], list[int]]] | None:
    """A line's signs in order of writing with their levels, for each way in which its blanks and signs may go."""
    kinds = _settled_signs(classes(line))
    latin = "L" in kinds or strong == _LATIN
    options = [_levels_of(kinds, at, line, base, latin) for at, sign in enumerate(line)]
    units = [list(group) for _, group in groupby(range(len(line)), key=lambda at: at if kinds[at] != "EN" else -1)]
    count = 1
    for unit in units:
        count *= len(options[unit[0]])
    if count > MOST_WAYS:
        return None
    ways = []
    for chosen in product(*(options[unit[0]] for unit in units)):
        levelled = [level for level, unit in zip(chosen, units, strict=True) for _ in unit]
        places = _turned_back(levelled)
        told = [line[at].translate(MIRRORED) if levelled[at] % 2 else line[at] for at in places]
        ways.append((told, [levelled[at] for at in places]))
    return ways


def _settled_signs(kinds: list[str]) -> list[str]:
    """Classes of a line's signs: those that only go with numbers are neutral where they do not touch one."""
    told = list(kinds)
    for at, kind in enumerate(kinds):
        beside = {*kinds[max(at - 1, 0) : at], *kinds[at + 1 : at + 2]}
        apart = kind in ("CS", "ES") and not (0 < at < len(kinds) - 1 and beside <= {"EN", "AN"})
        if apart or (kind == "ET" and not beside & {"EN", "AN", "ET", "L"}):
            told[at] = "ON"
    return told


def _levels_of(kinds: Sequence[str], at: int, line: Sequence[str], base: int, latin: bool) -> tuple[int, ...]:
    kind, sign = kinds[at], line[at]
    if kind in ("R", "AL"):
        return (1,)
    if kind == "AN":
        return (2,)
    if kind in ("L", "EN"):
        return (2,) if base else (0,) if kind == "L" else (0, 2)
    before = _strong_beside(kinds, range(at - 1, -1, -1))
    after = _strong_beside(kinds, range(at + 1, len(kinds)))
    bracket = sign in _OPENING or sign in _CLOSING
    if base and not latin and kind in _NEUTRAL:
        return (1,)
    sides = {before, after}
    # From the left a bracket may stay with the paragraph, and parts what stands about it.
    if (base and sides in ({"R"}, {"R", ""})) or (sides == {"R"} and not (bracket or _at_bracket(line, kinds, at))):
        return (1,)
    if base and not bracket and kind in _NEUTRAL and "R" in (before, after) and "" not in (before, after):
        # Between words of two directions a sign goes with the paragraph, unless its run reaches the line's end.
        run = range(at - 1, -1, -1) if after == "R" else range(at + 1, len(kinds))
        if any(kinds[place] in ("R", "AL") for place in run):
            return (1,)
    if base:
        return (1, 2)
    return (0, 1) if kind in _NEUTRAL else (0, 1, 2)


def _at_bracket(line: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """Whether a bracket stands among the signs about one."""
    for places in (range(at - 1, -1, -1), range(at + 1, len(kinds))):
        for place in places:
            if kinds[place] not in _NEUTRAL:
                break
            if line[place] in _OPENING or line[place] in _CLOSING:
                return True
    return False


def _strong_beside(kinds: Sequence[str], places: Iterable[int]) -> str:
    """What stands beside a sign: R for a letter from the right, L for any other or a number; empty at the line's end."""
    kind = next((kinds[place] for place in places if kinds[place] not in (*_NEUTRAL, "ES", "ET", "CS")), "")
    return "R" if kind in ("R", "AL") else kind and "L"


def _turned_back(levelled: Sequence[int]) -> list[int]:
    """Places in order of writing: rule L2 undone, the lowest level first."""
    places = list(range(len(levelled)))
    for level in range(1, max(levelled, default=0) + 1):
        at = 0
        while at < len(places):
            end = at
            while end < len(places) and levelled[places[end]] >= level:
                end += 1
            if end > at:
                places[at:end] = places[at:end][::-1]
            at = end + 1
    return places
