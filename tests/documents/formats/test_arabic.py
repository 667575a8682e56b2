"""What extraction turns round in Arabic pages is put right, and every change is reported at its place."""

import pytest

from open1540.documents.formats.arabic import Box, marks_on_letters, put_right


@pytest.mark.parametrize(
    ("extracted", "printed"),
    [
        ("القرار )2014( 2140 بشأن", "القرار 2140 (2014) بشأن"),
        ("القرار 2140 )2014( بشأن", "القرار 2140 (2014) بشأن"),
        ("لجنة القرار ،1540 التي", "لجنة القرار 1540، التي"),
        ("تقرير الفريق )/2022/50S( بشأن", "تقرير الفريق (S/2022/50) بشأن"),
        ("الفقرة )أ( من", "الفقرة (أ) من"),
        ("المواد )انظر المرفق(، ثم", "المواد (انظر المرفق)، ثم"),
        ("مرض )كوفيد19-( في", "مرض (كوفيد-19) في"),
        ("مجلس الأمن\nFebruary 2022 28\n", "مجلس الأمن\n28 February 2022\n"),
        ("\u202bالقرار\u202c 1540 (2004)", "القرار 1540 (2004)"),
    ],
)
def test_numbers_years_and_brackets_stand_as_printed(extracted: str, printed: str) -> None:
    assert put_right(extracted)[0] == printed


@pytest.mark.parametrize(
    "text",
    ["القرار 1540 (2004)، والقرار 1977 (2011)", "الفقرة (أ) من المرفق (انظر أدناه).", "Resolution 1540 )2004("],
)
def test_what_is_right_or_not_arabic_is_left_alone(text: str) -> None:
    assert put_right(text) == (text, ())


def test_repairs_point_at_the_final_text() -> None:
    extracted = "القرار )2014( 2140 ولجنة القرار ،1540 و )أ( و )/2022/50S( ثم )2015( 2216 والقرار ،1540 هنا"
    text, repairs = put_right(extracted)
    assert len(repairs) == 6
    assert all(text[repair.start : repair.end] == repair.after for repair in repairs)
    assert {"number-year-order", "mirrored-brackets", "symbol-order", "punctuation-order"} == {r.kind for r in repairs}


def box(left: float, right: float) -> Box:
    return (left, 0.0, right, 18.0)


def test_a_vowel_sign_drawn_apart_returns_to_its_letter() -> None:
    letters = [("\u0651", box(12, 14)), (" ", box(40, 40)), ("ف", box(20, 28)), ("س", box(10, 20)), ("ر", box(4, 10))]
    assert marks_on_letters(letters) == "فس\u0651ر"


def test_a_sign_above_none_of_the_letters_stays_in_front_for_the_part_before() -> None:
    letters = [("\u0651", box(30, 32)), ("م", box(20, 28)), (" ", box(16, 20)), ("ب", box(8, 16))]
    assert marks_on_letters(letters) == "\u0651م ب"
