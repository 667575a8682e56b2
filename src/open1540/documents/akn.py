"""A reading as Akoma Ntoso 3.0 (LegalDocML), the XML standard of United Nations documents.

The export holds the text with its structure and links; what the rules concluded (statements, claims) stays in JSON.
"""

import re
from bisect import bisect_left

from lxml import etree

from open1540.documents.reading import Paragraph, Reading, Reference

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LEGAL = {
    "resolution": "statement",
    "draft": "statement",
    "presidential statement": "statement",
    "national law": "act",
}
_ID = re.compile(r"[^a-zA-Z0-9]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_akn(reading: Reading) -> bytes:
    """The document as Akoma Ntoso XML in UTF-8; reading it again gives the same paragraphs."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    kind = _LEGAL.get(reading.document.kind, "doc")
    document = etree.SubElement(root, kind, name=_ID.sub("-", reading.document.kind))
    _meta(document, reading)
    _body(document, reading, [p for p in reading.paragraphs if p.annex is None], kind)
    if reading.annexes:
        attachments = etree.SubElement(document, "attachments")
        for index, annex in enumerate(reading.annexes):
            attachment = etree.SubElement(attachments, "attachment")
            inner = etree.SubElement(attachment, "doc", name="annex")
            _meta(inner, reading, suffix=f"/annex-{annex.number or index + 1}")
            _body(inner, reading, [p for p in reading.paragraphs if p.annex == index], "doc")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _meta(document: etree._Element, reading: Reading, suffix: str = "") -> None:
    head = reading.document
    symbol = (head.symbol or reading.sha256[:16]).lower().replace("(", "-").replace(")", "")
    uri = f"/akn/un/{_ID.sub('-', head.kind)}/{head.date or 'undated'}/{symbol}{suffix}"
    identification = etree.SubElement(etree.SubElement(document, "meta"), "identification", source="#open1540")
    for level, address in (
        ("FRBRWork", uri),
        ("FRBRExpression", f"{uri}/{head.language}"),
        ("FRBRManifestation", f"{uri}/{head.language}.akn"),
    ):
        part = etree.SubElement(identification, level)
        etree.SubElement(part, "FRBRthis", value=address)
        etree.SubElement(part, "FRBRuri", value=address)
        etree.SubElement(part, "FRBRdate", date=head.date or "0001-01-01", name="date")
        etree.SubElement(part, "FRBRauthor", href=f"#{(head.sender.actor if head.sender else None) or 'unknown'}")
        if level == "FRBRWork":
            etree.SubElement(part, "FRBRcountry", value="un")
        if level == "FRBRExpression":
            etree.SubElement(part, "FRBRlanguage", language=head.language)
    references = etree.SubElement(document[0], "references", source="#open1540")
    etree.SubElement(
        references,
        "TLCOrganization",
        eId="open1540",
        href="/ontology/organization/open1540",
        showAs="open1540",
    )
    for actor in reading.actors if not suffix else ():
        kind = "TLCPerson" if actor.type == "person" else "TLCOrganization"
        shown = actor.mentions[0].surface
        etree.SubElement(
            references, kind, eId=_ID.sub("-", actor.id), href=f"/ontology/{actor.id}", showAs=_clean(shown)
        )


def _body(document: etree._Element, reading: Reading, paragraphs: list[Paragraph], kind: str) -> None:
    front = {"title", "adoption", "enacting", "preambular"}
    preface = etree.SubElement(document, "preface")
    preamble = etree.SubElement(document, "preamble")
    body = etree.SubElement(document, {"act": "body"}.get(kind, "mainBody"))
    seen_body = False
    for number, paragraph in enumerate(paragraphs):
        seen_body = seen_body or paragraph.kind not in front
        if paragraph.kind in front and not seen_body:
            place = preface if paragraph.kind in ("title", "adoption") else preamble
            _line(etree.SubElement(place, "p"), paragraph, reading)
        else:
            _numbered(body, paragraph, number, reading)
    for empty in (preface, preamble):
        if not len(empty):
            document.remove(empty)


def _numbered(body: etree._Element, paragraph: Paragraph, number: int, reading: Reading) -> None:
    holder = etree.SubElement(body, "paragraph", eId=f"para_{number + 1}")
    if (paragraph.number and paragraph.kind == "operative") or (paragraph.number and paragraph.kind == "body"):
        etree.SubElement(holder, "num").text = _printed(paragraph.number)
    content = etree.SubElement(holder, "content")
    _line(etree.SubElement(content, "p"), paragraph, reading)


def _printed(number: str) -> str:
    """The mark as a page prints it: the last step of the path."""
    return f"({number.rsplit('(', 1)[1]}" if "(" in number else f"{number}."


def _line(element: etree._Element, paragraph: Paragraph, reading: Reading) -> None:
    """The paragraph's words with its references as links, where their words stand in it unbroken."""
    at, last = 0, None
    for reference in _within(paragraph, reading.references):
        found = paragraph.text.find(reference.surface, at)
        if found < 0 or not reference.symbol:
            continue
        _append(element, last, paragraph.text[at:found])
        last = etree.SubElement(element, "ref", href=f"/un/{reference.symbol}")
        last.text = _clean(reference.surface)
        at = found + len(reference.surface)
    _append(element, last, paragraph.text[at:])


def _within(paragraph: Paragraph, references: tuple[Reference, ...]) -> list[Reference]:
    first = bisect_left(references, paragraph.start, key=lambda reference: reference.start)
    last = bisect_left(references, paragraph.end, key=lambda reference: reference.start)
    return [reference for reference in references[first:last] if reference.end <= paragraph.end]


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + _clean(text)
    else:
        last.tail = (last.tail or "") + _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
