"""A site on loopback and a fetcher that never sleeps."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from store.store import Store
from sync.retry import Policy
from sync.web.fetch import Fetcher
from sync.web.guard import Resolver, resolve
from sync.web.pace import Pacer
from sync.web.settings import WebSettings
from sync.web.wire import Wire
from tests.support.web import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def make_fetcher(store: Store, slept: list[float]) -> Callable[..., Fetcher]:
    def make(resolver: Resolver = resolve, **options: Any) -> Fetcher:
        settings = WebSettings(
            **{"allow_private": ("127.0.0.0/8",), "host_gap_s": 0.0} | options
        )
        return Fetcher(
            settings,
            store.http_cache,
            Wire(settings, resolver),
            Pacer(sleep=slept.append),
            Policy(sleep=slept.append, jitter=lambda wait: wait),
        )

    return make


@pytest.fixture
def fetcher(make_fetcher: Callable[..., Fetcher]) -> Fetcher:
    return make_fetcher()
