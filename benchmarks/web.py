"""Prints how quickly the workbench answers: every page at 20 readers at once, how much it sends, and a long document.

Run ``python web.py [--database-url URL] [--letters N]``. An invented database is filled first (193 States with three versions, 1,000
letters), on a SQLite file of its own or at the URL of an empty PostgreSQL database; the server runs as its own process. Every bar is
printed beside its figure; the exit code is 1 where one is missed.
"""

import argparse
import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from filled import fill

READERS, REQUESTS = 20, 400
BAR_MILLISECONDS, BAR_BYTES, BAR_MAP_BYTES = 150, 300_000, 900_000
PAGES = (
    "/",
    "/documents",
    "/documents?language=fr",
    "/states",
    "/states/FRA",
    "/states/FRA/matrix",
    "/reference",
    "/reference/instruments",
    "/reference/topics",
    "/reference/sources",
    "/review",
    "/help",
    "/api/v1/states?size=100",
    "/api/v1/states/FRA",
)
MAPS = ("/",)
PAGES_SECONDS = 120


@contextlib.contextmanager
def served(url: str) -> Iterator[str]:
    """A server in its own process; ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "open1540", "serve", "--port", str(port), "--database-url", url]
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen(command, stderr=told)
        try:
            address = f"http://127.0.0.1:{port}"
            while not _answers(address):
                if process.poll() is not None or time.perf_counter() - began > PAGES_SECONDS:
                    told.seek(0)
                    raise SystemExit(told.read().decode())
                time.sleep(0.1)
            print(f"ready after {time.perf_counter() - began:.1f} s")
            yield address
        finally:
            process.terminate()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/help", timeout=5).status_code < 500
    except httpx.HTTPError:
        return False


async def measure(address: str, path: str) -> tuple[float, float, int, int]:
    """Median and 95th percentile in milliseconds, bytes sent compressed, and the status, of a page at 20 readers."""
    limits = httpx.Limits(max_connections=READERS, max_keepalive_connections=READERS)
    taken: list[float] = []
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        first = await client.get(path)
        size = int(first.headers.get("content-length") or first.num_bytes_downloaded)

        async def reader(times: int) -> None:
            for _ in range(times):
                began = time.perf_counter()
                await client.get(path)
                taken.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(reader(REQUESTS // READERS) for _ in range(READERS)))
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)], size, first.status_code


def main() -> int:
    """Print every figure; the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database-url")
    parser.add_argument("--letters", type=int, default=1000)
    arguments = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.database_url or f"sqlite:///{Path(folder) / 'filled.sqlite3'}"
        began = time.perf_counter()
        fill(url, arguments.letters)
        print(f"filled in {time.perf_counter() - began:.0f} s, {os.cpu_count()} cores")
        with served(url) as address:
            for path in PAGES:
                middle, late, size, status = asyncio.run(measure(address, path))
                largest = BAR_MAP_BYTES if path in MAPS else BAR_BYTES
                good = status == 200 and late <= BAR_MILLISECONDS and size <= largest
                missed += not good
                print(
                    f"{'met   ' if good else 'MISSED'} {path:32} {status} median {middle:6.1f} ms  p95 {late:6.1f} ms"
                    f" (bar {BAR_MILLISECONDS})  {size / 1000:7.1f} kB (bar {largest / 1000:.0f})"
                )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
