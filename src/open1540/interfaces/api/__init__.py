"""The REST API: the same answers as the pages, as JSON. One file for each desk, registered in ``DOORS``."""

from open1540.interfaces.http.admission import Door

DOORS: tuple[Door, ...] = ()
