"""A matrix printed by Chromium, which keeps no check sums: what its pages leave open is told, and nothing is read wrong."""

import html
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import sync_playwright

from open1540 import reference
from open1540.documents.tables import checks, read_tables
from open1540.matrix.sheet import Heading, SheetSection, sheet
from open1540.matrix.sheet_reading import SheetRead, read_sheet
from open1540.vocabulary import Entry

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
LEGACY = "legacy_2005_2016"
FIELDS = [field.field for field in reference.template(LEGACY).fields if field.section == "I"]
Print = Callable[[str], bytes]


@pytest.fixture(scope="module")
def to_pdf() -> Iterator[Print]:
    """Prints a web page as PDF."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian package chromium), which is not here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()

        def printed(text: str) -> bytes:
            page.set_content(text)
            return page.pdf(prefer_css_page_size=True)

        yield printed
        browser.close()


def page_of(section: SheetSection, language: str, style: str = "") -> str:
    """One section as a web page."""
    heads = "".join(f"<th>{html.escape(column.heading)}</th>" for column in section.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.cells) + "</tr>" for row in section.rows
    )
    return (
        f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"><meta charset="utf-8"><style>'
        "@page { size: A4 landscape } body { font: 9pt sans-serif } table { border-collapse: collapse; width: 100% }"
        f"td, th {{ border: 1px solid; vertical-align: top }} {style}</style><h2>{html.escape(section.title)}</h2>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></html>"
    )


def read(to_pdf: Print, texts: list[str], language: str, style: str = "") -> tuple[dict[str, Entry], SheetRead]:
    """Each text as the citation of a field of section I, and what is read of the page."""
    told = [Entry("FRA", field, "X", (text,)) for field, text in zip(FIELDS, texts, strict=False)]
    drawn = sheet(told, Heading("FRA", LEGACY, language=language))
    data = to_pdf(page_of(drawn.sections[0], language, style))
    return {entry.field: entry for entry in told}, read_sheet(read_tables(data, "a.pdf"), state="FRA")


def assert_nothing_wrong(wanted: dict[str, Entry], found: SheetRead) -> dict[str, str]:
    """The citations read, by field; every other one of the section is reported with its page."""
    said = {entry.field: entry for entry in found.entries}
    for field in found.understood:
        one, other = wanted.get(field), said.get(field)
        assert one is not None or other is None
        if one is not None:
            assert other is not None
            assert (checks.plain(other.citations[0]), other.code) == (checks.plain(one.citations[0]), one.code)
    places = [problem.where for problem in found.problems if problem.where.startswith("page ")]
    assert len(places) >= len(wanted.keys() - found.understood)
    return {field: entry.citations[0] for field, entry in said.items()}


SURE = [
    "القانون النموذجي رقم 12 لسنة 2004",
    "المرسوم رقم 12/2004",
    "المرسوم ١٢/٢٠٠٤ والقرار ١٥٤٠ (٢٠٠٤)",
    "المادتان 80-144",
    "المادة 7 (أ) و(ب)",
    "لائحة الآلات والإلكترونيات ۱۲/۲۰۰۴",
    "اتفاقية حظـــر الانتشار [نسخة 3]",
    "نسبة 12.5% من المبلغ",
    "قانون الطاقة النووية (Nuclear Energy Act) رقم 3",
]
OPEN = [
    "القانون No. 12 of 1990",
    "القرار S/RES/1540 (2004)",
    "Act 12 (القانون المفترض)، المادة 7",
    "12 Act القانون",
    "أ) المادة 5) 3)",
    "الفقرة \u200f1 (ب) Act \u200f7 من المادة 9",
    "(انظر: http://invented.example/law-7.pdf)",
    "القائمتان ABC/7 وB-140",
    "مُعَدَّلٌ بموجب القانون، والأُسس",
]


def test_arabic_with_numbers_and_brackets_is_read_and_what_has_two_orders_is_told(to_pdf: Print) -> None:
    wanted, found = read(to_pdf, [*SURE, *OPEN], "ar")
    told = assert_nothing_wrong(wanted, found)
    assert [told.get(field) for field in FIELDS[: len(SURE)]] == SURE
    assert FIELDS[len(SURE)] not in told


LATIN = [
    "Invented Efficient Filing Act, office of official affairs",
    "arts. 12(1)(a) and 3 (b) (ii), pre- and post-export",
    "see www.invented.example/law-723/" + "a" * 60,
    "Decree No. 25/1990 [final] — 12.5% of USD 1,000,000*",
    "co-operation in non-proliferation, 5-10 years",
] * 3


@pytest.mark.parametrize("width", [90, 140, 230])
def test_lines_of_narrow_cells_are_put_together_right_or_told(to_pdf: Print, width: int) -> None:
    style = f"table {{ table-layout: fixed }} td:nth-child(4) {{ overflow-wrap: anywhere }} th:nth-child(4) {{ width: {width}px }}"
    wanted, found = read(to_pdf, LATIN, "en", style)
    told = assert_nothing_wrong(wanted, found)
    assert told[FIELDS[0]] == LATIN[0]


@pytest.mark.parametrize("style", ["", "td { word-break: break-all }", "td { text-align: justify }"])
def test_chinese_with_numbers_is_put_together_right_or_told(to_pdf: Print, style: str) -> None:
    texts = ["《虚构刑法》2019年修正案、第12条第3款", "第 12 项 (Annex 7)，附件 945", "Invented Act 7 虚构法"] * 5
    narrow = style + "table { table-layout: fixed } th:nth-child(4) { width: 130px }"
    assert assert_nothing_wrong(*read(to_pdf, texts, "zh", narrow))


@pytest.mark.parametrize("style", ["", "thead { display: table-row-group }", "td { vertical-align: middle }"])
def test_rows_torn_by_a_page_are_whole_or_told(to_pdf: Print, style: str) -> None:
    texts = ["; ".join(f"Закон № {at}-ФЗ, ст. {number}" for number in range(60)) for at in range(14)]
    told = [Entry("FRA", field, "X", tuple(text.split("; "))) for field, text in zip(FIELDS, texts, strict=False)]
    drawn = sheet(told, Heading("FRA", LEGACY, language="ru"))
    found = read_sheet(read_tables(to_pdf(page_of(drawn.sections[0], "ru", style)), "a.pdf"), state="FRA")
    said = {entry.field: entry.citations for entry in found.entries}
    by_field = {entry.field: entry.citations for entry in told}
    assert all(said.get(field, ()) == by_field.get(field, ()) for field in found.understood)
    assert said
