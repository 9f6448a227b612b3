"""A small site on loopback that does what a test tells it to, and remembers."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Request:
    """What the site was asked. Header names are lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What the site answers. `stream` goes out piece by piece in place of `body`."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Iterable[bytes] | None = None
    raw: bool = False


Route = Callable[[Request], Reply]


class Site:
    """A site of scripted answers; an unknown path answers 404."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.netloc}{path}"

    def serve(self, path: str, body: bytes | str, **headers: str) -> None:
        """Answer 200 with a body; `content_type="…"` becomes Content-Type."""
        named = {name.replace("_", "-").title(): v for name, v in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        self.routes[path] = lambda request: Reply(data, headers=named)

    def answer(self, path: str, status: int, **headers: str) -> None:
        named = {name.replace("_", "-").title(): v for name, v in headers.items()}
        self.routes[path] = lambda request: Reply(status=status, headers=named)

    def script(self, path: str, *replies: Reply) -> None:
        """Answer these one after the other, the last one for ever."""
        waiting = list(replies)
        self.routes[path] = lambda request: (
            waiting.pop(0) if len(waiting) > 1 else waiting[0]
        )

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def silence(self) -> Iterator[bytes]:
        """Say nothing until the site closes."""
        self.closing.wait(30)
        yield b""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def running() -> Iterator[Site]:
    """Run a site for the length of a with block."""
    site = Site()
    site.start()
    try:
        yield site
    finally:
        site.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers)
        self.server.site.requests.append(request)
        route = self.server.site.routes.get(self.path) or self.server.site.routes.get(
            urlsplit(self.path).path
        )
        self._reply(route(request) if route else Reply(b"not found", 404))

    def _reply(self, reply: Reply) -> None:
        self.close_connection = True
        # The client hangs up on us, as it should on too much.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.raw:
            self._stream(reply)
            self.connection.shutdown(SHUT_RDWR)
            return
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.stream is None:
            self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self._stream(reply)

    def _stream(self, reply: Reply) -> None:
        for piece in (reply.body,) if reply.stream is None else reply.stream:
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, *args: object) -> None:
        pass
