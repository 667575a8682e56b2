"""The user's language: interface texts, dates, and names of States, actors, topics and obligations."""

import datetime as dt
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from open1540.documents import names
from open1540.vocabulary import UnknownCode

Language = Literal["ar", "zh", "en", "fr", "ru", "es"]
LANGUAGES: tuple[str, ...] = get_args(Language)
RIGHT_TO_LEFT = frozenset({"ar"})
# United Nations documents write Arabic with Western digits, so the locale without Arabic-Indic numerals is used.
LOCALES = {"ar": "ar_TN", "zh": "zh_Hans_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}

# A page holds hundreds of days and numbers, most of them again and again.
_KEPT_WORDS = 20_000


class Translator:
    """Interface texts in one of the six languages; English texts are their own keys."""

    def __init__(self, language: str) -> None:
        """Load the language's catalogue. Raises UnknownCode for any other than the six."""
        if language not in LANGUAGES:
            raise UnknownCode(
                f"language {language!r}",
                expected="one of " + " ".join(LANGUAGES),
                where="--lang",
                remedy="choose one of the six official languages of the United Nations",
            )
        self.language = language
        self.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        self._texts = _catalogue(language)

    def __call__(self, text: str) -> str:
        """The text in this language."""
        return self._texts.get(text, text)

    def date(self, day: dt.date | str | None) -> str:
        """A day or a month in words; an uncertain one (year, range, duration) as it stands."""
        if day is None:
            return self("unknown")
        whole = not isinstance(day, str) or len(day) != len("2004-04")
        try:
            value = day if isinstance(day, dt.date) else dt.date.fromisoformat(day if whole else f"{day}-01")
        except ValueError:
            return str(day)
        if self.language == "ar":
            # The United Nations names both the months of the Levant and those of Egypt; no locale does.
            month = f"{names.wording('ar').months[value.month - 1]} {value.year}"
            return f"{value.day} {month}" if whole else month
        return _day_in(self.language, value) if whole else _month_in(self.language, value)

    def number(self, value: float) -> str:
        """A number as the language groups and points it."""
        return _number_in(self.language, value)

    def share(self, value: float | None) -> str:
        """A share of one as per cent, to a tenth; unknown where there is none."""
        if value is None:
            return self("unknown")
        return str(format_percent(value, format="#,##0.0 %", locale=_locale(self.language)))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@lru_cache(_KEPT_WORDS)
def _day_in(language: str, day: dt.date) -> str:
    return str(format_date(day, "long", _locale(language)))


@lru_cache(_KEPT_WORDS)
def _month_in(language: str, day: dt.date) -> str:
    return str(format_skeleton("yMMMM", day, locale=_locale(language)))


@lru_cache(_KEPT_WORDS)
def _number_in(language: str, value: float) -> str:
    return str(format_decimal(value, locale=_locale(language)))


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language == "en":
        return {}
    texts: dict[str, str] = {}
    for file in (files("open1540") / "interfaces" / "locale" / language).iterdir():
        with file.open("rb") as handle:
            catalogue = read_po(handle, locale=language)
        texts |= {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    return texts
