"""The comprehensive review: what is recorded, by field, obligation, weapon and region, and how it changed.

Entries of many States as of a day come in; counts, changes, priorities of fields, thin pathways and groups of States
with like gaps go out, each with its reasons. No State is scored or ranked; a blank stays unknown.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec

from open1540.reference import Field
from open1540.review import adequacy, changes, clusters, counts, evidence, priorities
from open1540.review.cells import Cells, cells
from open1540.review.groups import Region, regions
from open1540.review.priorities import checked, default_weights
from open1540.review.regional import analysis, side_by_side
from open1540.review.tables import Cell, Column, Kind, Note, Table
from open1540.vocabulary import BadInput, Entry

__all__ = [
    "Cell",
    "Cells",
    "Column",
    "Kind",
    "Note",
    "Region",
    "Review",
    "Table",
    "analysis",
    "cells",
    "checked",
    "default_weights",
    "over",
    "regions",
    "run",
    "side_by_side",
]

Matrices = Mapping[str, Sequence[Entry]]


class Review(msgspec.Struct, frozen=True):
    """The answers of a review, in the order of the report.

    Attributes:
        days: the days reviewed, the latest last.
        states: ISO codes of the States taken in on the latest day.
        tables: every answer.
    """

    days: tuple[dt.date, ...]
    states: tuple[str, ...]
    tables: tuple[Table, ...]

    def table(self, table_id: str) -> Table:
        """The table with this id."""
        return next(table for table in self.tables if table.id == table_id)


def run(
    days: Mapping[dt.date, Matrices],
    fields: Sequence[Field],
    weights: Mapping[str, float] | None = None,
    thin: float = adequacy.THIN,
) -> Review:
    """Review the matrices of up to a few days.

    Arguments:
        days: for each day the entries of each State, all told in one template.
        fields: the fields of that template.
        weights: of the components of a priority; equal ones by default.
        thin: share of recorded cells below which the answer to a pathway is called thin.

    Raises BadInput without a day or a State, UnknownCode for an entry in another template's field.
    """
    return over([cells(day, days[day].items(), fields) for day in sorted(days)], weights, thin)


def over(days: Sequence[Cells], weights: Mapping[str, float] | None = None, thin: float = adequacy.THIN) -> Review:
    """Review days that are already told as arrays, the latest last; as ``run`` does."""
    if not days or not days[-1].states:
        raise BadInput(
            "no matrix to review",
            expected="at least one State with entries",
            where="review",
            remedy="choose another region, or import matrices first",
        )
    latest, earlier = days[-1], days[-2] if len(days) > 1 else None
    return Review(
        tuple(one.day for one in days),
        latest.states,
        (
            *counts.tables(days),
            *(changes.tables(days[0], latest) if earlier else ()),
            *evidence.tables(latest),
            *priorities.tables(latest, earlier, weights or {}),
            *adequacy.tables(latest, thin),
            *clusters.tables(latest),
        ),
    )
