"""Connects only to addresses that were checked, so that no name can lead inside.

The name is resolved here, every address it has is checked, and the connection goes to
the very address that was checked: a second, different answer of the name server is
never asked for. Touches: the name service and the network.
"""

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

from sync.web.addresses import Rules
from sync.web.errors import TooSlow, Unreachable

Resolver = Callable[[str, int], Sequence[str]]
Clock = Callable[[], float]


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the name service for every address of a host; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """The moment by which a whole answer must be here."""

    def __init__(self, url: str, seconds: float, clock: Clock = time.monotonic) -> None:
        self._url, self._seconds, self._clock = url, seconds, clock
        self._end = clock() + seconds

    @property
    def passed(self) -> bool:
        """Whether time is up."""
        return self._clock() >= self._end

    def extend(self, seconds: float) -> None:
        """Leave out time that we waited of our own accord."""
        self._end += seconds

    def cut(self, timeout: float | None) -> float:
        """The seconds one step may take; raises TooSlow when none are left."""
        left = self._end - self._clock()
        if left <= 0:
            raise TooSlow(self._url, self._seconds)
        return left if timeout is None else min(left, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for one URL, to checked addresses and until a deadline."""

    def __init__(
        self, url: httpx.URL, rules: Rules, resolver: Resolver, deadline: Deadline
    ) -> None:
        self._url, self._rules = url, rules
        self._resolver, self._deadline = resolver, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002, the protocol's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002, the protocol's
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        addresses = self._addresses(host, port)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(str(self._url), f"no address for {host}") from error
        if not addresses:
            raise Unreachable(str(self._url), f"no address for {host}")
        self._rules.check_addresses(self._url, addresses)
        return addresses

    def _connect(
        self, address: str, port: int, timeout: float | None
    ) -> httpcore.NetworkStream:
        allowed = self._deadline.cut(timeout)
        stream = self._inner.connect_tcp(address, port, timeout=allowed)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cut(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cut(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        allowed = self._deadline.cut(timeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, allowed)
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
