"""The header lines of a printed matrix: State, dates, version and what else stands above its sections."""

import datetime as dt
import re
from collections.abc import Callable

from open1540 import reference
from open1540.documents import dates
from open1540.matrix.record import STEPS, Header
from open1540.matrix.sheet import Heading
from open1540.matrix.sheet_words import header_names, plain, steps_by_word
from open1540.reference import Template
from open1540.vocabulary import UnknownCode

# What is expected where a file names a State nobody knows.
A_STATE = "a State by its name or ISO code"
_STATE = re.compile(r"\(([A-Z]{3})\)\s*$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class HeadLines:
    """Header lines as they are met in a file, each with its place, and what they say together.

    Arguments:
        state, template: asked for by the user, the state None where the file is to tell.
        problem: told of every line that is not understood: where it stands, what was found, what was expected.
    """

    def __init__(self, state: str | None, template: Template, problem: Callable[[str, str, str], None]) -> None:
        self._state, self._template, self._problem = state, template, problem
        self._facts: dict[str, tuple[str, str]] = {}

    def add(self, label: str, value: str, where: str) -> bool:
        """Take a line for a header line; whether it is one."""
        name = header_names().get(plain(label))
        if name and name != "note" and value.strip():
            if name in self._facts and self._facts[name][0] != value.strip():
                self._problem(where, value, f"the same as before: {self._facts[name][0]}")
            self._facts.setdefault(name, (value.strip(), where))
        return name is not None

    def add_once(self, name: str, value: str, where: str) -> None:
        """Take what a row says of the whole matrix, as every other row must."""
        known = self._facts.setdefault(name, (value, where))
        if known[0] != value:
            self._problem(where, value, f"the same in every row: {known[0]}")

    def heading(self) -> Heading:
        """What the lines say; what they do not say is at its default."""
        told = {name: value for name, (value, _) in self._facts.items()}
        state = _STATE.search(told.get("state", ""))
        code = self._known_state(state[1] if state else told.get("state", ""))
        number = told.get("version", "")
        language = told.get("language", "en")
        return Heading(
            state=code,
            template=self._named_template(told.get("template")),
            dates=Header(
                self._day("reported"),
                tuple(self._days("addenda")),
                self._day("approved"),
            ),
            as_of=self._day("as-of"),
            step=next((step for step in STEPS if step == steps_by_word().get(plain(told.get("step", "")))), "draft"),
            number=int(number) if number.isdecimal() else None,
            language=language if language in reference.LANGUAGES else "en",
        )

    def _named_template(self, named: str | None) -> str:
        if named and named != self._template.id:
            self._problem(self._facts["template"][1], named, f"the template asked for: {self._template.id}")
        return named or self._template.id

    def _known_state(self, written: str) -> str:
        if not written:
            return self._state or ""
        try:
            code = reference.state(written).iso3
        except UnknownCode:
            self._problem(self._facts["state"][1], written, A_STATE)
            return self._state or ""
        if self._state and code != self._state:
            self._problem(self._facts["state"][1], written, f"the State asked for: {self._state}")
        return code

    def _day(self, name: str) -> dt.date | None:
        days = self._days(name)
        return days[0] if days else None

    def _days(self, name: str) -> list[dt.date]:
        """The days of a header line, written as YYYY-MM-DD or in words of any of the six languages."""
        value, where = self._facts.get(name, ("", ""))
        days = _days_in_words(value) if not _DAY.search(value) else None
        if days is None:
            days = []
            for written in (
                filter(None, re.split(r"[,;،、\s]+", value)) if _DAY.search(value) else filter(None, [value])
            ):
                try:
                    days.append(dt.date.fromisoformat(written))
                except ValueError:
                    self._problem(where, f"{name}: {written}", "a day as YYYY-MM-DD")
        return days


def _days_in_words(value: str) -> list[dt.date] | None:
    """The days a text names, and nothing beside; None where it says more, or none."""
    for language in reference.LANGUAGES:
        found = dates.days_in(value, language)
        rest, at = "", 0
        for start, end, _ in found:
            rest, at = rest + value[at : max(start, at)], end
        if found and not any(sign.isalnum() for sign in rest + value[at:]):
            return [dt.date.fromisoformat(day) for _, _, day in dict.fromkeys(found)]
    return None
