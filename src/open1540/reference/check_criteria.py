"""Are the criteria by which offers are compared sound? Every problem is a sentence."""

from collections import Counter
from collections.abc import Iterator

from open1540.reference.criteria import CRITERIA, criteria
from open1540.reference.labels import LANGUAGES


def check_criteria() -> Iterator[str]:
    """Problems of ``facts/assistance/criteria.yaml``."""
    for known, times in Counter(one.id for one in criteria()).items():
        if times > 1:
            yield f"{CRITERIA}: {known}: told {times} times"
    for one in criteria():
        if not 0 <= one.weight < float("inf"):
            yield f"{CRITERIA}: {one.id}: weight {one.weight}"
        yield from (
            f"{CRITERIA}: {one.id} has no title in {language}" for language in LANGUAGES if not one.titles.get(language)
        )
