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
# Encodings texts in the six languages were ever kept in. Latin-1 is read as windows-1252, which holds all its letters;
# Latin-9 is told from it afterwards, and central European ones are left out because they give Spanish other letters.
_LEGACY = ("cp1256", "iso8859_6", "gb18030", "big5", "cp1251", "koi8_r", "iso8859_5", "mac_cyrillic", "cp1252")
# Where Latin-9 has the French letters œ, Œ and Ÿ, windows-1252 has fractions, which stand beside no letter.
_FRACTION_IN_WORD = re.compile(r"[^\W\d_][\xbc-\xbe]|[\xbc-\xbe][^\W\d_]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MOST_CONTROL = 0.001
# Blanks, line ends, digits and Latin letters leave every other byte empty in UTF-16; even Chinese has this many.
EMPTY_BYTES_OF_UTF16 = 0.03
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
    wide = _unmarked_utf16(data)
    try:
        return data.decode(wide or "utf-8"), wide or "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, name)


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: of digits and blanks the high byte is empty, the low one seldom."""
    sample = data[:SAMPLE]
    if len(data) % 2 or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < EMPTY_BYTES_OF_UTF16 * len(sample) / 2 or max(even, odd) < 4 * min(even, odd):
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = sample.decode(encoding, "replace")
    return None if _CONTROL.search(text) or "\ufffd" in text[:-1] else encoding


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    if data[:4096].count(0) > 8:
        raise _unreadable("binary data", "a document", name, "check that this is the right file")
    best = from_bytes(data[:SAMPLE], cp_isolation=list(_LEGACY), threshold=0.3).best()
    if best is None or best.chaos > MOST_CHAOS:
        raise _undecodable("bytes in no encoding that can be told with confidence", name)
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(f"bytes that are mostly {best.encoding}, but not all", name) from error
    if best.encoding == "cp1252" and _FRACTION_IN_WORD.search(text) and not re.search(rb"[\x80-\x9f]", data):
        return data.decode("iso8859_15"), "iso8859_15"
    return text, best.encoding


def _undecodable(found: str, name: str) -> UnreadableDocument:
    return _unreadable(found, "text in UTF-8", name, "open it in an editor and save it as UTF-8")


def _unreadable(found: str, expected: str, name: str, remedy: str) -> UnreadableDocument:
    return UnreadableDocument(found, expected=expected, where=name, remedy=remedy)
