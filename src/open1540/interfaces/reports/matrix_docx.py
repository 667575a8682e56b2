"""A matrix as a Word document: real tables with repeated headings, landscape, page numbers.

The document's XML is written out as it is: tables of thousands of cells in a moment, and the same bytes each time.
"""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from open1540.interfaces.language import RIGHT_TO_LEFT
from open1540.interfaces.reports.archives import packed
from open1540.interfaces.reports.matrix_sheet import headings
from open1540.matrix.sheet import Sheet, SheetSection

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# A4 on its side less its margins, in twentieths of a point.
WIDTH = 15_400
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def as_docx(drawn: Sheet) -> bytes:
    """The sheet as a Word document, the same bytes each time."""
    pen = _Pen(drawn.language in RIGHT_TO_LEFT, drawn.language)
    body = [pen.paragraph(drawn.title, "Title"), pen.facts(drawn.facts)]
    body += [pen.paragraph(f"\t{meaning}", "Small", lead=code) for code, meaning in drawn.legend]
    body += [pen.paragraph(note, "Small") for note in drawn.notes]
    for section in drawn.sections:
        body += [pen.paragraph(section.title, "Heading1"), pen.paragraph(section.question, "Small")]
        body.append(pen.section(section))
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="720" w:right="720" w:bottom="720" w:left="720" w:header="360" w:footer="360" w:gutter="0"/>'
        f"{'<w:bidi/>' if pen.turned else ''}</w:sectPr>"
    )
    document = f"{_HEAD}<w:document {_NAMES}><w:body>{''.join(body)}{page}</w:body></w:document>"
    return packed({name: text.encode() for name, text in _parts(document, drawn.title, pen).items()})


class _Pen:
    """Writes paragraphs and tables in one direction."""

    def __init__(self, turned: bool, language: str) -> None:
        self.turned, self.language = turned, language

    def paragraph(self, text: str, style: str = "Cell", lead: str = "") -> str:
        """A paragraph, perhaps with a bold lead; line ends and tabs as Word has them."""
        direction = "<w:bidi/>" if self.turned else ""
        turned = "<w:rtl/>" if self.turned else ""
        written = f"<w:r><w:rPr><w:b/><w:bCs/>{turned}</w:rPr>{_typed(lead)}</w:r>" if lead else ""
        run = f"<w:rPr>{turned}</w:rPr>" if turned else ""
        written += f"<w:r>{run}{_typed(text)}</w:r>" if text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{direction}</w:pPr>{written}</w:p>'

    def facts(self, facts: Iterable[tuple[str, str]]) -> str:
        """Label and value of each header line."""
        rows = (
            f"<w:tr>{self._cell(label, 4000, bold=True)}{self._cell(value, 11400)}</w:tr>" for label, value in facts
        )
        return self._table((4000, 11400), "".join(rows))

    def section(self, section: SheetSection) -> str:
        """The table of a section; its title and headings are repeated on each page."""
        whole = sum(column.width for column in section.columns)
        widths = [WIDTH * column.width // whole for column in section.columns]
        rows = [self._head_row(self._cell(section.title, WIDTH, span=len(widths), bold=True))]
        upper, lower = headings(section)
        above, at = "", 0
        for text, span, down in upper:
            merge = "restart" if down and lower else ""
            above += self._cell(text, sum(widths[at : at + span]), span=span, merge=merge, bold=True)
            at += span
        rows.append(self._head_row(above))
        if lower:
            below, texts = "", iter(lower)
            for column, width in zip(section.columns, widths, strict=True):
                below += (
                    self._cell(next(texts), width, bold=True)
                    if column.above
                    else self._cell("", width, merge="continue")
                )
            rows.append(self._head_row(below))
        for row in section.rows:
            cells = (self._cell(text, width) for text, width in zip(row.cells, widths, strict=True))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
        return self._table(widths, "".join(rows)) + self.paragraph("", "Small")

    def _table(self, widths: Sequence[int], rows: str) -> str:
        direction = "<w:bidiVisual/>" if self.turned else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        shape = (
            f'{direction}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/>'
        )
        return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _head_row(self, cells: str) -> str:
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _cell(self, text: str, width: int, *, span: int = 1, merge: str = "", bold: bool = False) -> str:
        shape = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        shape += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        shape += f'<w:vMerge w:val="{merge}"/>' if merge else ""
        shape += '<w:shd w:val="clear" w:color="auto" w:fill="DCE6F1"/>' if bold else ""
        return f"<w:tc><w:tcPr>{shape}</w:tcPr>{self.paragraph(text, 'CellHead' if bold else 'Cell')}</w:tc>"


def _typed(text: str) -> str:
    pieces = []
    for number, line in enumerate(text.split("\n")):
        pieces.append("<w:br/>" if number else "")
        for place, part in enumerate(line.split("\t")):
            pieces.append("<w:tab/>" if place else "")
            pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")
    return "".join(pieces)


def _parts(document: str, title: str, pen: _Pen) -> dict[str, str]:
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}+xml"/>'
        for part, kind in (
            ("word/document.xml", f"{_WORD}.document.main"),
            ("word/styles.xml", f"{_WORD}.styles"),
            ("word/footer1.xml", f"{_WORD}.footer"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties"),
        )
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _links(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _links(
            ("rId1", f"{_OFFICE}/styles", "styles.xml"), ("rId2", f"{_OFFICE}/footer", "footer1.xml")
        ),
        "word/styles.xml": _styles(pen),
        "word/footer1.xml": f'{_HEAD}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="center"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> / </w:t></w:r>'
        '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>',
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>open1540</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2004-04-28T00:00:00Z</dcterms:created></cp:coreProperties>',
    }


def _links(*links: tuple[str, str, str]) -> str:
    written = "".join(f'<Relationship Id="{one}" Type="{kind}" Target="{target}"/>' for one, kind, target in links)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def _styles(pen: _Pen) -> str:
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="SimSun"/>'
    spoken = f'<w:lang w:val="{pen.language}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    default = f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{spoken}</w:rPr></w:rPrDefault></w:docDefaults>"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f'<w:pPr><w:spacing w:before="{space}" w:after="{space}"/>{level}</w:pPr>'
        f'<w:rPr>{"<w:b/><w:bCs/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for name, shown, size, bold, space, level in (
            ("Title", "Title", 36, True, 120, ""),
            ("Heading1", "heading 1", 26, True, 160, '<w:outlineLvl w:val="0"/>'),
            ("Cell", "Matrix cell", 15, False, 20, ""),
            ("CellHead", "Matrix heading", 15, True, 20, ""),
            ("Small", "Matrix note", 16, False, 40, ""),
        )
    )
    return f"{_HEAD}<w:styles {_NAMES}>{default}{styles}</w:styles>"
