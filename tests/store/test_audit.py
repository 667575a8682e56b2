"""What the chain of the log proves, and what only a hash noted elsewhere proves."""

import pytest
from samples import letter
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from open1540.store import Store, audit
from open1540.store.engine import open_engine


def told(kept: Store, *languages: str) -> str:
    """The last hash of the log once letters in these languages are kept."""
    for language in languages:
        kept.save_reading(*letter(language), by="test")
    last = kept.verify_audit().last_hash
    assert last
    return last


def behind_the_guards(store_url: str, *statements: str) -> None:
    engine = open_engine(store_url)
    sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        for guard in ("audit_no_update", "audit_no_delete") if sqlite else ("audit_only_added_to ON audit",):
            connection.execute(text(f"DROP TRIGGER {guard}"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE audit SET detail = 'another' WHERE number = 1", 1),
        ("UPDATE audit SET at = '2001-01-01T00:00:00.000+00:00' WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 1", 2),
        ("DELETE FROM audit WHERE number = 2", 3),
        ("UPDATE audit SET number = 9 WHERE number = 2", 3),
    ],
)
def test_a_changed_or_missing_row_breaks_the_chain_where_it_stood(
    kept: Store, store_url: str, statement: str, row: int
) -> None:
    told(kept, "en", "fr", "es")
    behind_the_guards(store_url, statement)
    verdict = kept.verify_audit()
    assert (verdict.intact, verdict.first_broken) == (False, row)


def test_rows_taken_off_the_end_are_seen_by_the_hash_noted_before(kept: Store, store_url: str) -> None:
    noted = told(kept, "en", "fr", "es")
    behind_the_guards(store_url, "DELETE FROM audit WHERE number = 3")
    assert kept.verify_audit().intact, "the chain alone cannot tell"
    verdict = kept.verify_audit(noted)
    assert (verdict.intact, verdict.rows, verdict.first_broken) == (False, 2, None)


def test_a_chain_computed_anew_is_seen_by_the_hash_noted_before(kept: Store, store_url: str) -> None:
    noted = told(kept, "en")
    values = (1, "2025-03-03T00:00:00.000+00:00", "somebody else", "document kept", "id", "name", audit.FIRST)
    change = "UPDATE audit SET at = '{1}', \"by\" = '{2}', action = '{3}', subject = '{4}', detail = '{5}'"
    behind_the_guards(store_url, f"{change.format(*values)}, hash = '{audit.chained(*values)}'")
    assert kept.verify_audit().intact, "the chain alone cannot tell"
    assert not kept.verify_audit(noted).intact


def test_a_log_that_grew_since_still_holds_the_hash_noted(kept: Store) -> None:
    noted = told(kept, "en", "fr")
    told(kept, "es")
    verdict = kept.verify_audit(noted)
    assert (verdict.intact, verdict.rows, verdict.noted_in) == (True, 3, 2)


def test_the_log_cannot_be_emptied_at_once(kept: Store, store_url: str) -> None:
    told(kept, "en")
    engine = open_engine(store_url)
    statement = "DELETE FROM audit" if engine.dialect.name == "sqlite" else "TRUNCATE audit"
    with pytest.raises(DatabaseError, match="only ever added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert kept.verify_audit().rows == 1
