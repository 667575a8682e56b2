"""Search what is kept, in all six languages at once."""

from collections.abc import Iterable, Set
from functools import cache

import msgspec

from open1540 import reference
from open1540.store import Found
from open1540.workflows.database import opened


class SearchAnswer(msgspec.Struct, frozen=True):
    """What a search looked for and found.

    Attributes:
        topics: the topics the query names; their labels in the other languages were searched too.
        phrases: everything looked for, the user's own words first.
        more: whether there are more passages than were asked for.
    """

    query: str
    topics: tuple[str, ...]
    phrases: tuple[str, ...]
    found: tuple[Found, ...]
    more: bool = False


def search(
    query: str,
    *,
    database_url: str | None,
    languages: Iterable[str] | None = None,
    limit: int = 50,
    among: Set[str] | None = None,
) -> SearchAnswer:
    """Passages that hold the query, or that name the same topic in another language.

    Arguments:
        query: words in any of the six languages.
        languages: restrict to documents in these; None for all.
        limit: most passages returned.
        among: ids of the documents searched; None for all.
    """
    topics = tuple(topic.id for topic in reference.find_topics(query))
    phrases = tuple(dict.fromkeys([query, *(label for label, _ in labels(topics))]))
    with opened(database_url) as store:
        found = tuple(store.search(phrases, languages=languages, limit=limit + 1, among=among))
    return SearchAnswer(query, topics, phrases, found[:limit], more=len(found) > limit)


def labels(topics: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Every label of the topics in the six languages, with its topic."""
    wanted = set(topics)
    return (pair for pair in _all_labels() if pair[1] in wanted)


@cache
def _all_labels() -> tuple[tuple[str, str], ...]:
    return tuple((label, topic) for one in reference.LANGUAGES for label, topic, _ in reference.topic_labels(one))
