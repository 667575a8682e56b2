"""What a State's matrix says, as each role is shown it: entries, versions, comments and differences."""

import datetime as dt

import msgspec

from open1540 import reference
from open1540.matrix import steps
from open1540.matrix.crosswalk import carry
from open1540.matrix.differences import FieldDifference, differences
from open1540.matrix.record import (
    Comment,
    Header,
    StepTaken,
    Version,
    VersionRow,
    standing_template,
)
from open1540.matrix.section_one import section_one
from open1540.reference import Field
from open1540.store import Store
from open1540.vocabulary import Entry, NotAllowed, Source, UnknownCode
from open1540.workflows.database import opened
from open1540.workflows.facts import as_day
from open1540.workflows.permissions import Person, check_state, comments_for


class ShownEntry(msgspec.Struct, frozen=True):
    """A field with what is recorded in it, the sources it rests on, and what was said about it."""

    field: str
    section: str
    label: str
    reconstructed: bool
    entry: Entry
    sources: tuple[str, ...]
    comments: tuple[Comment, ...] = ()

    @property
    def told(self) -> bool:
        """Whether anything is recorded in the field or was said about it."""
        return self.entry != Entry(self.entry.state, self.entry.field) or bool(self.comments)


class ShownMatrix(msgspec.Struct, frozen=True):
    """A State's matrix as one role is shown it.

    Attributes:
        version: the version shown; None where there is none to show and section I comes from the facts alone.
        on: the day asked about.
        sources: the sources of the facts that entries rest on, by id.
        caveats: the Committee's own words on what an entry is and is not.
    """

    state: str
    name: str
    on: dt.date
    template: str
    version: VersionRow | None
    header: Header
    entries: tuple[ShownEntry, ...]
    sources: dict[str, Source]
    caveats: tuple[str, ...]


class Compared(msgspec.Struct, frozen=True):
    """The fields in which two versions differ."""

    state: str
    before: int
    after: int
    template: str
    differences: tuple[FieldDifference, ...]
    not_carried: tuple[str, ...] = ()


def show(
    state: str,
    *,
    database_url: str | None,
    who: Person,
    on: str | None = None,
    section: str | None = None,
    number: int | None = None,
) -> ShownMatrix:
    """A State's matrix, field by field, as a role is shown it.

    Arguments:
        state: code or name of the State.
        on: the day asked about, ISO; default today. The version of the latest day not after it is shown.
        section: only fields of this section or paragraph: ``I``, ``III-CW``, ``OP2``, ``OP3ab.BW``.
        number: a version instead of the latest.

    A State without a version to show has section I from the facts, and blanks. Raises UnknownCode for a State,
    section or version nobody knows, NotAllowed for a version the role is not shown.
    """
    code, day = reference.state(state).iso3, as_day(on) or dt.date.today()
    check_state(who, code)
    with opened(database_url) as store:
        version = _seen(store, code, who, day, number)
        comments = comments_for(who, store.comments(code)) if version else ()
    template = reference.template(version.template) if version else standing_template()
    entries = version.entries if version else section_one(code, day, template)
    by_field = {entry.field: entry for entry in entries}
    said: dict[str, list[Comment]] = {}
    for comment in comments:
        said.setdefault(comment.field, []).append(comment)
    shown = tuple(
        _shown(field, by_field.get(field.field) or Entry(code, field.field), tuple(said.get(field.field, ())))
        for field in fields(section, template.id)
    )
    known = reference.sources()
    used = dict.fromkeys(source for one in shown for source in one.sources if source in known)
    return ShownMatrix(
        state=code,
        name=reference.state(code).name(),
        on=day,
        template=template.id,
        version=row_of(version) if version else None,
        header=version.header if version else Header(),
        entries=shown,
        sources={source: known[source] for source in used},
        caveats=tuple(caveat.text for caveat in reference.caveats()),
    )


def fields(section: str | None = None, template_id: str | None = None) -> tuple[Field, ...]:
    """The fields of a template, of one section (``II``) or paragraph (``OP2``, ``OP3ab.CW``) of it.

    Raises UnknownCode for a template or section nobody knows.
    """
    template = reference.template(template_id) if template_id else standing_template()
    if section is None:
        return template.fields
    wanted = section.strip().casefold()
    found = tuple(
        field
        for field in template.fields
        if wanted in (field.section.casefold(), field.section.casefold().partition("-")[0])
        or field.field.casefold() == wanted
        or field.field.casefold().startswith(f"{wanted}.")
    )
    if not found:
        paragraphs = dict.fromkeys(field.field.partition(".")[0] for field in template.fields)
        raise UnknownCode(
            f"section {section!r}",
            expected="one of " + ", ".join((*template.sections, *paragraphs)),
            where=f"matrix template {template.id}",
            remedy="choose one of these, or run `open1540 matrix fields`",
        )
    return found


