"""The facts are sound, and a broken one is found."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from open1540 import reference
from open1540.reference import checks, facts
from open1540.reference.labels import LANGUAGES
from open1540.vocabulary import FactsError, UnknownCode


def test_the_facts_are_sound() -> None:
    assert checks.problems() == ()


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    year: int


@pytest.mark.parametrize("table", ["id,year,colour\na,1,red\n", "id,year\na,late\n", "id\na\n", "id,year\na,1,2\n"])
def test_a_broken_table_is_named(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.csv").write_text(table)
    monkeypatch.setattr(facts, "FACTS", tmp_path)
    with pytest.raises(FactsError) as broken:
        facts.rows("broken.csv", _Record)
    assert broken.value.where == "facts/broken.csv"


def test_the_mandate_of_the_committee_follows_its_lineage() -> None:
    lineage = {
        dt.date(2005, 1, 1): 1540,
        dt.date(2007, 1, 1): 1673,
        dt.date(2010, 1, 1): 1810,
        dt.date(2020, 5, 1): 1977,
        dt.date(2021, 12, 31): 2572,
        dt.date(2022, 6, 1): 2622,
        dt.date(2030, 1, 1): 2663,
    }
    for day, number in lineage.items():
        assert reference.mandate("UN.SC.1540COMMITTEE", day).number == number
    with pytest.raises(UnknownCode):
        reference.mandate("UN.SC.1540COMMITTEE", dt.date(2003, 1, 1))


def test_numbers_rise_with_the_years() -> None:
    assert reference.plausible_year(1540, 2004)
    assert not reference.plausible_year(1540, 2014)
    assert reference.year_of(2140) == 2014


def test_no_obligation_stands_before_the_resolution() -> None:
    assert reference.obligations(dt.date(2004, 4, 27)) == ()
    assert reference.obligation("op3 (D)").id == "OP3(d)"


def test_reconstructed_fields_say_so() -> None:
    template = reference.template("legacy_2005_2016")
    assert len(template.fields) == 388
    assert template.field("OP2.CW.finance.legal").reconstructed
    assert not template.field("OP1.cwc").reconstructed


def test_topics_form_a_tree_in_six_languages() -> None:
    assert len(reference.topics()) >= 120
    for topic in reference.topics():
        assert topic.id not in reference.broader_topics(topic.id)
        assert all(topic.label(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "query", ["export control", "Export Controls", "出口管制", "экспортный контроль", "مراقبة الصادرات"]
)
def test_a_topic_is_found_in_any_language(query: str) -> None:
    assert "export-control" in [topic.id for topic in reference.find_topics(query)]
