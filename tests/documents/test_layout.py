"""Printed lines become paragraphs again, whatever their width."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from open1540.documents.layout import Layout, lay_out
from open1540.documents.reading import RawText

WORDS = [
    "the",
    "Committee",
    "shall",
    "continue",
    "to",
    "examine",
    "whether",
    "States",
    "have",
    "adopted",
    "effective",
    "measures",
    "against",
    "trafficking",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=26, max_size=70).map(
    lambda words: " ".join(words).capitalize() + "."
)


def layout(text: str, language: str = "en", **raw: object) -> Layout:
    return lay_out(RawText(text=text, format="txt", **raw), language)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=4, max_size=9), st.integers(48, 110), st.booleans())
def test_wrapped_paragraphs_come_back(paragraphs: list[str], width: int, spaced: bool) -> None:
    joint = "\n\n" if spaced else "\n"
    printed = joint.join(
        joint.join(textwrap.wrap(p, width, initial_indent="  ", break_long_words=False)) for p in paragraphs
    )
    assert [p.text for p in layout(printed).paragraphs] == paragraphs


@given(st.text(alphabet="aA .,;:()\n\f\t1•第条的。，\u00a0-", max_size=300))
def test_every_paragraph_stands_where_it_says(text: str) -> None:
    for language in ("en", "zh"):
        made = layout(text, language)
        for index, paragraph in enumerate(made.paragraphs):
            start, end = made.flow.paragraph_span(index)
            assert made.flow.text[start:end] == paragraph.text
            assert "".join(text[paragraph.start : paragraph.end].split()) == "".join(paragraph.text.split())


RESOLUTION = """United Nations
S/RES/9999 (2030)
Security Council
Distr.: General
2 May 2030

Resolution 9999 (2030)
Adopted by the Security Council at its 9999th meeting, on 2 May 2030

The Security Council,
Recalling an invented matter,
Acting under an invented chapter,
1. Decides that all States shall:
(a) Keep what they have;
(b) Give what they can:
(i) In words;
(ii) In deeds;
2. Decides to remain seized of the matter.

