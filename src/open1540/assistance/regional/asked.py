"""What a regional programme is asked to do: needs, practice, offers, formats, limits and how aims are weighed."""

import datetime as dt
from typing import Any, Literal

import msgspec

from open1540 import reference
from open1540.assistance.records import Offer
from open1540.reference import Format

Regions = Literal["m49_region", "m49_subregion", "regional_group"]
Aim = Literal["needs", "equity", "cost", "travel"]


class Need(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a State has not recorded under a theme, or asks for.

    Attributes:
        weight: how much it counts; the user's choice.
        source: where it is written: a version of the matrix, a request.
        fields: matrix fields concerned; types: kinds of assistance asked for, any where it is empty.
    """

    state: str
    theme: str
    source: str
    weight: float = 1.0
    fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


class Practice(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Fields of a theme a State has recorded, with what it cites: something others can learn from, and no mark."""

    state: str
    theme: str
    citation: str
    fields: tuple[str, ...] = ()


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days within which meetings can be held; a State is at one meeting at most within a block."""

    id: str
    since: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        """Its length, first and last day counted."""
        return (self.until - self.since).days + 1


class Limits(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a plan must keep to.

    Attributes:
        budget: in the currency of the costs; None for no limit.
        events: most events; events_at_least: fewest.
        per_state: most events one State takes part in.
        experts: how many can be sent at the same time, that is within a block.
        languages: working languages that can be interpreted; per_event: most working languages of one event.
        themes_per_event: most themes one event treats.
        practices: fewest States with practice on record under a theme of the event.
        hosts: States willing to host; None where any may be asked.
        include: States that must take part in one event at least.
        share_at_least: share of the weight of needs to be met in every region, from 0 to 1.
    """

    events: int
    budget: float | None = None
    events_at_least: int = 1
    per_state: int = 2
    experts: int | None = None
    languages: tuple[str, ...] = ("ar", "en", "es", "fr", "ru", "zh")
    per_event: int = 2
    themes_per_event: int = 3
    practices: int = 1
    hosts: tuple[str, ...] | None = None
    include: tuple[str, ...] = ()
    share_at_least: float = 0.0


class Weights(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How aims are weighed against each other, or in which order they are taken.

    Each is measured so that one is a lot: the share of all needs met, the least share over the regions, the share of the budget
    spent (of the cost of needs as met, without a budget: one for each ``cost_unit``), travel by ``travel_unit`` kilometres.

    Attributes:
        in_order: aims one after the other instead; each gives up ``tolerance`` of its best for those after it.
    """

    needs: float = 1.0
    equity: float = 0.25
    cost: float = 0.02
    travel: float = 0.02
    cost_unit: float = 1_000_000.0
    travel_unit: float = 1_000_000.0
    in_order: tuple[Aim, ...] = ()
    tolerance: float = 0.02


class Asked(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Everything a programme is worked out from.

    Attributes:
        states: ISO codes of the States it is for; themes: ids of themes, of ``facts/themes.yaml`` or the user's own.
        languages: working languages a State's officials can follow; by default the United Nations languages among the State's
            own, and ``fallback_language``, an assumption, where it has none.
        groups: further groups of States worth bringing together, such as those that face the same problems.
        regions: by which regions equity is counted and meetings are formed.
    """

    states: tuple[str, ...]
    themes: tuple[str, ...]
    needs: tuple[Need, ...]
    practices: tuple[Practice, ...]
    offers: tuple[Offer, ...]
    blocks: tuple[Block, ...]
    limits: Limits
    formats: tuple[Format, ...] = msgspec.field(default_factory=reference.event_formats)
    weights: Weights = Weights()
    languages: dict[str, tuple[str, ...]] = {}
    fallback_language: str = "en"
    groups: dict[str, tuple[str, ...]] = {}
    regions: Regions = "m49_region"

    def spoken(self, state: str) -> tuple[str, ...]:
        """Working languages the officials of a State can follow."""
        if state in self.languages:
            return self.languages[state]
        own = reference.state(state).un_languages
        return tuple(own.split(";")) if own else (self.fallback_language,)

    def region(self, state: str) -> str:
        """The region a State is counted with."""
        found: str | None = getattr(reference.state(state), self.regions)
        return found or "none"

    def format(self, format_id: str) -> Format:
        """One of the formats asked for."""
        return {one.id: one for one in self.formats}[format_id]


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A meeting of a plan.

    Attributes:
        id: such as ``E01``, in the order of days.
        format: id of the format; group: which States were looked at together; themes: what is treated.
        states: who takes part, the host too; host: where it is.
        offer: id of the offer of the provider; None where the States give it themselves.
        languages: working languages; block: when.
    """

    id: str
    format: str
    group: str
    themes: tuple[str, ...]
    states: tuple[str, ...]
    host: str
    offer: str | None
    languages: tuple[str, ...]
    block: str


class Measures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a plan comes to.

    Attributes:
        met: weight of needs met; needed: of all needs.
        by_region, by_theme: weight met and needed.
        least_share: least share met over the regions.
        cost: in the currency of the costs; travel: kilometres of all delegates, there and back, as the crow flies.
        value: the aims weighed.
    """

    met: float
    needed: float
    by_region: dict[str, tuple[float, float]]
    by_theme: dict[str, tuple[float, float]]
    least_share: float
    cost: float
    travel: float
    value: float


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plan with how good it is shown to be.

    Attributes:
        gap: share of the value that may be missing to the best plan among the meetings looked at.
        bound: value no such plan exceeds; candidates: how many meetings were looked at.
        stopped: ``gap``: the gap asked for was reached; ``effort``: further tries brought nothing; ``time``: another run may give
            another plan.
    """

    events: tuple[Event, ...]
    measures: Measures
    gap: float
    bound: float
    candidates: int
    stopped: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The plan in plain values, to be kept."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept
