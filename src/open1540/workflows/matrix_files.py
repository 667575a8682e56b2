"""Matrices out to files and back: what is exported, what an import would change, and what it does change."""

import csv
import datetime as dt
import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from open1540 import reference
from open1540.documents.tables import guarded, read_tables
from open1540.matrix.differences import FieldDifference, differences
from open1540.matrix.imported import taken_over
from open1540.matrix.record import Header, Version, VersionRow, in_order
from open1540.matrix.section_one import section_one
from open1540.matrix.sheet import Heading
from open1540.matrix.sheet_flat import MatrixData
from open1540.matrix.sheet_head import A_STATE
from open1540.matrix.sheet_reading import Problem, SheetRead, read_sheet
from open1540.matrix.sheet_template import (
    TemplateDifferences,
    compared,
    draft_crosswalk,
    draft_template,
)
from open1540.reference import Template
from open1540.vocabulary import BadInput, Entry, UnknownCode, UnreadableDocument
from open1540.workflows import matrix
from open1540.workflows.database import opened
from open1540.workflows.permissions import Person, check
from open1540.workflows.reading import load

SHOWN_PROBLEMS = 3


class Imported(msgspec.Struct, frozen=True):
    """What an import found and did.

    Attributes:
        state, template: as the file says or the user said.
        compared_with: number of the version compared; None where the State had none, and section I by the facts was.
        read: number of fields surely understood, blank ones too.
        problems: what was not understood; its fields stay as they were.
        differences: what changes, field by field.
        made: the version that came of it; None for a dry run, or where nothing differs.
    """

    file: str
    state: str
    template: str
    compared_with: int | None
    read: int
    problems: tuple[Problem, ...]
    differences: tuple[FieldDifference, ...]
    made: VersionRow | None = None


class ImportedTemplate(msgspec.Struct, frozen=True):
    """How a printed matrix differs from a template, and the drafts written for a person to review."""

    file: str
    differences: TemplateDifferences
    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()


def exported(
    state: str, *, database_url: str | None, who: Person, number: int | None = None, language: str = "en"
) -> MatrixData:
    """A State's matrix as it is written to a file, as the role is shown it.

    Raises UnknownCode for a State or version nobody knows, NotAllowed for a version the role is not shown.
    """
    shown = matrix.show(state, database_url=database_url, who=who, number=number)
    version = shown.version
    heading = Heading(
        state=shown.state,
        template=shown.template,
        dates=shown.header,
        as_of=version.as_of if version else shown.on,
        step=version.step if version else "draft",
        number=version.number if version else 0,
        language=language,
    )
    entries = (one.entry for one in shown.entries)
    said = tuple(entry for entry in entries if entry != Entry(entry.state, entry.field))
    return MatrixData(heading, said)


def import_file(
    path: Path,
    *,
    database_url: str | None,
    who: Person,
    state: str | None = None,
    template_id: str | None = None,
    dry_run: bool = False,
    leave_problems: bool = False,
    share: bool = False,
) -> Imported:
    """Read a matrix from a file, and make the next version of the State's matrix from it, as ``import_data`` does."""
    return import_data(
        load(path),
        path.name,
        database_url=database_url,
        who=who,
        state=state,
        template_id=template_id,
        dry_run=dry_run,
        leave_problems=leave_problems,
        share=share,
    )


