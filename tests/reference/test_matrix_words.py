"""The printed matrix in six languages."""

import pytest

from open1540.reference import LANGUAGES, check_matrix, checks, matrix_word, row_names, template, templates
from open1540.reference.matrix_words import RowLabel, matrix_words
from open1540.vocabulary import UnknownCode

LEGACY = template("legacy_2005_2016")


def test_a_row_is_named_without_weapon_and_aspect() -> None:
    assert LEGACY.field("OP2.CW.finance.legal").row_id == "OP2.finance"
    assert LEGACY.field("OP3cd.BW.catch-all.enforcement").row_id == "OP3cd.catch-all"
    assert LEGACY.field("OP1.npt").row_id == "OP1.npt"


def test_a_row_has_a_label_in_every_language() -> None:
    titles = {language: LEGACY.field("OP3cd.NW.transit.legal").title(language) for language in LANGUAGES}
    assert titles["fr"] == "Contrôle du transit"
    assert titles["zh"] == "过境管制"
    assert len(set(titles.values())) == 6


def test_a_field_outside_the_matrix_is_told_in_full() -> None:
    field = LEGACY.field("OP2.CW.finance.legal")
    assert field.caption("en") == "finance these activities · Chemical weapons · National legal framework"
    assert field.caption("zh") == "资助上述活动 · 化学武器 · 国家法律框架"
    assert LEGACY.field("OP1.ctbt").caption("fr") == LEGACY.field("OP1.ctbt").title("fr")


def test_a_section_has_a_title_and_a_question_in_every_language() -> None:
    for language in LANGUAGES:
        titles = {LEGACY.section_title(section, language) for section in LEGACY.sections}
        assert len(titles) == len(LEGACY.sections)
        assert all(LEGACY.section_question(section, language)[-1] in "?؟？" for section in LEGACY.sections)


def test_the_english_titles_are_those_of_the_templates() -> None:
    for one in templates():
        assert {section: one.section_title(section) for section in one.sections} == one.sections


def test_header_lines_and_headings_are_words_of_the_matrix() -> None:
    assert matrix_word(LEGACY.header[0], "es") == "Estado"
    assert matrix_word("NW", "ru") == "Ядерное оружие"
    assert matrix_word("legal", "fr") == "Cadre juridique national"


def test_an_unknown_word_or_language_is_refused() -> None:
    with pytest.raises(UnknownCode, match="'colour'"):
        matrix_word("colour", "fr")
    with pytest.raises(UnknownCode, match="'de'"):
        matrix_word("legal", "de")
    with pytest.raises(UnknownCode, match="'de'"):
        LEGACY.field("OP1.npt").title("de")


def test_a_row_is_known_by_its_label_and_by_other_wordings() -> None:
    english = set(row_names("en"))
    assert {
        ("finance these activities", "OP2.finance"),
        ("finance abovementioned activities", "OP2.finance"),
    } <= english
    assert ("Контроль за реэкспортом", "OP3cd.re-export") in row_names("ru")
    assert {row for label, row in english if label.casefold() == "other measures"} == {"OP3ab.other"}


def test_two_rows_of_a_section_that_look_alike_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    real = check_matrix.row_names
    monkeypatch.setattr(
        check_matrix, "row_names", lambda language: (*real(language), ("Transit Control", "OP3cd.funds"))
    )
    found = checks.problems()
    assert "section IV of legacy_2005_2016: 'transit control' (en) names OP3cd.funds and OP3cd.transit" in found


def test_a_missing_label_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    real = check_matrix.rows

    def shortened(path: str, record: type) -> tuple[object, ...]:
        table = real(path, record)
        if record is not RowLabel:
            return table
        return tuple(row for row in table if (row.row, row.lang) != ("OP2.use", "fr"))

    monkeypatch.setattr(check_matrix, "rows", shortened)
    assert checks.problems() == ("matrix_templates/labels.csv: OP2.use has no label in fr",)


def test_a_missing_word_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(matrix_words().questions["IV"], "ar")
    assert checks.problems() == ("matrix_templates/words.yaml: 'IV' is missing in ar",)
