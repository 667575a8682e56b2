"""The page model of a paper to be completed by its reader: headings, paragraphs, tables and blanks.

Word, PDF and HTML are three renderings of this one model, so that they cannot say different things.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from open1540.interfaces.reports.typeset import typeset


class Line(msgspec.Struct, frozen=True):
    """A line of text. A ``blank`` is to be filled in; its text says with what."""

    text: str
    kind: Literal["text", "note", "strong", "blank"] = "text"


Cell = tuple[Line, ...]


class Heading(msgspec.Struct, frozen=True, tag=True):
    """A heading; level 1 is the highest below the title."""

    level: Literal[1, 2]
    text: str


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """Lines that stand together."""

    lines: Cell


class Table(msgspec.Struct, frozen=True, tag=True):
    """A table with a header row, repeated on each page; ``widths`` are shares of the line."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Table


class Paper(msgspec.Struct, frozen=True):
    """A whole paper, every text already in the reader's language, citations in their own.

    Attributes:
        facts: the lines at its head, each a label and what it says.
        wide: whether pages lie on their long side.
    """

    language: str
    direction: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, Cell], ...]
    blocks: tuple[Block, ...]
    caveat: str
    wide: bool = False


def as_html(paper: Paper) -> str:
    """The paper as one HTML file without scripts or outside resources; blanks are boxes to type in."""
    return _template().render(page=paper)


def as_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF. Raises JobFailed where this machine lacks a font for one of its scripts."""
    return typeset("paper", "paper", paper, texts(paper))


def texts(paper: Paper) -> Iterable[str]:
    """Every text of a paper, to know which scripts its fonts must have."""
    yield from (paper.title, paper.subtitle, paper.caveat)
    for label, cell in paper.facts:
        yield label
        yield from (line.text for line in cell)
    for block in paper.blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield from (line.text for line in block.lines)
            case Table():
                yield from block.columns
                yield from (line.text for row in block.rows for cell in row for line in cell)


@cache
def _template() -> Template:
    loader = PackageLoader("open1540.interfaces", "reports")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["heading"] = lambda block: isinstance(block, Heading)
    environment.tests["paragraph"] = lambda block: isinstance(block, Paragraph)
    return environment.get_template("paper.html")
