"""What statements claim a State has in place, field by field."""

import pytest
from annotated import said

from open1540.documents import claims


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Our parliament adopted Law 12 of 2019, which prohibits the use of chemical weapons.", "cites law"),
        ("The use of chemical weapons is prohibited under the Penal Code.", "cites law"),
        ("Our parliament adopted a law which prohibits the use of chemical weapons.", "self-declared"),
        ("Our Government intends to adopt a law which prohibits the use of chemical weapons.", "planned"),
    ],
)
def test_a_named_act_raises_the_grade_of_a_stated_measure(text: str, grade: str) -> None:
    found = claims.of_statements(said(text, "en"), "en")
    assert [(claim.state, claim.grade, claim.article) for claim in found] == [("KEN", grade, None)]
    assert "OP2.CW.use.legal" in found[0].fields
    assert text.startswith(found[0].text)


def test_praise_of_a_legal_framework_cites_no_law() -> None:
    text = "Our Government has established a strong legal framework that prohibits the use of chemical weapons."
    found = claims.of_statements(said(text, "en"), "en")
    assert {claim.grade for claim in found} <= {"self-declared", "planned"}


def test_proposals_claim_nothing() -> None:
    assert not claims.of_statements(
        said("We propose that all States prohibit the use of chemical weapons.", "en"), "en"
    )


def test_words_of_nobody_in_particular_claim_nothing() -> None:
    text = "The parliament adopted a law which prohibits the use of chemical weapons."
    assert not claims.of_statements(said(text, "en", None), "en")
