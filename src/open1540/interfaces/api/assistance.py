"""Assistance: requests with their steps, offers, activities, matches, what is due; written with the number that was seen."""

import base64
import binascii
import datetime as dt
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Body, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from open1540.assistance.clarity import Advice
from open1540.assistance.procedure import Due
from open1540.assistance.records import Activity, Feedback, Offer, Request, Taken
from open1540.interfaces.api.endpoints import Endpoints, PageNumber, PageSize
from open1540.interfaces.http import exchange_files, letter_files
from open1540.interfaces.http.asking import Ask, Asking
from open1540.interfaces.http.weighing import Weighed
from open1540.reference.letters import BRIEFING
from open1540.vocabulary import BadInput
from open1540.workflows import assistance_exchange as exchange
from open1540.workflows import assistance_letters as letters_flow
from open1540.workflows import assistance_matching as matching
from open1540.workflows import assistance_offers as offers_flow
from open1540.workflows import assistance_requests as flow
from open1540.workflows import assistance_statistics as statistics
from open1540.workflows.assistance_exchange import Preview
from open1540.workflows.assistance_letters import Offered
from open1540.workflows.assistance_matching import Doubled, GapMatches, OfferMatches, RequestMatches, Unanswered
from open1540.workflows.assistance_offers import ActivityDetail, OfferDetail
from open1540.workflows.assistance_requests import Detail, Shown
from open1540.workflows.assistance_statistics import Recorded, Statistics

door = Endpoints("assistance")
R = TypeVar("R", bound=msgspec.Struct)
Filter = Annotated[str, Query(max_length=200)]
AHEAD = 92
LONGEST_AHEAD = 3660


class Advised(msgspec.Struct, frozen=True):
    """What would make a request clearer; none where others can act on it."""

    advice: tuple[Advice, ...]


class StepAsked(BaseModel):
    """A step to be entered."""

    model_config = ConfigDict(extra="forbid")
    step: str = Field(max_length=40)
    seen: int = Field(
        ge=0, le=1_000_000, description="How many steps were seen; 409 where somebody entered one meanwhile."
    )
    on: dt.date | None = Field(None, description="The day on which it happened; today at Headquarters when left out.")
    reason: str = Field("", max_length=2000)
    offer: str | None = Field(None, max_length=40)


class FeedbackAsked(BaseModel):
    """What a side says of the assistance given."""

    model_config = ConfigDict(extra="forbid")
    side: Literal["requester", "provider"]
    met: Literal["yes", "in part", "no", "too early"]
    text: str = Field("", max_length=20_000)
    offer: str | None = Field(None, max_length=40)


class Letters(msgspec.Struct, frozen=True):
    """Letters that go with a request as it stands."""

    letters: tuple[Offered, ...]


class RecordedSince(msgspec.Struct, frozen=True):
    """What matrices recorded when requests were sent and now; it shows no cause."""

    requests: tuple[Recorded, ...]


class KeptRows(msgspec.Struct, frozen=True):
    """Ids of the records that were made of rows."""

    ids: tuple[str, ...]


class ListGiven(BaseModel):
    """A list of offers or activities, and how it is to be read."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=240, description="Name of the file, with its ending.")
    content: str = Field(max_length=exchange_files.LARGEST * 4 // 3 + 4, description="The file, in base64.")
    mapping: dict[int, str] | None = Field(
        None, description="Ids of columns by number of the column; guessed when left out."
    )
    table: int | None = Field(None, ge=1, description="Number of the sheet.")
    provider: str = Field("", max_length=2000, description="Of all rows, where the list does not say.")
    rows: list[int] | None = Field(None, max_length=20_000, description="Numbers of the rows to keep.")


@door.lists("/assistance/requests", "read", Shown)
def requests(
    ask: Asking,
    state: Filter = "",
    theme: Filter = "",
    type: Filter = "",
    weapon: Filter = "",
    region: Filter = "",
    standing: Filter = "",
    q: Filter = "",
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[Shown, ...]:
    """The requests the role is shown; of those posted for everyone others see the summary alone."""
    asked = flow.Asked(state.upper(), theme, type, weapon, region, standing, q)
    return flow.requests(database_url=ask.database_url, who=ask.who, asked=asked)


@door.gives("/assistance/requests", "request", Request, methods=("POST",), status=201)
def new_request(ask: Asking, written: Annotated[dict[str, Any], Body()]) -> Request:
    """Keep a draft, or a request written anew: with its id and the number that was seen."""
    return flow.keep_request(as_record(Request, written), database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/advice", "request", Advised, methods=("POST",))
def advise(ask: Asking, written: Annotated[dict[str, Any], Body()]) -> Advised:
    """What would make a request clearer; nothing is kept."""
    return Advised(flow.advice(as_record(Request, written)))


@door.gives("/assistance/requests/{request}", "read", Detail, keep=False)
def request(ask: Asking, request: str) -> Detail:
    """A request with its steps, what may follow, what would make it clearer, and feedback."""
    return flow.request(request, database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/requests/{request}/steps", "request-step", Taken, methods=("POST",), status=201)
def step(ask: Asking, request: str, asked: Annotated[StepAsked, Body()]) -> Taken:
    """Enter a step of the procedure; nothing is sent by it."""
    return flow.take_step(
        request,
        asked.step,
        database_url=ask.database_url,
        who=ask.who,
        seen=asked.seen,
        on=asked.on,
        reason=asked.reason,
        offer=asked.offer,
    )


@door.gives("/assistance/requests/{request}/feedback", "feedback", Feedback, methods=("POST",), status=201)
def feedback(ask: Asking, request: str, asked: Annotated[FeedbackAsked, Body()]) -> Feedback:
    """Keep what a side says of the assistance given."""
    return flow.give_feedback(
        request, asked.side, asked.met, asked.text, database_url=ask.database_url, who=ask.who, offer=asked.offer
    )


@door.gives("/assistance/requests/{request}/matches", "match", RequestMatches)
def matches(ask: Asking, request: str, weighed: Weighed) -> RequestMatches:
    """Offers for a request, each with its reasons for and against."""
    return matching.of_request(request, database_url=ask.database_url, who=ask.who, weights=weighed.numbers)


@door.gives("/assistance/gaps/{code}/matches", "match", GapMatches)
def gap_matches(ask: Asking, code: str, weighed: Weighed) -> GapMatches:
    """Offers for what a State's matrix leaves without a record; that is no finding on what the State has done."""
    return matching.of_gaps(code, database_url=ask.database_url, who=ask.who, weights=weighed.numbers)


