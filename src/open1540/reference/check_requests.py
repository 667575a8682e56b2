"""Are the facts about requests for assistance sound: every text in six languages, every id known, every brace filled?"""

import re
from collections.abc import Iterable, Iterator

from open1540.reference.assistance import assistance_types
from open1540.reference.labels import LANGUAGES
from open1540.reference.request_advice import ADVICE, advice_rules, subject_areas
from open1540.reference.request_parts import PARTS, RequestForm, request_form
from open1540.reference.request_words import request_words
from open1540.reference.themes import themes
from open1540.reference.topics import topics

_VALUES = frozenset({"types", "themes", "fields", "words", "since", "until"})
_BRACES = re.compile(r"\{(\w*)\}")


def check_requests(form: RequestForm | None = None) -> Iterator[str]:
    """The problems of these files, or of another form, as sentences."""
    yield from _parts(form or request_form())
    yield from _advice()
    yield from _words()


def _parts(form: RequestForm) -> Iterator[str]:
    for key, texts in (*form.form.items(), *form.languages.items()):
        yield from _worded(f"{PARTS}: {key}", texts)
    for part in form.parts:
        for name, texts in (("label", part.labels), ("help", part.help), ("example", part.example)):
            yield from _worded(f"{PARTS}: {name} of {part.id}", texts) if texts else ()
    known = {topic.id for topic in topics()}
    told = form.topics
    named = {*told.silent, *told.faint, *told.types, *told.weapons}
    yield from (f"{PARTS}: topic {topic!r} is unknown" for topic in sorted(named - known))
    yield from _unknown(PARTS, "kind of assistance", told.types.values(), (one.id for one in assistance_types()))


def _advice() -> Iterator[str]:
    parts = {part.id for part in request_form().parts}
    types, areas = [known.id for known in assistance_types()], [theme.id for theme in themes()]
    for rule in advice_rules():
        where = f"{ADVICE}: {rule.id}"
        yield from _worded(where, rule.says)
        yield from _worded(where, rule.suggest)
        yield from _unknown(where, "part", (rule.part, *rule.lacks), parts)
        yield from _unknown(where, "kind of assistance", (*rule.types, *rule.unless_types), types)
        yield from _unknown(where, "theme", rule.unless_themes, areas)
        named = [frozenset(_BRACES.findall(text)) for text in rule.says.values()]
        yield from (f"{where}: value {one!r} is unknown" for one in sorted(frozenset[str]().union(*named) - _VALUES))
        if len(set(named)) > 1:
            yield f"{where}: the languages name different values"
        for kind in rule.without:
            missing = [lang for lang in LANGUAGES if not request_words(lang).clear.get(kind)]
            yield from (f"{where}: no words of {kind!r} in {lang}" for lang in missing)
    for area, held in subject_areas().items():
        yield from _unknown(f"{ADVICE}: area {area}", "theme", held, areas)
    lost = set(areas) - {theme for held in subject_areas().values() for theme in held}
    yield from (f"{ADVICE}: theme {theme!r} is in no area" for theme in sorted(lost))


def _words() -> Iterator[str]:
    parts = {part.id for part in request_form().parts} | {"period"}
    english = request_words("en")
    for lang in LANGUAGES:
        words, where = request_words(lang), f"language/{lang}/assistance.yaml"
        yield from _unknown(where, "part", words.lines, parts)
        yield from _unknown(where, "kind of assistance", words.types, (one.id for one in assistance_types()))
        yield from _unknown(where, "theme", words.themes, (theme.id for theme in themes()))
        for name in ("lines", "sentences", "types", "themes", "weapons", "languages", "clear"):
            missing = sorted(set(getattr(english, name)) - set(getattr(words, name)))
            yield from (f"{where}: {name} has no {one!r}, which English has" for one in missing)


def _worded(where: str, texts: dict[str, str]) -> Iterator[str]:
    yield from (f"{where} has no words in {lang}" for lang in LANGUAGES if not texts.get(lang))


def _unknown(where: str, what: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    held = set(known)
    yield from (f"{where}: {what} {one!r} is unknown" for one in named if one not in held)
