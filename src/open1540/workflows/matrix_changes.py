"""Changes of a State's matrix: entries set, consent recorded, section I refreshed, templates carried; each is a new version."""

import datetime as dt
import fnmatch
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from open1540 import reference
from open1540.matrix.crosswalk import Carried, carry
from open1540.matrix.differences import FieldDifference, differences
from open1540.matrix.proposals import set_by_hand
from open1540.matrix.record import (
    Header,
    StepTaken,
    Version,
    VersionRow,
    in_order,
    standing_template,
)
from open1540.matrix.section_one import fields as fields_of_section_one
from open1540.matrix.section_one import same_record, section_one
from open1540.reference import Template
from open1540.store import Store
from open1540.vocabulary import BadInput, Code, Entry, Judgement, UnknownCode
from open1540.workflows.database import opened
from open1540.workflows.facts import as_day
from open1540.workflows.matrix import members, no_versions, now_utc, row_of
from open1540.workflows.permissions import Person, check

Change = Callable[[dict[str, Entry]], None]


class Refreshed(msgspec.Struct, frozen=True):
    """How section I by the facts differs from the latest version.

    Attributes:
        version: number of the version compared; None where the State has none.
        held: fields of the differences that a person has set; they are left alone unless named.
        made: the version that took the differences over; None where they await a judgement.
    """

    state: str
    on: dt.date
    version: int | None
    differences: tuple[FieldDifference, ...]
    held: tuple[str, ...] = ()
    made: VersionRow | None = None


def set_entry(
    state: str,
    field: str,
    code: str,
    *,
    database_url: str | None,
    who: Person,
    reason: str,
    citation: str = "",
    remark: str | None = None,
    made_from: int | None = None,
) -> VersionRow:
    """Record a person's word on a field: a code, with its citation and reason; it goes before every rule.

    Raises UnknownCode for a State, field or code nobody knows, BadInput for an X without a citation, Conflict where
    the matrix was changed meanwhile.
    """
    own = reference.state(state).iso3
    check(who, "set", own)
    said = _code(code)
    check_reason(reason)
    if said == "X" and not citation.strip():
        raise BadInput(
            "X without a citation",
            expected="the law, article or record that the entry rests on",
            where=f"{own} {field}",
            remedy='add --citation "...", or record "?"',
        )
    day = dt.date.today().isoformat()

    def change(entries: dict[str, Entry]) -> None:
        before = entries.get(field) or Entry(own, field)
        entries[field] = set_by_hand(
            before, said, citation=citation.strip(), remark=remark, reason=reason, by=who.name, day=day
        )

    with opened(database_url) as store:
        note = f"{field} set to {said or 'blank'}: {reason}"
        return _change(store, who, own, change, note, made_from, fields_touched=(field,))


def consent(
    state: str, pattern: str, agreed: bool, *, database_url: str | None, who: Person, made_from: int | None = None
) -> VersionRow:
    """Record whether the State agrees that entries be shown to others; the pattern may be ``OP3ab.*``.

    What it does not agree to is shown to the State and the experts only, in no version to anybody else. Said by the
    State while a version is with it, the version that follows stays with it.
    """
    own = reference.state(state).iso3
    with opened(database_url) as store:
        check(who, "consent", own)
        latest = store.version(own)
        if latest is None:
            raise no_versions(own)
        check(who, "consent", own, latest.step)
        held = [e.field for e in latest.entries if fnmatch.fnmatchcase(e.field, pattern)]
        if not held:
            raise UnknownCode(
                f"field {pattern!r}",
                expected="a field with an entry, or a pattern of such fields",
                where=f"matrix of {own}",
                remedy=f"run `open1540 matrix show {own}` for the entries",
            )

        def change(entries: dict[str, Entry]) -> None:
            for one in held:
                entries[one] = msgspec.structs.replace(entries[one], consented=agreed)

        note = f"{who.sees.title}: {pattern} {'may' if agreed else 'may not'} be shown"
        made = _change(store, who, own, change, note, made_from)
        if latest.step == "with the State":
            again = StepTaken(own, made.number, "with the State", now_utc(), who.name, who.role, note)
            store.take_step(again, "draft")
            made = msgspec.structs.replace(made, step="with the State")
        return made


def refresh(
    state: str,
    *,
    database_url: str | None,
    who: Person,
    on: str | None = None,
    accept: bool = False,
    reason: str = "",
    only: Sequence[str] = (),
) -> Refreshed:
    """Compare section I with what the facts say now; the difference is for a person to judge.

    Arguments:
        on: the day section I speaks of; default today.
        accept: take the differences over into a new version.
        reason: why, where they are accepted.
        only: fields to take over, those a person has set among them; empty for all that no person has set.
    """
    own, day = reference.state(state).iso3, as_day(on) or dt.date.today()
    check(who, "refresh", own)
    if accept:
        check_reason(reason)
    with opened(database_url) as store:
        return _refresh(store, own, day, who, reason if accept else None, only)


def refresh_all(
    *,
    database_url: str | None,
    who: Person,
    on: str | None = None,
    accept: bool = False,
    reason: str = "",
    advance: Callable[[], object] = lambda: None,
) -> tuple[Refreshed, ...]:
    """The same for every Member State, those without a version among them."""
    day = as_day(on) or dt.date.today()
    check(who, "refresh", "all States")
    if accept:
        check_reason(reason)
    found = []
    with opened(database_url) as store:
        for code in members():
            found.append(_refresh(store, code, day, who, reason if accept else None, ()))
            advance()
    return tuple(found)


