"""Whether the international response is adequate: for each pathway and stage, how far the measures that answer it are recorded."""

from collections.abc import Iterator

import numpy as np

from open1540 import reference
from open1540.review.cells import BASES, NOT_APPLICABLE, RECORDED, Cells, share
from open1540.review.groups import Region, regions
from open1540.review.tables import Cell, Note, Table, table

CHAPTER = "Whether the response is adequate"
# Below this share of recorded cells the record of a stage is called thin. A parameter, not a finding of any body.
THIN = 0.25
SHOWN = 4
_LAW, _DECLARED = BASES.index("law"), BASES.index("self-declaration")


def tables(cells: Cells, thin: float = THIN) -> list[Table]:
    """Pathways by stage over all States, the thin ones by region.

    Arguments:
        thin: share of recorded cells below which a stage is listed as thin.
    """
    return [_by_stage(cells, thin), _by_region(cells, thin), _behind()]


def _by_stage(cells: Cells, thin: float) -> Table:
    return table(
        "pathways-by-stage",
        "Pathways and the measures that answer them",
        [
            ("pathway", "pathway"),
            ("stage", "stage"),
            ("fields", "count"),
            ("recorded", "count"),
            ("applicable", "count"),
            ("share recorded", "share"),
            ("resting on a law", "count"),
            ("resting on a self-declaration", "count"),
            ("resting on other records", "count"),
            ("thin", "text"),
            ("least recorded fields", "fields"),
        ],
        _stage_rows(cells, thin),
        notes=[
            Note(
                "For each pathway the entries of the fields whose measures deny access, detect, interdict or punish, over all "
                "States. Thin: fewer than {thin} of the applicable entries are recorded. Few recorded measures mean little "
                "knowledge, or few measures; the record alone does not tell which.",
                {"thin": f"{thin:.0%}"},
            )
        ],
        chapter=CHAPTER,
    )


def _stage_rows(cells: Cells, thin: float) -> Iterator[tuple[Cell, ...]]:
    for pathway in reference.pathways():
        for stage in reference.STAGES:
            columns = np.flatnonzero(cells.of_fields(pathway.matching(stage)))
            if not columns.size:
                continue
            codes = cells.codes[:, columns]
            recorded, applicable = int((codes == RECORDED).sum()), int((codes != NOT_APPLICABLE).sum())
            part = share(recorded, applicable)
            bases = cells.bases[:, columns][codes == RECORDED]
            by_law, declared = int((bases == _LAW).sum()), int((bases == _DECLARED).sum())
            least = columns[np.argsort((codes == RECORDED).sum(axis=0), kind="stable")][:SHOWN]
            is_thin = part is not None and part < thin
            yield (
                pathway.id,
                stage,
                int(columns.size),
                recorded,
                applicable,
                part,
                by_law,
                declared,
                recorded - by_law - declared,
                "thin" if is_thin else "",
                ";".join(cells.fields[at].field for at in least),
            )


def _by_region(cells: Cells, thin: float) -> Table:
    rows = (
        (pathway.id, region.name, len(region.states), part, "thin" if part is not None and part < thin else "")
        for pathway in reference.pathways()
        for region in regions(cells.states)
        if region.scheme == "regional group"
        for part in [_recorded_in(cells, region, pathway.matching())]
    )
    return table(
        "pathways-by-region",
        "Pathways by regional group",
        [
            ("pathway", "pathway"),
            ("region", "region"),
            ("States", "count"),
            ("share recorded", "share"),
            ("thin", "text"),
        ],
        rows,
        notes=["The same shares for each regional group, all stages together. Groups are not put in an order."],
        chapter=CHAPTER,
    )


def _behind() -> Table:
    rows = (
        (pathway.id, ";".join(pathway.obligations), ";".join(pathway.sources), pathway.confidence)
        for pathway in reference.pathways()
    )
    return table(
        "pathways-and-sources",
        "What the pathways rest on",
        [("pathway", "pathway"), ("obligations", "obligations"), ("sources", "sources"), ("confidence", "text")],
        rows,
        notes=[
            "Sources that speak of the pathway. Which fields answer it at which stage is the reading of the editors."
        ],
        chapter=CHAPTER,
    )


def _recorded_in(cells: Cells, region: Region, fields: frozenset[str]) -> float | None:
    codes = cells.codes[np.ix_(cells.of_states(region.states), cells.of_fields(fields))]
    return share(int((codes == RECORDED).sum()), int((codes != NOT_APPLICABLE).sum()))
