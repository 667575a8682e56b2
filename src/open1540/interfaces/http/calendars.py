"""What falls due as a file for calendar programs (iCalendar, RFC 5545)."""

import datetime as dt
import hashlib
from collections.abc import Iterable

import icalendar
import msgspec

import open1540


class Entry(msgspec.Struct, frozen=True):
    """A whole day: what falls due, and where that stands."""

    day: dt.date
    what: str
    where: str


def written(name: str, address: str, entries: Iterable[Entry]) -> bytes:
    """The file; an entry keeps its id, so that a program that reads the file again finds it changed or the same."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//open1540//{open1540.__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    host = address.partition("://")[2].strip("/") or "open1540"
    for entry in entries:
        event = icalendar.Event()
        key = hashlib.sha256(msgspec.json.encode([entry.day, entry.what, entry.where])).hexdigest()[:24]
        event.add("uid", f"{key}@{host}")
        # RFC 5545 asks for a moment; that of the day itself keeps the file the same from one reading to the next.
        event.add("dtstamp", dt.datetime.combine(entry.day, dt.time(), dt.UTC))
        event.add("dtstart", entry.day)
        event.add("summary", entry.what)
        event.add("description", entry.where)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
