"""Prints how quickly the workbench answers: every page at 20 readers at once, how much it sends, on SQLite and PostgreSQL.

Run ``python web.py [--engine sqlite|postgresql|both] [--database-url URL] [--letters N] [--workers N]``. An invented database is
filled first (193 States with three versions, 1,000 letters). The server runs as its own processes, as ``open1540 serve --workers 2``;
this one plays the readers. A reader keeps one connection, asks, waits for the whole answer and asks again at once, without a pause
and without keeping anything. It reads only as much of HTTP as it needs, so that the readers take little of the cores they share
with the server.

Each page is measured twice. *Again*: all readers ask for the same address, which has been made before. *Anew*: no address is asked
for a second time, so that each answer is made from the record. Every bar is printed beside its figure; the exit code is 1 where
one is missed.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice, pairwise, product, repeat

import uvloop

from engines import postgresql, sqlite
from filled import fill
from open1540 import reference
from open1540.matrix.record import standing_template
from open1540.workflows import upkeep
from served import Served, served

READERS, AGAIN, ANEW = 20, 1000, 160
BAR_MILLISECONDS, BAR_BYTES, BAR_MAP_BYTES = 150, 300_000, 900_000
PAGES = (
    "/",
    "/map",
    "/calendar",
    "/documents",
    "/documents?language=fr",
    "/documents?words=nuclear",
    "/documents/{document}",
    "/states",
    "/states/FRA",
    "/states/FRA/matrix",
    "/states/FRA/matrix/versions",
    "/states/compare?states=FRA&states=CHE",
    "/reference",
    "/reference/instruments",
    "/reference/instruments/BWC",
    "/reference/topics",
    "/reference/actors",
    "/reference/sources",
    "/reference/templates",
    "/review",
    "/help",
    "/sign-in",
    "/api/v1/states?size=100",
    "/api/v1/states/FRA",
    "/api/v1/matrices/FRA",
    "/api/v1/documents",
    "/api/v1/map",
)
MAPS = ("/", "/map", "/map (anew)", "/ (anew)")


def anew(documents: list[str]) -> dict[str, Iterator[str]]:
    """Addresses without end or as many as there are, none twice, of each kind of page."""
    states = [state.iso3 for state in reference.states() if state.un_status == "member"]
    days = [f"{year}-{month:02}-01" for year in range(2018, 2026) for month in range(1, 13)]
    fields = [field.field for field in standing_template().fields]
    instruments = [one.id for one in reference.instruments()]
    words = ("export", "transit", "bank", "law", "report", "police", "border", "act")
    return {
        "/": (f"/?show={show}" for show in fields),
        "/map": (f"/map?show={show}" for show in fields),
        "/documents": (
            f"/documents?page={page}&sort={by}" for by in ("kept", "date", "title") for page in range(1, 99)
        ),
        "/documents?words=": (f"/documents?words={word}&page={page}" for page in range(1, 40) for word in words),
        "/documents/...": (f"/documents/{document}" for document in documents),
        "/states": (f"/states?q={first}{second}" for first, second in product("aeinorst", "abcdefghijklmnopqrst")),
        "/states/...": (f"/states/{code}" for code in states),
        "/states/.../matrix": (f"/states/{code}/matrix" for code in states),
        "/states/compare": (f"/states/compare?states={a}&states={b}" for a, b in pairwise(states)),
        "/reference/instruments/...": (
            f"/reference/instruments/{one}?on={day}" for day, one in product(days, instruments)
        ),
        "/reference/sources": (
            f"/reference/sources?words={a}{b}" for a, b in product("aeinorst", "abcdefghijklmnopqrst")
        ),
        "/api/v1/states": (f"/api/v1/states?size={size}" for size in range(1, 200)),
        "/api/v1/states/...": (f"/api/v1/states/{code}" for code in states),
        "/api/v1/matrices/...": (f"/api/v1/matrices/{code}" for code in states),
        "/api/v1/documents/...": (f"/api/v1/documents/{document}" for document in reversed(documents)),
    }


class Reader:
    """One reader's connection."""

    async def open(self, port: int) -> None:
        self._in, self._out = await asyncio.open_connection("127.0.0.1", port, limit=2**20)

    async def ask(self, path: str) -> tuple[int, int]:
        """Ask, wait for the whole answer; its status and how many bytes it was sent as."""
        self._out.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = (await self._in.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        if b"content-length:" in head:
            size = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            await self._in.readexactly(size)
            return status, size
        size = 0
        while part := int(await self._in.readline(), 16):
            await self._in.readexactly(part + 2)
            size += part
        await self._in.readexactly(2)
        return status, size

    def close(self) -> None:
        self._out.close()


class Measured:
    """What readers at once met: milliseconds of each answer, statuses, bytes of the largest."""

    def __init__(self) -> None:
        self.taken: list[float] = []
        self.statuses: set[int] = set()
        self.largest = 0

    def late(self, share: float) -> float:
        """The milliseconds within which that share of the answers came."""
        return sorted(self.taken)[min(int(len(self.taken) * share), len(self.taken) - 1)]


async def measured(port: int, addresses: Iterator[str]) -> Measured:
    """Twenty readers that ask for the addresses, each for the next one, until there is none."""
    found = Measured()

    async def read(reader: Reader) -> None:
        for path in addresses:
            began = time.perf_counter()
            status, size = await reader.ask(path)
            found.taken.append((time.perf_counter() - began) * 1000)
            found.statuses.add(status)
            found.largest = max(found.largest, size)

    readers = [Reader() for _ in range(READERS)]
    for reader in readers:
        await reader.open(port)
    await asyncio.gather(*(read(reader) for reader in readers))
    for reader in readers:
        reader.close()
    return found


def measure(server: Served, name: str, addresses: Iterator[str]) -> bool:
    """Print the figures of a page; whether every bar was met."""
    before, own = server.cpu_seconds(), time.process_time()
    found = uvloop.run(measured(server.port, addresses))
    number = len(found.taken)
    each = (server.cpu_seconds() - before) / number * 1000
    readers = (time.process_time() - own) / number * 1000
    largest = BAR_MAP_BYTES if name in MAPS else BAR_BYTES
    good = found.statuses == {200} and found.late(0.95) <= BAR_MILLISECONDS and found.largest <= largest
    print(
        f"{'met   ' if good else 'MISSED'} {name:38} {'/'.join(map(str, sorted(found.statuses)))}"
        f" median {found.late(0.5):6.1f} ms  p95 {found.late(0.95):6.1f} ms (bar {BAR_MILLISECONDS})"
        f"  {found.largest / 1000:6.1f} kB (bar {largest // 1000})"
        f"  {number} answers, CPU of each: server {each:.2f} ms, reader {readers:.2f} ms",
        flush=True,
    )
    return good


def engine(name: str, url: str, letters: int, workers: int) -> int:
    """Fill a database and print every figure of it; how many bars were missed."""
    began = time.perf_counter()
    fill(url, letters)
    print(
        f"\n{name}: filled in {time.perf_counter() - began:.0f} s, {os.cpu_count()} cores, {workers} workers",
        flush=True,
    )
    documents = [row.id for row in upkeep.kept_documents(database_url=url)]
    missed = 0
    with served(url, workers) as server:
        began = time.perf_counter()
        uvloop.run(measured(server.port, iter(["/"])))
        print(
            f"ready after {server.ready:.1f} s; the first page then took {(time.perf_counter() - began) * 1000:.0f} ms"
        )
        for page in PAGES:
            address = page.format(document=documents[0])
            # Each worker makes the page once before it is asked for again.
            uvloop.run(measured(server.port, repeat(address, 2 * READERS)))
            missed += not measure(server, page, repeat(address, AGAIN))
        for page, addresses in anew(documents).items():
            missed += not measure(server, f"{page} (anew)", islice(addresses, ANEW))
    return missed


def main() -> int:
    """Print every figure; the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--database-url", help="of an empty database, instead of new ones")
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    asked = arguments.letters, arguments.workers
    if arguments.database_url:
        return 1 if engine("database", arguments.database_url, *asked) else 0
    missed = 0
    for name, new in (("sqlite", sqlite), ("postgresql", postgresql)):
        with new() if arguments.engine in (name, "both") else nullcontext() as url:
            if url:
                missed += engine(name, url, *asked)
            elif arguments.engine in (name, "both"):
                print(f"{name} is not installed here: not measured")
    print(f"\n{missed} bars missed" if missed else "\nall bars met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
