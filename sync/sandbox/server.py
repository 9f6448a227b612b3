"""Running the sandbox: as a program, or in a thread for tests.

Touches: a TCP port, signals, standard output.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.sandbox.app import application
from sync.sandbox.core import Site
from sync.sandbox.model.workspace import ROOT, Workspace
from sync.sandbox.options import Options

Around = Callable[[ASGIApp], ASGIApp]


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that answers: its address, tokens, root page and insides."""

    url: str
    token: str
    person_token: str
    root_page: str
    site: Site

    @property
    def workspace(self) -> Workspace:
        """The records of the site, for tests that look inside."""
        return self.site.space


class _Protocol(H11Protocol):
    """Shows each request the transport it came over, so that it can be cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """Says when it is ready, and stops on a signal without passing it on."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self.handle_exit) for each in wanted}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class _ThreadServer(_Server):
    """Runs beside a test: leaves signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Announcing(_Server):
    """Prints one line once it answers."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"{self._line}\n")
        sys.stdout.flush()


def _listen(options: Options) -> socket.socket:
    # The protocol is named so that asyncio turns Nagle's delay (40 ms) off.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
    except OSError as exc:
        listener.close()
        raise OSError(
            f"cannot listen on {options.host}:{options.port} ({exc.strerror}): another "
            "sandbox may run there; stop it or choose another --port"
        ) from exc
    return listener


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        cast("Any", app),
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,  # the sandbox tells the time by its own clock
        timeout_graceful_shutdown=2,
    )


def _describe(site: Site, listener: socket.socket) -> Running:
    host, port = listener.getsockname()[:2]
    url = f"http://{host}:{port}"
    site.desk.links.base_url = url
    space = site.space
    return Running(
        url=url,
        token=str(space.bot.token),
        person_token=str(space.person.token),
        root_page=space.fact(ROOT),
        site=site,
    )


def line(running: Running) -> str:
    """Write the one line that says where the sandbox is and how to sign in."""
    return (
        f"sandbox ready url={running.url} token={running.token} "
        f"person_token={running.person_token} root_page={running.root_page}"
    )


def serve(options: Options) -> None:
    """Run the sandbox until SIGTERM or SIGINT; print one line when it answers.

    Raises OSError when the port is taken.
    """
    listener = _listen(options)
    site = Site(options)
    try:
        running = _describe(site, listener)
        _Announcing(_config(application(site)), line(running)).run(sockets=[listener])
    finally:
        site.close()
        listener.close()


@contextmanager
def running(options: Options, around: Around | None = None) -> Iterator[Running]:
    """Run the sandbox in a thread as long as the context lasts.

    `around` may wrap its application, to listen in on what is asked and answered.
    """
    listener = _listen(options)
    site = Site(options)
    app: ASGIApp = application(site)
    server = _ThreadServer(_config(around(app) if around else app))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    described = _describe(site, listener)
    thread.start()
    try:
        server.ready.wait(timeout=10)
        yield described
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        site.close()
        listener.close()
