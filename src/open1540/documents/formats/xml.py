"""Akoma Ntoso XML, and the hardened XML parser every format here uses."""

import re

from lxml import etree

from open1540.documents.reading import RawText
from open1540.vocabulary import UnreadableDocument

_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?akomaNtoso\b")
# Elements that stand on a line of their own.
_LINES = frozenset(
    [
        "p",
        "docTitle",
        "docNumber",
        "docDate",
        "docAuthority",
        "docProponent",
        "heading",
        "subheading",
        "recital",
        "li",
        "tr",
        "longTitle",
        "formula",
        "listIntroduction",
        "listWrapUp",
        "intro",
        "wrapUp",
    ]
)
_NUMBERED = frozenset(
    [
        "paragraph",
        "subparagraph",
        "point",
        "indent",
        "alinea",
        "article",
        "section",
        "clause",
        "item",
        "recital",
        "list",
        "hcontainer",
    ]
)
_SKIPPED = frozenset({"meta", "authorialNote", "remark"})


def refuse_entities(data: bytes, name: str) -> None:
    """Raise UnreadableDocument for XML that declares entities, before any parser sees it."""
    if _ENTITY.search(data[:100_000]):
        raise _refused("XML that declares entities", name)


def parse(data: bytes, name: str) -> etree._Element:
    """The root of an XML document. Entities, document types with content, and the network are refused."""
    refuse_entities(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(f"XML that is not well formed ({str(error)[:120]})", name) from error
    # The search above misses declarations in UTF-16 or behind a long comment; the parser has seen them, unexpanded.
    # (The method is missing from the parser's type stubs, hence by name.)
    if any(getattr(root.getroottree().docinfo.internalDTD, "entities", list)()):
        raise _refused("XML that declares entities", name)
    return root


def is_akoma_ntoso(start: bytes) -> bool:
    """Whether a file begins as Akoma Ntoso does, or as XML that is not HTML."""
    return bool(_ROOT.search(start)) or (start.startswith(b"<?xml") and b"<html" not in start.lower())


def read(data: bytes, name: str) -> RawText:
    """The text of an Akoma Ntoso document, one paragraph a line, numbers in front."""
    root = parse(data, name)
    if local(root) != "akomaNtoso":
        raise _refused(f"XML of another kind (<{local(root)}>)", name)
    lines: list[str] = []
    _walk(root, lines, "")
    text = "\n".join(line for line in lines if line)
    if not text:
        raise _refused("an Akoma Ntoso document without text", name)
    encoding = root.getroottree().docinfo.encoding or "utf-8"
    return RawText(text=text + "\n", format="akn", encoding=encoding.lower(), whole_lines=True)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words(element: etree._Element) -> str:
    """All text of an element on one line, notes left out."""
    parts = [element.text or ""]
    for child in element:
        if local(child) not in _SKIPPED:
            parts.append(words(child))
        parts.append(child.tail or "")
    return re.sub(r"[ \t\r\n]+", " ", "".join(parts))


def _walk(element: etree._Element, lines: list[str], number: str) -> str:
    """Collect lines below an element; returns the number still waiting for its text."""
    name = local(element)
    if name in _SKIPPED or not name:
        return number
    if name == "num":
        return f"{number} {words(element).strip()}".strip()
    if name in _LINES and not _has_lines(element):
        lines.append(f"{number} {words(element).strip()}".strip())
        return ""
    if name in ("container", "block", "span") and not _has_lines(element) and (own := words(element).strip()):
        lines.append(f"{number} {own}".strip())
        return ""
    for child in element:
        number = _walk(child, lines, number)
    if name in _NUMBERED and number:
        lines.append(number)
        return ""
    return number


def _has_lines(element: etree._Element) -> bool:
    return any(local(child) in _LINES or local(child) in _NUMBERED for child in element.iter() if child is not element)


def _refused(found: str, name: str) -> UnreadableDocument:
    return UnreadableDocument(
        found,
        expected="well-formed Akoma Ntoso, or Word's XML, without entities of its own",
        where=name,
        remedy="export it again from the program that made it, or save it as DOCX or PDF",
    )
