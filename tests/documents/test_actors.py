"""Who is named, by name, by rule and by pointing words."""

import pytest

from open1540.documents import actors, references
from open1540.documents.flow import plain


def named(text: str, language: str, speaker: str | None = None) -> dict[str, list[str]]:
    flow = plain(text)
    found = actors.find(flow, language, references.find(flow, language), lambda _: speaker)
    return {actor.id: [mention.surface for mention in actor.mentions] for actor in found}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Panel of Experts established pursuant to resolution 1874 (2009)"),
        ("fr", "le Groupe d’experts créé par la résolution 1874 (2009)"),
        ("es", "el Grupo de Expertos establecido en virtud de la resolución 1874 (2009)"),
        ("ru", "Группа экспертов, учрежденная резолюцией 1874 (2009)"),
        ("zh", "第1874(2009)号决议所设专家小组"),
        ("ar", "فريق الخبراء المنشأ عملا بالقرار 1874 (2009)"),
    ],
)
def test_a_body_is_known_by_the_resolution_that_founded_it(language: str, text: str) -> None:
    assert "UN.SC.1874POE" in named(text, language)


def test_panel_and_group_stay_apart_in_chinese() -> None:
    found = named("第1540(2004)号决议所设委员会及其专家组，以及第2140(2014)号决议所设也门问题专家小组", "zh")
    assert found["UN.SC.1540GOE"] == ["专家组"]
    assert found["UN.SC.2140POE"] == ["也门问题专家小组"]


def test_the_committee_is_the_one_founded_before() -> None:
    found = named("The Committee established pursuant to resolution 1718 (2006) met. The Committee decided.", "en")
    assert len(found["UN.SC.1718COMMITTEE"]) == 2


def test_my_country_is_the_speakers() -> None:
    assert named("My country supports resolution 1540 (2004).", "en", "KEN")["KEN"] == ["My country"]
    assert "KEN" not in named("My country supports resolution 1540 (2004).", "en")


def test_the_president_of_the_council_also_names_the_council() -> None:
    found = named("addressed to the President of the Security Council", "en")
    assert set(found) == {"UN.SC.PRESIDENT", "UN.SC"}


def test_a_common_word_is_not_a_state() -> None:
    assert "TGO" not in named("кроме того, Комитет", "ru")
    assert "WHO" not in named("those who act", "en")
    assert "MLI" not in named("在马里卜市", "zh")


def test_a_longer_name_of_a_state_hides_the_shorter() -> None:
    assert set(named("Papua New Guinea and Equatorial Guinea", "en")) == {"PNG", "GNQ"}


def test_unknown_persons_are_named_by_their_titles() -> None:
    assert "PERSON:jane-wanjiru-example" in named("Ambassador Jane Wanjiru Example spoke.", "en")


def test_known_persons_keep_one_id_in_every_script() -> None:
    assert "PERSON:dian-triansyah-djani" in named("迪安·特里安夏·查尼大使", "zh")
