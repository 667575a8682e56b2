"""Are the facts of the matrix sound: its rows, words, crosswalk, themes and pathways?"""

from collections import Counter
from collections.abc import Iterator

from open1540.reference.crosswalk import TABLE, CrosswalkRow
from open1540.reference.facts import rows
from open1540.reference.labels import LANGUAGES
from open1540.reference.matrix_words import LABELS, VARIANTS, RowLabel, RowVariant, matrix_words
from open1540.reference.obligations import obligations
from open1540.reference.pathways import FILE as PATHWAYS
from open1540.reference.pathways import STAGES, pathways
from open1540.reference.templates import fields_matching, row_names, templates
from open1540.reference.themes import FILE as THEMES
from open1540.reference.themes import themes
from open1540.reference.topics import topics

# Id, titles, obligations and topics of a theme or a pathway.
_Described = tuple[str, dict[str, str], tuple[str, ...], tuple[str, ...]]


def check_matrix() -> Iterator[str]:
    """The problems of these tables, as sentences."""
    yield from _labels()
    yield from _variants()
    yield from _words()
    yield from _rows()
    yield from _crosswalk()
    yield from _themes()
    yield from _pathways()


def _labels() -> Iterator[str]:
    labels = rows(LABELS, RowLabel)
    known = {field.row_id for template in templates() for field in template.fields}
    labelled = Counter((label.row, label.lang) for label in labels)
    yield from (f"{LABELS}: {row} ({lang}) stands there {n} times" for (row, lang), n in labelled.items() if n > 1)
    yield from (f"{LABELS}: {row} is a row of no template" for row in sorted({row for row, _ in labelled} - known))
    yield from (f"{LABELS}: language {lang!r} of {row}" for row, lang in labelled if lang not in LANGUAGES)
    yield from (
        f"{LABELS}: {row} has no label in {lang}"
        for row in sorted(known)
        for lang in LANGUAGES
        if (row, lang) not in labelled
    )


def _variants() -> Iterator[str]:
    known = {field.row_id for template in templates() for field in template.fields}
    yield from (
        f"{VARIANTS}: {v.row} is a row of no template" for v in rows(VARIANTS, RowVariant) if v.row not in known
    )


def _words() -> Iterator[str]:
    words = matrix_words()
    sections = [section for template in templates() for section in template.sections]
    header = [line.replace(" ", "-").lower() for template in templates() for line in template.header]
    wanted = (
        (words.titles, sections),
        (words.questions, [section.partition("-")[0] for section in sections]),
        (words.words, [*header, *words.words]),
    )
    for texts, keys in wanted:
        for key in dict.fromkeys(keys):
            missing = [language for language in LANGUAGES if not texts.get(key, {}).get(language)]
            yield from (f"matrix_templates/words.yaml: {key!r} is missing in {language}" for language in missing)


def _rows() -> Iterator[str]:
    for template in templates():
        held: dict[str, set[str]] = {section: set() for section in template.sections}
        for field in template.fields:
            if field.section not in held:
                yield f"{template.id}: {field.field} is in no section of the template"
            held.setdefault(field.section, set()).add(field.row_id)
        for section, names in held.items():
            yield from _alike(f"section {section} of {template.id}", names)


def _alike(where: str, held: set[str]) -> Iterator[str]:
    # A filled matrix is read back by its printed labels, so no two rows of a section may look alike.
    for language in LANGUAGES:
        named: dict[str, set[str]] = {}
        for label, row in row_names(language):
            if row in held:
                named.setdefault(label.casefold(), set()).add(row)
        yield from (
            f"{where}: {label!r} ({language}) names {' and '.join(sorted(both))}"
            for label, both in named.items()
            if len(both) > 1
        )


def _crosswalk() -> Iterator[str]:
    lines = rows(TABLE, CrosswalkRow)
    known = {template.id: {name for f in template.fields for name in (f.field, f.row_id)} for template in templates()}
    for line in lines:
        for one, field in ((line.from_template, line.from_field), (line.to_template, line.to_field)):
            if field not in known.get(one, ()):
                yield f"{TABLE}: {field!r} is no field of template {one!r}"
        if line.relation == "same" and line.from_field == line.to_field:
            yield f"{TABLE}: {line.from_field} needs no line, equal ids mean the same"
    ends = Counter((line.from_template, line.from_field, line.to_template, line.to_field) for line in lines)
    yield from (f"{TABLE}: {key[1]} to {key[3]} stands there {n} times" for key, n in ends.items() if n > 1)
    split = Counter(line.from_field for line in lines if line.relation == "split")
    merged = Counter(line.to_field for line in lines if line.relation == "merged")
    yield from (f"{TABLE}: {field} is split into one field only" for field, n in split.items() if n < 2)
    yield from (f"{TABLE}: {field} is merged from one field only" for field, n in merged.items() if n < 2)


def _themes() -> Iterator[str]:
    yield from _described(THEMES, [(theme.id, theme.titles, theme.obligations, theme.topics) for theme in themes()])
    for theme in themes():
        yield from _unmatched(THEMES, theme.id, theme.fields)
    grouped = {field for theme in themes() for field in theme.matching()}
    for template in templates():
        for field in template.fields:
            if field.section != "I" and field.field not in grouped:
                yield f"{THEMES}: {field.field} of {template.id} belongs to no theme"


def _pathways() -> Iterator[str]:
    yield from _described(PATHWAYS, [(one.id, one.titles, one.obligations, one.topics) for one in pathways()])
    for one in pathways():
        yield from (f"{PATHWAYS}: {one.id} has no field at the stage {s!r}" for s in STAGES if not one.stages.get(s))
        for patterns in one.stages.values():
            yield from _unmatched(PATHWAYS, one.id, patterns)


def _described(table: str, records: list[_Described]) -> Iterator[str]:
    known = {obligation.id for obligation in obligations()}
    topic_ids = {topic.id for topic in topics()}
    ids = Counter(one[0] for one in records)
    yield from (f"{table}: {key} stands there {n} times" for key, n in ids.items() if n > 1)
    for one, titles, named, about in records:
        yield from (f"{table}: {one} has no title in {lang}" for lang in LANGUAGES if not titles.get(lang))
        yield from (f"{table}: {one}: obligation {o!r} is unknown" for o in named if o not in known)
        yield from (f"{table}: {one}: topic {t!r} is unknown" for t in about if t not in topic_ids)


def _unmatched(table: str, one: str, patterns: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{table}: {one}: no field matches {p!r}" for p in patterns if not fields_matching((p,)))
