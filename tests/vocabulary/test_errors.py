"""Errors speak in four parts and know their exit code."""

import datetime as dt

import pytest

from open1540.vocabulary import BadInput, Conflict, FactsError, JobFailed, Open1540Error, UnknownCode, Validity


@pytest.mark.parametrize(
    ("kind", "code"), [(BadInput, 2), (UnknownCode, 2), (Conflict, 2), (JobFailed, 1), (FactsError, 1)]
)
def test_bad_input_is_2_and_a_failed_job_is_1(kind: type[Open1540Error], code: int) -> None:
    error = kind("a", expected="b", where="c", remedy="d")
    assert error.exit_code == code
    assert error.as_dict() == {"error": kind.__name__, "found": "a", "expected": "b", "where": "c", "remedy": "d"}
    assert str(error) == "found a; expected b; where: c; what to do: d"


def test_a_validity_holds_on_both_its_ends() -> None:
    validity = Validity(dt.date(2004, 4, 28), dt.date(2006, 4, 28))
    assert [validity.holds_on(dt.date(2004, 4, day)) for day in (27, 28)] == [False, True]
    assert [validity.holds_on(dt.date(2006, 4, day)) for day in (28, 29)] == [True, False]
    assert Validity().holds_on(dt.date(1946, 1, 1))
