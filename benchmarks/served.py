"""A server in processes of its own for measurements, and what it costs them."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engines import free_port

READY_SECONDS = 300
_TICK = os.sysconf("SC_CLK_TCK")


class Served:
    """A running server: its port, its process, and when it was ready."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], ready: float, told: IO[bytes]) -> None:
        self.port, self.process, self.ready, self._told = port, process, ready, told

    def cpu_seconds(self) -> float:
        """Processor time of the server and all processes it started, ended ones included."""
        return sum(_seconds(pid) for pid in _family(self.process.pid))

    def told(self) -> str:
        """What it has written about its work so far."""
        self._told.seek(0)
        return self._told.read().decode("utf-8", "replace")

    def alive(self) -> bool:
        """Whether it still answers."""
        return self.process.poll() is None and _answers(self.port)


@contextlib.contextmanager
def served(url: str, workers: int) -> Iterator[Served]:
    """A server as a team runs it; ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "open1540", "serve", "--port", str(port), "--database-url", url]
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen([*command, "--workers", str(workers)], stderr=told)
        try:
            while not _answers(port):
                if process.poll() is not None or time.perf_counter() - began > READY_SECONDS:
                    told.seek(0)
                    raise SystemExit(told.read().decode())
                time.sleep(0.05)
            yield Served(port, process, time.perf_counter() - began, told)
        finally:
            process.terminate()
            process.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/help", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _seconds(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    # proc(5): user and system time of the process, then those of its children that have ended.
    return sum(int(parts[at]) for at in (11, 12, 13, 14)) / _TICK
