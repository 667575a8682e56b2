"""Fixtures every room's tests share."""

import os
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


@pytest.fixture(scope="session")
def all_fonts() -> None:
    """Fonts for the letters of all six languages; where they are not installed a test is skipped, but never in CI."""
    from open1540.interfaces.reports import fonts
    from open1540.vocabulary import JobFailed

    try:
        fonts.families(["Aя", "مصفوفة", "矩阵"])
    except JobFailed as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{error.found}: {error.remedy}")
