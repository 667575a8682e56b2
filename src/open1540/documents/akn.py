"""A reading as Akoma Ntoso 3.0 (LegalDocML), the XML standard of United Nations documents.

The export holds the text with its structure and links; what the rules concluded (statements, claims) stays in JSON.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from lxml import etree

from open1540.documents.reading import Date, Paragraph, Reading, Reference

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LEGAL = {
    "resolution": "statement",
    "draft": "statement",
    "presidential statement": "statement",
    "national law": "act",
}
# "Article 1a of chapter IV bis." is as long as marks of articles get.
LONGEST_MARK = 40
_ID = re.compile(r"[^a-zA-Z0-9]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Mark = TypeVar("Mark", Reference, Date)
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
            own = [p for p in reading.paragraphs if p.annex == index]
            _body(inner, reading, own, "doc", prefix=f"att_{index + 1}__")
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
    if suffix:
        return
    references = etree.SubElement(document[0], "references", source="#open1540")
    etree.SubElement(
        references,
        "TLCOrganization",
        eId="open1540",
        href="/ontology/organization/open1540",
        showAs="open1540",
    )
    for actor in reading.actors:
        kind = "TLCPerson" if actor.type == "person" else "TLCOrganization"
        shown = actor.mentions[0].surface
        etree.SubElement(
            references, kind, eId=_ID.sub("-", actor.id), href=f"/ontology/{actor.id}", showAs=_clean(shown)
        )


def _body(document: etree._Element, reading: Reading, paragraphs: list[Paragraph], kind: str, prefix: str = "") -> None:
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
            _numbered(body, paragraph, f"{prefix}para_{number + 1}", reading)
    for empty in (preface, preamble):
        if not len(empty):
            document.remove(empty)


def _numbered(body: etree._Element, paragraph: Paragraph, identifier: str, reading: Reading) -> None:
    holder = etree.SubElement(body, "paragraph", eId=identifier)
    if paragraph.number and (printed := _printed(paragraph, reading)):
        etree.SubElement(holder, "num").text = _clean(printed)
    content = etree.SubElement(holder, "content")
    _line(etree.SubElement(content, "p"), paragraph, reading)


def _printed(paragraph: Paragraph, reading: Reading) -> str:
    """The mark as the document prints it in front of the paragraph, or the last step of the number's path."""
    line = reading.text.rfind("\n", 0, paragraph.start) + 1
    mark = reading.text[line : paragraph.start].strip()
    if mark and len(mark) <= LONGEST_MARK:
        return mark
    number = paragraph.number or ""
    if paragraph.kind not in ("operative", "body"):
        return ""
    return f"({number.rsplit('(', 1)[1]}" if "(" in number else f"{number}."


def _line(element: etree._Element, paragraph: Paragraph, reading: Reading) -> None:
    """The paragraph's words with its references as links and its days as dates, where they stand in it unbroken."""
    at, last = 0, None
    marks: list[Reference | Date] = [*_within(paragraph, reading.references), *_within(paragraph, reading.dates)]
    for mark in sorted(marks, key=lambda mark: mark.start):
        found = paragraph.text.find(mark.surface, at)
        tag, attribute = _tag(mark)
        if found < 0 or not tag:
            continue
        _append(element, last, paragraph.text[at:found])
        last = etree.SubElement(element, tag, attribute)
        last.text = _clean(mark.surface)
        at = found + len(mark.surface)
    _append(element, last, paragraph.text[at:])


def _tag(mark: Reference | Date) -> tuple[str, dict[str, str]]:
    """Element and attribute for what is marked; no element where the standard has no value for it."""
    if isinstance(mark, Reference):
        return ("ref", {"href": f"/un/{mark.symbol}"}) if mark.symbol else ("", {})
    return ("date", {"date": mark.value}) if _DAY.fullmatch(mark.value) else ("", {})


def _within(paragraph: Paragraph, marks: Sequence[Mark]) -> list[Mark]:
    first = bisect_left(marks, paragraph.start, key=lambda mark: mark.start)
    last = bisect_left(marks, paragraph.end, key=lambda mark: mark.start)
    return [mark for mark in marks[first:last] if mark.end <= paragraph.end]


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + _clean(text)
    else:
        last.tail = (last.tail or "") + _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