@door.gives("/assistance/unmet", "match", Unanswered)
def unmet(ask: Asking, weighed: Weighed) -> Unanswered:
    """What nobody offers, by theme; no State is named."""
    return matching.unmet(database_url=ask.database_url, who=ask.who, weights=weighed.numbers)


@door.gives("/assistance/doubled", "match", Doubled)
def doubled(ask: Asking) -> Doubled:
    """Offers and activities that may be on record twice."""
    return matching.doubled(database_url=ask.database_url, who=ask.who)


@door.files("/assistance/{listed}/export.{form}", "read", tuple(exchange_files.MEDIA.values()))
def export(
    ask: Asking,
    listed: Literal["offers", "activities"],
    form: str,
    theme: Filter = "",
    type: Filter = "",
    weapon: Filter = "",
    state: Filter = "",
    language: Filter = "",
    q: Filter = "",
    all: bool = False,
) -> Response:
    """Offers or activities in the form others can import: csv, xlsx, json, or xml after IATI."""
    asked = offers_flow.Asked(theme, type, weapon, state.upper(), language, q, all)
    return exchange_files.as_file(ask, "offer" if listed == "offers" else "activity", form, asked)


@door.lists("/assistance/offers", "read", Offer)
def offers(
    ask: Asking,
    theme: Filter = "",
    type: Filter = "",
    weapon: Filter = "",
    state: Filter = "",
    language: Filter = "",
    q: Filter = "",
    all: bool = False,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[Offer, ...]:
    """Offers by filters; withdrawn ones with ``all``."""
    asked = offers_flow.Asked(theme, type, weapon, state.upper(), language, q, all)
    return offers_flow.offers(database_url=ask.database_url, who=ask.who, asked=asked)


@door.gives("/assistance/offers", "offer", Offer, methods=("POST",), status=201)
def new_offer(ask: Asking, written: Annotated[dict[str, Any], Body()]) -> Offer:
    """Keep an offer, or one written anew: with its id and the number that was seen; ``withdrawn`` withdraws it."""
    return offers_flow.keep_offer(as_record(Offer, written), database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/offers/{offer}", "read", OfferDetail)
def offer(ask: Asking, offer: str) -> OfferDetail:
    """An offer with its earlier numbers and the requests it was passed on for."""
    return offers_flow.offer(offer, database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/offers/{offer}/matches", "match", OfferMatches)
def offer_matches(ask: Asking, offer: str, weighed: Weighed) -> OfferMatches:
    """Requests an offer may serve, among those the role is shown."""
    return matching.of_offer(offer, database_url=ask.database_url, who=ask.who, weights=weighed.numbers)


@door.lists("/assistance/activities", "read", Activity)
def activities(
    ask: Asking,
    theme: Filter = "",
    type: Filter = "",
    weapon: Filter = "",
    state: Filter = "",
    language: Filter = "",
    q: Filter = "",
    all: bool = False,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[Activity, ...]:
    """Activities planned or held, in the order of their days; cancelled ones with ``all``."""
    asked = offers_flow.Asked(theme, type, weapon, state.upper(), language, q, all)
    return offers_flow.activities(database_url=ask.database_url, who=ask.who, asked=asked)


@door.gives("/assistance/activities/{activity}", "read", ActivityDetail)
def activity(ask: Asking, activity: str) -> ActivityDetail:
    """An activity with its earlier numbers, and what else is planned or held near it."""
    return offers_flow.activity(activity, database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/activities", "activity", Activity, methods=("POST",), status=201)
def new_activity(ask: Asking, written: Annotated[dict[str, Any], Body()]) -> Activity:
    """Keep an activity, or one written anew: with its id and the number that was seen."""
    return offers_flow.keep_activity(as_record(Activity, written), database_url=ask.database_url, who=ask.who)


@door.lists("/assistance/due", "match", Due)
def due(
    ask: Asking,
    days: Annotated[int, Query(ge=0, le=LONGEST_AHEAD)] = AHEAD,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> tuple[Due, ...]:
    """What falls due within so many days, the overdue first."""
    today = flow.today()
    return flow.due(database_url=ask.database_url, who=ask.who, until=today + dt.timedelta(days=days), on=today)


@door.gives("/assistance/statistics", "read", Statistics)
def figures(ask: Asking) -> Statistics:
    """Figures on the requests the role is shown; numbers too small to be told without naming a State are withheld."""
    return statistics.figures(database_url=ask.database_url, who=ask.who)


@door.gives("/assistance/statistics/since", "read", RecordedSince)
def recorded_since(ask: Asking) -> RecordedSince:
    """What matrices recorded in the fields requests are about, when these were sent and now; it shows no cause."""
    return RecordedSince(statistics.recorded_since(database_url=ask.database_url, who=ask.who))


@door.gives("/assistance/requests/{request}/letters", "letter", Letters)
def letters(ask: Asking, request: str) -> Letters:
    """The letters that go with a request as it stands."""
    return Letters(letters_flow.offered(request, database_url=ask.database_url, who=ask.who))


@door.files("/assistance/requests/{request}/letters/{letter}.{paper}", "letter", tuple(letter_files.MEDIA.values()))
def letter(
    ask: Asking,
    request: str,
    letter: str,
    paper: str,
    offer: Filter = "",
    to: Filter = "",
    language: Filter = "",
) -> Response:
    """The draft of a letter as docx, pdf or txt, in one of the six languages; nothing is sent."""
    facts = letters_flow.facts(request, letter, database_url=ask.database_url, who=ask.who, offer=offer or None)
    return letter_files.as_file(letter, facts, paper, language or ask.language, to, name=f"{request}-{letter}")


@door.files("/assistance/briefing.{paper}", "letter", tuple(letter_files.MEDIA.values()))
def briefing(ask: Asking, paper: str, language: Filter = "") -> Response:
    """The draft of the note with which the experts brief the Committee every two months, as docx, pdf or txt."""
    made = letters_flow.briefing(database_url=ask.database_url, who=ask.who)
    return letter_files.as_file(
        BRIEFING, made.facts, paper, language or ask.language, counts=made.counts, name="briefing"
    )


@door.gives("/assistance/{listed}/preview", "offer", Preview, methods=("POST",))
def preview(ask: Asking, listed: Literal["offers", "activities"], asked: Annotated[ListGiven, Body()]) -> Preview:
    """What a list as CSV or XLSX would bring, row by row; nothing is kept."""
    return _preview(ask, listed, asked)


@door.gives("/assistance/{listed}/import", "offer", KeptRows, methods=("POST",), status=201)
def import_rows(ask: Asking, listed: Literal["offers", "activities"], asked: Annotated[ListGiven, Body()]) -> KeptRows:
    """Keep rows of a list as new records, all or none; every row without a problem where none are named."""
    shown = _preview(ask, listed, asked)
    rows = shown.sound if asked.rows is None else asked.rows
    return KeptRows(
        tuple(one.id for one in exchange.keep_rows(shown, rows, database_url=ask.database_url, who=ask.who))
    )


def _preview(ask: Ask, listed: str, asked: ListGiven) -> Preview:
    try:
        data = base64.b64decode(asked.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput(
            "content that is no base64", expected="the bytes of the file in base64", where="content", remedy="encode it"
        ) from error
    return exchange.preview(
        data,
        asked.name,
        "offer" if listed == "offers" else "activity",
        database_url=ask.database_url,
        who=ask.who,
        mapping=asked.mapping,
        table=asked.table,
        provider=asked.provider,
    )


def as_record(record: type[R], written: dict[str, Any]) -> R:
    """A record as JSON gives it; what the store gives itself is left to it. Raises BadInput for one that is none."""
    try:
        return msgspec.convert(written, type=record)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"JSON that is no {record.__name__.lower()} ({error})",
            expected=f"the parts of {record.__name__} in the OpenAPI document",
            where="body",
            remedy="correct the part named",
        ) from error
