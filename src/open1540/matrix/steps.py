"""The steps from a draft to a published matrix: which version takes one, and what of it others are shown."""

from collections.abc import Iterable, Sequence

import msgspec

from open1540.matrix.record import STEPS, Step, Version, VersionRow
from open1540.vocabulary import NotAllowed

# What a user calls the step, and where it leads.
VERBS: dict[str, Step] = {
    "send": "with the State",
    "agree": "agreed",
    "approve": "approved",
    "publish": "published",
}
# The State comments on what stands, and agrees to it; nobody agrees to what has been changed since.
_OF_THE_LATEST = ("send", "agree")


def step_before(step: Step) -> Step:
    """The step from which this one is taken."""
    return STEPS[STEPS.index(step) - 1]


def version_to_step(versions: Sequence[VersionRow], verb: str, number: int | None = None) -> VersionRow:
    """The version that takes a step: the one numbered, else the latest that can.

    Arguments:
        versions: all of a State, the latest first.
        verb: send, agree, approve or publish.
        number: of the version meant.

    Only the latest version can be sent or agreed; an agreed one can be approved and published while a new draft is at
    work, but none older than what is published already. Raises NotAllowed saying why none can.
    """
    expected = step_before(VERBS[verb])
    asked = [version for version in versions if number in (None, version.number)]
    for version in asked:
        if version.step == "published" or (verb in _OF_THE_LATEST and version is not versions[0]):
            break
        if version.step == expected:
            return version
    raise _none_can(asked[0], versions[0], verb, expected)


def shown_to_others(version: Version, withheld: Iterable[str] = ()) -> Version:
    """The version without what the State has not agreed to show; such a field is blank, as if nothing were recorded.

    Arguments:
        withheld: further fields, such as those the State has withdrawn its consent from in a later version.
    """
    hidden = set(withheld)
    kept = tuple(e for e in version.entries if e.consented is not False and e.field not in hidden)
    return msgspec.structs.replace(version, entries=kept)


def _none_can(asked: VersionRow, latest: VersionRow, verb: str, expected: Step) -> NotAllowed:
    if verb in _OF_THE_LATEST and asked.number != latest.number:
        found = f"version {asked.number} of {asked.state}, changed since by {latest.by} (version {latest.number})"
        remedy = f"{verb} version {latest.number} once it stands at {expected!r}"
    else:
        found = f"version {asked.number} of {asked.state} at the step {asked.step!r}"
        remedy = f"run `open1540 matrix versions {asked.state}` to see where each version stands"
    return NotAllowed(found, expected=f"a version at the step {expected!r}", where=f"step {verb}", remedy=remedy)
