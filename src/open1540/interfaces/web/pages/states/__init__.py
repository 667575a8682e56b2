"""The desk of States: who they are, what they joined, their matrices with evidence and history, and States side by side.

Each file registers its pages on the one desk; fixed addresses come before those with a State or a field in their place.
"""

# isort: off
from open1540.interfaces.web.pages.states import compare, profile, national, matrix, versions, proposals, refresh, files
from open1540.interfaces.web.pages.states import field
from open1540.interfaces.web.pages.states.place import desk
# isort: on

__all__ = ["compare", "desk", "field", "files", "matrix", "national", "profile", "proposals", "refresh", "versions"]
