"""What the facts say, each kind with its list and each thing with its page."""

from open1540.interfaces.web.pages.reference import (
    actors,
    concepts,
    index,
    instruments,
    resolutions,
    sources,
    templates,
)
from open1540.interfaces.web.pages.reference.place import desk

__all__ = ["actors", "concepts", "desk", "index", "instruments", "resolutions", "sources", "templates"]
