"""Are the letters and steps of assistance sound? Every problem is a sentence."""

from collections.abc import Iterator

from open1540.reference.holidays import HOLIDAYS, holidays
from open1540.reference.labels import LANGUAGES
from open1540.reference.letters import BRIEFING, LETTERS, LetterRule, Texts, letters, names_in
from open1540.reference.procedure import PROCEDURE, procedure

SATURDAY = 5


def check_letters() -> Iterator[str]:
    """Problems of ``letters.yaml``, ``procedure.yaml`` and ``holidays.csv`` in ``facts/assistance``."""
    yield from _shared()
    steps = {rule.id for rule in procedure().steps}
    for rule in letters().letters:
        if rule.step not in steps | {BRIEFING}:
            yield f"{LETTERS}: {rule.id}: step {rule.step!r} is unknown"
        yield from letter_problems(rule)
    yield from _procedure(steps)
    for holiday in holidays():
        if holiday.day.weekday() >= SATURDAY:
            yield f"{HOLIDAYS}: {holiday.day} is no working day anyway"


def _shared() -> Iterator[str]:
    told = letters()
    texts = {"caveat": told.caveat, "opening": told.opening, "closing": told.closing}
    for part in ("words", "addressees", "consents", "questions"):
        texts |= {f"{part}: {name}": by_language for name, by_language in getattr(told, part).items()}
    for what, by_language in texts.items():
        yield from _worded(what, by_language)
    missing = {"state", "organisation", "provider", "providers", "committee"} - set(told.addressees)
    yield from (f"{LETTERS}: no addressee {one!r}" for one in sorted(missing))
    named = [told.opening, told.closing, *told.addressees.values()]
    yield from (f"{LETTERS}: no question for {one!r}" for one in _without_question(named))


def letter_problems(rule: LetterRule) -> Iterator[str]:
    """Problems of one letter: languages it lacks, places that differ between them, values nobody could ask for."""
    yield from _worded(f"{rule.id}: title", rule.titles)
    yield from _worded(f"{rule.id}: subject", rule.subject)
    whole = {lang: "\n".join(paragraphs) for lang, paragraphs in rule.paragraphs.items()}
    yield from _worded(f"{rule.id}: paragraphs", whole)
    if len({len(paragraphs) for paragraphs in rule.paragraphs.values()}) > 1:
        yield f"{LETTERS}: {rule.id}: not as many paragraphs in each language"
    yield from (f"{LETTERS}: {rule.id}: no question for {one!r}" for one in _without_question([rule.subject, whole]))


def _worded(what: str, texts: Texts) -> Iterator[str]:
    yield from (f"{LETTERS}: {what} is not worded in {language}" for language in LANGUAGES if not texts.get(language))
    named = {language: frozenset(names_in(text)) for language, text in texts.items()}
    for language, names in named.items():
        if names != named.get("en", names):
            yield f"{LETTERS}: {what} has other places for values in {language} than in en"


def _without_question(texts: list[Texts]) -> list[str]:
    named = {name for by_language in texts for text in by_language.values() for name in names_in(text)}
    return sorted(named - set(letters().questions))


def _procedure(steps: set[str]) -> Iterator[str]:
    for rule in procedure().steps:
        named = {*rule.after, *rule.unless, *(term.after for term in (rule.wait, rule.due) if term)}
        yield from (f"{PROCEDURE}: {rule.id}: step {one!r} is unknown" for one in sorted(named - steps))
        yield from (f"{PROCEDURE}: {rule.id} has no title in {lang}" for lang in LANGUAGES if lang not in rule.titles)
