"""What would make a request clearer, in words: ids in them by their titles, days as the language writes them."""

import datetime as dt
from collections.abc import Mapping

from open1540 import reference
from open1540.assistance.clarity import Advice
from open1540.assistance.form import option_titles
from open1540.interfaces.language import Translator
from open1540.interfaces.reports.national.words import COMMAS
from open1540.reference.request_advice import advice_rule


def advice_words(advice: Advice, t: Translator) -> tuple[str, str]:
    """What is noticed, and how one could say it."""
    rule = advice_rule(advice.id)
    values = {
        name: COMMAS.get(t.language, ", ").join(_word(name, v, t) for v in found)
        for name, found in advice.values.items()
    }
    return _filled(rule.says[t.language], values), _filled(rule.suggest[t.language], values)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return text.format_map(values)


def _word(name: str, value: str, t: Translator) -> str:
    if name in ("themes", "types", "weapons", "languages"):
        titles = option_titles(name).get(value)
        return titles[t.language] if titles else value
    if name == "fields":
        return reference.matrix_field(value).caption(t.language)
    if name in ("since", "until"):
        return t.date(dt.date.fromisoformat(value))
    return value
