"""What a claim proposes for the matrix, by the document it stands in. Laws and reports here are invented."""

import pytest

from open1540.matrix.proposals import Origin, Proposal, proposals, with_proposal
from open1540.vocabulary import Claim, Entry, Reason
from open1540.vocabulary.claims import Grade, Strength

FIELD = "OP2.CW.use.legal"
LAW = Origin("invented", "Weapons Act", is_law=True)
BILL = Origin("invented", "Weapons Bill", is_law=True, in_force=False)
REPORT = Origin("invented", "National report", is_law=False)


def proposed(origin: Origin, grade: Grade, strength: Strength = "explicit", article: str | None = "s. 2") -> Proposal:
    claim = Claim(
        "KEN", (FIELD,), grade, article, "No person shall use it", 3, 25, Reason("laws.x", "", 0.9), strength=strength
    )
    return proposals([("c", claim)], origin)[0]


@pytest.mark.parametrize("grade", ["cites law", "planned", "self-declared"])
@pytest.mark.parametrize("strength", ["explicit", "implied"])
def test_a_bill_is_said_to_be_one_whatever_else_is_said_of_it(grade: Grade, strength: Strength) -> None:
    found = proposed(BILL, grade, strength)
    assert (found.code, found.remark) == ("?", "a bill, not a law in force")


def test_the_matrix_itself_tells_that_a_citation_is_of_a_bill() -> None:
    entry = with_proposal(Entry("KEN", FIELD), proposed(BILL, "planned"))
    assert entry.code == "?" and entry.remarks == "Weapons Bill, s. 2: a bill, not a law in force"


@pytest.mark.parametrize(
    ("origin", "grade", "strength", "code", "remark"),
    [
        (LAW, "cites law", "explicit", "X", ""),
        (LAW, "cites law", "implied", "?", "implied by the passage"),
        (REPORT, "planned", "explicit", "?", "planned"),
        (REPORT, "self-declared", "explicit", "?", "as the State reports, without a citation"),
        (REPORT, "cites law", "explicit", "?", "as the State reports; the act named has not been read"),
    ],
)
def test_only_an_explicit_passage_of_a_law_read_gives_x(
    origin: Origin, grade: Grade, strength: Strength, code: str, remark: str
) -> None:
    found = proposed(origin, grade, strength)
    assert (found.code, found.remark) == (code, remark)