def import_data(
    data: bytes,
    name: str,
    *,
    database_url: str | None,
    who: Person,
    state: str | None = None,
    template_id: str | None = None,
    dry_run: bool = False,
    leave_problems: bool = False,
    share: bool = False,
) -> Imported:
    """Read a matrix from the bytes of a file, and make the next version of the State's matrix from it.

    Arguments:
        data: of a PDF, DOCX, XLSX, CSV or JSON file; name: what the file is called.
        state: whose matrix it is, where the file does not say.
        template_id: the template its rows are of, where the file does not say, or where a new format begins with it.
        dry_run: only tell what would change.
        leave_problems: keep what was understood although something was not; the fields of the problems stay as they were.
        share: text without marks in a cell of several fields is that of all of them that have a code.

    All or nothing is kept. Raises BadInput where the file is no matrix, something was not understood, or the State or
    template is another; Conflict where another version was made since the file was exported, or meanwhile.
    """
    found = _read(data, name, state, template_id, share)
    own = _state_of(found, name)
    check(who, "import", own)
    if not found.understood:
        raise _no_matrix(name, found)
    with opened(database_url) as store:
        latest = store.version(own)
        if latest and latest.template != found.template and template_id is None:
            raise _other_template(name, found.template, latest)
        template = reference.template(found.template)
        as_of = _day(found.heading, latest)
        before = latest.entries if latest else section_one(own, as_of, template)
        same_template = latest is None or latest.template == found.template
        source = f"file {hashlib.sha256(data).hexdigest()[:16]}"
        after = taken_over(
            {entry.field: entry for entry in before} if same_template else {},
            found.entries,
            [field.field for field in template.fields if field.field in found.understood],
            source=source,
            as_of=(found.heading.as_of or as_of).isoformat(),
        )
        version = _next(own, found, in_order(after, template), latest, who, name, as_of)
        changed = differences(before, version.entries)
        result = Imported(
            name,
            own,
            found.template,
            latest.number if latest else None,
            len(found.understood),
            found.problems,
            changed,
        )
        if dry_run:
            return result
        if found.problems and not leave_problems:
            raise _not_understood(name, found)
        if latest and not changed and same_template and version.header == latest.header:
            return result
        number = found.heading.number
        seen = result.compared_with if number is None else number or None
        made = store.add_version(version, seen, role=who.role)
        return msgspec.structs.replace(result, made=matrix.row_of(made))


def import_template(
    path: Path, *, template_id: str | None = None, save: Path | None = None, name: str | None = None
) -> ImportedTemplate:
    """Compare the rows of a printed matrix with a template's.

    Arguments:
        path: a PDF, DOCX, XLSX or CSV file, such as an official copy.
        template_id: default the one its rows fit best.
        save: folder for a template table and a crosswalk, drafts for a person to review.
        name: id of the draft; default from the file's name.

    Raises BadInput where the file has no rows of a matrix, or the folder cannot be written to.
    """
    data = load(path)
    found = _read(data, path.name, None, template_id, False)
    if not found.rows:
        raise _no_matrix(path.name, found)
    template = reference.template(found.template)
    differing = compared(found, template, found.heading.language)
    written = _save(found, differing, template, save, name or _id_of(path)) if save else ()
    told = {row.where for row in differing.new}
    problems = tuple(p for p in found.problems if p.where not in told and p.found != "no such row")
    return ImportedTemplate(path.name, differing, problems, written)


def _read(data: bytes, name: str, state: str | None, template_id: str | None, share: bool) -> SheetRead:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(data, name, state, template_id)
    return read_sheet(read_tables(data, name), state=state, template_id=template_id, share=share)


def _read_json(data: bytes, name: str, state: str | None, template_id: str | None) -> SheetRead:
    """A matrix as ``as_json`` wrote it: every field is spoken of, and keeps its evidence."""
    try:
        told = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=MatrixData)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise UnreadableDocument(
            f"JSON that is no matrix ({error})",
            expected="a file that `open1540 matrix export --to json` wrote",
            where=name,
            remedy="export the matrix anew",
        ) from error
    template = reference.template(template_id or told.heading.template)
    own = reference.state(state or told.heading.state).iso3
    problems = []
    if reference.state(told.heading.state).iso3 != own:
        problems.append(Problem("heading", told.heading.state, f"the State asked for: {own}"))
    known = {field.field for field in template.fields}
    for entry in told.entries:
        if entry.field not in known:
            problems.append(Problem("entries", entry.field, f"a field of template {template.id}"))
        if entry.state != told.heading.state:
            problems.append(Problem(entry.field, entry.state, f"entries of one State: {told.heading.state}"))
    twice = {e.field for e in told.entries if sum(o.field == e.field for o in told.entries) > 1}
    problems += [Problem("entries", field, "each field once") for field in sorted(twice)]
    entries = tuple(entry for entry in told.entries if entry.field in known - twice)
    heading = msgspec.structs.replace(told.heading, template=template.id)
    return SheetRead(own, template.id, heading, entries, frozenset(known - twice), (), tuple(problems))


