"""A loopback address that listens for webhooks."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass(frozen=True)
class Heard:
    """One delivery: the raw bytes, the signature and what they say."""

    raw: bytes
    signature: str | None
    body: dict[str, Any]


@dataclass
class Ear:
    """What was heard so far, and what to answer."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int, seconds: float = 10) -> list[Heard]:
        """Wait until so many deliveries arrived; raise when they do not."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: len(self.heard) >= count, seconds):
                raise AssertionError(f"heard {len(self.heard)} of {count} deliveries")
            return list(self.heard)

    def wait_until(self, kind: str, seconds: float = 10) -> list[str]:
        """Wait until an event of a kind arrived; list the kinds heard up to then."""
        with self.arrived:
            found = self.arrived.wait_for(lambda: kind in self._kinds(), seconds)
            if not found:
                raise AssertionError(f"heard {self._kinds()}, never {kind}")
            return self._kinds()

    def _kinds(self) -> list[str]:
        return [str(each.body.get("type")) for each in self.heard]

    def take(self, one: Heard) -> int:
        """Note a delivery; say which status to answer."""
        with self.arrived:
            self.heard.append(one)
            self.arrived.notify_all()
            return self.answers.pop(0) if self.answers else 200


@contextmanager
def listening() -> Iterator[Ear]:
    """Listen on a free loopback port."""
    ear = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            signature = self.headers.get("x-notion-signature")
            status = ear.take(Heard(raw, signature, json.loads(raw)))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    ear.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield ear
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
