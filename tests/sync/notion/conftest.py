"""A desk whose databases are made, for flows against the sandbox."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from store.store import Store
from sync.notion.errors import Unreadable
from tests.support.desk import Desk, desk


def _domain(value: Any, _now: datetime) -> Any:
    host = str(value).removeprefix("https://").removeprefix("http://").rstrip("/")
    if "." not in host or " " in host:
        raise Unreadable(f"{value!r} is no domain, use one like example.com")
    return host


@pytest.fixture
def empty(store: Store, now: datetime) -> Iterator[Desk]:
    with desk(store, now, {"domain": _domain}) as made:
        yield made


@pytest.fixture
def at(empty: Desk) -> Desk:
    empty.init()
    empty.log()
    return empty
