"""Which of the provisions that support a field is cited for it."""

from collections.abc import Iterator, Sequence

from open1540.documents import provisions
from open1540.documents.laws.reader import Found

_ENFORCEMENT = ".enforcement"
# One provision that both forbids and punishes is cited for both.
_ITSELF = 0.06
# A penalty for the breach of the provision cited counts for more than one for the breach of another that says the same.
_OF_CITED = 0.05
_OF_OTHER = -0.1


def chosen(found: Sequence[Found]) -> Iterator[Found]:
    """Of each field the provision that states it most directly, the first of equals; enforcement only of what is required."""
    by_field = dict[str, list[Found]]()
    for one in found:
        by_field.setdefault(one.field, []).append(one)
    required = {field: _best(candidates, None) for field, candidates in by_field.items() if not _enforces(field)}
    yield from required.values()
    for field, candidates in by_field.items():
        if not _enforces(field):
            continue
        stated = f"{field.removesuffix(_ENFORCEMENT)}.legal"
        if legal := required.get(stated):
            yield _best(candidates, legal)
        elif punished := [one for one in candidates if one.rule in provisions.required_where_punished()]:
            best = _best(punished, None)
            yield best
            yield best._replace(field=stated, strength="implied")


def _enforces(field: str) -> bool:
    return field.endswith(_ENFORCEMENT)


def _best(candidates: Sequence[Found], legal: Found | None) -> Found:
    def directness(one: Found) -> float:
        if legal is None:
            return one.direct
        if one.broken is None:
            return one.direct + (_ITSELF if one.unit.key == legal.unit.key else 0.0)
        return one.direct + (_OF_CITED if one.broken == legal.unit.key else _OF_OTHER)

    return max(candidates, key=directness)
