"""Documents: uploaded and read, found, read with what was found in them, judged."""

from open1540.interfaces.web.pages.documents import beside, claims, files, library, upload  # isort: skip

# Addresses of fixed names are registered before those with the id of a document in their place.
from open1540.interfaces.web.pages.documents import reader  # isort: skip
from open1540.interfaces.web.pages.documents.place import desk

__all__ = ["beside", "claims", "desk", "files", "library", "reader", "upload"]
