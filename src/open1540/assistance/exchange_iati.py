"""Offers and activities in the XML of the IATI Activity Standard, version 2.03: a subset, and no official file.

Element names and their order are the standard's. What it asks for and the record does not know is left out: a day where none is named,
a share for each of several States, a registered identifier of the provider. Nobody has said that the file is valid.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from open1540 import reference
from open1540.assistance.exchange import Record
from open1540.assistance.form import printable
from open1540.assistance.records import Activity, Contact, Offer
from open1540.reference.iati import iati
from open1540.reference.labels import folded
from open1540.reference.offer_columns import named_regions

NOTE = (
    " A subset of the IATI Activity Standard 2.03 written by open1540. Identifiers of organisations are its own and registered nowhere; "
    "sectors and tags are its own vocabularies. No body has validated this file. "
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN = "open1540"


def as_iati(records: Sequence[Record], language: str, at: dt.datetime) -> bytes:
    """The records as XML.

    Arguments:
        language: in which titles of themes and kinds of help are written; what records say is in whatever language it was written.
        at: the moment of writing, in UTC.
    """
    root = etree.Element("iati-activities", version=iati().version)
    root.set("generated-datetime", at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    root.append(etree.Comment(NOTE))
    for record in records:
        root.append(_activity(record, language))
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _activity(record: Record, language: str) -> etree._Element:
    codes = iati()
    kind = codes.providers[record.kind if isinstance(record, Offer) else "other"]
    ref = f"{_OWN}-{hashlib.sha256(folded(record.provider).encode()).hexdigest()[:12]}"
    activity = etree.Element("iati-activity")
    activity.set(_LANG, language)
    _child(activity, "iati-identifier").text = f"{ref}-{record.id}"
    _told(activity, "reporting-org", record.provider, ref=ref, type=kind)
    _told(activity, "title", record.title)
    _told(activity, "description", record.text if isinstance(record, Offer) and record.text else record.title)
    if isinstance(record, Offer) and record.conditions:
        _told(activity, "description", record.conditions, type=codes.condition)
    _told(activity, "participating-org", record.provider, role=codes.role, type=kind)
    _child(activity, "activity-status", code=codes.statuses[_status(record)])
    _days(activity, record)
    if isinstance(record, Offer) and record.contact != Contact():
        _contact(activity, record.contact)
    for state in record.states:
        found = reference.state(state)
        _told(activity, "recipient-country", found.name(language), code=found.iso2)
    if isinstance(record, Offer):
        _regions(activity, record.regions, language)
    for theme in record.subject.themes:
        _told(activity, "sector", _theme(theme, language), vocabulary=codes.vocabularies["own"], code=theme)
    for tag, words in _tags(record, language):
        _told(activity, "tag", words, vocabulary=codes.vocabularies["own"], code=tag)
    return activity


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, name, attributes)


def _told(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    _child(_child(parent, name, **attributes), "narrative").text = printable(text)


def _status(record: Record) -> str:
    if isinstance(record, Activity):
        return record.status
    return "withdrawn" if record.withdrawn else "offered"


def _days(activity: etree._Element, record: Record) -> None:
    held = isinstance(record, Activity) and record.status == "held"
    types = iati().dates["held" if held else "planned"]
    for kind, day in zip(types, (record.subject.since, record.subject.until), strict=True):
        if day:
            _child(activity, "activity-date", **{"iso-date": day.isoformat(), "type": kind})


def _contact(activity: etree._Element, contact: Contact) -> None:
    told = _child(activity, "contact-info", type=iati().contact)
    for name, text in (("department", contact.office), ("person-name", contact.name)):
        if text:
            _told(told, name, text)
    for name, text in (("telephone", contact.phone), ("email", contact.email)):
        if text:
            _child(told, name).text = printable(text)


def _regions(activity: etree._Element, regions: Iterable[str], language: str) -> None:
    known, vocabularies = {region.name: region for region in named_regions()}, iati().vocabularies
    for name in regions:
        region = known[name]
        vocabulary = vocabularies["m49" if region.m49 else "own"]
        _told(
            activity, "recipient-region", region.titles[language], vocabulary=vocabulary, code=region.m49 or region.name
        )


def _theme(theme: str, language: str) -> str:
    return next(known.titles[language] for known in reference.themes() if known.id == theme)


def _tags(record: Record, language: str) -> Iterator[tuple[str, str]]:
    for kind in record.subject.types:
        yield kind, reference.assistance_type(kind).titles[language]
    yield from ((weapon, reference.matrix_word(weapon, language)) for weapon in record.subject.weapons)
    yield from ((field, field) for field in record.subject.fields)
