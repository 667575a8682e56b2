"""The log as somebody is shown it: lines of records a person is not shown are left out by the database itself."""

import msgspec
from sqlalchemy import ColumnElement, Engine, String, and_, cast, false, func, or_, select, true
from sqlalchemy.sql import Select

from open1540.matrix.record import STEPS, Step
from open1540.store import schema
from open1540.store.audit import AuditRow

_log, _documents, _steps, _request_steps = schema.audit, schema.documents, schema.matrix_steps, schema.assistance_steps
DOCUMENT = ("document kept", "document read again", "document shown", "claims proposed")


class Seen(msgspec.Struct, frozen=True):
    """What of the records somebody is shown.

    Attributes:
        name: of the person; lines of what one did oneself are always shown.
        documents: kinds of documents, and States, whose documents are shown; None for all.
        steps: at which a version is shown; of other States than ``own`` only published ones are, where ``own`` is set.
        comments: whether what States say of their matrices is; notes: whether the experts' notes are.
        assistance: whether what was done with offers, activities, plans and requests that were sent is; of the requests of
            ``own`` it always is.
        accounts: whether what was done with accounts is.
        everything: whether lines of any other kind are.
    """

    name: str
    documents: tuple[str, ...] | None
    steps: tuple[Step, ...]
    own: str | None = None
    comments: bool = False
    notes: bool = False
    assistance: bool = False
    accounts: bool = False
    everything: bool = False


class LogAsked(msgspec.Struct, frozen=True):
    """Which lines of the log are wanted: by whom, which action, words of subject or detail, days (both included).

    ``of_records`` leaves out what was done with accounts.
    """

    by: str | None = None
    action: str | None = None
    words: str | None = None
    since: str | None = None
    until: str | None = None
    of_records: bool = False


class Log:
    """What the store does with its log beside writing it; a part of ``Store``."""

    _engine: Engine

    def log(self, asked: LogAsked, seen: Seen, *, limit: int, offset: int = 0) -> list[AuditRow]:
        """Lines of the log, latest first."""
        query = select(_log).where(shown(seen), *_wanted(asked)).order_by(_log.c.number.desc())
        with self._engine.connect() as connection:
            return [AuditRow(**row._mapping) for row in connection.execute(query.limit(limit).offset(offset))]

    def log_size(self, asked: LogAsked, seen: Seen) -> int:
        """How many lines there are in all that are asked for."""
        query = select(func.count()).select_from(_log).where(shown(seen), *_wanted(asked))
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def log_names(self, seen: Seen) -> tuple[list[str], list[str]]:
        """Who did anything, and the kinds of what was done, on the lines somebody is shown."""
        with self._engine.connect() as connection:
            by, actions = (
                list(connection.execute(select(column).where(shown(seen)).distinct().order_by(column)).scalars())
                for column in (_log.c.by, _log.c.action)
            )
        return by, actions


def shown(seen: Seen) -> ColumnElement[bool]:
    """The lines somebody is shown."""
    if seen.everything and seen.accounts:
        return true()
    parts = [_log.c.by == seen.name, _of_documents(seen), _of_matrices(seen), _of_assistance(seen)]
    if "draft" in seen.steps and seen.own is None:
        parts.append(_log.c.action.like("claim %") | _log.c.action.like("proposal %"))
    return or_(*parts)


def documents_shown(seen: Seen) -> ColumnElement[bool]:
    """The documents somebody is shown."""
    return true() if seen.documents is None else _documents.c.shown_to.in_(seen.documents)


def versions_shown(seen: Seen) -> Select[tuple[str, int, str]]:
    """State, number and present step of every version somebody is shown."""
    last = select(func.max(_steps.c.id)).group_by(_steps.c.state, _steps.c.number)
    present = select(_steps.c.state, _steps.c.number, _steps.c.step).where(_steps.c.id.in_(last))
    if seen.own is None:
        return present if set(seen.steps) == set(STEPS) else present.where(_steps.c.step.in_(seen.steps))
    own = and_(_steps.c.state == seen.own, _steps.c.step.in_(seen.steps))
    return present.where(or_(own, _steps.c.step == "published"))


def _of_documents(seen: Seen) -> ColumnElement[bool]:
    kept = select(_documents.c.id).where(documents_shown(seen))
    return and_(_log.c.action.in_(DOCUMENT), _log.c.subject.in_(kept))


def _of_matrices(seen: Seen) -> ColumnElement[bool]:
    version = versions_shown(seen).subquery()
    key = version.c.state + " v" + cast(version.c.number, String)
    made = and_(
        or_(_log.c.action == "matrix version made", _log.c.action.like("matrix step%")),
        _log.c.subject.in_(select(key)),
    )
    kinds = [kind for kind, is_shown in (("matrix comment", seen.comments), ("matrix note", seen.notes)) if is_shown]
    said = and_(_log.c.action.in_(kinds), select(version.c.state).where(_log.c.subject.like(key + " %")).exists())
    return or_(made, said if kinds else false())


def _of_assistance(seen: Seen) -> ColumnElement[bool]:
    """A draft is its State's alone; a request withdrawn by its State stays on the log of those who once were shown it."""
    of_request = _log.c.action.like("request %")
    parts = [and_(of_request, _log.c.subject.startswith(f"{seen.own}-", autoescape=True))] if seen.own else []
    if seen.assistance:
        sent = select(_request_steps.c.request)
        parts += [and_(of_request, _log.c.subject.in_(sent))]
        parts += [_log.c.action.like(f"{kind} %") for kind in ("offer", "activity", "feedback", "plan")]
    return or_(*parts) if parts else false()


def _wanted(asked: LogAsked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.by:
        found.append(_log.c.by == asked.by)
    if asked.action:
        found.append(_log.c.action == asked.action)
    if asked.words:
        found.append(
            or_(*(column.icontains(asked.words, autoescape=True) for column in (_log.c.subject, _log.c.detail)))
        )
    if asked.of_records:
        # Every action on a document, claim, proposal or matrix begins with its name.
        found.append(or_(*(_log.c.action.like(f"{kind}%") for kind in ("document", "claim", "proposal", "matrix"))))
    if asked.since:
        found.append(_log.c.at >= asked.since)
    if asked.until:
        # Moments of the day itself go on behind its name.
        found.append(_log.c.at < f"{asked.until}U")
    return found
