"""From a file's bytes to its raw text, one file for each format.

The format is told by the content, never by the name alone; files are not trusted: size, archives and XML are checked
before they are opened. What the text says is left to the rest of the room.
"""

import zipfile
from io import BytesIO

from open1540.documents.formats import docx, html, pdf, text, xml
from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

# A scanned report of a thousand pages stays below; what is larger is not one official document.
MAX_BYTES = 64_000_000
_LEGACY = {b"\xd0\xcf\x11\xe0": "a legacy Office file (.doc, .xls)", b"{\\rtf": "an RTF file"}


def check_size(size: int, name: str) -> None:
    """Raise UnreadableDocument for a size no document has, before anything is read."""
    if size == 0:
        raise UnreadableDocument(
            "an empty file",
            expected="a document",
            where=name,
            remedy="check that it was downloaded completely",
        )
    if size > MAX_BYTES:
        raise UnreadableDocument(
            f"a file of {size / 1e6:.0f} MB",
            expected=f"at most {MAX_BYTES // 1_000_000} MB",
            where=name,
            remedy="split the file, or take images out of it",
        )


def open_document(data: bytes, name: str) -> RawText:
    """The raw text of a file. Raises UnreadableDocument saying what was found and what to do."""
    check_size(len(data), name)
    start = _start(data)
    for magic, kind in _LEGACY.items():
        if data.startswith(magic):
            raise _unsupported(kind, name)
    if b"%PDF-" in data[:1024]:
        return pdf.read(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, name)
    if xml.is_akoma_ntoso(start):
        return xml.read(data, name)
    if html.is_html(start):
        return html.read(data, name)
    return text.read(data, name)


def _start(data: bytes) -> bytes:
    """The first kilobyte without mark and blanks; of UTF-16, which XML may be written in, its ASCII letters."""
    start = data[:2048]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\x00", b"")
    return start[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")


def _archive(data: bytes, name: str) -> RawText:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(
            "a damaged archive",
            expected="a complete DOCX file",
            where=name,
            remedy="download or save it again",
        ) from error
    if "word/document.xml" not in names:
        raise _unsupported("a zip archive or another office format", name)
    return docx.read(data, name)


def _unsupported(kind: str, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        kind,
        expected="txt, PDF, DOCX, HTML or Akoma Ntoso XML",
        where=name,
        remedy="open it in an office program and save it as DOCX or PDF",
    )
