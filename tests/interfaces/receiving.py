"""A receiver of webhooks on this machine, that takes, fails, hangs or leads elsewhere as its address asks."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """What came in: headers and body of each message; ``failing`` may be changed while it runs."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.messages: list[tuple[str, dict[str, str], bytes]] = []
        self.failing = False

    def arrived(self, number: int, within: float = 15.0) -> bool:
        """Whether so many messages came within some seconds."""
        until = time.monotonic() + within
        while len(self.messages) < number and time.monotonic() < until:
            time.sleep(0.05)
        return len(self.messages) >= number


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A running receiver: ``/take``, ``/fail``, ``/hang``, ``/drip`` and ``/elsewhere``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.messages.append((self.path, dict(self.headers), body))
            if self.path == "/hang":
                over.wait(30)
                return
            if self.path == "/drip":
                self._drip()
                return
            status = {"/elsewhere": 302, "/fail": 503}.get(self.path, 503 if receiver.failing else 204)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/take")
            self.end_headers()

        def _drip(self) -> None:
            try:
                for sign in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 300:
                    self.wfile.write(bytes([sign]))
                    if over.wait(0.2):
                        return
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            pass

    over = threading.Event()
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(running.server_port)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        over.set()
        running.shutdown()
        running.server_close()
