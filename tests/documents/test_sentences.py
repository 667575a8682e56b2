"""Where sentences and clauses begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from open1540.documents.flow import plain
from open1540.documents.sentences import clauses, pieces, sentences, trimmed

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
TEXT = st.text(alphabet='abc Ñя也ن.。!?；;؛,，()（）:"”•1 \n', max_size=120)


def split(text: str, language: str) -> list[str]:
    flow = plain(text)
    return [flow.text[one.start : one.end].strip() for one in sentences(flow, language)]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("zh", "这是第一句。这是第二句；这是第三句！", 3),
        ("en", "Paragraph 3 applies. It is binding.", 2),
        ("fr", "Voir le par. 3 de la résolution. Il est contraignant.", 2),
        ("es", "Véase la resolución núm. 3 del Consejo. Es vinculante.", 2),
        ("ru", "См. п. 3 резолюции. Он обязателен.", 2),
        ("ar", "هذه جملة. وهذه جملة أخرى؛ فهل هذا سؤال؟", 3),
    ],
)
def test_sentences_end_where_the_language_ends_them(language: str, text: str, count: int) -> None:
    assert len(split(text, language)) == count


def test_a_full_stop_after_an_initial_or_abbreviation_ends_nothing() -> None:
    assert split("Mr. J. Example spoke on art. 5 of the treaty. He left.", "en") == [
        "Mr. J. Example spoke on art. 5 of the treaty.",
        "He left.",
    ]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert split("他说：“必须停止。”会议结束。", "zh") == ["他说：“必须停止。”", "会议结束。"]


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXT)
def test_sentences_tile_their_paragraphs(language: str, text: str) -> None:
    flow = plain(text)
    found = list(sentences(flow, language))
    for index in range(len(flow.paragraph_starts)):
        start, end = flow.paragraph_span(index)
        for one in (one for one in found if one.paragraph == index):
            assert one.start == start
            assert one.start < one.end <= end
            start = one.end
        assert start == end


@given(text=TEXT)
def test_clauses_tile_their_sentence(text: str) -> None:
    found = clauses(text, 0, len(text))
    assert "".join(text[start:end] for start, end in found) == text


@given(text=TEXT)
def test_pieces_leave_out_nothing_but_brackets(text: str) -> None:
    kept = "".join(text[piece.start : piece.end] for piece in pieces(text, 0, len(text)))
    lost = len(text) - len(kept)
    assert lost <= sum(text.count(sign) for sign in "()（）")


@given(text=TEXT)
def test_trimming_stays_inside(text: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert 0 <= start <= end <= len(text)


def test_a_comma_inside_brackets_divides_no_clause() -> None:
    text = "We agree (with thanks, as ever), and we go on"
    assert [text[a:b].strip() for a, b in clauses(text, 0, len(text))] == [
        "We agree (with thanks, as ever),",
        "and we go on",
    ]


def test_bullets_and_final_punctuation_are_no_part_of_what_is_said() -> None:
    text = "• 有必要加强合作。"
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == "有必要加强合作"


def test_a_bracket_that_belongs_to_the_words_is_kept() -> None:
    text = "as resolution 1540 (2004) asks (see annex)."
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == "as resolution 1540 (2004) asks (see annex)"
