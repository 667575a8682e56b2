"""Documents: given to the server and read, found, read with what was found in them, judged."""

from open1540.interfaces.web.pages.documents import beside, claims, files, give, library, reader
from open1540.interfaces.web.pages.documents.place import desk

# Addresses of fixed names (give) are registered before those with the id of a document in their place (reader).
__all__ = ["beside", "claims", "desk", "files", "give", "library", "reader"]
