"""What a matrix read from a file changes in the latest version."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from open1540.matrix.sheet_text import seen
from open1540.vocabulary import Entry, Evidence


def taken_over(
    before: Mapping[str, Entry], read: Iterable[Entry], understood: Iterable[str], *, source: str, as_of: str | None
) -> Iterator[Entry]:
    """The entries after an import.

    Arguments:
        before: the latest version's, by field.
        read: from the file, those that say anything.
        understood: the fields the file surely speaks of, blank ones too; all others stay as they were.
        source: what the new evidence names: the file.
        as_of: the day it speaks of.

    Where the file says the same as the version, the entry keeps its evidence; so does a citation that is still there.
    """
    told, known = {entry.field: entry for entry in read}, set(understood)
    for field, was in before.items():
        if field not in known:
            yield was
    for field in understood:
        entry, earlier = told.get(field), before.get(field)
        if entry is not None:
            yield _taken(entry, earlier, source, as_of)
        elif earlier is not None and earlier.consented is not None:
            yield Entry(earlier.state, field, consented=earlier.consented)


def _taken(entry: Entry, earlier: Entry | None, source: str, as_of: str | None) -> Entry:
    """An entry of the file, with the evidence the earlier one has for what both say.

    What looks the same in print is the same, for a printed file keeps neither kinds of blanks nor invisible signs.
    """
    if earlier is None:
        return _new(entry, (), source, as_of)
    if entry.evidence:
        # Consent is the State's to give, not a file's.
        return msgspec.structs.replace(entry, consented=earlier.consented)
    remarks = earlier.remarks if seen(entry.remarks) == seen(earlier.remarks) else entry.remarks
    written = {seen(citation): citation for citation in earlier.citations}
    citations = tuple(written.get(seen(citation), citation) for citation in entry.citations)
    if entry.code == earlier.code and citations == earlier.citations:
        return msgspec.structs.replace(earlier, remarks=remarks)
    entry = msgspec.structs.replace(entry, citations=citations, remarks=remarks)
    kept = tuple(item for item in earlier.evidence if item.citation in citations) if entry.code == earlier.code else ()
    return msgspec.structs.replace(_new(entry, kept, source, as_of), consented=earlier.consented)


def _new(entry: Entry, kept: tuple[Evidence, ...], source: str, as_of: str | None) -> Entry:
    """The entry resting on the evidence kept, and on the file for what that does not bear."""
    if entry.evidence:
        return entry
    day = entry.as_of or as_of
    borne = {item.citation for item in kept}
    citations = entry.citations or (("",) if entry.code else ())
    fresh = tuple(
        Evidence(citation, "imported matrix", source, day, gives=entry.code or None)
        for citation in dict.fromkeys(citations)
        if citation not in borne
    )
    evidence = (*kept, *fresh)
    basis = evidence[0].basis if evidence else "none"
    return msgspec.structs.replace(entry, evidence=evidence, basis=basis, as_of=day if evidence else entry.as_of)
