"""The way outside for the providers' clients, without sleeping."""

from collections.abc import Callable
from typing import Any

import pytest

from store.changes import Change
from store.records import Org
from store.store import Store
from sync.connectors.api import Line
from sync.retry import Policy
from sync.web.pace import Pacer
from sync.web.settings import WebSettings
from sync.web.wire import Wire

ACME = Org("acme", "Acme", aliases=("Acme Robotics",), domain="acme.example")
BOLT = Org("bolt-works", "Bolt Works")


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def make_line(store: Store, slept: list[float]) -> Callable[..., Line]:
    def make(**options: Any) -> Line:
        settings = WebSettings(**{"allow_private": ("127.0.0.0/8",)} | options)
        policy = Policy(sleep=slept.append, jitter=lambda wait: wait)
        pacer = Pacer(clock=lambda: 0.0, sleep=lambda s: None)
        return Line(Wire(settings), store.http_cache, pacer, policy)

    return make


@pytest.fixture
def line(make_line: Callable[..., Line]) -> Line:
    return make_line()


@pytest.fixture
def companies(store: Store, now) -> list[Org]:
    for org in (ACME, BOLT):
        store.orgs.add(org.callsign, Change("test", "test", now))
    return [ACME, BOLT]
