"""The versions of a State's matrix, the steps they took, and the steps that may be taken now."""

from collections.abc import Callable

from fastapi import Response

from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import table
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.states.place import Asked, Place, Written, desk, number_of, step_in
from open1540.interfaces.web.pages.states.words import Words
from open1540.matrix.record import STEPS
from open1540.matrix.steps import VERBS
from open1540.vocabulary import BadInput, Conflict, NotAllowed
from open1540.workflows import matrix, matrix_changes, matrix_steps, work


@desk.page("/states/{code}/matrix/versions", "read", table=True)
def versions(ask: Asking, code: str, done: Asked = "") -> Response:
    """Every version the role is shown, with the steps it took."""
    place, t = Place(ask, code), ask.t
    rows, taken = matrix.versions(place.code, database_url=ask.database_url, who=place.who)
    at_work = ask.may("work") and place.who is ask.who
    columns = [
        ("version", t("Version")),
        ("as_of", t("Information as of")),
        ("step", t("Step")),
        ("template", t("Template")),
        ("made_at", t("Made at (UTC)")),
        ("made_from", t("Made from")),
    ]
    people = [("by", t("By")), ("note", t("What it changes"))] if at_work else []
    return desk.show(
        ask,
        "versions.html",
        title=t("Versions"),
        crumbs=place.below_matrix,
        table=table(
            f"{place.code}-versions",
            f"{place.name}: {t('Versions')}",
            [*columns, *people],
            (
                (
                    row.number,
                    row.as_of,
                    step_in(row.step, ask),
                    row.template,
                    row.made_at.isoformat(timespec="seconds"),
                    row.made_from,
                    *((row.by, row.note) if at_work else ()),
                )
                for row in rows
            ),
        ),
        place=place,
        rows=rows,
        taken={row.number: [step for step in taken if step.number == row.number] for row in rows},
        at_work=at_work,
        words=Words(t),
        step=lambda step: step_in(step, ask),
        open_steps=work.open_steps(place.code, database_url=ask.database_url, who=ask.who),
        done=done in VERBS,
    )


def _step(verb: str) -> tuple[Callable[..., Response], Callable[..., Response]]:
    """The page that asks for a reason and a confirmation, and the step itself."""

    def asking(ask: Asking, code: str, version: Asked = "") -> Response:
        return _confirm(ask, code, verb, version)

    def taking(
        ask: Asking, code: str, version: Written = "", reason: Written = "", confirmed: Written = ""
    ) -> Response:
        place = Place(ask, code)
        try:
            if confirmed != "yes":
                raise BadInput(
                    "no confirmation",
                    expected="the box ticked",
                    where="step",
                    remedy="read what follows from the step, tick the box, then send the form again",
                )
            matrix_changes.check_reason(reason)
            matrix_steps.take_step(
                place.code,
                verb,
                database_url=ask.database_url,
                who=ask.who,
                number=number_of(version, "version"),
                reason=reason.strip(),
            )
        except (BadInput, Conflict) as error:
            return _confirm(ask, code, verb, version, error, reason)
        return go(f"{place.address}/matrix/versions?done={verb}")

    return asking, taking


def _confirm(
    ask: Ask,
    code: str,
    verb: str,
    version: str,
    error: BadInput | Conflict | NotAllowed | None = None,
    reason: str = "",
) -> Response:
    place = Place(ask, code)
    number = number_of(version, "version")
    ready = work.open_steps(place.code, database_url=ask.database_url, who=ask.who)
    step = next((one for one in ready if one.verb == verb and number in (None, one.version.number)), None)
    return desk.show(
        ask,
        "step.html",
        title=Words(ask.t).verb(verb),
        crumbs=[*place.below_matrix, (ask.t("Versions"), f"{place.address}/matrix/versions")],
        place=place,
        verb=verb,
        open_step=step,
        words=Words(ask.t),
        step=lambda told: step_in(told, ask),
        error=error,
        reason=reason,
        steps=[(one, step_in(one, ask)) for one in STEPS],
        leads_to=step_in(VERBS[verb], ask),
        status=status_of(error) if error else 200,
    )


for _verb in VERBS:
    _asking, _taking = _step(_verb)
    desk.page(f"/states/{{code}}/matrix/steps/{_verb}", _verb)(_asking)
    desk.act(f"/states/{{code}}/matrix/steps/{_verb}", _verb)(_taking)