def versions(
    state: str, *, database_url: str | None, who: Person
) -> tuple[tuple[VersionRow, ...], tuple[StepTaken, ...]]:
    """The versions of a State's matrix the role is shown, latest first, and the steps they took."""
    own = reference.state(state).iso3
    check_state(who, own)
    with opened(database_url) as store:
        rows = tuple(row for row in store.versions(own) if row.step in who.sees.sees)
        shown = {row.number for row in rows}
        return rows, tuple(taken for taken in store.steps(own) if taken.number in shown)


def comments(state: str, *, database_url: str | None, who: Person) -> tuple[Comment, ...]:
    """What was said of a State's matrix, as far as the role is shown it."""
    own = reference.state(state).iso3
    check_state(who, own)
    with opened(database_url) as store:
        return comments_for(who, store.comments(own))


def diff(state: str, before: int, after: int, *, database_url: str | None, who: Person) -> Compared:
    """The fields in which two versions differ; an older template's entries are first carried to the newer one's."""
    own = reference.state(state).iso3
    check_state(who, own)
    with opened(database_url) as store:
        old, new = (_seen(store, own, who, None, number) for number in (before, after))
    if old is None or new is None:
        raise no_versions(own)
    carried = carry(old.entries, old.template, new.template)
    return Compared(
        own,
        before,
        after,
        new.template,
        differences(carried.entries, new.entries),
        tuple(left.entry.field for left in carried.left),
    )


def members() -> tuple[str, ...]:
    """Codes of the Member States."""
    return tuple(state.iso3 for state in reference.states() if state.un_status == "member")


def row_of(version: Version) -> VersionRow:
    """A version as lists show it."""
    return VersionRow(**{name: getattr(version, name) for name in VersionRow.__struct_fields__})


def _seen(store: Store, state: str, who: Person, day: dt.date | None, number: int | None) -> Version | None:
    """The version asked for, or the latest of a day, as the role is shown it."""
    if number is not None:
        known = [row.number for row in store.versions(state) if row.step in who.sees.sees]
        version = store.version(state, number) if number in known else None
        if version is None:
            raise not_shown(who, state, number)
    else:
        shown = [
            row for row in store.versions(state) if row.step in who.sees.sees and (day is None or row.as_of <= day)
        ]
        if not shown:
            return None
        version = store.version(state, max(shown, key=lambda row: (row.as_of, row.number)).number)
    if version is None or who.sees.withheld:
        return version
    return steps.shown_to_others(version, store.withheld(state))


def _shown(field: Field, entry: Entry, said: tuple[Comment, ...]) -> ShownEntry:
    sources = tuple(dict.fromkeys(item.source for item in entry.evidence))
    return ShownEntry(field.field, field.section, field.label, field.reconstructed, entry, sources, said)


def now_utc() -> dt.datetime:
    """The moment of a change."""
    return dt.datetime.now(dt.UTC)


def no_versions(state: str) -> UnknownCode:
    """The error for a State whose matrix has no version."""
    return UnknownCode(
        f"{state}, whose matrix has no version yet",
        expected="a State with a version",
        where=f"matrix of {state}",
        remedy=f"make one: judge a proposal, run `open1540 matrix refresh {state} --accept --reason ...`, or import a file",
    )


def not_shown(who: Person, state: str, number: int | None) -> NotAllowed | UnknownCode:
    """The error for a version the role is not shown; that there is one of a number is not told either."""
    remedy = f"run `open1540 matrix versions {state} --as {who.role}` for what this role is shown"
    if number is not None:
        return UnknownCode(
            f"version {number} of the matrix of {state}",
            expected="the number of a version you are shown",
            where="matrix version",
            remedy=remedy,
        )
    return NotAllowed(
        f"{who.sees.title} who would see the matrix of {state}",
        expected="a version at the step " + " or ".join(repr(step) for step in who.sees.sees),
        where=f"matrix of {state}",
        remedy=remedy,
    )
