"""Work done in a process of its own: it keeps nobody waiting, and what kills it kills nothing else."""

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from open1540.vocabulary import JobFailed


class Died(JobFailed):
    """The process ended in the middle of its work, or took too long and was ended."""


class Apart:
    """A function whose calls run one at a time in a process of its own, started when first needed and kept for the next.

    Arguments:
        work: a function of a module, taking and giving values that can be pickled.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        """Start nothing yet."""
        self._work = work
        self._process: Any = None
        self._pipe: Connection | None = None
        self._starting, self._ended = Lock(), False

    def call(self, given: Any, *, seconds: float, every: float, meanwhile: Callable[[], None]) -> Any:
        """What the function answers.

        Arguments:
            seconds: after which the process is ended; every: seconds after which ``meanwhile`` is called, again and again.

        Raises Died where the process did not live to answer.
        """
        pipe, waited, answered = self._running(), 0.0, False
        try:
            pipe.send(given)
            while not pipe.poll(min(every, seconds - waited)):
                waited += every
                if waited >= seconds:
                    raise _died(f"a process that worked for {seconds:.0f} seconds without an end")
                meanwhile()
            answer = pipe.recv()
            answered = True
        except (EOFError, OSError) as error:
            raise _died("a process that ended in the middle of its work") from error
        finally:
            # Whatever went wrong, the next call begins with a new process and takes no late answer for its own.
            if not answered:
                self._stop()
        return answer

    def end(self) -> None:
        """End the process for good, also from another thread in the middle of a call; that call, and later ones, raise Died."""
        with self._starting:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def _stop(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is not None and pipe is not None:
            process.kill()
            process.join()
            pipe.close()

    @property
    def pid(self) -> int | None:
        """The number of the process while it runs."""
        return self._process.pid if self._process else None

    def _running(self) -> Connection:
        if self._process is not None and not self._process.is_alive():
            self._stop()
        if self._process is None or self._pipe is None:
            # A fresh interpreter: a fork would share the threads' locks and the database connections of a server.
            fresh = multiprocessing.get_context("spawn")
            self._pipe, end = fresh.Pipe()
            with self._starting:
                if self._ended:
                    raise _died("a process that was ended")
                self._process = fresh.Process(target=_serve, args=(self._work, end), daemon=True)
                self._process.start()
            end.close()
        return self._pipe


def _serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    # Ctrl-C reaches every process of a terminal; the server decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            given = pipe.recv()
        except EOFError:
            return
        pipe.send(work(given))


def _died(found: str) -> Died:
    return Died(
        found,
        expected="an answer in time",
        where="reading process",
        remedy="try again; where it happens again, the input is too much for this machine",
    )