30-12345 (E)
"""


def test_operative_paragraphs_bear_their_full_numbers() -> None:
    made = layout(RESOLUTION, whole_lines=True)
    assert [p.number for p in made.paragraphs if p.kind == "operative"] == [
        "1",
        "1(a)",
        "1(b)",
        "1(b)(i)",
        "1(b)(ii)",
        "2",
    ]
    assert [p.kind for p in made.paragraphs][:5] == ["title", "adoption", "enacting", "preambular", "preambular"]


def test_what_belongs_to_the_page_is_kept_apart() -> None:
    kinds = [part.kind for part in layout(RESOLUTION, whole_lines=True).furniture]
    assert kinds == ["masthead"] * 5 + ["job_number"]


def test_an_enclosure_stands_inside_its_annex() -> None:
    made = layout(
        "Letter dated 3 May 2030 from the Permanent Representative of Kenya to the United Nations addressed to the "
        "President of the Security Council\n\nI transmit an invented text (see annex).\n\nAnnex\n\nAn invented text stands "
        "here.\n\nEnclosure\n\nAnother invented text stands here.\n",
        whole_lines=True,
    )
    assert [annex.parent for annex in made.annexes] == [None, 0]
    assert [p.annex for p in made.paragraphs if p.kind == "body"] == [None, 0, 1]


def test_footnotes_leave_the_text() -> None:
    made = layout("An invented report says so. 1\n\n__________________\n1\nAn invented note.\n", whole_lines=True)
    assert [(note.marker, note.text) for note in made.footnotes] == [("1", "An invented note.")]
    assert [p.text for p in made.paragraphs] == ["An invented report says so. 1"]


@pytest.mark.parametrize(
    ("language", "law", "numbers"),
    [
        (
            "zh",
            "虚构管制条例\n\n第一条 为了加强管制，制定本条例。\n\n第二条 本条例适用于出口。\n\n第三条 违反者处以罚款。\n",
            ["第一条", "第二条", "第三条"],
        ),
        (
            "fr",
            "Code inventé\n\nArticle 1\n\nLa présente loi est inventée.\n\nArticle 2\n\nElle ne dit rien.\n\nArticle 3\n\nRien.\n",
            ["art. 1", "art. 2", "art. 3"],
        ),
        (
            "es",
            "Ley inventada\n\nArtículo 1. Esta ley es inventada.\n\nArtículo 2. No dice nada.\n\nArtículo 3. Nada.\n",
            ["art. 1", "art. 2", "art. 3"],
        ),
    ],
)
def test_laws_are_cut_into_articles(language: str, law: str, numbers: list[str]) -> None:
    made = layout(law, language, whole_lines=True)
    assert [p.number for p in made.paragraphs if p.kind == "article"] == numbers


def test_an_article_begins_a_paragraph_of_its_own_where_no_blank_line_parts_it_from_a_full_one() -> None:
    law = (
        "SECTION 1. This Act may be cited as the Weapons of Mass Destruction Act of the country.\n"
        "SECTION 2. No person shall manufacture, acquire, possess or transfer chemical weapons.\n"
        "SECTION 3. Whoever contravenes section 2 shall be punished with imprisonment for life.\n"
        "SECTION 4. The Minister shall see to it that this Act is carried out in the country.\n"
    )
    assert [p.number for p in layout(law).paragraphs] == ["s. 1", "s. 2", "s. 3", "s. 4"]


CONTENTS = "".join(f"{n}. Heading of section {n}.\n" for n in range(1, 6))
SECTIONS = "\n\n".join(
    f"{n}.— (1) The rule of section {n} binds every person in the country alike." for n in range(1, 6)
)


def test_a_list_of_contents_holds_no_article_though_its_lines_end_with_full_stops() -> None:
    made = layout(f"WEAPONS ACT 2014\n\n{CONTENTS}\nAn Act to control weapons in the country.\n\n{SECTIONS}\n")
    articles = [p.number for p in made.paragraphs if p.kind == "article"]
    assert articles == [f"s. {n}(1)" for n in range(1, 6)]


def test_numbers_alone_may_jump_where_an_excerpt_leaves_articles_out_but_no_quantity_opens_one() -> None:
    made = layout(
        "Weapons Act\n\n2 The words of this Act are used as follows.\n\n3 This Act binds the State.\n\n"
        "800 Kilograms were found and destroyed.\n\n24 The Minister may grant a licence.\n\n26 No person shall act without one.\n"
    )
    assert [p.number for p in made.paragraphs if p.kind == "article"] == ["s. 2", "s. 3", "s. 3", "s. 24", "s. 26"]


def test_figures_alone_number_the_paragraphs_of_an_article() -> None:
    made = layout(
        "Loi sur les armes\n\nArt. 5 Armes\n\n1 Il est interdit de fabriquer des armes.\n\n2 Il est interdit d’en acquérir.\n\n"
        "Art. 6 Peines\n\n1 Quiconque enfreint l’art. 5 est puni.\n\nArt. 7 Exécution\n\n1 Le Conseil exécute la loi.\n",
        "fr",
    )
    numbers = [p.number for p in made.paragraphs if p.kind == "article" and p.text[0].isdigit()]
    assert numbers == ["art. 5(1)", "art. 5(2)", "art. 6(1)", "art. 7(1)"]


def test_figures_alone_open_paragraphs_though_no_empty_line_parts_them() -> None:
    made = layout(
        "Loi sur les armes\nArt. 5 Armes interdites dans tout le pays et dans ses eaux\n"
        "1 Il est interdit à toute personne de fabriquer des armes de quelque nature\nque ce soit, et de les vendre.\n"
        "2 Il est interdit à toute personne d’en acquérir auprès de tiers, quels qu’ils\nsoient, et de les garder.\n"
        "Art. 6 Peines encourues par les auteurs et par leurs complices dans le pays\n"
        "1 Quiconque enfreint l’article 5 est puni d’une peine privative de liberté de\ncinq ans.\n"
        "2 Le complice encourt la même peine que l’auteur.\n3 La tentative est punie.\nArt. 7 Exécution\n1 Le Conseil exécute la loi.\n",
        "fr",
    )
    numbers = [p.number for p in made.paragraphs if p.kind == "article" and p.text[0].isdigit()]
    assert numbers == ["art. 5(1)", "art. 5(2)", "art. 6(1)", "art. 6(2)", "art. 6(3)", "art. 7(1)"]


@pytest.mark.parametrize(("first", "second"), [(84, 60), (84, 74), (90, 72), (100, 60), (97, 66)])
def test_paragraphs_broken_twice_come_back_where_empty_lines_part_them(first: int, second: int) -> None:
    paragraphs = [" ".join(WORDS[n % 5 :] + WORDS[n % 3 :] + WORDS).capitalize() + "." for n in range(8)]
    twice = "\n\n".join(
        "\n".join(piece for line in textwrap.wrap(one, first) for piece in textwrap.wrap(line, second))
        for one in paragraphs
    )
    assert [p.text for p in layout(twice).paragraphs] == paragraphs


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(1) The rules are:\n\n1. Keep records.\n\n2. Keep them safe.\n\n(2) They bind all.", ["(1)"] * 3 + ["(2)"]),
        ("The rules are:\n\n1. Keep records.\n\n2. Keep them safe.", [""] * 3),
        ("1. Keep records.\n\n2. Keep them safe.", ["(1)", "(2)"]),
    ],
)
def test_items_below_a_paragraph_or_a_lead_in_are_cited_by_it(text: str, numbers: list[str]) -> None:
    made = layout(f"Records Law\n\nArticle 4\n\n{text}\n\nArticle 5\n\nIt is law.\n\nArticle 6\n\nIt is so.\n")
    found = [p.number for p in made.paragraphs if p.kind == "article" and (p.number or "").startswith("art. 4")]
    assert found == [f"art. 4{number}" for number in numbers]


@pytest.mark.parametrize("joint", ["et", "ou"])
def test_an_item_ends_with_its_conjunction_and_a_heading_before_an_article_though_their_lines_are_full(
    joint: str,
) -> None:
    made = layout(
        "Loi sur les armes\n"
        "Article 1\nLa présente loi vaut pour toutes les personnes du pays\net pour leurs biens, où qu’ils se trouvent dans le pays.\n"
        "Chapitre 2 Interdiction des armes et de leurs matériels\n"
        "Article 2\nEst punie toute personne qui a connaissance des faits si :\n"
        f"a. elle a gardé les armes trouvées chez elle, {joint}\nb. elle les a vendues à un tiers.\nArticle 3\nLe Conseil exécute la loi.\n",
        "fr",
    )
    texts = [p.text for p in made.paragraphs]
    assert texts[-5].startswith("Est punie") and texts[-4].startswith("a. ") and texts[-3].startswith("b. ")
    assert "Chapitre 2 Interdiction des armes et de leurs matériels" in texts
    assert made.paragraphs[-5].number == "art. 2"
