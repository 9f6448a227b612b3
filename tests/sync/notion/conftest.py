"""A desk whose databases are made, for flows against the sandbox."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from store.store import Store
from sync.notion.errors import Unreadable
from tests.support import stores
from tests.support.desk import Desk, desk, desk_begun


def _domain(value: Any, _now: datetime) -> Any:
    host = str(value).removeprefix("https://").removeprefix("http://").rstrip("/")
    if "." not in host or " " in host:
        raise Unreadable(f"{value!r} is no domain, use one like example.com")
    return host


READERS = {"domain": _domain}


@pytest.fixture
def empty(store: Store, now: datetime) -> Iterator[Desk]:
    with desk(store, now, READERS) as made:
        yield made


@pytest.fixture
def at(
    store_kind: str, all_stores: stores.Stores, now: datetime, tmp_path: Path
) -> Iterator[Desk]:
    with desk_begun(tmp_path, now, READERS) as made:
        yield made
    all_stores.drop(tmp_path)
