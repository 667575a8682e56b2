"""HTML and Akoma Ntoso: visible text, one block a line; hostile XML refused; the export reads back."""

import pytest
from lxml import etree

from open1540.documents import read
from open1540.documents.akn import NAMESPACE, to_akn
from open1540.documents.formats import open_document
from open1540.vocabulary import UnreadableDocument

LETTER = """Letter dated 3 March 2021 from the Permanent Representative of Fiji to the United Nations addressed to the \
President of the Security Council

I have the honour to refer to resolution 1540 (2004) & to transmit our report (see annex).

(Signed) A. Person
Permanent Representative

Annex

1. Fiji adopted its export control act on 1 May 2019.

2. We request the 1540 Committee to assist us, as paragraph 3 of resolution 1977 (2011) provides.
"""


def test_only_the_visible_text_of_a_page_is_read() -> None:
    page = b"""<html><head><title>t</title><style>p{}</style></head><body><nav>menu</nav><script>x()</script>
    <h1>Law</h1><p>One<br>two &amp; three</p><ul><li>first<li>second</ul>
    <table><tr><td>a<td>b</table><footer>foot</footer></body></html>"""
    wanted = ["Law", "One", "two & three", "• first", "• second", "a | b"]
    assert open_document(page, "a.html").text.splitlines() == wanted


@pytest.mark.parametrize(
    ("declared", "encoding"), [("iso-8859-1", "cp1252"), ("gb2312", "gb18030"), ("windows-1251", "cp1251")]
)
def test_a_page_is_decoded_as_it_says(declared: str, encoding: str) -> None:
    text = {"cp1252": "l’été", "gb18030": "镕㐀", "cp1251": "закон"}[encoding]
    page = f'<html><meta charset="{declared}"><body><p>{text}</p></body></html>'.encode(encoding)
    assert open_document(page, "a.html").text == text + "\n"


@pytest.mark.parametrize("declared", ["undefined", "punycode", "unicode_escape", "no-such-thing"])
def test_a_declaration_that_is_no_encoding_is_not_believed(declared: str) -> None:
    page = f'<html><meta charset="{declared}"><body><p>l’été</p></body></html>'.encode()
    assert open_document(page, "a.html").text == "l’été\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_akoma_ntoso_gives_numbers_and_text(encoding: str) -> None:
    body = "<paragraph><num>1.</num><content><p>Decides <i>now</i>;</p></content></paragraph>"
    xml = f'<?xml version="1.0" encoding="{encoding}"?><akomaNtoso xmlns="{NAMESPACE}"><doc>{body}</doc></akomaNtoso>'
    raw = open_document(xml.encode(encoding), "a.xml")
    assert (raw.text, raw.encoding) == ("1. Decides now;\n", encoding)


@pytest.mark.parametrize("padding", [0, 150_000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_are_declared(padding: int, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * padding}--><!DOCTYPE a [<!ENTITY e "boom">]>'
    with pytest.raises(UnreadableDocument, match="entities"):
        open_document((xml + "<akomaNtoso><p>&e;</p></akomaNtoso>").encode(encoding), "a.xml")


def test_xml_of_another_kind_is_named() -> None:
    with pytest.raises(UnreadableDocument, match="<rss>"):
        open_document(b'<?xml version="1.0"?><rss><p>text</p></rss>', "a.xml")


def test_an_export_reads_back_to_the_same_paragraphs() -> None:
    first = read(LETTER.encode(), "letter.txt")
    second = read(to_akn(first), "letter.xml")
    assert [(p.kind, p.number, p.text, p.annex) for p in second.paragraphs] == [
        (p.kind, p.number, p.text, p.annex) for p in first.paragraphs
    ]
    assert [r.symbol for r in second.references] == [r.symbol for r in first.references]


def test_an_export_links_references_dates_and_actors() -> None:
    root = etree.fromstring(to_akn(read(LETTER.encode(), "letter.txt")))
    found = {etree.QName(element).localname: element for element in root.iter(etree.Element)}
    links = [element.get("href") for element in root.iter(f"{{{NAMESPACE}}}ref")]
    assert "/un/S/RES/1977(2011)" in links
    assert "2019-05-01" in [element.get("date") for element in root.iter(f"{{{NAMESPACE}}}date")]
    assert {"preface", "mainBody", "attachments", "TLCOrganization", "FRBRlanguage"} <= set(found)


def test_identifiers_of_an_export_are_unique() -> None:
    root = etree.fromstring(to_akn(read(LETTER.encode(), "letter.txt")))
    identifiers = [element.get("eId") for element in root.iter() if element.get("eId")]
    assert len(identifiers) == len(set(identifiers))
