"""Dates are read in six languages, and what part each plays is told by the words around it."""

import datetime as dt

import pytest
from annotated import written
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from open1540.documents import dates
from open1540.documents.reading import Furniture


def read(text: str, language: str) -> list[tuple[str, str]]:
    flow, paragraphs = written(text)
    return [(d.value, d.role) for d in dates.find(flow, language, paragraphs)]


DAYS = st.dates(dt.date(1946, 1, 1), dt.date(2049, 12, 31))
ARABIC_MONTHS = (
    "كانون الثاني/يناير شباط/فبراير آذار/مارس نيسان/أبريل أيار/مايو حزيران/يونيه تموز/يوليه آب/أغسطس أيلول/سبتمبر "
    "تشرين الأول/أكتوبر تشرين الثاني/نوفمبر كانون الأول/ديسمبر"
)


def printed(day: dt.date, language: str) -> str:
    if language == "ar":
        months = ARABIC_MONTHS.replace("كانون ", "كانون_").replace("تشرين ", "تشرين_").split()
        return f"{day.day} {months[day.month - 1].replace('_', ' ')} {day.year}"
    locale = {"zh": "zh_Hans_CN", "en": "en_GB"}.get(language, language)
    return format_date(day, "long", locale=locale)


@given(DAYS, st.sampled_from(["ar", "zh", "en", "fr", "ru", "es"]))
def test_any_day_printed_is_read_back(day: dt.date, language: str) -> None:
    assert [value for value, _ in read(printed(day, language), language)] == [day.isoformat()]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The mandate runs until 30 November 2032.", [("2032-11-30", "deadline")]),
        ("en", "the letter dated 30 April 2021 (S/2021/1)", [("2021-04-30", "cited")]),
        ("en", "In 2026 we will host a workshop.", [("2026", "planned")]),
        ("en", "before December 2027", [("2027-12", "deadline")]),
        ("fr", "d’ici au 1er mars 2022", [("2022-03-01", "deadline")]),
        ("es", "a más tardar el 28 de julio de 2022", [("2022-07-28", "deadline")]),
        ("ru", "не позднее 5 марта 2021 года", [("2021-03-05", "deadline")]),
        ("zh", "我们将于2027年主办研讨会", [("2027", "planned")]),
        ("zh", "二〇二一年四月二十五日", [("2021-04-25", "event")]),
        ("zh", "2023年秋季举行", [("2023-09/2023-11", "event")]),
        ("ar", "حتى 30 تشرين الثاني/نوفمبر 2032", [("2032-11-30", "deadline")]),
        ("en", "for a period of ten years", [("P10Y", "duration")]),
        ("zh", "在20多年的时间里", [("P20Y+", "duration")]),
    ],
)
def test_values_and_roles(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    "text", ["resolution 1540 (2004)", "document S/2020/347", "at its 8977th meeting", "31 April 2021"]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [value for value, _ in read(text, "en") if len(value) == 10] == []


def test_the_masthead_gives_the_day_of_issue_and_the_foot_that_of_printing() -> None:
    parts = [Furniture("masthead", "13 May 2021", 0, 11), Furniture("barcode", "041120", 12, 18)]
    assert [(d.value, d.role) for d in dates.of_furniture(parts, "zh")] == [
        ("2021-05-13", "issue"),
        ("2020-11-04", "printing"),
    ]
