"""Pathways to such weapons, and the measures that should stop them."""

import msgspec
import pytest

from open1540.reference import LANGUAGES, STAGES, check_matrix, checks, pathway, pathways, source, template
from open1540.vocabulary import UnknownCode


def test_every_pathway_is_told_in_every_language() -> None:
    assert len(pathways()) >= 14
    for language in LANGUAGES:
        assert len({one.title(language) for one in pathways()}) == len(pathways())


@pytest.mark.parametrize("template_id", ["legacy_2005_2016", "revised_2017_onwards"])
def test_every_pathway_has_measures_at_every_stage(template_id: str) -> None:
    known = {field.field for field in template(template_id).fields}
    for one in pathways():
        assert all(one.matching(stage) & known for stage in STAGES), one.id


def test_the_fields_are_those_of_the_weapons_concerned() -> None:
    for one in pathways():
        classes = {part for field in one.matching() for part in field.split(".") if part in ("NW", "CW", "BW")}
        assert classes == set(one.weapons), one.id


def test_what_punishes_is_enforcement_and_what_prevents_is_law() -> None:
    for one in pathways():
        assert all(field.endswith(".enforcement") for field in one.matching("punish")), one.id
        before = one.matching("deny") | one.matching("detect") | one.matching("interdict")
        assert not any(field.endswith(".enforcement") for field in before), one.id


def test_every_pathway_names_its_sources() -> None:
    assert all(source(source_id).locator for one in pathways() for source_id in one.sources)
    assert "s-res-2325" in pathway("intangible-transfer").sources


def test_financing_is_stopped_by_the_rows_on_funds() -> None:
    financing = pathway("financing")
    assert "OP2.CW.finance.legal" in financing.matching("deny")
    assert "OP3cd.BW.funds.enforcement" in financing.matching("punish")
    assert {"OP2", "OP3(d)"} == set(financing.obligations)


def test_an_unknown_pathway_is_refused() -> None:
    with pytest.raises(UnknownCode, match="astrology"):
        pathway("astrology")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"stages": {"deny": ("OP2.*.legal",)}}, "insider has no field at the stage 'punish'"),
        ({"stages": dict.fromkeys(STAGES, ("OP99.*",))}, "insider: no field matches 'OP99.*'"),
        ({"sources": ()}, "source '' is in no table of facts/sources"),
        ({"titles": {"en": "Insiders"}}, "insider has no title in ru"),
        ({"obligations": ("OP77",)}, "insider: obligation 'OP77' is unknown"),
    ],
)
def test_a_wrong_pathway_is_a_problem(
    changes: dict[str, object], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = tuple(msgspec.structs.replace(one, **changes) if one.id == "insider" else one for one in pathways())
    monkeypatch.setattr(check_matrix, "pathways", lambda: spoilt)
    monkeypatch.setattr(checks, "pathways", lambda: spoilt)
    assert f"pathways.yaml: {problem}" in checks.problems()
