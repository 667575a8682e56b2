"""The REST API: the same answers as the pages, as JSON. One file for each desk, registered in ``doors``."""