def _state_of(found: SheetRead, name: str) -> str:
    unknown = next((problem for problem in found.problems if problem.expected == A_STATE), None)
    if found.state is None and unknown:
        raise UnknownCode(
            f"State {unknown.found!r}", expected=A_STATE, where=f"{name}: {unknown.where}", remedy="mend the file"
        )
    if found.state is None:
        raise BadInput(
            "a matrix that does not say whose it is",
            expected="a line with the State's name",
            where=name,
            remedy="add --state CODE",
        )
    if found.heading.state not in ("", found.state):
        raise BadInput(
            f"a matrix of {found.heading.state}",
            expected=f"a matrix of {found.state}",
            where=name,
            remedy="check the file, or leave out --state",
        )
    return found.state


def _next(
    state: str,
    found: SheetRead,
    entries: tuple[Entry, ...],
    latest: Version | None,
    who: Person,
    name: str,
    as_of: dt.date,
) -> Version:
    said, was = found.heading.dates, latest.header if latest else Header()
    own_export = found.heading.number is not None
    header = Header(
        reported=said.reported or was.reported,
        addenda=said.addenda or was.addenda,
        # What was approved is the version that was exported, not what has become of it.
        approved=None if own_export else said.approved,
    )
    if latest and own_export and entries == latest.entries:
        header = msgspec.structs.replace(header, approved=was.approved)
    note = f"imported from {name}"
    return Version(state, 0, found.template, as_of, entries, matrix.now_utc(), who.name, header, note=note)


def _day(heading: Heading, latest: Version | None) -> dt.date:
    """The day the new version speaks of: today for a State on record; else as the file says."""
    today = dt.date.today()
    if latest:
        return max(today, latest.as_of)
    return heading.as_of or heading.dates.approved or today


class _Draft(NamedTuple):
    name: str
    lines: list[tuple[str, ...]]


def _save(
    found: SheetRead, differing: TemplateDifferences, template: Template, folder: Path, name: str
) -> tuple[str, ...]:
    drafts = (
        _Draft(f"{name}.csv", draft_template(found, template, name)),
        _Draft(f"{name}.crosswalk.csv", draft_crosswalk(differing, name, name, dt.date.today())),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for draft in drafts:
            with (folder / draft.name).open("w", encoding="utf-8", newline="") as handle:
                csv.writer(handle, lineterminator="\n").writerows(map(guarded, line) for line in draft.lines)
    except OSError as error:
        raise BadInput(
            f"a folder that cannot be written ({error.strerror})",
            expected="a folder you may write to",
            where=str(folder),
            remedy="choose another one",
        ) from error
    return tuple(str(folder / draft.name) for draft in drafts)


def _id_of(path: Path) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in path.stem.casefold()).strip("_") or "draft"


def _no_matrix(name: str, found: SheetRead) -> BadInput:
    return BadInput(
        f"tables without a row of the matrix ({len(found.problems)} rows or cells not understood)",
        expected=f"rows with number and label of {found.template}, beneath titles of its sections",
        where=name,
        remedy=f"check that this is a matrix; see what was found with `open1540 matrix import {name} --dry-run`",
    )


def _not_understood(name: str, found: SheetRead) -> BadInput:
    shown = "; ".join(f"{p.where}: {p.found}" for p in found.problems[:SHOWN_PROBLEMS])
    return BadInput(
        f"{len(found.problems)} rows or cells that were not surely understood ({shown} ...)",
        expected="; ".join(dict.fromkeys(p.expected for p in found.problems[:SHOWN_PROBLEMS])),
        where=name,
        remedy="nothing was kept; list all of them with --dry-run, mend the file, or add --leave-problems to leave their "
        "fields as they are",
    )


def _other_template(name: str, template: str, latest: Version) -> BadInput:
    return BadInput(
        f"a matrix of template {template}",
        expected=f"fields of {latest.template}, of which version {latest.number} of {latest.state} is",
        where=name,
        remedy=f"carry the version over first, or add --template {template} to begin a version of that template",
    )
