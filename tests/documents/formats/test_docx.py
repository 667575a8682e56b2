"""Word documents: what Word prints is read, what it hides is not, and hostile archives are refused."""

import io
import zipfile

import pytest

from open1540.documents.formats import open_document
from open1540.vocabulary import UnreadableDocument

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
NUMBERING = f"""<w:numbering {NAMESPACES}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>
</w:num></w:numbering>"""
STYLES = f"""<w:styles {NAMESPACES}><w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>
</w:style></w:styles>"""


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def item(text: str, number: int, level: int = 0) -> str:
    setting = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{setting}</w:pPr>{run(text)}</w:p>"


def document(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    return open_document(data, "a.docx").text.splitlines()


def test_automatic_numbers_are_written_out() -> None:
    body = item("Decides", 1) + item("to extend", 1, 1) + item("to review", 1, 1) + item("Requests", 1)
    body += item("to report", 1, 1) + item("a point", 2) + item("plain", 0)
    wanted = ["1. Decides", "(a) to extend", "(b) to review", "2. Requests", "(a) to report", "• a point", "plain"]
    assert lines(document(body, numbering=NUMBERING)) == wanted


def test_a_style_numbers_its_paragraphs_from_its_own_start() -> None:
    clause = f'<w:p><w:pPr><w:pStyle w:val="Clause"/></w:pPr>{run("text")}</w:p>'
    assert lines(document(clause * 2, numbering=NUMBERING, styles=STYLES)) == ["7. text", "8. text"]


def test_deleted_and_moved_text_is_left_out_and_inserted_text_kept() -> None:
    gone = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
    body = f"<w:p>{gone}<w:ins>{run('new ')}</w:ins><w:moveFrom>{run('left ')}</w:moveFrom>{run('text')}</w:p>"
    assert lines(document(body)) == ["new text"]


def test_a_text_box_drawn_twice_is_read_once() -> None:
    box = f"<w:p>{run('boxed')}</w:p>"
    drawn = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert lines(document(f"<w:p>{run('before')}<w:r>{drawn}</w:r></w:p>")) == ["before", "boxed"]


def test_a_row_of_a_table_is_a_line_and_a_table_within_it_stays_in_its_cell() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('deep')}</w:p></w:tc></w:tr></w:tbl>"
    row = f"<w:tr><w:tc><w:p>{run('left')}</w:p>{inner}</w:tc><w:tc><w:p>{run('right')}</w:p></w:tc></w:tr>"
    assert lines(document(f"<w:tbl>{row}</w:tbl>")) == ["left deep | right"]


def test_footnotes_stand_below_a_rule() -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="2"><w:p>{run("See S/2020/1.")}</w:p></w:footnote></w:footnotes>'
    )
    text, rule, note = lines(document(f"<w:p>{run('Text')}</w:p>", footnotes=notes))
    assert (text, set(rule), note) == ("Text", {"_"}, "2 See S/2020/1.")


def test_a_part_that_unpacks_a_thousandfold_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="unpacks"):
        open_document(document(" " * 6_000_000), "bomb.docx")


@pytest.mark.parametrize("part", ["document", "footnotes"])
def test_entities_in_a_part_are_refused(part: str) -> None:
    hostile = f'<!DOCTYPE w [<!ENTITY a "b">]><w:footnotes {NAMESPACES}/>'
    data = document(f"<w:p>{run('x')}</w:p>", footnotes=hostile)
    if part == "document":
        data = data.replace(b"word/document.xml", b"word/documenx.xml").replace(
            b"word/footnotes.xml", b"word/document.xml"
        )
    with pytest.raises(UnreadableDocument):
        open_document(data, "a.docx")


def test_a_cut_archive_is_refused_as_damaged() -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        open_document(document(f"<w:p>{run('x')}</w:p>")[:-20], "cut.docx")


def test_another_archive_is_refused_with_the_formats_that_are_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(UnreadableDocument) as refused:
        open_document(buffer.getvalue(), "a.odt")
    assert "DOCX" in refused.value.expected
