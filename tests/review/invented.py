"""Small invented matrices for the review's tests."""

from collections.abc import Mapping

from open1540.reference import Field
from open1540.vocabulary import Basis, Code, Entry, Evidence


def fields(*names: str) -> tuple[Field, ...]:
    """Fields of an invented template; weapon and aspect are read from the id."""
    return tuple(_field(number, name) for number, name in enumerate(names, start=1))


def matrix(state: str, codes: Mapping[str, Code], basis: Basis = "law", year: str = "2020") -> tuple[Entry, ...]:
    """Entries of one State, each with one invented citation."""
    return tuple(
        Entry(
            state,
            field,
            code,
            (f"Invented Act, s. {number}",) if code in ("X", "?") else (),
            evidence=(Evidence(f"Invented Act, s. {number}", basis, "invented"),) if code in ("X", "?") else (),
            basis=basis if code in ("X", "?") else "none",
            as_of=year,
        )
        for number, (field, code) in enumerate(codes.items(), start=1)
    )


def _field(number: int, name: str) -> Field:
    parts = name.split(".")
    weapon = next((part for part in parts if part in ("NW", "CW", "BW")), None)
    aspect = next((part for part in parts if part in ("legal", "enforcement")), None)
    section = {"OP1": "I", "OP2": "II", "OP3ab": "III", "OP3cd": "IV", "OP678": "V"}[parts[0]]
    return Field(name, section, number, weapon, aspect, "invented row", "recalled-low", "recalled")  # type: ignore[arg-type]
