"""An archive brings everything back, into either engine, or nothing at all."""

import json
import zipfile
from pathlib import Path

import pytest
from samples import letter

from open1540 import store
from open1540.store import Store
from open1540.vocabulary import BadInput


def filled(kept: Store) -> Store:
    for language in ("en", "zh"):
        kept.save_reading(*letter(language), by="test")
    return kept


def test_an_archive_of_one_engine_restores_into_the_other_and_back(kept: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    rows = filled(kept).backup(first).rows
    other = store.open(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    assert other.restore(first).rows == rows
    assert other.documents() == kept.documents()
    assert other.claims() == kept.claims()
    assert other.audit() == kept.audit()
    assert other.backup(second).rows == rows
    assert kept.restore(second, replace=True).rows == rows
    assert kept.verify_audit().intact
    assert kept.save_reading(*letter("fr"), by="test").new, "numbers go on behind the restored ones"


def test_a_store_that_holds_something_is_not_overwritten_unasked(kept: Store, tmp_path: Path) -> None:
    archive = tmp_path / "records.zip"
    filled(kept).backup(archive)
    with pytest.raises(BadInput, match="records"):
        kept.restore(archive)
    assert len(kept.documents()) == 2


def rewritten(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name] or b"")
    return target


@pytest.mark.parametrize(
    "change",
    [
        {"audit.jsonl": b'{"number":1}\n'},
        {"documents.jsonl": None},
        {"../../evil.jsonl": b"x"},
        {"manifest.json": b"{}"},
        {"manifest.json": json.dumps({"format": "other", "tables": {}}).encode()},
        {"manifest.json": None},
    ],
)
def test_an_archive_that_was_touched_is_refused_and_nothing_changes(
    kept: Store, tmp_path: Path, change: dict[str, bytes | None]
) -> None:
    archive = tmp_path / "records.zip"
    filled(kept).backup(archive)
    broken = rewritten(archive, tmp_path / "broken.zip", change)
    empty = store.open(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with pytest.raises(BadInput):
        empty.restore(broken)
    assert empty.documents() == []
    assert empty.audit() == []


def test_a_flipped_bit_is_found(kept: Store, tmp_path: Path) -> None:
    archive = tmp_path / "records.zip"
    filled(kept).backup(archive)
    content = bytearray(archive.read_bytes())
    content[len(content) // 3] ^= 1
    archive.write_bytes(content)
    with pytest.raises(BadInput):
        store.open(f"sqlite:///{tmp_path / 'empty.sqlite3'}").restore(archive)


def test_a_backup_that_cannot_be_written_leaves_nothing(kept: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        kept.backup(tmp_path / "no-such-folder" / "records.zip")
    assert list(tmp_path.glob("**/*.partial")) == []
