"""The document itself tells which hyphens at line ends belong to a word."""

from open1540.documents.formats.hyphens import SOFT, told_apart


def test_a_word_written_whole_elsewhere_was_broken() -> None:
    assert told_apart("prolif-\neration and proliferation") == f"prolif{SOFT}\neration and proliferation"


def test_a_compound_written_with_its_hyphen_elsewhere_was_not() -> None:
    text = "Houthi-\ncontrolled and Houthi-controlled"
    assert told_apart(text) == text


def test_a_word_never_repeated_keeps_its_hyphen_where_nothing_else_is_broken() -> None:
    text = "a multi-\nyear programme"
    assert told_apart(text) == text


def test_a_word_never_repeated_goes_with_a_text_that_breaks_words() -> None:
    text = "secu-\nrity, prolif-\neration, estab-\nlish; security proliferation"
    assert told_apart(text).count(SOFT) == 3


def test_a_typesetters_own_sign_always_breaks_a_word_even_at_the_end_of_a_page() -> None:
    assert told_apart("situ\u2010\n\n1/6\n\fation") == f"situ{SOFT}\n\n1/6\n\fation"
    assert told_apart("biolo\u2010\ngical") == f"biolo{SOFT}\ngical"
