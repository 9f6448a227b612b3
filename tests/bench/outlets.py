"""A site of many feeds in a process of its own: what it does costs us nothing.

`python -m tests.bench.outlets COUNT` prints its port. Touches: a port of loopback.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ITEMS = 20
PARAGRAPH = (
    "The company said on Monday that its new plant will open in spring and that it has "
    "hired two hundred people for it. Analysts had expected the plant a year later. "
)


class Outlets:
    """The site, as seen from outside."""

    def __init__(self, port: int, count: int) -> None:
        self.netloc = f"127.0.0.1:{port}"
        self.count = count

    @property
    def urls(self) -> list[str]:
        """Where the feeds are."""
        return [f"http://{self.netloc}/feed/{n}" for n in range(self.count)]

    def begin(self, version: int) -> None:
        """Have the feeds be of a version, and start counting bytes anew."""
        httpx.get(f"http://{self.netloc}/version/{version}").raise_for_status()

    @property
    def given(self) -> int:
        """How many bytes of feeds were given away."""
        return int(httpx.get(f"http://{self.netloc}/given").text)


@contextmanager
def outlets(count: int) -> Iterator[Outlets]:
    """Run the site."""
    command = [sys.executable, "-m", "tests.bench.outlets", str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Outlets(int(process.stdout.readline()), count)
        finally:
            process.terminate()


def page(number: int) -> str:
    """An article with menus around it."""
    text = "".join(f"<p>{PARAGRAPH}{n} {number}.</p>" for n in range(12))
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(40))
    return (
        f'<html lang="en"><head><title>Plant {number} opens</title>'
        '<meta property="og:site_name" content="Courier">'
        '<meta property="article:published_time" content="2026-11-20T09:00:00Z">'
        f"</head><body><nav><ul>{links}</ul></nav><article><h1>Plant {number} opens"
        f"</h1>{text}</article><footer>{links}</footer></body></html>"
    )


def feed(number: int, site: str, version: int = 0, items: int = ITEMS) -> str:
    """A feed whose newest item is one further in each version."""
    told = "".join(
        f"<item><title>Story {number}.{n}</title><link>{site}/story/{number}/{n}</link>"
        f"<guid>{site}/story/{number}/{n}</guid><description>{PARAGRAPH}</description>"
        f"<pubDate>{format_datetime(NOW + timedelta(hours=n - 500))}</pubDate></item>"
        for n in range(version + items - 1, version - 1, -1)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {number}'
        f"</title><link>{site}/</link><description>d</description>{told}"
        "</channel></rss>"
    )


class _Server(ThreadingHTTPServer):
    version = 0
    given = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        _, what, *rest = self.path.split("/")
        if what == "version":
            self.server.version, self.server.given = int(rest[0]), 0
        if what in ("version", "given"):
            self._send(200, str(self.server.given).encode(), "")
        elif what == "feed":
            self._feed(int(rest[0]))
        elif what == "story":
            self._send(200, page(int(rest[-1])).encode(), "", "text/html")
        else:
            self._send(404, b"", "")

    def _feed(self, number: int) -> None:
        tag = f'"{number}-{self.server.version}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(304, b"", tag)
            return
        site = f"http://{self.headers['Host']}"
        body = feed(number, site, self.server.version).encode()
        self.server.given += len(body)
        self._send(200, body, tag)

    def _send(
        self, status: int, body: bytes, tag: str, kind: str = "application/rss+xml"
    ) -> None:
        self.send_response_only(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in (headers | ({"ETag": tag} if tag else {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    """Serve until told to stop."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
