"""The desk of States: who they are, what they joined, their matrices with evidence and history, and States side by side.

Each file registers its pages on the one desk; fixed addresses are registered before those with a field in their place.
"""

from open1540.interfaces.web.pages.states import (  # noqa: F401
    compare,
    profile,
    national,
    matrix,
    versions,
    proposals,
    refresh,
    files,
    field,
)
from open1540.interfaces.web.pages.states.place import desk

__all__ = ["desk"]
