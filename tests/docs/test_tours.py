"""The tour of the workbench names what stands on its pages."""

import re
from pathlib import Path

import pytest

from open1540.interfaces.language import _catalogue
from open1540.interfaces.web.desks import DESKS

TOUR = (Path(__file__).resolve().parents[2] / "docs" / "tours" / "workbench.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"\*\*(.+?)\*\*", TOUR)))


@pytest.mark.parametrize("words", NAMED)
def test_what_the_tour_names_stands_on_a_page(words: str) -> None:
    assert words in {*_catalogue("fr"), *(desk.label for desk in DESKS)}


def test_the_tour_leads_to_each_desk_of_the_work() -> None:
    assert {"Overview", "Documents", "States", "Review", "Reference", "My work", "Audit"} <= set(NAMED)
