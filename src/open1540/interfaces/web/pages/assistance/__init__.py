"""The desk of assistance: requests and their procedure, offers, matches, regional programmes, what is due, statistics.

Each file registers its pages on the one desk; fixed addresses come before those with an id in their place.
"""

# isort: off
from open1540.interfaces.web.pages.assistance import (
    index,
    matching,
    letters,
    statistics,
    exchange,
    requests,
    offers,
    activities,
    plans,
)
from open1540.interfaces.web.pages.assistance.place import desk
# isort: on

__all__ = [
    "activities",
    "desk",
    "exchange",
    "index",
    "letters",
    "matching",
    "offers",
    "plans",
    "requests",
    "statistics",
]
