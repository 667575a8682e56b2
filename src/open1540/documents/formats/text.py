"""Plain text: the encoding is told by the bytes, never guessed silently."""

import re

from charset_normalizer import from_bytes

from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Encodings texts in the six languages were ever kept in.
_LEGACY = [
    *(
        "cp1256",
        "iso8859_6",
        "gb18030",
        "big5",
        "cp1251",
        "koi8_r",
        "iso8859_5",
        "cp1252",
        "iso8859_1",
        "iso8859_15",
    ),
    *("mac_cyrillic", "cp1250"),
]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MOST_CONTROL = 0.001
MOST_CHAOS = 0.1
SAMPLE = 200_000


def read(data: bytes, name: str) -> RawText:
    """The text of a plain file; a form feed begins a new page."""
    text, encoding = decode(data, name)
    if len(_CONTROL.findall(text[:SAMPLE])) > MOST_CONTROL * min(len(text), SAMPLE) + 2:
        raise _unreadable("binary data", "a document", name, "check that this is the right file")
    if not text.strip():
        raise _unreadable("a file with nothing but blanks", "a text", name, "check that it was saved completely")
    starts = (0, *(match.end() for match in re.finditer("\f", text)))
    return RawText(text=text, format="txt", encoding=encoding, page_starts=starts)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of a file's bytes. Raises UnreadableDocument where the encoding cannot be told."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(f"a byte order mark of {encoding} but other bytes", name) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, name)


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    if data[:4096].count(0) > 8:
        raise _unreadable("binary data", "a document", name, "check that this is the right file")
    best = from_bytes(data[:SAMPLE], cp_isolation=_LEGACY, threshold=0.3).best()
    if best is None or best.chaos > MOST_CHAOS:
        raise _undecodable("bytes in no encoding that can be told with confidence", name)
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError as error:
        raise _undecodable(f"bytes that are mostly {best.encoding}, but not all", name) from error


def _undecodable(found: str, name: str) -> UnreadableDocument:
    return _unreadable(found, "text in UTF-8", name, "open it in an editor and save it as UTF-8")


def _unreadable(found: str, expected: str, name: str, remedy: str) -> UnreadableDocument:
    return UnreadableDocument(found, expected=expected, where=name, remedy=remedy)
