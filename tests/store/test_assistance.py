"""Requests, offers and steps: kept on either engine, only added to, one decision at a time."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from open1540 import store
from open1540.assistance.records import Offer, Request, Subject, Taken
from open1540.store import Store
from open1540.vocabulary import Conflict, UnknownCode

NOW = dt.datetime(2026, 11, 3, 15, 0, tzinfo=dt.UTC)


def request(**parts: object) -> Request:
    return Request(
        state="MYS",
        requester="Invented Ministry",
        title="Training",
        by="maker",
        at=NOW,
        **parts,  # type: ignore[arg-type]
    )


def taken(of: str, step: str) -> Taken:
    return Taken(of, 0, step, NOW.date(), NOW, "somebody", "committee")


def test_ids_are_given_by_state_and_year_and_numbers_follow_each_other(kept: Store) -> None:
    first = kept.add_record(request())
    second = kept.add_record(request())
    offer = kept.add_record(Offer(provider="Invented Institute", kind="other", title="Courses", by="p", at=NOW))
    assert [first.id, second.id, offer.id] == ["MYS-2026-1", "MYS-2026-2", "OFF-2026-1"]
    later = kept.add_record(
        request(id=first.id, need="forty officers", subject=Subject(themes=("border-controls",))), expected=1
    )
    assert later.number == 2
    assert kept.record(Request, first.id) == later
    assert [one.number for one in kept.history(Request, first.id)] == [1, 2]
    assert [one.id for one in kept.records(Request, "MYS")] == [first.id, second.id]
    assert kept.records(Request, "FRA") == []


def test_a_change_of_what_was_changed_meanwhile_is_refused(kept: Store) -> None:
    made = kept.add_record(request())
    kept.add_record(request(id=made.id, need="first"), expected=1)
    with pytest.raises(Conflict, match="number 2"):
        kept.add_record(request(id=made.id, need="second"), expected=1)
    with pytest.raises(UnknownCode):
        kept.add_record(request(id="MYS-2026-99"), expected=1)
    with pytest.raises(UnknownCode):
        kept.record(Offer, made.id)


def test_two_who_decide_at_once(kept: Store) -> None:
    made = kept.add_record(request(), steps=[taken("", "submit")])
    kept.take_request_step(taken(made.id, "authenticate"), expected=1)
    with pytest.raises(Conflict, match="authenticate"):
        kept.take_request_step(taken(made.id, "reject"), expected=1)
    assert [(one.position, one.step) for one in kept.request_steps([made.id])] == [(1, "submit"), (2, "authenticate")]
    assert [row.action for row in kept.audit()][:3] == [
        "request step: authenticate",
        "request step: submit",
        "request made",
    ]
    assert kept.verify_audit().intact


@pytest.mark.parametrize("table", ["assistance_records", "assistance_steps"])
@pytest.mark.parametrize("change", ["UPDATE {} SET step = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_changes(kept: Store, table: str, change: str) -> None:
    kept.add_record(request(), steps=[taken("", "submit")])
    statement = change.format(table).replace("step =", "kind =" if table == "assistance_records" else "step =")
    with pytest.raises(DatabaseError, match="only ever added to"), kept._engine.begin() as connection:
        connection.execute(text(statement))


def test_an_archive_brings_it_all_back(kept: Store, tmp_path: Path) -> None:
    made = kept.add_record(request(), steps=[taken("", "submit")])
    kept.backup(tmp_path / "all.zip")
    other = store.open(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    other.restore(tmp_path / "all.zip")
    assert other.record(Request, made.id) == made
    assert other.request_steps() == kept.request_steps()
    assert kept.restore(tmp_path / "all.zip", replace_for="test").rows["assistance_steps"] == 1


def test_nulls_are_kept_out_of_what_is_kept_and_asked(kept: Store) -> None:
    made = kept.add_record(request(note="a\x00b", need="c\x00d"), steps=[taken("", "submit")])
    kept.take_request_step(msgspec.structs.replace(taken(made.id, "authenticate"), reason="e\x00f"), expected=1)
    assert kept.history(Request, "\x00") == []
    assert kept.request_steps(["a\x00b"]) == []
    with pytest.raises(UnknownCode):
        kept.record(Request, f"{made.id}\x00")
    assert kept.verify_audit().intact
