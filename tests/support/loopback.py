"""A threaded HTTP server on a free port of loopback, stopped when done."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]  # a status, and a text or what is told as JSON


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve with a handler, and give the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def answering(
    answer: Callable[[BaseHTTPRequestHandler, Any], Answer],
) -> type[BaseHTTPRequestHandler]:
    """Make a handler of what answers a request with its JSON, None where it is none."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            written = self.headers.get("content-type", "").startswith(
                "application/json"
            )
            status, told = answer(self, json.loads(raw) if raw and written else None)
            plain = isinstance(told, str)
            sent = (told if plain else json.dumps(told)).encode()
            self.send_response(status)
            kind = "text/plain" if plain else "application/json"
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = _any  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return Handler
