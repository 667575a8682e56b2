"""What awaits whoever is at work: proposals to judge, steps of matrices and of requests to take, comments to answer."""

from collections.abc import Sequence

import msgspec

from open1540 import reference
from open1540.matrix import steps
from open1540.matrix.record import Comment, VersionRow
from open1540.store import Store
from open1540.vocabulary import Entry, NotAllowed
from open1540.workflows import assistance_awaiting
from open1540.workflows.assistance_awaiting import AwaitedStep
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, comments_for, may, seen_of


class Proposals(msgspec.Struct, frozen=True):
    """How many proposals of a document for a State's matrix await a judgement."""

    state: str
    document: str
    name: str
    date: str | None
    awaiting: int


class OpenStep(msgspec.Struct, frozen=True):
    """A step somebody may take now, and the version that would take it."""

    verb: str
    version: VersionRow


class Work(msgspec.Struct, frozen=True):
    """What awaits a person.

    Attributes:
        proposals: by State and document, for those who judge.
        steps: that the person may take.
        comments: the last word on a field is the other side's.
        requests: for assistance, with the steps that the person may enter, the overdue first.
        elsewhere: the latest versions that await somebody else's step.
    """

    proposals: tuple[Proposals, ...]
    steps: tuple[OpenStep, ...]
    comments: tuple[Comment, ...]
    requests: tuple[AwaitedStep, ...]
    elsewhere: tuple[VersionRow, ...]

    @property
    def number(self) -> int:
        """How many things await the person."""
        return sum(one.awaiting for one in self.proposals) + len(self.steps) + len(self.comments) + len(self.requests)


def awaiting(*, database_url: str | None, who: Person) -> Work:
    """What awaits a person, of their own State alone for a point of contact."""
    requests = assistance_awaiting.awaiting(database_url=database_url, who=who)
    with opened(database_url) as store:
        versions = _by_state(store.versions(None), who)
        taken = [step for rows in versions.values() for step in open_steps_of(rows, who)]
        stepped = {step.version.state for step in taken}
        return Work(
            _proposals(store) if may(who, "judge") else (),
            tuple(taken),
            _unanswered(store, versions, who) if may(who, "comment") else (),
            requests,
            tuple(
                rows[0]
                for state, rows in versions.items()
                if state not in stepped and rows[0].step in who.sees.sees and rows[0].step != "published"
            ),
        )


def open_steps(state: str, *, database_url: str | None, who: Person) -> tuple[OpenStep, ...]:
    """The steps a person may take with a State's matrix now. Raises UnknownCode for a State nobody knows."""
    own = reference.state(state).iso3
    with opened(database_url) as store:
        rows = _by_state(store.versions(own), who).get(own, [])
    return tuple(open_steps_of(rows, who))


def open_steps_of(rows: Sequence[VersionRow], who: Person) -> list[OpenStep]:
    """The same from all versions of a State, the latest first."""
    found = []
    for verb in steps.VERBS:
        if rows and may(who, verb):
            try:
                found.append(OpenStep(verb, steps.version_to_step(rows, verb)))
            except NotAllowed:
                continue
    return found


def _by_state(rows: Sequence[VersionRow], who: Person) -> dict[str, list[VersionRow]]:
    found: dict[str, list[VersionRow]] = {}
    for row in rows:
        if seen_of(who, row.state) is who:
            found.setdefault(row.state, []).append(row)
    return found


def _proposals(store: Store) -> tuple[Proposals, ...]:
    judged = store.latest_judgements()
    numbers: dict[tuple[str, str], int] = {}
    for kept in store.claims():
        if not kept.claim.state or kept.id in judged:
            continue
        left = sum(f"{kept.id}:{field}" not in judged for field in kept.claim.fields)
        if left:
            key = (kept.claim.state, kept.document_id)
            numbers[key] = numbers.get(key, 0) + left
    documents = {row.id: row for row in store.documents()} if numbers else {}
    return tuple(
        Proposals(
            state, document, documents[document].title or documents[document].name, documents[document].date, number
        )
        for (state, document), number in sorted(numbers.items())
    )


def _unanswered(store: Store, versions: dict[str, list[VersionRow]], who: Person) -> tuple[Comment, ...]:
    """The last comment on each field of a State, where the other side said it and no later version answers it."""
    last: dict[tuple[str, str], Comment] = {}
    for said in comments_for(who, store.comments(who.state if who.sees.own else None)):
        if said.kind == "comment" and said.state in versions:
            last[said.state, said.field] = said
    own_side = {"contact"} if who.sees.own else {"expert"}
    open_ones = [said for _, said in sorted(last.items()) if said.role not in own_side]
    return tuple(
        said for said in open_ones if who.sees.own or not _answered(store, said, versions[said.state][0].number)
    )


def _answered(store: Store, said: Comment, latest: int) -> bool:
    """Whether a later version says something else of the field than the one the comment is of."""
    if latest == said.number:
        return False
    then, now = (store.version(said.state, number) for number in (said.number, latest))
    return then is not None and now is not None and _content(then.entry(said.field)) != _content(now.entry(said.field))


def _content(entry: Entry) -> Entry:
    return msgspec.structs.replace(entry, consented=None)
