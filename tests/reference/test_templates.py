"""Templates of the Committee's matrix."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from open1540.reference import (
    LANGUAGES,
    caveats,
    codes,
    current_template,
    field_ids,
    template,
    template_on,
    templates,
)
from open1540.vocabulary import UnknownCode

LEGACY = "legacy_2005_2016"
REVISED = "revised_2017_onwards"


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
    assert {field.field for field in template(LEGACY).fields} == wanted


def test_no_row_of_the_revised_template_passes_for_official() -> None:
    revised = template(REVISED)
    assert len(revised.fields) == 364
    assert all(field.reconstructed and field.source == "recalled" for field in revised.fields)
    assert "official" in revised.note


def test_most_rows_keep_their_id_across_generations() -> None:
    ids = [{field.field for field in one.fields} for one in templates()]
    assert len(ids[0] & ids[1]) == 351
    assert field_ids() == ids[0] | ids[1]


def test_a_template_is_in_use_on_a_day() -> None:
    assert template_on(dt.date(2016, 12, 31)).id == LEGACY
    assert template_on(dt.date(2022, 11, 30)).id == REVISED
    assert current_template().id == REVISED
    with pytest.raises(UnknownCode, match="2004"):
        template_on(dt.date(2004, 4, 28))
