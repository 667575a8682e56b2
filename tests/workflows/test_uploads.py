"""Files given to a server: read apart, one by one; each kept or refused with its reason, whatever ends on the way."""

import datetime as dt
import os
import signal
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from open1540.vocabulary import BadInput, NotAllowed, UnknownCode
from open1540.workflows import uploads
from open1540.workflows.database import kept_open, opened
from open1540.workflows.permissions import Person
from open1540.workflows.uploads import Batch

EXPERT = Person("expert", "expert")
CONTACT = Person("contact", "contact", "FRA")
LETTER = (Path(__file__).resolve().parents[2] / "examples" / "letters" / "invented.en.txt").read_bytes()
PATIENCE = 60


@pytest.fixture
def database_url(store_url: str) -> Iterator[str]:
    with kept_open(store_url):
        yield store_url


def give(database_url: str, *files: tuple[str, bytes], who: Person = EXPERT, **options: str) -> Batch:
    return uploads.receive(
        [(name, BytesIO(data)) for name, data in files], database_url=database_url, who=who, **options
    )


def after(batch: Batch, database_url: str, enough: Callable[[Batch], bool], who: Person = EXPERT) -> Batch:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        now = uploads.progress(batch.id, database_url=database_url, who=who)
        if enough(now):
            return now
        time.sleep(0.05)
    raise AssertionError(f"still {[one.status for one in now.uploads]} after {PATIENCE} seconds")


def finished(batch: Batch) -> bool:
    return batch.finished


def test_each_file_is_kept_or_refused_with_what_to_do(database_url: str) -> None:
    batch = give(database_url, ("a.txt", LETTER), ("empty.txt", b""), ("b.doc", b"\xd0\xcf\x11\xe0 old"))
    assert [one.status for one in batch.uploads] == ["waiting", "refused", "waiting"]
    with uploads.reading(database_url):
        read = after(batch, database_url, finished)
    kept, empty, legacy = read.uploads
    assert (kept.status, empty.status, legacy.status) == ("kept", "refused", "refused")
    assert empty.told["found"] == "an empty file"
    assert legacy.told["found"] == "a legacy Office file (.doc, .xls)"
    assert legacy.told["remedy"]
    with opened(database_url) as store:
        assert store.document(kept.document_id or "").shown_to == "members"
        assert store.upload_bytes(kept) is None


def test_what_a_point_of_contact_gives_belongs_to_the_state(database_url: str) -> None:
    batch = give(database_url, ("a.txt", LETTER), who=CONTACT)
    assert batch.uploads[0].shown_to == "FRA"
    with pytest.raises(NotAllowed, match="would not be shown"):
        give(database_url, ("a.txt", LETTER), who=CONTACT, shown_to="DEU")
    with pytest.raises(UnknownCode):
        uploads.progress(batch.id, database_url=database_url, who=Person("other", "contact", "DEU"))
    assert uploads.progress(batch.id, database_url=database_url, who=EXPERT).uploads == batch.uploads


def test_a_file_kept_for_another_state_is_not_given_away(database_url: str) -> None:
    batch = give(database_url, ("a.txt", LETTER), who=CONTACT)
    with uploads.reading(database_url):
        after(batch, database_url, finished, who=CONTACT)
    other = give(database_url, ("same.txt", LETTER), who=Person("other", "contact", "DEU"))
    assert other.uploads[0].status == "refused"
    assert other.uploads[0].document_id is None


def test_no_file_and_too_many_are_refused_whole(database_url: str) -> None:
    with pytest.raises(BadInput, match="no file"):
        give(database_url)
    many = [(f"{number}.txt", b"x") for number in range(uploads.LARGEST_BATCH + 1)]
    with pytest.raises(BadInput, match="more than 200"):
        give(database_url, *many)
    assert uploads.batches(database_url=database_url, who=EXPERT) == ()


def test_a_killed_reader_costs_its_file_and_no_other(database_url: str, large: bytes) -> None:
    with uploads.reading(database_url) as reader:
        batch = give(database_url, ("large.txt", large), ("small.txt", LETTER))
        after(batch, database_url, lambda now: now.uploads[0].status == "reading" and reader.pid is not None)
        assert reader.pid
        os.kill(reader.pid, signal.SIGKILL)
        read = after(batch, database_url, finished)
    assert [one.status for one in read.uploads] == ["refused", "kept"]
    assert "ended in the middle of its work" in read.uploads[0].told["found"]


def test_a_file_in_the_middle_of_its_reading_waits_for_the_next_start(database_url: str, large: bytes) -> None:
    with uploads.reading(database_url):
        batch = give(database_url, ("large.txt", large))
        after(batch, database_url, lambda now: now.uploads[0].status == "reading")
    left = uploads.progress(batch.id, database_url=database_url, who=EXPERT).uploads[0]
    assert (left.status, left.tries) == ("waiting", 0)
    with opened(database_url) as store:
        assert store.documents() == []
    with uploads.reading(database_url):
        assert after(batch, database_url, finished).uploads[0].status == "kept"


def test_what_a_lost_server_was_reading_is_taken_up_and_refused_after_the_second_time(database_url: str) -> None:
    batch = give(database_url, ("a.txt", LETTER))
    past = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    with opened(database_url) as store:
        first = store.take_upload(past, past)
        second = store.take_upload(dt.datetime.now(dt.UTC), past)
        assert first and second and (first.id, second.tries) == (second.id, 2)
        # The first reader was given up for dead: what it brings now is not kept.
        assert store.upload_bytes(first) is None
        store.refuse_upload(first, {"found": "late"})
    with uploads.reading(database_url):
        read = after(batch, database_url, finished).uploads[0]
    assert read.status == "refused"
    assert read.told["found"] == "a file on which the reader died 2 times"


def test_where_two_servers_share_a_database_each_file_is_read_once(database_url: str) -> None:
    batch = give(database_url, *((f"{number}.txt", LETTER + b"\n" * number) for number in range(6)))
    with uploads.reading(database_url), uploads.reading(database_url):
        read = after(batch, database_url, finished)
    assert {(one.status, one.tries) for one in read.uploads} == {("kept", 1)}
    with opened(database_url) as store:
        assert len(store.documents()) == 6
        assert [row.action for row in store.audit()].count("document kept") == 6


@pytest.fixture(scope="session")
def large() -> bytes:
    """A text that takes some seconds to read."""
    return LETTER * 800
