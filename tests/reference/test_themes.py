"""Themes group the rows of the matrix."""

import msgspec
import pytest

from open1540.reference import (
    LANGUAGES,
    check_matrix,
    checks,
    fields_matching,
    template,
    theme,
    themes,
    themes_about,
    themes_of,
)
from open1540.vocabulary import UnknownCode


def test_every_field_of_sections_two_to_five_belongs_to_a_theme() -> None:
    for one in ("legacy_2005_2016", "revised_2017_onwards"):
        alone = [field.field for field in template(one).fields if field.section != "I" and not themes_of(field.field)]
        assert alone == []


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("OP2.CW.finance.legal", {"prohibitions", "proliferation-financing"}),
        ("OP2.CW.finance.enforcement", {"penalties", "proliferation-financing"}),
        ("OP3cd.NW.transshipment.legal", {"transit-and-re-export"}),
        ("OP3ab.BW.genetic-engineering.legal", {"biological-security"}),
        ("OP3cd.CW.means-of-delivery.legal", {"means-of-delivery", "control-lists"}),
        ("OP1.npt", set()),
        ("OP99.nothing", set()),
    ],
)
def test_a_field_belongs_to_its_themes(field: str, wanted: set[str]) -> None:
    assert {one.id for one in themes_of(field)} == wanted


def test_a_topic_leads_to_its_themes() -> None:
    assert [one.id for one in themes_about("customs")] == ["border-controls"]
    assert themes_about("conflict-in-yemen") == ()


def test_a_theme_has_a_title_in_every_language() -> None:
    assert 12 <= len(themes()) <= 18
    for language in LANGUAGES:
        assert len({one.title(language) for one in themes()}) == len(themes())


def test_a_pattern_names_fields_of_all_weapons_and_aspects() -> None:
    assert len(fields_matching(("OP3cd.*.transit.*",))) == 6
    assert fields_matching(("OP3cd.*.astrology.*",)) == frozenset()


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(UnknownCode, match="astrology"):
        theme("astrology")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"fields": ("OP99.*",)}, "outreach: no field matches 'OP99.*'"),
        (
            {"fields": ("OP678.industry-information",)},
            "OP678.public-information of legacy_2005_2016 belongs to no theme",
        ),
        ({"titles": {"en": "Outreach"}}, "outreach has no title in fr"),
        ({"obligations": ("OP77",)}, "outreach: obligation 'OP77' is unknown"),
        ({"topics": ("astrology",)}, "outreach: topic 'astrology' is unknown"),
        ({"id": "penalties"}, "penalties stands there 2 times"),
    ],
)
def test_a_wrong_theme_is_a_problem(changes: dict[str, object], problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt = tuple(msgspec.structs.replace(one, **changes) if one.id == "outreach" else one for one in themes())
    monkeypatch.setattr(check_matrix, "themes", lambda: spoilt)
    assert f"themes.yaml: {problem}" in checks.problems()