def carried(state: str, template_id: str, *, database_url: str | None, who: Person, accept: bool = False) -> Carried:
    """The latest version's entries under another template, with what cannot be carried; kept where accepted."""
    own = reference.state(state).iso3
    check(who, "carry", own)
    reference.template(template_id)
    with opened(database_url) as store:
        latest = store.version(own)
        if latest is None:
            raise no_versions(own)
        found = carry(latest.entries, latest.template, template_id)
        if accept:
            note = f"carried from {latest.template}; {len(found.left)} entries left behind"
            made = msgspec.structs.replace(
                latest, template=template_id, entries=found.entries, made_at=now_utc(), by=who.name, note=note
            )
            store.add_version(made, latest.number, role=who.role)
    return found


def _change(
    store: Store,
    who: Person,
    state: str,
    change: Change,
    note: str,
    made_from: int | None,
    fields_touched: Sequence[str] = (),
) -> VersionRow:
    made = changed(store, who, state, change, note, made_from, fields_touched)
    if made is None:
        raise BadInput(
            "a change that changes nothing",
            expected="something else than what the latest version says",
            where=f"matrix of {state}",
            remedy=f"look at `open1540 matrix show {state}`",
        )
    return made


def changed(
    store: Store,
    who: Person,
    state: str,
    change: Change,
    note: str,
    made_from: int | None,
    fields_touched: Sequence[str] = (),
    judgements: tuple[Judgement, ...] = (),
    on: dt.date | None = None,
    begin: bool = False,
    seen: Mapping[str, int] | None = None,
) -> VersionRow | None:
    """Make the next version of a State's matrix with a change made to its entries.

    Arguments:
        change: changes the entries, by field.
        note: what the change is, in one line.
        made_from: number of the version the maker has seen; None for the latest.
        fields_touched: fields that must be of the version's template.
        judgements: kept in the same transaction.
        on: the day the new version speaks of, default today; never earlier than the version before.
        seen: how many judgements the judge saw on each claim; where there are more by now, Conflict is raised.
        begin: make the first version of a State also where it says no more than section I from the facts.

    Returns None, with the judgements kept, where nothing changes. Raises Conflict where another version was made
    meanwhile, UnknownCode for a field the template does not have.
    """
    latest = store.version(state)
    template = reference.template(latest.template) if latest else standing_template()
    _check_fields(fields_touched, template)
    day = on or dt.date.today()
    before = latest.entries if latest else section_one(state, day, template)
    entries = {entry.field: entry for entry in before}
    change(entries)
    after = in_order(entries.values(), template)
    if after == in_order(before, template) and not (begin and latest is None):
        store.judge_all(judgements, seen)
        return None
    header = msgspec.structs.replace(latest.header, approved=None) if latest else Header()
    as_of = max(day, latest.as_of) if latest else day
    version = Version(state, 0, template.id, as_of, after, now_utc(), who.name, header, note=note)
    expected = made_from if made_from is not None else latest.number if latest else None
    return row_of(store.add_version(version, expected, judgements, role=who.role, seen=seen))


def _refresh(store: Store, state: str, day: dt.date, who: Person, reason: str | None, only: Sequence[str]) -> Refreshed:
    latest = store.version(state)
    template = reference.template(latest.template) if latest else standing_template()
    _check_fields(only, template)
    own = set(fields_of_section_one(template))
    now = {entry.field: entry for entry in section_one(state, day, template)}
    was = {entry.field: entry for entry in latest.entries if entry.field in own} if latest else {}
    # The day asked about words the reason for a source anew; only what the sources say is a difference.
    now |= {field: entry for field, entry in was.items() if field in now and same_record(entry, now[field])}
    found = differences(was.values(), now.values())
    held = tuple(d.field for d in found if latest and _is_held(was.get(d.field)))
    taken = [d.field for d in found if (d.field in only if only else d.field not in held)]
    made = None
    if reason is not None and latest and day < latest.as_of:
        raise _earlier_day(state, day, latest)
    if reason is not None and (taken or latest is None):

        def change(entries: dict[str, Entry]) -> None:
            for field in taken:
                entries[field] = now.get(field) or Entry(state, field)

        made = changed(store, who, state, change, f"section I from the facts: {reason}", None, on=day, begin=True)
    return Refreshed(state, day, latest.number if latest else None, found, held, made)


def _earlier_day(state: str, day: dt.date, latest: Version) -> BadInput:
    return BadInput(
        f"section I of {day}, to be taken over into a record of {latest.as_of}",
        expected=f"{latest.as_of} or a later day: version {latest.number} already speaks of it",
        where=f"matrix of {state}",
        remedy=f"leave --accept out to look at the differences, or --on out to take over those of today; "
        f"`open1540 matrix show {state} --on {day}` shows the record of that day",
    )


def _is_held(entry: Entry | None) -> bool:
    return entry is not None and any(item.basis == "expert" or item.proposal for item in entry.evidence)


def _check_fields(touched: Iterable[str], template: Template) -> None:
    for field in touched:
        template.field(field)


def check_reason(reason: str) -> None:
    """Raise BadInput where a judgement or change gives no reason."""
    if not reason.strip():
        raise BadInput(
            "no reason", expected="why, in your words", where="--reason", remedy='add --reason "..." to the command'
        )


def _code(written: str) -> Code:
    said = written.strip().upper()
    codes: dict[str, Code] = {"X": "X", "?": "?", "NA": "NA", "N/A": "NA", "": "", "BLANK": ""}
    if said not in codes:
        raise UnknownCode(
            f"code {written!r}",
            expected="X, ?, NA or blank",
            where="matrix set",
            remedy="choose one of these",
        )
    return codes[said]
