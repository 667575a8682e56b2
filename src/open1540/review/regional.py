"""Regional work: the matrices of a group of States analysed together, and two to four of them side by side."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from open1540 import reference
from open1540.reference import Field
from open1540.review.cells import BLANK, RECORDED, Cells, cells
from open1540.review.groups import themes
from open1540.review.tables import Cell, Column, Note, Table, table
from open1540.vocabulary import BadInput, Entry

CHAPTER = "States of the group together"
SIDE_BY_SIDE = (2, 4)
LAWS = 3
Matrices = Mapping[str, Sequence[Entry]]


def analysis(day: dt.date, matrices: Matrices, fields: Sequence[Field]) -> list[Table]:
    """What the matrices of a group of States show together: themes, shared gaps, what may be exchanged, how approaches differ.

    Raises BadInput for fewer than two States.
    """
    if len(matrices) < SIDE_BY_SIDE[0]:
        raise _too_few(len(matrices), "two or more")
    together = cells(day, matrices.items(), fields)
    entries = {state: {entry.field: entry for entry in found} for state, found in matrices.items()}
    return [
        _themes(together),
        _gaps(together),
        _laws_by_theme(together, entries),
        _exchange(together, entries),
        _approaches(together, entries),
        _requests(together),
        _laws_by_field(together, entries),
    ]


def side_by_side(day: dt.date, matrices: Matrices, fields: Sequence[Field]) -> list[Table]:
    """A pack for a peer review of two to four States: every cell with its citation, then the analysis of the group.

    Raises BadInput for fewer or more States.
    """
    if not SIDE_BY_SIDE[0] <= len(matrices) <= SIDE_BY_SIDE[1]:
        raise _too_few(len(matrices), "two to four")
    entries = {state: {entry.field: entry for entry in found} for state, found in sorted(matrices.items())}
    columns = [Column("field", "field")]
    for state in entries:
        columns += [
            Column(f"{state}: code", "code", state),
            Column(f"{state}: citation", "citation", state),
            Column(f"{state}: remarks", "remark", state),
        ]
    rows = ((field.field, *_cells_of(field.field, entries)) for field in fields)
    note = "Codes as recorded; blank is unknown. Disputed entries, on which sources disagree, carry the code ?."
    pack = table("side-by-side", "Side by side", columns, rows, notes=[note], chapter=CHAPTER)
    return [pack, *analysis(day, matrices, fields)]


def _cells_of(field: str, entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[Cell]:
    for state, found in entries.items():
        entry = found.get(field, Entry(state, field))
        yield from (entry.code, "; ".join(entry.citations), entry.remarks)


def _themes(together: Cells) -> Table:
    return table(
        "group-by-theme",
        "How many States of the group have the fields of a theme recorded",
        [
            ("theme", "theme"),
            ("fields", "count"),
            ("in all States", "count"),
            ("in half or more", "count"),
            ("in fewer than half", "count"),
            ("in none", "count"),
        ],
        _theme_rows(together),
        notes=[
            Note(
                "Fields counted over {number} States: {states}.",
                {"number": len(together.states), "states": together.states},
            )
        ],
        chapter=CHAPTER,
    )


def _theme_rows(together: Cells) -> Iterator[tuple[Cell, ...]]:
    number = len(together.states)
    recorded = (together.codes == RECORDED).sum(axis=0)
    for theme in themes():
        counts = recorded[together.of_fields(theme.fields)]
        if counts.size:
            everywhere, nowhere = int((counts == number).sum()), int((counts == 0).sum())
            half = int((2 * counts >= number).sum()) - everywhere
            yield theme.id, int(counts.size), everywhere, half, int(counts.size) - everywhere - half - nowhere, nowhere


def _gaps(together: Cells) -> Table:
    blank = (together.codes == BLANK).all(axis=0)
    rows = ((field.field,) for field, shared in zip(together.fields, blank, strict=True) if shared)
    note = "Blank in every State of the group: unknown in all, a shared question for a seminar, and no finding that there is no law."
    return table(
        "shared-gaps", "Fields unknown in all States", [("field", "field")], rows, notes=[note], chapter=CHAPTER
    )


def _laws_by_theme(together: Cells, entries: Mapping[str, Mapping[str, Entry]]) -> Table:
    return table(
        "legislation-by-theme",
        "Legislation of each State by theme",
        [("theme", "theme"), ("State", "state"), ("legislation", "citation")],
        _law_rows(together, entries),
        notes=[
            Note(
                "The first {number} laws cited in the entries of the theme that are recorded on the basis of a law. A State that is "
                "not named has none on record under the theme, which is no finding that it has none.",
                {"number": LAWS},
            )
        ],
        chapter=CHAPTER,
    )


def _law_rows(together: Cells, entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[tuple[Cell, ...]]:
    for theme in themes():
        own = [field.field for field in together.fields if field.field in theme.fields]
        for state in together.states:
            cited = dict.fromkeys(c for field in own for c in _laws(entries[state].get(field)))
            if cited:
                yield theme.id, state, "; ".join(list(cited)[:LAWS])


def _laws_by_field(together: Cells, entries: Mapping[str, Mapping[str, Entry]]) -> Table:
    rows = (
        (field.field, state, "; ".join(cited))
        for field in together.fields
        for state in together.states
        if (cited := _laws(entries[state].get(field.field)))
    )
    return table(
        "legislation-by-field",
        "Legislation of each State by field",
        [("field", "field"), ("State", "state"), ("legislation", "citation")],
        rows,
        notes=["Every citation of an entry that is recorded on the basis of a law."],
        chapter=CHAPTER,
    )


def _laws(entry: Entry | None) -> tuple[str, ...]:
    """What an entry recorded on the basis of a law cites."""
    return entry.citations if entry and entry.code == "X" and entry.basis == "law" else ()


def _requests(together: Cells) -> Table:
    rows = (
        (request.state, request.requested_on, request.subject, request.source, request.as_of)
        for request in reference.assistance_requests()
        if request.state in together.states
    )
    return table(
        "requests-of-the-group",
        "Requests for assistance on record",
        [
            ("State", "state"),
            ("requested on", "day"),
            ("subject", "remark"),
            ("sources", "sources"),
            ("as of", "remark"),
        ],
        rows,
        notes=["Requests the facts know of. That none is shown for a State does not mean that it asked for nothing."],
        chapter=CHAPTER,
    )


def _exchange(together: Cells, entries: Mapping[str, Mapping[str, Entry]]) -> Table:
    return table(
        "practice-to-exchange",
        "Practice that may be exchanged",
        [("field", "field"), ("recorded by", "states"), ("with", "citation"), ("unknown in", "states")],
        _exchange_rows(together, entries),
        notes=[
            "Fields that at least one State has recorded on the basis of a law, with its citation, and that others have blank."
        ],
        chapter=CHAPTER,
    )


def _exchange_rows(together: Cells, entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[tuple[Cell, ...]]:
    for at, field in enumerate(together.fields):
        codes = together.codes[:, at]
        blank = [state for state, code in zip(together.states, codes, strict=True) if code == BLANK]
        cited = {
            state: "; ".join(found) for state in together.states if (found := _laws(entries[state].get(field.field)))
        }
        if blank and cited:
            citations = " | ".join(f"{state}: {citation}" for state, citation in cited.items())
            yield field.field, ";".join(cited), citations, ";".join(blank)


def _approaches(together: Cells, entries: Mapping[str, Mapping[str, Entry]]) -> Table:
    rows = (
        (field.field, basis, ";".join(states))
        for field in together.fields
        for approaches in [_by_basis(field.field, entries)]
        if len(approaches) > 1
        for basis, states in approaches.items()
    )
    return table(
        "differing-approaches",
        "Where approaches differ",
        [("field", "field"), ("recorded on the basis of", "basis"), ("by", "states")],
        rows,
        notes=["Fields recorded in several States on different kinds of basis."],
        chapter=CHAPTER,
    )


def _by_basis(field: str, entries: Mapping[str, Mapping[str, Entry]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for state in sorted(entries):
        entry = entries[state].get(field)
        if entry and entry.code == "X":
            found.setdefault(entry.basis, []).append(state)
    return found


def _too_few(number: int, wanted: str) -> BadInput:
    return BadInput(
        f"a group of {number}",
        expected=f"{wanted} States",
        where="States of the group",
        remedy="name them by their codes, such as FRA DEU",
    )
