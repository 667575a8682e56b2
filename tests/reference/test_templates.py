"""Templates of the Committee's matrix."""

import csv
from pathlib import Path

import pytest

from open1540.reference import LANGUAGES, caveats, codes, field_ids, template, templates
from open1540.vocabulary import UnknownCode

LEGACY = "legacy_2005_2016"


def test_a_template_has_its_fields_in_printed_order() -> None:
    fields = template(LEGACY).fields
    assert len(fields) == 388
    assert fields[0].field == "OP1.npt"
    assert [field.section for field in fields] == sorted(
        (f.section for f in fields), key=list(template(LEGACY).sections).index
    )


def test_a_field_says_weapon_and_aspect() -> None:
    field = template(LEGACY).field("OP2.CW.finance.legal")
    assert (field.weapon, field.aspect, field.section) == ("CW", "legal", "II")


def test_a_row_nobody_read_in_a_source_is_reconstructed() -> None:
    assert not template(LEGACY).field("OP1.npt").reconstructed
    assert template(LEGACY).field("OP2.CW.finance.legal").reconstructed
    assert sum(not field.reconstructed for field in template(LEGACY).fields) == 10


def test_an_unknown_template_and_an_unknown_field_are_refused() -> None:
    with pytest.raises(UnknownCode, match=LEGACY):
        template("legacy_1999")
    with pytest.raises(UnknownCode, match=r"OP2\.XX"):
        template(LEGACY).field("OP2.XX.finance.legal")


def test_every_code_is_explained_in_six_languages() -> None:
    assert [code.code for code in codes()] == ["X", "?", "NA", ""]
    assert all(set(code.labels) == set(LANGUAGES) for code in codes())


def test_an_empty_cell_is_unknown_and_no_finding() -> None:
    blank = next(code for code in codes() if not code.code)
    assert blank.labels["en"] == "unknown"


def test_the_caveats_say_that_an_entry_measures_no_compliance() -> None:
    assert any("compliance" in caveat.text for caveat in caveats())


def test_the_fields_are_those_of_the_reference_table(shared: Path) -> None:
    with (shared / "data" / "matrix" / "matrix_fields.csv").open(encoding="utf-8", newline="") as table:
        wanted = {row["field"] for row in csv.DictReader(table)}
    assert field_ids() == wanted
    assert len(templates()) == 1
