"""From one generation of the matrix to another."""

import msgspec
import pytest

from open1540.reference import Crosswalk, check_matrix, checks, crosswalk, template
from open1540.reference.crosswalk import CrosswalkRow
from open1540.vocabulary import UnknownCode

LEGACY = "legacy_2005_2016"
REVISED = "revised_2017_onwards"
ONWARD = crosswalk(LEGACY, REVISED)
BACK = crosswalk(REVISED, LEGACY)


def relations(field: str) -> dict[str, str]:
    return {link.field: link.relation for link in ONWARD.links[field]}


@pytest.mark.parametrize("way", [ONWARD, BACK])
def test_every_field_is_accounted_for(way: Crosswalk) -> None:
    before, after = template(way.from_template), template(way.to_template)
    reached = {link.field for links in way.links.values() for link in links}
    assert list(way.links) == [field.field for field in before.fields]
    assert reached | set(way.new) == {field.field for field in after.fields}
    assert {field for field, links in way.links.items() if not links} == set(way.dropped)


def test_equal_ids_mean_the_same() -> None:
    assert relations("OP3cd.CW.transit.legal") == {"OP3cd.CW.transit.legal": "same"}
    assert len(ONWARD.comparable) == len(BACK.comparable) == 351


def test_a_row_is_split_into_the_instruments_it_held() -> None:
    split = relations("OP1.other-treaties")
    assert len(split) == 7
    assert set(split.values()) == {"split"}
    assert {link.relation for link in BACK.links["OP1.beijing-convention"]} == {"merged"}


def test_a_row_leads_to_its_like_of_the_same_weapon_and_aspect() -> None:
    assert relations("OP2.BW.stockpile.enforcement") == {"OP2.BW.possess.enforcement": "broader"}
    assert {link.field: link.relation for link in BACK.links["OP2.BW.possess.enforcement"]} == {
        "OP2.BW.possess.enforcement": "same",
        "OP2.BW.stockpile.enforcement": "narrower",
    }


def test_dropped_and_new_fields_are_listed() -> None:
    assert "OP2.NW.non-state-actors.legal" in ONWARD.dropped
    assert set(ONWARD.new) == {f"OP2.{w}.attempt.{a}" for w in ("NW", "CW", "BW") for a in ("legal", "enforcement")}
    assert set(BACK.dropped) == set(ONWARD.new)
    assert set(BACK.new) == set(ONWARD.dropped)


def test_a_template_is_comparable_with_itself() -> None:
    alone = crosswalk(LEGACY, LEGACY)
    assert alone.dropped == alone.new == ()
    assert len(alone.comparable) == 388


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(UnknownCode, match="legacy_1999"):
        crosswalk(LEGACY, "legacy_1999")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"to_field": "OP2.astrology"}, "'OP2.astrology' is no field of template 'revised_2017_onwards'"),
        ({"from_template": "legacy_1999"}, "'OP2.stockpile' is no field of template 'legacy_1999'"),
        ({"relation": "merged"}, "OP2.possess is merged from one field only"),
        ({"from_field": "OP2.use", "to_field": "OP2.use", "relation": "same"}, "OP2.use needs no line"),
    ],
)
def test_a_wrong_line_is_a_problem(changes: dict[str, str], problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = check_matrix.rows

    def spoilt(path: str, record: type) -> tuple[object, ...]:
        table = real(path, record)
        return (*table[:-1], msgspec.structs.replace(table[-1], **changes)) if record is CrosswalkRow else table

    monkeypatch.setattr(check_matrix, "rows", spoilt)
    found = checks.problems()
    assert len(found) == 1
    assert problem in found[0]
