"""Prints the figures of matrix PDFs that open1540 did not make: the same invented matrix as a web page, printed by Chromium.

Such a file carries no check sums. What its pages leave open is to be reported; that nothing is read wrong is the bar.
Run ``make bench`` or this file; without Chromium it says so and measures nothing.
"""

import html
import shutil
import sys

from playwright.sync_api import sync_playwright

import matrix_files
from matrix_files import bar, compared, filled
from open1540.documents.tables import read_tables
from open1540.interfaces.reports.matrix_sheet import headings, sheet_in
from open1540.matrix.sheet import Sheet, SheetSection
from open1540.matrix.sheet_reading import read_sheet

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# What is read of such a file; no requirement, measured so that a loss is seen.
READ = {"en": 0.95, "zh": 0.5, "ru": 0.95, "ar": 0.45}
STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 7.5pt sans-serif }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { border: 0.6pt solid #555; padding: 2pt; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line }
thead { display: table-header-group }
"""


def as_page(drawn: Sheet) -> str:
    """The sheet as a web page with a table for each section, as an office program or a site might write it."""
    direction = "rtl" if drawn.language == "ar" else "ltr"
    facts = "".join(f"<tr><th>{html.escape(one)}</th><td>{html.escape(other)}</td></tr>" for one, other in drawn.facts)
    return (
        f'<!doctype html><html lang="{drawn.language}" dir="{direction}"><meta charset="utf-8"><style>{STYLE}</style>'
        f"<h1>{html.escape(drawn.title)}</h1><table>{facts}</table>{''.join(map(_section, drawn.sections))}"
    )


def _section(section: SheetSection) -> str:
    upper, lower = headings(section)
    whole = sum(column.width for column in section.columns)
    widths = "".join(f'<col style="width:{100 * column.width / whole:.2f}%">' for column in section.columns)
    above = "".join(
        f'<th colspan="{span}" rowspan="{2 if down and lower else 1}">{html.escape(text)}</th>'
        for text, span, down in upper
    )
    below = "<tr>" + "".join(f"<th>{html.escape(text)}</th>" for text in lower) + "</tr>" if lower else ""
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.cells) + "</tr>" for row in section.rows
    )
    return (
        f"<h2>{html.escape(section.title)}</h2><p>{html.escape(section.question)}</p>"
        f"<table><colgroup>{widths}</colgroup><thead><tr>{above}</tr>{below}</thead><tbody>{rows}</tbody></table>"
    )


def elsewhere(languages: tuple[str, ...] = ("en", "zh", "ru", "ar")) -> None:
    """What is read, reported and read wrong of a matrix printed by Chromium."""
    if CHROMIUM is None:
        print("       Chromium is not here: matrix PDFs made elsewhere are not measured")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        for language in languages:
            entries, heading = filled(language)
            page.set_content(as_page(sheet_in(entries, heading)))
            found = read_sheet(read_tables(page.pdf(prefer_css_page_size=True), "elsewhere.pdf"))
            whole, exact, wrong = compared(entries, found)
            detail = f"{exact} of {whole}, {len(found.problems)} problems"
            bar(f"PDF {language} by Chromium: cells exact", exact / whole, READ[language], detail)
            bar(f"PDF {language} by Chromium: share not read wrong", 1 - wrong / whole, 1.0, f"{wrong} wrong")
        browser.close()


if __name__ == "__main__":
    elsewhere()
    missed = matrix_files.missed
    print(f"\n{len(missed)} bars missed" if missed else "\nall bars met")
    sys.exit(bool(missed))
