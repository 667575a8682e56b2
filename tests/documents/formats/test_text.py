"""Plain text keeps every character, and its encoding is told or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from open1540.documents.formats import MAX_BYTES, check_size, open_document
from open1540.vocabulary import UnreadableDocument

SENTENCES = {
    "ar": "إن مجلس الأمن، إذ يؤكد من جديد قراره بشأن عدم انتشار أسلحة الدمار الشامل ووسائل إيصالها، يقرر ما يلي:",
    "zh": "安全理事会，重申决心防止大规模毁灭性武器及其运载工具扩散，决定各国应采取有效措施，加强国内管制。",
    "ru": "Совет Безопасности, подтверждая свою решимость предотвратить распространение оружия, постановляет следующее:",
    "fr": "Le Conseil de sécurité, réaffirmant qu’il est résolu à empêcher la prolifération, décide ce qui suit : été.",
    "es": "El Consejo de Seguridad, reafirmando su determinación de impedir la proliferación, decide: año, señal, acción.",
}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), min_size=1))
def test_utf8_text_comes_back_letter_for_letter(text: str) -> None:
    content = "1. The Council decides: " + text
    assert open_document(content.encode(), "any.txt").text == content


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        raw = open_document(data, "noise")
    except UnreadableDocument as refused:
        assert refused.where.startswith("noise")
        assert refused.remedy
    else:
        assert raw.text.strip()


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *[(language, form) for language in SENTENCES for form in ("utf-8", "utf-16", "utf-32", "utf-8-sig")],
        ("ar", "utf-16-le"),
        ("ru", "utf-16-be"),
        ("fr", "utf-16-le"),
        ("ar", "cp1256"),
        ("zh", "gb18030"),
        ("zh", "gbk"),
        ("ru", "cp1251"),
        ("ru", "koi8_r"),
        ("ru", "iso8859_5"),
        ("fr", "cp1252"),
        ("es", "cp1252"),
        ("es", "iso8859_1"),
    ],
)
def test_each_encoding_of_the_six_languages_is_told(language: str, encoding: str) -> None:
    text = (SENTENCES[language] + "\r\n2. 1540 (2004)\n") * 8
    assert open_document(text.encode(encoding), "a.txt").text == text


def test_latin_9_keeps_the_french_ligature() -> None:
    text = "Le Conseil décide de mettre en œuvre la résolution, à cœur ouvert, en été. " * 5
    raw = open_document(text.encode("iso8859_15"), "a.txt")
    assert (raw.text, raw.encoding) == (text, "iso8859_15")


def test_bytes_of_two_encodings_are_not_guessed() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        open_document("déjà 中文".encode() + b"\xff\xfe\x81", "a.txt")
    assert "UTF-8" in refused.value.expected


def test_form_feeds_begin_pages() -> None:
    raw = open_document(b"one\n\x0ctwo\n\x0cthree", "a.txt")
    assert [raw.text[start : start + 3] for start in raw.page_starts] == ["one", "two", "thr"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b" \n\t\n", "blanks"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xfea\x00b", "byte order mark"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"{\\rtf1 text}", "RTF"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, found: str) -> None:
    with pytest.raises(UnreadableDocument, match=found):
        open_document(data, "file")


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    check_size(MAX_BYTES, "large.pdf")
    with pytest.raises(UnreadableDocument) as refused:
        check_size(200_000_000, "large.pdf")
    assert f"{MAX_BYTES // 1_000_000} MB" in refused.value.expected
