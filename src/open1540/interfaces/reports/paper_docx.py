"""A paper as a Word document (Office Open XML, ISO/IEC 29500): headings, tables with header rows, blanks as content controls.

The parts are written as they stand, with a fixed time, so that the same paper gives the same bytes.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from open1540.interfaces.reports.archives import packed
from open1540.interfaces.reports.paper import Cell, Heading, Line, Paper, Paragraph, Table
from open1540.interfaces.reports.typeset import CREATED

TAGS = {"ar": "ar-SA", "zh": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BLANK = "_" * 24
# Twentieths of a point: A4, and the line between margins of 2 cm.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
_STYLES = {"text": "Normal", "note": "Note", "strong": "Strong Line", "blank": "Blank"}


def as_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file that Word, LibreOffice and python-docx open."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(paper),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", f"{_OFFICE}/styles", "styles.xml"),
            ("rId2", f"{_OFFICE}/footer", "footer1.xml"),
            ("rId3", f"{_OFFICE}/settings", "settings.xml"),
        ),
        "word/document.xml": "".join(_document(paper)),
        "word/footer1.xml": _footer(paper),
        "word/settings.xml": f'<w:settings xmlns:w="{_W}"><w:defaultTabStop w:val="720"/></w:settings>',
        "word/styles.xml": _styles(paper),
    }
    return packed({name: (_DECLARATION + content).encode() for name, content in parts.items()})


def _document(paper: Paper) -> Iterator[str]:
    rtl, ids = paper.direction == "rtl", count(1)
    width = (_LONG if paper.wide else _SHORT) - 2 * _MARGIN
    yield f'<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:body>'
    yield _paragraph("Title", _run(paper.title, rtl), rtl)
    yield _paragraph("Subtitle", _run(paper.subtitle, rtl), rtl)
    yield _paragraph("Note", _run(paper.caveat, rtl), rtl)
    facts = ((((Line(label, "note"),), cell)) for label, cell in paper.facts)
    yield from _table((), (1, 2), facts, width, rtl, ids)
    for block in paper.blocks:
        match block:
            case Heading():
                yield _paragraph(f"Heading{block.level}", _run(block.text, rtl), rtl)
            case Paragraph():
                yield from _lines(block.lines, rtl, ids)
            case Table():
                yield from _table(block.columns, block.widths, block.rows, width, rtl, ids)
    tall = (_LONG, _SHORT) if paper.wide else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if paper.wide else ""
    margins = " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    yield (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{tall[0]}" w:h="{tall[1]}"{turned}/>'
        f'<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/>{"<w:bidi/>" if rtl else ""}</w:sectPr>'
        "</w:body></w:document>"
    )


def _table(
    columns: tuple[str, ...],
    shares: tuple[int, ...],
    rows: Iterable[tuple[Cell, ...]],
    width: int,
    rtl: bool,
    ids: Iterator[int],
) -> Iterator[str]:
    widths = [width * share // sum(shares) for share in shares]
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>{"<w:bidiVisual/>" if rtl else ""}'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="{1 if columns else 0}"/></w:tblPr><w:tblGrid>'
    )
    yield from (f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    yield "</w:tblGrid>"
    if columns:
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        for column, wide in zip(columns, widths, strict=True):
            yield _cell_start(wide, '<w:shd w:val="clear" w:color="auto" w:fill="EAEEF2"/>')
            yield _paragraph("StrongLine", _run(column, rtl), rtl) + "</w:tc>"
        yield "</w:tr>"
    for row in rows:
        yield "<w:tr>"
        for cell, wide in zip(row, widths, strict=True):
            yield _cell_start(wide)
            yield "".join(_lines(cell, rtl, ids)) or _paragraph("Normal", "", rtl)
            yield "</w:tc>"
        yield "</w:tr>"
    yield "</w:tbl>" + _paragraph("Note", "", rtl)


def _cell_start(wide: int, shading: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shading}</w:tcPr>'


def _lines(cell: Cell, rtl: bool, ids: Iterator[int]) -> Iterator[str]:
    for line in cell:
        style = _STYLES[line.kind].replace(" ", "")
        if line.kind == "blank":
            yield _paragraph("Note", _run(line.text, rtl), rtl)
            yield _paragraph(style, _control(line.text, next(ids), rtl), rtl)
        else:
            yield _paragraph(style, _run(line.text, rtl), rtl)


def _control(label: str, number: int, rtl: bool) -> str:
    """A plain-text content control that shows an underscored line until it is filled."""
    # Word refuses names of more than 64 characters.
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(_clean(label)[:64])}/>"
        f'<w:tag w:val="blank-{number}"/><w:id w:val="{number}"/>'
        f"<w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{_run(_BLANK, rtl)}</w:sdtContent></w:sdt>"
    )


def _paragraph(style: str, content: str, rtl: bool) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:bidi/>" if rtl else ""}</w:pPr>{content}</w:p>'


def _run(text: str, rtl: bool) -> str:
    """A run; in a right-to-left paper a text that begins in Latin letters keeps its own direction."""
    mark = "<w:rPr><w:rtl/></w:rPr>" if rtl and _begins_right_to_left(text) else ""
    return f'<w:r>{mark}<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>'


def _begins_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "AL") != "L"


def _clean(text: str) -> str:
    """The text without the control characters XML 1.0 forbids."""
    return "".join(letter for letter in text if letter in "\t\n" or unicodedata.category(letter) != "Cc")


def _styles(paper: Paper) -> str:
    tag = TAGS[paper.language]
    language = f'<w:lang w:val="{tag}" w:eastAsia="{tag if paper.language == "zh" else "zh-CN"}" w:bidi="{tag if paper.direction == "rtl" else "ar-SA"}"/>'
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="SimSun" w:cs="Arial"/>'
    heading = '<w:keepNext/><w:spacing w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level}"/>'
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="20"/><w:szCs w:val="20"/>{language}'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        + _style("Title", "Title", '<w:spacing w:after="60"/>', _size(36, bold=True))
        + _style("Subtitle", "Subtitle", '<w:spacing w:after="120"/>', _size(26, bold=True))
        + _style("Heading1", "heading 1", heading.format(before=320, level=0), _size(26, bold=True, color="0B5394"))
        + _style("Heading2", "heading 2", heading.format(before=220, level=1), _size(22, bold=True, color="0B5394"))
        + _style("Note", "Note", "", _size(17, color="57606A"))
        + _style("StrongLine", "Strong Line", "", _size(20, bold=True))
        + _style("Blank", "Blank", '<w:spacing w:after="80"/>', _size(20, color="57606A"))
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8C959F"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _style(style_id: str, name: str, paragraph: str, letters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _size(half_points: int, bold: bool = False, color: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    paint = f'<w:color w:val="{color}"/>' if color else ""
    return f'{weight}{paint}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _footer(paper: Paper) -> str:
    rtl = paper.direction == "rtl"
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f'<w:ftr xmlns:w="{_W}">{_paragraph("Note", _run(f"{paper.title}: {paper.subtitle} · ", rtl) + page, rtl)}</w:ftr>'


def _core(paper: Paper) -> str:
    moment = CREATED.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_clean(f'{paper.title}: {paper.subtitle}'))}</dc:title><dc:creator>open1540</dc:creator>"
        f"<dc:language>{TAGS[paper.language]}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/footer1.xml": f"{word}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
        + "</Types>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{one}" Type="{kind}" Target="{target}"/>' for one, kind, target in relations)
        + "</Relationships>"
    )
