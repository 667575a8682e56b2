"""From a file to a reading."""

from pathlib import Path

from open1540 import documents, reference
from open1540.documents import akn, formats
from open1540.documents.reading import Reading
from open1540.vocabulary import BadInput


def read_file(path: Path, language: str | None = None, state: str | None = None) -> Reading:
    """Read one file without storing it.

    Arguments:
        path: a txt, PDF, DOCX, HTML or Akoma Ntoso file.
        language: ISO 639-1 code where the detected language would be wrong.
        state: code or name of the State a national law is of, where its text does not tell.

    Raises BadInput where there is no such file, UnreadableDocument where it cannot become text.
    """
    own = reference.state(state).iso3 if state else None
    return documents.read(load(path), shown_name(path), lang=language, state=own)


def shown_name(path: Path) -> str:
    """The name of a file as text; a sign that is none in the machine's encoding becomes a question mark."""
    return path.name.encode("utf-8", "replace").decode()


def load(path: Path) -> bytes:
    """The bytes of a file, its size checked before a byte is read."""
    if not path.is_file():
        raise BadInput(
            "a folder" if path.is_dir() else "no such file",
            expected="a document file",
            where=str(path),
            remedy="check the path; give several files one after the other",
        )
    try:
        formats.check_size(path.stat().st_size, shown_name(path))
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"a file that cannot be opened ({error.strerror})",
            expected="a file you may read",
            where=str(path),
            remedy="check its permissions, then run the command again",
        ) from error


def as_akoma_ntoso(reading: Reading) -> bytes:
    """A reading as an Akoma Ntoso 3.0 XML document."""
    return akn.to_akn(reading)
