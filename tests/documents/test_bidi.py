"""From a picture back to what was written: the right order is always among those told, and one alone where one alone is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from open1540.documents.tables import bidi

WORDS = st.sampled_from(
    ["المادة", "رقم", "قانون", "(أ)", "و(ب)", "12", "12/2004", "1990-25", "12.5%", "٢٠٠٤", "١٢/٢٠٠٤", "۱۲", "[7]", "؛", "،",
     "Act", "S/RES/1540", "(2004)", "B-140", "(Annex", "II)", "$", "–", "“X”", "1,000", ":"]
)  # fmt: skip


def picture(text: str, base: int) -> list[str]:
    """The line from the left, as rules L2 and L4 of UAX 9 set it."""
    levels = bidi.levels(text, base)
    places = list(range(len(text)))
    for level in range(max(levels), 0, -1):
        at = 0
        while at < len(places):
            end = at
            while end < len(places) and levels[places[end]] >= level:
                end += 1
            places[at:end] = places[at:end][::-1]
            at = end + 1
    return [text[at].translate(bidi.MIRRORED) if levels[at] % 2 else text[at] for at in places]


@given(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), st.sampled_from([0, 1]))
@settings(max_examples=150, deadline=None)
def test_what_was_written_is_among_the_orders_of_its_picture(text: str, base: int) -> None:
    orders = bidi.orders([picture(text, base)], base)
    assert orders is None or [text] in orders
    if sum(sign in "()" for sign in text) % 2 == 0:
        # The other half of a lone bracket may stand on another line, so more orders are told than set this picture alone.
        assert all(picture(told, base) == picture(text, base) for (told,) in orders or ())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("المادة 12/2004", "12/2004 ةداملا"),
        ("المادتان 80-144", "144-80 ناتداملا"),
        ("نسبة 12.5%", "%12.5 ةبسن"),
        ("القرار ١٥٤٠ (٢٠٠٤)", "(٢٠٠٤) ١٥٤٠ رارقلا"),
        ("المادة 7 (أ)", "(أ) 7 ةداملا"),
        ("القانون [نسخة 3]، المادة 9", "9 ةداملا ،[3 ةخسن] نوناقلا"),
    ],
)
def test_a_line_of_numbers_brackets_and_arabic_has_one_order(text: str, seen: str) -> None:
    assert "".join(picture(text, 1)) == seen
    assert bidi.orders([seen], 1) == [[text]]


def test_a_number_beside_latin_words_may_have_stood_on_either_side() -> None:
    one, other = "القانون Act 12", "القانون 12 Act"
    assert picture(one, 1) == picture(other, 1)
    assert sorted(bidi.orders([picture(one, 1)], 1) or []) == sorted([[one], [other]])


def test_a_line_too_open_to_be_tried_out_has_no_order_told() -> None:
    assert bidi.orders([" ".join(["Act", "12", "("] * 9)], 1) is None
