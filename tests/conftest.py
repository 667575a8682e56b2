"""Fixtures every room's tests share."""

from pathlib import Path

import pytest
from databases import postgres_server, store_url  # noqa: F401

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference documents and gold annotations beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("needs the reference material in ../shared, which is not here")
    return SHARED
