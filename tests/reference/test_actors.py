"""Actors, their names in six languages, and office-holders."""

import pytest

from open1540.reference import LANGUAGES, actor, actor_labels, actor_name, actor_type, actors
from open1540.vocabulary import UnknownCode

BODIES = [one.id for one in actors() if one.type != "person"]


def meant(language: str, label: str) -> set[str]:
    return {i for known, i, _ in actor_labels(language) if known == label}


def test_every_body_group_region_and_place_has_a_preferred_name_in_six_languages() -> None:
    # Amman reads like Oman in unvocalised Arabic, so the facts leave its Arabic name out.
    unnamed = {
        (i, language)
        for language in LANGUAGES
        for i in BODIES
        if not any(owner == i and kind == "preferred" for _, owner, kind in actor_labels(language))
    }
    assert unnamed == {("PLACE:amman", "ar")}


@pytest.mark.parametrize(
    ("language", "label", "actor_id"),
    [
        ("zh", "也门问题专家小组", "UN.SC.2140POE"),
        ("zh", "1540委员会专家组", "UN.SC.1540GOE"),
        ("zh", "援助工作组", "UN.SC.1540COMMITTEE.WG-ASSISTANCE"),
        ("zh", "打击核恐怖主义全球倡议", "GICNT"),
        ("fr", "Groupe d’experts du Comité 1540", "UN.SC.1540GOE"),
        ("fr", "Groupe d’experts sur le Yémen", "UN.SC.2140POE"),
        ("fr", "OIAC", "OPCW"),
        ("es", "OIEA", "IAEA"),
        ("ru", "Международного агентства по атомной энергии", "IAEA"),
        ("ru", "хуситов", "GRP:houthis"),
        ("ar", "الحوثيين", "GRP:houthis"),
        ("ar", "منظمة حظر الأسلحة الكيميائية", "OPCW"),
        ("en", "Hague Code of Conduct", "HCOC"),
        ("en", "non-State actor", "CLASS:non-state-actors"),
    ],
)
def test_a_name_means_its_actor(language: str, label: str, actor_id: str) -> None:
    assert meant(language, label) == {actor_id}


def test_one_name_means_one_actor_in_a_language() -> None:
    for language in LANGUAGES:
        owners: dict[str, set[str]] = {}
        for label, i, _ in actor_labels(language):
            if not i.startswith("REG:"):
                owners.setdefault(label.casefold(), set()).add(i)
        several = {label: ids for label, ids in owners.items() if len(ids) > 1}
        assert several == {}


def test_names_of_states_come_along() -> None:
    assert "FRA" in meant("zh", "法国")


@pytest.mark.parametrize("language", LANGUAGES)
def test_russian_has_case_forms_and_other_languages_have_none(language: str) -> None:
    inflected = [label for label, i, kind in actor_labels(language) if kind == "inflected" and i in BODIES]
    assert bool(inflected) == (language == "ru")


def test_an_actor_knows_the_body_it_belongs_to() -> None:
    assert actor("UN.SC.1540GOE").parent == "UN.SC.1540COMMITTEE"
    assert actor("PLACE:sanaa").parent == "YEM"


def test_an_unknown_actor_is_refused() -> None:
    with pytest.raises(UnknownCode, match="9999COMMITTEE"):
        actor("UN.SC.9999COMMITTEE")


def test_a_missing_name_falls_back_to_english_and_then_to_none() -> None:
    assert actor_name("IAEA", "zh") == "国际原子能机构"
    assert actor_name("PLACE:amman", "ar") == "Amman"
    assert actor_name("UN.SC.9999COMMITTEE", "ar") is None


@pytest.mark.parametrize(
    ("actor_id", "kind"),
    [
        ("FRA", "State"),
        ("UN.SC", "organ"),
        ("GRP:houthis", "armed_group"),
        ("PERSON:nobody-known", "person"),
        ("UN.SC.9999COMMITTEE", "body"),
    ],
)
def test_the_type_of_an_actor(actor_id: str, kind: str) -> None:
    assert actor_type(actor_id) == kind


def test_an_office_holder_is_recorded_with_office_and_term() -> None:
    chair = actor("PERSON:sacha-llorentty-soliz")
    assert (chair.parent, chair.since, chair.note) == ("BOL", "2017-01-01", "Chair of the 1540 Committee")


def test_the_chair_of_2020_is_known_in_every_language() -> None:
    assert all(actor_name("PERSON:dian-triansyah-djani", language) for language in LANGUAGES)
    assert meant("zh", "迪安·特里安夏·查尼") == {"PERSON:dian-triansyah-djani"}


def test_a_panel_that_ended_says_when() -> None:
    assert actor("UN.SC.1874POE").until == "2024-04-30"
