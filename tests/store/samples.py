"""The sample letters as a store receives them."""

from pathlib import Path

from open1540.documents import read
from open1540.documents.reading import Reading

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "letters"


def letter(language: str) -> tuple[bytes, Reading]:
    """A sample letter and its reading."""
    path = EXAMPLES / f"invented.{language}.txt"
    data = path.read_bytes()
    return data, read(data, path.name)
