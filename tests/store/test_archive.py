"""An archive brings everything back, into either engine, or nothing at all."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from samples import letter

from open1540 import store
from open1540.store import Store
from open1540.store import archive as archive_module
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
    assert kept.restore(second, replace_for="test").rows == rows
    assert kept.verify_audit().intact
    assert kept.claims() == other.claims()
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


def test_what_a_restore_gave_up_stays_on_the_log(kept: Store, tmp_path: Path) -> None:
    archive = tmp_path / "records.zip"
    noted = filled(kept).backup(archive).last_hash
    kept.save_reading(*letter("fr"), by="test")
    given_up = kept.verify_audit().last_hash
    kept.restore(archive, replace_for="operator")
    latest = kept.audit()[0]
    assert (latest.number, latest.by, latest.action) == (3, "operator", "records replaced")
    assert str(given_up) in latest.detail
    assert kept.verify_audit(noted).noted_in == 2


def test_an_archive_shows_one_moment_whatever_is_written_meanwhile(
    kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table = archive_module._write_table

    def slowly(connection: Any, archive: zipfile.ZipFile, table: Any) -> Any:
        member = write_table(connection, archive, table)
        if table.name == "documents":
            kept.save_reading(*letter("fr"), by="somebody else")
        return member

    monkeypatch.setattr(archive_module, "_write_table", slowly)
    rows = filled(kept).backup(tmp_path / "records.zip").rows
    assert (rows["documents"], rows["audit"]) == (2, 2)
    assert len(kept.documents()) == 3


def forged(source: Path, target: Path, table: str, change: dict[str, Any]) -> Path:
    """An archive in which a table's first row was changed and the manifest made to fit."""
    with zipfile.ZipFile(source) as old:
        content = {name: old.read(name) for name in old.namelist()}
    first, *others = content[f"{table}.jsonl"].splitlines(keepends=True)
    row = {key: value for key, value in (json.loads(first) | change).items() if value != "leave out"}
    lines = [json.dumps(row).encode() + b"\n", *others]
    content[f"{table}.jsonl"] = b"".join(lines)
    manifest = json.loads(content["manifest.json"])
    member = manifest["tables"][table]
    member["sha256"] = hashlib.sha256(content[f"{table}.jsonl"]).hexdigest()
    member["size"] = len(content[f"{table}.jsonl"])
    content["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w") as new:
        for name, written in content.items():
            new.writestr(name, written)
    return target


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("documents", {"raw": "bm90IHRoZSBmaWxl"}),
        ("documents", {"raw": "not base64 !"}),
        ("documents", {"reading": "bm90IGEgcmVhZGluZw=="}),
        ("documents", {"id": "0123456789abcdef"}),
        ("documents", {"name": "leave out"}),
        ("documents", {"name": None}),
        ("documents", {"name": ["a", "list"]}),
        ("passages", {"start": "seven"}),
        ("passages", {"start": 10**30}),
        ("passages", {"document_id": "0123456789abcdef"}),
        ("claims", {"claim": "{}"}),
        ("audit", {"number": 2}),
    ],
)
def test_records_that_do_not_fit_are_refused_even_where_the_manifest_fits(
    kept: Store, tmp_path: Path, table: str, change: dict[str, Any]
) -> None:
    archive = tmp_path / "records.zip"
    filled(kept).backup(archive)
    before = (kept.documents(), kept.claims(), kept.audit())
    with pytest.raises(BadInput, match="do not fit"):
        kept.restore(forged(archive, tmp_path / "forged.zip", table, change), replace_for="test")
    assert (kept.documents(), kept.claims(), kept.audit()) == before


def test_an_archive_of_the_first_version_is_still_restored(kept: Store, tmp_path: Path) -> None:
    archive, old = tmp_path / "records.zip", tmp_path / "old.zip"
    filled(kept).backup(archive)
    authors = {row.id: row.author for row in kept.documents()}
    with zipfile.ZipFile(archive) as new, zipfile.ZipFile(old, "w") as first:
        manifest = json.loads(new.read("manifest.json"))
        tables = {}
        for table in archive_module.FIRST_TABLES:
            rows = [json.loads(line) for line in new.read(f"{table}.jsonl").splitlines()]
            later = {"author", "shown_to"} if table == "documents" else set()
            lines = [json.dumps({key: row[key] for key in row if key not in later}).encode() + b"\n" for row in rows]
            content = b"".join(lines)
            first.writestr(f"{table}.jsonl", content)
            digest = hashlib.sha256(content).hexdigest()
            tables[table] = {"rows": len(rows), "sha256": digest, "size": len(content)}
        first.writestr("manifest.json", json.dumps({"format": manifest["format"], "tables": tables}))
    noted = kept.verify_audit().last_hash
    assert kept.restore(old, replace_for="operator").rows["documents"] == 2
    assert {row.id: row.author for row in kept.documents()} == authors
    assert {row.shown_to for row in kept.documents()} == {"members"}
    assert kept.verify_audit(noted).intact
