"""The cells of the review's tables in the reader's language: names of fields, themes, States, regions, numbers as it writes them.

Every output takes its words from here, so that none can say a thing differently. Ids stay beside the names where a file is data.
"""

import datetime as dt
from collections.abc import Callable

from babel import Locale
from babel.numbers import format_decimal, format_percent

from open1540 import reference
from open1540.interfaces.language import LOCALES, RIGHT_TO_LEFT, Translator
from open1540.reference import Template
from open1540.review import Cell, Column, Kind, Note, Table

# What parts the members of a list.
_LISTS = {"ar": "، ", "zh": "、"}
_RIGHT_TO_LEFT_MARK = "\u200f"
# Kinds whose cells are ids: data files keep the id and put the name beside it.
CODED: frozenset[Kind] = frozenset(
    (
        "field",
        "fields",
        "section",
        "weapon",
        "aspect",
        "obligation",
        "obligations",
        "theme",
        "pathway",
        "stage",
        "state",
        "states",
    )
)
NUMBERS: frozenset[Kind] = frozenset(("count", "share", "number"))
SECTIONS = {
    "I": "Instruments and memberships",
    "II": "Prohibitions",
    "III": "Accounting, securing, physical protection",
    "IV": "Borders and export control",
    "V": "Lists, assistance, outreach",
}


class Words:
    """Names things of one template in one language, as of a day."""

    def __init__(self, translator: Translator, template: Template, on: dt.date) -> None:
        self.t = translator
        self.language = translator.language
        self.right_to_left = self.language in RIGHT_TO_LEFT
        self._on = on
        self._locale = Locale.parse(LOCALES[self.language])
        self._fields = {field.field: field for field in template.fields}
        self._one: dict[Kind, Callable[[str], str]] = {
            "field": lambda i: self._fields[i].caption(self.language) if i in self._fields else i,
            "section": self._section,
            "weapon": lambda i: reference.matrix_word(i, self.language),
            "aspect": lambda i: reference.matrix_word(i, self.language),
            "obligation": lambda i: f"{i}: {reference.obligation(i).title(self.language)}",
            "theme": lambda i: reference.theme(i).title(self.language),
            "pathway": lambda i: reference.pathway(i).title(self.language),
            "state": self.state,
            "sources": lambda i: reference.source(i).title,
            "languages": lambda i: str(self._locale.languages[i]),
            "day": self._day,
            "remark": str,
            "citation": str,
            "code": str,
        }

    def title(self, table: Table) -> str:
        """The title of a table."""
        return self.t(table.title)

    def heading(self, column: Column) -> str:
        """The heading of a column; of one that belongs to a State, with its name."""
        told = self.t(column.heading)
        return f"{self.state(column.state)}: {told}" if column.state else told

    def note(self, note: Note) -> str:
        """A note with its values, named and written as the language does."""
        values = {name: self._value(value) for name, value in note.values.items()}
        return self.t(note.text).format(**values)

    def cell(self, kind: Kind, value: Cell) -> str:
        """A cell as a page shows it; empty where nothing is told."""
        if value is None or value == "":
            return ""
        if isinstance(value, str):
            return self.name(kind, value)
        if kind == "share":
            return str(format_percent(value, locale=self._locale))
        if kind == "number":
            return str(format_decimal(value, format="0.00", locale=self._locale))
        return self.number(value)

    def name(self, kind: Kind, told: str) -> str:
        """The name of what an id or ids stand for."""
        single = _SINGULAR.get(kind)
        if single:
            return self.listed([self.name(single, one) for one in told.split(";")])
        if kind == "sources" or kind == "languages":
            return self.listed([self._one[kind](one) for one in told.split(";")])
        return self._one.get(kind, self._text)(told)

    def brief(self, kind: Kind, told: str) -> list[str]:
        """What ids stand for, one by one and as short as a narrow column of a page wants it."""
        single = _SINGULAR.get(kind, kind)
        if single == "obligation":
            return [self.listed(told.split(";"))] if told else []
        return [
            self._brief_field(one) if single == "field" else self.name(single, one) for one in told.split(";") if one
        ]

    def _brief_field(self, told: str) -> str:
        field = self._fields.get(told)
        if field is None:
            return told
        marks = [reference.matrix_word(f"{field.weapon}-short", self.language)] if field.weapon else []
        marks += [self.t("law" if field.aspect == "legal" else "penalties")] if field.aspect else []
        return f"{field.title(self.language)} ({self.listed(marks)})" if marks else field.title(self.language)

    def section_of(self, field: str) -> str:
        """The section a field of the template stands in."""
        return self._fields[field].section

    def state(self, code: str) -> str:
        """The name the United Nations used for a State on the day."""
        return reference.state(code).name(self.language, self._on)

    def number(self, value: float) -> str:
        """A number with the language's marks."""
        return str(format_decimal(value, locale=self._locale))

    def marks(self) -> dict[str, str]:
        """The language's decimal and thousands marks, as charts take them."""
        decimal = str(format_decimal(0.5, format="0.0", locale=self._locale))[1]
        return {"decimal": decimal, "thousands": str(format_decimal(10_000, locale=self._locale))[2:-3]}

    def percent(self, value: float | None) -> str:
        """A share as a percentage; unknown where there is none."""
        return self.cell("share", value) or self.t("unknown")

    def listed(self, told: list[str]) -> str:
        """Several things one after the other."""
        return _LISTS.get(self.language, ", ").join(told)

    def led(self, text: str) -> str:
        """A text that begins in Latin letters but runs as the language does."""
        return _RIGHT_TO_LEFT_MARK + text if self.right_to_left else text

    def _text(self, told: str) -> str:
        return self.t(told) if any(sign.isalpha() for sign in told) else told

    def _section(self, told: str) -> str:
        main, _, weapon = told.partition("-")
        name = f"{main}. {self.t(SECTIONS[main])}"
        return f"{name} · {reference.matrix_word(weapon, self.language)}" if weapon else name

    def _day(self, told: str) -> str:
        return self.t.date(told)

    def _value(self, value: str | float | dt.date | tuple[str, ...]) -> str:
        if isinstance(value, tuple):
            return self.listed([self.state(code) for code in value])
        if isinstance(value, dt.date):
            return self.t.date(value)
        return value if isinstance(value, str) else self.number(value)


_SINGULAR: dict[Kind, Kind] = {
    "fields": "field",
    "states": "state",
    "regions": "region",
    "obligations": "obligation",
}
