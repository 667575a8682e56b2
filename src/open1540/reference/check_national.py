"""Are the facts of the national side sound: a question and a suggestion for every theme, in six languages?"""

from collections.abc import Iterator

from open1540.reference.assistance import assistance_providers
from open1540.reference.labels import LANGUAGES
from open1540.reference.national import PLANS, QUESTIONS, TREATIES, Suggestions, questions, suggestions
from open1540.reference.themes import themes


def check_national(said: Suggestions | None = None) -> Iterator[str]:
    """The problems of these files, or of other suggestions, as sentences."""
    said, asked = said or suggestions(), questions()
    wanted = {TREATIES, *(theme.id for theme in themes())}
    for file, known in ((PLANS, {one.id for one in said.themes}), (QUESTIONS, set(asked))):
        yield from (f"{file}: the theme {one} is missing" for one in sorted(wanted - known))
        yield from (f"{file}: {one} is no theme" for one in sorted(known - wanted))
    for file, texts in ((PLANS, said.authorities), (PLANS, said.steps), (PLANS, said.indicators), (QUESTIONS, asked)):
        for key, by_language in texts.items():
            missing = [language for language in LANGUAGES if not by_language.get(language)]
            yield from (f"{file}: {key} has no words in {language}" for language in missing)
    providers = {provider.provider for provider in assistance_providers()}
    for one in said.themes:
        yield from (
            f"{PLANS}: {one.id}: authority {a!r} is unknown" for a in one.authorities if a not in said.authorities
        )
        yield from (f"{PLANS}: {one.id}: step {step!r} is unknown" for step in one.steps if step not in said.steps)
        yield from (f"{PLANS}: {one.id}: provider {p!r} is not on record" for p in one.offers if p not in providers)
        if one.indicator not in said.indicators:
            yield f"{PLANS}: {one.id}: indicator {one.indicator!r} is unknown"
