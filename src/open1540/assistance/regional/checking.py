"""Can what is asked be worked with? Each trouble is told with what to change."""

from collections.abc import Iterable
from itertools import pairwise

from open1540 import reference
from open1540.assistance.regional.asked import Asked
from open1540.reference import LANGUAGES, Format
from open1540.vocabulary import BadInput, UnknownCode

FEWEST = 2
PEERS = (2, 4)
PEER_REVIEW = "peer-review"


def check(asked: Asked) -> None:
    """Raise BadInput where a part contradicts itself, UnknownCode where it names what is not there."""
    _known(asked)
    _formats(asked.formats)
    _blocks(asked)
    _limits(asked)
    _weights(asked)


def _known(asked: Asked) -> None:
    for code in asked.states:
        if reference.state(code).iso3 != code:
            raise UnknownCode(
                f"State {code!r}",
                expected="its ISO 3166-1 code of three letters",
                where="states",
                remedy=f"write {reference.state(code).iso3}",
            )
    named = [(one.state, "needs") for one in asked.needs] + [(one.state, "practices") for one in asked.practices]
    named += [(state, "limits.include") for state in asked.limits.include]
    named += [(state, "limits.hosts") for state in asked.limits.hosts or ()]
    for state, where in named:
        if state not in asked.states:
            raise UnknownCode(
                f"State {state!r} that the programme is not for",
                expected="a State of the list of States",
                where=where,
                remedy=f"add {state} to the States, or leave it out here",
            )
    themes = [(one.theme, "needs") for one in asked.needs] + [(one.theme, "practices") for one in asked.practices]
    for theme, where in themes:
        if theme not in asked.themes:
            raise UnknownCode(
                f"theme {theme!r}",
                expected="one of " + ", ".join(sorted(asked.themes)[:20]),
                where=where,
                remedy="add it to the themes of the programme, or choose one of them",
            )
    for need in asked.needs:
        _positive(need.weight, f"weight of the need of {need.state} under {need.theme}", "needs")
    spoken = [(code, "limits.languages") for code in asked.limits.languages]
    spoken += [(code, f"languages of {state}") for state, codes in asked.languages.items() for code in codes]
    for language, where in [*spoken, (asked.fallback_language, "fallback_language")]:
        if language not in LANGUAGES:
            raise UnknownCode(
                f"language {language!r}",
                expected="one of " + ", ".join(LANGUAGES),
                where=where,
                remedy="choose official languages of the United Nations",
            )


def _formats(formats: Iterable[Format]) -> None:
    known = list(formats)
    if not known:
        raise BadInput("no format", expected="one at least", where="formats", remedy="allow a seminar, for example")
    for one in known:
        reference.assistance_type(one.type)
        fewest, most = one.participants
        if not FEWEST <= fewest <= most:
            raise BadInput(
                f"{fewest} to {most} participants",
                expected=f"a least number of {FEWEST} or more, and a most that is not below it",
                where=f"formats: {one.id}",
                remedy=f"set the most to {max(fewest, FEWEST)} or more, or the least to {max(min(most, fewest), FEWEST)}",
            )
        if one.type == PEER_REVIEW and not PEERS[0] <= fewest <= most <= PEERS[1]:
            raise BadInput(
                f"a peer review of {fewest} to {most} States",
                expected="two to four",
                where=f"formats: {one.id}",
                remedy="set its participants within 2 and 4",
            )
        if one.days < 1 or one.delegates < 1 or one.experts < 0:
            raise BadInput(
                f"{one.days} days, {one.delegates} delegates, {one.experts} experts",
                expected="a day and a delegate at least, and no negative number",
                where=f"formats: {one.id}",
                remedy="correct the number",
            )


def _blocks(asked: Asked) -> None:
    shortest = min(one.days for one in asked.formats)
    if not asked.blocks:
        raise BadInput(
            "no block of days", expected="one at least", where="blocks", remedy="say when events can be held"
        )
    names = [block.id for block in asked.blocks]
    for block in asked.blocks:
        if block.until < block.since:
            raise BadInput(
                f"a block from {block.since} to {block.until}",
                expected="a last day that is not before the first",
                where=f"blocks: {block.id}",
                remedy="exchange the days, or correct the year",
            )
        if names.count(block.id) > 1:
            raise BadInput(
                f"two blocks named {block.id!r}", expected="a name for each", where="blocks", remedy="rename one"
            )
    in_order = sorted(asked.blocks, key=lambda block: block.since)
    for before, after in pairwise(in_order):
        if after.since <= before.until:
            raise BadInput(
                f"block {after.id} begins on {after.since}, within block {before.id}",
                expected="blocks that do not overlap, so that no State is asked to be at two places",
                where=f"blocks: {after.id}",
                remedy=f"begin it after {before.until}",
            )
    if all(block.days < shortest for block in asked.blocks):
        raise BadInput(
            f"blocks of {max(block.days for block in asked.blocks)} days at most",
            expected=f"{shortest} days, as long as the shortest format",
            where="blocks",
            remedy="lengthen a block, or shorten a format",
        )


def _limits(asked: Asked) -> None:
    limits = asked.limits
    for name in ("events", "events_at_least", "per_state", "per_event", "themes_per_event"):
        if getattr(limits, name) < 1:
            raise BadInput(
                f"{getattr(limits, name)}", expected="1 or more", where=f"limits.{name}", remedy="write a larger number"
            )
    for name in ("budget", "experts", "practices"):
        if getattr(limits, name) is not None:
            _positive(getattr(limits, name), name, f"limits.{name}", zero=name != "budget")
    if limits.events_at_least > limits.events:
        raise BadInput(
            f"at least {limits.events_at_least} events, at most {limits.events}",
            expected="a least number that is not above the most",
            where="limits.events_at_least",
            remedy=f"set it to {limits.events} or less, or allow more events",
        )
    if not limits.languages:
        raise BadInput(
            "no language", expected="one at least", where="limits.languages", remedy="name a working language"
        )
    if not 0 <= limits.share_at_least <= 1:
        raise BadInput(
            f"a share of {limits.share_at_least}",
            expected="0 to 1",
            where="limits.share_at_least",
            remedy="write 0.2 for a fifth",
        )


def _weights(asked: Asked) -> None:
    for name in ("needs", "equity", "cost", "travel"):
        _positive(getattr(asked.weights, name), name, f"weights.{name}", zero=True)
    for name in ("cost_unit", "travel_unit"):
        _positive(getattr(asked.weights, name), name, f"weights.{name}")
    if not asked.needs:
        raise BadInput(
            "no needs",
            expected="a need at least",
            where="needs",
            remedy="choose States whose records have blanks, or requests",
        )


def _positive(value: float, what: str, where: str, *, zero: bool = False) -> None:
    # Written so that "not a number" is refused too.
    if not (value >= 0 if zero else value > 0) or value == float("inf"):
        raise BadInput(
            f"{what}: {value}",
            expected="a number of zero or more" if zero else "a number above zero",
            where=where,
            remedy="correct the number",
        )
