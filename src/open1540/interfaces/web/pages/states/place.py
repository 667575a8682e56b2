"""The desk, and what every page below a State begins with: the State asked about, the way down to the page, who asks."""

from typing import Annotated

from fastapi import Form, Query

from open1540 import reference
from open1540.interfaces.http.asking import Ask
from open1540.interfaces.web.desk import Desk
from open1540.matrix.sheet_words import step_word
from open1540.reference import State
from open1540.vocabulary import BadInput
from open1540.workflows.permissions import Person, seen_of

desk = Desk("states", "States", "/states")
Written = Annotated[str, Form(max_length=20_000)]
Asked = Annotated[str, Query(max_length=200)]


class Place:
    """A State as the pages below it speak of it.

    Attributes:
        who: the person asking, as one who asks about this State.
        crumbs: the way down to the State's own page.
    """

    def __init__(self, ask: Ask, code: str) -> None:
        self.ask, self.state = ask, reference.state(code)
        self.code = self.state.iso3
        self.name = self.state.name(ask.language)
        self.who: Person = seen_of(ask.who, self.code)
        self.address = f"/states/{self.code}"
        self.crumbs = [(ask.t("States"), "/states"), (self.name, self.address)]

    @property
    def below_matrix(self) -> list[tuple[str, str]]:
        """The way down to the State's matrix."""
        return [*self.crumbs, (self.ask.t("Matrix"), f"{self.address}/matrix")]


def states_by_name(language: str) -> list[State]:
    """All States by their names."""
    return sorted(reference.states(), key=lambda state: reference.labels.folded(state.name(language)))


def step_in(step: str, ask: Ask) -> str:
    """A step of a version in the reader's language."""
    return step_word(step, ask.language)


def number_of(written: str, what: str) -> int | None:
    """A number of a version as an address or a form has it, ``3`` or ``v3``; None where it has none."""
    told = written.strip().removeprefix("v")
    if not told:
        return None
    if not (told.isascii() and told.isdigit()) or len(told) > 9:
        raise BadInput(
            f"version {written!r}",
            expected="a number such as 3",
            where=what,
            remedy="choose one of the versions listed",
        )
    return int(told)
