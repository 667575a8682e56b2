"""What differs between two versions of a matrix, field by field."""

from collections.abc import Iterable

import msgspec

from open1540.vocabulary import Code, Entry, Evidence


class FieldDifference(msgspec.Struct, frozen=True):
    """What one field says before and after; what has not changed is empty.

    Attributes:
        field: id in the template.
        code: before and after, also where it is the same.
        citations_added, citations_removed: as printed.
        remarks: before and after.
        evidence_added, evidence_removed: what it rests on now and did not, and the reverse.
        disputed, consented: before and after.
    """

    field: str
    code: tuple[Code, Code]
    citations_added: tuple[str, ...] = ()
    citations_removed: tuple[str, ...] = ()
    remarks: tuple[str, str] = ("", "")
    evidence_added: tuple[Evidence, ...] = ()
    evidence_removed: tuple[Evidence, ...] = ()
    disputed: tuple[bool, bool] = (False, False)
    consented: tuple[bool | None, bool | None] = (None, None)


def differences(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the order of the later entries, those that are gone last.

    A field without an entry is blank: an empty entry and none at all do not differ.
    """
    old = {entry.field: entry for entry in before}
    new = {entry.field: entry for entry in after}
    found = []
    for field in dict.fromkeys((*new, *old)):
        was = old.get(field) or Entry(new[field].state, field)
        now = new.get(field) or Entry(old[field].state, field)
        if was != now:
            found.append(_difference(was, now))
    return tuple(found)


def _difference(was: Entry, now: Entry) -> FieldDifference:
    return FieldDifference(
        field=now.field,
        code=(was.code, now.code),
        citations_added=tuple(citation for citation in now.citations if citation not in was.citations),
        citations_removed=tuple(citation for citation in was.citations if citation not in now.citations),
        remarks=(was.remarks, now.remarks),
        evidence_added=tuple(item for item in now.evidence if item not in was.evidence),
        evidence_removed=tuple(item for item in was.evidence if item not in now.evidence),
        disputed=(was.disputed, now.disputed),
        consented=(was.consented, now.consented),
    )
