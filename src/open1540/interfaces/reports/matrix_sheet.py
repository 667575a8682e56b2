"""The sheet of a matrix with its legend and notes in the reader's language, as every written form draws it."""

from collections.abc import Iterable, Iterator, Sequence

from open1540 import reference
from open1540.interfaces.language import Translator
from open1540.matrix.sheet import RECONSTRUCTED, Column, Heading, Sheet, SheetSection, sheet
from open1540.matrix.sheet_words import word
from open1540.vocabulary import Entry


def sheet_in(entries: Iterable[Entry], heading: Heading) -> Sheet:
    """The sheet in the heading's language. Raises UnknownCode for any other than the six."""
    t = Translator(heading.language)
    legend = [(code.code or t("blank"), f"{code.labels[t.language]}. {t(code.meaning)}") for code in reference.codes()]
    return sheet(entries, heading, legend, tuple(_notes(heading, t)))


def _notes(heading: Heading, t: Translator) -> Iterator[str]:
    for caveat in reference.caveats():
        yield t(caveat.text)
    if any(field.reconstructed for field in reference.template(heading.template).fields):
        yield f"{RECONSTRUCTED.strip()} {reference.matrix_word('reconstructed', t.language)}"
    yield t("Where one cell speaks for several fields, the name of each stands before its text; “|” parts them.")
    yield t("Made with open1540. Only a version the Committee has approved and published speaks for the Committee.")


def note_lines(drawn: Sheet) -> list[tuple[str, str]]:
    """Legend and notes as lines, each with the word by which a reader of the file knows it for a note."""
    label = word("note", drawn.language)
    lines = [f"{code}: {meaning}" for code, meaning in drawn.legend]
    return [(label, line) for line in (*lines, *drawn.notes)]


def headings(section: SheetSection) -> tuple[list[tuple[str, int, bool]], list[str]]:
    """The two rows of headings: text, width in columns and whether it reaches down, then those of the second row."""
    upper: list[tuple[str, int, bool]] = []
    for column in section.columns:
        if column.above and upper and upper[-1][0] == column.above and not upper[-1][2]:
            upper[-1] = column.above, upper[-1][1] + 1, False
        elif column.above:
            upper.append((column.above, 1, False))
        else:
            upper.append((column.heading, 1, True))
    return upper, [column.heading for column in section.columns if column.above]


def texts(drawn: Sheet) -> Iterator[str]:
    """Every text of a sheet, to know which scripts its fonts must have."""
    yield drawn.title
    for label, value in (*drawn.facts, *note_lines(drawn)):
        yield from (label, value)
    for section in drawn.sections:
        yield from (section.title, section.question)
        yield from (text for column in section.columns for text in (column.heading, column.above))
        for row in section.rows:
            yield from row.cells


def widths(columns: Sequence[Column]) -> list[int]:
    """Width of each column in parts."""
    return [column.width for column in columns]
