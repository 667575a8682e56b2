"""What documents propose for a State's matrix: judged one by one or together, with a reason; a later judgement undoes an earlier."""

from typing import Annotated, get_args

from fastapi import Form, Response

from open1540 import reference
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.problems import status_of
from open1540.interfaces.http.tables import table
from open1540.interfaces.web.desk import go
from open1540.interfaces.web.pages.states.place import Asked, Place, Written, desk, number_of
from open1540.interfaces.web.pages.states.words import Words
from open1540.matrix.proposals import Proposal
from open1540.vocabulary import BadInput, Conflict, UnknownCode, Verdict
from open1540.vocabulary.claims import Strength
from open1540.workflows import matrix, matrix_proposals

PAGE = 50
VERDICTS: tuple[Verdict, ...] = ("accepted", "rejected", "unsure")
STANDINGS = ("awaiting", "judged", "all")


@desk.page("/states/{code}/matrix/proposals", "propose", table=True)
def proposals(
    ask: Asking,
    code: str,
    document: Asked = "",
    field: Asked = "",
    strength: Asked = "",
    standing: Asked = "awaiting",
    page: int = 1,
    done: Asked = "",
) -> Response:
    """The proposals for a State's matrix that await a judgement, or those judged."""
    wanted = {"document": document, "field": field, "strength": strength, "standing": standing}
    return _shown(ask, code, wanted, page=page, done=done)


@desk.act("/states/{code}/matrix/proposals", "judge")
def judge(
    ask: Asking,
    code: str,
    chosen: Annotated[list[str], Form()] = [],  # noqa: B006 - read only
    verdict: Written = "",
    reason: Written = "",
    made_from: Written = "",
    document: Written = "",
    field: Written = "",
    strength: Written = "",
    standing: Written = "awaiting",
) -> Response:
    """Judge the proposals chosen."""
    place = Place(ask, code)
    wanted = {"document": document, "field": field, "strength": strength, "standing": standing}
    try:
        if not chosen:
            raise BadInput(
                "no proposal chosen", expected="one or more", where="form", remedy="tick what the judgement is of"
            )
        judged = matrix_proposals.judge(
            chosen,
            _verdict(verdict),
            reason,
            database_url=ask.database_url,
            who=ask.who,
            state=place.code,
            made_from=number_of(made_from, "made_from"),
        )
    except (BadInput, Conflict) as error:
        return _shown(ask, code, wanted, error=error, chosen=chosen, verdict=verdict, reason=reason, seen=made_from)
    kept = "&".join(f"{name}={value}" for name, value in wanted.items() if value)
    return go(f"{place.address}/matrix/proposals?{kept}&done={len(judged.proposals)}")


def _shown(
    ask: Ask,
    code: str,
    wanted: dict[str, str],
    *,
    page: int = 1,
    done: str = "",
    error: BadInput | Conflict | None = None,
    chosen: list[str] | None = None,
    verdict: str = "accepted",
    reason: str = "",
    seen: str = "",
) -> Response:
    place, t = Place(ask, code), ask.t
    everything = matrix_proposals.kept_proposals(
        database_url=ask.database_url,
        who=ask.who,
        document=wanted["document"] or None,
        field=wanted["field"] or None,
        strength=_strength(wanted["strength"]),
        state=place.code,
    )
    standing = wanted["standing"] if wanted["standing"] in STANDINGS else "awaiting"
    found = [one for one in everything if standing == "all" or (one.judgement is None) == (standing == "awaiting")]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    rows, _ = matrix.versions(place.code, database_url=ask.database_url, who=place.who)
    captions = {f.field: f.caption(ask.language) for one in reference.templates() for f in one.fields}
    documents = {one.document: one.citation.removesuffix(f", {one.article}") for one in everything}
    return desk.show(
        ask,
        "proposals.html",
        title=t("Proposals"),
        crumbs=place.below_matrix,
        table=table(
            f"{place.code}-proposals",
            f"{place.name}: {t('Proposals')}",
            [
                ("id", t("Id")),
                ("field", t("Field")),
                ("name", t("Measure")),
                ("code", t("Code")),
                ("citation", t("Citation")),
                ("passage", t("Passage")),
                ("strength", t("Strength")),
                ("confidence", t("Confidence")),
                ("proposed_by", t("Proposed by")),
                ("judgement", t("Judgement")),
                ("judged_by", t("Judged by")),
                ("reason", t("Reason")),
            ],
            (_line(one, captions, Words(t)) for one in found),
        ),
        place=place,
        proposals=found[(page - 1) * PAGE : page * PAGE],
        number=len(found),
        page=page,
        pages=pages,
        wanted=wanted | {"standing": standing},
        documents=documents,
        captions=captions,
        words=Words(t),
        verdicts=VERDICTS,
        standings=[("awaiting", t("awaiting a judgement")), ("judged", t("judged")), ("all", t("all"))],
        made_from=rows[0].number if rows else None,
        done=int(done) if done.isascii() and done.isdigit() and len(done) < 7 else 0,
        error=error,
        chosen=chosen or [],
        verdict=verdict,
        reason=reason,
        seen=seen if isinstance(error, Conflict) else "",
        status=status_of(error) if error else 200,
    )


def _line(one: Proposal, captions: dict[str, str], words: Words) -> tuple[str | None, ...]:
    judged = one.judgement
    return (
        one.id,
        one.field,
        captions.get(one.field, one.field),
        one.code,
        one.citation,
        one.text,
        words.strength(one.strength),
        words.confidence(one.confidence),
        one.proposed_by,
        words.verdict(judged.verdict) if judged else None,
        judged.by if judged else None,
        judged.reason if judged else None,
    )


def _verdict(written: str) -> Verdict:
    for known in VERDICTS:
        if written == known:
            return known
    raise BadInput(f"verdict {written!r}", expected="one of " + ", ".join(VERDICTS), where="form", remedy="choose one")


def _strength(written: str) -> Strength | None:
    for known in get_args(Strength):
        if written == known:
            return known  # type: ignore[no-any-return]
    if written:
        raise UnknownCode(
            f"strength {written!r}", expected="explicit or implied", where="strength", remedy="choose one"
        )
    return None
