"""Prints the figures of matrix files: a matrix of invented citations written to each form and read back.

Run ``make bench`` or this file. Every bar is printed beside its figure; the exit code is 1 where one is missed.
"""

import random
import sys
import time
from collections.abc import Iterator

import pypdfium2

from open1540 import reference
from open1540.documents.tables import read_tables
from open1540.interfaces.reports.matrix_docx import as_docx
from open1540.interfaces.reports.matrix_flat import as_csv
from open1540.interfaces.reports.matrix_pdf import as_pdf
from open1540.interfaces.reports.matrix_sheet import sheet_in
from open1540.interfaces.reports.matrix_xlsx import as_xlsx
from open1540.matrix.sheet import Heading
from open1540.matrix.sheet_reading import SheetRead, read_sheet
from open1540.vocabulary import Code, Entry

# Invented laws of no State: (act, article, remark) in each language of the bars.
WORDS = {
    "en": (
        ("Invented Strategic Goods (Control) Act {n} of {y}", "Model Penal Code, as amended in {y}"),
        ("s. {a}({b})", "arts. {a}–{b}, pre- and post-export checks", "sect. {a} (b) (ii)"),
        (
            "See page {n} of the invented report; non-State actors are covered by the word “person”.",
            "Bill {n}/{y} pending",
        ),
    ),
    "zh": (
        ("《虚构核出口管制条例》（{y}年第{n}号令）", "《虚构刑法》{y}年修正案"),
        ("第{a}条第{b}款", "第{a}至{b}条 (Annex {n})", "附件 {n}，第 {a} 项"),
        ("参见虚构报告第{n}页；“人”一词包括非国家行为者。", "第 {n}/{y} 号草案待审"),
    ),
    "ru": (
        ("Вымышленный закон «Об экспортном контроле» № {n}-ФЗ от {y} г.", "Примерный уголовный кодекс (в ред. {y} г.)"),
        ("ст. {a}, п. {b}", "ст. {a}–{b} и приложение {n}", "гл. {a} (раздел II), пп. (b)"),
        ("См. с. {n} вымышленного доклада; негосударственные субъекты охвачены словом «лицо».", "Законопроект {n}/{y}"),
    ),
    "ar": (
        ("القانون النموذجي رقم {n} لسنة {y} بشأن مراقبة الصادرات", "قانون العقوبات المفترض (المعدل في {y})"),
        ("المادة {a} (أ)", "المواد {a} إلى {b} والمرفق {n}", "الفصل {a}، الفقرة {b} (ج)"),
        ("انظر الصفحة {n} من التقرير المفترض؛ تشمل كلمة «شخص» الجهات من غير الدول.", "مشروع القانون {n}/{y} (Act {n})"),
    ),
}
# What a reader gets of a page that carries no sums; no requirement, measured so that a loss is seen. Chinese that sets
# numbers with and without blanks leaves it open at every line's end.
WITHOUT_SUMS = {"en": 0.95, "zh": 0.2, "ru": 0.85, "ar": 0.4}
missed: list[str] = []


def bar(label: str, figure: float, at_least: float, detail: object = "") -> None:
    """Print one figure beside its bar."""
    verdict = "met   " if figure >= at_least else "MISSED"
    if figure < at_least:
        missed.append(label)
    print(f"{verdict} {label:58} {figure:9.3f}  bar {at_least:9.3f}  {detail}", flush=True)


def filled(
    language: str, template_id: str = "legacy_2005_2016", fullness: float = 0.95, longest: int = 3
) -> tuple[list[Entry], Heading]:
    """A matrix in which most fields cite invented laws at length."""
    chance = random.Random(f"{language} {template_id}")
    acts, articles, remarks = WORDS[language]

    def told(texts: tuple[str, ...]) -> str:
        numbers = {"n": chance.randint(2, 999), "y": chance.randint(1961, 2024), "a": chance.randint(1, 99)}
        return chance.choice(texts).format(**numbers, b=chance.randint(100, 180))

    separator = "、" if language == "zh" else "، " if language == "ar" else ", "
    codes: tuple[Code, ...] = ("X", "X", "X", "?", "NA")
    entries = []
    for field in reference.template(template_id).fields:
        if chance.random() < fullness:
            citations = tuple(told(acts) + separator + told(articles) for _ in range(chance.randint(1, longest)))
            remark = told(remarks) if chance.random() < 0.3 else ""
            entries.append(Entry("FRA", field.field, chance.choice(codes), citations, remark))
    return entries, Heading("FRA", template_id, language=language)


def cells(entries: list[Entry]) -> dict[tuple[str, str], object]:
    """What each field says, piece by piece: its code, its citations, its remarks."""
    return {
        (entry.field, name): getattr(entry, name)
        for entry in entries
        for name in ("code", "citations", "remarks")
        if getattr(entry, name)
    }


def compared(entries: list[Entry], found: SheetRead) -> tuple[int, int, int]:
    """Cells in all, cells exact, cells wrong; what is left was reported and not taken."""
    wanted, read = cells(entries), cells(list(found.entries))
    exact = sum(read.get(place) == value for place, value in wanted.items())
    wrong = [place for place in wanted.keys() | read.keys() if read.get(place) != wanted.get(place)]
    return len(wanted), exact, sum(place[0] in found.understood for place in wrong)


def printed(languages: tuple[str, ...] = ("en", "zh", "ru", "ar")) -> None:
    """A PDF of many pages, read back from its printed cells: with the check sums it carries, and as a foreign one without."""
    for language in languages:
        entries, heading = filled(language, longest=16)
        drawn = sheet_in(entries, heading)
        at_least = 0.95 if language == "ar" else 0.99
        for sums in (True, False):
            start = time.process_time()
            data = as_pdf(drawn, with_sums=sums)
            written = time.process_time() - start
            found = read_sheet(read_tables(data, "matrix.pdf"))
            seconds = time.process_time() - start - written
            whole, exact, wrong = compared(entries, found)
            detail = f"{exact} of {whole}, {len(found.problems)} problems, {_pages(data)} pages"
            name = f"PDF {language}" if sums else f"PDF {language} without check sums"
            # Without sums what a page leaves open is told as a problem; that nothing is wrong counts for more.
            bar(f"{name}: cells exact", exact / whole, at_least if sums else WITHOUT_SUMS[language], detail)
            bar(f"{name}: share of cells not read wrong", 1 - wrong / whole, 1.0, f"{wrong} wrong")
            if sums:
                bar(f"{name}: pages a second, read", _pages(data) / seconds, 0.5, f"written in {written:.1f} s")


def _pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    return pages


def office() -> None:
    """The same by way of XLSX, DOCX and CSV: nothing is lost."""
    for name, data in _files():
        entries, _ = filled("en")
        whole, exact, _ = compared(entries, read_sheet(read_tables(data, f"matrix.{name}")))
        bar(f"{name}: cells exact", exact / whole, 1.0, f"{exact} of {whole}")


def _files() -> Iterator[tuple[str, bytes]]:
    entries, heading = filled("en")
    drawn = sheet_in(entries, heading)
    yield "xlsx", as_xlsx(drawn)
    yield "docx", as_docx(drawn)
    yield "csv", as_csv(entries, heading)


if __name__ == "__main__":
    office()
    printed()
    print(f"\n{len(missed)} bars missed" if missed else "\nall bars met")
    sys.exit(bool(missed))
