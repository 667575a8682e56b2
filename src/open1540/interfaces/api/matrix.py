"""Matrices: entries with their evidence, versions and their differences, proposals and judgements, steps, comments, files."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Body, File, Path, Query, Response, UploadFile

from open1540 import reference
from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.reports import matrix_forms
from open1540.matrix.proposals import Proposal
from open1540.matrix.record import Comment, StepTaken, VersionRow
from open1540.matrix.steps import VERBS
from open1540.vocabulary import BadInput
from open1540.vocabulary.claims import Strength
from open1540.workflows import (
    evidence,
    matrix,
    matrix_changes,
    matrix_files,
    matrix_proposals,
    matrix_steps,
    work,
)
from open1540.workflows.evidence import FieldShown
from open1540.workflows.matrix import Compared, ShownMatrix
from open1540.workflows.matrix_changes import Refreshed
from open1540.workflows.matrix_files import Imported
from open1540.workflows.matrix_proposals import Judged
from open1540.workflows.permissions import Person, seen_of
from open1540.workflows.work import Work

door = Endpoints("matrices")
Code = Annotated[str, Path(max_length=100, description="A code or name of a State, such as FRA.")]
LARGEST = 8_000_000
VersionNumber = Annotated[int | None, Query(ge=1, le=1_000_000_000, description="Number of a version.")]
MadeFrom = Annotated[
    int | None,
    Body(ge=1, le=1_000_000_000, description="Number of the version seen; refused where another was made since."),
]
Text = Annotated[str, Body(max_length=20_000)]
Given = Annotated[str, Body(max_length=2_000)]


class Versions(msgspec.Struct, frozen=True):
    """The versions of a State's matrix the role is shown, latest first, and the steps they took."""

    versions: tuple[VersionRow, ...]
    steps: tuple[StepTaken, ...]


@door.gives("/matrices/{code}", "read", ShownMatrix)
def entries(
    ask: Asking,
    code: Code,
    on: dt.date | None = None,
    version: VersionNumber = None,
    section: str | None = None,
) -> ShownMatrix:
    """A State's matrix, field by field, as the role is shown it."""
    return matrix.show(
        code,
        database_url=ask.database_url,
        who=_who(ask, code),
        on=on.isoformat() if on else None,
        section=section,
        number=version,
    )


@door.gives("/matrices/{code}/versions", "read", Versions)
def versions(ask: Asking, code: Code) -> Versions:
    """The versions of a State's matrix and the steps they took."""
    return Versions(*matrix.versions(code, database_url=ask.database_url, who=_who(ask, code)))


@door.gives("/matrices/{code}/diff", "read", Compared)
def difference(
    ask: Asking,
    code: Code,
    before: Annotated[int, Query(ge=1, le=1_000_000_000)],
    after: Annotated[int, Query(ge=1, le=1_000_000_000)],
) -> Compared:
    """The fields in which two versions differ."""
    return matrix.diff(code, before, after, database_url=ask.database_url, who=_who(ask, code))


@door.gives("/matrices/{code}/fields/{field}", "read", FieldShown)
def field(ask: Asking, code: Code, field: str, on: dt.date | None = None, version: VersionNumber = None) -> FieldShown:
    """A field with its evidence, who judged it, its comments and what earlier versions said."""
    return evidence.of_field(
        code,
        field,
        database_url=ask.database_url,
        who=ask.who,
        number=version,
        on=on.isoformat() if on else None,
    )


