"""Sends one GET and takes in one answer, within every limit.

No proxy is used, even where the environment names one: it would resolve names for us,
past the guard. Touches: the network, through the guard.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from ssl import SSLContext

import httpcore
import httpx

from sync.web import inflate
from sync.web.addresses import Rules
from sync.web.errors import BadAnswer, TooLarge, TooSlow, Unreachable
from sync.web.guard import Clock, Deadline, GuardedBackend, Resolver, resolve
from sync.web.settings import WebSettings

_TOO_LONG = 431  # what h11 says of headers past the 100 KB that httpcore allows


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `body` is unpacked, and empty where nobody asked for it."""

    status: int
    headers: httpx.Headers
    body: bytes


class Wire:
    """The only way out to the web."""

    def __init__(
        self,
        settings: WebSettings,
        resolver: Resolver = resolve,
        clock: Clock = time.monotonic,
    ) -> None:
        self._settings, self._resolver, self._clock = settings, resolver, clock
        self.rules = Rules(settings)

    def deadline(self, url: str) -> Deadline:
        """Start the time that one address may take."""
        return Deadline(url, self._settings.total_timeout_s, self._clock)

    def ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        every_body: bool = False,
    ) -> Answer:
        """Send one GET; raises WebError and follows no redirect.

        Only a 200 has its body read, unless `every_body`: an API says in words what it
        refuses.
        """
        try:
            return self._ask(url, headers, deadline, every_body=every_body)
        except httpcore.TimeoutException as error:
            raise self._slow(url, deadline) from error
        except httpcore.RemoteProtocolError as error:
            raise self._broken(url, error) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Unreachable(str(url), str(error) or "it broke off") from error
        except inflate.Unpackable as error:
            raise BadAnswer(str(url), str(error)) from error

    @cached_property
    def _tls(self) -> SSLContext:
        return httpx.create_ssl_context()

    def _ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        every_body: bool,
    ) -> Answer:
        backend = GuardedBackend(url, self.rules, self._resolver, deadline)
        tls = self._tls if url.scheme == "https" else None
        with (
            httpcore.ConnectionPool(ssl_context=tls, network_backend=backend) as pool,
            pool.stream(
                "GET",
                _core_url(url),
                headers=self._headers(url, headers),
                extensions={"timeout": _timeouts(self._settings.timeout_s)},
            ) as response,
        ):
            return self._take_in(
                url, response, body=every_body or response.status == 200
            )

    def _headers(
        self, url: httpx.URL, headers: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        return [
            ("Host", url.netloc.decode("ascii")),
            ("User-Agent", self._settings.user_agent),
            ("Accept-Encoding", inflate.ENCODINGS),
            ("Connection", "close"),
            *headers.items(),
        ]

    def _take_in(
        self, url: httpx.URL, response: httpcore.Response, *, body: bool
    ) -> Answer:
        limit = self._settings.max_header_bytes
        if sum(len(name) + len(value) + 4 for name, value in response.headers) > limit:
            raise TooLarge(str(url), "the header", limit, "max_header_bytes")
        headers = httpx.Headers(response.headers)
        content = self._body(url, headers, response) if body else b""
        return Answer(response.status, headers, content)

    def _body(
        self, url: httpx.URL, headers: httpx.Headers, response: httpcore.Response
    ) -> bytes:
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._settings.max_body_bytes:
            raise self._too_large(url)
        encoding = headers.get("content-encoding", "")
        return self._collect(url, inflate.unpack(response.iter_stream(), encoding))

    def _collect(self, url: httpx.URL, chunks: Iterable[bytes]) -> bytes:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > self._settings.max_body_bytes:
                raise self._too_large(url)
        return bytes(body)

    def _too_large(self, url: httpx.URL) -> TooLarge:
        limit = self._settings.max_body_bytes
        return TooLarge(str(url), "the content", limit, "max_body_bytes")

    def _slow(self, url: httpx.URL, deadline: Deadline) -> TooSlow:
        settings = self._settings
        late = settings.total_timeout_s if deadline.passed else settings.timeout_s
        return TooSlow(str(url), late)

    def _broken(
        self, url: httpx.URL, error: httpcore.RemoteProtocolError
    ) -> TooLarge | BadAnswer | Unreachable:
        if getattr(error.args[0], "error_status_hint", 0) == _TOO_LONG:
            limit = self._settings.max_header_bytes
            return TooLarge(str(url), "the header", limit, "max_header_bytes")
        if "without sending" in str(error) or "incomplete" in str(error):
            return Unreachable(str(url), "it broke off")
        return BadAnswer(str(url), str(error))


def _core_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )


def _timeouts(seconds: float) -> dict[str, float]:
    return dict.fromkeys(("connect", "read", "write", "pool"), seconds)
