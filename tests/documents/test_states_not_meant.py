"""Phrases that hold the name of a State without meaning the State."""

import pytest

from open1540.documents import read


def named(text: str, language: str) -> set[str]:
    return {actor.id for actor in read(text.encode(), "text.txt", language).actors}


@pytest.mark.parametrize(
    ("language", "text", "absent"),
    [
        ("zh", "委员会应协助发展中国家。", "CHN"),
        ("zh", "会议讨论了沿海地区的安全。", "HTI"),
        ("zh", "2019年10月3日本委员会举行会议。", "JPN"),
        ("en", "Patrols along Lake Chad and in the Gulf of Guinea continue.", "TCD"),
        ("en", "Patrols along Lake Chad and in the Gulf of Guinea continue.", "GIN"),
        ("fr", "Les patrouilles dans le golfe de Guinée se poursuivent.", "GIN"),
        ("es", "Las patrullas en el golfo de Omán continúan.", "OMN"),
        ("ru", "Власти Северной Ирландии сообщили об этом.", "IRL"),
        ("ar", "تتواصل الدوريات في خليج عمان.", "OMN"),
    ],
)
def test_a_name_in_another_name_is_not_the_state(language: str, text: str, absent: str) -> None:
    assert absent not in named(text, language)


@pytest.mark.parametrize(
    ("language", "text", "present"),
    [
        ("zh", "中国支持发展中国家。", "CHN"),
        ("zh", "海地代表发了言。", "HTI"),
        ("en", "Chad shares Lake Chad with its neighbours.", "TCD"),
        ("ru", "Представители Ирландии сообщили об этом.", "IRL"),
        ("ar", "قدمت عمان تقريرها.", "OMN"),
    ],
)
def test_the_same_name_on_its_own_is_the_state(language: str, text: str, present: str) -> None:
    assert present in named(text, language)
