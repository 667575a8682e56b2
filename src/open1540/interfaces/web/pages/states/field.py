"""One field of a State's matrix: its evidence, history and comments, and what may be said of it or done to it."""

from fastapi import Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.states.drawer import context
from open1540.interfaces.web.pages.states.place import Asked, Place, Written, desk, number_of
from open1540.matrix.record import CommentKind
from open1540.vocabulary import BadInput, Conflict, NotAllowed
from open1540.workflows import evidence, matrix_changes, matrix_steps

# What a person mends and sends again; anything else is no error of theirs.
Refused = BadInput | Conflict | NotAllowed


@desk.page("/states/{code}/matrix/{field}", "read")
def one_field(
    ask: Asking, code: str, field: str, version: Asked = "", on: Asked = "", history: Asked = "", done: Asked = ""
) -> Response:
    """A field with everything it rests on; htmx shows the same beside the matrix."""
    return _field(ask, code, field, version=version, on=on, history=history, done=done)


@desk.act("/states/{code}/matrix/{field}/comments", "comment")
def comment(ask: Asking, code: str, field: str, text: Written = "", version: Written = "") -> Response:
    """Say something of a field, for all at work on it."""
    return _say(ask, code, field, "comment", text, version)


@desk.act("/states/{code}/matrix/{field}/notes", "note")
def note(ask: Asking, code: str, field: str, text: Written = "", version: Written = "") -> Response:
    """Keep a note of the experts, which the State is never shown."""
    return _say(ask, code, field, "note", text, version)


@desk.act("/states/{code}/matrix/{field}/entry", "set")
def set_entry(
    ask: Asking,
    code: str,
    field: str,
    entry: Written = "",
    citation: Written = "",
    remark: Written = "",
    reason: Written = "",
    made_from: Written = "",
) -> Response:
    """Set an entry by a person's word."""
    place = Place(ask, code)
    try:
        matrix_changes.set_entry(
            place.code,
            field,
            entry,
            database_url=ask.database_url,
            who=ask.who,
            reason=reason,
            citation=citation,
            remark=remark.strip() or None,
            made_from=number_of(made_from, "made_from"),
        )
    except (BadInput, Conflict, NotAllowed) as error:
        typed = {"entry": entry, "citation": citation, "remark": remark, "reason": reason}
        return _field(ask, code, field, error=error, typed=typed, seen=made_from)
    return go(f"{place.address}/matrix/{field}?done=entry")


@desk.act("/states/{code}/matrix/{field}/consent", "consent")
def consent(ask: Asking, code: str, field: str, agreed: Written = "", made_from: Written = "") -> Response:
    """Record whether the State agrees that the entry be shown to others."""
    place = Place(ask, code)
    try:
        if agreed not in ("yes", "no"):
            raise BadInput("no answer", expected="yes or no", where="consent", remedy="choose one of the two")
        matrix_changes.consent(
            place.code,
            field,
            agreed == "yes",
            database_url=ask.database_url,
            who=ask.who,
            made_from=number_of(made_from, "made_from"),
        )
    except (BadInput, Conflict, NotAllowed) as error:
        return _field(ask, code, field, error=error, seen=made_from)
    return go(f"{place.address}/matrix/{field}?done=consent")


def _say(ask: Ask, code: str, field: str, kind: CommentKind, text: str, version: str) -> Response:
    place = Place(ask, code)
    try:
        matrix_steps.comment(
            place.code,
            field,
            text,
            database_url=ask.database_url,
            who=ask.who,
            kind=kind,
            number=number_of(version, "version"),
        )
    except (BadInput, NotAllowed) as error:
        return _field(ask, code, field, error=error, typed={kind: text})
    return go(f"{place.address}/matrix/{field}?done={kind}")


def _field(
    ask: Ask,
    code: str,
    field: str,
    *,
    version: str = "",
    on: str = "",
    history: str = "",
    done: str = "",
    error: Refused | None = None,
    typed: dict[str, str] | None = None,
    seen: str = "",
) -> Response:
    place = Place(ask, code)
    found = evidence.of_field(
        place.code,
        field,
        database_url=ask.database_url,
        who=ask.who,
        number=number_of(version, "version"),
        on=on or None,
        all_versions=history == "all",
    )
    named = context(ask, place, found, typed)
    said = {
        "entry": ask.t("The entry was set; a new version was made."),
        "consent": ask.t("The answer was recorded; a new version was made."),
        "comment": ask.t("The comment was kept."),
        "note": ask.t("The note was kept."),
    }
    return desk.show(
        ask,
        "field.html",
        title=named["heading"],
        crumbs=place.below_matrix,
        error=error,
        done=said.get(done, ""),
        seen=seen if isinstance(error, Conflict) else "",
        status=status_of(error) if error else 200,
        **named,
    )
