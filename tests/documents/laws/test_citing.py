"""Which other provisions a provision refers to."""

import pytest

from open1540.documents.laws import citing


@pytest.mark.parametrize(
    ("text", "language", "own", "keys"),
    [
        ("A person who contravenes subsection (1) or (2) commits an offence.", "en", "9(4)", ["9(1)", "9(2)"]),
        ("an offence under sections 3, 5 to 7 and 9", "en", "12", ["3", "5", "6", "7", "9"]),
        ("les infractions définies aux articles L. 2342-3 et L. 2342-4", "fr", "1", ["L2342-3", "L2342-4"]),
        ("la prohibición del artículo 5 bis", "es", "9", ["5bis"]),
        ("нарушение требований статьи 7", "ru", "9", ["7"]),
        ("مخالفة أحكام المادة (6)", "ar", "7", ["6"]),
        (
            "违反本条例第七条至第九条、第十一条之一规定的",
            "zh",
            "第二十条",
            ["第七条", "第八条", "第九条", "第十一条之一"],
        ),
    ],
)
def test_numbered_provisions_are_named_one_by_one(text: str, language: str, own: str, keys: list[str]) -> None:
    found = citing.numbered(text, language, own)
    assert sorted(found) == sorted(keys)


def test_a_provision_takes_in_its_paragraphs_and_no_longer_number() -> None:
    assert citing.under(["9(1)", "9(2)", "90", "9A"], "9") == ["9(1)", "9(2)"]


def test_a_citation_is_compared_without_its_word() -> None:
    assert citing.key("s. 9(1)") == "9(1)" and citing.key("art. L2342-3") == citing.key("L2342-3")


def test_a_paragraph_named_before_its_article_is_one_provision() -> None:
    assert citing.numbered("contravenes sub-section (4) of section 13", "en", "16(1)") == ["13(4)"]
    assert citing.numbered("prévue à l'art. 7, al. 2", "fr", "34(1)") == ["7(2)"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("any provision of this Act other than section 8", "any provision of this Act "),
        ("une disposition de la présente loi, à l’exception de l’article 6", "une disposition de la présente loi, "),
        ("cualquier disposición, salvo el artículo 2", "cualquier disposición, "),
        ("нарушение закона, за исключением статьи 2", "нарушение закона, "),
    ],
)
def test_what_a_penalty_excepts_is_told_apart(text: str, kept: str) -> None:
    assert citing.without_exceptions(text)[0] == kept


def test_paragraphs_may_be_named_by_their_place_alone() -> None:
    assert citing.placed("du premier alinéa de l'article L. 2341-2 et de l'article L. 2341-1") == {
        "L2341-2": frozenset({1})
    }
    assert citing.placed("违反第五条第二款的") == {"第五条": frozenset({2})}


def test_an_item_stands_for_the_paragraph_it_belongs_to() -> None:
    assert citing.under(["9(1)", "9(2)"], "9(1)(b)") == ["9(1)"]
    assert citing.under(["9", "90"], "9(1)(b)") == ["9"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a duty imposed by this Part", "part"),
        ("les dispositions du présent chapitre", "chap"),
        ("las normas del presente capítulo", "capí"),
        ("нарушение настоящей главы", "глав"),
        ("أحكام هذا الفصل", "الفص"),
        ("违反本章规定", "章"),
        ("a duty imposed by this Act", None),
    ],
)
def test_a_part_of_the_law_is_told_from_the_whole(text: str, word: str | None) -> None:
    assert citing.refers_to_division(text) == word
