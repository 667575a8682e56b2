"""The review an address asks for, of a page or of the API alike; made once for all who see the same record."""

from functools import cached_property
from threading import Lock
from typing import Annotated

from cachetools import LRUCache
from fastapi import Depends, Query, Request

from open1540 import reference
from open1540.interfaces.http.asking import Asking
from open1540.interfaces.reports.review_words import Words
from open1540.review import Table, default_weights
from open1540.vocabulary import UnknownCode
from open1540.workflows import review, upkeep
from open1540.workflows.permissions import Person, seen_with_others

Asked = Annotated[str, Query(max_length=200)]
Several = Annotated[list[str], Query(max_length=30)]
_KEPT = 12


class Wanted:
    """The review an address asks for: its days, States, format and weights."""

    def __init__(
        self,
        request: Request,
        ask: Asking,
        on: Asked = "",
        against: Several = [],  # noqa: B006 - read only
        region: Several = [],  # noqa: B006
        states: Asked = "",
        template: Asked = "",
        map: Several = [],  # noqa: B006
    ) -> None:
        self.ask = ask
        self.on, self.template = on or None, template or None
        self.against = tuple(day for day in against if day)
        self.regions = tuple(name for name in region if name)
        self.states = tuple(code.strip() for code in states.split(",") if code.strip())
        self.maps = tuple(one for one in map if one) or review.DEFAULT_MAP
        given = {name: request.query_params.get(f"weight-{name.replace(' ', '-')}") for name in default_weights()}
        self.weights = review.weights_named({name: value for name, value in given.items() if value})

    @property
    def query(self) -> str:
        """What an address that asks for the same review ends in."""
        return f"?{self.ask.request.url.query}" if self.ask.request.url.query else ""

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What the review depends on: the record, the day, whose eyes, and all that is asked."""
        changes, day = upkeep.changes(database_url=self.ask.database_url), upkeep.today()
        asked = self.on, self.against, self.regions, self.states, self.template, self.maps
        role = seen_with_others(self.ask.who).role
        return id(self.ask.request.app), changes, day, role, asked, tuple(self.weights.items())

    @cached_property
    def made(self) -> review.Reviewed:
        """The review; made once for all who see the same record."""
        with _making:
            if self.key not in _reviews:
                _reviews[self.key] = self._make(seen_with_others(self.ask.who))
            return _reviews[self.key]

    @cached_property
    def words(self) -> Words:
        """Names for what the review tells of, in the reader's language."""
        return Words(self.ask.t, reference.template(self.made.asked.template), self.made.asked.on)

    def table(self, table_id: str) -> Table:
        """One answer. Raises UnknownCode where the review has none of this id."""
        found = next((table for table in self.made.tables if table.id == table_id), None)
        if found is None:
            raise UnknownCode(
                f"table {table_id!r}",
                expected="one of " + ", ".join(table.id for table in self.made.tables),
                where="review",
                remedy="choose one of these",
            )
        return found

    def _make(self, who: Person) -> review.Reviewed:
        return review.comprehensive(
            database_url=self.ask.database_url,
            who=who,
            on=self.on,
            against=self.against,
            regions=self.regions,
            states=self.states,
            template=self.template,
            weights=self.weights,
            maps=self.maps,
        )


Wanting = Annotated[Wanted, Depends(Wanted)]
_reviews: LRUCache[object, review.Reviewed] = LRUCache(_KEPT)
_making = Lock()
