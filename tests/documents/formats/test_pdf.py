"""Printed pages become text that keeps their paragraphs, whatever their columns, sizes and hyphens."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import typst
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from open1540.documents.formats import open_document
from open1540.vocabulary import UnreadableDocument

WORDS = (
    "The Council reaffirms that proliferation of such weapons constitutes a threat to peace and security, and calls "
    "upon all States to establish effective controls over related materials and to cooperate with the Committee"
)


def drawn(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    lock = None if password is None else pdfencrypt.StandardEncryption(password, "owner")
    canvas = Canvas(buffer, encrypt=lock)
    for page in pages:
        for row, line in enumerate(page):
            canvas.drawString(60, 780 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def typeset(source: str) -> str:
    return open_document(typst.compile(source.encode()), "a.pdf").text


def joined(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad\n", ""))


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("justified", ["true", "false"])
def test_columns_are_read_one_after_the_other_without_losing_a_word(columns: int, justified: str) -> None:
    source = f"#set page(columns: {columns})\n#set par(justify: {justified})\n#set text(hyphenate: false)\n"
    paragraphs = [f"Paragraph {number}. {WORDS} {number}." for number in range(30)]
    assert joined(typeset(source + "\n\n".join(paragraphs))).strip() == " ".join(paragraphs)


@pytest.mark.parametrize(
    ("language", "family", "sentence"),
    [
        ("ru", "DejaVu Serif", "Совет Безопасности подтверждает резолюцию 1540 (2004) и постановляет продлить мандат"),
        ("fr", "DejaVu Serif", "Le Conseil réaffirme la résolution 1540 (2004) et décide d’œuvrer à son efficacité"),
        ("es", "DejaVu Serif", "El Consejo reafirma la resolución 1540 (2004) y señala la finalización del año"),
        ("zh", "Noto Serif CJK SC", "安全理事会重申第1540(2004)号决议并决定各国应采取有效措施加强国内管制"),
        ("ar", "Noto Naskh Arabic", "يؤكد مجلس الأمن من جديد القرار 1540 (2004) ويقرر تمديد ولاية اللجنة"),
    ],
)
def test_letters_come_back_in_order_in_every_language(language: str, family: str, sentence: str) -> None:
    if family not in typst.Fonts().families():
        pytest.skip(f"needs the font {family}, which is not installed here")
    text = typeset(f'#set text(lang: "{language}", font: "{family}", hyphenate: false)\n{sentence}\n\n{sentence}')
    assert [re.sub(r"\s", "", part) for part in text.strip().split("\n\n")] == [re.sub(r"\s", "", sentence)] * 2


def test_a_paragraph_gap_becomes_an_empty_line() -> None:
    text = typeset(f"#set par(spacing: 1.6em)\n{WORDS}.\n\n{WORDS}.\n\n{WORDS}.")
    assert [joined(part).strip() for part in text.strip().split("\n\n")] == [f"{WORDS}."] * 3


def test_first_lines_are_indented_and_blocks_are_not() -> None:
    setting = "#set par(first-line-indent: (amount: 2em, all: true), spacing: 0.65em)\n"
    text = typeset(
        setting + "\n\n".join([f"{WORDS}."] * 4) + f"\n\n#pad(left: 4em)[#set par(first-line-indent: 0em)\n{WORDS}.]"
    )
    starts = [line.startswith(" ") for line in text.splitlines()]
    opens = [line.strip().startswith("The Council") for line in text.splitlines()]
    assert starts[: opens.index(True, 10)] == opens[: opens.index(True, 10)]
    assert not any(starts[-2:])


def test_words_broken_by_the_typesetter_are_marked_and_compounds_keep_their_hyphen() -> None:
    whole = "proliferation constitutes cooperate establish security materials effective controls Committee related reaffirms"
    source = f'#set page(width: 7cm, height: 60cm)\n#set par(justify: true)\n#set text(hyphenate: true, lang: "en")\n{whole}\n\n'
    text = typeset(source + f"{WORDS}. " * 4)
    assert "\u00ad\n" in text
    assert joined(text).count("proliferation") == 5


def test_a_real_hyphen_at_the_end_of_a_line_stays() -> None:
    raw = open_document(drawn([["The areas are Houthi-", "controlled, that is, Houthi-controlled areas."]]), "a.pdf")
    assert "Houthi-\ncontrolled" in raw.text


def test_a_raised_number_stays_on_its_line() -> None:
    text = typeset(f"{WORDS}#super[12] and more. {WORDS}.")
    assert re.search(r"Committee\s?12 and\s+more", text)


def test_footnotes_stand_below_a_rule_at_the_end_of_their_page() -> None:
    note = "#footnote[See S/2020/1139, paragraph 3.]"
    text = typeset(f"#set page(columns: 2, height: 12cm)\nFirst{note} words. " + f"{WORDS}.\n\n" * 6)
    first = text.split("\f", 1)[0]
    assert first.rstrip().endswith("1 See S/2020/1139, paragraph 3.")
    assert re.search(r"\n_{5,}\n1 See", first)


def test_each_page_begins_after_a_form_feed() -> None:
    raw = open_document(drawn([["The first page has some words."], ["The second page has some too."]]), "a.pdf")
    assert [raw.text[start:].split(" ", 2)[1] for start in raw.page_starts] == ["first", "second"]


def test_heads_and_feet_drawn_last_are_read_in_their_place() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for row in range(20):
        canvas.drawString(60, 740 - 14 * row, f"This is line {row} of a page with plenty of words on it.")
    canvas.drawString(400, 800, "S/2021/77")
    canvas.drawString(60, 40, "21-01234")
    canvas.save()
    lines = [line for line in open_document(buffer.getvalue(), "a.pdf").text.split("\n") if line]
    assert (lines[0].strip(), lines[-1].strip()) == ("S/2021/77", "21-01234")


def test_many_blank_pages_have_no_text_layer_and_the_way_to_one_is_named() -> None:
    with pytest.raises(UnreadableDocument, match="300 pages without a text layer") as refused:
        open_document(drawn([[]] * 300), "scan.pdf")
    assert "ocrmypdf" in refused.value.remedy


def test_a_password_is_asked_for_only_where_one_is_needed() -> None:
    page = ["A sentence that is long enough to be read."]
    assert page[0] in open_document(drawn([page], password=""), "open.pdf").text
    with pytest.raises(UnreadableDocument, match="encrypted"):
        open_document(drawn([page], password="secret"), "locked.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_file_is_damaged(share: float) -> None:
    data = drawn([["A sentence that is long enough to be read."]] * 3)
    with pytest.raises(UnreadableDocument, match="damaged"):
        open_document(data[: int(len(data) * share)], "cut.pdf")


def test_a_scan_of_a_letter_names_ocr(shared: Path) -> None:
    path = shared / "documents" / "pdf" / "en_letter_A_47_60_S_23329.pdf"
    with pytest.raises(UnreadableDocument, match="11 pages without a text layer"):
        open_document(path.read_bytes(), path.name)
