"""Reads the package's facts: CSV tables and YAML trees into typed, immutable records."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import msgspec
import yaml

from open1540.vocabulary import FactsError, Source

T = TypeVar("T")
FACTS = files("open1540") / "facts"


def rows(path: str, record: type[T]) -> tuple[T, ...]:
    """The rows of a CSV table under ``facts/`` as records; an empty cell is ``None``.

    Raises FactsError naming the line where a column is unknown, missing or of the wrong type.
    """
    header, *lines = cells(path)
    try:
        table = [dict(zip(header, (cell or None for cell in line), strict=True)) for line in lines]
        return tuple(msgspec.convert(table, list[record], strict=False))  # type: ignore[valid-type]
    except (msgspec.ValidationError, ValueError) as error:
        raise _broken(path, error) from error


def cells(path: str) -> list[list[str]]:
    """A CSV table under ``facts/`` as it stands, its header first."""
    return list(csv.reader(io.StringIO((FACTS / path).read_text(encoding="utf-8"), newline="")))


def outline(path: str) -> tuple[dict[str, str], list[str]]:
    """The plain values at the top of a YAML file under ``facts/``, and every key that stands twice in one mapping.

    Reading the file itself takes the last of two equal keys without a word.
    """
    root = yaml.compose((FACTS / path).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return {}, []
    top = {key.value: value.value for key, value in root.value if isinstance(value, yaml.ScalarNode)}
    return top, list(_repeated(root))


def _repeated(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        counts = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        yield from (key for key, count in counts.items() if count > 1)
        for _, value in node.value:
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated(value)


def tree(path: str, record: type[T]) -> T:
    """A YAML file under ``facts/`` as one record. Raises FactsError naming the place of a wrong value."""
    try:
        return msgspec.convert(_yaml(path), record)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise _broken(path, error) from error


class _Source(Source, frozen=True, forbid_unknown_fields=True):
    """A source as a table defines it."""


@cache
def sources() -> dict[str, Source]:
    """Every source the facts refer to, by id. Raises FactsError where an id is used twice."""
    found: dict[str, Source] = {}
    for name in paths("sources", ".csv"):
        for source in rows(name, _Source):
            if source.id in found:
                raise _broken(name, f"source {source.id!r} is defined twice")
            found[source.id] = source
    return found


def source(source_id: str) -> Source:
    """The source with this id. Raises FactsError where no table of ``facts/sources`` defines it."""
    try:
        return sources()[source_id]
    except KeyError:
        raise _broken("sources", f"source {source_id!r} is not defined") from None


def paths(folder: str, suffix: str) -> tuple[str, ...]:
    """Paths of the fact files in a folder, sorted, relative to ``facts/``."""
    return tuple(sorted(f"{folder}/{item.name}" for item in (FACTS / folder).iterdir() if item.name.endswith(suffix)))


def all_paths(suffix: str) -> tuple[str, ...]:
    """Paths of every fact file of a kind, sorted, relative to ``facts/``."""
    return tuple(sorted(_below(FACTS, "", suffix)))


def _below(folder: Traversable, prefix: str, suffix: str) -> Iterator[str]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{prefix}{item.name}/", suffix)
        elif item.name.endswith(suffix):
            yield prefix + item.name


def content(path: str) -> bytes:
    """A fact file as it is kept: for what is drawn of it, and for the hash that says which facts an answer used."""
    return (FACTS / path).read_bytes()


def _yaml(path: str) -> Any:
    return yaml.load((FACTS / path).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _broken(path: str, why: object) -> FactsError:
    return FactsError(
        str(why),
        expected="records as the reference room defines them",
        where=f"facts/{path}",
        remedy="mend the file and run `open1540 facts check`",
    )
