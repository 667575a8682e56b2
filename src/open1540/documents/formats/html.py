"""HTML pages: the visible text, one block element a line."""

import codecs
import re

from lxml import etree
from lxml import html as lxml_html

from open1540.documents.formats import text
from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

_START = re.compile(rb"<!doctype html|<html|<head|<body|<div|<p[ >]|<table", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
# Pages name the smaller encoding and use the larger one, as browsers have long known.
_BROADER = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}
# A declaration may name anything Python can decode, even what is no character encoding; only these are believed.
_OF_PAGES = frozenset(
    codecs.lookup(one).name
    for one in (
        *("utf-8", "utf-16", "gb18030", "big5hkscs", "cp1250", "cp1251", "cp1252", "cp1256", "koi8-r", "koi8-u"),
        *("iso8859-2", "iso8859-5", "iso8859-6", "iso8859-15", "mac-cyrillic", "cp866"),
    )
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "head",
        "nav",
        "header",
        "footer",
        "noscript",
        "template",
        "svg",
        "form",
        "button",
        "select",
        "iframe",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "table",
        "tbody",
        "thead",
        "dl",
        "dt",
        "dd",
        "pre",
        "hr",
        "body",
        "html",
        "figure",
        "figcaption",
        "address",
        "center",
    ]
)


def is_html(start: bytes) -> bool:
    """Whether a file begins as a page does."""
    return bool(_START.match(start) or (start.startswith(b"<") and _START.search(start)))


def read(data: bytes, name: str) -> RawText:
    """The visible text of a page; navigation, scripts and styles are left out."""
    content, encoding = _decoded(data, name)
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", content), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise _empty(name) from error
    lines = [""]
    _walk(root, lines)
    kept = [re.sub(r"[ \t\r\n]+", " ", line).strip(" ") for line in lines]
    body = "\n".join(line for line in kept if line)
    if not body:
        raise _empty(name)
    return RawText(text=body + "\n", format="html", encoding=encoding, whole_lines=True)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        label = declared[1].decode("ascii", "replace").lower()
        encoding = _BROADER.get(label, label)
        try:
            if codecs.lookup(encoding).name in _OF_PAGES:
                return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    return text.decode(data, name)


def _walk(element: etree._Element, lines: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag not in _HIDDEN and tag:
        if tag in _BLOCKS:
            lines.append("• " if tag == "li" and _bulleted(element) else "")
        elif tag == "br":
            lines.append("")
        lines[-1] += element.text or ""
        for child in element:
            _walk(child, lines)
        if tag in _BLOCKS:
            lines.append("")
        elif tag in ("td", "th") and element.getnext() is not None:
            lines[-1] += " | "
    lines[-1] += element.tail or ""


def _bulleted(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "ul"


def _empty(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "a page without visible text",
        expected="an HTML document",
        where=name,
        remedy="save the page completely, or print it to PDF",
    )
