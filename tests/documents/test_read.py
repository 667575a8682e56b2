"""Whole documents, from bytes to reading, held against the annotated reference material and the project's own samples."""

from pathlib import Path

import pytest

import gold
from open1540.documents import read
from open1540.documents.reading import Reading
from open1540.vocabulary import UnknownCode, UnreadableDocument

ROOT = Path(__file__).resolve().parents[2]

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def sample(language: str) -> Reading:
    path = ROOT / "examples" / "letters" / f"invented.{language}.txt"
    return read(path.read_bytes(), path.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_letter_says_the_same_in_every_language(language: str) -> None:
    reading = sample(language)
    head = reading.document
    assert (head.kind, head.language, head.symbol, head.date) == ("letter", language, "S/2025/9998", "2025-03-03")
    assert head.sender is not None
    assert head.recipient is not None
    assert (head.sender.actor, head.recipient.actor) == ("CHE", "UN.SC.PRESIDENT")
    assert [annex.speaker for annex in reading.annexes] == ["CHE"]
    cited = [r.symbol for r in reading.references if r.type in {"resolution", "document"}]
    assert cited == ["S/RES/1540(2004)", "S/2025/9997", "S/RES/1540(2004)", "S/RES/2663(2022)"]
    assert {d.value for d in reading.dates if d.role == "deadline"} == {"2032-11-30", "2027-12"}
    named = {actor.id for actor in reading.actors}
    assert {"CHE", "UN.SC", "UN.SC.1540COMMITTEE", "UN.SC.1540GOE", "IAEA", "OPCW", "WCO"} <= named
    kinds = [statement.kind for statement in reading.statements]
    assert kinds.count("proposal") >= 3
    assert {"concern", "measure", "request", "commitment"} <= set(kinds)
    assert {claim.state for claim in reading.claims} == {"CHE"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_offset_points_at_what_it_says(language: str) -> None:
    reading = sample(language)
    items = [*reading.references, *reading.dates, *(m for actor in reading.actors for m in actor.mentions)]
    for item in items:
        assert "".join(reading.text[item.start : item.end].split()) == "".join(item.surface.split())


def test_the_french_letter_is_read_as_annotated(shared: Path) -> None:
    path = shared / "documents" / "letters" / "france-2020-05-01.zh.txt"
    wanted = gold.load(shared / "documents" / "gold" / "france-2020-05-01.zh.json")
    reading = read(path.read_bytes(), path.name)
    assert gold.letter_paragraphs(reading, wanted) == gold.Score(16, 16, 16)
    assert gold.letter_references(reading, wanted) == gold.Score(15, 15, 15)
    assert gold.letter_dates(reading, wanted).recall == 1
    assert gold.letter_actors(reading, wanted).f1 >= 0.95
    assert gold.letter_obligations(reading, wanted).f1 >= 0.85
    found = {family: len(gold.letter_statements(reading, wanted, family)) for family in gold.GOLD_LISTS}
    assert found["proposals"] == 4
    assert found["demands"] >= 5
    assert found["measures"] >= 7
    assert reading.document.symbol is None, "a cited symbol is not the document's own"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["", ".wrapped"])
def test_resolutions_are_read_as_annotated(shared: Path, language: str, form: str) -> None:
    for path in sorted((shared / "documents" / "texts").glob(f"{language}_sc_*[0-9]{form}.txt")):
        wanted = gold.load(shared / "documents" / "gold" / f"{path.name.split('.')[0]}.json")
        reading = read(path.read_bytes(), path.name)
        assert (reading.document.kind, reading.document.symbol) == ("resolution", wanted["symbol"].replace(" ", ""))
        assert reading.document.date == wanted["date_issued"]
        assert gold.operative(reading, wanted).recall >= 0.95
        if wanted["n_refs"]:
            assert gold.resolution_references(reading, wanted).f1 >= 0.985


def test_german_is_none_of_the_six() -> None:
    with pytest.raises(UnreadableDocument, match="another language"):
        read(b"Dieser Brief handelt von der Nichtverbreitung von Kernwaffen und von vielem anderen mehr.", "x")


def test_a_given_language_wins_and_an_unknown_one_is_refused() -> None:
    assert read(b"Non.", "x", lang="fr").document.language == "fr"
    with pytest.raises(UnknownCode):
        read(b"Nein.", "x", lang="de")


def test_a_law_that_names_no_state_claims_for_nobody_unless_told() -> None:
    law = (
        "Code inventé\n\nArticle 1\n\nLa fabrication, l'acquisition et l'emploi d'armes chimiques sont interdits.\n\nArticle 2\n\n"
        "Le fait de fabriquer des armes chimiques est puni de vingt ans d'emprisonnement.\n\nArticle 3\n\nLe présent code est inventé.\n"
    ).encode()
    assert {claim.state for claim in read(law, "loi.txt").claims} == {None}
    told = read(law, "loi.txt", state="FRA")
    assert {claim.state for claim in told.claims} == {"FRA"}
    assert told.document.kind == "national law"
