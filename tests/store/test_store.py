"""What is kept stays as it was, on both engines."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from samples import letter
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from open1540 import store
from open1540.store import Store, claim_id
from open1540.store.engine import BUSY_MILLISECONDS, open_engine, writing
from open1540.vocabulary import BadInput, Judgement, Open1540Error, UnknownCode, Verdict


def decided(claim: str, verdict: Verdict) -> Judgement:
    return Judgement(claim, verdict, "expert", dt.datetime(2026, 11, 24, tzinfo=dt.UTC), "because")


def test_a_reading_comes_back_as_it_was(kept: Store) -> None:
    data, reading = letter("ar")
    saved = kept.save_reading(data, reading, by="test")
    assert kept.reading(saved.document_id) == reading
    assert kept.raw(saved.document_id) == data


def test_the_same_file_is_kept_once_and_the_log_says_so(kept: Store) -> None:
    data, reading = letter("en")
    first, second = (kept.save_reading(data, reading, by="test") for _ in range(2))
    assert (first.new, second.new) == (True, False)
    assert len(kept.documents()) == 1
    assert [row.action for row in kept.audit()] == ["document read again", "document kept"]


def test_the_same_file_read_otherwise_replaces_what_was_read_but_nothing_people_decided(kept: Store) -> None:
    data, reading = letter("en")
    document = kept.save_reading(data, reading, by="test").document_id
    judged, other = kept.claims(document)[:2]
    kept.judge(decided(judged.id, "accepted"))
    kept.judge(decided(f"{other.id}:{other.claim.fields[0]}", "rejected"))
    assisted = msgspec.structs.replace(judged.claim, proposed_by="assistant:some-model@1")
    kept.add_claims(document, [assisted], by="test")

    head = msgspec.structs.replace(reading.document, date="2025-03-04")
    again = msgspec.structs.replace(
        reading, name="copy.txt", document=head, paragraphs=reading.paragraphs[:3], claims=()
    )
    assert not kept.save_reading(data, again, by="test").new

    (row,) = kept.documents()
    assert (row.name, row.date) == ("invented.en.txt", "2025-03-04")
    assert len(kept.reading(document).paragraphs) == 3
    assert {stored.id for stored in kept.claims(document)} == {judged.id, other.id, claim_id(reading.sha256, assisted)}
    assert {found.start for found in kept.search(["the"])} <= {paragraph.start for paragraph in again.paragraphs}


def test_judgements_are_added_and_the_latest_counts(kept: Store) -> None:
    data, reading = letter("en")
    document = kept.save_reading(data, reading, by="test").document_id
    claim = kept.claims(document)[0].id
    for verdict in ("accepted", "rejected"):
        kept.judge(decided(claim, verdict))  # type: ignore[arg-type]
    assert [judgement.verdict for judgement in kept.judgements(claim)] == ["accepted", "rejected"]
    latest = {stored.id: stored.judgement for stored in kept.claims()}[claim]
    assert latest is not None
    assert latest.verdict == "rejected"


def test_nobody_judges_what_nobody_claimed(kept: Store) -> None:
    with pytest.raises(UnknownCode):
        kept.judge(decided("no-such-claim", "accepted"))
    assert kept.audit() == []


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "DELETE FROM judgements"])
def test_the_database_itself_refuses_to_change_what_is_only_added_to(
    kept: Store, store_url: str, statement: str
) -> None:
    data, reading = letter("en")
    document = kept.save_reading(data, reading, by="test").document_id
    kept.judge(decided(kept.claims(document)[0].id, "accepted"))
    engine = open_engine(store_url)
    with pytest.raises(DatabaseError, match="only ever added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert kept.verify_audit().intact


SAVER = """
import sys
import msgspec
from open1540 import store
from open1540.documents import read
kept = store.open(sys.argv[1])
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    data = (f"Letter {sys.argv[2]} {number}. " + "The Committee shall examine resolution 1540 (2004). " * 40 + "\\n").encode() * 5
    kept.save_reading(data, read(data, f"{sys.argv[2]}-{number}.txt", lang="en"), by=sys.argv[2])
"""


def saver(url: str, name: str, documents: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SAVER, url, name, str(documents)], stdout=subprocess.PIPE, text=True)


def half_documents(url: str) -> int:
    engine = create_engine(open_engine(url).url)
    with engine.connect() as connection:
        return int(
            connection.execute(
                text(
                    "SELECT COUNT(*) FROM documents d WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.document_id = d.id)"
                )
            ).scalar_one()
        )


def test_a_killed_process_leaves_no_half_document(kept: Store, store_url: str) -> None:
    process = saver(store_url, "killed", 10_000)
    assert process.stdout is not None
    process.stdout.readline()
    deadline = time.monotonic() + 20
    while len(kept.documents()) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    documents = kept.documents()
    assert len(documents) >= 5
    assert half_documents(store_url) == 0
    verdict = kept.verify_audit()
    assert (verdict.intact, verdict.rows) == (True, len(documents))
    assert all(kept.reading(row.id).paragraphs for row in documents)


def test_two_processes_at_once_do_not_fork_the_log(kept: Store, store_url: str) -> None:
    processes = [saver(store_url, name, 8) for name in ("one", "other")]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert len(kept.documents()) == 16
    verdict = kept.verify_audit()
    assert (verdict.intact, verdict.rows) == (True, 16)


def test_nobody_waits_for_a_writer_to_open_and_read(kept: Store, store_url: str) -> None:
    told = open_engine(store_url)
    with writing(told).begin() as connection:
        connection.execute(text("SELECT 1"))
        began = time.monotonic()
        reader = store.open(store_url)
        assert reader.documents() == []
        reader.close()
        assert time.monotonic() - began < BUSY_MILLISECONDS / 1000 / 3


def test_a_database_that_fails_in_the_middle_is_told_in_four_parts(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    kept = store.open(f"sqlite:///{file}")
    kept.save_reading(*letter("en"), by="test")
    kept.close()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Open1540Error) as failed:
        broken = store.open(f"sqlite:///{file}")
        broken.save_reading(*letter("fr"), by="test")
    assert str(file) in failed.value.where
    assert failed.value.remedy


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("not a database " * 100)
    with pytest.raises(BadInput, match="cannot be used"):
        store.open(f"sqlite:///{other}")
    assert other.read_text().startswith("not a database")


@pytest.mark.parametrize("url", ["oracle://nowhere/x", "http://example.org/"])
def test_another_kind_of_url_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput):
        store.open(url)


def test_a_newer_schema_is_left_alone(kept: Store, store_url: str) -> None:
    with open_engine(store_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadInput, match="another version"):
        store.open(store_url)