@door.lists("/proposals", "propose", Proposal)
def proposals(
    ask: Asking,
    state: str | None = None,
    document: str | None = None,
    field: Annotated[str | None, Query(max_length=200, description="A field, or a pattern such as OP2.CW.*")] = None,
    strength: Strength | None = None,
    awaiting: bool = False,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[Proposal, ...]:
    """What kept documents propose, each with its latest judgement."""
    return matrix_proposals.kept_proposals(
        database_url=ask.database_url,
        who=ask.who,
        document=document,
        field=field,
        strength=strength,
        state=state,
        awaiting=awaiting,
    )


@door.gives("/matrices/{code}/judgements", "judge", Judged, methods=("POST",))
def judge(
    ask: Asking,
    code: Code,
    verdict: Annotated[Literal["accepted", "rejected", "unsure"], Body()],
    reason: Text,
    ids: Annotated[list[Given], Body(max_length=5_000)] = [],  # noqa: B006 - read only
    document: Annotated[str | None, Body(max_length=200)] = None,
    field: Annotated[str | None, Body(max_length=200)] = None,
    strength: Annotated[Strength | None, Body()] = None,
    again: Annotated[bool, Body()] = False,
    made_from: MadeFrom = None,
) -> Judged:
    """Judge proposals for a State's matrix, named by their ids, or chosen by what they have in common."""
    return matrix_proposals.judge(
        ids,
        verdict,
        reason,
        database_url=ask.database_url,
        who=ask.who,
        document=document,
        field=field,
        strength=strength,
        state=code,
        again=again,
        made_from=made_from,
    )


@door.gives("/matrices/{code}/entries", "set", VersionRow, methods=("POST",))
def set_entry(
    ask: Asking,
    code: Code,
    field: Given,
    entry: Annotated[Literal["X", "?", "NA", ""], Body(description="The code; empty for blank.")],
    reason: Text,
    citation: Text = "",
    remark: Annotated[str | None, Body(max_length=20_000)] = None,
    made_from: MadeFrom = None,
) -> VersionRow:
    """Set an entry by a person's word; answers with the version that came of it."""
    return matrix_changes.set_entry(
        code,
        field,
        entry,
        database_url=ask.database_url,
        who=ask.who,
        reason=reason,
        citation=citation,
        remark=remark,
        made_from=made_from,
    )


@door.gives("/matrices/{code}/consents", "consent", VersionRow, methods=("POST",))
def consent(
    ask: Asking, code: Code, field: Given, agreed: Annotated[bool, Body()], made_from: MadeFrom = None
) -> VersionRow:
    """Record whether the State agrees that a field, or the fields of a pattern, be shown to others."""
    return matrix_changes.consent(code, field, agreed, database_url=ask.database_url, who=ask.who, made_from=made_from)


@door.gives("/matrices/{code}/comments", "comment", Comment, methods=("POST",))
def comment(
    ask: Asking, code: Code, field: Given, text: Text, version: Annotated[int | None, Body(ge=1)] = None
) -> Comment:
    """Say something of a field, for all at work on it."""
    return matrix_steps.comment(code, field, text, database_url=ask.database_url, who=ask.who, number=version)


@door.gives("/matrices/{code}/notes", "note", Comment, methods=("POST",))
def note(
    ask: Asking, code: Code, field: Given, text: Text, version: Annotated[int | None, Body(ge=1)] = None
) -> Comment:
    """Keep a note of the experts, which the State is never shown."""
    return matrix_steps.comment(
        code, field, text, database_url=ask.database_url, who=ask.who, kind="note", number=version
    )


@door.gives("/matrices/{code}/section-one", "refresh", Refreshed)
def section_one(ask: Asking, code: Code, on: dt.date | None = None) -> Refreshed:
    """How section I by the facts differs from the latest version."""
    return matrix_changes.refresh(code, database_url=ask.database_url, who=ask.who, on=on.isoformat() if on else None)


@door.gives("/matrices/{code}/section-one", "refresh", Refreshed, methods=("POST",))
def take_section_one(
    ask: Asking,
    code: Code,
    reason: Text,
    only: Annotated[list[Given], Body(max_length=500)] = [],  # noqa: B006 - read only
    on: Annotated[dt.date | None, Body()] = None,
) -> Refreshed:
    """Take the differences over, those of the fields named or all that no person has set."""
    return matrix_changes.refresh(
        code,
        database_url=ask.database_url,
        who=ask.who,
        on=on.isoformat() if on else None,
        accept=True,
        reason=reason,
        only=only,
    )


@door.gives("/matrices/{code}/import", "import", Imported, methods=("POST",))
def import_file(
    ask: Asking,
    code: Code,
    file: Annotated[UploadFile, File(description="A matrix as PDF, DOCX, XLSX, CSV or JSON.")],
    dry_run: bool = True,
    leave_problems: bool = False,
    share: bool = False,
    template: str | None = None,
) -> Imported:
    """What a file would change; with ``dry_run=false`` it is done."""
    data = file.file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadInput(
            f"a file of more than {LARGEST} bytes", expected="a matrix", where="file", remedy="check that this is one"
        )
    return matrix_files.import_data(
        data,
        file.filename or "file",
        database_url=ask.database_url,
        who=ask.who,
        state=code,
        template_id=template,
        dry_run=dry_run,
        leave_problems=leave_problems,
        share=share,
    )


@door.files("/matrices/{code}/file.{form}", "read", tuple(matrix_forms.MEDIA.values()))
def export(ask: Asking, code: Code, form: str, version: VersionNumber = None) -> Response:
    """A version in the layout of the Committee's copies: xlsx, docx, pdf, csv or json."""
    data = matrix_files.exported(
        code, database_url=ask.database_url, who=_who(ask, code), number=version, language=ask.language
    )
    content = matrix_forms.written(data, form)
    headers = {"Content-Disposition": f'attachment; filename="{matrix_forms.file_name(data, form)}"'}
    return Response(content, media_type=matrix_forms.MEDIA[form], headers=headers)


@door.gives("/work", "work", Work)
def own_work(ask: Asking) -> Work:
    """What awaits the person who asks."""
    return work.awaiting(database_url=ask.database_url, who=ask.who)


def _who(ask: Ask, code: Code) -> Person:
    return seen_of(ask.who, reference.state(code).iso3)


def _step(verb: str) -> Callable[..., Any]:
    def taken(ask: Asking, code: Code, reason: Text, version: Annotated[int | None, Body(ge=1)] = None) -> VersionRow:
        matrix_changes.check_reason(reason)
        return matrix_steps.take_step(
            code, verb, database_url=ask.database_url, who=ask.who, number=version, reason=reason
        )

    taken.__name__ = verb
    taken.__doc__ = f"Take the step that leads to: {VERBS[verb]}."
    return taken


for _verb in VERBS:
    door.gives(f"/matrices/{{code}}/steps/{_verb}", _verb, VersionRow, methods=("POST",))(_step(_verb))
